"""Read newsimport.toml, and say in which line it is wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsimport.config import Source
from newsimport.configfile import ConfigFile
from newsimport.configkeys import (
    DEFAULTS,
    FEED,
    FILTERS,
    FRONT_MATTER,
    PATHS,
    WrongValueError,
)
from newsimport.errors import UsageError, nearest
from newsimport.filters import NO_FILTERS, Filters
from newsimport.models import FrontMatter
from newsimport.records import NamedTuple
from newsimport.story.rules import RulesError, TagRules, read_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TABLES = ("defaults", "feeds", "front_matter", "tags")
_HEADER = r"\s*\[{1,2}\s*([\w.\"'-]+)\s*\]{1,2}"


def read_config(
    path: Path, *, above: ConfigFile | None = None, below: ConfigFile | None = None
) -> ConfigFile:
    """Return what a configuration file says.

    Its feeds take what they do not say themselves from the defaults of a file `above` it, from its
    own, and from those of one `below` it (clause 31). Paths in it are relative to its folder.
    Raises UsageError with the line of what is wrong.
    """
    import tomllib

    try:
        # With the mark that some editors put before a text.
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"{path}: cannot read it: {said}") from error
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: not TOML: {error}") from error
    around = (above or ConfigFile(), below or ConfigFile())
    return _Reading(path, text.splitlines()).document(document, *around)


class _Reading(NamedTuple):
    """A configuration file while it is checked."""

    path: Path
    lines: list[str]

    def document(
        self, document: Mapping[str, Any], above: ConfigFile, below: ConfigFile
    ) -> ConfigFile:
        self._refuse_unknown(document, _TABLES, "")
        defaults = self._table(document.get("defaults", {}), "defaults", 0)
        values = self._values(defaults, DEFAULTS, "defaults", 0)
        filters = self._filters(defaults, "defaults", 0, NO_FILTERS)
        if "data" in values:
            values["stories_file"] = values.pop("data")
        if front_matter := self._front_matter(document, "front_matter", 0):
            values["front_matter"] = front_matter
        feeds = document.get("feeds", [])
        if not isinstance(feeds, list):
            raise self._wrong("feeds", 0, "feeds", "written as [[feeds]], once for each")
        for_feeds = {**below.defaults, **values, **above.defaults}
        wanted = above.filters or filters or below.filters
        sources = []
        for number, feed in enumerate(feeds):
            table = self._table(feed, "feeds", number)
            sources.append(self._feed(table, number, for_feeds, wanted))
        self._refuse_twins(sources)
        values["filters"] = filters
        if "tags" in document:
            values["tags"] = self._rules(document["tags"], "tags", 0)
        return ConfigFile(self.path, values, tuple(sources))

    def _feed(
        self, table: Mapping[str, Any], number: int, defaults: Mapping[str, Any], filters: Filters
    ) -> Source:
        table = dict(table)
        tags = table.pop("tags", None)
        values = self._values(table, FEED, "feeds", number)
        if tags is not None:
            values["tags"] = self._rules(tags, "feeds", number)
        for needed in ("name", "url"):
            if not values.get(needed):
                raise UsageError(
                    f"{self.path}: line {self._line('feeds', number, '')}: "
                    f"a [[feeds]] needs a {needed}"
                )
        address = values["url"]
        if "://" not in address and address != "-":
            values["url"] = str(self.path.parent / address)
        for name in ("limit", "every", "allow_private"):
            if name in defaults:
                values.setdefault(name, defaults[name])
        return Source(
            **values,
            filters=self._filters(table, "feeds", number, filters),
            front_matter=self._front_matter(table, "feeds", number),
        )

    def _front_matter(
        self, table: Mapping[str, Any], header: str, number: int
    ) -> FrontMatter | None:
        """Return what a table wants of the front matter, None where it says nothing of it."""
        if "front_matter" not in table:
            return None
        given = self._table(table["front_matter"], header, number)
        values = self._values(given, FRONT_MATTER, header, number)
        if "set" in values:
            values["constants"] = values.pop("set")
        return FrontMatter(**values)

    def _rules(self, said: object, header: str, number: int) -> TagRules:
        try:
            return read_rules(said)
        except RulesError as error:
            line = self._line(header, number, error.key)
            raise UsageError(f"{self.path}: line {line}: {error}") from None

    def _filters(
        self, table: Mapping[str, Any], header: str, number: int, base: Filters
    ) -> Filters:
        given = self._table(table.get("filters", {}), header, number)
        values = self._values(given, FILTERS, header, number)
        try:
            return base.refined(**values)
        except UsageError as error:
            key = next(
                (key for key in ("include", "exclude", "allow", "block") if key in values), ""
            )
            line = self._line(header, number, key)
            raise UsageError(f"{self.path}: line {line}: {error}") from None

    def _values(
        self,
        table: Mapping[str, Any],
        known: Mapping[str, Callable[[Any], Any]],
        header: str,
        number: int,
    ) -> dict[str, Any]:
        tables: tuple[str, ...] = ("filters", "tags", "front_matter")
        if known in (FILTERS, FRONT_MATTER):
            tables = ()
        elif known is not FEED:
            tables = ("filters",)
        self._refuse_unknown(table, (*known, *tables), header, number)
        values: dict[str, Any] = {}
        for key, value in table.items():
            if key in tables:
                continue
            try:
                values[key] = known[key](value)
                if key in PATHS:
                    values[key] = self.path.parent / Path(values[key]).expanduser()
            except WrongValueError as error:
                raise self._wrong(key, number, header, str(error)) from None
            except UsageError as error:
                line = self._line(header, number, key)
                raise UsageError(f"{self.path}: line {line}: {error}") from None
            except RuntimeError:
                wanted = "a path without ~, for there is no such home"
                raise self._wrong(key, number, header, wanted) from None
        return values

    def _table(self, value: Any, header: str, number: int) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self._wrong(header, number, header, "a table of keys and values")
        return value

    def _refuse_unknown(
        self, table: Mapping[str, Any], known: tuple[str, ...], header: str, number: int = 0
    ) -> None:
        for key in table:
            if key not in known:
                is_misplaced = header == "defaults" and key in _TABLES
                hint = f"; it is a table of its own, [{key}]" if is_misplaced else ""
                raise UsageError(
                    f"{self.path}: line {self._line(header, number, key)}: unknown key {key!r}"
                    + (hint or nearest(key, known))
                )

    def _refuse_twins(self, sources: list[Source]) -> None:
        seen: set[str] = set()
        for number, source in enumerate(sources):
            if source.name in seen:
                line = self._line("feeds", number, "name")
                raise UsageError(
                    f"{self.path}: line {line}: two feeds are named {source.name!r}; "
                    "give each a name of its own"
                )
            seen.add(source.name)

    def _wrong(self, key: str, number: int, header: str, wanted: str) -> UsageError:
        line = self._line(header, number, key)
        return UsageError(f"{self.path}: line {line}: {key} must be {wanted}")

    def _line(self, header: str, number: int, key: str) -> int:
        """Return the line of a key in the `number`th table of a name: tomllib does not tell.

        The line of the table where the key is not found, 1 without either.
        """
        found = 1
        within, seen = header == "", -1
        wanted = re.compile(rf"""(?:^|[\s{{,.])["']?{re.escape(key)}["']?\s*[=.]""")
        as_table = re.compile(rf"""\s*\[{{1,2}}\s*["']?{re.escape(key)}["']?\s*[\].]""")
        for place, line in enumerate(self.lines, 1):
            if heading := re.match(_HEADER, line):
                name, *below = (part.strip("\"'") for part in heading[1].split("."))
                if name == header and below == [key] and max(seen, 0) == number:
                    return place
                if name == header and not below:
                    seen += 1
                    if seen == number:
                        found = place
                within = name == header and seen == number
                if key and header == "" and as_table.match(line):
                    return place
            if key and within and wanted.search(line):
                return place
        return found
