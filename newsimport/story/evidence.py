"""Judge words by what the headlines of a cluster show of one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.story.english import (
    A_DAY,
    A_VERB,
    IN_NAME,
    OF_PLACE,
    OPENS_PLACE,
    PLACES,
    TITLES,
    is_gerund,
    is_in_name,
)
from newsimport.story.places import is_name, last_words, territory
from newsimport.story.standing import CUT, GUESS, LINK, NAME, SUBJECT

if TYPE_CHECKING:
    from newsimport.story.lines import Line


def prove_openings(line: Line, language: str) -> None:
    """Take the word that opens a sentence for a name if a name goes on from it: "Liz Truss".

    Before a territory it is a quality as well as not: "Protest-hit Iran", "Incoming Swiss leader".
    """
    roles, words = line.roles, line.words
    # Where the small letters prove the other capitals, all guesses are at an opening.
    for at in line.opens:
        if (
            at + 1 < len(roles)
            and roles[at + 1] == NAME
            and (roles[at] == GUESS or words[at].key in TITLES)
            and not line.breaks[at + 1]
            and not words[at].possessive
            and not words[at].loose
            and not is_gerund(words[at].key)
            and not territory(words[at + 1].key, language)
        ):
            roles[at] = NAME


def prove_places(line: Line) -> None:
    """Take "New York" for a name, though "new" is none in a Title Case headline."""
    words = line.words
    for at in line.that_tell(OF_PLACE):
        if (
            at + 1 < len(words)
            and words[at + 1].key in PLACES[words[at].key]
            and (words[at].capital and words[at + 1].capital and not line.breaks[at + 1])
        ):
            line.roles[at] = line.roles[at + 1] = NAME


def bind_honorifics(lines: list[Line]) -> None:
    """Take "Lady Gaga" for a name, if nobody says "Gaga"; "Captain Jane Roe" has one without."""
    spots = [
        (line, at)
        for line in lines
        for at in line.that_tell(IN_NAME)
        if line.words[at].capital
        and at + 1 < len(line.words)
        and line.words[at + 1].capital
        and not line.breaks[at + 1]
        and (is_in_name(line.words[at].key) or not _goes_on(line, at + 1))
    ]
    for line, at in spots:
        title, name = line.words[at].stem, line.words[at + 1].stem
        if all(
            i and other.words[i - 1].stem == title
            for other in lines
            for i, word in enumerate(other.words)
            if word.stem == name
        ):
            line.bound |= {at}
            line.roles[at] = max(line.roles[at], GUESS)
            line.roles[at + 1] = max(line.roles[at + 1], GUESS)


def _goes_on(line: Line, at: int) -> bool:
    """Tell whether a capital follows that may belong to the same name."""
    after = line.words[at + 1] if at + 1 < len(line.words) else None
    word = line.words[at]
    return (
        after is not None
        and after.capital
        and not (line.breaks[at + 1] or after.stop or word.possessive)
    )


def cut_verbs(lines: list[Line]) -> None:
    """Take for a verb what a country does to something: "Japan fires rockets", "fires rockets".

    Words that are nouns and verbs alike are in no list; where one headline shows the verb, the
    others have it as well.
    """
    verbs = set()
    named = last_words("en")
    for line in lines:
        words = line.words
        # A country's name begins with a word that says so.
        for at in line.that_tell(A_VERB) if line.tells & OPENS_PLACE else ():
            if at and words[at - 1].key in named and _does(line, at):
                verbs.add(words[at].key)
    if not verbs:
        return
    for line in lines:
        for at in line.that_tell(A_VERB):
            if line.words[at].key in verbs and at + 1 < len(line.words) and _is_followed(line, at):
                line.roles[at] = CUT


def _does(line: Line, at: int) -> bool:
    """Tell whether a plural would be what the country before it does to what follows."""
    words = line.words
    return (
        at + 1 < len(words)
        and _is_followed(line, at)
        and not line.breaks[at]
        and not words[at - 1].possessive
        and (
            is_name(words[at - 1].key, "en")
            or is_name(" ".join([word.key for word in words[max(at - 2, 0) : at]]), "en")
        )
    )


def _is_followed(line: Line, at: int) -> bool:
    """Tell whether a common word has another word of weight right behind it."""
    return (
        line.roles[at] in {SUBJECT, GUESS}
        and not line.breaks[at + 1]
        and line.roles[at + 1] > LINK
        and not line.words[at].possessive
    )


def join_days(lines: list[Line]) -> None:
    """Take "Black Friday" for a name: most of what says "Black" says the day as well."""
    spots = [
        (line, at)
        for line in lines
        for at in line.that_tell(A_DAY)
        if at
        and line.words[at].capital
        and not (line.breaks[at] or line.words[at - 1].stop or line.words[at - 1].possessive)
        and line.words[at - 1].capital
        and line.words[at - 1].rank < 3
    ]
    if len(spots) < 2:
        return
    for line, at in spots:
        stem, day = line.words[at - 1].stem, line.words[at].key
        both = sum([one.words[i - 1].stem == stem and one.words[i].key == day for one, i in spots])
        said = sum([word.stem == stem for one in lines for word in one.words])
        if both > 1 and 5 * both >= 3 * said:
            line.roles[at - 1] = line.roles[at] = NAME
