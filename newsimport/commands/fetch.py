"""`newsimport fetch`: import feeds into a folder."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from newsimport.bounds import BOUNDS
from newsimport.commands.feedwords import feed_options, search_of, take_words, url_of
from newsimport.commands.options import (
    Folder,
    Place,
    Site,
    complete_feeds,
    config_option,
    feed_url,
    filter_options,
    from_environment,
    reading_options,
    refuse_opposites,
    resolving_options,
)
from newsimport.commands.output import Progress, is_terminal
from newsimport.commands.sections import Sectioned
from newsimport.commands.signals import Stopper

if TYPE_CHECKING:
    from pathlib import Path

    from newsimport.commands.report import Teller
    from newsimport.config import Settings
    from newsimport.models import FeedReport
    from newsimport.source.feedurl import Search


class _Generator(Site):
    """A generator's name; whoever names a site to be searched is told how."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the name, as click calls for it."""
        if isinstance(value, str) and "." in value:
            self.fail(f"{value!r} is no generator; to search one site, say --from-site {value}")
        return super().convert(value, param, ctx)


def _seconds(_context: click.Context, _option: click.Parameter, value: float) -> float:
    if not value < float("inf"):  # nor what is no number
        raise click.BadParameter(f"{value} is no number of seconds")
    return value


