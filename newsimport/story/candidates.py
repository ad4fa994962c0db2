"""Find what a cluster's headlines could be tagged with: names, titles, phrases they share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from newsimport.story import english, places
from newsimport.story.kickers import is_kicker
from newsimport.story.lines import CUT, GUESS, LINK, NAME, NUMBER, SUBJECT, Line
from newsimport.story.words import CASED, cut, fold

_LONGEST = 4


@dataclass(slots=True)
class Phrase:
    """Something that headlines say, in all the forms they say it in.

    `lines` has bit i set when headline i says it; `first` is where it is first said. `proven` are
    the headlines whose capitals prove it a name, `alone` those where it is a whole run of names.
    """

    stems: tuple[str, ...]
    ranks: tuple[int, ...] = (0,)
    lines: int = 0
    forms: dict[str, float] = field(default_factory=dict)
    name: bool = False
    proven: int = 0
    quoted: bool = False
    alone: int = 0
    place: str = ""
    modifies: float = 0.0
    first: tuple[int, int] = (99, 99)

    def say(self, line: int, at: int, form: str, weight: float) -> None:
        """Note that headline `line` says the phrase at word `at`, in this form."""
        self.lines |= 1 << line
        self.forms[form] = self.forms.get(form, 0.0) + weight
        if (line, at) < self.first:
            self.first = (line, at)


Phrases = dict[str, Phrase]


def gather(lines: list[Line], language: str) -> Phrases:
    """Return the phrases of a cluster that is written with spaces, by their joined stems."""
    found: Phrases = {}
    shared = _shared_stems(lines)
    taken: list[set[int]] = []
    for number, line in enumerate(lines):
        taken.append(_runs(found, line, number, shared, language))
    _titles(found, lines, language)
    _repeats(found, lines, shared, taken)
    return found


def _shared_stems(lines: list[Line]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for line in lines:
        for stem in {word.stem for word in line.words}:
            counts[stem] = counts.get(stem, 0) + 1
    return counts


def _note(found: Phrases, line: Line, number: int, begin: int, end: int) -> Phrase:
    words, roles = line.words[begin:end], line.roles[begin:end]
    full = english.in_full(words[0].text) if end - begin == 1 and words[0].capital else ""
    if full and roles[0] >= GUESS:
        words = [word for word, _, _ in cut(full, "en")]
    stems = tuple([word.stem for word in words])
    key = "".join(stems)
    if "-" in key:
        key = key.replace("-", "")
    phrase = found.get(key)
    if phrase is None:
        phrase = found[key] = Phrase(stems, tuple([word.rank for word in words]))
    name = GUESS in roles or NAME in roles
    if name and SUBJECT not in roles and CUT not in roles:
        phrase.name = True
        if GUESS not in roles:
            phrase.proven |= 1 << number
    form = full if full and roles[0] >= GUESS else _form(line, begin, end)
    phrase.say(number, begin, form, line.weight * (0.9 if line.titled else 1.0))
    return phrase


def _form(line: Line, begin: int, end: int) -> str:
    parts = []
    plain = max(line.roles[begin:end]) == SUBJECT
    for i in range(begin, end):
        word = line.words[i]
        text = word.text
        if word.possessive and i + 1 < end:
            text += "'s"
        if plain and word.capital and not word.shouted:
            text = text.lower()
        elif line.shouted and word.shouted and len(text) > 3:  # noqa: PLR2004
            text = text.capitalize()
        parts.append(text)
    return " ".join(parts)


def _runs(
    found: Phrases, line: Line, number: int, shared: dict[str, int], language: str
) -> set[int]:
    """Note each maximal run of names, its numbers and connectors within.

    Returns the words that are territories.
    """
    words, roles, breaks = line.words, line.roles, line.breaks
    size, at = len(words), 0
    territories: set[int] = set()
    while at < size:
        if roles[at] < GUESS:
            if (
                roles[at] == SUBJECT
                and not words[at].capital
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
                role == NUMBER and len(words[at].key) <= 4 and shared[words[at].stem] > 1
            ):  # noqa: PLR2004
                at += 1
            elif (
                role == LINK
                and at + 1 < size
                and roles[at + 1] >= GUESS
                and not breaks[at + 1]
                and _joins(words[at].key, language)
            ):
                at += 2
            else:
                break
        territories |= _split_places(found, line, number, begin, at, language)
    return territories


_ADJECTIVAL = frozenset(("US", "GB", "EU"))
_JOINS = {
    "en": frozenset("of de al bin ibn von van der".split()),
    "de": frozenset("von van der de al bin zu".split()),
}
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
    code = places.territory(word.key, language) if len(word.key) > 3 else ""  # noqa: PLR2004
    if code:
        _note_place(found, line, number, at, at + 1, code)
    return bool(code)


def _note_place(found: Phrases, line: Line, number: int, begin: int, end: int, code: str) -> None:
    key = "@" + code
    phrase = found.get(key)
    if phrase is None:
        phrase = found[key] = Phrase((key,), name=True, place=code)
    phrase.proven |= 1 << number
    text = " ".join([word.text for word in line.words[begin:end]])
    weight = line.weight
    if code in _ADJECTIVAL and text.isupper() and end < len(line.words) and line.roles[end] >= SUBJECT and not line.breaks[end]:
        # "US shoppers" says little of the country; "US" alone says it acts.
        phrase.modifies += 0.5 * weight
    phrase.say(number, begin, text, weight)


def _split_places(
    found: Phrases, line: Line, number: int, begin: int, end: int, language: str
) -> set[int]:
    """Note a run of names, and the territories that it is made of or begins with."""
    words = line.words
    at = start = begin
    rest: list[tuple[int, int]] = []
    territories: set[int] = set()
    while at < end:
        for stop in range(min(end, at + 4), at, -1):
            code = places.territory(
                " ".join([word.key.casefold() for word in words[at:stop]]), language
            )
            if code and _is_place(line, begin, end, at, stop, language):
                _note_place(found, line, number, at, stop, code)
                territories.update(range(at, stop))
                if start < at:
                    rest.append((start, at))
                at = start = stop
                break
        else:
            at += 1
    if start < end:
        rest.append((start, end))
    if territories and rest and end - begin <= _LONGEST and not (begin in territories and words[begin].key.endswith("s") and not words[begin].shouted):
        rest.append((begin, end))
    for left, right in rest:
        left, right = _trim(line, left, right)  # noqa: PLW2901
        if right - left == 1 and left and line.roles[left - 1] == NUMBER and not line.breaks[left]:
            continue
        if left < right:
            _note(found, line, number, left, right).alone |= 1 << number
    return territories


def _is_place(line: Line, begin: int, end: int, at: int, stop: int, language: str) -> bool:
    """Tell a country from a given name ("Jordan Poole") and from a small word ("Un")."""
    if at > begin and line.roles[at - 1] == LINK:
        # "Tour de France", "Bank of England": the country is part of the name.
        return False
    if stop - at > 1:
        return True
    word = line.words[at]
    if len(word.key) < 4 and not word.text.isupper():  # noqa: PLR2004
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


def _trim(line: Line, left: int, right: int) -> tuple[int, int]:
    """Cut connectors, numbers and honorifics from the ends of a run."""
    roles, words = line.roles, line.words
    while left < right and (
        roles[left] < SUBJECT or (right - left > 1 and english.is_honorific(words[left].key))
    ):
        left += 1
    while left < right and roles[right - 1] in {LINK, CUT}:
        right -= 1
    return left, right


@lru_cache(maxsize=1)
def _quotes() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?<=[\s(:])|^)(?:[‘']([^‘’'\"“”]{2,60}(?:[’'][a-z][^‘’'\"“”]{0,40})?)[’']|[\"“„«]([^\"“”„«»]{2,60})[\"”“»])"
        r"(?=[\s,.:;!?)—–’']|$)"
    )


def _titles(found: Phrases, lines: list[Line], language: str) -> None:
    """Note what is quoted as a work's title is: its words capitalised, no sentence."""
    texts: list[str] | None = None
    for number, line in enumerate(lines):
        if not any(mark in line.text for mark in "'\"‘“„«"):
            continue
        for match in _quotes().finditer(line.text):
            title = (match[1] or match[2]).strip().rstrip(",.:;")
            words = [word for word, _, _ in cut(title, language)]
            content = [word for word in words if not word.stop]
            if (
                not content
                or len(words) > 6
                or title[-1:] in "?!"
                or any(w.key == "i" or "'" in w.key for w in words)
               
                or not content[0].capital or not all(w.capital or w.number for w in content)
            ):  # noqa: PLR2004
                continue
            texts = texts or [" " + fold(other.text) for other in lines]
            needle = " " + fold(title)
            said = [
                i
                for i, text in enumerate(texts)
                if needle in text.replace("'", " ").replace('"', " ").replace("“", " ")
                or needle in text
            ]
            if (
                line.titled
                and len(said) < 2
                and (len(words) != len(content) or any(w.rank > 1 for w in words))
            ):  # noqa: PLR2004
                continue
            phrase = found.setdefault(
                "".join([word.stem for word in words]).replace("-", ""),
                Phrase(tuple(word.stem for word in words)),
            )
            phrase.name = phrase.quoted = True
            phrase.proven |= 1 << number
            for other in {number, *said}:
                phrase.say(other, 0 if other != number else 1, title, lines[other].weight)


