"""Hold what headlines say, in all the forms that they say it in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsimport.story import english
from newsimport.story.lines import CUT, GUESS, NAME, SUBJECT
from newsimport.story.words import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsimport.story.lines import Line
    from newsimport.story.words import Word


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
        self.first = min(self.first, (line, at))


Phrases = dict[str, Phrase]


def key_of(stems: Sequence[str]) -> str:
    """Return what a phrase is known by: its stems joined, so that a hyphen makes no difference."""
    key = "".join(stems)
    return key.replace("-", "") if "-" in key else key


def note(found: Phrases, line: Line, number: int, begin: int, end: int) -> Phrase:
    """Note that headline `number` says its words from `begin` to `end`."""
    words, roles = line.words[begin:end], line.roles[begin:end]
    full = english.in_full(words[0].text) if end - begin == 1 and words[0].capital else ""
    if full and roles[0] >= GUESS:
        words = [word for word, _ in cut(full, "en")]
    stems = tuple([word.stem for word in words])
    key = key_of(stems)
    phrase = found.get(key)
    if phrase is None:
        phrase = found[key] = Phrase(stems, _ranks(words, roles))
    name = GUESS in roles or NAME in roles
    if name and SUBJECT not in roles and CUT not in roles:
        phrase.name = True
        if GUESS not in roles:
            phrase.proven |= 1 << number
    form = full if full and roles[0] >= GUESS else _form(line, begin, end)
    phrase.say(number, begin, form, line.weight * (0.9 if line.titled else 1.0))
    return phrase


def _form(line: Line, begin: int, end: int) -> str:
    if end - begin == 1:
        return _word_form(line, begin, plain=line.roles[begin] == SUBJECT)
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
    return word.text.lower() if plain and word.capital else word.text


def _ranks(words: Sequence[Word], roles: Sequence[int]) -> tuple[int, ...]:
    return tuple(
        [
            word.loose if role == SUBJECT and word.loose > 0 else word.rank
            for word, role in zip(words, roles, strict=False)
        ]
    )