@from_environment
@click.command(cls=Sectioned)
@click.argument("sources", metavar="[FEED]...", nargs=-1, shell_complete=complete_feeds)
@feed_options(alone=False)
@click.option(
    "--split",
    is_flag=True,
    help="Search window by window, each so short that Google shows all of it.",
)
@config_option
@click.option("--out", type=Folder(), help="The folder for the stories' files.")
@click.option(
    "--site",
    type=_Generator(),
    help="The generator; found from the site's files if not given.",
)
@click.option(
    "--format",
    type=click.Choice(["yaml", "toml", "json"]),
    show_default="yaml",
    help="The language of the front matter, if the generator reads it.",
)
@click.option(
    "--data",
    "stories_file",
    type=Place(dir_okay=False),
    metavar="FILE",
    help="Write a list of all stories into this file too, as JSON.",
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
    "--limit",
    type=click.IntRange(*BOUNDS["limit"]),
    metavar="N",
    help="Take the first N items of each feed.",
)
@click.option("--since", metavar="WHEN", help="Leave out older items: 12h, 7d, 2026-01-31.")
@filter_options
@click.option("--dry-run", is_flag=True, help="Decide everything, write nothing.")
@click.option(
    "--diff", is_flag=True, help="With --dry-run: show what would change in the files there are."
)
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
    type=click.IntRange(*BOUNDS["max_headlines"]),
    default=20,
    show_default=True,
    metavar="N",
    help="How many headlines a story keeps.",
)
@click.option(
    "--retitle", is_flag=True, help="Let a story's title, link and publisher follow its lead."
)
@click.option("--resurrect", is_flag=True, help="Write again what was deleted or pruned.")
@click.option(
    "--window",
    metavar="DURATION",
    show_default="48h",
    help="How long an item not seen is known by its articles.",
)
@click.option(
    "--max-age",
    metavar="DURATION",
    show_default="14d",
    help="For how long a story takes new guids.",
)
@click.option("--state", type=Place(), help="The ledger, if it is not to be in --out.")
@click.option(
    "--lock-timeout",
    type=click.FloatRange(*BOUNDS["lock_timeout"]),
    callback=_seconds,
    default=0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for another run.",
)
@click.option("--force", is_flag=True, help="Ask also feeds that are not due, or gone.")
@click.option(
    "--resolve-links", is_flag=True, help="Ask Google for the publishers' own links, a few a run."
)
@resolving_options
@click.option(
    "--unicode-slugs",
    is_flag=True,
    help="Name new files in their titles' own script, not in ASCII.",
)
@click.option("--bundle", is_flag=True, help="Hugo: give each story a folder of its own.")
@reading_options
@click.option(
    "--jobs",
    type=click.IntRange(*BOUNDS["jobs"]),
    default=16,
    show_default=True,
    metavar="N",
    help="How many feeds are fetched side by side.",
)
@click.option(
    "--report-after",
    type=click.IntRange(*BOUNDS["report_after"]),
    default=1,
    show_default=True,
    metavar="N",
    help="Tell of a feed only when it has failed N times in a row.",
)
@click.option(
    "--log-file",
    type=Place(dir_okay=False),
    help="Add a line on each feed to this file, also when nothing is said.",
)
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What a line of the log is.",
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

    A FEED may also be the name of one in newsimport.toml; without any, all of those are imported.
    A web page of Google News stands for its feed, and words may stand for an address.

    \b
    Examples:
      newsimport fetch https://news.google.com/rss --out content/news
      newsimport fetch --topic world --locale en-GB --out content/news
      newsimport fetch world tech
      newsimport fetch world --dry-run --diff
      newsimport fetch
    """
    from datetime import UTC, datetime

    from newsimport.commands.report import Teller
    from newsimport.commands.settings import settle
    from newsimport.errors import NewsimportError

    confirmed, diff = options.pop("yes"), options.pop("diff")
    if diff and (as_json or not options["dry_run"]):
        raise click.UsageError("--diff goes with --dry-run, and without --json")
    refuse_opposites(ctx)
    teller = Teller(as_json=as_json, quiet=quiet, verbose=verbose)
    try:
        feeds, split = _feeds_of(sources, options)
        settings = settle(ctx, feeds, options, datetime.now(UTC))
        if split:
            settings = settings._replace(split=split, sources=sources)
        if settings.update == "overwrite" and not (confirmed or settings.dry_run):
            _ask_before_overwriting(settings.out)
        teller.begin(settings)
        with teller, Stopper() as stopper:
            status = _import(settings, teller, stopper, diff=diff)
    except NewsimportError as error:
        teller.fail(error)
        raise
    ctx.exit(status)


def _import(settings: Settings, teller: Teller, stopper: Stopper, *, diff: bool) -> int:
    from datetime import UTC, datetime

    from newsimport.importer import import_feeds

    now = datetime.now(UTC)
    with Progress(shown=teller.shows_progress) as progress:
        count = len(settings.all_sources())

        def show(what: str) -> None:
            progress.show(f"{what} ({teller.told + 1} of {count})" if count > 1 else what)

        def told(feed: FeedReport) -> None:
            progress.clear()
            teller.tell(feed)

        def changed(path: str, before: str, after: str) -> None:
            progress.clear()
            if diff:
                from newsimport.commands.paint import print_diff

                print_diff(path, before, after)

        try:
            report = import_feeds(settings, now, show, stopper.stopped, told, changed)
        except SystemExit:  # at the second signal
            teller.end(stopper.status, count)
            raise
    status = stopper.status if stopper.stopped() else report.exit
    if teller.has_lost_log and not status:
        from newsimport.errors import WriteError

        status = WriteError.status
    teller.end(status, count, report.links)
    return status


def _feeds_of(
    sources: tuple[str, ...], options: dict[str, Any]
) -> tuple[tuple[str, ...], Search | None]:
    """Return the feeds that addresses and words name, and the search that is to be split."""
    words = take_words(options)
    if options.pop("split"):
        # The feeds of the configuration are for runs that name none.
        return sources or ("-",), search_of(words)
    return (*sources, url_of(words)) if words else sources, None


def _ask_before_overwriting(out: Path) -> None:
    """Let only a person, or --yes, give up what a person wrote."""
    from newsimport.errors import UsageError

    if not is_terminal(sys.stdin):
        raise UsageError("--update overwrite takes back edits: say --yes if that is meant")
    click.confirm(f"Take back every edit in the stories of {out}?", abort=True, err=True)
