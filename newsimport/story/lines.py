"""Read a cluster's headlines: what is a name, what a subject, what breaks a phrase."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from newsimport.story.english import is_in_name, is_plural, may_be_in_name
from newsimport.story.kickers import bare_headline, publisher_keys, signature
from newsimport.story.places import is_name, territory
from newsimport.story.words import (
    CASED,
    HAN,
    HANGUL,
    KANA,
    SPACED,
    THAI,
    cut,
    guess_language,
    uninflected_if_seen,
    word_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsimport.models import Headline
    from newsimport.story.words import Word

# A cluster has five rows, nine at most; what is beyond this is an archive, not a story.
MAX_LINES = 16

# What a word is to its phrase: it ends one, joins two names, counts, is a subject or a name.
# A guess is a name if a capital that proves nothing ("Storm" in a Title Case headline) were one.
CUT, LINK, NUMBER, SUBJECT, GUESS, NAME = range(6)

_LINKS = frozenset(
    """
of the de del di da do dos das du des la le el los las al bin ibn von van der den ter y und e et
and & zu of-the

""".split()
)
_ABBREVIATED = frozenset(
    """
st mt ft dr jr sr no gov sen rep gen lt col sgt jan feb aug sept oct nov dec vs v mr mrs ms prof
rev

""".split()
)
# Small words that a capital in a plain sentence shows to be part of a name: "Mega Millions".
_COUNTING = frozenset(
    """
one two three four five six seven eight nine ten first second third last million millions billions
hundred thousand more most up down out day home

""".split()
)
_OPENING = frozenset(".!?:|–—\"“‘'«")


_CASED_ONLY = frozenset((CASED,))


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
        self, row: Headline, text: str, words: list[Word], breaks: list[bool], opens: list[bool]
    ) -> None:
        self.row = row
        self.text = text
        self.words = words
        self.breaks = breaks
        self.opens = opens
        self.titled = self.shouted = self.signed = False
        self.scripts = _CASED_ONLY
        self.weight = 1.0
        self.roles: list[int] = []
        self.names: set[tuple[int, int]] = set()
        self.bound: set[int] = set()


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
        line.signed = line.text != text
    _part_pairs(lines, tongue)
    _uninflect(lines, tongue)
    _weigh(lines)
    _give_roles(lines, tongue)
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
    if any(word.key in said or territory(word.key, language) for word in words):
        return text
    return text if not words or words[-1].rank == 1 else head


class _Parsed(NamedTuple):
    words: list[Word]
    breaks: list[bool]
    opens: list[bool]
    titled: bool
    shouted: bool
    scripts: frozenset[int]


def _line(row: Headline, text: str, language: str) -> Line:
    parsed = _parse(text, language)
    line = Line(row, text, [*parsed.words], [*parsed.breaks], [*parsed.opens])
    line.titled, line.shouted, line.scripts = parsed.titled, parsed.shouted, parsed.scripts
    return line


# A story's headlines are read for its tags and again for its summary.
@lru_cache(maxsize=1024)
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
    titled = capitals >= 2 and capitals > 5 * plain
    shouted = upper >= 3 and upper >= 3 * (capitals + plain - upper)
    scripts = _CASED_ONLY if text.isascii() else frozenset([word.script for word in words])
    return _Parsed(words, breaks, opens, titled, shouted, scripts)


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
                line.words[at : at + 1] = halves
                line.breaks.insert(at + 1, True)
                line.opens.insert(at + 1, line.opens[at])


def _uninflect(lines: list[Line], language: str) -> None:
    """Cut Korean particles and Semitic proclitics where the cluster has the bare word too."""
    if not any(line.scripts & {SPACED, HANGUL} for line in lines):
        return
    seen = {word.key for line in lines for word in line.words if len(word.key) > 1}
    for line in lines:
        line.words = [
            uninflected_if_seen(word, seen, language) if word.script in {SPACED, HANGUL} else word
            for word in line.words
        ]


def _weigh(lines: list[Line]) -> None:
    """Let near-copies count a quarter: an agency's text printed five times is one voice."""
    seen: list[set[str]] = []
    for line in lines:
        keys = {word.stem for word in line.words if not word.stop}
        for other in seen:
            shared = len(keys & other)
            if keys and shared >= 0.75 * len(keys | other):
                line.weight = 0.25
                break
        seen.append(keys)


def _give_roles(lines: list[Line], language: str) -> None:
    mid: dict[str, int] = {}
    low: dict[str, int] = {}
    for line in lines:
        proves = not line.titled and not line.shouted
        for word, opening in zip(line.words, line.opens, strict=True):
            if word.stop or word.script != CASED:
                continue
            if not word.capital:
                low[word.stem] = low.get(word.stem, 0) + 1
            elif proves and not opening:
                mid[word.stem] = mid.get(word.stem, 0) + 1
    nouns = language in {"de", "lb"}
    for line in lines:
        line.roles = [
            (CUT if word.rank == 3 else SUBJECT)
            if word.plain
            else _role(line, i, mid, low, nouns=nouns)
            for i, word in enumerate(line.words)
        ]
        if not line.titled and not line.shouted:
            _prove_openings(line, language)
        _prove_places(line)
    _bind_honorifics(lines)
    if language in {"en", ""}:
        _cut_verbs(lines)
        _join_days(lines)


