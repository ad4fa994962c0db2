"""Search strangers' text for a user's regular expressions, in bounded text and bounded time."""

from __future__ import annotations

import re
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from newsimport.errors import FilterError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import FrameType

# A regular expression may take exponential time: it sees no more than this of a text, ...
_BOUND = 500
# ... and has so many seconds of the processor for it, ...
_SECONDS = 1.0
# ... and so many in a run for all texts together on which it is slow.
_SECONDS_IN_ALL = 5.0
_SLOW = 0.01
_spent: dict[str, float] = {}
_PARTS = ("title", "publisher", "link")


def check(pattern: str) -> None:
    """Raise UsageError for what is no regular expression."""
    _compile(pattern)


def matches(pattern: str, texts: Mapping[str, str]) -> bool:
    """Say whether a pattern is in the texts by their parts, or in the one that it names.

    Upper and lower case are the same. Raises FilterError when it takes too long to tell.
    """
    compiled = _compile(pattern)
    try:
        with _alarm(pattern):
            return any(compiled.search(texts[part][:_BOUND]) for part in _split(pattern)[0])
    except _TooSlowError:
        raise FilterError(
            f"the filter {short(pattern)} takes longer than {_SECONDS:.0f} s on one text, "
            f"or {_SECONDS_IN_ALL:.0f} s in all; "
            "write it without a repeat inside a repeat, as in (a+)+"
        ) from None


def _split(pattern: str) -> tuple[tuple[str, ...], str]:
    """Return which parts a pattern is about, and the regular expression."""
    part, colon, rest = pattern.partition(":")
    return ((part,), rest) if colon and part in _PARTS else (_PARTS, pattern)


def _compile(pattern: str) -> re.Pattern[str]:
    expression = _split(pattern)[1]
    if not expression:  # an unset variable leaves it, and everything would match
        raise UsageError(f"{short(pattern)} is an empty expression")
    try:
        return re.compile(expression, re.IGNORECASE)
    except (re.error, OverflowError) as error:
        raise UsageError(f"{short(pattern)} is no regular expression: {error}") from None
    except RecursionError:
        raise UsageError(f"{short(pattern)} nests too deeply for a regular expression") from None


def short(pattern: str) -> str:
    """Return a pattern in quotes, to be shown in a line."""
    return repr(pattern if len(pattern) <= 80 else pattern[:79] + "…")


class _TooSlowError(Exception):
    """The time is up."""


@contextmanager
def _alarm(pattern: str) -> Iterator[None]:
    """Raise _TooSlowError when the time is up: a search heeds signals, and nothing else stops it.

    Signals are for the main thread alone, and Windows has none of this kind: there it goes on.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGPROF"):
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise _TooSlowError

    seconds = min(_SECONDS, _SECONDS_IN_ALL - _spent.get(pattern, 0.0))
    if seconds <= 0:
        raise _TooSlowError
    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        spent = seconds - signal.setitimer(signal.ITIMER_PROF, 0)[0]
        signal.signal(signal.SIGPROF, before)
        if spent > _SLOW:
            _spent[pattern] = _spent.get(pattern, 0.0) + spent
