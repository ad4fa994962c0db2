"""Say what `fetch` would be told here, and by whom: for its user, and for bug reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsimport.commands.settings import config_files, is_given
from newsimport.filters import NO_FILTERS
from newsimport.source.fetch import public_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
            source = ctx.get_parameter_source(name)
            value = ctx.params[name]
            by_flag = source is not None and source.name == "COMMANDLINE"
            origin = f"--{name}" if by_flag else str(options[name].envvar)
        elif file and file.defaults[name] != NO_FILTERS:
            value, origin = file.defaults[name], str(file.path)
        else:
            continue
        yield name, value, public_url(str(value)), origin
