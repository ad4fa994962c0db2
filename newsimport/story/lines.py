"""Read a cluster's headlines: what is a name, what a subject, what breaks a phrase."""

from __future__ import annotations

from functools import lru_cache
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from newsimport.story.cutting import cut, facts_in, guess_language
from newsimport.story.english import A_PAIR, INFLECTED, OPENS_PLACE
from newsimport.story.kickers import bare_headlines, signature
from newsimport.story.letters import fold
from newsimport.story.places import territory
from newsimport.story.roles import give_roles
from newsimport.story.standing import APART, ENDED, OPENING, PARTED
from newsimport.story.words import PLAIN, UPPER, Facts, bare_if_seen, facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from newsimport.models import Headline
    from newsimport.story.words import Word

# A cluster has five rows, nine at most; what is beyond this is an archive, not a story.
MAX_LINES = 16

_NOTHING: frozenset[int] = frozenset()
# What a headline of no words has in columns: rows are Facts.
_NO_WORDS: Iterable[tuple[Any, ...]] = ((),) * len(Facts._fields)


class Line:
    """One headline, read: its words, their roles, where phrases may not go on.

    `breaks[i]` tells that words i-1 and i stand in different phrases, `opens` are the words that
    have a capital whatever they are; it `proves` its other capitals, unless it is `titled` or
    `shouted`. `number` is its place in the cluster. `bound` are honorifics that a name is never
    said without: "Lady Gaga" has no other name. `signed` tells that it ended with its author's
    name, which `text` is without.
    `facts` are what is known of its words, `order` the stems of them, `stems` the same in no order,
    `topics` and `signs` as in `words.Facts`, `keys` the topics in no order. `telling` is what each
    word tells, as in `words.Word`, `tells` what all of them do.
    """

    __slots__ = (
        "bound",
        "breaks",
        "facts",
        "keys",
        "number",
        "opens",
        "order",
        "proves",
        "roles",
        "row",
        "shouted",
        "signed",
        "signs",
        "stems",
        "telling",
        "tells",
        "text",
        "titled",
        "topics",
        "weight",
        "words",
    )

    def __init__(self, number: int, row: Headline, text: str, language: str) -> None:
        self.number = number
        self.row = row
        self.text = text
        case = self.take(facts_in(text, language))
        self.breaks, self.opens = _phrases_of(self.signs)
        # A capital at an opening shows nothing.
        capitals: int = sum(case)
        for at in self.opens:
            capitals -= case[at]
        upper, plain, capitals = capitals // UPPER, capitals // PLAIN % PLAIN, capitals % PLAIN
        self.titled = capitals > (5 * plain if capitals > 1 else plain)
        self.shouted = upper >= 3 and upper >= 3 * (capitals + plain - upper)
        self.proves = not (self.titled or self.shouted)
        self.roles: bytearray
        self.signed = False
        self.weight = 1.0
        self.bound: AbstractSet[int] = _NOTHING

    def take(self, facts: Sequence[Facts]) -> tuple[int, ...]:
        """Be a headline of these words; return of which case each is."""
        self.facts = facts
        columns = zip(*facts) if facts else _NO_WORDS  # noqa: B905 strict takes a tenth longer
        words: tuple[Word, ...]
        words, self.order, self.topics, signs, case, self.telling = columns
        self.words = words
        self.stems = frozenset(self.order)
        self.keys = frozenset(filter(None, self.topics))
        self.signs = bytes(signs)
        told = 0
        for tells in filter(None, self.telling):
            told |= tells
        self.tells = told
        return case

    def that_tell(self, what: int) -> list[int]:
        """Return the words that tell something."""
        if not self.tells & what:
            return []
        return [at for at, tells in enumerate(self.telling) if tells & what]


def _phrases_of(signs: bytes) -> tuple[bytearray, list[int]]:
    """Return before which words a phrase ends, and which open a sentence."""
    size = len(signs)
    if not size:
        return bytearray(), []
    breaks, opens = bytearray(size), [0]
    breaks[0] = 1
    marks = signs.translate(_MARKED)
    at = marks.find(1)
    while at >= 0:
        sign = signs[at]
        if at and sign & APART:
            breaks[at] = 1
            if sign & OPENING or signs[at - 1] & ENDED:
                opens.append(at)
        if sign & PARTED and at + 1 < size and not signs[at + 1] & APART:
            breaks[at + 1] = 1
            if sign & ENDED:
                opens.append(at + 1)
        at = marks.find(1, at + 1)
    return breaks, opens


# Of signs: 1 for those of a word that has more beside it than a blank.
_MARKED = bytes([sign >= APART for sign in range(256)])


