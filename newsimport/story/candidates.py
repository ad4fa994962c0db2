"""Find what a cluster's headlines could be tagged with: names, titles, phrases they share."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsimport.story import english
from newsimport.story.cutting import cut
from newsimport.story.kickers import is_kicker
from newsimport.story.phrases import Phrase, key_of, note
from newsimport.story.places import territory
from newsimport.story.runs import LONGEST, note_runs
from newsimport.story.standing import GUESS, LINK, NAME, NUMBER, SUBJECT
from newsimport.story.words import CASED, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsimport.story.lines import Line
    from newsimport.story.phrases import Phrases
    from newsimport.story.words import Word


def gather(lines: list[Line], language: str) -> Phrases:
    """Return the phrases of a cluster that is written with spaces, by their joined stems."""
    found: Phrases = {}
    shared = _shared_stems(lines)
    taken = [note_runs(found, line, number, shared, language) for number, line in enumerate(lines)]
    _titles(found, lines, language)
    if shared:
        _repeats(found, lines, shared, taken, language)
    return found


def _shared_stems(lines: list[Line]) -> set[str]:
    """Return the stems that two headlines say."""
    said: set[str] = set()
    shared: set[str] = set()
    for line in lines:
        stems = line.stems
        shared |= said & stems
        said |= stems
    return shared


@lru_cache(maxsize=1)
def _quotes() -> re.Pattern[str]:
    # It begins with a set, by which alone `re` finds fast where it may match.
    return re.compile(
        r"[‘'\"“„«](?:(?<=[‘'])(?<![^\s(:].)([^‘’'\"“”]{2,60}(?:[’'][a-z][^‘’'\"“”]{0,40})?)[’']"
        r"|(?<=[\"“„«])([^\"“”„«»]{2,60})[\"”“»])"
        r"(?=[\s,.:;!?)—–’']|$)"
    )


_has_quote = re.compile("['\"‘“„«]").search


def _titles(found: Phrases, lines: list[Line], language: str) -> None:
    """Note what is quoted as a work's title is: its words capitalised, no sentence."""
    texts: list[str] | None = None
    for number, line in enumerate(lines):
        if not _has_quote(line.text):
            continue
        for match in _quotes().finditer(line.text):
            title = (match[1] or match[2]).strip().rstrip(",.:;")
            words = cut(title, language)[0]
            if not _is_title(title, words):
                continue
            texts = texts or [_unquoted(other.text) for other in lines]
            needle = " " + fold(title)
            said = [i for i, text in enumerate(texts) if needle in text]
            if len(words) == 1 and match.start() == 0 and len(said) < 2:
                continue
            # "An 'Avoidable Tragedy'" is a saying, where other headlines could name the work.
            if (
                line.titled
                and len(said) < 2
                and any(
                    word.stop or word.rank > 1 or (word.loose > 1 and len(lines) > 1)
                    for word in words
                )
            ):
                continue
            phrase = found.setdefault(
                key_of([word.stem for word in words]),
                Phrase(tuple(word.stem for word in words)),
            )
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


def _repeats(
    found: Phrases,
    lines: list[Line],
    shared: set[str],
    taken: list[set[int]],
    language: str,
) -> None:
    """Note the word sequences that two headlines share."""
    seen: dict[tuple[str, ...], int] = {}
    spots: list[_Spot] = []
    for number, line in enumerate(lines):
        bit, words, territories = 1 << number, line.words, taken[number]
        for begin, role in enumerate(line.roles):
            if role < SUBJECT or words[begin].stem not in shared:
                continue
            if begin not in territories:
                stems: tuple[str, ...] = (words[begin].stem,)
                seen[stems] = seen.get(stems, 0) | bit
                spots.append((stems, number, begin, begin + 1))
            if _goes_on(line, begin + 1, shared):
                for end, stems in _sequences(lines, line, begin, shared, territories):
                    seen[stems] = seen.get(stems, 0) | bit
                    spots.append((stems, number, begin, end))
    repeated = [spot for spot in spots if seen[spot[0]] & (seen[spot[0]] - 1)]
    sound = _sound(repeated, lines, language)
    for stems, number, begin, end in repeated:
        line = lines[number]
        if stems in sound and (begin, end) not in line.names:
            note(found, line, number, begin, end)