def _repeats(
    found: Phrases, lines: list[Line], shared: dict[str, int], taken: list[set[int]]
) -> None:
    """Note the word sequences that two headlines share."""
    seen: dict[tuple[str, ...], int] = {}
    spots: list[tuple[tuple[str, ...], int, int, int]] = []
    for number, line in enumerate(lines):
        words, roles, breaks, territories = line.words, line.roles, line.breaks, taken[number]
        size = len(words)
        for begin in range(size):
            if roles[begin] < SUBJECT or shared[words[begin].stem] < 2:  # noqa: PLR2004
                continue
            stems: tuple[str, ...] = ()
            for i in range(begin, min(size, begin + _LONGEST)):
                word, role = words[i], roles[i]
                if shared[word.stem] < 2 or (
                    role < NUMBER and not (role == LINK and word.key in _INNER)
                ):  # noqa: PLR2004
                    break
                if i > begin and (
                    breaks[i]
                    or (words[i - 1].possessive and not _pairs(lines, words[i - 1].stem, word.stem))
                ):
                    break
                stems = (*stems, word.stem)
                if (
                    role == LINK
                    or (begin in territories and i in territories)
                    or (i + 1 in territories and i in territories)
                ):
                    continue
                if (begin in territories and begin - 1 in territories) or (
                    i in territories and roles[begin] == SUBJECT and i > begin
                ):
                    continue
                seen[stems] = seen.get(stems, 0) | 1 << number
                spots.append((stems, number, begin, i + 1))
    for stems, number, begin, end in spots:
        if seen[stems] & (seen[stems] - 1) and _is_phrase(lines[number], begin, end):
            _note(found, lines[number], number, begin, end)


