"""Read the stories of one feed, as `inspect` and `preview` show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    import click

    from newsimport.config import Source
    from newsimport.models import Feed, Story
    from newsimport.stories import Naming


@dataclass(frozen=True, slots=True)
class Read:
    """A feed and its stories; `reasons` say, story by story, why a filter leaves it out, or ""."""

    feed: Feed
    chosen: Source
    naming: Naming
    stories: list[Story]
    reasons: list[str]

    @property
    def wanted(self) -> list[Story]:
        """The stories that no filter leaves out."""
        pairs = zip(self.stories, self.reasons, strict=True)
        return [story for story, reason in pairs if not reason]


def read_stories(
    ctx: click.Context, word: str, feed_url: str, options: dict[str, Any], now: datetime
) -> Read:
    """Return the stories of the feed that a word names, by the options that say how to read it.

    Raises NewsimportError, which names the feed.
    """
    from newsimport.commands.settings import settle
    from newsimport.errors import NewsimportError
    from newsimport.reading import read_feed
    from newsimport.source.cookies import read_cookies
    from newsimport.source.fetch import Asking
    from newsimport.source.limits import Limits
    from newsimport.source.urls import public_url
    from newsimport.stories import Naming, read_headlines, tell

    settings = settle(ctx, (word,), options, now, writes=False)
    (chosen,) = settings.all_sources()
    limits = Limits(max_bytes=settings.max_bytes, allow_private=settings.allows_private(chosen))
    jar = settings.cookies_for(chosen)
    try:
        asking = Asking(limits=limits, cookies=read_cookies(jar) if jar else ())
        feed = read_feed(chosen.url, feed_url, asking)
    except NewsimportError as error:
        shown = public_url(word)
        if str(error).startswith(shown):
            raise
        told = type(error)(f"{shown}: {error}")
        told.status = error.status
        raise told from error
    rules = settings.tags.refined(chosen.tags)
    naming = Naming(rules, chosen.categories, settings.categories)
    stories, reasons = [], []
    for entry in feed.entries:
        sifted, headlines, reason = chosen.filters.sift(entry, read_headlines(feed, entry), now)
        stories.append(tell(feed, sifted, headlines, now, naming))
        reasons.append(reason)
    return Read(feed, chosen, naming, stories, reasons)
