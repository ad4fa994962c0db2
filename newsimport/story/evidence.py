"""Judge words by what the headlines of a cluster show of one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.story.english import (
    DAYS,
    IN_NAMES,
    PLACES,
    TITLES,
    is_gerund,
    is_in_name,
    is_plural,
)
from newsimport.story.places import is_name, territory
from newsimport.story.standing import CUT, GUESS, LINK, NAME, SUBJECT

if TYPE_CHECKING:
    from newsimport.story.lines import Line


def prove_openings(line: Line, language: str) -> None:
    """Take the word that opens a sentence for a name if a name goes on from it: "Liz Truss".

    Before a territory it is a quality as well as not: "Protest-hit Iran", "Incoming Swiss leader".
    """
    roles = line.roles
    if NAME not in roles:
        return
    for at in range(len(roles) - 1):
        if (
            roles[at + 1] == NAME
            and (roles[at] == GUESS or (at in line.opens and line.words[at].key in TITLES))
            and not line.breaks[at + 1]
            and not line.words[at].possessive
            and not line.words[at].loose
            and not is_gerund(line.words[at].key)
            and not territory(line.words[at + 1].key, language)
        ):
            roles[at] = NAME


def prove_places(line: Line) -> None:
    """Take "New York" for a name, though "new" is none in a Title Case headline."""
    words = line.words
    for at in line.telling:
        if (
            words[at].key in PLACES
            and at + 1 < len(words)
            and words[at + 1].key in PLACES[words[at].key]
            and (words[at].capital and words[at + 1].capital and not line.breaks[at + 1])
        ):
            line.roles[at] = line.roles[at + 1] = NAME


def bind_honorifics(lines: list[Line]) -> None:
    """Take "Lady Gaga" for a name, if nobody says "Gaga"; "Captain Jane Roe" has one without."""
    spots = [
        (line, at)
        for line in lines
        for at in line.telling
        if line.words[at].key in IN_NAMES
        and line.words[at].capital
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
            line.bound.add(at)
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
    verbs = {
        line.words[at].key
        for line in lines
        for at in line.telling
        if 0 < at < len(line.words) - 1
        and is_plural(line.words[at].key)
        and _is_followed(line, at)
        and not line.breaks[at]
        and not line.words[at - 1].possessive
        and (
            is_name(line.words[at - 1].key, "en")
            or is_name(" ".join([word.key for word in line.words[max(at - 2, 0) : at]]), "en")
        )
    }
    if not verbs:
        return
    for line in lines:
        for at in line.telling:
            if line.words[at].key in verbs and at + 1 < len(line.words) and _is_followed(line, at):
                line.roles[at] = CUT


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
        for at in line.telling
        if line.words[at].key in DAYS
        and at
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
