"""Read a cluster's headlines: what is a name, what a subject, what breaks a phrase."""

from __future__ import annotations

from functools import lru_cache
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from newsimport.story.cutting import cut, guess_language
from newsimport.story.english import A_PAIR, INFLECTED
from newsimport.story.kickers import bare_headlines, signature
from newsimport.story.places import territory
from newsimport.story.roles import give_roles
from newsimport.story.words import (
    CASED,
    PLAIN,
    UPPER,
    Facts,
    fold,
    uninflected_if_seen,
    word_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newsimport.models import Headline
    from newsimport.story.words import Word

# A cluster has five rows, nine at most; what is beyond this is an archive, not a story.
MAX_LINES = 16

_ABBREVIATED = frozenset(
    """
st mt ft dr jr sr no gov sen rep gen lt col sgt jan feb aug sept oct nov dec vs v mr mrs ms prof
rev

""".split()
)
_OPENING = frozenset(".!?:|–—\"“‘'«")


_CASED_ONLY = frozenset((CASED,))
# What a headline of no words has in columns: rows are Facts.
_NO_WORDS: Iterable[tuple[Any, ...]] = ((),) * len(Facts._fields)


class Line:
    """One headline, read: its words, their roles, where phrases may not go on.

    `breaks[i]` tells that words i-1 and i stand in different phrases, `opens` are the words that
    have a capital whatever they are; it `proves` its other capitals, unless it is `titled` or
    `shouted`. `names` are the runs of names that were found, from and to. `bound` are honorifics
    that a name is never said without: "Lady Gaga" has no other name. `signed` tells that it ended
    with its author's name, which `text` is without.
    `order` are the stems of its words, `stems` the same in no order, `content` those of weight;
    `alone` are the roles of its words as far as they say them, `topics`, `low` and `mid` as in
    `words.Facts`. `scripts` are what it is written in, `telling` the words that `english.tells_of`
    something, `tells` of what.
    """

    __slots__ = (
        "alone",
        "bound",
        "breaks",
        "content",
        "low",
        "mid",
        "names",
        "opens",
        "order",
        "proves",
        "roles",
        "row",
        "scripts",
        "shouted",
        "signed",
        "stems",
        "telling",
        "tells",
        "text",
        "titled",
        "topics",
        "weight",
        "words",
    )

    def __init__(self, row: Headline, text: str, language: str) -> None:
        self.row = row
        self.text = text
        words, gaps = cut(text, language)
        self.breaks = [False] * len(words)
        self.opens = []
        if words:
            self.breaks[0] = True
            self.opens.append(0)
            if gaps:
                self._part(words, gaps)
        case = self.take(words)
        upper, plain, capitals = case // UPPER, case // PLAIN % PLAIN, case % PLAIN
        self.titled = capitals > (5 * plain if capitals > 1 else plain)
        self.shouted = upper >= 3 and upper >= 3 * (capitals + plain - upper)
        self.proves = not (self.titled or self.shouted)
        self.scripts = _CASED_ONLY if text.isascii() else frozenset([word.script for word in words])
        self.signed = False
        self.weight = 1.0
        self.roles = bytearray()
        self.names: set[tuple[int, int]] = set()
        self.bound: set[int] = set()

    def _part(self, words: Sequence[Word], gaps: Mapping[int, str]) -> None:
        """Say before which words a phrase ends, and which of them open a sentence."""
        for at, gap in gaps.items():
            if at and gap and gap != "\u00a0":
                last = words[at - 1].key
                if gap == ". " and (len(last) == 1 or last in _ABBREVIATED):
                    continue
                self.breaks[at] = True
                if not _OPENING.isdisjoint(gap):
                    self.opens.append(at)

    def take(self, words: list[Word]) -> int:
        """Be a headline of these words; return how many there are of which case."""
        self.words = words
        columns = _NO_WORDS
        if words:
            columns = zip(*[word.facts for word in words])  # noqa: B905 strict takes a tenth longer
        self.order, content, self.topics, self.low, self.mid, alone, case, tells = columns
        self.stems = frozenset(self.order)
        self.content = frozenset(filter(None, content))
        self.alone = bytes(alone)
        self.telling = [*compress(range(len(words)), tells)]
        self.tells = 0
        for at in self.telling:
            self.tells |= tells[at]
        # A capital at an opening shows nothing.
        counted: int = sum(case)
        for at in self.opens:
            counted -= case[at]
        return counted


@lru_cache(maxsize=64)
def primary(language: str) -> str:
    """Return what of a BCP 47 tag decides: the primary subtag, and for Chinese its script."""
    tag = language.replace("_", "-").casefold()
    first = tag.partition("-")[0]
    if first == "zh" and any(part in tag for part in ("tw", "hk", "mo", "hant")):
        return "zh-Hant"
    return {"nb": "no", "nn": "no", "iw": "he", "in": "id", "tl": "fil"}.get(first, first)


def read(headlines: Sequence[Headline], language: str) -> tuple[list[Line], str]:
    """Return the lines of a cluster, the lead first, and the language that they are read in."""
    return _read(tuple(headlines), language)


# A story is read for its tags, and then for its summary.
@lru_cache(maxsize=2)
def _read(headlines: tuple[Headline, ...], language: str) -> tuple[list[Line], str]:
    # In one order whatever the feed's: what a story is about does not turn with its rows.
    rows = [*headlines[:1], *sorted(headlines[1:], key=_by_words)][:MAX_LINES]
    texts = bare_headlines(rows)
    tongue = primary(language) or guess_language(" ".join(texts))
    lines = []
    for row, text in zip(rows, texts, strict=True):
        name = signature(text)
        head = _unsigned(text, name, texts, tongue) if name else text
        line = Line(row, head, tongue)
        if head != text:
            tail = fold(text[len(head) :]).split()
            line.signed = not any(territory(word, tongue) for word in tail)
        lines.append(line)
    _part_pairs(lines, tongue)
    _uninflect(lines, tongue)
    _weigh(lines)
    give_roles(lines, tongue)
    return lines, tongue


_by_words = attrgetter("title", "publisher")


def _unsigned(text: str, name: str, texts: Sequence[str], language: str) -> str:
    """Return a headline without its author's name, which nobody says in a headline."""
    head = text[: -len(name)].rstrip(" |")
    words = [word for word in cut(name, language)[0] if not word.stop]
    said = {word.key for other in texts if other != text for word in cut(other, language)[0]}
    said.update(word.key for word in cut(head, language)[0])
    # A paper may have the name of its country: "Iran International".
    own = [word for word in words if not territory(word.key, language)]
    if not own or any(word.key in said for word in own):
        return text
    return text if own[-1].rank == 1 else head


def _part_pairs(lines: list[Line], language: str) -> None:
    """Part "Yankees-Mets" and "Russia-Ukraine", whose halves are names of their own."""
    keys: set[str] | None = None
    for line in lines:
        if not line.tells & A_PAIR:
            continue
        for at in reversed(line.telling):
            word = line.words[at]
            if not word.tells & A_PAIR:
                continue
            if keys is None:
                keys = {other.stem for one in lines for other in one.words}
            left, _, right = word.text.partition("-")
            halves = word_of(left, language), word_of(right, language)
            if all(half.stem in keys or territory(half.key, language) for half in halves):
                line.opens = sorted(
                    [i + (i > at) for i in line.opens] + [at + 1] * (at in line.opens)
                )
                line.breaks.insert(at + 1, True)
                line.take([*line.words[:at], *halves, *line.words[at + 1 :]])


def _uninflect(lines: list[Line], language: str) -> None:
    """Cut Korean particles and Semitic proclitics where the cluster has the bare word too."""
    inflected = [line for line in lines if line.tells & INFLECTED]
    if not inflected:
        return
    seen = {word.key for line in lines for word in line.words if len(word.key) > 1}
    for line in inflected:
        words = line.words[:]
        for at in line.telling:
            if words[at].tells & INFLECTED:
                words[at] = uninflected_if_seen(words[at], seen, language)
        if words != line.words:
            line.take(words)


def _weigh(lines: list[Line]) -> None:
    """Let near-copies count a quarter: an agency's text printed five times is one voice."""
    seen: list[frozenset[str]] = []
    for line in lines:
        keys = line.content
        for other in seen:
            shared = len(keys & other)
            if keys and shared >= 0.75 * (len(keys) + len(other) - shared):
                line.weight = 0.25
                break
        seen.append(keys)
