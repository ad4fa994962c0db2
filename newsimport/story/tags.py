"""Choose a story's tags: what its headlines agree that it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from newsimport.story import candidates, places, unspaced
from newsimport.story.kickers import is_kicker, publisher_keys
from newsimport.story.lines import read
from newsimport.story.words import CASED, HAN, fold, script_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsimport.models import Headline
    from newsimport.story.candidates import Phrase, Phrases
    from newsimport.story.lines import Line


@dataclass(frozen=True, slots=True)
class TagRules:
    """The user's hand in the choice of tags.

    `aliases` maps a tag as chosen to the tag wanted, `stop` are never chosen, `always` stand
    on every story and count towards `limit`; both compare by `tag_key`. With `none` there are none.
    """

    aliases: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    stop: frozenset[str] = frozenset()
    always: tuple[str, ...] = ()
    limit: int | None = None
    none: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a story could be tagged with, and what became of it.

    `score` is the weight of the headlines that agree, scaled by what kind of words they are;
    `headlines` their number; `why` is "kept" or the reason that it fell.
    """

    text: str
    score: float
    headlines: int
    why: str

    @property
    def kept(self) -> bool:
        """Tell whether the candidate became a tag."""
        return self.why == "kept"


NO_RULES = TagRules()
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


def tag_key(tag: str) -> str:
    """Return a tag folded, to know it again in another spelling ("Kim Jong-un", "KIM JONG UN")."""
    return " ".join(
        "".join(
            c if c.isalnum() or not c.isascii() else "" if c in ".'" else " " for c in fold(tag)
        ).split()
    )


def choose_tags(
    headlines: Sequence[Headline],
    language: str = "",
    *,
    limit: int = 5,
    known: Mapping[str, str] | None = None,
    rules: TagRules = NO_RULES,
) -> tuple[str, ...]:
    """Return at most `limit` tags for a cluster of headlines, the surest first."""
    explained = explain_tags(headlines, language, limit=limit, known=known, rules=rules)
    return tuple(candidate.text for candidate in explained if candidate.kept)


def explain_tags(
    headlines: Sequence[Headline],
    language: str = "",
    *,
    limit: int = 5,
    known: Mapping[str, str] | None = None,
    rules: TagRules = NO_RULES,
) -> tuple[Candidate, ...]:
    """Return every candidate for a tag, the surest first, with why it was kept or fell."""
    if rules.none:
        return ()
    lines, tongue = read(headlines, language)
    found = candidates.gather(lines, tongue)
    unspaced.gather(found, lines, tongue)
    judged = _judge(found, lines, tongue)
    return _choose(
        judged,
        headlines,
        tongue,
        rules.limit if rules.limit is not None else limit,
        known or {},
        rules,
    )


@dataclass(slots=True)
class _Judged:
    phrase: Phrase
    text: str
    score: float
    count: int
    why: str = ""


def _judge(found: Phrases, lines: list[Line], language: str) -> list[_Judged]:
    fallen = _merge(found)
    weights = [line.weight for line in lines]
    judged = []
    for key, phrase in found.items():
        text = _shown(phrase, language)
        agree = -phrase.modifies + sum(weight for i, weight in enumerate(weights) if phrase.lines >> i & 1)
        one = _Judged(
            phrase, text, _score(phrase, agree, len(lines), language), phrase.lines.bit_count()
        )
        one.why = fallen.get(key, "")
        judged.append(one)
    judged.sort(key=lambda one: (-one.score, one.phrase.first, one.text))
    return judged


def _shown(phrase: Phrase, language: str) -> str:
    forms = phrase.forms
    if phrase.place:
        if phrase.place == "US" and language in {"en", ""}:
            return places.name_of("US", "en")
        forms = {
            form: n
            for form, n in forms.items()
            if places.is_name(fold(form), language) or form.isupper()
        }
        if not forms:
            return places.name_of(phrase.place, language) or next(iter(phrase.forms))
    if len(forms) == 1:
        return next(iter(forms))
    plain = {form: n for form, n in forms.items() if len(form) < 5 or not form.isupper()} or forms
    return max(sorted(plain), key=lambda form: (plain[form], form[:1].isupper()))


