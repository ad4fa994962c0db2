"""Read a cluster's headlines: what is a name, what a subject, what breaks a phrase."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from newsimport.story.cutting import cut, guess_language
from newsimport.story.kickers import bare_headline, publisher_keys, signature
from newsimport.story.places import territory
from newsimport.story.roles import give_roles
from newsimport.story.standing import UNSURE
from newsimport.story.words import (
    CASED,
    HANGUL,
    SPACED,
    fold,
    uninflected_if_seen,
    word_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

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


class Facts(NamedTuple):
    """What a headline's words are together: said once for all clusters that it stands in.

    `telling` are the words that `english.tells_of` something, `tells` of what; `low` the stems in
    small letters, `mid` those with a capital that proves a name; `stems` all, `content` those of
    weight.
    `roles` are what the words are by themselves, `unsure` those of which the cluster decides.
    """

    telling: tuple[int, ...]
    tells: int
    low: tuple[str, ...]
    mid: tuple[str, ...]
    stems: frozenset[str]
    content: frozenset[str]
    roles: tuple[int, ...]
    unsure: tuple[int, ...]


def _facts(words: Sequence[Word], opens: Sequence[bool], *, proves: bool) -> Facts:
    telling, low, mid, content = [], [], [], []
    tells = 0
    for at, word in enumerate(words):
        if word.tells:
            telling.append(at)
            tells |= word.tells
        if word.stop:
            continue
        content.append(word.stem)
        if word.script != CASED:
            continue
        if not word.capital:
            low.append(word.stem)
        elif proves and not opens[at]:
            mid.append(word.stem)
    roles = tuple([word.role for word in words])
    return Facts(
        tuple(telling),
        tells,
        tuple(low),
        tuple(mid),
        frozenset([word.stem for word in words]),
        frozenset(content),
        roles,
        tuple([at for at, role in enumerate(roles) if role == UNSURE]) if UNSURE in roles else (),
    )


class Line:
    """One headline, read: its words, their roles, where phrases may not go on.

    `breaks[i]` tells that words i-1 and i stand in different phrases, `opens[i]` that word i has
    a capital whatever it is. `names` are the runs of names that were found, from and to.
    `bound` are honorifics that a name is never said without: "Lady Gaga" has no other name.
    `signed` tells that it ended with its author's name, which `text` is without.
    """

    __slots__ = (
        "bound",
        "breaks",
        "facts",
        "names",
        "opens",
        "roles",
        "row",
        "scripts",
        "shouted",
        "signed",
        "text",
        "titled",
        "weight",
        "words",
    )

    def __init__(
        self,
        row: Headline,
        text: str,
        words: list[Word],
        breaks: list[bool],
        opens: list[bool],
        facts: Facts,
    ) -> None:
        self.row = row
        self.text = text
        self.words = words
        self.breaks = breaks
        self.opens = opens
        self.facts = facts
        self.titled = self.shouted = self.signed = False
        self.scripts = _CASED_ONLY
        self.weight = 1.0
        self.roles: list[int] = []
        self.names: set[tuple[int, int]] = set()
        self.bound: set[int] = set()


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
    rows = [*headlines[:1], *sorted(headlines[1:], key=lambda row: (row.title, row.publisher))][
        :MAX_LINES
    ]
    tongue = primary(language)
    publishers = frozenset(
        key for row in rows for key in publisher_keys(row.publisher) if len(key) > 1
    )
    texts = [bare_headline(row.title, publishers) for row in rows]
    if not tongue:
        tongue = guess_language(" ".join(texts))
    heads = [_unsigned(text, texts, tongue) for text in texts]
    lines = [_line(row, text, tongue) for text, row in zip(heads, rows, strict=True)]
    for line, text in zip(lines, texts, strict=True):
        if len(line.text) < len(text):
            tail = fold(text[len(line.text) :]).split()
            line.signed = not any(territory(word, tongue) for word in tail)
    _part_pairs(lines, tongue)
    _uninflect(lines, tongue)
    _weigh(lines)
    give_roles(lines, tongue)
    return lines, tongue


def _unsigned(text: str, texts: Sequence[str], language: str) -> str:
    """Return a headline without its author's name, which nobody says in a headline."""
    name = signature(text)
    if not name:
        return text
    head = text[: -len(name)].rstrip(" |")
    words = [word for word, _ in cut(name, language) if not word.stop]
    said = {word.key for other in texts if other != text for word, _ in cut(other, language)}
    said.update(word.key for word, _ in cut(head, language))
    # A paper may have the name of its country: "Iran International".
    own = [word for word in words if not territory(word.key, language)]
    if not own or any(word.key in said for word in own):
        return text
    return text if own[-1].rank == 1 else head


