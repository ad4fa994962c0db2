"""Judge what each word of a headline is to its phrase: a name, a subject, a number, a cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.story import evidence
from newsimport.story.english import A_DAY, A_VERB, IN_NAME, OF_PLACE, READ_AS_ENGLISH
from newsimport.story.letters import CASED
from newsimport.story.standing import (
    ARTICLES,
    COUNTING,
    CUT,
    GUESS,
    NAME,
    ROLE,
    SMALL,
    SUBJECT,
    WHERE_LOOSE,
    WHERE_PROVEN,
    small_role,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from newsimport.story.lines import Line
    from newsimport.story.words import Word


def give_roles(lines: list[Line], shared: set[str], language: str) -> None:
    """Give each word of a cluster its role, by itself and by what the other headlines show.

    `shared` are the stems that two of them say.
    """
    nouns = language in {"de", "lb"}
    seen = _Seen(lines)
    again: AbstractSet[str] | None = None
    for line in lines:
        signs = line.signs
        doubtful: Iterable[int] = line.opens
        if line.proves or nouns:
            line.roles = bytearray(signs.translate(WHERE_PROVEN))
        else:
            line.roles = bytearray(signs.translate(WHERE_LOOSE))
            doubtful = range(len(signs))
            if not line.shouted:
                again = _said_again(lines, shared) if again is None else again
                doubtful = [at for at, stem in enumerate(line.order) if stem in again]
        for at in doubtful:
            if signs[at] & ROLE > NAME:
                line.roles[at] = _role(line, at, seen, nouns=nouns)
        while SMALL in line.roles:
            at = line.roles.index(SMALL)
            line.roles[at] = _small_role(line, at)
    _heed(lines, language)


def _said_again(lines: list[Line], shared: set[str]) -> set[str]:
    """Return the stems that a cluster says more than once."""
    again = {*shared}
    for line in lines:
        if len(line.stems) < len(line.order):
            again.update([stem for stem in line.stems if line.order.count(stem) > 1])
    return again


class _Seen(dict[str, tuple[int, int]]):
    """How often words stand in a cluster with a capital that proves a name, and in small letters.

    They are counted when they are asked for, by their stems: few are.
    """

    __slots__ = ("_lines",)

    def __init__(self, lines: list[Line]) -> None:
        super().__init__()
        self._lines = lines

    def __missing__(self, stem: str) -> tuple[int, int]:
        names = plain = 0
        for line in self._lines:
            if stem not in line.stems:
                continue
            at = -1
            for _ in range(line.order.count(stem)):
                at = line.order.index(stem, at + 1)
                word = line.words[at]
                if word.script != CASED or word.stop:
                    continue
                if not word.capital:
                    plain += 1
                elif line.proves and at not in line.opens:
                    names += 1
        self[stem] = names, plain
        return names, plain


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


def _role(line: Line, at: int, seen: _Seen, *, nouns: bool) -> int:
    """Return the role of a word with a capital that does not say it by itself."""
    word, opens = line.words[at], at in line.opens
    if word.stop:
        return _small_role(line, at)
    if word.shouted and not line.shouted:
        return NAME
    if "-" in word.key and word.rank == 2:
        return SUBJECT
    if not opens and (nouns or line.proves):
        return NAME
    names, plain = seen[word.stem]
    if not nouns:
        return _loose_role(word, names, plain)
    if word.loose > 1 and not names:
        return SUBJECT
    return NAME if names or _is_noun(line, at) else GUESS


def _is_noun(line: Line, at: int) -> bool:
    """Tell "Putin spricht" from "Deutsche Konzerne", where German opens with a quality."""
    word = line.words[at]
    after = line.words[at + 1] if at + 1 < len(line.words) else None
    ends = after is None or line.breaks[at + 1] > 0 or not (after.capital or after.number)
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


def _loose_role(word: Word, names: int, plain: int) -> int:
    """Judge a word whose capital proves nothing by what it is in the cluster's headlines."""
    if names > plain:
        return NAME
    if word.loose > 0:
        return CUT if word.loose == 3 else SUBJECT
    if not (plain or word.loose):
        return GUESS
    return CUT if word.rank == 3 else SUBJECT
