"""Make any string of a feed a tidy line of text."""

from __future__ import annotations

import os
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Clause 14: what a reader cannot see may still act. C0 and C1 controls (NEL among them) and
# the line and paragraph separators end a YAML line; bidi controls turn text around; a byte order
# mark is no letter; lone surrogates cannot be written as UTF-8 at all; noncharacters are refused
# by Zola and libyaml.
_UNSEEN = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\ufdd0-\ufdef\ufffe\uffff]"
)
_PRINTABLE = bytes(range(0x20, 0x7F))
_unseen = lru_cache(maxsize=1)(lambda: re.compile(_UNSEEN))
# Zero width spaces part the words of some scripts; at the end of a line they part nothing.
UNSEEN_AT_ENDS = " \u200b\u2060\u00ad"
# Characters that combine with what stands before them are among those that are no letters. To look
# for so many takes long: where they are, two of every 16th character are such in a row.
# (Their first is said by itself, for `re` is quick to pass over what cannot be one character.)
_NO_LETTERS = re.compile(r"[^\w\s][^\w\s]{31,}")
_has_few_letters = re.compile(r"[^\w\s][^\w\s]").search
# As in UAX #15, section 13 (the Stream-Safe Text Format): no language has half as many.
_MOST_COMBINING = 30
# No headline is longer.
_LINE = 300
# Twice as many texts as the stories have that are read and written together. None that is known is
# much longer than a headline, so that they take little memory, whatever a feed sends.
_MOST_KNOWN = 2048


def printable(text: str) -> str:
    """Return `text` without what could steer a terminal: controls, escapes, bidi controls."""
    return text if text.isprintable() else _unseen().sub(" ", text)


def counted(number: int, one: str, many: str) -> str:
    """Return a number with what it counts, as a person says it."""
    return f"{number} {one if number == 1 else many}"


def without_home(text: str) -> str:
    """Return `text` with "~" for its user's home, as it may be shown to others."""
    home = os.path.expanduser("~")  # noqa: PTH111 -- Path's own raises where nobody has a home
    if len(home) < 2:
        return text
    return re.sub(rf"(?<![\w.~/-]){re.escape(home)}(?=/|\W|$)", "~", text)


def tidy(text: str) -> str:
    """Return `text` in NFC, on one line, without controls, its white space folded."""
    if text in _known:
        return text
    if _is_tidy(text):
        return text.strip()
    return _tidy_again(text) if len(text) <= _LINE else _tidy(text)


def tidy_all(texts: Sequence[str]) -> list[str]:
    """Return some texts as `tidy` has each: what is cut from a tidy text needs no look of its own.

    Nothing combines with the bar that is between them then.
    """
    if _known.issuperset(texts):
        return [*texts]
    joined = "|".join([text for text in texts if text not in _known])
    if _is_tidy(joined):
        found = list(map(str.strip, texts))
        if len(_known) > _MOST_KNOWN:
            _known.clear()
        if len(joined) <= _LINE * len(texts):
            _known.update(found)
        return found
    return [tidy(text) for text in texts]


# What was tidy last: of a story each room that writes asks for a part again.
_known: set[str] = set()


def _is_tidy(text: str) -> bool:
    """Tell whether a text is tidy but for blanks at its ends."""
    # None of what is unseen, and no white space but blanks, is printable to Python.
    return _is_printable(text) and "  " not in text and (text.isascii() or _is_composed(text))


def are_printable(texts: Sequence[str]) -> bool:
    """Tell whether some texts are printable to Python: those that were tidy last are."""
    return _known.issuperset(texts) or _is_printable(
        "".join([text for text in texts if text not in _known])
    )


def _is_printable(text: str) -> bool:
    if text.isascii():
        # In a third of the time that it takes to ask for each.
        return not text.encode().translate(None, _PRINTABLE)
    return text.isprintable()


def tidy_lines(text: str) -> str:
    """Return `text` in NFC and without controls, its lines (ended by LF) and blanks as they are."""
    return "\n".join(printable(line) for line in _composed(text).split("\n"))


def _tidy(text: str) -> str:
    return " ".join(_unseen().sub(" ", _composed(text)).split()).strip(UNSEEN_AT_ENDS)


def _composed(text: str) -> str:
    if text.isascii():
        return text
    # To bring n of them into their order takes n² steps.
    return unicodedata.normalize("NFC", _NO_LETTERS.sub(_with_few_marks, text))


def _is_composed(text: str) -> bool:
    # To compose n that combine takes n² steps: that there are none such is looked at first.
    if _has_few_letters(text[::16]) and _NO_LETTERS.search(text):
        return False
    return unicodedata.is_normalized("NFC", text)


# A title, a publisher: each room that may be given one makes sure that it is tidy.
_tidy_again = lru_cache(maxsize=256)(_tidy)


def _with_few_marks(found: re.Match[str]) -> str:
    """Return some characters without the combining ones beyond 30 in a row."""
    kept, count = [], 0
    for character in found[0]:
        count = count + 1 if unicodedata.combining(character) else 0
        if count <= _MOST_COMBINING:
            kept.append(character)
    return "".join(kept)
