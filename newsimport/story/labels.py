"""Make tags of the categories that a feed gives its items itself."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsimport.story.fitness import publishers_of, tag_key, why_unfit
from newsimport.story.rules import NO_RULES
from newsimport.story.tags import KEPT, Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newsimport.story.rules import TagRules

# What is longer is a sentence, and what has more words too.
_LONGEST, _MOST_WORDS = 60, 6
# No item has so many categories; whoever writes them wants to keep us busy.
_MOST_READ = 100
_APART = re.compile(r"[;|•·；]| [-–—>»] ")
_COMMA = re.compile(r"[,、，]")
_AROUND = "#\"'“”„«»‘’()[]{}<>/\\:*,- "
# What blogs file under when nobody chose a category, as their makers ship it.
_UNSORTED = """
uncategorized uncategorised unkategorisiert allgemein non-classé non-classifié sin-categoría
sin-categorizar sem-categoria senza-categoria geen-categorie okategoriserade bez-kategorii
без-рубрики 未分類 未分类 미분류 misc miscellaneous other default none general news

"""


def explain_labels(
    categories: Sequence[str],
    publishers: Sequence[str] = (),
    *,
    known: Mapping[str, str] | None = None,
    rules: TagRules = NO_RULES,
) -> tuple[Candidate, ...]:
    """Return a feed's own categories, cleaned, with why each becomes a tag or falls.

    Those kept are the tags: each once, as many as `rules` allow, in the feed's order. `publishers`
    are names that are no tags. `known` and `rules` as for `choose_tags`.
    """
    names = publishers_of(publishers)
    stop = {tag_key(tag) for tag in rules.stop}
    aliases = {tag_key(tag): wanted for tag, wanted in rules.aliases.items()}
    always = {tag_key(tag): Candidate(tag, 0.0, 0, KEPT) for tag in rules.always}
    judged = list(always.values())[: rules.most]
    taken = set(list(always)[: rules.most])
    for label in _parted(categories):
        own = tag_key(label)
        text = aliases.get(own) or (known.get(own) if known else None) or label
        key = tag_key(text)
        why = why_unfit(label, names, agreed=False) or _why_no_label(label, own)
        if own in stop or key in stop:
            why = "in the stop list"
        why = why or ("said already" if key in taken else "")
        why = why or ("there are enough" if len(taken) >= rules.most else "")
        if not why:
            taken.add(key)
        judged.append(Candidate(text, 0.0, 1, "no tags are wanted" if rules.none else why or KEPT))
    if rules.none:
        return tuple(one for one in judged if not one.kept)
    return tuple(judged)


def _parted(categories: Sequence[str]) -> Iterator[str]:
    """Yield the labels: a path is several, a lone category with commas too; "#" marks a tag."""
    lone = len(categories) == 1
    for category in categories[:_MOST_READ]:
        for part in _APART.split(category[: 10 * _LONGEST]):
            for label in _COMMA.split(part) if lone else [part]:
                yield from _steps(" ".join(label.replace("_", " ").split()).strip(_AROUND))


def _steps(label: str) -> list[str]:
    """Return the steps of a path ("News/World"); a name may have a slash as well ("AC/DC")."""
    steps = [step.strip() for step in label.split("/")]
    if "://" not in label and len(steps) > 1 and all(len(step) > 3 for step in steps):
        return steps
    return [label] if label else []


def _why_no_label(label: str, key: str) -> str:
    if "://" in label or label.startswith("www.") or "@" in label:
        return "an address"
    if len(label) > _LONGEST or len(label.split()) > _MOST_WORDS:
        return "a sentence"
    if not any(char.isalpha() for char in label) or "=" in label:
        return "a number or a code"
    return "no subject" if key in _unsorted() else ""


@lru_cache(maxsize=1)
def _unsorted() -> frozenset[str]:
    return frozenset(tag_key(word) for word in _UNSORTED.split())
