"""Say in a line, and in a few, what a story is and who tells it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from newsimport.story import kickers, phrasebook
from newsimport.story.english import OF_GENRE
from newsimport.story.genres import ASKS, LISTED, LIVE, ONESELF, OPINION
from newsimport.story.letters import fold
from newsimport.story.lines import primary, read
from newsimport.story.places import territories
from newsimport.story.standing import NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsimport.models import Headline
    from newsimport.story.lines import Line

LONGEST_DESCRIPTION = 160
_MOST_HEADLINES = 3
_MOST_NAMES = 5
_ENDS = ".!?…。！？।۔؟"
_STOPS = {"ja": "。", "zh": "。", "zh-Hant": "。", "th": "", "hi": "।", "bn": "।", "ur": "۔"}
_CLOSING = "\"'”’»)」』）]"
_UNSPACED_LANGUAGES = frozenset(("ja", "zh", "zh-Hant", "th", "lo", "km", "my"))


def describe(headlines: Sequence[Headline], language: str = "") -> tuple[str, str]:
    """Return a line, and a few, on a story and who else covers it.

    The line has at most 160 characters: the lead headline, and as many other publishers as fit; a
    lead that is too long itself is cut at a word. The few are up to three headlines that add to one
    another.
    """
    if not headlines:
        return "", ""
    tongue = primary(language)
    lines, _, _ = read(headlines, language)
    names = _others(headlines)
    others = phrasebook.also_covered_by(names[:_MOST_NAMES], tongue)
    line = _in_a_line(_headline(lines[0]), names, others, tongue)
    told = [_sentence(text, tongue) for text in _choose(lines, tongue)]
    if others:
        told.append(others)
    return line, _apart(tongue).join(filter(None, told))


def _in_a_line(lead: str, names: list[str], others: str, tongue: str) -> str:
    """Return the lead, and as many other publishers as fit: all of `names` are `others`."""
    told = _sentence(lead, tongue)
    before = told + _apart(tongue) if told else ""
    if others and len(before) + len(others) <= LONGEST_DESCRIPTION:
        return before + others
    most = min(len(names), _MOST_NAMES)
    for some in chain((names[:count] for count in range(most - 1, 0, -1)), zip(names[1:])):
        others = phrasebook.also_covered_by(some, tongue)
        if len(before) + len(others) <= LONGEST_DESCRIPTION:
            return before + others
    return shorten(told if len(lead) < LONGEST_DESCRIPTION else lead, LONGEST_DESCRIPTION)


def shorten(text: str, longest: int) -> str:
    """Return `text` in at most `longest` characters, cut after a whole word, with an ellipsis."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    if not text[longest - 1].isspace() and " " in cut:
        whole, _, part = cut.rpartition(" ")
        # Scripts without spaces have one now and then; there the last one may be far back.
        cut = whole if part.isascii() or len(whole) > longest // 2 else cut
    return cut.rstrip(" ,;:–—-|·、，") + "…"


def _others(headlines: Sequence[Headline]) -> list[str]:
    """Return the other publishers' names, each once, without the lead's."""
    seen = {kickers.publisher_key(_first_name(headlines[0].publisher)), ""}
    names = []
    for row in headlines[1:]:
        key, name = _known_as(row.publisher)
        if key not in seen:
            seen.add(key)
            names.append(name)
    return names


@lru_cache(maxsize=1024)
def _known_as(publisher: str) -> tuple[str, str]:
    """Return what to compare a publisher by, and its name."""
    name = _first_name(" ".join(publisher.split()))
    return kickers.publisher_key(name) or fold(name), name


def _first_name(publisher: str) -> str:
    """Return a publisher's name without what stands beside it.

    "Zeteo | Substack" is a name and where it is printed, "Iran International | ایران" a name twice.
    """
    return publisher.partition(" | ")[0].strip() or publisher


def _headline(line: Line) -> str:
    """Return a headline with its kickers, without its publisher and its author."""
    text = kickers.without_publisher(line.row.title, [line.row.publisher])
    return text.rpartition("|")[0].strip() if line.signed and "|" in text else text


def _sentence(text: str, language: str) -> str:
    text = text.strip()
    if not text or text.rstrip(_CLOSING)[-1:] in _ENDS:
        return text
    return text + _STOPS.get(language, ".")


def _apart(language: str) -> str:
    """Return what stands between two sentences."""
    return "" if language in {"ja", "zh", "zh-Hant"} else " "


_Keys = frozenset[str]


def _keys(lines: list[Line], tongue: str) -> list[_Keys]:
    """Return the words of headlines, demonyms as their territories, to compare them by."""
    keys = [line.keys for line in lines]
    if not tongue:
        # A guess at the language is no ground to know peoples by their names in it.
        codes = territories("")
        keys = [
            frozenset([codes.get(word.key) or word.stem for word in line.words if not word.stop])
            for line in lines
        ]
    if tongue in _UNSPACED_LANGUAGES or not all(keys):
        for at, line in enumerate(lines):
            if not keys[at] or tongue in _UNSPACED_LANGUAGES:
                folded = "".join(fold(line.text).split())
                keys[at] = frozenset([folded[i : i + 2] for i in range(len(folded) - 1)])
    return keys


