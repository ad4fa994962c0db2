"""Choose a story's tags: what its headlines agree that it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from newsimport.story import candidates, places, unspaced
from newsimport.story.kickers import publisher_key
from newsimport.story.lines import read
from newsimport.story.words import fold

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


def tag_key(tag: str) -> str:
    """Return a tag folded, to know it again in another spelling ("Kim Jong-un", "KIM JONG UN")."""
    return " ".join("".join(c if c.isalnum() or not c.isascii() else "" if c in ".'" else " " for c in fold(tag)).split())


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
    return _choose(judged, headlines, tongue, rules.limit if rules.limit is not None else limit, known or {}, rules)


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
        agree = sum(weight for i, weight in enumerate(weights) if phrase.lines >> i & 1)
        one = _Judged(phrase, text, _score(phrase, agree, len(lines), language), phrase.lines.bit_count())
        one.why = fallen.get(key, "")
        judged.append(one)
    judged.sort(key=lambda one: (-one.score, one.phrase.first, one.text))
    return judged


def _shown(phrase: Phrase, language: str) -> str:
    if phrase.place:
        named = {form: n for form, n in phrase.forms.items() if places.is_name(fold(form), language) or (phrase.place != "US" and form.isupper())}
        if not named or (phrase.place == "US" and language in {"en", ""}):
            return places.name_of(phrase.place, language) or max(phrase.forms, key=lambda f: phrase.forms[f])
        return max(sorted(named), key=lambda form: named[form])
    return max(sorted(phrase.forms), key=lambda form: (phrase.forms[form], form[:1].isupper()))


def _score(phrase: Phrase, agree: float, total: int, language: str) -> float:
    score = agree
    size = len(phrase.stems)
    if phrase.place:
        if not any(places.is_name(fold(form), language) or form.isupper() or "." in form for form in phrase.forms):
            score *= 0.8
    elif phrase.quoted:
        score *= 1.1
    elif phrase.name:
        score *= 1.0 if phrase.rank == 0 else 0.8
    elif size > 1:
        score *= 0.9
    else:
        score *= 0.7
    if phrase.first[0] == 0:
        score += 0.25
    if size > 1 and phrase.name:
        score += 0.2
    return score


def _merge(found: Phrases) -> dict[str, str]:
    """Join what names the same, and drop what is only ever said as part of more."""
    fallen: dict[str, str] = {}
    items = sorted(found.items(), key=lambda item: -len(item[1].stems))
    items = [(key, phrase) for key, phrase in items if not phrase.place]
    lines_of: dict[str, int] = {}
    for _, phrase in items:
        for stem in phrase.stems:
            if len(phrase.stems) == 1:
                lines_of[stem] = lines_of.get(stem, 0) | phrase.lines
    for at, (key, long) in enumerate(items):
        if len(long.stems) < 2 or key in fallen:
            continue
        for other, short in items[at + 1 :]:
            if other in fallen or len(short.stems) >= len(long.stems) or not _within(short.stems, long.stems):
                continue
            if short.lines & ~long.lines == 0:
                fallen[other] = f"only within {' '.join(long.stems)}"
            elif long.name and short.name and _extends(long, short, items, lines_of):
                long.lines |= short.lines
                long.first = min(long.first, short.first)
                fallen[other] = "the same as a longer name"
    return fallen


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> int:
    size = len(short)
    for at in range(len(long) - size + 1):
        if long[at : at + size] == short:
            return at + 1
    return 0


def _extends(long: Phrase, short: Phrase, items: list[tuple[str, Phrase]], lines_of: dict[str, int]) -> bool:
    if len(short.stems) > 1 or len(long.stems) > 3:
        return False
    extra = [stem for stem in long.stems if stem not in short.stems]
    if any(stem[:1].isdigit() or lines_of.get(stem, 0) & ~long.lines for stem in extra):
        return False
    rivals = [p for _, p in items if p is not long and p.name and len(p.stems) > 1 and _within(short.stems, p.stems) and not _within(p.stems, long.stems) and not _within(long.stems, p.stems)]
    return all(rival.lines.bit_count() < long.lines.bit_count() for rival in rivals)


def _choose(
    judged: list[_Judged],
    headlines: Sequence[Headline],
    language: str,
    limit: int,
    known: Mapping[str, str],
    rules: TagRules,
) -> tuple[Candidate, ...]:
    publishers = {publisher_key(row.publisher) for row in headlines} | {"".join(tag_key(row.publisher).split()) for row in headlines}
    stop = {tag_key(tag) for tag in rules.stop}
    aliases = {tag_key(tag): wanted for tag, wanted in rules.aliases.items()}
    chosen: list[_Judged] = []
    taken: set[str] = set()
    out: list[Candidate] = []
    for tag in rules.always[:limit]:
        taken.add(tag_key(tag))
        out.append(Candidate(tag, 0.0, 0, "kept"))
    best = judged[0].score if judged else 0.0
    for one in judged:
        key = tag_key(one.text)
        text = aliases.get(key) or known.get(key) or one.text
        if not one.why:
            one.why = _fault(one, key, publishers, stop, taken, chosen, best, len(headlines))
            if not one.why and len(taken) >= limit:
                one.why = "there are enough"
            if not one.why:
                one.why = "kept"
                chosen.append(one)
                taken.add(tag_key(text))
        out.append(Candidate(text, round(one.score, 3), one.count, one.why))
    return tuple(out)


def _fault(one: _Judged, key: str, publishers: set[str], stop: set[str], taken: set[str], chosen: list[_Judged], best: float, total: int) -> str:
    phrase = one.phrase
    if "".join(key.split()) in publishers:
        return "a publisher of the story"
    if key in stop:
        return "in the stop list"
    if key in taken:
        return "said already"
    if not key or (len(key) < 2 and key.isascii()):
        return "too short"
    for other in chosen:
        if _overlaps(phrase, other.phrase):
            return f"overlaps {other.text}"
    if total > 1 and one.count < 2:
        if len(chosen) >= 3 or not phrase.name:
            return "one headline alone"
    elif len(chosen) >= 2 and one.score < 0.3 * best:
        return "too weak"
    return ""


def _overlaps(phrase: Phrase, other: Phrase) -> bool:
    if phrase.place or other.place:
        return False
    if phrase.name and other.name and phrase.lines.bit_count() > 1:
        return False
    return not set(phrase.stems).isdisjoint(other.stems)
