"""Judge what each word of a headline is to its phrase: a name, a subject, a number, a cut."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from newsimport.story import evidence
from newsimport.story.english import A_DAY, A_VERB, IN_NAME, OF_PLACE, READ_AS_ENGLISH
from newsimport.story.standing import (
    ARTICLES,
    COUNTING,
    CUT,
    GUESS,
    NAME,
    SMALL,
    SUBJECT,
    WHERE_LOOSE,
    WHERE_PROVEN,
    small_role,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsimport.story.lines import Line
    from newsimport.story.words import Word


def give_roles(lines: list[Line], language: str) -> None:
    """Give each word of a cluster its role, by itself and by what the other headlines show."""
    low = Counter(chain.from_iterable([line.low for line in lines]))
    mid = Counter(chain.from_iterable([line.mid for line in lines if line.proves]))
    for line in lines:
        if line.proves:
            for at in line.opens:
                mid[line.mid[at]] -= 1
    nouns = language in {"de", "lb"}
    for line in lines:
        alone = line.alone
        doubtful: Iterable[int] = line.opens
        if line.proves or nouns:
            line.roles = bytearray(alone.translate(WHERE_PROVEN))
        else:
            line.roles = bytearray(alone.translate(WHERE_LOOSE))
            doubtful = _seen_elsewhere(line, mid, low)
        for at in doubtful:
            if alone[at] > NAME:
                line.roles[at] = _role(line, at, mid, low, nouns=nouns)
        if SMALL in alone:
            for at in [at for at, role in enumerate(alone) if role == SMALL]:
                line.roles[at] = _small_role(line, at)
    _heed(lines, language)


def _seen_elsewhere(line: Line, mid: dict[str, int], low: dict[str, int]) -> Iterable[int]:
    """Return the words of which other headlines may tell more than a capital in this one."""
    if line.shouted:
        return range(len(line.words))
    if line.stems.isdisjoint(low) and line.stems.isdisjoint(mid):
        return ()
    return [at for at, word in enumerate(line.words) if word.stem in low or word.stem in mid]


def _heed(lines: list[Line], language: str) -> None:
    """Mend the roles of a cluster by what stands side by side in it."""
    tells = 0
    for line in lines:
        if line.proves:
            evidence.prove_openings(line, language)
        if line.tells & OF_PLACE:
            evidence.prove_places(line)
        tells |= line.tells
    if tells & IN_NAME:
        evidence.bind_honorifics(lines)
    if language in READ_AS_ENGLISH:
        if tells & A_VERB:
            evidence.cut_verbs(lines)
        if tells & A_DAY:
            evidence.join_days(lines)


def _role(line: Line, at: int, mid: dict[str, int], low: dict[str, int], *, nouns: bool) -> int:
    """Return the role of a word with a capital that does not say it by itself."""
    word = line.words[at]
    if word.stop:
        return _small_role(line, at)
    plain = CUT if word.rank == 3 else SUBJECT
    if word.shouted and not line.shouted:
        return NAME
    if "-" in word.key and word.rank == 2:
        return SUBJECT
    if nouns:
        if at in line.opens and word.loose > 1 and not mid.get(word.stem):
            return SUBJECT
        return NAME if at not in line.opens or mid.get(word.stem) or _is_noun(line, at) else GUESS
    if line.proves and at not in line.opens:
        return NAME
    return _loose_role(word, mid.get(word.stem, 0), low.get(word.stem, 0), plain)


def _is_noun(line: Line, at: int) -> bool:
    """Tell "Putin spricht" from "Deutsche Konzerne", where German opens with a quality."""
    word = line.words[at]
    after = line.words[at + 1] if at + 1 < len(line.words) else None
    ends = after is None or line.breaks[at + 1] or not (after.capital or after.number)
    return ends and word.rank == 0 and not word.loose


def _small_role(line: Line, at: int) -> int:
    word = line.words[at]
    proves = line.proves and at not in line.opens
    if proves and (word.key in COUNTING or _opens_name(line, at)):
        return NAME
    return small_role(word.key, shouted=word.shouted)


def _opens_name(line: Line, at: int) -> bool:
    """Tell "La Palma" and "De Jong" from "la palma"."""
    after = line.words[at + 1] if at + 1 < len(line.words) else None
    return (
        line.words[at].key in ARTICLES
        and after is not None
        and after.capital
        and not (after.stop or line.breaks[at + 1])
    )


def _loose_role(word: Word, seen_mid: int, seen_low: int, plain: int) -> int:
    """Judge a word whose capital proves nothing by the cluster's other headlines."""
    if seen_mid > seen_low:
        return NAME
    if word.loose > 0:
        return CUT if word.loose == 3 else SUBJECT
    return plain if seen_low or word.loose else GUESS
