"""`newsimport fetch`: import feeds into a folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsimport.commands.output import Progress, print_json, say

if TYPE_CHECKING:
    from newsimport.models import FeedReport, Report

ACTIONS = ("created", "updated", "unchanged", "kept", "skipped")


@click.command()
@click.argument("sources", metavar="FEED...", nargs=-1, required=True)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder for the stories' files.",
)
@click.option(
    "--site",
    type=click.Choice(["hugo", "jekyll"]),
    help="The generator; found from the site's configuration file if not given.",
)
@click.option(
    "--style",
    type=click.Choice(["modern", "classic"]),
    default="modern",
    show_default=True,
    help="How a file is written.",
)
@click.option(
    "--feed-url",
    default="",
    metavar="URL",
    help="The feed's address, when it is read from a file or stdin.",
)
@click.option(
    "--limit", type=click.IntRange(min=0), metavar="N", help="Take the first N items of each feed."
)
@click.option("--since", metavar="WHEN", help="Leave out older items: 12h, 7d, 2026-01-31.")
@click.option("--dry-run", is_flag=True, help="Decide everything, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Report what became of each item as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say what became of each item.")
@click.pass_context
def fetch(
    ctx: click.Context,
    /,
    sources: tuple[str, ...],
    as_json: bool,
    quiet: bool,
    verbose: bool,
    **options: Any,
) -> None:
    r"""Import each FEED (a URL, a path, or - for standard input) into the folder of --out.

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
        since=None if since is None else parse_since(since, now),
        **{name: value for name, value in options.items() if value is not None},
    )
    with Progress(shown=not (quiet or as_json)) as progress:
        report = import_feeds(settings, now, progress.show)
    if as_json:
        print_json(_report_as_json(report))
    _tell(report, quiet=quiet or as_json, verbose=verbose)
    ctx.exit(report.exit)


def _tell(report: Report, *, quiet: bool, verbose: bool) -> None:
    """Say how a run went: failures always, the rest on a terminal or when asked."""
    for feed in report.feeds:
        if feed.error:
            say(f"newsimport: {feed.source}: {feed.error}")
            continue
        for outcome in feed.outcomes if verbose else ():
            because = f" ({outcome.reason})" if outcome.reason else ""
            say(f"{outcome.action}: {outcome.path or outcome.guid}{because}")
        if verbose or (sys.stderr.isatty() and not quiet):
            for warning in feed.warnings:
                say(f"{feed.source}: warning: {warning}")
            done = ", ".join(
                f"{count} {action}" for action, count in _counts(feed).items() if count
            )
            say(f"{feed.source}: {done or 'no items'}{' (dry run)' if report.dry_run else ''}")


def _counts(feed: FeedReport) -> dict[str, int]:
    actions = [outcome.action for outcome in feed.outcomes]
    return {action: actions.count(action) for action in ACTIONS}


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
                    {
                        "guid": item.guid,
                        "path": item.path,
                        "action": item.action,
                        "reason": item.reason,
                    }
                    for item in feed.outcomes
                ],
            }
            for feed in report.feeds
        ],
    }
