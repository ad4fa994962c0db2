"""Find what a cluster's headlines could be tagged with: names, titles, phrases they share."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsimport.story import english
from newsimport.story.cutting import cut
from newsimport.story.kickers import is_kicker
from newsimport.story.letters import CASED, fold
from newsimport.story.phrases import Phrase, key_of, note
from newsimport.story.places import territory
from newsimport.story.runs import LONGEST, note_runs
from newsimport.story.standing import GUESS, LINK, NAME, NUMBER, SUBJECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsimport.story.lines import Line
    from newsimport.story.phrases import Phrases, Spot
    from newsimport.story.words import Word


def gather(lines: list[Line], shared: set[str], language: str) -> Phrases:
    """Return the phrases of a cluster that is written with spaces, by their joined stems.

    `shared` are the stems that two of its lines say.
    """
    found: Phrases = {}
    names: set[Spot] = set()
    taken = [note_runs(found, names, line, shared, language) for line in lines]
    _titles(found, lines, language)
    if shared:
        _repeats(found, names, _spots(lines, shared, taken).values(), language)
    return found


@lru_cache(maxsize=1)
def _quotes() -> re.Pattern[str]:
    # It begins with a set, by which alone `re` finds fast where it may match.
    return re.compile(
        r"[‘'\"“„«](?<![^\s(:].)(?:(?<=[‘'])([^‘’'\"“”]{2,60}(?:[’'][a-z][^‘’'\"“”]{0,40})?)[’']"
        r"|(?<![‘'])([^\"“”„«»]{2,60})[\"”“»])"
        r"(?=[\s,.:;!?)']|[—–’]|$)"
    )


_OPENING_IN_ASCII = "'\""
_OPENING = _OPENING_IN_ASCII + "‘“„«"


def _quoted_in(text: str) -> Iterable[re.Match[str]]:
    # As for what dresses a headline: looks for each sign take less than a search for any.
    for sign in _OPENING_IN_ASCII if text.isascii() else _OPENING:
        if sign in text:
            return _quotes().finditer(text)
    return ()


def _titles(found: Phrases, lines: list[Line], language: str) -> None:
    """Note what is quoted as a work's title is: its words capitalised, no sentence."""
    texts: list[str] | None = None
    quoted = [(at, match) for at, line in enumerate(lines) for match in _quoted_in(line.text)]
    for number, match in quoted:
        title = (match[1] or match[2]).strip().rstrip(",.:;")
        if title.islower() or not _is_title(title, words := cut(title, language)):
            continue
        texts = texts or [_unquoted(other.text) for other in lines]
        needle = " " + fold(title)
        said = [i for i, text in enumerate(texts) if needle in text]
        if len(words) == 1 and match.start() == 0 and len(said) < 2:
            continue
        # "An 'Avoidable Tragedy'" is a saying, where other headlines could name the work.
        if (
            lines[number].titled
            and len(said) < 2
            and any(
                word.stop or word.rank > 1 or (word.loose > 1 and len(lines) > 1) for word in words
            )
        ):
            continue
        stems = tuple([word.stem for word in words])
        phrase = found.setdefault(key_of(stems), Phrase(stems))
        phrase.name = phrase.quoted = True
        phrase.proven |= 1 << number
        for other in {number, *said}:
            phrase.say(other, 0 if other != number else 1, title, lines[other].weight)


def _is_title(title: str, words: Sequence[Word]) -> bool:
    content = [word for word in words if not word.stop]
    return (
        bool(content)
        and len(words) <= 6
        and title[-1:] not in "?!"
        and content[0].capital
        # "‘Bigger than me’: ..." is said by somebody.
        and (words[-1].capital or words[-1].number)
        and all(word.capital or word.number for word in content)
        and not any(word.key == "i" or "'" in word.key for word in words)
    )


def _unquoted(text: str) -> str:
    return " " + fold(text).replace("'", " ").replace('"', " ").replace("“", " ")


def _repeats(found: Phrases, names: set[Spot], spots: Iterable[list[Spot]], language: str) -> None:
    """Note the word sequences that two headlines share."""
    for said in spots:
        if said[0][0] is said[-1][0]:
            continue
        # A run of names is noted already.
        other = [spot for spot in said if spot not in names]
        if other and _is_sound(said, language):
            note(found, other)


def _spots(
    lines: list[Line], shared: set[str], taken: list[set[int]]
) -> dict[str | tuple[str, ...], list[Spot]]:
    """Return where sequences stand that headlines may share, by their stems."""
    spots: dict[str | tuple[str, ...], list[Spot]] = {}
    for line, territories in zip(lines, taken, strict=True):
        roles, stems = line.roles, line.order
        last = len(stems) - 1
        for begin, stem in enumerate(stems):
            if stem not in shared or roles[begin] < SUBJECT:
                continue
            if begin not in territories:
                spots.setdefault(stem, []).append((line, begin, begin + 1))
            if begin < last and roles[begin + 1] and stems[begin + 1] in shared:
                for end in _longer(lines, line, begin, shared, territories):
                    spots.setdefault(stems[begin:end], []).append((line, begin, end))
    return spots


