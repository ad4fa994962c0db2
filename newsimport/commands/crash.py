"""Say an unexpected error in one line, and keep what a report of it needs (clauses 32 and 33)."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from newsimport import __version__
from newsimport.commands.output import say

STATUS = 70
ISSUES = "https://github.com/newsimport/newsimport/issues"


def report_crash(error: Exception, arguments: list[str]) -> int:
    """Write what happened to a file, say where it is, and return the exit status."""
    from newsimport.source.urls import public_text

    where = _write(_describe(error, arguments))
    said = public_text(" ".join(f"{type(error).__name__}: {error}".split()))[:200]
    kept = f", with {where}," if where else ""
    say(f"newsimport: a fault of newsimport itself: {said}; please report it{kept} at {ISSUES}")
    return STATUS


def _describe(error: Exception, arguments: list[str]) -> str:
    import platform
    import traceback

    from newsimport.source.urls import public_text, public_url
    from newsimport.text import without_home

    trace = public_text("".join(traceback.format_exception(error)))
    words = " ".join(public_url(word) for word in arguments)
    return without_home(
        f"newsimport {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"newsimport {words}\n\n{trace}"
    )


def _write(text: str) -> Path | None:
    base = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")  # noqa: PTH111
    folders = [Path(base) / "newsimport", Path(tempfile.gettempdir())]
    # Its user has no home, so that nothing stands for it.
    if base.startswith("~"):
        del folders[0]
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(".txt", "newsimport-fault-", folder)
            with open(handle, "w", encoding="utf-8", errors="replace") as file:  # noqa: PTH123
                file.write(text)
        except OSError:
            continue
        return Path(name)
    return None


def arguments() -> list[str]:
    """Return the words that the command was called with."""
    return sys.argv[1:]
