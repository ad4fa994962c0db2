"""Read a cluster's headlines for their words: what is a name, what is a subject, what breaks a phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from newsimport.story.kickers import bare_headline, publisher_key
from newsimport.story.words import CASED, HANGUL, SPACED, cut, fold, guess_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsimport.models import Headline
    from newsimport.story.words import Word

# A cluster has five rows, nine at most; what is beyond this is an archive, not a story.
MAX_LINES = 16

# What a word is to its phrase: it ends one, joins two names, counts, is a subject or a name.
CUT, LINK, NUMBER, SUBJECT, NAME = range(5)

_LINKS = frozenset("of the de del di da do dos das du des la le el los las al bin ibn von van der den ter y und e et and & zu of-the".split())
_ABBREVIATED = frozenset("st mt ft dr jr sr no gov sen rep gen lt col sgt jan feb aug sept oct nov dec vs v mr mrs ms prof rev".split())
_NO_GAP = ("", " ", "\u00a0")


@dataclass(slots=True)
class Line:
    """One headline, read: its words, their roles, where phrases may not go on.

    `breaks[i]` tells that words i-1 and i stand in different phrases.
    """

    text: str
    publisher: str
    words: list[Word]
    breaks: list[bool]
    titled: bool
    shouted: bool
    opens: list[bool]
    weight: float = 1.0
    roles: list[int] = field(default_factory=list)
    quoted: tuple[tuple[int, int], ...] = ()


def primary(language: str) -> str:
    """Return what of a BCP 47 tag decides: the primary subtag, and for Chinese its script."""
    tag = language.replace("_", "-").casefold()
    first = tag.partition("-")[0]
    if first == "zh" and any(part in tag for part in ("tw", "hk", "mo", "hant")):
        return "zh-Hant"
    return {"nb": "no", "nn": "no", "iw": "he", "in": "id", "tl": "fil"}.get(first, first)


@lru_cache(maxsize=1)
def _quotes() -> re.Pattern[str]:
    return re.compile(r"(?:(?<=[\s(:])|^)['‘\"“„«‚](\S(?:[^\"“”„«»‘]{0,58})?[^\s\"“”„«»‘])['’\"”“»](?=[\s,.:;!?)—–-]|[’']s\b|$)")


def read(headlines: Sequence[Headline], language: str) -> tuple[list[Line], str]:
    """Return the lines of a cluster, the lead first, and the language that they are read in."""
    rows = headlines[:MAX_LINES]
    tongue = primary(language)
    publishers = frozenset(key for row in rows if len(key := publisher_key(row.publisher)) > 1)
    texts = [bare_headline(row.title, publishers) for row in rows]
    if not tongue:
        tongue = guess_language(" ".join(texts))
    lines = [_line(text, row.publisher, tongue) for text, row in zip(texts, rows, strict=True)]
    _weigh(lines)
    _give_roles(lines, tongue)
    return lines, tongue


def _line(text: str, publisher: str, language: str) -> Line:
    words, breaks, opens = [], [], []
    capitals = plain = upper = 0
    last_end, last = 0, None
    for word, begin, end in cut(text, language):
        gap = text[last_end:begin]
        broken = last is not None and gap not in _NO_GAP
        if broken and gap == ". " and last is not None and (len(last.key) == 1 or last.key in _ABBREVIATED):
            broken = False
        opening = last is None or (broken and any(c in ".!?:|–—\"“‘'«" for c in gap))
        words.append(word)
        breaks.append(broken or last is None)
        opens.append(opening)
        if not word.stop and not word.number and len(word.key) > 3 and not opening:
            if word.capital:
                capitals += 1
            else:
                plain += 1
            upper += word.shouted
        last_end, last = end, word
    titled = capitals >= 2 and capitals >= 3 * plain
    shouted = upper >= 3 and upper >= 3 * (capitals + plain - upper)
    line = Line(text, publisher, words, breaks, titled, shouted, opens)
    return line


def _weigh(lines: list[Line]) -> None:
    """Let near-copies count a quarter: an agency's text printed five times is one voice."""
    seen: list[set[str]] = []
    for line in lines:
        keys = {word.stem for word in line.words if not word.stop}
        for other in seen:
            shared = len(keys & other)
            if keys and shared >= 0.75 * len(keys | other):
                line.weight = 0.25
                break
        seen.append(keys)


def _give_roles(lines: list[Line], language: str) -> None:
    mid: dict[str, int] = {}
    low: dict[str, int] = {}
    for line in lines:
        proves = not line.titled and not line.shouted
        for word, opening in zip(line.words, line.opens, strict=True):
            if word.script != CASED:
                continue
            if not word.capital:
                low[word.key] = low.get(word.key, 0) + 1
            elif proves and not opening:
                mid[word.key] = mid.get(word.key, 0) + 1
    nouns = language in {"de", "lb"}
    for line in lines:
        line.roles = [_role(line, i, mid, low, nouns) for i in range(len(line.words))]


def _role(line: Line, at: int, mid: dict[str, int], low: dict[str, int], nouns: bool) -> int:  # noqa: FBT001, PLR0911
    word = line.words[at]
    if word.stop:
        if word.key in _LINKS and not word.shouted:
            return LINK
        return CUT
    if word.number:
        return NUMBER if word.key[0].isdigit() else CUT
    if word.script not in {CASED, SPACED, HANGUL}:
        return SUBJECT
    if word.script != CASED:
        return SUBJECT
    if not word.capital:
        return CUT if word.rank == 3 else SUBJECT  # noqa: PLR2004
    seen_mid, seen_low = mid.get(word.key, 0), low.get(word.key, 0)
    plain = CUT if word.rank == 3 else SUBJECT  # noqa: PLR2004
    if word.shouted and not line.shouted:
        return NAME
    if nouns:
        return NAME if seen_low == 0 else SUBJECT
    if seen_mid > seen_low:
        return NAME
    if seen_low > 0:
        return plain
    if line.titled or line.shouted or line.opens[at]:
        # A capital that proves nothing: a word of the language's common stock is none.
        return plain if word.common else NAME
    return NAME