def _is_sound(spots: list[Spot], language: str) -> bool:
    """Tell whether a sequence could stand as a tag in one headline at least.

    "Storm warning issued" may be a verb; that others have "storm warnings" shows that it is none.
    """
    has_verb = language in english.READ_AS_ENGLISH and spots[0][2] - spots[0][1] > 1
    has_predicate = language in _ROMANCE
    for line, begin, end in spots:
        if (
            _is_phrase(line, begin, end)
            and not (has_verb and _has_verb(line, begin, end))
            and not (has_predicate and _has_predicate(line, begin, end))
        ):
            return True
    return False


_ROMANCE = frozenset(("es", "fr", "it", "pt", "ca", "gl", "ro"))


def _longer(
    lines: list[Line], line: Line, begin: int, shared: set[str], territories: set[int]
) -> Sequence[int]:
    """Return where the sequences of several words that begin at one may end."""
    words, roles, breaks = line.words, line.roles, line.breaks
    ends: Sequence[int] = ()
    for at in range(begin + 1, min(begin + LONGEST, len(words))):
        role = roles[at]
        if role < LINK or breaks[at] or words[at].stem not in shared:
            break
        if role == LINK and words[at].key not in _INNER:
            break
        before = words[at - 1]
        if before.possessive and (
            at - 1 in territories or not _pairs(lines, before.stem, words[at].stem)
        ):
            break
        if role != LINK and not (territories and _parts_place(territories, begin, at, roles)):
            ends = (*ends, at + 1)
    return ends


_INNER = frozenset("of de al des du di del della dei da do das dos".split())


def _parts_place(territories: set[int], begin: int, last: int, roles: Sequence[int]) -> bool:
    """Tell whether a sequence is a territory or a part of one, or only ends with one."""
    if last in territories and (begin in territories or last + 1 in territories):
        return True
    if begin in territories and begin - 1 in territories:
        return True
    return last in territories and roles[begin] == SUBJECT and last > begin


def _pairs(lines: list[Line], left: str, right: str) -> bool:
    """Tell "Martha's Vineyard" from "Korea's Kim": the first part is never said alone."""
    both = 0
    for line in lines:
        for i, word in enumerate(line.words):
            if word.stem == left:
                if (
                    not word.possessive
                    or i + 1 == len(line.words)
                    or line.words[i + 1].stem != right
                ):
                    return False
                both += 1
    return both > 1


def _is_phrase(line: Line, begin: int, end: int) -> bool:
    """Tell whether a repeated sequence could stand as a tag."""
    first, role = line.words[begin], line.roles[begin]
    if begin and role >= GUESS and line.roles[begin - 1] == NUMBER and not line.breaks[begin]:
        return False
    if end - begin == 1:
        return role == NAME or (
            first.rank == 0 and len(first.key) > (2 if first.script == CASED else 1)
        )
    words, roles = line.words[begin:end], line.roles[begin:end]
    last = words[-1]
    if (
        not _may_begin(first, role)
        or is_kicker(last.text)
        or (len(words) > 2 and _has_office(line, begin, end))
    ):
        return False
    if roles[-1] >= GUESS:
        # "top Smith" is no name, but "long Covid" is one.
        if SUBJECT in roles[1:-1]:
            # "Venezuelan capital Caracas"
            return False
        if roles[0] == SUBJECT and (first.rank != 2 or first.key in english.DULL or len(words) > 2):
            return roles[1] == LINK
    elif last.rank > 1 or (
        last.rank == 1 and english.ends_as_verb(last.key) and (roles[-2] >= GUESS or len(words) > 2)
    ):
        return False
    if roles[-1] == NUMBER and roles[-2] < GUESS:
        return False
    if len(words) == 2 and last.rank == 1:
        return _is_pair(first, last, roles)
    return NAME in roles or 0 in [word.rank for word in words]


def _is_pair(first: Word, last: Word, roles: Sequence[int]) -> bool:
    """Tell whether a word makes a subject of a weak noun: "rate hike", but not "Swiss president".

    A country with an office or an operation only says the country again.
    """
    if roles[-1] == SUBJECT and territory(first.key, "en"):
        return False
    if first.rank == 1:
        return english.pair_as_subject(first.key, last.key)
    return first.rank == 0 or NAME in roles


def _has_office(line: Line, begin: int, end: int) -> bool:
    """Tell whether an office stands within: "Israeli Prime Minister Netanyahu"."""
    return any(
        english.is_honorific(line.words[at].key) and at not in line.bound
        for at in range(begin + 1, end - 1)
    )


def _has_verb(line: Line, begin: int, end: int) -> bool:
    """Tell whether a plural stands before the end of an English phrase: "thieves drill"."""
    for at in range(begin, end - 1):
        if line.roles[at] == SUBJECT and line.words[at].tells & english.A_VERB:
            return True
    return False


def _has_predicate(line: Line, begin: int, end: int) -> bool:
    """Tell whether a name goes on in small letters: "Lula sanciona" has a verb."""
    roles = line.roles
    if roles[end - 1] != SUBJECT:
        return False
    if end - begin > 1:
        return roles[begin] >= GUESS
    return begin > 0 and roles[begin - 1] >= GUESS and not line.breaks[begin]


def _may_begin(word: Word, role: int) -> bool:
    """Tell whether a phrase of several words may begin with this one."""
    if english.is_honorific(word.key) or (word.rank == 3 and role != NAME):
        return False
    return role != SUBJECT or not (english.is_judging(word.key) or word.key in english.COLLECTING)
