"""Decide what a story's file is called and where each of its fields stands in the front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from newsimport.errors import UsageError
from newsimport.models import Bare
from newsimport.site.profiles import FIELDS, FURTHER_FIELDS, PROFILES
from newsimport.site.stamp import STAMP
from newsimport.site.themes import THEMES, Theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from newsimport.models import Value
    from newsimport.site.profiles import Profile

BODIES = ("list", "numbered", "table", "quote", "none")
# None of these lets the text of a feed choose a folder: a slug is made of letters, digits and "-".
PATH_NAMES = ("year", "month", "day", "date", "slug", "site")
_PLACE = re.compile(r"[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*", re.ASCII)
_PATH_NAME = re.compile(r"\{(\w*)\}")
_PATH_STEP = re.compile(r"[\w-][\w. -]*", re.ASCII)
_SUFFIX = ".md"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the user wants of the front matter: `[front_matter]` in the configuration.

    `fields` says which fields, and in which order, () for the generator's usual ones; `rename`
    where a field stands, dots leading into maps (`link = "params.source"`); `constants` what every
    file has besides (`set` in the configuration); `drop` what none has; `theme` a theme by whose
    names all this starts.
    """

    fields: tuple[str, ...] = ()
    rename: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, Value] = field(default_factory=dict)
    drop: frozenset[str] = frozenset()
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything of a story goes, for one generator, theme and user.

    `places` maps the fields to where they stand, in their order; `constants` are what all files
    have, by place. `path` is a format of a file's name, `form` the language of its front matter,
    `body` one of BODIES or the text of a template. `most` and `lower_terms` are the theme's.
    """

    profile: Profile
    places: Mapping[str, str]
    constants: Mapping[str, Value]
    path: str
    form: str = "yaml"
    body: str = "list"
    most: Mapping[str, int] = field(default_factory=dict)
    lower_terms: bool = False

    def arrange(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Return a story's values by the places where they stand.

        A constant of the user's takes the place of a field.
        """
        leading = {place: value for place, value in self.constants.items() if place == "layout"}
        fields = {self.places[name]: values[name] for name in self.places if name in values}
        return leading | fields | dict(self.constants)

    @property
    def order(self) -> list[str]:
        """All places, in the order in which a new one finds its own among those of a file."""
        leading = [place for place in self.constants if place == "layout"]
        return list(dict.fromkeys([*leading, *self.places.values(), *self.constants]))

    def place(self, name: str) -> str:
        """Return where a field stands, "" if it stands nowhere."""
        place = self.places.get(name, "")
        return "" if place in self.constants else place

    def value(self, fields: Mapping[str, Value], name: str) -> Value | None:
        """Return a field of a file's front matter, None when it is missing."""
        place = self.place(name)
        return find(fields, place) if place else None

    def file_name(self, slug: str, when: datetime) -> str:
        """Return the path of a story's file, relative to the output folder."""
        names = {"year": "%Y", "month": "%m", "day": "%d", "date": "%Y-%m-%d"}
        return self.path.format(
            slug=slug,
            site=self.profile.name,
            **{name: when.strftime(form) for name, form in names.items()},
        )


def find(fields: Mapping[str, Value], place: str) -> Value | None:
    """Return what stands at a place, dots leading into maps; None where nothing does."""
    if place in fields:
        return fields[place]
    first, _, rest = place.partition(".")
    inner = fields.get(first)
    return find(inner, rest) if rest and isinstance(inner, dict) else None


def flatten(fields: Mapping[str, Value], above: str = "") -> dict[str, Value]:
    """Return a file's front matter by places: what stands in maps, at the dots that lead there."""
    found: dict[str, Value] = {}
    for name, value in fields.items():
        if isinstance(value, dict) and value:
            found |= flatten(value, f"{above}{name}.")
        else:
            found[above + name] = value
    return found


# Where files of any generator and theme say when a story is from, and when it changed last.
TIMES: Mapping[str, frozenset[str]] = {
    name: frozenset(
        names.get(name, name)
        for names in (
            *(profile.places for profile in PROFILES.values()),
            *(theme.rename for theme in THEMES.values()),
        )
    )
    for name in ("date", "lastmod")
}


def find_headlines(fields: Mapping[str, Value]) -> list[dict[str, Value]]:
    """Return the headlines that a file holds, under whichever name."""
    for value in flatten(fields).values():
        if isinstance(value, list):
            rows = [row for row in value if isinstance(row, dict) and "link" in row]
            if rows:
                return rows
    return []


def make_layout(
    profile: Profile,
    wanted: FrontMatter | None = None,
    *,
    form: str = "",
    path: str = "",
    body: str = "",
    bundle: bool = False,
) -> Layout:
    """Return the layout for a generator as the user wants it.

    Raises UsageError, in the words of the configuration, for what cannot be.
    """
    wanted = wanted or FrontMatter()
    theme = _theme(profile, wanted.theme)
    places = _places(profile, theme, wanted)
    constants: dict[str, Value] = {
        **{place: Bare(value) for place, value in profile.constants.items()},
        **{place: Bare(value) for place, value in theme.constants.items()},
        **wanted.constants,
    }
    for place in wanted.drop:
        constants.pop(place, None)
    _check_places([*places.values(), *(place for place in constants if place not in places)])
    return Layout(
        profile=profile,
        places=places,
        constants=constants,
        path=_path(profile, path, bundle=bundle),
        form=_form(profile, form),
        body=body or "list",
        most=theme.most,
        lower_terms=theme.lower_terms,
    )


