"""`newsimport inspect`: show what is in a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from newsimport.commands.options import (
    asking_of,
    config_option,
    feed_url,
    filter_options,
    reading_options,
)
from newsimport.commands.output import print_json, print_line

if TYPE_CHECKING:
    from newsimport.models import Feed, Story


@click.command()
@click.argument("source", metavar="FEED")
@feed_url
@config_option
@filter_options
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.pass_context
def inspect(
    ctx: click.Context, /, source: str, feed_url: str, as_json: bool, **options: Any
) -> None:
    """Show what is in FEED (a URL, a path, or - for standard input); write nothing.

    FEED may also be the name of one in newsimport.toml. What a filter would leave out is shown
    with the reason.

    \b
    Examples:
      newsimport inspect examples/world.xml
      newsimport inspect world --exclude horoscope
    """
    from datetime import UTC, datetime

    from newsimport.commands.settings import settle_one
    from newsimport.errors import NewsimportError
    from newsimport.importer import read_feed
    from newsimport.source.fetch import public_url
    from newsimport.stories import read_headlines, tell

    now = datetime.now(UTC)
    chosen = settle_one(ctx, source, options)
    reading = {name: options[name] for name in ("allow_private", "cookie_file", "max_bytes")}
    reading["allow_private"] = reading["allow_private"] or chosen.allow_private
    reading["cookie_file"] = chosen.cookie_file or reading["cookie_file"]
    try:
        feed = read_feed(chosen.url, feed_url, asking_of(**reading))
    except NewsimportError as error:
        shown = public_url(source)
        if str(error).startswith(shown):
            raise
        raise type(error)(f"{shown}: {error}") from error
    stories, reasons = [], []
    for entry in feed.entries:
        sifted, headlines, reason = chosen.filters.sift(entry, read_headlines(feed, entry), now)
        stories.append(tell(feed, sifted, headlines, now))
        reasons.append(reason)
    if as_json:
        print_json(_feed_as_json(feed, stories, reasons))
        return
    for line in _table(stories, reasons):
        print_line(line)


def _feed_as_json(feed: Feed, stories: list[Story], reasons: list[str]) -> dict[str, Any]:
    """Return a feed's stories in version 1 of their format: fields may be added, none changed."""
    return {
        "version": 1,
        "feed": {
            "url": feed.url,
            "title": feed.title,
            "language": feed.language,
            "items": len(feed.entries),
            "warnings": list(feed.warnings),
        },
        "stories": [
            {
                "guid": story.guid,
                "title": story.title,
                "url": story.url,
                "published": story.published.strftime("%Y-%m-%dT%H:%M:%SZ")
                if story.published
                else None,
                "publisher": story.publisher,
                "publisher_url": story.publisher_url,
                "headlines": [
                    {"title": line.title, "url": line.url, "publisher": line.publisher}
                    for line in story.headlines
                ],
                "description": story.description,
                "summary": story.summary,
                "image": story.image,
                "categories": list(story.categories),
                "tags": list(story.tags),
                "language": story.language,
                "dropped": reason or None,
            }
            for story, reason in zip(stories, reasons, strict=True)
        ],
    }


def _table(stories: list[Story], reasons: list[str]) -> list[str]:
    """Return the stories as lines for a person: when, what, then who covers it and its tags."""
    lines = []
    for story, reason in zip(stories, reasons, strict=True):
        when = story.published.strftime("%Y-%m-%d %H:%M") if story.published else "no date"
        publishers = ", ".join(
            dict.fromkeys(line.publisher for line in story.headlines if line.publisher)
        )
        lines.append(f"{when:16}  {story.title}")
        if reason:
            lines.append(f"{'':16}  left out: {reason}")
            continue
        if publishers:
            lines.append(f"{'':16}  {len(story.headlines)} × {publishers}")
        if story.tags:
            lines.append(f"{'':16}  # {', '.join(story.tags)}")
    return lines
