"""`newsimport prune`: remove old stories that nobody edited."""

from __future__ import annotations

from pathlib import Path

import click

from newsimport.commands.options import Place, Site, config_option, from_environment
from newsimport.commands.output import say


@from_environment
@click.command()
@config_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder of the stories' files; that of newsimport.toml if not given.",
)
@click.option(
    "--older-than", metavar="WHEN", required=True, help="Last changed before: 30d, 12w, 2026-01-31."
)
@click.option(
    "--keep-edited/--also-edited",
    default=True,
    show_default=True,
    help="Leave files that somebody edited.",
)
@click.option("--state", type=Place(), help="The ledger, if it is not in --out.")
@click.option(
    "--site", type=Site(), help="The generator; found from the site's files if not given."
)
@click.option("--dry-run", is_flag=True, help="Say what would go, remove nothing.")
@click.option("-v", "--verbose", is_flag=True, help="Say what is removed and what stays.")
def prune(
    config: Path | None,
    out: Path | None,
    older_than: str,
    keep_edited: bool,
    state: Path | None,
    site: str | None,
    dry_run: bool,
    verbose: bool,
) -> None:
    """Remove the files of old stories, and remember them, so that they do not come back.

    \b
    Example:
      newsimport prune --out content/news --older-than 30d
    """
    from datetime import UTC, datetime

    from newsimport.commands.settings import layouts_at, place_of_stories
    from newsimport.config import parse_since
    from newsimport.site.prune import prune as prune_site
    from newsimport.site.site import open_site

    now = datetime.now(UTC)
    before = parse_since(older_than, now)
    folder, ledger = place_of_stories(config, out, state)
    layouts = layouts_at(config, folder, site)
    with open_site(folder, ledger, now, layouts=layouts, dry_run=dry_run) as opened:
        pruned = prune_site(opened, before, keep_edited=keep_edited)
    for story in pruned if verbose or dry_run else ():
        verb = "would remove" if dry_run else "removed"
        say(f"{verb}: {story.path}" if story.removed else f"kept: {story.path} ({story.reason})")
