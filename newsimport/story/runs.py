"""Find the names in a headline: runs of capitals, and the territories within them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.story import english, places
from newsimport.story.english import OF_PEOPLE, OPENS_PLACE
from newsimport.story.letters import CASED
from newsimport.story.phrases import Phrase, note
from newsimport.story.standing import CUT, GUESS, LINK, NUMBER, SUBJECT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsimport.story.lines import Line
    from newsimport.story.phrases import Phrases, Spot

# A name of more words is a clause in Title Case.
LONGEST = 4


def note_runs(
    found: Phrases, names: set[Spot], line: Line, shared: set[str], language: str
) -> set[int]:
    """Note each maximal run of names, its numbers and connectors within.

    Adds to `names` where they stand; returns the words that are territories.
    """
    territories: set[int] = set()
    has_place = line.tells & OPENS_PLACE
    peoples = _peoples(line) if line.tells & OF_PEOPLE else ()
    marks = line.roles.translate(_NAMES)
    size, end = len(marks), 0
    while end < size:
        start, begin = end, marks.find(1, end)
        if begin < 0:
            begin = size
        for people in peoples:
            if start <= people < begin and _people(found, line, people, language):
                territories.add(people)
        if begin == size:
            break
        end = begin + 1
        if end < size and line.roles[end] not in _NO_PART:
            end = _end_of_run(line, begin, shared, language)
        runs: Sequence[tuple[int, int]] = ((begin, end),)
        if has_place:
            runs = _split_places(found, line, (begin, end), territories, language)
        _note_names(found, names, line, runs)
    return territories


def _end_of_run(line: Line, begin: int, shared: set[str], language: str) -> int:
    """Return where a run that begins with a name ends."""
    words, roles, breaks = line.words, line.roles, line.breaks
    at, size = begin + 1, len(words)
    while at < size:
        role = roles[at]
        if role in _NO_PART or breaks[at] or words[at - 1].possessive:
            break
        if role >= GUESS:
            at += 1
        elif role == NUMBER:
            if len(words[at].key) > 4 or words[at].stem not in shared:
                break
            at += 1
        else:
            # "Ban deprives Japan of oil"
            links = _links(line, at, language)
            if not links or places.is_name(words[at - 1].key, language):
                break
            at += links + 1
    return at


# Of roles: 1 for what is a name or may be one.
_NAMES = bytes([role >= GUESS for role in range(256)])
_NO_PART = frozenset((CUT, SUBJECT))


def _peoples(line: Line) -> list[int]:
    """Return the common words that may be a territory's people."""
    return [at for at in line.that_tell(OF_PEOPLE) if line.roles[at] == SUBJECT]


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


def _people(found: Phrases, line: Line, at: int, language: str) -> bool:
    """Note the territory of a demonym that is no name in its language ("russische", "ruso")."""
    word = line.words[at]
    if word.script != CASED:
        for end in range(min(len(line.words), at + 3), at, -1):
            code = places.territory(" ".join([one.key for one in line.words[at:end]]), language)
            if code:
                _note_place(found, line, at, end, code)
                return True
        return False
    code = places.territory(word.key, language) if len(word.key) > 3 else ""
    if code:
        _note_place(found, line, at, at + 1, code)
    return bool(code)


def _note_place(found: Phrases, line: Line, begin: int, end: int, code: str) -> None:
    key = "@" + code
    phrase = found.get(key)
    if phrase is None:
        phrase = found[key] = Phrase((key,), place=code)
    phrase.proven |= 1 << line.number
    text = line.words[begin].text
    if end - begin > 1:
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
    phrase.say(line.number, begin, text, weight)


def _split_places(
    found: Phrases,
    line: Line,
    run: tuple[int, int],
    territories: set[int],
    language: str,
) -> list[tuple[int, int]]:
    """Note the territories that a run of names is made of or begins with; return the names."""
    begin, end = run
    at = start = begin
    rest: list[tuple[int, int]] = []
    while at < end:
        stop = at + 1
        if line.words[at].tells & OPENS_PLACE:
            stop, code = _territory_at(line, begin, end, at, language)
            if code:
                _note_place(found, line, at, stop, code)
                territories.update(range(at, stop))
                if start < at:
                    rest.append((start, at))
                start = stop
        at = stop
    if start < end:
        rest.append((start, end))
    if start > begin and rest and _is_one_name(line, begin, end, territories, language):
        rest.append((begin, end))
    return rest


def _note_names(
    found: Phrases, names: set[Spot], line: Line, runs: Sequence[tuple[int, int]]
) -> None:
    for run in runs:
        for left, right in _at_honorifics(line, *run) if run[1] - run[0] > 2 else (run,):
            if right - left > 1:
                left, right = _trim(line, left, right)  # noqa: PLW2901
            if left < right and (right - left > 1 or _stands_alone(line, left)):
                spot = line, left, right
                note(found, (spot,)).alone |= 1 << line.number
                names.add(spot)


def _stands_alone(line: Line, at: int) -> bool:
    """Tell whether a word is a name of its own: no joint of names, nothing that is counted."""
    roles = line.roles
    return roles[at] >= SUBJECT and not (at and roles[at - 1] == NUMBER and not line.breaks[at])


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
