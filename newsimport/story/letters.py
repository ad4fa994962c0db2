"""Know the characters of a text: which script they are of, and how words are compared by them."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Scripts by the first code point of a range, coarse enough to choose a way of cutting words.
CASED, SPACED, HANGUL, HAN, KANA, THAI = range(6)
_UNSPACED = ((0x0E00, 0x0EFF, THAI), (0x1000, 0x109F, THAI), (0x1780, 0x17FF, THAI))


def script_of(char: str) -> int:
    """Return the family of scripts that a character belongs to."""
    code = ord(char)
    if code < 0x0590 or 0x1E00 <= code < 0x2000:
        return CASED
    if 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code < 0x32000:
        return HAN
    if 0x3040 <= code <= 0x30FF or 0x31F0 <= code <= 0x31FF:
        return KANA
    if 0xAC00 <= code <= 0xD7AF or 0x1100 <= code <= 0x11FF:
        return HANGUL
    for first, last, script in _UNSPACED:
        if first <= code <= last:
            return script
    return SPACED


class Ranges(dict[int, str]):
    """A letter for each character by the first range that it is in, `other` for any in none.

    For `str.translate`, and a pattern of those letters: one of ten thousand characters takes
    longer to compile than a hundred headlines to be cut.
    """

    __slots__ = ("_other", "_ranges")
    _MOST = 1 << 15

    def __init__(self, *ranges: tuple[str, str, str], other: str = "-") -> None:
        super().__init__()
        self._ranges = [(ord(first), ord(last), letter) for first, last, letter in ranges]
        self._other = other

    def __missing__(self, code: int) -> str:
        letter = self.letter_of(code)
        if len(self) < self._MOST:
            self[code] = letter
        return letter

    def letter_of(self, code: int) -> str:
        """Return the letter for a code point."""
        for first, last, letter in self._ranges:
            if first <= code <= last:
                return letter
        return self._other


# Marks are accents only in scripts with case; elsewhere they are vowels.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u0655]+")


def fold(text: str) -> str:
    """Return `text` without case, accents or typographic variants, to compare by."""
    text = text.casefold()
    if text.isascii():
        return text
    text = text.replace("’", "'").replace("‘", "'").replace("‐", "-").replace("‑", "-")
    if text.isascii():
        return text
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", plain).replace("ß", "ss")


def fold_all(texts: Iterable[str]) -> list[str]:
    """Return texts of one line folded, in one go."""
    return fold("\n".join(texts)).splitlines()


def fold_table(table: str) -> Iterator[str]:
    """Yield the words of a table of many languages folded.

    Line by line: to compose what is in one script takes as long for all that stands around it.
    """
    return chain.from_iterable(fold(line).split() for line in table.splitlines())
