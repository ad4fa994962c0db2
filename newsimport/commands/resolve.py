"""`newsimport resolve`: put the publishers' links into the files that still have Google's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsimport.commands.options import Folder, reading_options, resolving_options
from newsimport.commands.output import print_json, say
from newsimport.commands.signals import Stopper

if TYPE_CHECKING:
    from newsimport.models import LinksReport

# The exit status of clause 32 for an end that is none of a good run; a cool-off is one that is
# not due as long as it runs.
_STATUS = {"new-form": 69, "failed": 75}


@click.command()
@click.option("--out", type=Folder(), required=True, help="The folder of the stories' files.")
@click.option("--state", type=click.Path(path_type=Path), help="The ledger, if it is not in --out.")
@resolving_options
@reading_options
@click.option("--dry-run", is_flag=True, help="Say how many links are left, ask for none.")
@click.option("--json", "as_json", is_flag=True, help="Report as JSON, for programs.")
@click.option("-v", "--verbose", is_flag=True, help="Say what was found and what is left.")
@click.pass_context
def resolve(ctx: click.Context, /, *, as_json: bool, verbose: bool, **options: Any) -> None:
    """Ask Google for the publishers' links of stories that still have Google's, a few at a time.

    \b
    Example:
      newsimport resolve --out content/news
    """
    from datetime import UTC, datetime

    from newsimport.config import Settings
    from newsimport.importer import resolve_site

    settings = Settings(
        **{name: value for name, value in options.items() if value is not None}, resolve_links=True
    )
    with Stopper() as stopper:
        report = resolve_site(settings, datetime.now(UTC), stopper.stopped)
        status = stopper.status if stopper.stopped() else _status_of(report)
    if as_json:
        print_json({"version": 1, "exit": status, "links": links_as_json(report)})
    tell_links(report, shown=verbose or bool(status))
    ctx.exit(status)


def _status_of(report: LinksReport) -> int:
    if report.ended == "cool-off" and report.requests:
        return 75
    return _STATUS.get(report.ended, 0)


def tell_links(report: LinksReport, *, shown: bool) -> None:
    """Say how asking for links went, where it is to be said."""
    if report.loud or (shown and report.words):
        say(f"newsimport: {report.words}")
    if shown and (report.found or report.stories):
        say(f"links: {report.found} found, {report.stories} files changed, {report.left} left")


def links_as_json(report: LinksReport | None) -> dict[str, Any] | None:
    """Return a report of links in version 1 of its format."""
    if report is None:
        return None
    names = ("found", "left", "stories", "pictures", "requests", "ended", "words")
    return {name: getattr(report, name) for name in names}
