"""`newsimport fetch`: import feeds into a folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsimport.commands.options import Folder, feed_url, reading_options
from newsimport.commands.output import Progress, print_json, say
from newsimport.commands.signals import Stopper

if TYPE_CHECKING:
    from newsimport.models import FeedReport, Report

ACTIONS = ("created", "updated", "unchanged", "kept", "skipped")


@click.command()
@click.argument("sources", metavar="FEED...", nargs=-1, required=True)
@click.option(
    "--out",
    type=Folder(),
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
@feed_url
@click.option(
    "--limit", type=click.IntRange(min=0), metavar="N", help="Take the first N items of each feed."
)
@click.option("--since", metavar="WHEN", help="Leave out older items: 12h, 7d, 2026-01-31.")
@click.option("--dry-run", is_flag=True, help="Decide everything, write nothing.")
@click.option(
    "--update",
    type=click.Choice(["merge", "never", "overwrite"]),
    default="merge",
    show_default=True,
    help="Known stories: merge around edits, leave as they are, or take back even edits.",
)
@click.option("--yes", is_flag=True, help="Do not ask before --update overwrite.")
@click.option(
    "--headlines",
    type=click.Choice(["all", "current"]),
    default="all",
    show_default=True,
    help="Keep headlines that the feed has dropped, or only those it has now.",
)
@click.option(
    "--max-headlines",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="N",
    help="How many headlines a story keeps.",
)
@click.option("--retitle", is_flag=True, help="Let a story's title follow its lead headline.")
@click.option("--resurrect", is_flag=True, help="Write again what was deleted or pruned.")
@click.option(
    "--window",
    metavar="DURATION",
    help="How long an item not seen is known by its articles [default: 48h].",
)
@click.option(
    "--max-age", metavar="DURATION", help="For how long a story takes new guids [default: 14d]."
)
@click.option(
    "--state", type=click.Path(path_type=Path), help="The ledger, if it is not to be in --out."
)
@click.option(
    "--lock-timeout",
    type=click.FloatRange(min=0),
    default=0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for another run.",
)
@click.option("--force", is_flag=True, help="Ask also feeds that are not due, or gone.")
@reading_options
@click.option(
    "--jobs",
    type=click.IntRange(min=1, max=256),
    default=16,
    show_default=True,
    metavar="N",
    help="How many feeds are fetched side by side.",
)
@click.option(
    "--report-after",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="Tell of a feed from its Nth failure in a row on.",
)
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
    """Import each FEED (a URL, a path, or - for standard input) into the folder of --out.

    \b
    Example:
      newsimport fetch https://news.google.com/rss --out content/news
    """
    from dataclasses import replace
    from datetime import UTC, datetime

    from newsimport.config import Settings, parse_duration, parse_since
    from newsimport.importer import import_feeds

    now = datetime.now(UTC)
    if options["update"] == "overwrite" and not options.pop("yes"):
        _ask_before_overwriting(options["out"])
    options.pop("yes", None)
    options["since_said"] = options["since"]
    for name, parse in (
        ("since", lambda text: parse_since(text, now)),
        ("window", parse_duration),
        ("max_age", parse_duration),
    ):
        if options[name] is not None:
            options[name] = parse(options[name])
    settings = Settings(
        sources=sources, **{name: value for name, value in options.items() if value is not None}
    )
    with Progress(shown=not (quiet or as_json)) as progress, Stopper() as stopper:
        report = import_feeds(settings, now, progress.show, stopper.stopped)
        if stopper.stopped():
            report = replace(report, exit=stopper.status)
    if as_json:
        print_json(_report_as_json(report))
    _tell(report, quiet=quiet or as_json, verbose=verbose)
    ctx.exit(report.exit)


def _ask_before_overwriting(out: Path) -> None:
    """Let only a person, or --yes, give up what a person wrote."""
    from newsimport.errors import UsageError

    if not sys.stdin.isatty():
        raise UsageError("--update overwrite takes back edits: say --yes if that is meant")
    click.confirm(f"Take back every edit in the stories of {out}?", abort=True, err=True)


def _tell(report: Report, *, quiet: bool, verbose: bool) -> None:
    """Say how a run went: failures always, the rest on a terminal or when asked."""
    for feed in report.feeds:
        shown = verbose or (sys.stderr.isatty() and not quiet)
        if feed.error:
            if shown or not feed.hushed:
                say(f"newsimport: {feed.source}: {feed.error}")
            continue
        if feed.status != "ok":
            if shown:
                say(f"{feed.source}: {feed.note or 'not modified'}")
            continue
        for outcome in feed.outcomes if verbose else ():
            because = f" ({outcome.reason})" if outcome.reason else ""
            say(f"{outcome.action}: {outcome.path or _shorten(outcome.guid)}{because}")
        if shown:
            for warning in feed.warnings:
                say(f"{feed.source}: warning: {warning}")
            done = ", ".join(
                f"{count} {action}" for action, count in _counts(feed).items() if count
            )
            say(f"{feed.source}: {done or 'no items'}{' (dry run)' if report.dry_run else ''}")


def _shorten(guid: str) -> str:
    """Return a guid to be shown: Google's have up to a thousand characters."""
    return guid if len(guid) <= 60 else guid[:59] + "…"


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
                "note": feed.note,
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
