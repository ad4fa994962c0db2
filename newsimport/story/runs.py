"""Find the names in a headline: runs of capitals, and the territories within them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.story import english, places
from newsimport.story.phrases import Phrase, note
from newsimport.story.standing import CUT, GUESS, LINK, NUMBER, SUBJECT
from newsimport.story.words import CASED

if TYPE_CHECKING:
    from newsimport.story.lines import Line
    from newsimport.story.phrases import Phrases

# A name of more words is a clause in Title Case.
LONGEST = 4


def note_runs(found: Phrases, line: Line, number: int, shared: set[str], language: str) -> set[int]:
    """Note each maximal run of names, its numbers and connectors within.

    Returns the words that are territories.
    """
    words, roles, breaks = line.words, line.roles, line.breaks
    size, at = len(words), 0
    territories: set[int] = set()
    opening = places.opening_words(language)
    while at < size:
        if roles[at] < GUESS:
            if (
                roles[at] == SUBJECT
                and not words[at].capital
                and words[at].key in opening
                and _people(found, line, number, at, language)
            ):
                territories.add(at)
            at += 1
            continue
        begin = at
        at += 1
        while at < size and not breaks[at] and not words[at - 1].possessive:
            role = roles[at]
            if role >= GUESS or (
                role == NUMBER and len(words[at].key) <= 4 and words[at].stem in shared
            ):
                at += 1
            elif (
                role == LINK
                # "Ban deprives Japan of oil"
                and not places.is_name(words[at - 1].key, language)
                and (links := _links(line, at, language))
            ):
                at += links + 1
            else:
                break
        territories |= _split_places(found, line, number, begin, at, language)
    return territories


def _links(line: Line, at: int, language: str) -> int:
    """Return how many words at `at` join two names: "de", "von der", or 0."""
    words, roles, breaks = line.words, line.roles, line.breaks
    size = len(words)
    if at + 1 < size and roles[at + 1] >= GUESS and not breaks[at + 1]:
        return int(_joins(words[at].key, language))
    if at + 2 < size and roles[at + 2] >= GUESS and not (breaks[at + 1] or breaks[at + 2]):
        return 2 * ((words[at].key, words[at + 1].key) in _PAIRS_OF_JOINS)
    return 0


_ADJECTIVAL = frozenset(("US", "GB", "EU"))
_JOINS = {
    "en": frozenset("of de al bin ibn von van der".split()),
    # "Züge von Siemens" are no name; "von der Leyen" is one.
    "de": frozenset("van de al bin".split()),
    # "Un recado al Atleti": here "al" is a preposition.
    "es": frozenset("de del la van von der bin".split()),
    "it": frozenset("di del da dei della van von der bin".split()),
}
_PAIRS_OF_JOINS = {("von", "der"), ("van", "der"), ("van", "den"), ("de", "la"), ("of", "the")}
_JOINS_ELSEWHERE = frozenset("de del di da do dos das du des la van von der al bin of".split())


def _joins(key: str, language: str) -> bool:
    return key in _JOINS.get(language, _JOINS_ELSEWHERE)


def _people(found: Phrases, line: Line, number: int, at: int, language: str) -> bool:
    """Note the territory of a demonym that is no name in its language ("russische", "ruso")."""
    word = line.words[at]
    if word.script != CASED:
        for end in range(min(len(line.words), at + 3), at, -1):
            code = places.territory(" ".join([one.key for one in line.words[at:end]]), language)
            if code:
                _note_place(found, line, number, at, end, code)
                return True
        return False
    code = places.territory(word.key, language) if len(word.key) > 3 else ""
    if code:
        _note_place(found, line, number, at, at + 1, code)
    return bool(code)


def _note_place(found: Phrases, line: Line, number: int, begin: int, end: int, code: str) -> None:
    key = "@" + code
    phrase = found.get(key)
    if phrase is None:
        phrase = found[key] = Phrase((key,), place=code)
    phrase.proven |= 1 << number
    text = " ".join([word.text for word in line.words[begin:end]])
    weight = line.weight
    if (
        code in _ADJECTIVAL
        and text.isupper()
        and end < len(line.words)
        and line.roles[end] >= SUBJECT
        and not line.breaks[end]
    ):
        # "US shoppers" says little of the country; "US" alone says it acts.
        phrase.modifies += 0.5 * weight
    phrase.say(number, begin, text, weight)


def _split_places(
    found: Phrases, line: Line, number: int, begin: int, end: int, language: str
) -> set[int]:
    """Note a run of names, and the territories that it is made of or begins with."""
    at = start = begin
    rest: list[tuple[int, int]] = []
    territories: set[int] = set()
    while at < end:
        stop, code = _territory_at(line, begin, end, at, language)
        if code:
            _note_place(found, line, number, at, stop, code)
            territories.update(range(at, stop))
            if start < at:
                rest.append((start, at))
            start = stop
        at = stop
    if start < end:
        rest.append((start, end))
    if territories and rest and _is_one_name(line, begin, end, territories, language):
        rest.append((begin, end))
    if end - begin > 2:
        rest = [part for run in rest for part in _at_honorifics(line, *run)]
    for left, right in rest:
        left, right = _trim(line, left, right)  # noqa: PLW2901
        if right - left == 1 and left and line.roles[left - 1] == NUMBER and not line.breaks[left]:
            continue
        if left < right:
            note(found, line, number, left, right).alone |= 1 << number
            line.names.add((left, right))
    return territories


def _at_honorifics(line: Line, left: int, right: int) -> list[tuple[int, int]]:
    """Part "Oslo Mayor Kari Berg" into what she is mayor of and her name."""
    begins = [
        at
        for at in range(left + 1, right - 1)
        if english.is_honorific(line.words[at].key) and at not in line.bound
    ]
    if not begins:
        return [(left, right)]
    name = (begins[-1] + 1, right)
    if english.is_portfolio(line.words[begins[0] - 1].key):
        return [name] if begins[0] - 1 == left else [(left, begins[0] - 1), name]
    return [(left, begins[0]), name]


def _territory_at(line: Line, begin: int, end: int, at: int, language: str) -> tuple[int, str]:
    """Return where a territory that begins at `at` ends, and its code, "" for none."""
    words = line.words
    first = words[at].key.casefold()
    if first in places.first_words(language):
        for stop in range(min(end, at + 4), at + 1, -1):
            key = " ".join([word.key.casefold() for word in words[at:stop]])
            code = places.territory(key, language)
            if code and _is_place(line, begin, end, at, stop, language):
                return stop, code
    code = places.territory(first, language)
    return at + 1, code if code and _is_place(line, begin, end, at, at + 1, language) else ""


def _is_one_name(line: Line, begin: int, end: int, territories: set[int], language: str) -> bool:
    """Tell whether a run with a territory in it may be a name as a whole: "US Open"."""
    if end - begin > LONGEST or GUESS in line.roles[begin:end]:
        return False
    if any(english.is_honorific(word.key) for word in line.words[begin + 1 : end - 1]):
        return False
    word, last = line.words[begin], line.words[end - 1]
    if end - 1 in territories and language != "en" and not places.is_name(last.key, language):
        # "Zerschlagung Russlands", "Plan israélien".
        return False
    if begin not in territories:
        return True
    if word.key.endswith("s") and not word.shouted:
        return False
    return language == "en" or places.is_name(word.key, language)


def _is_place(line: Line, begin: int, end: int, at: int, stop: int, language: str) -> bool:
    """Tell a country from a given name ("Jordan Poole") and from a small word ("Un")."""
    if at > begin and line.roles[at - 1] == LINK:
        # "Tour de France", "Bank of England": the country is part of the name.
        return False
    if stop - at > 1:
        return True
    word = line.words[at]
    if len(word.key) < 4 and not word.text.isupper():
        return False
    if at > 0 and _is_other_america(line, at):
        return False
    if (at, stop) == (begin, end) or at > begin:
        return True
    return not places.is_name(word.key, language) or line.roles[at + 1] == GUESS


_OTHER_AMERICAS = frozenset("latin south north central native african asian pan".split())


def _is_other_america(line: Line, at: int) -> bool:
    """Tell "Latin American" from "American"."""
    return (
        line.words[at].key.startswith("america")
        and line.words[at - 1].key in _OTHER_AMERICAS
        and not line.breaks[at]
    )


_TRAILING = frozenset(
    """
updates update news latest highlights recap review live-updates video photos

""".split()
)


def _trim(line: Line, left: int, right: int) -> tuple[int, int]:
    """Cut connectors, numbers and honorifics from the ends of a run."""
    roles, words = line.roles, line.words
    while left < right and (
        roles[left] < SUBJECT
        or (right - left > 1 and english.is_honorific(words[left].key) and left not in line.bound)
    ):
        left += 1
    while left < right and (
        roles[right - 1] in {LINK, CUT} or (right - left > 1 and words[right - 1].key in _TRAILING)
    ):
        right -= 1
    return left, right
