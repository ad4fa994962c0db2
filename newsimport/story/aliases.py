"""Join the names of one thing, and drop what is only ever part of more."""

from __future__ import annotations

from itertools import chain, product
from typing import TYPE_CHECKING

from newsimport.story.english import TITLES, is_honorific, is_portfolio
from newsimport.story.forms import PARTICLES, QUALITIES, extends, is_said_with_more
from newsimport.story.phrases import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsimport.story.phrases import Phrase, Phrases

    # Why a phrase is no candidate of its own, and the phrase that it is a part or a form of.
    Fall = tuple[str, "Phrase | None"]

    _Item = tuple[str, Phrase]

_FRAGMENT = "a fragment of"


def _fragments(
    found: Phrases, words: list[_Item], longer: list[_Item], fallen: dict[str, Fall]
) -> None:
    """Drop single words that are only ever the end of longer names, and "Week 14"."""
    for key, phrase in chain(longer, words):
        stems = phrase.stems
        if key in TITLES and (whole := _titled(phrase, longer)):
            fallen[key] = ("short for", whole)
            _join(whole, phrase)
        if len(stems) > 1 and is_honorific(stems[-1]) and _is_office(phrase, found):
            fallen[key] = ("an office", None)
        if not phrase.name or phrase.quoted or key in fallen:
            continue
        adds_to_names = key in QUALITIES or (not phrase.alone and is_portfolio(key))
        if key in PARTICLES or (adds_to_names and not _is_team(phrase)):
            fallen[key] = ("a part of names", None)
            continue
        lone = len(stems) == 1
        plain = phrase.ranks[0] or (lone and is_honorific(stems[0]))
        if plain and (lone or all(stem[:1].isdigit() for stem in stems[1:])):
            fallen[key] = ("a common word", None)
        elif lone and longer and not phrase.alone:
            whole = _whole(phrase, longer, found)
            if whole:
                fallen[key] = (_FRAGMENT, whole)


def _whole(part: Phrase, longer: list[_Item], found: Phrases) -> Phrase | None:
    """Return the name that a single word is only a fragment of."""
    stem = part.stems[0]
    within = [name for _, name in longer if name.name and stem in name.stems]
    if not within:
        return None
    # What is said in singular and plural is no name: "Great Lakes" and "Lake Victoria".
    is_noun = len({form.casefold() for form in part.forms}) > 1
    if (
        is_noun
        or not any(name.stems[0] == stem for name in within)
        or all(_is_office(name, found) for name in within)
    ):
        return within[0]
    return None


def _is_office(phrase: Phrase, found: Phrases) -> bool:
    """Tell whether a phrase is a name and an office: "Acme CEO", "Oslo mayor"."""
    if not is_honorific(phrase.stems[-1]):
        return False
    if not phrase.name:
        first = found.get(phrase.stems[0])
        return len(phrase.stems) == 2 and first is not None and first.name
    # The Dallas Stars are a team.
    return not all(form[-1:] == "s" for form in phrase.forms)


def _is_team(phrase: Phrase) -> bool:
    """Tell "the Kings" from the King."""
    return any(form[-1:] == "s" for form in phrase.forms)


def _titled(title: Phrase, longer: list[_Item]) -> Phrase | None:
    """Return the name that most headlines say with a title: "Pope Leo" for "the pope"."""
    if _is_team(title):
        return None
    names = [name for _, name in longer if name.proven and name.stems[0] == title.stems[0]]
    return max(names, key=lambda name: name.lines.bit_count()) if names else None


def _join_short_forms(words: list[_Item], longer: list[_Item], fallen: dict[str, Fall]) -> None:
    """Join "Mavs" with "Mavericks", "Zelensky" with "Zelenskyy", "HBM4" with "HBM"."""
    kin: dict[str, list[_Item]] = {}
    for item in words:
        key = item[0]
        if item[1].name and len(key) > 2 and key.isalnum():
            kin.setdefault(key[:3], []).append(item)
    # "Zelensky" is the last name of "Volodymyr Zelenskyy", as another desk writes it.
    for _, phrase in longer:
        last = phrase.stems[-1]
        if phrase.proven and len(last) > 5:
            for short, name in kin.get(last[:3], ()):
                if short != last and short not in fallen and _sound(short) == _sound(last):
                    _join(phrase, name)
                    fallen[short] = ("short for", phrase)
    for group in kin.values():
        if len(group) > 1:
            _join_kin(group, fallen)


def _join_kin(group: list[_Item], fallen: dict[str, Fall]) -> None:
    """Join the forms of one name among names that begin alike."""
    for (key, phrase), (other, full) in product(group, group):
        if (
            key == other
            or key in fallen
            or other in fallen
            or not _is_form_of(key, other, phrase.forms)
        ):
            continue
        strong, weak = (
            (other, key)
            if full.lines.bit_count() >= phrase.lines.bit_count() and other != key + "er"
            else (key, other)
        )
        target, source = (full, phrase) if strong == other else (phrase, full)
        _join(target, source)
        fallen[weak] = ("another form of", target)


def _join(target: Phrase, source: Phrase) -> None:
    """Let the headlines that say one phrase count for the other."""
    target.lines |= source.lines
    target.proven |= source.proven
    target.first = min(target.first, source.first)


