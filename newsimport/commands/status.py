"""`newsimport status`: what the ledger knows of a folder, or of one file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsimport.commands.options import Place, config_option, from_environment
from newsimport.commands.output import print_json, print_line
from newsimport.text import counted

if TYPE_CHECKING:
    from newsimport.site.ledger import Known, Ledger


@from_environment
@click.command()
@config_option
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder of the stories' files; if not given, the nearest with a ledger, above FILE "
    "or here, else that of newsimport.toml.",
)
@click.option("--state", type=Place(), help="The ledger, if it is not in --out.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.pass_context
def status(
    ctx: click.Context,
    /,
    config: Path | None,
    file: Path | None,
    out: Path | None,
    state: Path | None,
    as_json: bool,
) -> None:
    """Show the feeds and stories of a folder, or explain one FILE: its story, guids and feeds.

    \b
    Examples:
      newsimport status --out content/news
      newsimport status content/news/some-story.md
    """
    from newsimport.commands.settings import is_typed, place_of_stories
    from newsimport.errors import UsageError
    from newsimport.site.database import FILE_NAME
    from newsimport.site.ledger import Ledger

    # A file says better where it lies than an environment that is for all commands.
    if file and not is_typed(ctx, "out") and (nearest := _folder_of(file)):
        folder = nearest
    elif file and not out and not os.path.exists(file):  # noqa: PTH110
        raise UsageError(f"{file}: there is no such file")
    elif not out and Path(FILE_NAME).exists():
        folder = Path()
    else:
        folder, state = place_of_stories(config, out, state)
    path = state or folder / FILE_NAME
    if not os.path.exists(path):  # noqa: PTH110
        raise UsageError(f"{folder}: no ledger there; name the folder of the stories with --out")
    with Ledger(path, copy=True) as ledger:
        if file is None:
            document = _folder(ledger)
            lines = _folder_lines(document)
        else:
            document = _file(ledger, file, folder)
            lines = [f"{name + ':':12} {_shown(value)}" for name, value in document.items()]
    if as_json:
        print_json(document)
    else:
        for line in lines:
            print_line(line)


def _folder_of(file: Path) -> Path | None:
    """Return the nearest folder above a file that holds a ledger, None without one."""
    from newsimport.site.database import FILE_NAME

    folders = file.absolute().parents
    return next((folder for folder in folders if (folder / FILE_NAME).exists()), None)


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) or "-" if isinstance(value, list) else str(value or "-")


def _folder(ledger: Ledger) -> dict[str, Any]:
    from newsimport.site.feedbook import FeedBook

    live = list(ledger.stories("live"))
    return {
        "version": 1,
        "feeds": FeedBook(ledger).feeds(),
        "stories": len(live),
        "kept": [_kept(known) for known in live if known.kept],
        "deleted": [known.path for known in ledger.stories("deleted")],
        "pruned": len(list(ledger.stories("pruned"))),
    }


def _kept(known: Known) -> dict[str, Any]:
    return {"path": known.path, "fields": sorted(known.kept)}


def _folder_lines(document: dict[str, Any]) -> list[str]:
    stories = counted(document["stories"], "story", "stories")
    lines = [f"{stories}, {document['pruned']} pruned"]
    lines += [
        f"feed     {feed['run']}  {feed['status']:12}  {feed['items']:4} items  {feed['url']}"
        for feed in document["feeds"]
    ]
    lines += [
        f"kept     {kept['path']}: your {', '.join(kept['fields'])}" for kept in document["kept"]
    ]
    return lines + [f"deleted  {path}" for path in document["deleted"]]


def _file(ledger: Ledger, file: Path, folder: Path) -> dict[str, Any]:
    """Explain one file."""
    from newsimport.errors import UsageError

    try:
        path = file.absolute().relative_to(folder.absolute()).as_posix()
    except ValueError:
        raise UsageError(f"{file}: not below {folder}") from None
    known = ledger.at_path(path)
    if known is None and not os.path.exists(file):  # noqa: PTH110
        raise UsageError(f"{file}: there is no such file, and the ledger knows of none")
    if known is None:
        raise UsageError(f"{file}: not a story that the ledger knows; was it moved? fetch finds it")
    from newsimport.site.edits import fault_of
    from newsimport.site.feedbook import FeedBook
    from newsimport.site.store import Store

    with Store(folder, dry_run=True) as store:
        fault = fault_of(store, path)
    items = FeedBook(ledger).items_of(known.key)
    return {
        "path": path,
        "story": known.key,
        "opened": known.opened.isoformat(),
        "guids": sorted({item["guid"] for item in items if item["guid"]}),
        "last seen": max((item["seen"] for item in items), default=""),
        "feeds": sorted({item["feed"] for item in items if item["feed"]}),
        "kept": sorted(known.kept),
        "fault": fault,
    }
