"""The command line: options to the importer, a report to text or JSON; no rules of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsimport import __version__

if TYPE_CHECKING:
    from newsimport.models import Feed, FeedReport, Report, Story

ACTIONS = ("created", "updated", "unchanged", "kept", "skipped")


class _Group(click.Group):
    """Says an expected failure in one line, and no traceback (clause 33)."""

    def invoke(self, ctx: click.Context) -> Any:
        from newsimport.errors import NewsimportError

        try:
            return super().invoke(ctx)
        except NewsimportError as error:
            if ctx.params.get("debug"):
                raise
            _say(f"newsimport: {error}")
            ctx.exit(error.status)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(debug: bool) -> None:  # noqa: ARG001, FBT001
    """Turn Google News feeds into Markdown front-matter files for Hugo and Jekyll."""


def _say(message: str) -> None:
    """Write a line for a person to stderr, without anything that could steer a terminal."""
    from newsimport.text import tidy

    click.echo(tidy(message), err=True)


# ---------------------------------------------------------------- fetch


@main.command()
@click.argument("sources", metavar="FEED...", nargs=-1, required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder for the stories' files.")
@click.option("--site", type=click.Choice(["hugo", "jekyll"]), help="The generator; found from the site's configuration file if not given.")
@click.option("--style", type=click.Choice(["modern", "classic"]), default="modern", show_default=True, help="How a file is written.")
@click.option("--feed-url", default="", metavar="URL", help="The feed's address, when it is read from a file or stdin.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Take the first N items of each feed.")
@click.option("--since", metavar="WHEN", help="Leave out older items: 12h, 7d, 2026-01-31.")
@click.option("--dry-run", is_flag=True, help="Decide everything, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Report what became of each item as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say what became of each item.")
@click.pass_context
def fetch(ctx: click.Context, sources: tuple[str, ...], as_json: bool, quiet: bool, verbose: bool, **options: Any) -> None:  # noqa: FBT001
    """Import each FEED (a URL, a path, or - for standard input) into the folder of --out.

    \b
    Example:
      newsimport fetch https://news.google.com/rss --out content/news
    """
    from datetime import UTC, datetime

    from newsimport.config import Settings, parse_since
    from newsimport.importer import import_feeds

    now = datetime.now(UTC)
    since = options.pop("since")
    settings = Settings(
        sources=sources,
        since=parse_since(since, now) if since else None,
        **{name: value for name, value in options.items() if value is not None},
    )
    with _Progress(shown=not (quiet or as_json)) as progress:
        report = import_feeds(settings, now, progress.show)
    if as_json:
        click.echo(_to_json(_report_as_json(report)))
    _tell(report, quiet=quiet or as_json, verbose=verbose)
    ctx.exit(report.exit)


class _Progress:
    """A line on the terminal that says what is under way; nothing elsewhere."""

    def __init__(self, *, shown: bool) -> None:
        self.shown = shown and sys.stderr.isatty()

    def __enter__(self) -> _Progress:
        return self

    def show(self, what: str) -> None:
        """Replace the line."""
        if self.shown:
            from newsimport.text import tidy

            click.echo(f"\r\x1b[K{tidy(what)[:70]} …", nl=False, err=True)

    def __exit__(self, *_exception: object) -> None:
        if self.shown:
            click.echo("\r\x1b[K", nl=False, err=True)


def _tell(report: Report, *, quiet: bool, verbose: bool) -> None:
    """Say how a run went: failures always, the rest on a terminal or when asked."""
    for feed in report.feeds:
        if feed.error:
            _say(f"newsimport: {feed.source}: {feed.error}")
            continue
        for outcome in feed.outcomes if verbose else ():
            because = f" ({outcome.reason})" if outcome.reason else ""
            _say(f"{outcome.action}: {outcome.path or outcome.guid}{because}")
        if verbose or (sys.stderr.isatty() and not quiet):
            for warning in feed.warnings:
                _say(f"{feed.source}: warning: {warning}")
            done = ", ".join(f"{count} {action}" for action, count in _counts(feed).items() if count)
            _say(f"{feed.source}: {done or 'no items'}{' (dry run)' if report.dry_run else ''}")


def _counts(feed: FeedReport) -> dict[str, int]:
    actions = [outcome.action for outcome in feed.outcomes]
    return {action: actions.count(action) for action in ACTIONS}


def _to_json(document: dict[str, Any]) -> str:
    import json

    return json.dumps(document, ensure_ascii=False, indent=1)


def _report_as_json(report: Report) -> dict[str, Any]:
    """Return the report in version 1 of its format: fields may be added, none changed."""
    return {
        "version": 1,
        "out": report.out,
        "dry_run": report.dry_run,
        "exit": report.exit,
        "feeds": [
            {
                "source": feed.source,
                "status": feed.status,
                "error": {"kind": feed.error_kind, "message": feed.error} if feed.error else None,
                "warnings": list(feed.warnings),
                "counts": _counts(feed),
                "stories": [
                    {"guid": item.guid, "path": item.path, "action": item.action, "reason": item.reason}
                    for item in feed.outcomes
                ],
            }
            for feed in report.feeds
        ],
    }


# ---------------------------------------------------------------- inspect


@main.command()
@click.argument("source", metavar="FEED")
@click.option("--feed-url", default="", metavar="URL", help="The feed's address, when it is read from a file or stdin.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def inspect(source: str, feed_url: str, as_json: bool) -> None:  # noqa: FBT001
    """Show what is in FEED (a URL, a path, or - for standard input); write nothing.

    \b
    Example:
      newsimport inspect examples/world.xml
    """
    from datetime import UTC, datetime

    from newsimport.errors import NewsimportError
    from newsimport.importer import read_feed
    from newsimport.stories import read_headlines, tell

    now = datetime.now(UTC)
    try:
        feed = read_feed(source, feed_url)
    except NewsimportError as error:
        raise type(error)(f"{source}: {error}") from error
    stories = [tell(feed, entry, read_headlines(feed, entry), now) for entry in feed.entries]
    if as_json:
        click.echo(_to_json(_feed_as_json(feed, stories)))
        return
    for line in _table(stories):
        click.echo(line)


def _feed_as_json(feed: Feed, stories: list[Story]) -> dict[str, Any]:
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
                "published": story.published.strftime("%Y-%m-%dT%H:%M:%SZ") if story.published else None,
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
            }
            for story in stories
        ],
    }


def _table(stories: list[Story]) -> list[str]:
    """Return the stories as lines for a person: when, what, then who covers it and its tags."""
    lines = []
    for story in stories:
        when = story.published.strftime("%Y-%m-%d %H:%M") if story.published else "no date"
        publishers = ", ".join(dict.fromkeys(line.publisher for line in story.headlines if line.publisher))
        lines.append(f"{when:16}  {story.title}")
        if publishers:
            lines.append(f"{'':16}  {len(story.headlines)} × {publishers}")
        if story.tags:
            lines.append(f"{'':16}  # {', '.join(story.tags)}")
    return lines