def as_classic(layout: Layout) -> Layout:
    """Return the layout of style `classic`: the predecessor's fields, whatever else is wanted."""
    places = {name: name for name in FIELDS}
    return replace(layout, places=places, constants={}, form="yaml")


def constants_of(table: Mapping[str, object], above: str = "") -> dict[str, Value]:
    """Return `set` of the configuration as constants by their places.

    Numbers, dates, true and false stay what they are. Raises UsageError for what TOML has besides.
    """
    found: dict[str, Value] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            found |= constants_of(value, f"{above}{name}.")
        else:
            found[above + name] = _constant(value)
    return found


def _constant(value: object) -> Value:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return Bare(str(value).lower())
    if isinstance(value, int | float | date):
        return Bare(value.isoformat() if isinstance(value, date) else str(value))
    if isinstance(value, list):
        return [_constant(item) for item in value]
    raise UsageError(f"front_matter.set: {value!r} cannot stand in front matter")


def _theme(profile: Profile, name: str) -> Theme:
    if not name:
        return Theme(profile.name, {})
    theme = THEMES.get(name.casefold())
    if theme is None:
        raise UsageError(f"theme = {name!r} is not known: {', '.join(THEMES)} are")
    if theme.site != profile.name:
        raise UsageError(f"theme = {name!r} is one of {theme.site}, this site is {profile.name}'s")
    return theme


def _places(profile: Profile, theme: Theme, wanted: FrontMatter) -> dict[str, str]:
    """Return the fields that a file has, in their order, with where they stand."""
    known = (*FIELDS, *FURTHER_FIELDS)
    drop = wanted.drop - {*profile.constants, *theme.constants}
    for said, asked in (("fields", wanted.fields), ("rename", wanted.rename), ("drop", drop)):
        if unknown := [name for name in asked if name not in known]:
            there = ", ".join(known)
            raise UsageError(f"{said}: there is no field {unknown[0]!r}; there are {there}")
    renamed = {**profile.places, **theme.rename, **wanted.rename}
    names = wanted.fields or _usual(profile, (*profile.also, *theme.rename, *wanted.rename))
    return {name: renamed.get(name, name) for name in names if name not in wanted.drop}


def _usual(profile: Profile, asked: Iterable[str]) -> list[str]:
    """Return a generator's usual fields and those that are asked for.

    What only updates write stands behind the field that it belongs to.
    """
    usual = [name for name in FIELDS if name not in profile.without]
    names = list(dict.fromkeys([*usual, *(name for name in asked if name not in profile.without)]))
    for name, before in (("lastmod", "date"), ("sources", "source")):
        if name in names:
            names.remove(name)
        names.insert(names.index(before) + 1, name)
    return names


def _check_places(places: list[str]) -> None:
    for place in places:
        if not _PLACE.fullmatch(place):
            raise UsageError(f"front_matter: {place!r} is no name of a field")
        if place.partition(".")[0] == STAMP:
            raise UsageError(f"front_matter: {STAMP!r} is what newsimport knows its files by")
        if places.count(place) > 1:
            raise UsageError(f"front_matter: two fields would stand at {place!r}")
        if any(other.startswith(place + ".") for other in places):
            raise UsageError(f"front_matter: {place!r} is a field and a map of fields")


def _form(profile: Profile, form: str) -> str:
    if form and form not in profile.formats:
        raise UsageError(
            f"{profile.name} does not read {form} front matter: it reads "
            + " or ".join(profile.formats)
        )
    return form or "yaml"


def _path(profile: Profile, path: str, *, bundle: bool) -> str:
    """Return the format of files' names; the user's is one without its ".md"."""
    if bundle and not profile.bundle:
        raise UsageError(f"page bundles are Hugo's, this site is {profile.name}'s")
    if not path:
        return profile.bundle if bundle else profile.file_name
    steps = path.removesuffix(_SUFFIX).split("/")
    for name in _PATH_NAME.findall(path):
        if name not in PATH_NAMES:
            raise UsageError(f"path = {path!r}: {{{name}}} is none of {', '.join(PATH_NAMES)}")
    for step in steps:
        if not _PATH_STEP.fullmatch(_PATH_NAME.sub("x", step)):
            raise UsageError(f"path = {path!r} must be relative, of names and {{slug}} alone")
    if "{slug}" not in steps[-1]:
        raise UsageError(f"path = {path!r} must end in a name with {{slug}}")
    if profile.name == "jekyll" and "{date}" not in steps[-1]:
        # Jekyll ignores, silently, a post whose name does not start with its date.
        steps[-1] = "{date}-" + steps[-1]
    return "/".join(steps) + ("/index.md" if bundle else _SUFFIX)