def _is_form_of(short: str, long: str, forms: Mapping[str, float]) -> bool:
    size = len(short)
    if size < 3 or not short.isascii() or not long.isascii():
        return False
    if long.startswith(short) and short.isalpha():
        if long[size : size + 1].isdigit():
            return True
        if size > 4 and long[size:] == "er":
            # "Berliners" with "Berlin".
            return all(form[:1].isupper() for form in forms)
        if size <= 4 and len(long) > size + 3:
            return all(form.endswith("s") and not form.isupper() for form in forms)
    return size > 5 and len(long) > 5 and short < long and _sound(short) == _sound(long)


def _sound(key: str) -> str:
    """Return a name as transliterations agree on it: no doubled letters, one letter for i and y."""
    plain = key.replace("y", "i").replace("ck", "k").replace("ph", "f")
    return "".join([char for at, char in enumerate(plain) if at == 0 or char != plain[at - 1]])


def merge(found: Phrases) -> dict[str, Fall]:
    """Join what names the same, and drop what is only ever said as part of more."""
    fallen: dict[str, Fall] = {}
    words: list[_Item] = []
    longer: list[_Item] = []
    for item in found.items():
        if not item[1].place:
            (words if len(item[1].stems) == 1 else longer).append(item)
    if longer:
        _join_initials(words, longer, fallen)
    words.sort()
    longer.sort(key=_by_length)
    _join_short_forms(words, longer, fallen)
    _fragments(found, words, longer, fallen)
    if longer:
        _join_parts(found, words, longer, fallen)
        fallen.update(_places_within(found, longer))
    return fallen


def _join_parts(
    found: Phrases, words: list[_Item], longer: list[_Item], fallen: dict[str, Fall]
) -> None:
    """Join what is said with what it is a part of, or drop one of the two."""
    alone = {phrase.stems[0]: phrase.alone for _, phrase in words}
    lengths = sorted(set(map(len, found)), reverse=True)
    for key, long in longer:
        if key in fallen and fallen[key][0] != _FRAGMENT:
            continue
        for other in _keys_within(long, lengths):
            short = found.get(other)
            if short is not None and short is not long and other not in fallen:
                fallen.update(_compare(key, long, other, short, longer, alone))


def _by_length(item: _Item) -> tuple[int, str]:
    return -len(item[1].stems), item[0]


def _places_within(found: Phrases, longer: list[_Item]) -> dict[str, Fall]:
    """Return the territories that are only ever said in a name: "French Open", "Indian Ocean"."""
    fallen: dict[str, Fall] = {}
    places = [
        item for item in found.items() if item[1].place and item[1].lines & (item[1].lines - 1)
    ]
    if not places:
        return fallen
    names = [
        name
        for _, name in longer
        if name.proven
        and name.lines & (name.lines - 1)
        and not any(map(is_honorific, name.stems[1:]))
    ]
    for key, place in places:
        for name in names:
            if not place.lines & ~name.lines and (
                place.said_as(name.stems[0]) or place.said_as(name.stems[-1])
            ):
                rest = found.get(key_of(name.stems[1:]))
                if rest is None or not rest.lines & ~name.lines:
                    fallen[key] = ("only within", name)
    return fallen


def _compare(
    key: str,
    long: Phrase,
    other: str,
    short: Phrase,
    longer: list[_Item],
    alone: Mapping[str, int],
) -> dict[str, Fall]:
    """Return which of two phrases falls, one within the other, and why."""
    if short.lines & ~long.lines == 0:
        return {other: ("only within", long)}
    if long.name and short.name and extends(long, short, longer, alone):
        _join(long, short)
        return {other: ("short for", long)}
    if is_said_with_more(short, long):
        return {other: ("mostly within", long)}
    if not long.name and not short.name and long.ranks[-1] and short.ranks == (0,):
        if long.lines.bit_count() > 1 and 5 * long.lines.bit_count() > 3 * short.lines.bit_count():
            return {other: ("mostly within", long)}
        return {key: ("adds little to", short)}
    return {}


def _keys_within(long: Phrase, lengths: Sequence[int]) -> list[str]:
    """Return the keys that shorter phrases within a phrase may have, the longest phrases first.

    `lengths` are those of all keys, from the longest to the shortest.
    """
    size, whole = len(long.stems), key_of(long.stems)
    stems: Sequence[str]
    if len(whole) == size:
        # Where each stem is a character, a phrase has hundreds of shorter ones within.
        stems = whole
        keys = [
            whole[at : at + length]
            for length in lengths
            if 0 < length < size
            for at in range(size - length + 1)
        ]
    else:
        stems = [key_of((stem,)) for stem in long.stems]
        keys = [
            "".join(stems[at : at + length])
            for length in range(size - 1, 0, -1)
            for at in range(size - length + 1)
        ]
    if size == 3 and long.proven and not any(long.ranks):
        # "Ada Byrne" for "Ada Lovell Byrne".
        keys.append(stems[0] + stems[2])
    return keys


def _join_initials(words: list[_Item], longer: list[_Item], fallen: dict[str, Fall]) -> None:
    """Join "ISS" with "International Space Station"."""
    initials: dict[str, Phrase] = {}
    for _, long in longer:
        if long.name:
            initials.setdefault("".join([stem[:1] for stem in long.stems]), long)
    for key, phrase in words:
        whole = initials.get(key.lower()) if phrase.name and 2 <= len(key) <= 5 else None
        if whole and any(form.isupper() for form in phrase.forms):
            _join(whole, phrase)
            fallen[key] = ("the initials of", whole)
