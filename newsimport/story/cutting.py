"""Cut a headline into words."""

from __future__ import annotations

import re
from functools import lru_cache

from newsimport.story.stopwords import stop_words
from newsimport.story.words import MAX_CHARS, Ranges, Word, word_of

_APART = (
    r"\s!-/:-@\[-`{-~\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u060c\u061b\u061f\u06d4"
    r"\u0964\u0965\u0e2f\u104a\u104b\u1362\u2000-\u200b\u200e-\u206f\u20a0-\u20bf\u2190-\u2bff\u2e00-\u2e7f"
    r"\u3000-\u3004\u3008-\u3020\u3030\u30fb\ufe0f\ufe10-\ufe6b\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40"
    r"\uff5b-\uff65\U0001f000-\U0001faff"
)
_APART_IN_ASCII = r"\s!-/:-@\[-`{-~"
_UNDOTTED = rf"[^{_APART}]++(?:['’.&+‐‑-][^{_APART}]++)*+\+?"
_WORD = rf"((?:[^{_APART}\d]\.){{2,}}|{_UNDOTTED})"


@lru_cache(maxsize=4)
def _word_pattern(*, dotted: bool, plain: bool) -> re.Pattern[str]:
    # To look for "U.S." at each letter takes three times as long as all else; to compile the
    # whole pattern takes longer than to cut a hundred headlines, and ASCII needs little of it.
    word = _WORD if dotted else f"({_UNDOTTED})"
    return re.compile(word.replace(_APART, _APART_IN_ASCII) if plain else word)


_UNSPACED = Ranges(
    ("\u0e00", "\u0eff", "u"),
    ("\u1000", "\u109f", "u"),
    ("\u1780", "\u17ff", "u"),
    ("\u3005", "\u30ff", "u"),
    ("\u31f0", "\u31ff", "u"),
    ("\u3400", "\u4dbf", "u"),
    ("\u4e00", "\u9fff", "u"),
    ("\uf900", "\ufaff", "u"),
    ("\U00020000", "\U0003134f", "u"),
)
_ELISIONS = frozenset(
    """
l d j m n s t c qu lorsqu puisqu jusqu quoiqu presqu dell all nell sull dall un quest

""".split()
)


def cut(text: str, language: str) -> tuple[list[Word], dict[int, str]]:
    """Return the words of `text`, and what stands before a word where that is not one blank.

    French and Italian elisions ("l'Ukraine") are cut off and left out. What is written without
    spaces comes in runs of one script.
    """
    words: list[Word] = []
    gaps = {}
    gap = " "
    # A blank is in no word: what stands between two is cut once for all headlines.
    for part in map(_parts_of(language).__getitem__, text[:MAX_CHARS].split(" ")):
        if isinstance(part, Word):
            if gap != " ":
                gaps[len(words)] = gap
                gap = " "
            words.append(part)
            continue
        for word, before in part[0]:
            if gap + before != " ":
                gaps[len(words)] = gap + before
            words.append(word)
            gap = ""
        gap += part[1] + " "
    return words, gaps


# A word, if a part is nothing else; or its words, each with what stands before it, and what stands
# after the last.
_Part = Word | tuple[tuple[tuple[Word, str], ...], str]


class _Parts(dict[str, _Part]):
    """The parts of a language's headlines that were cut last; `lru_cache` takes twice as long."""

    __slots__ = ("_language",)
    _MOST = 2048
    # What is longer is no word: a headline without blanks comes once, and is heavy to keep.
    _LONGEST = 32

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, text: str) -> _Part:
        if len(self) >= self._MOST:
            self.clear()
        part = _cut_part(text, self._language)
        if len(text) <= self._LONGEST:
            self[text] = part
        return part


_parts_of = lru_cache(maxsize=2)(_Parts)


def _cut_part(text: str, language: str) -> _Part:
    if text.isascii() and text.isalnum():
        return word_of(text, language)
    parts = _word_pattern(dotted="." in text, plain=text.isascii()).split(text)
    found = []
    for i in range(1, len(parts), 2):
        surface, gap = parts[i], parts[i - 1]
        if max(surface) >= "\u0e00" and "u" in (kinds := surface.translate(_UNSPACED)):
            for run in re.finditer("u+|-+", kinds):
                found.append((word_of(surface[run.start() : run.end()], language), gap))
                gap = ""
            continue
        if language in _ELIDED and ("’" in surface or "'" in surface):
            surface = _without_elision(surface)
        found.append((word_of(surface, language), gap))
    if len(found) == 1 and not (found[0][1] or parts[-1]):
        return found[0][0]
    return tuple(found), parts[-1]


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