class _Parsed(NamedTuple):
    words: list[Word]
    breaks: list[bool]
    opens: list[bool]
    titled: bool
    shouted: bool
    scripts: frozenset[int]
    facts: Facts


def _line(row: Headline, text: str, language: str) -> Line:
    parsed = _parse(text, language)
    line = Line(row, text, parsed.words, parsed.breaks, parsed.opens, parsed.facts)
    line.titled, line.shouted, line.scripts = parsed.titled, parsed.shouted, parsed.scripts
    return line


# Two papers of a cluster may print one agency's headline.
@lru_cache(maxsize=64)
def _parse(text: str, language: str) -> _Parsed:
    words: list[Word] = []
    breaks: list[bool] = []
    opens: list[bool] = []
    capitals = plain = upper = 0
    last: Word | None = None
    for word, gap in cut(text, language):
        if last is None:
            broken = opening = True
        elif gap == " " or not gap:
            broken = opening = False
        else:
            broken = not (
                gap == "\u00a0"
                or (gap == ". " and (len(last.key) == 1 or last.key in _ABBREVIATED))
            )
            opening = broken and not _OPENING.isdisjoint(gap)
        words.append(word)
        breaks.append(broken)
        opens.append(opening)
        if word.weighs and not opening:
            if word.capital:
                capitals += 1
            else:
                plain += 1
            upper += word.shouted
        last = word
    titled = capitals > (5 * plain if capitals > 1 else plain)
    shouted = upper >= 3 and upper >= 3 * (capitals + plain - upper)
    scripts = _CASED_ONLY if text.isascii() else frozenset([word.script for word in words])
    facts = _facts(words, opens, proves=not (titled or shouted))
    return _Parsed(words, breaks, opens, titled, shouted, scripts, facts)


def _find_facts(line: Line) -> None:
    """Say anew what the words of a line are together, as they are others now."""
    line.facts = _facts(line.words, line.opens, proves=not (line.titled or line.shouted))


def _part_pairs(lines: list[Line], language: str) -> None:
    """Part "Yankees-Mets" and "Russia-Ukraine", whose halves are names of their own."""
    keys: set[str] | None = None
    for line in lines:
        if "-" not in line.text:
            continue
        for at in range(len(line.words) - 1, -1, -1):
            word = line.words[at]
            if "-" not in word.key or not word.capital:
                continue
            left, _, right = word.text.partition("-")
            if len(left) < 3 or len(right) < 3 or not right[0].isupper() or "-" in right:
                continue
            if keys is None:
                keys = {other.stem for one in lines for other in one.words}
            halves = word_of(left, language), word_of(right, language)
            if all(half.stem in keys or territory(half.key, language) for half in halves):
                # New lists, for the headline may stand in other clusters as it was.
                line.words = [*line.words[:at], *halves, *line.words[at + 1 :]]
                line.breaks = [*line.breaks[: at + 1], True, *line.breaks[at + 1 :]]
                line.opens = [*line.opens[: at + 1], line.opens[at], *line.opens[at + 1 :]]
                _find_facts(line)


def _uninflect(lines: list[Line], language: str) -> None:
    """Cut Korean particles and Semitic proclitics where the cluster has the bare word too."""
    if not any(line.scripts & {SPACED, HANGUL} for line in lines):
        return
    seen = {word.key for line in lines for word in line.words if len(word.key) > 1}
    for line in lines:
        if not line.scripts & {SPACED, HANGUL}:
            continue
        words = [
            uninflected_if_seen(word, seen, language) if word.script in {SPACED, HANGUL} else word
            for word in line.words
        ]
        if words != line.words:
            line.words = words
            _find_facts(line)


def _weigh(lines: list[Line]) -> None:
    """Let near-copies count a quarter: an agency's text printed five times is one voice."""
    seen: list[frozenset[str]] = []
    for line in lines:
        keys = line.facts.content
        for other in seen:
            shared = len(keys & other)
            if keys and shared >= 0.75 * (len(keys) + len(other) - shared):
                line.weight = 0.25
                break
        seen.append(keys)
