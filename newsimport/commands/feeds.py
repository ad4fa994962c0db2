"""`newsimport feeds`: the configured feeds, and lists of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsimport.commands.options import Folder, Place, config_option, from_environment
from newsimport.commands.output import print_json, print_line, say
from newsimport.text import counted

if TYPE_CHECKING:
    from newsimport.config import Source
    from newsimport.configfile import ConfigFile
    from newsimport.opml import Outline
    from newsimport.source.schedule import FeedState


@click.group()
def feeds() -> None:
    """Show the feeds in newsimport.toml; bring them in from a feed reader, or out to one.

    \b
    Examples:
      newsimport feeds list
      newsimport feeds import subscriptions.opml
    """


@from_environment
@feeds.command("list", short_help="Show each configured feed: due when, how it went last.")
@config_option
@click.option("--out", type=Folder(), help="The folder of the stories' files.")
@click.option("--state", type=Place(), help="The ledger, if it is not in --out.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def list_feeds(config: Path | None, out: Path | None, state: Path | None, as_json: bool) -> None:
    """Show each configured feed: when it is due, how it went last, its address.

    \b
    Example:
      newsimport feeds list --json
    """
    from newsimport.commands.settings import load_config
    from newsimport.source.schedule import lasting

    found = load_config(config)
    states = states_of(found, out, state)
    rows = [feed_row(source, states.get(source.name)) for source in found.feeds]
    if as_json:
        print_json({"version": 1, "feeds": rows})
        return
    if not rows:
        say("no feeds are configured: `newsimport init` begins a configuration")
    width = max((len(row["name"]) for row in rows), default=0)
    for source, row in zip(found.feeds, rows, strict=True):
        known = states.get(source.name)
        status = row["status"] or "new"
        line = f"{row['name']:{width}}  {_due(known):20}  {status:12}  {row['url']}"
        print_line(f"{line}  (failed {often})" if known and (often := lasting(known)) else line)


def _due(state: FeedState | None) -> str:
    """Return when a feed is asked next, as a person reads it."""
    import time

    from newsimport.source.schedule import say_time

    if state is None or state.gone:
        return "not asked" if state else "due now"
    due = max(state.due, state.wait)
    return f"due {say_time(due)}" if due > time.time() else "due now"


def states_of(
    config: ConfigFile, out: Path | None = None, state: Path | None = None
) -> dict[str, FeedState]:
    """Return what the ledger remembers of each configured feed, by its name.

    `out` and `state` are the folder and the ledger that an option names before the configuration.
    """
    from newsimport.site.database import FILE_NAME
    from newsimport.site.feedbook import FeedBook
    from newsimport.site.ledger import Ledger
    from newsimport.story.identity import digest

    out = out or config.defaults.get("out")
    path = state or config.defaults.get("state") or (out / FILE_NAME if out else None)
    if path is None or not os.path.exists(path):  # noqa: PTH110
        return {}
    with Ledger(path, copy=True) as ledger:
        book = FeedBook(ledger)
        found = {source.name: book.source(digest(source.url)) for source in config.feeds}
    return {name: state for name, state in found.items() if state}


def feed_row(source: Source, state: FeedState | None) -> dict[str, Any]:
    """Return a configured feed as it is listed: when it is due, how it went last."""
    from datetime import UTC, datetime

    from newsimport.source.urls import public_url

    def time(seconds: int) -> str | None:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}" if seconds else None

    if state is None:
        return {
            "name": source.name, "url": public_url(source.url), "status": None, "asked": None,
            "due": None, "failures": 0, "failing_since": None, "moved": None,
        }  # fmt: skip
    return {
        "name": source.name,
        "url": public_url(source.url),
        "status": "gone" if state.gone else state.status,
        "asked": time(state.asked),
        "due": None if state.gone else time(max(state.due, state.wait)),
        "failures": state.failures,
        "failing_since": time(state.failing_since),
        "moved": state.moved or None,
    }


@from_environment
@feeds.command("export", short_help="Write the configured feeds as OPML.")
@config_option
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
def export_feeds(config: Path | None, file: Path | None) -> None:
    """Write the configured feeds as OPML, to FILE or to standard output, without their secrets.

    \b
    Example:
      newsimport feeds export subscriptions.opml
    """
    from newsimport.commands.settings import load_config
    from newsimport.errors import WriteError
    from newsimport.opml import write_opml

    text = write_opml(load_config(config).feeds)
    if file is None:
        click.echo(text, nl=False)
        return
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise WriteError.at(file, error) from error


@from_environment
@feeds.command("import", short_help="Add the feeds of an OPML file.")
@config_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
def import_opml(config: Path | None, file: Path) -> None:
    """Add the feeds of an OPML file that are not there yet to newsimport.toml.

    \b
    Example:
      newsimport feeds import subscriptions.opml
    """
    from newsimport.configfile import FILE_NAME, find_config
    from newsimport.errors import FeedError
    from newsimport.opml import read_opml
    from newsimport.source.fetch import read_source

    try:
        outlines, unusable = read_opml(read_source(str(file)).body)
    except FeedError as error:
        raise FeedError(f"{file}: {error}") from error
    path = config or find_config(Path()) or Path(FILE_NAME)
    added = _add(path, outlines)
    left_out = f", {unusable} without a web address" if unusable else ""
    told = f"{counted(added, 'feed', 'feeds')} added, {len(outlines) - added} known before"
    say(f"{path}: {told}{left_out}")


def _add(path: Path, outlines: list[Outline]) -> int:
    """Add to a configuration what it does not have, begin it where there is none."""
    import tomllib

    from newsimport.commands.init import begin_config
    from newsimport.configreader import read_config
    from newsimport.errors import UsageError
    from newsimport.opml import feed_table, name_for

    known = read_config(path).feeds if path.exists() else ()
    names, urls = {source.name: 1 for source in known}, {source.url for source in known}
    text = "" if path.exists() else begin_config(path.parent).text
    new = [outline for outline in outlines if outline.url not in urls]
    for outline in new:
        name = name_for(outline.title, outline.url, names)
        text += f"\n{feed_table(name, outline.url, outline.folders[-1:])}"
    try:
        tomllib.loads((path.read_text("utf-8-sig") if path.exists() else "") + text)
    except tomllib.TOMLDecodeError:
        raise UsageError(
            f"{path}: no feed can be added behind `feeds = …`; write each as [[feeds]]"
        ) from None
    _append(path, text)
    return len(new)


def _append(path: Path, text: str) -> None:
    """Write a text behind a file, all of it or none."""
    from newsimport.errors import WriteError

    encoded = text.encode()
    try:
        with path.open("ab", buffering=0) as file:
            size, written = file.tell(), 0
            try:
                while written < len(encoded):
                    written += file.write(encoded[written:])
            except OSError:
                os.truncate(path, size)
                raise
    except OSError as error:
        raise WriteError.at(path, error) from error
