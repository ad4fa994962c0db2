"""Weigh a candidate for a tag, and choose the form of it to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.story import places
from newsimport.story.english import READ_AS_ENGLISH
from newsimport.story.letters import CASED, fold, script_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsimport.story.lines import Line
    from newsimport.story.phrases import Phrase


# What a near-copy of another headline weighs less than one that has its own words.
_LESS_FOR_COPY = 0.75


def copies_of(lines: Sequence[Line]) -> int:
    """Return which headlines are near-copies, as bits."""
    copies = 0
    for at, line in enumerate(lines):
        if line.weight < 1:
            copies |= 1 << at
    return copies


def shown(phrase: Phrase, language: str) -> str:
    """Return the form of a phrase that most headlines use, a territory's name for its people."""
    forms = phrase.forms
    if phrase.place:
        if language in READ_AS_ENGLISH:
            # One name for a country, whichever a story's headlines have: a site has one page of it.
            return places.name_of(phrase.place, "en")
        forms = {form: n for form, n in forms.items() if _names_place(form, language)}
        if not forms:
            return places.name_of(phrase.place, language) or next(iter(phrase.forms))
    if len(forms) == 1:
        return next(iter(forms))
    plain = {form: n for form, n in forms.items() if len(form) < 5 or not form.isupper()} or forms
    if phrase.name:
        plain = {form: n for form, n in plain.items() if form[:1].isupper()} or forms
    return max(sorted(plain), key=lambda form: (plain[form], form[:1].isupper()))


def _names_place(form: str, language: str) -> bool:
    """Tell a territory's own name or its abbreviation from its people's."""
    return form.isupper() or places.is_name(fold(form), language)


# What a headline's word for a candidate is worth, by kind. Measured on clusters with hand-made
# tags: how often a candidate of the kind that two headlines share is one of them.
_WORTH_NAME = 0.9
_WORTH_GUESS = 0.6
_WORTH_PEOPLE = 0.8
# English headlines say "US" of nearly anything that happens there.
_WORTH_HOME = 0.6
_WORTH_PHRASE = 0.75
_WORTH_NOUN = 0.42
# "German bank" says "Germany" again.
_WORTH_OF_PLACE = 0.45
_FULL_NAME = 0.5
_IN_LEAD = 0.25


def score(phrase: Phrase, copies: int, total: int, language: str) -> float:
    """Return what a phrase weighs as a tag, of a cluster of `total` headlines.

    The headlines that say it have a weight of 1 each, near-copies a quarter.
    """
    size = len(phrase.stems)
    agree = phrase.lines.bit_count() - phrase.modifies
    if copies:
        agree -= _LESS_FOR_COPY * (phrase.lines & copies).bit_count()
    bonus = _IN_LEAD if phrase.lines & 1 else 0.0
    if phrase.place:
        worth = _WORTH_HOME
        if phrase.place != "US" or language not in READ_AS_ENGLISH:
            named = [form for form in phrase.forms if _names_place(form, language)]
            worth = _WORTH_NAME if named else _WORTH_PEOPLE
    elif phrase.quoted and (size > 1 or total == 1 or phrase.lines & (phrase.lines - 1)):
        worth = 1.1
    elif size == 1 and not phrase.stems[0].isascii() and script_of(phrase.stems[0][0]) != CASED:
        # Without capitals a word may be a name as well as not.
        worth = (_WORTH_NAME + _WORTH_NOUN) / 2
    elif phrase.name and phrase.proven:
        worth = _WORTH_NAME
        bonus += _FULL_NAME if size > 1 else 0.0
    elif phrase.name:
        worth = _WORTH_GUESS
        bonus += 0.2 if size > 1 else 0.0
    else:
        worth = _WORTH_PHRASE if size > 1 else _WORTH_NOUN
        if size > 1 and places.territory(phrase.stems[0].casefold(), language):
            worth = _WORTH_OF_PLACE
    if agree > 1:
        # Two of three headlines are more than two of nine.
        agree *= (5 / total) ** 0.5
    return agree * worth + bonus