def _without_section(line: Line) -> str:
    """Return a headline without a section's name at its end: "Ferries collide | Norway"."""
    text = line.text
    if " | " not in text:
        return text
    head, _, section = text.rpartition(" | ")
    return head if len(section.split()) < 3 < len(head.split()) else text


def _is_news(line: Line, tongue: str) -> bool:
    """Tell news from opinion, live blogs, lists and questions, by how they are headed."""
    text = line.row.title.strip()
    if not text[-1:].isalnum() and text.rstrip(_CLOSING)[-1:] in "?？؟;":
        return False
    if "? " in text and "? " in _quoted().sub("", text):
        return False
    if not line.tells & OF_GENRE and text == line.text:
        return True
    folded = fold(text)
    if line.signed or _tells_of_oneself(folded, tongue):
        return False
    if not _PARTING.isdisjoint(text):
        marks = folded.replace(":", " : ").replace("|", " | ").split()
        edge = {word.strip("()[]【】") for word in (*marks[:2], *marks[-2:])}
        if not edge.isdisjoint(_no_news()):
            return False
    if NUMBER in line.roles and any(
        before.number and before.key.isdigit() and word.key in LISTED
        for before, word in pairwise(line.words)
    ):
        return False
    first = line.words[0] if line.words else None
    return not (first is not None and first.key in ASKS and first.stop)


_PARTING = frozenset(":|[【–—-")


@lru_cache(maxsize=1)
def _quoted() -> re.Pattern[str]:
    return re.compile(r"[\"“„«][^\"“”„«»]*[\"”“»]|(?<!\w)[‘'].*?[’'](?!\w)")


@lru_cache(maxsize=1)
def _here() -> re.Pattern[str]:
    return re.compile(r"\bhere's (?:what|how|why|where|when|who|the)\b")


def _tells_of_oneself(folded: str, tongue: str) -> bool:
    if "here's " in folded and _here().search(folded):
        return True
    oneself = ONESELF.get(tongue)
    words = folded.replace(",", " ").split()
    if oneself is None or oneself.isdisjoint(words):
        return False
    return not oneself.isdisjoint(_quoted().sub(" ", folded).replace(",", " ").split())


@lru_cache(maxsize=1)
def _no_news() -> frozenset[str]:
    return frozenset(fold(word) for word in OPINION | LIVE)


def _choose(lines: list[Line], tongue: str) -> list[str]:
    """Choose by maximal marginal relevance: near to the story, far from what was said.

    Carbonell and Goldstein, 1998; similarity is the Jaccard index of the headlines' words.
    """
    lead = 0
    while lead < len(lines) and not _is_news(lines[lead], tongue):
        lead += 1
    is_news = lead < len(lines)
    last = lead if is_news else 0
    chosen, pool = [last], [*range(last + 1, len(lines))]
    keys = _keys(lines, tongue) if pool else []
    known: _Keys = frozenset()
    near: list[float] = []
    said = [0.0] * len(lines)
    while pool and len(chosen) < _MOST_HEADLINES:
        known |= keys[last]
        pool = _adding(pool, keys, keys[last], known, said)
        if not pool:
            break
        near = near or _nearness(keys)
        last = _best(pool, near, said)
        while is_news and last >= 0 and not _is_news(lines[last], tongue):
            pool.remove(last)
            last = _best(pool, near, said)
        if last < 0:
            break
        chosen.append(last)
    # News is told in sentences; what is none says by its kicker what it is.
    tell = _without_section if is_news else _headline
    return [tell(lines[at]) for at in chosen]


def _best(pool: list[int], near: list[float], said: list[float]) -> int:
    """Return which headline of `pool` is most worth to be told next, -1 for none.

    `near` tells of each how near it is to the story, `said` how alike to what was chosen.
    """
    best, most = -1, 0.0
    for at in pool:
        worth = near[at] - 0.4 * said[at] + 0.2
        if worth > most and near[at]:
            best, most = at, worth
    return best


def _nearness(keys: list[_Keys]) -> list[float]:
    """Return how near each headline is to the story: how alike to each other one."""
    near = [0.0] * len(keys)
    sizes = [*map(len, keys)]
    for at, one in enumerate(keys):
        size = sizes[at]
        for i in range(at):
            both = len(one & keys[i])
            either = size + sizes[i] - both
            alike = both / either if either else 1.0
            near[at] += alike
            near[i] += alike
    return [0.6 * alike / (len(keys) - 1) for alike in near]


def _adding(
    pool: list[int], keys: list[_Keys], last: _Keys, known: _Keys, said: list[float]
) -> list[int]:
    """Return what has news, is unlike the last headline, and the shorter no echo of the longer.

    `known` are the words of all that was said, `last` those of the last; `said` is how alike each
    headline is to what was.
    """
    found = []
    other = len(last)
    first = len(known) == other
    for at in pool:
        one = keys[at]
        size, both = len(one), len(one & last)
        old = both if first else len(one & known)
        if (
            size - old > 2
            and both <= 0.55 * size
            and both <= 0.55 * other
            and (alike := both / (size + other - both)) <= 0.4
        ):
            said[at] = max(said[at], alike)
            found.append(at)
    return found
