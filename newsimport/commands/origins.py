"""Say what `fetch` would be told here, and by whom: for its user, and for bug reports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from newsimport.commands.settings import config_files, is_given, is_typed
from newsimport.filters import NO_FILTERS, Filters
from newsimport.models import FrontMatter
from newsimport.source.urls import public_text
from newsimport.story.rules import NO_RULES, TagRules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What the configuration calls otherwise.
_WORDS = {"constants": "set", "aliases": "map", "limit": "max"}
_KEYS = {"stories_file": "data", "as_json": "json"}
_UNITS = (("w", 604800), ("d", 86400), ("h", 3600), ("m", 60))


def resolved(path: Path | None, given: dict[str, str]) -> Iterator[tuple[str, Any, str, str]]:
    """Yield what `fetch` would be told here: option, value, the value in words, where it is from.

    Only what is not its default. `given` are options of the command line by their names. No
    address is shown with its secrets. Raises UsageError and click's own errors.
    """
    from newsimport.commands.fetch import fetch

    words = [word for name, value in given.items() for word in (f"--{name}", value)]
    ctx = fetch.make_context("fetch", words)
    files = [file for file in config_files(path) if file.path]
    options = {option.name or "": option for option in fetch.params}
    for name in dict.fromkeys([*options, *(name for file in files for name in file.defaults)]):
        file = next((file for file in files if name in file.defaults), None)
        if is_given(ctx, name):
            value = ctx.params[name]
            origin = f"--{name}" if is_typed(ctx, name) else str(options[name].envvar)
        elif file and file.defaults[name] != NO_FILTERS:
            value, origin = file.defaults[name], str(file.path)
        else:
            continue
        yield _KEYS.get(name, name), value, public_text(_said(value)), origin


def _said(value: Any) -> str:
    """Return a value in the words of a configuration file, as far as it says anything."""
    if value == NO_RULES._replace(none=True):
        return "none"
    if isinstance(value, TagRules | FrontMatter | Filters):
        parts, usual = value._asdict(), type(value)()._asdict()
    else:
        return value if isinstance(value, str) else _within(value).strip('"')
    if parts.get("constants"):  # whose values may be secrets
        parts["constants"] = tuple(parts["constants"])
    given = {name: part for name, part in parts.items() if part != usual[name]}
    return ", ".join(f"{_WORDS.get(name, name)} = {_within(part)}" for name, part in given.items())


def _within(value: Any) -> str:
    if isinstance(value, str | bool):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        unit, length = next(one for one in _UNITS if not seconds % one[1])
        return f'"{seconds // length}{unit}"'
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_within, value))}]"
    if isinstance(value, Mapping):
        pairs = (f"{name} = {_within(one)}" for name, one in value.items())
        return f"{{{', '.join(pairs)}}}"
    return str(value)
