"""Find what a cluster's headlines could be tagged with: names, titles, phrases they share."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsimport.story import places
from newsimport.story.lines import CUT, LINK, NAME, NUMBER, SUBJECT, Line

_LONGEST = 4


@dataclass(slots=True)
class Phrase:
    """Something that headlines say, in all the forms they say it in.

    `lines` has bit i set when headline i says it; `first` is where it is first said.
    """

    stems: tuple[str, ...]
    lines: int = 0
    forms: dict[str, float] = field(default_factory=dict)
    name: bool = False
    quoted: bool = False
    place: str = ""
    rank: int = 0
    first: tuple[int, int] = (99, 99)
    words: tuple[str, ...] = ()

    def say(self, line: int, at: int, form: str, weight: float) -> None:
        """Note that headline `line` says the phrase at word `at`, in this form."""
        self.lines |= 1 << line
        self.forms[form] = self.forms.get(form, 0.0) + weight
        self.first = min(self.first, (line, at))


Phrases = dict[str, Phrase]


def _note(found: Phrases, line: Line, number: int, begin: int, end: int, *, name: bool, quoted: bool = False) -> Phrase:
    words = line.words[begin:end]
    stems = tuple([word.stem for word in words])
    key = "".join(stems).replace("-", "").replace(" ", "")
    phrase = found.get(key)
    if phrase is None:
        phrase = found[key] = Phrase(stems)
        phrase.rank = max((word.rank for word in words), default=0)
    phrase.name |= name
    phrase.quoted |= quoted
    form = _form(line, begin, end, name=name)
    phrase.say(number, begin, form, line.weight * (1.0 if not line.titled or name else 0.5))
    return phrase


def _form(line: Line, begin: int, end: int, *, name: bool) -> str:
    parts = []
    for i in range(begin, end):
        word = line.words[i]
        text = word.text
        if word.possessive and i + 1 < end:
            text += "'s"
        if not name and word.capital and not word.shouted and line.roles[i] != NAME:
            text = text.lower()
        elif line.shouted and word.shouted and len(text) > 3:
            text = text.capitalize()
        parts.append(text)
    return " ".join(parts)


def gather(lines: list[Line], language: str) -> Phrases:
    """Return the phrases of a cluster that is written with spaces, by their joined stems."""
    found: Phrases = {}
    shared = _shared_stems(lines)
    for number, line in enumerate(lines):
        _runs(found, line, number, shared, language)
    _repeats(found, lines, shared)
    return found


def _shared_stems(lines: list[Line]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for line in lines:
        for stem in {word.stem for word in line.words}:
            counts[stem] = counts.get(stem, 0) + 1
    return counts


def _runs(found: Phrases, line: Line, number: int, shared: dict[str, int], language: str) -> None:
    """Note each maximal run of names, its numbers and connectors within."""
    words, roles, breaks = line.words, line.roles, line.breaks
    size, at = len(words), 0
    while at < size:
        if roles[at] != NAME:
            _people(found, line, number, at, language)
            at += 1
            continue
        begin = at
        at += 1
        while at < size and not breaks[at] and not words[at - 1].possessive:
            role = roles[at]
            if role == NAME or (role == NUMBER and len(words[at].key) <= 4 and shared[words[at].stem] > 1):
                at += 1
            elif role == LINK and at + 1 < size and roles[at + 1] == NAME and not breaks[at + 1] and _joins(words[at].key, language):
                at += 2
            else:
                break
        _split_places(found, line, number, begin, at, language)


_JOINS = {
    "en": frozenset("of de al bin ibn von van der".split()),
    "": frozenset("of de al bin ibn von van der del di da do".split()),
}
_JOINS_ROMANCE = frozenset("de del di da do dos das du des la van von der al bin".split())


def _joins(key: str, language: str) -> bool:
    return key in _JOINS.get(language, _JOINS_ROMANCE)


def _people(found: Phrases, line: Line, number: int, at: int, language: str) -> None:
    """Note the territory of a demonym that is no name in its language ("russische", "ruso")."""
    word = line.words[at]
    if line.roles[at] == SUBJECT and not word.capital and len(word.key) > 2:
        code = places.territory(word.key, language)
        if code:
            _note_place(found, line, number, at, at + 1, code)


def _note_place(found: Phrases, line: Line, number: int, begin: int, end: int, code: str) -> None:
    key = "@" + code
    phrase = found.get(key)
    if phrase is None:
        phrase = found[key] = Phrase((key,), name=True, place=code)
    phrase.say(number, begin, " ".join(word.text for word in line.words[begin:end]), line.weight)


def _split_places(found: Phrases, line: Line, number: int, begin: int, end: int, language: str) -> None:
    """Note a run of names, and the territories that it is made of or begins with."""
    at = begin
    rest: list[tuple[int, int]] = []
    start = begin
    while at < end:
        for stop in range(min(end, at + 4), at, -1):
            code = places.territory(" ".join([word.key.lower() for word in line.words[at:stop]]), language)
            if code and _stands_alone(line, begin, end, at, stop, language):
                _note_place(found, line, number, at, stop, code)
                if start < at:
                    rest.append((start, at))
                at = start = stop
                break
        else:
            at += 1
    if start < end:
        rest.append((start, end))
    if (begin, end) not in rest and end - begin > 1 and rest and end - begin <= _LONGEST:
        rest.append((begin, end))
    for left, right in rest:
        left, right = _trim(line, left, right)
        if left < right:
            _note(found, line, number, left, right, name=True)


def _trim(line: Line, left: int, right: int) -> tuple[int, int]:
    while left < right and line.roles[left] in {LINK, NUMBER, CUT}:
        left += 1
    while left < right and line.roles[right - 1] in {LINK, CUT}:
        right -= 1
    return left, right


def _stands_alone(line: Line, begin: int, end: int, at: int, stop: int, language: str) -> bool:
    """Tell a country from a given name: "Jordan", but not in "Jordan Poole"."""
    if (at, stop) == (begin, end) or stop - at > 1:
        return True
    key = line.words[at].key.lower()
    return len(key) <= 3 or not places.is_name(key, language) or at > begin


def _repeats(found: Phrases, lines: list[Line], shared: dict[str, int]) -> None:
    """Note the word sequences that two headlines share."""
    seen: dict[tuple[str, ...], int] = {}
    spots: list[tuple[tuple[str, ...], int, int, int]] = []
    for number, line in enumerate(lines):
        words, roles, breaks = line.words, line.roles, line.breaks
        size = len(words)
        for begin in range(size):
            if roles[begin] < NUMBER or shared[words[begin].stem] < 2:
                continue
            stems: tuple[str, ...] = ()
            for end in range(begin + 1, min(size, begin + _LONGEST) + 1):
                i = end - 1
                if i > begin and (breaks[i] or (words[i - 1].possessive and not _pairs(lines, words[i - 1], words[i]))):
                    break
                if roles[i] < NUMBER and not (roles[i] == LINK and words[i].key in {"of", "de", "to", "al"}) or shared[words[i].stem] < 2:
                    break
                stems = (*stems, words[i].stem)
                if roles[i] == LINK:
                    continue
                seen[stems] = seen.get(stems, 0) | 1 << number
                spots.append((stems, number, begin, end))
    for stems, number, begin, end in spots:
        if seen[stems] & (seen[stems] - 1):
            line = lines[number]
            if _is_phrase(line, begin, end):
                name = all(role in {NAME, NUMBER, LINK} for role in line.roles[begin:end])
                _note(found, line, number, begin, end, name=name)


def _pairs(lines: list[Line], left: object, right: object) -> bool:
    """Tell "Martha's Vineyard" from "Korea's Kim": the first part is never said alone."""
    both = alone = 0
    for line in lines:
        for i, word in enumerate(line.words):
            if word.stem == left.stem:  # type: ignore[attr-defined]
                if word.possessive and i + 1 < len(line.words) and line.words[i + 1].stem == right.stem:  # type: ignore[attr-defined]
                    both += 1
                else:
                    alone += 1
    return both > 1 and not alone


def _is_phrase(line: Line, begin: int, end: int) -> bool:
    first, last = line.words[begin], line.words[end - 1]
    roles = line.roles
    if all(role == NUMBER for role in roles[begin:end]) or roles[begin] == NUMBER:
        return False
    if end - begin == 1:
        return roles[begin] == NAME or (first.rank == 0 and len(first.key) > 2)
    if last.rank > 1 or first.rank > 2:
        return False
    if last.rank == 1 and roles[end - 1] != NAME:
        return roles[end - 2] != NAME and any(word.rank == 0 for word in line.words[begin:end])
    return any(word.rank == 0 or role == NAME for word, role in zip(line.words[begin:end], roles[begin:end], strict=True))
