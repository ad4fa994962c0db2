"""Decide which items and which rows of a cluster a user wants; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from newsimport.errors import UsageError
from newsimport.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from newsimport.models import Entry, Headline


class Filters(NamedTuple):
    """What a user wants of a feed; nothing given, everything.

    `include` and `exclude` are regular expressions on title, publisher or link, or on one of them
    ("publisher:^Globe"); upper and lower case are the same to them. `allow` and `block` name
    publishers, or the domains of their links.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    min_headlines: int = 0
    max_age: timedelta | None = None
    allow: tuple[str, ...] = ()
    block: tuple[str, ...] = ()

    def refined(self, **given: Any) -> Filters:
        """Return these with others in place of some. Raises UsageError for what cannot be."""
        filters = self._replace(**given)
        if filters.include or filters.exclude:
            # Here and below: few feeds have any.
            from newsimport.matching import check

            for pattern in (*filters.include, *filters.exclude):
                check(pattern)
        if not all(map(str.strip, (*filters.allow, *filters.block))):
            raise UsageError("an empty name is no publisher to allow or block")
        return filters

    def __bool__(self) -> bool:
        return self != NO_FILTERS

    def sift(
        self, entry: Entry, headlines: Sequence[Headline], now: datetime
    ) -> tuple[Entry, tuple[Headline, ...], str]:
        """Return an item without the rows of unwanted publishers, and why it is unwanted, or "".

        When the row that led is gone, the next one leads. Raises FilterError when a regular
        expression takes too long.
        """
        rows = tuple(headline for headline in headlines if self._is_wanted(headline, entry))
        if not rows:
            return entry, tuple(headlines), "its publisher is blocked, or not among those allowed"
        if rows[0] != headlines[0]:
            lead = rows[0]
            entry = entry._replace(link=lead.url, publisher=lead.publisher, publisher_url="")
        return entry, rows, self._reason(entry, rows, now)

    def _is_wanted(self, headline: Headline, entry: Entry) -> bool:
        if not (self.allow or self.block):
            return True
        names = _names(headline, entry)
        if any(_is_one(names, publisher) for publisher in self.block):
            return False
        return not self.allow or any(_is_one(names, publisher) for publisher in self.allow)

    def _reason(self, entry: Entry, rows: tuple[Headline, ...], now: datetime) -> str:
        if len(rows) < self.min_headlines:
            return f"{len(rows)} of at least {self.min_headlines} headlines (min_headlines)"
        if self.max_age and entry.published and entry.published < now - self.max_age:
            return "older than max_age"
        if not (self.include or self.exclude):
            return ""
        from newsimport.matching import matches, short

        texts = {
            "title": rows[0].title,
            "publisher": rows[0].publisher or entry.publisher,
            "link": entry.link or rows[0].url,
        }
        if found := next((word for word in self.exclude if matches(word, texts)), ""):
            return f"exclude {short(found)} matches"
        if self.include and not any(matches(word, texts) for word in self.include):
            return "no include matches"
        return ""


def _names(headline: Headline, entry: Entry) -> set[str]:
    """Return what a row's publisher is known by: its name, and the host of its link."""
    publisher = headline.publisher or entry.publisher
    names = {publisher.casefold()} if publisher else set()
    for address in (headline.url, entry.publisher_url if publisher == entry.publisher else ""):
        try:
            names.add((urlsplit(address).hostname or "").removeprefix("www."))
        except ValueError:
            continue
    return names


def _is_one(names: set[str], publisher: str) -> bool:
    wanted = publisher.casefold().removeprefix("www.")
    return any(name == wanted or ("." in wanted and name.endswith(f".{wanted}")) for name in names)


NO_FILTERS = Filters()