# What a headline's word for a candidate is worth, by kind. Measured on clusters with hand-made
# tags: how often a candidate of the kind that two headlines share is one of them.
_WORTH_NAME = 0.9
_WORTH_GUESS = 0.6
_WORTH_PEOPLE = 0.8
_WORTH_PHRASE = 0.75
_WORTH_NOUN = 0.42
_FULL_NAME = 0.5
_IN_LEAD = 0.25
_ENOUGH = 1.0
_ENOUGH_ALONE = 1.2


def _score(phrase: Phrase, agree: float, total: int, language: str) -> float:
    size = len(phrase.stems)
    bonus = _IN_LEAD if phrase.first[0] == 0 else 0.0
    if phrase.place:
        named = any(places.is_name(fold(form), language) or form.isupper() for form in phrase.forms)
        worth = _WORTH_NAME if named else _WORTH_PEOPLE
    elif phrase.quoted:
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
    if agree > 1:
        # Two of three headlines are more than two of nine.
        agree *= (5 / total) ** 0.5
    return agree * worth + bonus


def _fragments(items: list[tuple[str, Phrase]], fallen: dict[str, str]) -> None:
    """Drop single words that are only ever the end of longer names, and "Week 14"."""
    for key, phrase in items:
        if not phrase.name or phrase.quoted:
            continue
        if phrase.ranks[0] and all(stem[:1].isdigit() for stem in phrase.stems[1:]) and (len(phrase.stems) > 1 or not phrase.proven or phrase.lines.bit_count() < 3):
            fallen[key] = "a common word"
        elif len(phrase.stems) == 1 and not phrase.alone:
            stem = phrase.stems[0]
            within = [other for _, other in items if other.name and len(other.stems) > 1 and stem in other.stems]
            if within and not any(other.stems[0] == stem for other in within):
                fallen[key] = "a fragment"


def _join_short_forms(items: list[tuple[str, Phrase]], fallen: dict[str, str]) -> None:
    """Join "Mavs" with "Mavericks", "Zelensky" with "Zelenskyy", "HBM4" with "HBM"."""
    singles = [(key, phrase) for key, phrase in items if len(phrase.stems) == 1 and phrase.name and key.isalnum()]
    for key, phrase in singles:
        for other, full in singles:
            if key == other or key in fallen or other in fallen or not _is_form_of(key, other):
                continue
            strong, weak = (other, key) if full.lines.bit_count() >= phrase.lines.bit_count() else (key, other)
            target, source = (full, phrase) if strong == other else (phrase, full)
            target.lines |= source.lines
            target.proven |= source.proven
            target.first = min(target.first, source.first)
            fallen[weak] = f"another form of {strong}"


def _is_form_of(short: str, long: str) -> bool:
    if len(short) < 3 or not short.isascii() or not long.isascii():
        return False
    if short[-1] == "s" or len(short) > 5:
        head = short.removesuffix("s")
        if 3 <= len(head) <= 4 and len(long) > len(head) + 3 and long.startswith(head) and short[-1] == "s":
            return True
        return len(short) > 5 and len(long) > 5 and short < long and _sound(short) == _sound(long)
    return long.startswith(short) and short.isalpha() and long[len(short) :][:1].isdigit()


def _sound(key: str) -> str:
    """Return a name as transliterations agree on it: no doubled letters, one letter for i and y."""
    plain = key.replace("y", "i").replace("ck", "k").replace("ph", "f")
    return "".join([char for at, char in enumerate(plain) if at == 0 or char != plain[at - 1]])


