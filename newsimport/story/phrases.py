"""Hold what headlines say, in all the forms that they say it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.story.cutting import cut
from newsimport.story.places import territory
from newsimport.story.standing import CUT, GUESS, NAME, SUBJECT
from newsimport.story.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsimport.story.lines import Line
    from newsimport.story.words import Word


# No headline has more characters.
_MOST_WORDS = 1 << 10
_UNSAID = 99 * _MOST_WORDS


class Phrase:
    """Something that headlines say, in all the forms they say it in.

    `lines` has bit i set when headline i says it; `first` is where it is first said, by headline
    and then by word. `proven` are the headlines whose capitals prove it a name, `alone` those
    where it is a whole run of names.
    """

    __slots__ = (
        "alone",
        "first",
        "forms",
        "lines",
        "modifies",
        "name",
        "place",
        "proven",
        "quoted",
        "ranks",
        "stems",
    )

    def __init__(
        self, stems: tuple[str, ...], ranks: tuple[int, ...] = (0,), place: str = ""
    ) -> None:
        self.stems = stems
        self.ranks = ranks
        self.place = place
        self.forms: dict[str, float] = {}
        self.lines = self.proven = self.alone = 0
        self.quoted = False
        self.name = bool(place)
        self.modifies = 0.0
        self.first = _UNSAID

    def say(self, line: int, at: int, form: str, weight: float) -> None:
        """Note that headline `line` says the phrase at word `at`, in this form."""
        self.lines |= 1 << line
        self.forms[form] = self.forms.get(form, 0.0) + weight
        first = line * _MOST_WORDS + at
        # A comparison takes a third of `min`, and this is said of each word of weight.
        if first < self.first:  # noqa: PLR1730
            self.first = first

    def said_as(self, stem: str) -> bool:
        """Tell whether all forms of a territory have this stem, as a demonym or its name."""
        return all(fold(form).startswith(stem.casefold()[:4]) for form in self.forms)


Phrases = dict[str, Phrase]


def key_of(stems: Sequence[str]) -> str:
    """Return what a phrase is known by: its stems joined, so that a hyphen makes no difference."""
    return "".join(stems).replace("-", "")


def note(found: Phrases, line: Line, number: int, begin: int, end: int) -> Phrase:
    """Note that headline `number` says its words from `begin` to `end`."""
    if end - begin == 1:
        return _note_word(found, line, number, begin)
    words, roles = line.words[begin:end], line.roles[begin:end]
    stems = tuple([word.stem for word in words])
    key = key_of(stems)
    phrase = found.get(key)
    if phrase is None:
        ranks = [_rank(word, role) for word, role in zip(words, roles, strict=True)]
        phrase = found[key] = Phrase(stems, tuple(ranks))
    if SUBJECT not in roles and CUT not in roles and (NAME in roles or GUESS in roles):
        phrase.name = True
        if GUESS not in roles:
            phrase.proven |= 1 << number
    weight = line.weight * 0.9 if line.titled else line.weight
    phrase.say(number, begin, _form(line, begin, end), weight)
    return phrase


def _note_word(found: Phrases, line: Line, number: int, at: int) -> Phrase:
    word, role = line.words[at], line.roles[at]
    stems: tuple[str, ...] = (word.stem,)
    form = word.text
    if word.full and role >= GUESS:
        stems = tuple([part.stem for part in cut(word.full, "en")])
        form = word.full
    elif word.shouted or (role == SUBJECT and word.capital):
        form = _word_form(line, at, plain=role == SUBJECT)
    key = key_of(stems)
    phrase = found.get(key)
    if phrase is None:
        phrase = found[key] = Phrase(stems, (_rank(word, role),) * len(stems))
    if role >= GUESS:
        phrase.name = True
        if role == NAME:
            phrase.proven |= 1 << number
    phrase.say(number, at, form, line.weight * 0.9 if line.titled else line.weight)
    return phrase


def _rank(word: Word, role: int) -> int:
    return word.loose if role == SUBJECT and word.loose > 0 else word.rank


def _form(line: Line, begin: int, end: int) -> str:
    parts = []
    plain = max(line.roles[begin:end]) == SUBJECT
    for i in range(begin, end):
        text = _word_form(line, i, plain=plain)
        parts.append(text + "'s" if line.words[i].possessive and i + 1 < end else text)
    return " ".join(parts)


def _word_form(line: Line, at: int, *, plain: bool) -> str:
    word = line.words[at]
    if word.shouted:
        return word.text.capitalize() if line.shouted and len(word.text) > 3 else word.text
    if not (plain and word.capital):
        return word.text
    # "Saudi-led coalition" keeps its capital, "Three-Day festival" does not.
    left = word.key.partition("-")[0] if "-" in word.key else ""
    return word.text if left and territory(left, "en") else word.text.lower()