_INNER = frozenset(("of", "de", "al"))


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
    words, roles = line.words[begin:end], line.roles[begin:end]
    first, last = words[0], words[-1]
    if begin and roles[0] >= GUESS and line.roles[begin - 1] == NUMBER and not line.breaks[begin]:
        return False
    if len(words) == 1:
        return roles[0] == NAME or (
            first.rank == 0 and len(first.key) > (2 if first.script == CASED else 1)
        )
    if english.is_honorific(first.key) or (first.rank == 3 and roles[0] != NAME):
        return False
    if is_kicker(last.text):
        return False
    if roles[-1] >= GUESS:
        # "top Smith" is no name, but "long Covid" is one.
        if roles[0] == SUBJECT and (first.rank != 2 or first.key in _DULL or len(words) > 2):
            return roles[1] == LINK
    elif last.rank > 1:
        return False
    elif last.rank == 1 and english.ends_as_verb(last.key) and (roles[-2] >= GUESS or len(words) > 2):
        return False
    if len(words) == 2 and first.rank == last.rank == 1:
        # "rate hike", "peace talks": two common nouns may make a subject.
        return True
    return any([word.rank == 0 or role == NAME for word, role in zip(words, roles, strict=True)])


_DULL = frozenset("new former old big bigger more next top late latest late-night young".split())
