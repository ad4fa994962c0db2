"""Hold what headlines say, in all the forms that they say it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.story.cutting import cut
from newsimport.story.letters import fold
from newsimport.story.places import territory
from newsimport.story.standing import CUT, GUESS, NAME, SUBJECT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsimport.story.lines import Line
    from newsimport.story.words import Word


# So many bits hold where in a headline a word stands.
_WORD_BITS = 10
_UNSAID = 99 << _WORD_BITS


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
        forms = self.forms
        forms[form] = forms.get(form, 0.0) + weight
        first = line << _WORD_BITS | at
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


# A headline, and from where to where a sequence goes in it.
Spot = tuple["Line", int, int]


def note(found: Phrases, said: Sequence[Spot]) -> Phrase:
    """Note that headlines say a sequence of words; return what the last of them says."""
    line, begin, end = said[0]
    if end - begin == 1:
        return _note_word(found, said)
    stems = line.order[begin:end]
    key = key_of(stems)
    phrase = found.get(key)
    if phrase is None:
        ranks = [_rank(line.words[at], line.roles[at]) for at in range(begin, end)]
        phrase = found[key] = Phrase(stems, tuple(ranks))
    for line, begin, end in said:
        roles = line.roles[begin:end]
        if SUBJECT not in roles and CUT not in roles and (NAME in roles or GUESS in roles):
            phrase.name = True
            if GUESS not in roles:
                phrase.proven |= 1 << line.number
        weight = line.weight * 0.9 if line.titled else line.weight
        form = _form(line, begin, end, plain=max(roles) == SUBJECT)
        phrase.say(line.number, begin, form, weight)
    return phrase


def _note_word(found: Phrases, said: Sequence[Spot]) -> Phrase:
    as_said: Phrase | None = None
    for line, at, _ in said:
        word, role = line.words[at], line.roles[at]
        if role >= GUESS and word.full:
            form = word.full
            stems = tuple([part.stem for part in cut(form, "en")])
            phrase = _known_as(found, stems, word, role)
        else:
            form = word.text
            if word.shouted or (role == SUBJECT and word.capital):
                form = _word_form(word, plain=role == SUBJECT, shouted=line.shouted)
            phrase = as_said = as_said or _known_as(found, (word.stem,), word, role)
        if role >= GUESS:
            phrase.name = True
            if role == NAME:
                phrase.proven |= 1 << line.number
        phrase.say(line.number, at, form, line.weight * 0.9 if line.titled else line.weight)
    return phrase


def _known_as(found: Phrases, stems: tuple[str, ...], word: Word, role: int) -> Phrase:
    key = key_of(stems)
    phrase = found.get(key)
    if phrase is None:
        phrase = found[key] = Phrase(stems, (_rank(word, role),) * len(stems))
    return phrase


def _rank(word: Word, role: int) -> int:
    return word.loose if role == SUBJECT and word.loose > 0 else word.rank


def _form(line: Line, begin: int, end: int, *, plain: bool) -> str:
    form = joint = ""
    for word in line.words[begin:end]:
        text = word.text
        if word.shouted or (plain and word.capital):
            text = _word_form(word, plain=plain, shouted=line.shouted)
        form += joint + text
        joint = "'s " if word.possessive else " "
    return form


def _word_form(word: Word, *, plain: bool, shouted: bool) -> str:
    if word.shouted:
        return word.text.capitalize() if shouted and len(word.text) > 3 else word.text
    if not (plain and word.capital):
        return word.text
    # "Saudi-led coalition" keeps its capital, "Three-Day festival" does not.
    left = word.key.partition("-")[0] if "-" in word.key else ""
    return word.text if left and territory(left, "en") else word.text.lower()
