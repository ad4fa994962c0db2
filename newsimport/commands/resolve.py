"""`newsimport resolve`: put the publishers' links into the files that still have Google's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from newsimport.commands.options import (
    Folder,
    Place,
    config_option,
    from_environment,
    reading_options,
    resolving_options,
)
from newsimport.commands.output import print_json
from newsimport.commands.report import links_as_json, tell_links
from newsimport.commands.sections import Sectioned
from newsimport.commands.signals import Stopper

if TYPE_CHECKING:
    from newsimport.models import LinksReport

# The exit status of clause 32 for an end that is none of a good run; a cool-off is one that is
# not due as long as it runs.
_STATUS = {"new-form": 69, "failed": 75}


@from_environment
@click.command(cls=Sectioned)
@config_option
@click.option("--out", type=Folder(), help="The folder of the stories' files.")
@click.option("--state", type=Place(), help="The ledger, if it is not in --out.")
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

    from newsimport.commands.settings import load_config, settle
    from newsimport.resolving import resolve_site

    # No feed is read, but each may have a layout of its own.
    feeds = tuple(load_config(options.get("config")).feeds)
    settings = settle(ctx, ("-",), options, datetime.now(UTC))
    settings = settings._replace(feeds=feeds, resolve_links=True)
    with Stopper() as stopper:
        report = resolve_site(settings, datetime.now(UTC), stopper.stopped)
        status = stopper.status if stopper.stopped() else _status_of(report)
    if as_json:
        print_json({"version": 1, "exit": status, "links": links_as_json(report)})
    tell_links(report, shown=verbose or settings.dry_run or bool(status))
    ctx.exit(status)


def _status_of(report: LinksReport) -> int:
    if report.ended == "cool-off" and report.requests:
        return 75
    return _STATUS.get(report.ended, 0)