def _merge(found: Phrases) -> dict[str, str]:
    """Join what names the same, and drop what is only ever said as part of more."""
    fallen: dict[str, str] = {}
    items = [item for item in found.items() if not item[1].place]
    items.sort(key=lambda item: (-len(item[1].stems), item[0]))
    alone: dict[str, int] = {}
    for _, phrase in items:
        if len(phrase.stems) == 1:
            alone[phrase.stems[0]] = phrase.lines
    _join_initials(found, fallen)
    _join_short_forms(items, fallen)
    _fragments(items, fallen)
    for at, (key, long) in enumerate(items):
        if len(long.stems) < 2:
            break
        if key in fallen and "fragment" not in fallen[key]:
            continue
        for other, short in items[at + 1 :]:
            if (
                other in fallen
                or len(short.stems) >= len(long.stems)
                or not _within(short.stems, long.stems)
            ):
                continue
            if short.lines & ~long.lines == 0:
                fallen[other] = f"only within {' '.join(long.stems)}"
            elif long.name and short.name and _extends(long, short, items, alone):
                long.lines |= short.lines
                long.proven |= short.proven
                long.first = min(long.first, short.first)
                fallen[other] = "the same as a longer name"
            elif _is_said_with_more(short, long):
                fallen[other] = f"mostly within {' '.join(long.stems)}"
            elif not long.name and not short.name and long.ranks[-1] and not any(short.ranks) and len(short.stems) == 1:
                fallen[key] = f"adds little to {' '.join(short.stems)}"
    return fallen


def _join_initials(found: Phrases, fallen: dict[str, str]) -> None:
    """Join "ISS" with "International Space Station"."""
    short = [
        (key, phrase)
        for key, phrase in found.items()
        if len(phrase.stems) == 1 and phrase.name and 2 <= len(key) <= 5
    ]
    for key, phrase in short:
        if not any(form.isupper() for form in phrase.forms):
            continue
        for other, long in found.items():
            if (
                len(long.stems) == len(key)
                and long.name
                and "".join([stem[:1] for stem in long.stems]) == key.lower()
            ):
                long.lines |= phrase.lines
                long.proven |= phrase.proven
                long.first = min(long.first, phrase.first)
                fallen[key] = "the initials of a longer name"
                break


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> int:
    size = len(short)
    for at in range(len(long) - size + 1):
        if long[at : at + size] == short:
            return at + 1
    return 0


def _extends(
    long: Phrase, short: Phrase, items: list[tuple[str, Phrase]], alone: Mapping[str, int]
) -> bool:
    """Tell whether a longer name is the full form of a short one, and the only one."""
    if len(short.stems) > 1 or len(long.stems) > 3 or not (long.proven or long.lines & (long.lines - 1)) or any(long.ranks):
        return False
    if long.stems[-1] != short.stems[0] and long.lines.bit_count() < 2:
        return False
    extra = [stem for stem in long.stems if stem not in short.stems]
    if any(stem[:1].isdigit() or alone.get(stem, 0) & ~long.lines for stem in extra):
        return False
    for _, rival in items:
        if (
            rival is long
            or not rival.name
            or len(rival.stems) < 2
            or not _within(short.stems, rival.stems)
        ):
            continue
        if (
            not _within(rival.stems, long.stems)
            and not _within(long.stems, rival.stems)
            and rival.lines.bit_count() >= long.lines.bit_count()
        ):
            return False
    return True


def _choose(
    judged: list[_Judged],
    headlines: Sequence[Headline],
    language: str,
    limit: int,
    known: Mapping[str, str],
    rules: TagRules,
) -> tuple[Candidate, ...]:
    publishers = _publishers(headlines)
    stop = {tag_key(tag) for tag in rules.stop}
    aliases = {tag_key(tag): wanted for tag, wanted in rules.aliases.items()}
    chosen: list[_Judged] = []
    taken: set[str] = set()
    out: list[Candidate] = []
    for tag in rules.always[:limit]:
        taken.add(tag_key(tag))
        out.append(Candidate(tag, 0.0, 0, "kept"))
    for one in judged:
        key = tag_key(one.text)
        text = aliases.get(key) or known.get(key) or one.text
        if not one.why:
            one.why = _fault(one, key, publishers, stop, taken, chosen, language, len(headlines))
            if not one.why and len(taken) >= limit:
                one.why = "there are enough"
            if not one.why:
                one.why = "kept"
                chosen.append(one)
                taken.add(tag_key(text))
        out.append(Candidate(text, round(one.score, 3), one.count, one.why))
    return tuple(out)


