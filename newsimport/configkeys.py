"""Know which keys newsimport.toml may have, and the form of each one's value."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from math import inf
from typing import TYPE_CHECKING, Any

from newsimport.bounds import BOUNDS
from newsimport.config import constants_of, parse_duration, parse_since
from newsimport.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NAME = r"\w[\w.-]{0,63}"
_SECTION = r"[\w-][\w.-]*(?:/[\w-][\w.-]*){0,7}"


class WrongValueError(Exception):
    """A value of the wrong form; says which it must have."""


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise WrongValueError("a text in quotes")
    return value


def _path(value: Any) -> str:
    if not _text(value):
        # What is left of a value that was forgotten would mean the configuration's own folder.
        raise WrongValueError("a path; it is empty")
    return str(value)


def _since(value: Any) -> str:
    parse_since(_text(value), datetime.now(UTC))
    return str(value)


def _file_name(value: Any) -> str:
    from newsimport.site.layout import check_path

    return check_path(text) if (text := _text(value)) else ""


def _body(value: Any) -> str:
    from newsimport.site.layout import check_body

    return check_body(_text(value))


def _theme(value: Any) -> str:
    from newsimport.site.layout import check_theme

    return check_theme(_text(value))


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise WrongValueError("true or false")
    return value


def _number(name: str, *, whole: bool = True) -> Callable[[Any], float]:
    """Return the check of a number within its bounds."""
    least, most = BOUNDS[name]
    what = "a whole number" if whole else "a number"
    wanted = f"{what} from {least} to {most}" if most else f"{what}, {least} or more"

    def check(value: Any) -> float:
        is_number = isinstance(value, int if whole else int | float)
        if isinstance(value, bool) or not is_number or not least <= value <= (most or inf):
            raise WrongValueError(wanted)
        found: float = value
        return found

    return check


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise WrongValueError("a list of texts")
    return tuple(value)


def _duration(value: Any) -> Any:
    try:
        return parse_duration(_text(value))
    except UsageError:
        raise WrongValueError("a duration such as 30m, 12h or 7d") from None


def _one_of(*words: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in words:
            raise WrongValueError("one of " + ", ".join(words))
        return str(value)

    return check


def _site(value: Any) -> str:
    from newsimport.site.profiles import PROFILES

    return _one_of(*sorted(PROFILES))(value)


def _feed_name(value: Any) -> str:
    if not re.fullmatch(_NAME, _text(value)):
        raise WrongValueError("a word of letters, digits, '.', '-' and '_', begun by no '.' or '-'")
    return str(value)


def _folder_below(value: Any) -> str:
    if value and not re.fullmatch(_SECTION, _text(value)):
        raise WrongValueError("a folder below `out`, such as tech or news/tech")
    return str(value)


def _names(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(place, str) for place in value.values()):
        raise WrongValueError('a table of texts, such as {link = "externalUrl"}')
    return value


def _constants(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise WrongValueError("a table of keys and values")
    try:
        return constants_of(value)
    except UsageError as error:
        raise WrongValueError(f"what front matter can hold: {error}") from None


PATHS = frozenset({"out", "state", "cookie_file", "log_file", "data"})
DEFAULTS: dict[str, Callable[[Any], Any]] = {
    "out": _path, "site": _site, "style": _one_of("modern", "classic"),
    "update": _one_of("merge", "never"), "limit": _number("limit"), "since": _since,
    "headlines": _one_of("all", "current"), "max_headlines": _number("max_headlines"),
    "retitle": _flag, "window": _duration, "max_age": _duration, "state": _path,
    "lock_timeout": _number("lock_timeout", whole=False), "jobs": _number("jobs"),
    "report_after": _number("report_after"), "allow_private": _flag,
    "max_bytes": _number("max_bytes"),
    "cookie_file": _path, "log_file": _path, "log_format": _one_of("text", "json"),
    "every": _duration, "format": _one_of("yaml", "toml", "json"),
    "path": _file_name, "body": _body, "bundle": _flag,
    "data": _path, "categories": _texts, "resolve_links": _flag,
    "resolve_budget": _number("resolve_budget"),
    "unicode_slugs": _flag,
    "images": _one_of("link", "download", "none"), "excerpts": _flag,
}  # fmt: skip
FEED: dict[str, Callable[[Any], Any]] = {
    "name": _feed_name, "url": _text, "section": _folder_below, "categories": _texts,
    "limit": _number("limit"), "every": _duration, "allow_private": _flag,
    "cookie_file": _path,
}  # fmt: skip
FRONT_MATTER: dict[str, Callable[[Any], Any]] = {
    "fields": _texts, "rename": _names, "set": _constants, "drop": _texts, "theme": _theme,
}  # fmt: skip
FILTERS: dict[str, Callable[[Any], Any]] = {
    "include": _texts, "exclude": _texts, "min_headlines": _number("min_headlines"),
    "max_age": _duration, "allow": _texts, "block": _texts,
}  # fmt: skip
