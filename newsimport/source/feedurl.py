"""Build the URL of a Google News feed from words."""

from __future__ import annotations

import re
from datetime import date
from math import ceil
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from newsimport.errors import UsageError
from newsimport.records import NamedTuple
from newsimport.source import sections
from newsimport.source.editions import Edition, find_edition, topic_language
from newsimport.source.topics import (
    Topic,
    decode_section,
    decode_topic,
    encode_place,
    encode_topic,
    is_mid,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

BASE = "https://news.google.com/rss"

# A search feed holds no more items, and no cursor leads on: one that is this long is cut.
MOST_ITEMS = 100

# Google News accepts these spans: hours, days, months, years.
_SPAN = re.compile(r"[1-9][0-9]{0,3}[hdmy]")
# `before:` alone lets newer items through; a start that no archive reaches makes it exact.
_DAWN = date(1990, 1, 1)
_TOPIC_ID = re.compile(r"(CA[A-Za-z0-9_-]{10,})(?:/sections/([A-Za-z0-9_-]{10,}))?")


def build_url(*, topic: str = "", search: str = "", geo: str = "", locale: str = "en-US") -> str:
    """Return the feed URL of a topic, a search, a place, or with none of them the top stories.

    `topic` is a section's name in any case or language (world, Wirtschaft), a knowledge graph id
    (/m/09nm_) or a topic id; `search` a query with operators as `build_query` writes it; `geo` a
    place's name or knowledge graph id; `locale` as `find_edition` reads it. Raises UsageError.
    """
    edition = find_edition(locale)
    if sum(map(bool, (topic.strip(), search.strip(), geo.strip()))) > 1:
        raise UsageError("a feed is of a topic, a search or a place: give one of them")
    if topic.strip():
        return _url(_topic_path(topic.strip(), edition), edition)
    if geo.strip():
        return _url(_place_path(geo.strip()), edition)
    if search.strip():
        return _url("/search", edition, query=search.strip())
    return _url("", edition)


def _url(path: str, edition: Edition, query: str = "") -> str:
    return BASE + path + "?" + parameters(edition.hl, edition.gl, edition.ceid, query)


def parameters(hl: str, gl: str, ceid: str, query: str = "") -> str:
    """Return the query string of a feed URL, without what is empty."""
    named = {"q": query, "hl": hl, "gl": gl, "ceid": ceid}
    # Google writes the colons of ceid and of operators bare.
    return urlencode({name: value for name, value in named.items() if value}, safe=":")


def _topic_path(topic: str, edition: Edition) -> str:
    ids = _TOPIC_ID.fullmatch(topic)
    if ids:
        decode_topic(ids[1])
        if ids[2]:
            decode_section(ids[2])
        return f"/topics/{topic}"
    mid = topic if is_mid(topic) else _mid_of_name(topic, edition)
    if not mid:
        return f"/headlines/section/topic/{sections.NATION}"
    country = edition.gl if mid in sections.MIDS_BY_COUNTRY else ""
    return f"/topics/{encode_topic(Topic(mid, topic_language(edition), country))}"


def _mid_of_name(name: str, edition: Edition) -> str:
    """Return the mid of a section's name, "" for the nation, which has one in each country."""
    word = sections.word_of_name(name, edition.hl)
    if word == sections.NATION:
        return ""
    known = {**sections.MIDS, **sections.MIDS_WITHOUT_WORD}
    if word in known:
        return known[word]
    names = [known_word.lower().replace("_", " ") for known_word in (*sections.WORDS, *known)]
    from difflib import get_close_matches

    near = get_close_matches(name[:40].casefold(), names, n=1)
    hint = f"did you mean {near[0]}? There" if near else "there"
    raise UsageError(
        f"Google News has no section {name[:40]!r}; {hint} are "
        f"{', '.join(word.lower() for word in sections.WORDS)}; for anything else, search for it "
        "or give its knowledge graph id (/m/…)"
    )


def _place_path(place: str) -> str:
    if is_mid(place):
        return f"/topics/{encode_topic(Topic('', kind='local'))}/sections/{encode_place(place)}"
    return f"/headlines/section/geo/{quote(place, safe='')}"


def build_query(
    words: str = "",
    *,
    when: str = "",
    after: str = "",
    before: str = "",
    sites: Sequence[str] = (),
    intitle: Sequence[str] = (),
    exclude: Sequence[str] = (),
) -> str:
    """Return a search query with Google's operators.

    `when` is a span such as 1h, 7d, 1m; `after` and `before` are ISO dates; of several `sites` one
    is enough, all of `intitle` must be there, none of `exclude`. `before` without `after` is
    paired with one, for alone it lets newer items through. Raises UsageError.
    """
    parts = [words.strip()]
    parts += [f"intitle:{_one_term(term)}" for term in intitle]
    parts += [_one_of([f"site:{_site(site)}" for site in sites])]
    parts += [f"-{_one_term(term)}" for term in exclude]
    query = " ".join(filter(None, parts))
    if not query:
        raise UsageError("a search needs something to look for: words, a site or a title")
    return " ".join(filter(None, [query, _window(when, after, before)]))


def _one_of(terms: list[str]) -> str:
    return f"({' OR '.join(terms)})" if len(terms) > 1 else "".join(terms)


def _one_term(term: str) -> str:
    bare = " ".join(term.replace('"', " ").split())
    if not bare:
        raise UsageError("an empty word cannot be searched for or left out")
    return f'"{bare}"' if " " in bare else bare


def _site(site: str) -> str:
    bare = re.sub(r"^[a-z]+://", "", site.strip(), flags=re.IGNORECASE).rstrip("/")
    if not bare or re.search(r'[\s"()]', bare):
        raise UsageError(f"{site[:60]!r} is no site; one looks like example.org")
    return bare


def _window(when: str, after: str, before: str) -> str:
    if when:
        if after or before:
            raise UsageError("--when counts back from now: give it, or --after and --before")
        days_of(when)
        return f"when:{when.strip()}"
    if not before:
        return f"after:{read_day(after)}" if after else ""
    start, end = read_day(after) if after else _DAWN, read_day(before)
    if start >= end:
        raise UsageError(f"nothing is after {start} and before {end}")
    return f"after:{start} before:{end}"


def days_of(when: str) -> int:
    """Return how many days, today among them, hold a span such as 7d. Raises UsageError."""
    if not _SPAN.fullmatch(when.strip()):
        raise UsageError(f"{when[:40]!r} is no span; one looks like 1h, 7d, 1m or 1y")
    number, unit = int(when.strip()[:-1]), when.strip()[-1]
    days: int = {"h": ceil(number / 24), "d": number, "m": 31 * number, "y": 366 * number}[unit]
    # A span begins at this hour, a day at midnight.
    return days + 1


def read_day(text: str) -> date:
    """Return the day that an ISO date names. Raises UsageError for anything else."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f"{text[:40]!r} is no date; one looks like 2026-01-31") from error


class Search(NamedTuple):
    """A search without a window of its own, to be asked for one window of days after another.

    `query` is as `build_query` writes it; the windows are parts of that from `after` to `before`.
    """

    query: str
    after: date
    before: date
    locale: str = "en-US"

    def url(self, after: date, before: date) -> str:
        """Return the feed URL for one window. Raises UsageError for one that is empty."""
        query = f"{self.query} {_window('', after.isoformat(), before.isoformat())}"
        return build_url(search=query, locale=self.locale)


def uncut_windows(
    after: date, before: date, is_cut: Callable[[date, date], bool]
) -> Iterator[tuple[date, date]]:
    """Halve the days from `after` to `before` until no window is cut, and yield them in order.

    `is_cut` searches a window, once each, and tells whether it gave `MOST_ITEMS`. A single day that
    is cut cannot be halved: it is yielded as it is.
    """
    if is_cut(after, before) and (before - after).days > 1:
        middle = after + (before - after) // 2
        yield from uncut_windows(after, middle, is_cut)
        yield from uncut_windows(middle, before, is_cut)
    else:
        yield after, before
