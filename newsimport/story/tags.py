"""Choose a story's tags: what its headlines agree that it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from newsimport.story import candidates, places, unspaced
from newsimport.story.aliases import merge
from newsimport.story.kickers import is_kicker, publisher_keys
from newsimport.story.lines import read
from newsimport.story.phrases import Phrase
from newsimport.story.words import CASED, HAN, fold, script_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsimport.models import Headline
    from newsimport.story.lines import Line
    from newsimport.story.phrases import Phrases


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
        return self.why == _KEPT


NO_RULES = TagRules()
_KEPT = "kept"
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


@lru_cache(maxsize=8192)
def tag_key(tag: str) -> str:
    """Return a tag folded, to know it again in another spelling ("Kim Jong-un", "KIM JONG UN")."""
    if tag.isascii() and tag.replace(" ", "").isalnum():
        return tag.lower()
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
    judged = _decide(headlines, language, limit, known, rules)
    return tuple([one.text for one in judged if one.why == _KEPT])


def explain_tags(
    headlines: Sequence[Headline],
    language: str = "",
    *,
    limit: int = 5,
    known: Mapping[str, str] | None = None,
    rules: TagRules = NO_RULES,
) -> tuple[Candidate, ...]:
    """Return every candidate for a tag, the surest first, with why it was kept or fell."""
    judged = _decide(headlines, language, limit, known, rules)
    return tuple([Candidate(one.text, round(one.score, 3), one.count, one.why) for one in judged])


def _decide(
    headlines: Sequence[Headline],
    language: str,
    limit: int,
    known: Mapping[str, str] | None,
    rules: TagRules,
) -> list[_Judged]:
    if rules.none:
        return []
    lines, tongue = read(headlines, language)
    found = candidates.gather(lines, tongue)
    unspaced.gather(found, lines, tongue)
    return _choose(_judge(found, lines, tongue), headlines, tongue, limit, known or {}, rules)


class _Judged:
    __slots__ = ("count", "phrase", "score", "text", "why")

    def __init__(self, phrase: Phrase, text: str, score: float, count: int, why: str = "") -> None:
        self.phrase = phrase
        self.text = text
        self.score = score
        self.count = count
        self.why = why


def _judge(found: Phrases, lines: list[Line], language: str) -> list[_Judged]:
    fallen = merge(found)
    weights = [line.weight for line in lines]
    judged = []
    for key, phrase in found.items():
        text = _shown(phrase, language)
        agree = _agreement(phrase, weights)
        one = _Judged(
            phrase, text, _score(phrase, agree, len(lines), language), phrase.lines.bit_count()
        )
        one.why = fallen.get(key, "")
        judged.append(one)
    judged.sort(key=lambda one: (-one.score, one.phrase.first, one.text))
    return judged


def _agreement(phrase: Phrase, weights: Sequence[float]) -> float:
    lines, agree, at = phrase.lines, -phrase.modifies, 0
    while lines:
        if lines & 1:
            agree += weights[at]
        lines >>= 1
        at += 1
    return agree


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
    if phrase.name:
        plain = {form: n for form, n in plain.items() if form[:1].isupper()} or forms
    return max(sorted(plain), key=lambda form: (plain[form], form[:1].isupper()))


# What a headline's word for a candidate is worth, by kind. Measured on clusters with hand-made
# tags: how often a candidate of the kind that two headlines share is one of them.
_WORTH_NAME = 0.9
_WORTH_GUESS = 0.6
_WORTH_PEOPLE = 0.8
# English headlines say "US" of nearly anything that happens there.
_WORTH_HOME = 0.6
_WORTH_PHRASE = 0.75
_WORTH_NOUN = 0.42
_FULL_NAME = 0.5
_IN_LEAD = 0.25
_ENOUGH = 1.0
_ENOUGH_ALONE = 1.1


def _score(phrase: Phrase, agree: float, total: int, language: str) -> float:
    size = len(phrase.stems)
    bonus = _IN_LEAD if phrase.first[0] == 0 else 0.0
    if phrase.place:
        named = any(places.is_name(fold(form), language) or form.isupper() for form in phrase.forms)
        worth = _WORTH_NAME if named else _WORTH_PEOPLE
        if phrase.place == "US" and language in {"en", ""}:
            worth = _WORTH_HOME
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
    if agree > 1:
        # Two of three headlines are more than two of nine.
        agree *= (5 / total) ** 0.5
    return agree * worth + bonus


def _choose(
    judged: list[_Judged],
    headlines: Sequence[Headline],
    language: str,
    limit: int,
    known: Mapping[str, str],
    rules: TagRules,
) -> list[_Judged]:
    if rules.limit is not None:
        limit = rules.limit
    publishers = _publishers(headlines)
    stop = {tag_key(tag) for tag in rules.stop}
    aliases = {tag_key(tag): wanted for tag, wanted in rules.aliases.items()}
    always = [_Judged(Phrase(()), tag, 0.0, 0, _KEPT) for tag in rules.always[:limit]]
    chosen: list[_Judged] = []
    taken = {tag_key(one.text) for one in always}
    for one in judged:
        if one.why:
            continue
        if len(taken) >= limit:
            one.why = "there are enough"
            continue
        key = tag_key(one.text)
        one.text = aliases.get(key) or known.get(key) or one.text
        one.why = _unfit(one, key, publishers, stop, taken)
        one.why = one.why or _outdone(one, chosen, language, len(headlines))
        if not one.why:
            one.why = _KEPT
            chosen.append(one)
            taken.add(tag_key(one.text))
    return always + judged


def _publishers(headlines: Sequence[Headline]) -> dict[str, bool]:
    """Return the publishers' names as tags would be written, and which of them are surely names.

    "berlin.de" must not forbid "Berlin" where other headlines say it: such a name is unsure.
    """
    found: dict[str, bool] = {}
    for row in headlines:
        for key, sure in _names_of(row.publisher):
            found[key] = found.get(key, False) or sure
    return found


@lru_cache(maxsize=2048)
def _names_of(publisher: str) -> tuple[tuple[str, bool], ...]:
    sure = "." not in publisher.strip(". ")
    whole = "".join(tag_key(publisher).split())
    return (*((key, sure) for key in publisher_keys(publisher)), (whole, True))


def _unfit(
    one: _Judged, key: str, publishers: dict[str, bool], stop: set[str], taken: set[str]
) -> str:
    """Return why a candidate can be no tag of any story of this site, "" if it can."""
    joined = "".join(key.split())
    if joined in publishers and (publishers[joined] or one.count < 2):
        return "a publisher of the story"
    if key in stop:
        return "in the stop list"
    if key in taken or tag_key(one.text) in taken:
        return "said already"
    if not key or (len(key) < 2 and script_of(key) != HAN):
        return "too short"
    return "a kicker or a day" if is_kicker(one.text) or key in _WEEKDAYS else ""


def _outdone(one: _Judged, chosen: list[_Judged], language: str, total: int) -> str:
    """Return why a candidate adds too little to those chosen before it, "" if it adds enough."""
    phrase = one.phrase
    if total > 1 and one.score < (_ENOUGH if one.count > 1 else _ENOUGH_ALONE) and chosen:
        return "one headline alone" if one.count == 1 else "too few headlines"
    # A lone headline has nobody to agree with it: two tags are as many as it vouches for.
    if total == 1 and one.score < _ENOUGH and len(chosen) > 1:
        return "one headline alone"
    for other in chosen:
        if _overlaps(phrase, other.phrase):
            return f"overlaps {other.text}"
    if not phrase.name and len(phrase.stems) > 1 and _is_covered(phrase, chosen, language):
        return "said by others together"
    return ""


def _is_covered(phrase: Phrase, chosen: list[_Judged], language: str) -> bool:
    """Tell whether the words of a phrase are tags already: "Japan" and "monkeys"."""
    said = {stem for other in chosen for stem in other.phrase.stems}
    return all(
        stem in said or "@" + places.territory(stem, language) in said for stem in phrase.stems
    )


def _overlaps(phrase: Phrase, other: Phrase) -> bool:
    if phrase.place or other.place or not any(stem in other.stems for stem in phrase.stems):
        return False
    several = phrase.lines & (phrase.lines - 1) != 0
    if phrase.name and other.name and several:
        # A maker and its product are two, and two of its products; with and without the maker's
        # name a product is one.
        short, long = sorted((phrase.stems, other.stems), key=len)
        if long[: len(short)] == short:
            return False
        return short[0] != long[0] or len(short) < 2
    return not (
        several
        and not phrase.name
        and len(phrase.stems) == 2
        and len(other.stems) == 1
        and not any(phrase.ranks)
    )