@lru_cache(maxsize=64)
def primary(language: str) -> str:
    """Return what of a BCP 47 tag decides: the primary subtag, and for Chinese its script."""
    tag = language.replace("_", "-").casefold()
    first = tag.partition("-")[0]
    if first == "zh" and any(part in tag for part in ("tw", "hk", "mo", "hant")):
        return "zh-Hant"
    return {"nb": "no", "nn": "no", "iw": "he", "in": "id", "tl": "fil"}.get(first, first)


def read(headlines: Sequence[Headline], language: str) -> tuple[list[Line], str, set[str]]:
    """Return a cluster's lines, the lead first, their language, and the stems that two share."""
    return _read(tuple(headlines), language)


# A story is read for its tags, and then for its summary.
@lru_cache(maxsize=2)
def _read(headlines: tuple[Headline, ...], language: str) -> tuple[list[Line], str, set[str]]:
    # In one order whatever the feed's: what a story is about does not turn with its rows.
    rows = [*headlines[:1], *sorted(headlines[1:], key=_by_words)][:MAX_LINES]
    texts = bare_headlines(rows)
    tongue = primary(language) or guess_language(" ".join(texts))
    heads = [_unsigned(text, texts, tongue) if "|" in text else text for text in texts]
    lines = [Line(at, row, heads[at], tongue) for at, row in enumerate(rows)]
    tells = 0
    for line, text in zip(lines, texts, strict=True):
        tells |= line.tells
        if line.text is not text:
            tail = fold(text[len(line.text) :]).split()
            line.signed = not any(territory(word, tongue) for word in tail)
    if tells & (A_PAIR | INFLECTED):
        _part_pairs(lines, tongue)
        _uninflect(lines, tongue)
    shared = _weigh(lines)
    give_roles(lines, shared, tongue)
    return lines, tongue, shared


_by_words = attrgetter("title", "publisher")


def _unsigned(text: str, texts: Sequence[str], language: str) -> str:
    """Return a headline without its author's name, which nobody says in a headline."""
    name = signature(text)
    if not name:
        return text
    head = text[: -len(name)].rstrip(" |")
    words = [word for word in cut(name, language) if not word.stop]
    said = {word.key for other in texts if other != text for word in cut(other, language)}
    said.update(word.key for word in cut(head, language))
    # A paper may have the name of its country: "Iran International".
    own = [word for word in words if not territory(word.key, language)]
    if not own or any(word.key in said for word in own):
        return text
    return text if own[-1].rank == 1 else head


def _part_pairs(lines: list[Line], language: str) -> None:
    """Part "Yankees-Mets" and "Russia-Ukraine", whose halves are names of their own."""
    keys = set().union(*[line.stems for line in lines])
    for line in lines:
        for at in reversed(line.that_tell(A_PAIR)):
            left, _, right = line.words[at].text.partition("-")
            halves = facts_of(left, language), facts_of(right, language)
            if all(half.stem in keys or territory(half.word.key, language) for half in halves):
                line.opens = sorted(
                    [i + (i > at) for i in line.opens] + [at + 1] * (at in line.opens)
                )
                line.breaks.insert(at + 1, 1)
                line.take([*line.facts[:at], *halves, *line.facts[at + 1 :]])


def _uninflect(lines: list[Line], language: str) -> None:
    """Cut Korean particles and Semitic proclitics where the cluster has the bare word too."""
    seen = {word.key for line in lines for word in line.words if len(word.key) > 1}
    for line in lines:
        facts = [*line.facts]
        for at in line.that_tell(INFLECTED):
            word = line.words[at]
            if (bare := bare_if_seen(word, seen)) != word.text:
                facts[at] = facts_of(bare, language)
        if facts != line.facts:
            line.take(facts)


def _weigh(lines: list[Line]) -> set[str]:
    """Let near-copies count a quarter: an agency's text printed five times is one voice.

    Returns the stems that two headlines say.
    """
    said: set[str] = set()
    shared: set[str] = set()
    seen: list[AbstractSet[str]] = []
    for line in lines:
        words: AbstractSet[str] = line.keys
        if line.tells & OPENS_PLACE:
            # Whoever says "Japanese" where others say "Japan" has words of their own.
            words = {*compress(line.order, line.topics)}
        again = said & line.stems
        if 4 * len(again) >= 3 * len(words) > 0 and any(_is_copy(words, one) for one in seen):
            line.weight = 0.25
        seen.append(words)
        shared |= again
        said |= line.stems
    return shared


def _is_copy(words: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Tell whether two headlines share three quarters of the words of both."""
    shared = len(words & other)
    return shared >= 0.75 * (len(words) + len(other) - shared)