def _bind_honorifics(lines: list[Line]) -> None:
    """Take "Lady Gaga" for a name, if nobody says "Gaga"; "Captain Jane Roe" has one without."""
    spots = [
        (line, at)
        for line in lines
        for at, word in enumerate(line.words[:-1])
        if word.capital
        and may_be_in_name(word.key)
        and line.words[at + 1].capital
        and not line.breaks[at + 1]
        and (is_in_name(word.key) or not _goes_on(line, at + 1))
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


# How headlines write the days that have names of their own; a date has a number instead.
_DAYS = frozenset(
    """
monday tuesday wednesday thursday friday saturday sunday january february april june july august
september october november december

""".split()
)


def _join_days(lines: list[Line]) -> None:
    """Take "Black Friday" for a name: most of what says "Black" says the day as well."""
    spots = [
        (line, at)
        for line in lines
        for at, word in enumerate(line.words)
        if at
        and word.key in _DAYS
        and word.capital
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


def _cut_verbs(lines: list[Line]) -> None:
    """Take for a verb what a country does to something: "Japan fires rockets", "fires rockets".

    Words that are nouns and verbs alike are in no list; where one headline shows the verb, the
    others have it as well.
    """
    verbs = {
        line.words[at].key
        for line in lines
        for at in range(1, len(line.words) - 1)
        if _is_followed(line, at)
        and is_plural(line.words[at].key)
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
        for at, word in enumerate(line.words[:-1]):
            if word.key in verbs and _is_followed(line, at):
                line.roles[at] = CUT


def _is_followed(line: Line, at: int) -> bool:
    """Tell whether a common word has another word of weight right behind it."""
    return (
        line.roles[at] in {SUBJECT, GUESS}
        and not line.breaks[at + 1]
        and line.roles[at + 1] > LINK
        and not line.words[at].possessive
    )


def _prove_openings(line: Line, language: str) -> None:
    """Take the word that opens a sentence for a name if a name goes on from it: "Liz Truss".

    Before a territory it is a quality as well as not: "Protest-hit Iran", "Incoming Swiss leader".
    """
    roles = line.roles
    for at in range(len(roles) - 1):
        if (
            roles[at] == GUESS
            and roles[at + 1] == NAME
            and not line.breaks[at + 1]
            and not line.words[at].possessive
            and not line.words[at].loose
            and not line.words[at].key.endswith(("ing", "ed"))
            and not territory(line.words[at + 1].key, language)
        ):
            roles[at] = NAME


# Names, most of places, that begin with a plain word.
_PLACES = {
    "new": frozenset(
        """
york zealand jersey delhi orleans mexico hampshire england guinea caledonia haven brunswick

""".split()
    ),
    "north": frozenset("korea korean koreans carolina dakota macedonia sea africa".split()),
    "south": frozenset(
        """
korea korean koreans carolina dakota africa african africans sudan sudanese australia

""".split()
    ),
    "west": frozenset("bank virginia africa".split()),
    "east": frozenset("timor jerusalem africa".split()),
    "great": frozenset(("britain", "lakes")),
    "middle": frozenset(("east",)),
    "black": frozenset(("sea", "forest")),
    "red": frozenset(("sea", "cross")),
    "super": frozenset("bowl league rugby cup tuesday".split()),
}


def _prove_places(line: Line) -> None:
    words = line.words
    for at, word in enumerate(words[:-1]):
        after = words[at + 1]
        if (
            word.key in _PLACES
            and after.key in _PLACES[word.key]
            and (word.capital and after.capital and not line.breaks[at + 1])
        ):
            line.roles[at] = line.roles[at + 1] = NAME


def _role(line: Line, at: int, mid: dict[str, int], low: dict[str, int], *, nouns: bool) -> int:
    word = line.words[at]
    if word.stop:
        return _small_role(line, at)
    if word.number:
        return NUMBER if word.key[0].isdigit() else CUT
    if word.script != CASED:
        return CUT if word.script in {HAN, KANA, THAI} else SUBJECT
    plain = CUT if word.rank == 3 else SUBJECT
    if not word.capital:
        return plain
    if word.camel or (word.shouted and not line.shouted):
        return NAME
    if "-" in word.key and word.rank == 2:
        return SUBJECT
    if nouns:
        return NAME if not line.opens[at] or word.stem in mid or _is_noun(line, at) else GUESS
    if not (line.titled or line.shouted or line.opens[at]):
        return NAME
    return _loose_role(word, mid.get(word.stem, 0), low.get(word.stem, 0), plain)


def _is_noun(line: Line, at: int) -> bool:
    """Tell "Putin spricht" from "Deutsche Konzerne", where German opens with a quality."""
    word = line.words[at]
    after = line.words[at + 1] if at + 1 < len(line.words) else None
    ends = after is None or line.breaks[at + 1] or not (after.capital or after.number)
    return ends and word.rank == 0 and not word.loose


def _small_role(line: Line, at: int) -> int:
    word = line.words[at]
    proves = word.capital and not (line.titled or line.shouted or line.opens[at])
    if proves and (word.key in _COUNTING or _opens_name(line, at)):
        return NAME
    return LINK if word.key in _LINKS and not word.shouted else CUT


# Articles and prepositions whose capital within a sentence makes them a part of a name.
_ARTICLES = frozenset("el la los las le les de del di da van von den der ter os as il lo".split())


def _opens_name(line: Line, at: int) -> bool:
    """Tell "La Palma" and "De Jong" from "la palma"."""
    after = line.words[at + 1] if at + 1 < len(line.words) else None
    return (
        line.words[at].key in _ARTICLES
        and after is not None
        and after.capital
        and not (after.stop or line.breaks[at + 1])
    )


def _loose_role(word: Word, seen_mid: int, seen_low: int, plain: int) -> int:
    """Judge a word whose capital proves nothing by the cluster's other headlines."""
    if seen_mid > seen_low:
        return NAME
    if word.loose > 0:
        return CUT if word.loose == 3 else SUBJECT
    return plain if seen_low or word.loose else GUESS
