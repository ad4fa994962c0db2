"""Cut a headline into words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsimport.story.letters import Ranges
from newsimport.story.standing import APART, ENDED, OPENING, PARTED
from newsimport.story.stopwords import stop_words
from newsimport.story.words import MAX_CHARS, Facts, facts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsimport.story.words import Word

# Joints of a word, what parts words, and what is written without spaces: from and to.
_JOINING = ("&&", "''", "--", "\u2010\u2011", "\u2019\u2019")
_PARTING = (
    "\t\r \x1c/ :@ [` {~ \x85\x85 \xa0\xa9 \xab\xb4 \xb6\xb9 \xbb\xbf \xd7\xd7 \u060c\u060c"
    " \u061b\u061b \u061f\u061f \u06d4\u06d4 \u0964\u0965 \u0e2f\u0e2f \u104a\u104b \u1362\u1362"
    " \u1680\u1680 \u2000\u200b \u200e\u206f \u20a0\u20bf \u2190\u2bff \u2e00\u2e7f \u3000\u3004"
    " \u3008\u3020 \u3030\u3030 \u30fb\u30fb \ufe0f\ufe6b \uff00\uff0f \uff1a\uff20 \uff3b\uff40"
    " \uff5b\uff65 \U0001f000\U0001faff"
).split(" ")
_UNSPACED = (
    "\u0e00\u0eff \u1000\u109f \u1780\u17ff \u3005\u30ff \u31f0\u31ff \u3400\u4dbf \u4e00\u9fff"
    " \uf900\ufaff \U00020000\U0003134f"
).split(" ")


class _Kinds(Ranges):
    """A letter for what each character is to words; a capital one for a numeral."""

    __slots__ = ()

    def letter_of(self, code: int) -> str:
        letter = super().letter_of(code)
        return letter.upper() if chr(code).isdecimal() else letter


_KINDS = _Kinds(
    *[(span[0], span[1], "j") for span in _JOINING],
    *[(mark, mark, mark) for mark in ".+"],
    *[(span[0], span[1], "-") for span in _PARTING],
    *[(span[0], span[1], "u") for span in _UNSPACED],
    other="w",
)


@lru_cache(maxsize=1)
def _word() -> re.Pattern[str]:
    # Of kinds: one of the characters takes longer to compile than hundreds of headlines to cut.
    return re.compile(r"(?:[wu]\.){2,}|[wuWU]++(?:[j.+][wuWU]++)*+\+?")


_ELISIONS = frozenset(
    """
l d j m n s t c qu lorsqu puisqu jusqu quoiqu presqu dell all nell sull dall un quest

""".split()
)


def cut(text: str, language: str) -> list[Word]:
    """Return the words of `text`."""
    return [facts.word for facts in facts_in(text, language)]


def facts_in(text: str, language: str) -> Sequence[Facts]:
    """Return what a cluster asks of the words of `text`, and what stands around each.

    French and Italian elisions ("l'Ukraine") are cut off and left out. What is written without
    spaces comes in runs of one script.
    """
    # A blank is in no word: what stands between two is cut once for all headlines.
    texts = text[:MAX_CHARS].split(" ")
    parts = [*map(_parts_of(language).__getitem__, texts)]
    if not all(parts):
        parts = _around_marks(texts, parts)
    found: list[Facts] = []
    for part in parts:
        found += part
    return found


# The words between two blanks.
_Part = tuple[Facts, ...]


def _around_marks(texts: Sequence[str], parts: Sequence[_Part]) -> list[_Part]:
    """Let the word before a part of no words know that it is parted from the next."""
    found: list[_Part] = []
    for text, part in zip(texts, parts, strict=True):
        if part:
            found.append(part)
        elif found:
            *before, last = found[-1]
            # Two blanks are as good as a mark.
            found[-1] = (*before, _with(last, PARTED | _apart(text, PARTED, ENDED)))
    return found


class _Parts(dict[str, _Part]):
    """The parts of a language's headlines that were cut last; `lru_cache` takes twice as long.

    Where there are enough, those that did not come again since there were the last time go.
    """

    __slots__ = ("_before", "_language")
    _MOST = 1536
    # What is longer is no word: a headline without blanks comes once, and is heavy to keep.
    _LONGEST = 32

    def __init__(self, language: str) -> None:
        super().__init__()
        self._before: dict[str, _Part] = {}
        self._language = language

    def __missing__(self, text: str) -> _Part:
        if len(self) >= self._MOST:
            self._before = dict(self)
            self.clear()
        part = self._before.pop(text, None)
        if part is None:
            part = _cut_part(text, self._language)
        if len(text) <= self._LONGEST:
            self[text] = part
        return part


_parts_of = lru_cache(maxsize=2)(_Parts)


def _cut_part(text: str, language: str) -> _Part:
    plain = text.isascii()
    if plain and text.isalnum():
        return (facts_of(text, language),)
    found: list[Facts] = []
    behind = 0
    for word in _word().finditer(text.translate(_KINDS)):
        kinds, (begin, end) = word[0], word.span()
        surface, gap = text[begin:end], text[behind:begin]
        behind = end
        apart = _apart(gap, APART, OPENING) if gap != "\u00a0" or not found else 0
        if not plain and "u" in kinds.lower():
            for run in re.finditer("[uU]+|[^uU]+", kinds):
                found.append(_with(facts_of(surface[run.start() : run.end()], language), apart))
                apart = 0
            continue
        if language in _ELIDED and ("’" in surface or "'" in surface):
            surface = _without_elision(surface)
        found.append(_with(facts_of(surface, language), apart))
    if found:
        found[-1] = _with(found[-1], _behind(found[-1].word.key, text[behind:]))
    return tuple(found)


def _with(facts: Facts, sign: int) -> Facts:
    return Facts(*facts[:3], facts.sign | sign, *facts[4:]) if sign else facts


def _apart(gap: str, phrase: int, sentence: int) -> int:
    """Return as signs what ends where a word has this beside it."""
    if not gap:
        return 0
    return phrase if _OPENING.isdisjoint(gap) else phrase | sentence


def _behind(key: str, gap: str) -> int:
    if gap == "." and (len(key) == 1 or key in _ABBREVIATED):
        return ENDED
    return _apart(gap, PARTED, ENDED)


_OPENING = frozenset(".!?:|–—\"“‘'«")
_ABBREVIATED = frozenset(
    """
st mt ft dr jr sr no gov sen rep gen lt col sgt jan feb aug sept oct nov dec vs v mr mrs ms prof
rev

""".split()
)


_ELIDED = frozenset(("fr", "it", "ca", ""))


def _without_elision(surface: str) -> str:
    head, _, tail = surface.replace("’", "'").partition("'")
    if tail and tail != "s" and head.casefold() in _ELISIONS:
        return surface[len(head) + 1 :]
    return surface


@lru_cache(maxsize=1)
def _guessable() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple(
        (code, stop_words(code))
        for code in ("en", "de", "es", "fr", "pt", "it", "nl", "sv", "pl", "cs", "tr", "id", "ru")
    )


def guess_language(text: str) -> str:
    """Return the primary subtag whose closed-class words `text` has most of, "" for none."""
    words = set(text.casefold().split()[:80])
    best, most = "", 1
    for code, stops in _guessable():
        hits = len(words & stops)
        if hits > most:
            best, most = code, hits
    return best
