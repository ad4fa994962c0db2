"""Tell whether one name is a form of another: a last name, a part, a version of a product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.story.english import TITLES
from newsimport.story.letters import CASED, script_of
from newsimport.story.phrases import key_of
from newsimport.story.places import territory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsimport.story.phrases import Phrase

# Frequent surnames of Korea and China, which stand before the given name.
_SURNAMES_FIRST = frozenset(
    "kim lee park choi jung yoon moon ahn xi li wang zhang liu chen tsai lai".split()
)
# What names begin or go on with and never are: "St Kitts", "Abd al-Rahman".
PARTICLES = frozenset(
    """
st ste mt ft san santa santo sao abd abdul abu umm ibn bin bint ben el al ul ur von van der den
del della di da dos las los mac jr sr fc cf sc afc

""".split()
)
# What many names begin with and none is: "Holy Year", "Royal Lodge".
QUALITIES = frozenset(
    """
holy royal supreme grand democratic islamic olympic european asian african

""".split()
)
# With these a place is another place: "West Texas" is no full form of "Texas".
_PARTS_OF_PLACES = frozenset(
    """
north south east west northern southern eastern western central upper lower greater mid northeast
northwest southeast southwest downtown

""".split()
)


def within(short: tuple[str, ...], long: tuple[str, ...]) -> int:
    """Return 1 plus where the short sequence begins in the long one, 0 if it does not."""
    size = len(short)
    for at in range(len(long) - size + 1):
        if long[at : at + size] == short:
            return at + 1
    return 0


def extends(
    long: Phrase, short: Phrase, longer: list[tuple[str, Phrase]], alone: Mapping[str, int]
) -> bool:
    """Tell whether a longer name is the full form of a short one, and the only one."""
    if len(short.stems) > 1 or short.stems[0] in PARTICLES:
        return _is_fuller(long, short)
    if (
        len(long.stems) > 4
        or not (long.proven or long.lines & (long.lines - 1))
        or (any(long.ranks) and not _is_person(long))
    ):
        return False
    if (
        long.stems[-1] != short.stems[0]
        and long.lines.bit_count() < 2
        and not (long.stems[0] == short.stems[0] and short.stems[0] in _SURNAMES_FIRST)
    ):
        return False
    if len(long.stems) == 2 and (
        long.stems[0] in _PARTS_OF_PLACES or territory(long.stems[0].casefold(), "en")
    ):
        # "West Texas" is not Texas, "US Maduro" nobody's name.
        return False
    extra = [stem for stem in long.stems if stem not in short.stems]
    if any(stem[:1].isdigit() or alone.get(stem, 0) & ~long.lines for stem in extra):
        return _is_person(long) and _by_first_name(long, short, alone)
    for _, rival in longer:
        if rival is long or not rival.name or not within(short.stems, rival.stems):
            continue
        if (
            not within(rival.stems, long.stems)
            and not within(long.stems, rival.stems)
            and rival.lines.bit_count() >= long.lines.bit_count()
        ):
            return False
    return True


def _is_fuller(long: Phrase, short: Phrase) -> bool:
    """Tell whether a name of several words is another of several with more of it said."""
    if short.stems[0] in PARTICLES:
        # "Alaa Abd El Fattah" is "Abd el-Fattah".
        proven = long.proven and short.proven
        return bool(proven) and key_of(long.stems).endswith(key_of(short.stems))
    if long.stems[-1] in _ROMAN and short.stems[0] in TITLES:
        return short.stems == long.stems[:-1]
    return len(long.stems) == 3 and short.stems == (long.stems[0], long.stems[-1])


def _is_person(name: Phrase) -> bool:
    """Tell "Mark Carney", whose first name is a word as well, from "Supreme Court"."""
    return len(name.stems) == 2 and bool(name.proven) and not name.ranks[-1]


def _by_first_name(name: Phrase, part: Phrase, alone: Mapping[str, int]) -> bool:
    """Tell whether a name of two is a person's whom most call by the last name, some by the first.

    "Google TV" is no Google for that a headline has "TV" alone.
    """
    first, last = (alone.get(stem, 0).bit_count() for stem in name.stems)
    return name.lines & (name.lines - 1) != 0 and 0 < first < last and part.ranks == (0,)


_ROMAN = frozenset("ii iii iv vi vii viii ix xi xii xiii xiv xv xvi".split())


def _is_numbered(name: Phrase) -> bool:
    """Tell "iPhone 17" and "Pope Leo XIV"."""
    return name.stems[-1][:1].isdigit() or name.stems[-1] in _ROMAN


def is_said_with_more(short: Phrase, long: Phrase) -> bool:
    """Tell whether most of what says `short` says `long`: "mass shooting" before "shooting"."""
    some, most = long.lines.bit_count(), short.lines.bit_count()
    if not short.stems[0].isascii() and script_of(short.stems[0][0]) != CASED:
        return False
    if short.name:
        if not long.name:
            return False
        return (long.stems[-len(short.stems) :] == short.stems and some >= 0.6 * most) or (
            _is_numbered(long) and some >= 0.7 * most
        )
    if len(long.stems) > 3 or some < 2 or long.ranks[-1]:
        return False
    return some >= (0.6 if len(short.stems) == 1 else 0.7) * most
