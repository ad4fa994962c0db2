"""Decide what a story's file is called and where each of its fields stands in the front matter."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsimport.errors import UsageError
from newsimport.models import NOTHING, Bare, FrontMatter
from newsimport.records import NamedTuple
from newsimport.site.profiles import ALL_FIELDS, FIELDS, LATER_FIELDS, PROFILES
from newsimport.site.stamp import STAMP
from newsimport.site.themes import THEMES, Theme

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from newsimport.models import Value
    from newsimport.site.profiles import Profile

BODIES = ("list", "numbered", "table", "quote", "none")
# None of these lets the text of a feed choose a folder: a slug is made of letters, digits and "-".
PATH_NAMES = ("year", "month", "day", "date", "slug", "site")
_PLACE = r"(?a)[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*"
_PATH_NAME = r"\{(\w*)\}"
_PATH_STEP = r"(?a)[\w-][\w. -]*"
_SUFFIX = ".md"


class Layout(NamedTuple):
    """Where everything of a story goes, for one generator, theme and user.

    `places` maps the fields to where they stand, in their order; `constants` are what all files
    have, by place. `path` is a format of a file's name, `form` the language of its front matter,
    `body` one of BODIES or the text of a template. `spelled` is the generator's and the theme's,
    `most` and `lower_terms` are the theme's; `is_classic` is that of style `classic`, which is
    written by rules of its own.
    """

    profile: Profile
    places: Mapping[str, str]
    constants: Mapping[str, Value]
    path: str
    form: str = "yaml"
    body: str = "list"
    spelled: Mapping[str, str] = NOTHING
    most: Mapping[str, int] = NOTHING
    lower_terms: bool = False
    is_classic: bool = False

    def arrange(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Return a story's values by the places where they stand.

        A constant of the user's takes the place of a field.
        """
        leading = {place: value for place, value in self.constants.items() if place == "layout"}
        fields = {place: values[name] for name, place in self.places.items() if name in values}
        return {**leading, **fields, **self.constants}

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
        times = {name: when.strftime(form) for name, form in _times_in(self.path)}
        return self.path.format(slug=slug, site=self.profile.name, **times)


@lru_cache(maxsize=16)
def _times_in(path: str) -> list[tuple[str, str]]:
    """Return which parts of a date a format of names asks for, with how each is written."""
    forms = {"year": "%Y", "month": "%m", "day": "%d", "date": "%Y-%m-%d"}
    return [(name, form) for name, form in forms.items() if f"{{{name}}}" in path]


def find(fields: Mapping[str, Value], place: str) -> Value | None:
    """Return what stands at a place, dots leading into maps; None where nothing does."""
    if place in fields:
        return fields[place]
    first, _, rest = place.partition(".")
    inner = fields.get(first)
    return find(inner, rest) if rest and isinstance(inner, dict) else None


def layout_of_file(layouts: Sequence[Layout], places: Collection[str]) -> Layout:
    """Return the layout that a file was written by: the one with most of the places in it.

    Of several as good the first. The feeds of one site may each have a layout of their own.
    """
    return max(layouts, key=lambda layout: len({*layout.places.values()}.intersection(places)))


def flatten(fields: Mapping[str, Value], above: str = "") -> dict[str, Value]:
    """Return a file's front matter by places: what stands in maps, at the dots that lead there."""
    found: dict[str, Value] = {}
    for name, value in fields.items():
        if isinstance(value, dict) and value:
            found |= flatten(value, f"{above}{name}.")
        else:
            found[above + name] = value
    return found


# Where files of any generator and theme have what is looked for without knowing theirs.
PLACES: Mapping[str, frozenset[str]] = {
    name: frozenset(
        names.get(name, name)
        for names in (
            *(profile.places for profile in PROFILES.values()),
            *(theme.rename for theme in THEMES.values()),
        )
    )
    for name in ("date", "lastmod", "slug", "tags", "link")
}


def recalled(fields: Mapping[str, Value], name: str, layouts: Iterable[Layout] = ()) -> list[Value]:
    """Return what a file may have as its `date`, `slug` or `tags`, the likeliest first.

    By the layouts of its site, which may have its user's own names, then by those of any.
    """
    own = filter(None, (layout.place(name) for layout in layouts))
    found = (find(fields, place) for place in dict.fromkeys([*own, *sorted(PLACES[name])]))
    return [value for value in found if value is not None]


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
    theme = _theme_for(profile, wanted.theme)
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
        body=check_body(body) or "list",
        spelled={**profile.spelled, **theme.spelled},
        most=theme.most,
        lower_terms=theme.lower_terms,
    )


def as_classic(layout: Layout) -> Layout:
    """Return the layout of style `classic`: the predecessor's fields, whatever else is wanted."""
    places = {name: name for name in FIELDS}
    return layout._replace(places=places, constants={}, form="yaml", is_classic=True)


