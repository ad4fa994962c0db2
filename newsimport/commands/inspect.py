"""`newsimport inspect`: show what is in a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from newsimport.commands.options import (
    Site,
    complete_feeds,
    config_option,
    feed_url,
    filter_options,
    from_environment,
    reading_options,
)
from newsimport.commands.output import print_json, print_line
from newsimport.commands.sections import Sectioned

if TYPE_CHECKING:
    from datetime import datetime

    from newsimport.config import Settings, Source
    from newsimport.models import Feed, Headline, Story
    from newsimport.story.tags import Candidate


@from_environment
@click.command(cls=Sectioned)
@click.argument("source", metavar="FEED", shell_complete=complete_feeds)
@feed_url
@config_option
@filter_options
@reading_options
@click.option("--explain-tags", is_flag=True, help="Show why each tag was chosen, or fell.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.option(
    "--as",
    "site",
    type=Site(),
    help="Print the files that would be written for this generator.",
)
@click.pass_context
def inspect(
    ctx: click.Context,
    /,
    source: str,
    feed_url: str,
    explain_tags: bool,
    as_json: bool,
    site: str | None,
    **options: Any,
) -> None:
    """Show what is in FEED (a URL, a path, or - for standard input); write nothing.

    FEED may also be the name of one in newsimport.toml. What a filter would leave out is shown
    with the reason.

    \b
    Examples:
      newsimport inspect examples/world.xml
      newsimport inspect examples/world.xml --as hugo
      newsimport inspect world --exclude horoscope
    """
    from datetime import UTC, datetime

    from newsimport.commands.readstories import read_stories
    from newsimport.commands.settings import layout_settings
    from newsimport.stories import explain

    now = datetime.now(UTC)
    config = options.get("config")
    found = read_stories(ctx, source, feed_url, options, now)
    feed, stories, reasons = found.feed, found.stories, found.reasons
    if site:
        _print_files(feed, found.wanted, layout_settings(config, site), found.chosen, now)
        return
    explained = [explain(feed, story, found.naming) for story in stories] if explain_tags else []
    if as_json:
        print_json(_feed_as_json(feed, stories, reasons, explained))
        return
    for line in _explained(stories, explained) if explain_tags else _table(stories, reasons):
        print_line(line)


def _print_files(
    feed: Feed, stories: list[Story], settings: Settings, chosen: Source, now: datetime
) -> None:
    """Print the files that a first import would write."""
    from newsimport.preview import preview

    for number, (name, text) in enumerate(preview(feed, stories, settings, chosen, now)):
        if number:
            print_line("")
        print_line(f"==> {name} <==")
        for line in text.splitlines():
            print_line(line)


def _feed_as_json(
    feed: Feed,
    stories: list[Story],
    reasons: list[str],
    explained: list[tuple[Candidate, ...]],
) -> dict[str, Any]:
    """Return a feed's stories in version 1 of their format: fields may be added, none changed."""
    report = _stories_as_json(feed, stories, reasons)
    for story, candidates in zip(report["stories"], explained, strict=False):
        story["tag_candidates"] = [
            {
                "tag": one.text,
                "headlines": one.headlines,
                "score": one.score,
                "kept": one.kept,
                "why": one.why,
            }
            for one in candidates
        ]
    return report


def _stories_as_json(feed: Feed, stories: list[Story], reasons: list[str]) -> dict[str, Any]:
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
                "url": story.given_url,
                "publisher_link": _publishers(story),
                "published": story.published.strftime("%Y-%m-%dT%H:%M:%SZ")
                if story.published
                else None,
                "publisher": story.publisher,
                "publisher_url": story.publisher_url,
                "headlines": [
                    {
                        "title": line.title,
                        "url": line.given_url,
                        "publisher": line.publisher,
                        "publisher_link": _publishers(line),
                    }
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


def _publishers(line: Headline | Story) -> str:
    """Return the publisher's own link, "" where Google alone knows it."""
    from newsimport.source.googlenews import is_publishers

    return line.url if is_publishers(line.url) else ""


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


_WIDEST = 40


def _explained(stories: list[Story], explained: list[tuple[Candidate, ...]]) -> list[str]:
    """Return each story's candidates for a tag as a table, the tags first."""
    lines: list[str] = []
    for story, candidates in zip(stories, explained, strict=True):
        total = len(story.headlines)
        lines += ["", story.title] if lines else [story.title]
        if not candidates:
            lines.append("  nothing in it could be a tag")
            continue
        shown = [_cut(one.text) for one in candidates]
        width = max(map(_columns, (*shown, "tag")))
        lines.append(f"  {_fill('tag', width)}  headlines  score  why")
        for one, text in zip(candidates, shown, strict=True):
            agree = f"{one.headlines} of {total}" if one.headlines else "-"
            why = "a tag" if one.kept else one.why
            lines.append(f"  {_fill(text, width)}  {agree:>9}  {one.score:>5.2f}  {why}")
    return lines


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: marks none, wide characters two."""
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text
    )


def _fill(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))