def _publishers(headlines: Sequence[Headline]) -> dict[str, bool]:
    """Return the publishers' names as tags would be written, and which of them are surely names.

    "berlin.de" must not forbid "Berlin" where other headlines say it: such a name is unsure.
    """
    found: dict[str, bool] = {}
    for row in headlines:
        for key in publisher_keys(row.publisher):
            found[key] = found.get(key, False) or not re.search(r"\w\.\w", row.publisher)
        found["".join(tag_key(row.publisher).split())] = True
    return found


def _fault(
    one: _Judged,
    key: str,
    publishers: dict[str, bool],
    stop: set[str],
    taken: set[str],
    chosen: list[_Judged],
    language: str,
    total: int,
) -> str:
    phrase = one.phrase
    joined = "".join(key.split())
    if joined in publishers and (publishers[joined] or one.count < 2):
        return "a publisher of the story"
    if key in stop:
        return "in the stop list"
    if key in taken:
        return "said already"
    if not key or (len(key) < 2 and script_of(key) != HAN):
        return "too short"
    if is_kicker(one.text) or key in _WEEKDAYS:
        return "a kicker or a day"
    for other in chosen:
        if _overlaps(phrase, other.phrase):
            return f"overlaps {other.text}"
    if not phrase.name and len(phrase.stems) > 1 and _is_covered(phrase, chosen, language):
        return "said by others together"
    if total > 1 and one.score < (_ENOUGH if one.count > 1 else _ENOUGH_ALONE) and chosen:
        return "one headline alone" if one.count == 1 else "too few headlines"
    if total == 1 and one.score < _ENOUGH and len(chosen) > 1:
        return "one headline alone"
    return ""


def _is_covered(phrase: Phrase, chosen: list[_Judged], language: str) -> bool:
    """Tell whether the words of a phrase are tags already: "Japan" and "monkeys"."""
    said = {stem for other in chosen for stem in other.phrase.stems}
    return all([stem in said or "@" + places.territory(stem, language) in said for stem in phrase.stems])


def _overlaps(phrase: Phrase, other: Phrase) -> bool:
    if phrase.place or other.place or set(phrase.stems).isdisjoint(other.stems):
        return False
    several = phrase.lines & (phrase.lines - 1) != 0
    if phrase.name and other.name and several:
        # "Google" and "Google TV" are two, "Pixel 7" and "Pixel Tablet" too, "Quest 2" and "Meta Quest 2" one.
        short, long = sorted((phrase.stems, other.stems), key=len)
        if long[: len(short)] == short:
            return False
        return short[0] != long[0] or len(short) < 2
    return not (several and not phrase.name and len(phrase.stems) == 2 and len(other.stems) == 1 and not any(phrase.ranks))


def _is_said_with_more(short: Phrase, long: Phrase) -> bool:
    """Tell whether most of what says `short` says `long`: "mass shooting" before "shooting"."""
    some, most = long.lines.bit_count(), short.lines.bit_count()
    if not short.stems[0].isascii() and script_of(short.stems[0][0]) != CASED:
        return False
    if short.name:
        return long.name and long.stems[-1][:1].isdigit() and some >= 0.8 * most
    if len(long.stems) > 3 or some < 2 or long.ranks[-1]:
        return False
    return some >= (0.6 if len(short.stems) == 1 else 0.7) * most