# The stems of a word sequence, the headline that says it, from where to where.
_Spot = tuple[tuple[str, ...], int, int, int]


def _sound(spots: list[_Spot], lines: list[Line], language: str) -> set[tuple[str, ...]]:
    """Return which sequences could stand as a tag in one headline at least.

    "Storm warning issued" may be a verb; that others have "storm warnings" shows that it is none.
    """
    of_english = language in {"en", ""}
    of_romance = language in {"es", "fr", "it", "pt", "ca", "gl", "ro"}
    sound: set[tuple[str, ...]] = set()
    for stems, number, begin, end in spots:
        if stems in sound:
            continue
        line = lines[number]
        if (
            not _is_phrase(line, begin, end)
            or (of_english and len(stems) > 1 and _has_verb(line, begin, end))
            or (of_romance and _has_predicate(line, begin, end))
        ):
            continue
        sound.add(stems)
    return sound


def _sequences(
    lines: list[Line], line: Line, begin: int, shared: set[str], territories: set[int]
) -> list[tuple[int, tuple[str, ...]]]:
    """Return where the sequences of several words that begin at one may end, with their stems."""
    words, roles = line.words, line.roles
    stems: tuple[str, ...] = (words[begin].stem,)
    found = []
    for i in range(begin + 1, begin + LONGEST):
        if not _goes_on(line, i, shared):
            break
        word, before = words[i], words[i - 1]
        if before.possessive and (
            i - 1 in territories or not _pairs(lines, before.stem, word.stem)
        ):
            break
        stems = (*stems, word.stem)
        if roles[i] != LINK and not (territories and _parts_place(territories, begin, i, roles)):
            found.append((i + 1, stems))
    return found


def _goes_on(line: Line, at: int, shared: set[str]) -> bool:
    """Tell whether a sequence that headlines share may go on with a word."""
    if at >= len(line.words) or line.breaks[at] or line.words[at].stem not in shared:
        return False
    role = line.roles[at]
    return role > LINK or (role == LINK and line.words[at].key in _INNER)


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
    if not _may_begin(first, roles[0]) or is_kicker(last.text) or _has_office(line, begin, end):
        return False
    if roles[-1] >= GUESS:
        # "top Smith" is no name, but "long Covid" is one.
        if SUBJECT in roles[1:-1]:
            # "Venezuelan capital Caracas"
            return False
        if roles[0] == SUBJECT and (first.rank != 2 or first.key in _DULL or len(words) > 2):
            return roles[1] == LINK
    elif last.rank > 1 or (
        last.rank == 1 and english.ends_as_verb(last.key) and (roles[-2] >= GUESS or len(words) > 2)
    ):
        return False
    if roles[-1] == NUMBER and roles[-2] < GUESS:
        return False
    if len(words) == 2 and last.rank == 1:
        return _is_pair(first, last, roles)
    return any(word.rank == 0 or role == NAME for word, role in zip(words, roles, strict=True))


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
    return any(
        line.roles[at] == SUBJECT and english.is_plural(line.words[at].key)
        for at in range(begin, end - 1)
    )


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
    return role != SUBJECT or not (english.is_judging(word.key) or word.key in _COLLECTING)


_COLLECTING = frozenset(
    """
list lists number numbers series group groups wave lot lots set pair kind kinds type types range
host string dozen dozens bunch amount majority rest lack thousands hundreds millions

""".split()
)
_DULL = frozenset(
    """
new former old big bigger more next top late latest late-night young

""".split()
)
