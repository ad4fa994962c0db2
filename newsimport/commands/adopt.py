"""`newsimport adopt`: take over files that another tool, or a person, has written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsimport.commands.options import (
    Place,
    Site,
    config_option,
    from_environment,
    refuse_opposites,
)
from newsimport.commands.output import print_json, say

if TYPE_CHECKING:
    from newsimport.site.adoption import Adopted

ACTIONS = ("adopted", "known", "refused")


@from_environment
@click.command()
@click.argument(
    "folder",
    required=False,
    envvar="NEWSIMPORT_OUT",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
)
@config_option
@click.option("--state", type=Place(), help="The ledger, if it is not in FOLDER.")
@click.option(
    "--site", type=Site(), help="The generator; found from the site's files if not given."
)
@click.option("--dry-run", is_flag=True, help="Say what would be adopted, remember nothing.")
@click.option("--json", "as_json", is_flag=True, help="Report on each file as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say what became of each file.")
@click.pass_context
def adopt(
    ctx: click.Context,
    /,
    folder: Path | None,
    config: Path | None,
    state: Path | None,
    site: str | None,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Take over the files of FOLDER that link to an article, as the stories of those articles.

    FOLDER is where `newsimport fetch` is to go on: NEWSIMPORT_OUT, or `out` of newsimport.toml, if
    not given.

    No file changes. From then on `newsimport fetch` into FOLDER knows these stories: it writes
    none of them twice, and puts what is new into the files that are there, around all that is
    their user's. Where the ledger is lost, adopt again.

    \b
    Examples:
      newsimport adopt content/news --dry-run
      newsimport adopt content/news
    """
    from datetime import UTC, datetime

    from newsimport.commands.settings import layouts_at, load_config, place_of_stories
    from newsimport.site.adoption import adopt as adopt_files
    from newsimport.site.site import open_site

    refuse_opposites(ctx)
    out, ledger = place_of_stories(config, folder, state, "Name it: newsimport adopt FOLDER")
    usual = load_config(config).defaults
    layouts = layouts_at(config, out, site)
    now = datetime.now(UTC).replace(microsecond=0)
    with open_site(out, ledger, now, layouts=layouts, dry_run=dry_run) as opened:
        files = adopt_files(opened)
    fetched = Path(os.environ.get("NEWSIMPORT_OUT") or usual.get("out", out))
    if not quiet and fetched.resolve() != out.resolve():
        say(f"fetch writes into {fetched}; it knows these stories with --out {out} alone")
    if as_json:
        print_json(_as_json(out, files, dry_run=dry_run))
    elif not quiet:
        _tell(out, files, verbose=verbose, dry_run=dry_run)


def _as_json(folder: Path, files: list[Adopted], *, dry_run: bool) -> dict[str, object]:
    """Return the report in version 1 of its format: fields may be added, none changed."""
    return {
        "version": 1,
        "folder": str(folder),
        "dry_run": dry_run,
        "counts": _counts(files),
        "files": [
            {"path": file.path, "action": file.action, "reason": file.reason} for file in files
        ],
    }


def _counts(files: list[Adopted]) -> dict[str, int]:
    return {name: sum(file.action == name for file in files) for name in ACTIONS}


def _tell(folder: Path, files: list[Adopted], *, verbose: bool, dry_run: bool) -> None:
    for file in files:
        if file.action == "refused":
            say(f"left out: {file.path}: {file.reason}")
        elif verbose:
            say(f"{file.action}: {file.path}")
    counts = _counts(files)
    known = f", {counts['known']} known before" if counts["known"] else ""
    left = f", {counts['refused']} left out" if counts["refused"] else ""
    say(f"{folder}: {counts['adopted']} adopted{known}{left}{' (dry run)' if dry_run else ''}")