def check_theme(name: str) -> str:
    """Return the name of a theme. Raises UsageError where none has it."""
    if name and name.casefold() not in THEMES:
        raise UsageError(f"theme = {name!r} is not known: {', '.join(THEMES)} are")
    return name


def _theme_for(profile: Profile, name: str) -> Theme:
    if not name:
        return Theme(profile.name, {})
    theme = THEMES[check_theme(name).casefold()]
    if theme.site != profile.name:
        raise UsageError(f"theme = {name!r} is one of {theme.site}, this site is {profile.name}'s")
    return theme


def _places(profile: Profile, theme: Theme, wanted: FrontMatter) -> dict[str, str]:
    """Return the fields that a file has, in their order, with where they stand."""
    known = ALL_FIELDS
    drop = set(wanted.drop) - {*profile.constants, *theme.constants}
    for said, asked in (("fields", wanted.fields), ("rename", wanted.rename), ("drop", drop)):
        if unknown := [name for name in asked if name not in known]:
            there = ", ".join(known)
            raise UsageError(f"{said}: there is no field {unknown[0]!r}; there are {there}")
    renamed = {**profile.places, **theme.rename, **wanted.rename}
    names = wanted.fields or _usual(profile, (*profile.also, *theme.rename, *wanted.rename))
    # What a theme calls a field is no longer the name of another.
    taken = {*theme.rename.values()} - {*theme.rename, *wanted.rename}
    names = [name for name in names if name not in taken]
    places = {name: renamed.get(name, name) for name in names if name not in wanted.drop}
    # The maps of many fields read best behind what stands alone.
    maps = ("", *profile.maps)
    above = {name: place.partition(".")[0] for name, place in places.items()}
    ranks = {name: maps.index(map_) if map_ in maps else 0 for name, map_ in above.items()}
    return {name: places[name] for name in sorted(places, key=lambda name: ranks[name])}


def _usual(profile: Profile, asked: Iterable[str]) -> list[str]:
    """Return a generator's usual fields and those that are asked for."""
    wanted = {*FIELDS, *LATER_FIELDS, *asked} - profile.without
    return [name for name in ALL_FIELDS if name in wanted]


def _check_places(places: list[str]) -> None:
    maps = {place[:end] for place in places for end, sign in enumerate(place) if sign == "."}
    for place in places:
        if not ((place.isascii() and place.isidentifier()) or re.fullmatch(_PLACE, place)):
            raise UsageError(f"front_matter: {place!r} is no name of a field")
        if place.partition(".")[0] == STAMP:
            raise UsageError(f"front_matter: {STAMP!r} is what newsimport knows its files by")
        if places.count(place) > 1:
            raise UsageError(f"front_matter: two fields would stand at {place!r}")
        if place in maps:
            raise UsageError(f"front_matter: {place!r} is a field and a map of fields")


def _form(profile: Profile, form: str) -> str:
    if form and form not in profile.formats:
        raise UsageError(
            f"{profile.name} does not read {form} front matter: it reads "
            + " or ".join(profile.formats)
        )
    return form or "yaml"


def check_body(body: str) -> str:
    """Return what is wanted of the body. Raises UsageError where nothing can be made of it."""
    if body and body not in BODIES and "{{" not in body and "{%" not in body:
        raise UsageError(f"body = {body!r} is neither a template nor one of {', '.join(BODIES)}")
    return body


def _path(profile: Profile, path: str, *, bundle: bool) -> str:
    """Return the format of files' names; the user's is one without its ".md"."""
    if bundle and not profile.bundle:
        raise UsageError(f"page bundles are Hugo's, this site is {profile.name}'s")
    if not path:
        return profile.bundle if bundle else profile.file_name
    steps = check_path(path).removesuffix(_SUFFIX).split("/")
    if profile.name == "jekyll" and "{date}" not in steps[-1]:
        # Jekyll ignores, silently, a post whose name does not start with its date.
        steps[-1] = "{date}-" + steps[-1]
    return "/".join(steps) + ("/index.md" if bundle else _SUFFIX)


def check_path(path: str) -> str:
    """Return the format of files' names. Raises UsageError where it cannot be one."""
    steps = path.removesuffix(_SUFFIX).split("/")
    for name in re.findall(_PATH_NAME, path):
        if name not in PATH_NAMES:
            raise UsageError(f"path = {path!r}: {{{name}}} is none of {', '.join(PATH_NAMES)}")
    for step in steps:
        if not re.fullmatch(_PATH_STEP, re.sub(_PATH_NAME, "x", step)):
            raise UsageError(f"path = {path!r} must be relative, of names and {{slug}} alone")
    if "{slug}" not in steps[-1]:
        raise UsageError(f"path = {path!r} must end in a name with {{slug}}")
    return path
