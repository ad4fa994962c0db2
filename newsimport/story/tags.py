"""Choose a story's tags: what its headlines agree that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.records import NamedTuple
from newsimport.story import candidates, places, scores, unspaced
from newsimport.story.aliases import merge
from newsimport.story.fitness import publishers_of, tag_key, why_unfit
from newsimport.story.lines import read
from newsimport.story.phrases import Phrase
from newsimport.story.rules import NO_RULES, TagRules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from newsimport.models import Headline
    from newsimport.story.aliases import Fall
    from newsimport.story.lines import Line
    from newsimport.story.phrases import Phrases

__all__ = ["NO_RULES", "Candidate", "TagRules", "choose_tags", "explain_tags", "tag_key"]


class Candidate(NamedTuple):
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
        return self.why == KEPT


KEPT = "kept"
# What a candidate weighs that is not the first: two of five headlines that say a name.
_ENOUGH = 1.0
_ENOUGH_ALONE = 1.1
# While there are fewer than three, a place or a name that one headline says is better than none.
_ENOUGH_IF_FEW = 0.9
_FEW = 3


def choose_tags(
    headlines: Sequence[Headline],
    language: str = "",
    *,
    known: Mapping[str, str] | None = None,
    rules: TagRules = NO_RULES,
) -> tuple[str, ...]:
    """Return the tags of a cluster of headlines, the surest first, as many as `rules` allow."""
    if rules.none:
        return ()
    lines, tongue, shared = read(headlines, language)
    judged, _ = _judge(_gather(lines, shared, tongue), lines, tongue)
    kept = _choose(judged, headlines, tongue, known, rules, every=False)
    return tuple([one.text for one in kept if one.why == KEPT])


def explain_tags(
    headlines: Sequence[Headline],
    language: str = "",
    *,
    known: Mapping[str, str] | None = None,
    rules: TagRules = NO_RULES,
) -> tuple[Candidate, ...]:
    """Return every candidate for a tag, the surest first, with why it was kept or fell."""
    lines, tongue, shared = read(headlines, language)
    found = _gather(lines, shared, tongue)
    judged, fallen = _judge(found, lines, tongue)
    judged = _choose(judged, headlines, tongue, known, rules, every=True)
    parts = _weigh([found[key] for key in fallen], lines, tongue)
    for one, (why, other) in zip(parts, fallen.values(), strict=True):
        one.why = f"{why} {scores.shown(other, tongue)}" if other else why
        judged.append(one)
    judged.sort(key=lambda one: (one.why != KEPT, -one.score))
    why = "no tags are wanted" if rules.none else ""
    return tuple(
        [Candidate(one.text, round(one.score, 3), one.count, why or one.why) for one in judged]
    )


def _gather(lines: list[Line], shared: set[str], language: str) -> Phrases:
    found = candidates.gather(lines, shared, language)
    unspaced.gather(found, lines, language)
    return found


class _Judged:
    """A candidate, what it weighs and what becomes of it; `count` headlines say it."""

    __slots__ = ("count", "phrase", "score", "text", "why")

    def __init__(self, phrase: Phrase, text: str, score: float, why: str = "") -> None:
        self.phrase = phrase
        self.text = text
        self.score = score
        self.count = phrase.lines.bit_count()
        self.why = why


def _judge(
    found: Phrases, lines: list[Line], language: str
) -> tuple[list[_Judged], dict[str, Fall]]:
    """Return the candidates by their weight, and those that are only parts or forms of others."""
    fallen = merge(found)
    judged = _weigh([phrase for key, phrase in found.items() if key not in fallen], lines, language)
    judged.sort(key=_by_weight)
    return judged, fallen


def _by_weight(one: _Judged) -> tuple[float, int, str]:
    return -one.score, one.phrase.first, one.text


def _weigh(phrases: list[Phrase], lines: list[Line], language: str) -> list[_Judged]:
    copies, total = scores.copies_of(lines), len(lines)
    return [
        _Judged(
            phrase, scores.shown(phrase, language), scores.score(phrase, copies, total, language)
        )
        for phrase in phrases
    ]


def _choose(
    judged: list[_Judged],
    headlines: Sequence[Headline],
    language: str,
    known: Mapping[str, str] | None,
    rules: TagRules,
    *,
    every: bool,
) -> list[_Judged]:
    """Say of each candidate why it is a tag or none; the user's own tags come first.

    Unless `every` one is asked for, nothing is said of those that no tag comes behind.
    """
    most = rules.most
    publishers = publishers_of([row.publisher for row in headlines])
    stop = {tag_key(tag) for tag in rules.stop}
    aliases = {tag_key(tag): wanted for tag, wanted in rules.aliases.items()}
    always = {tag_key(tag): _Judged(Phrase(()), tag, 0.0, KEPT) for tag in rules.always}
    first = list(always.values())[:most]
    taken = set(list(always)[:most])
    chosen: list[_Judged] = []
    said: set[str] = set()
    total = len(headlines)
    for one in judged:
        enough = len(taken) >= most
        # Behind the first, nothing that weighs less becomes a tag.
        light = one.score < _ENOUGH_IF_FEW and len(chosen) > (total == 1)
        if (enough or light) and not every:
            break
        if enough:
            one.why = "there are enough"
            continue
        own = key = tag_key(one.text)
        one.why = why_unfit(one.text, publishers, agreed=one.count > 1)
        wanted = aliases.get(own) or (known.get(own) if known else None)
        if wanted:
            one.text, key = wanted, tag_key(wanted)
        if stop and (own in stop or key in stop):
            one.why = "in the stop list"
        elif not one.why and key in taken:
            one.why = "said already"
        elif not one.why:
            one.why = _outdone(one, chosen, said, language, total)
        if not one.why:
            one.why = KEPT
            chosen.append(one)
            taken.add(key)
            said.update(one.phrase.stems)
    return first + judged


def _outdone(
    one: _Judged, chosen: list[_Judged], said: AbstractSet[str], language: str, total: int
) -> str:
    """Return why a candidate adds too little to those chosen before it, "" if it adds enough.

    `said` are the stems of those chosen.
    """
    if not chosen:
        return ""
    phrase, few = one.phrase, len(chosen) < _FEW
    if total > 1:
        enough = _ENOUGH if one.count > 1 else _ENOUGH_ALONE
        if few and phrase.proven and (phrase.place or len(one.text) > 2 or not one.text.isascii()):
            enough = _ENOUGH_IF_FEW
        if one.score < enough:
            return "one headline alone" if one.count == 1 else "too few headlines"
    # A lone headline has nobody to agree with it: two tags are as many as it vouches for.
    elif one.score < _ENOUGH and len(chosen) > 1:
        return "one headline alone"
    if not phrase.place and not said.isdisjoint(phrase.stems):
        for other in chosen:
            if _overlaps(phrase, other.phrase, few=few):
                return f"overlaps {other.text}"
    if not phrase.proven and len(phrase.stems) > 1 and _is_covered(phrase, said, language):
        return "said by others together"
    return ""


def _is_covered(phrase: Phrase, said: AbstractSet[str], language: str) -> bool:
    """Tell whether the words of a phrase are tags already: "Japan" and "monkeys"."""
    new = [
        stem
        for stem in phrase.stems
        if stem not in said and "@" + places.territory(stem, language) not in said
    ]
    # "US judge" adds nothing to "judge".
    first = phrase.stems[0]
    return not new or (new == [first] and bool(places.territory(first.casefold(), language)))


def _is_unspaced(phrase: Phrase) -> bool:
    first = phrase.stems[0]
    return len(first) == 1 and first > "\u0e00" and len(phrase.stems) > 1


def _overlaps(phrase: Phrase, other: Phrase, *, few: bool) -> bool:
    if other.place or not any(stem in other.stems for stem in phrase.stems):
        return False
    if _is_unspaced(phrase) and _is_unspaced(other):
        # Their stems are single characters, which many words share.
        one, two = "".join(phrase.stems), "".join(other.stems)
        return one in two or two in one
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
        and few
        and not phrase.name
        and len(phrase.stems) == 2
        and phrase.stems[:1] == other.stems
        and not any(phrase.ranks)
    )
