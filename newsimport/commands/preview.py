"""`newsimport preview`: show the stories of a feed as they would be written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from newsimport.bounds import BOUNDS
from newsimport.commands.options import (
    Site,
    complete_feeds,
    config_option,
    feed_url,
    filter_options,
    from_environment,
    reading_options,
)
from newsimport.commands.paint import print_story
from newsimport.commands.sections import Sectioned


@from_environment
@click.command(cls=Sectioned)
@click.argument("source", metavar="FEED", shell_complete=complete_feeds)
@feed_url
@config_option
@click.option(
    "--limit",
    type=click.IntRange(*BOUNDS["limit"]),
    metavar="N",
    help="Show the first N stories alone.",
)
@filter_options
@click.option(
    "--site", type=Site(), help="The generator; found from the site's files if not given."
)
@reading_options
@click.pass_context
def preview(
    ctx: click.Context,
    /,
    source: str,
    feed_url: str,
    limit: int | None,
    site: str | None,
    **options: Any,
) -> None:
    """Show the stories of FEED as a first import would write them; write nothing.

    FEED is a URL, a path, - for standard input, or the name of one in newsimport.toml. The text is
    shown as it reads; on a terminal in colours, unless NO_COLOR is set. `newsimport inspect FEED
    --as hugo` prints the files themselves.

    \b
    Examples:
      newsimport preview examples/world.xml --limit 1
      newsimport preview world | less -R
    """
    from datetime import UTC, datetime

    from newsimport.commands.readstories import read_stories
    from newsimport.commands.settings import layout_settings, load_config
    from newsimport.preview import preview as first_files
    from newsimport.site.frontmatter import read
    from newsimport.site.profiles import find_profile

    now = datetime.now(UTC)
    config = options.get("config")
    found = read_stories(ctx, source, feed_url, options, now)
    defaults = load_config(config).defaults
    site = site or defaults.get("site") or find_profile(defaults.get("out", Path())).name
    settings = layout_settings(config, site)
    files = first_files(found.feed, found.wanted[:limit], settings, found.chosen, now)
    for number, (name, text) in enumerate(files):
        if number:
            click.echo()
        document = read(text)
        head = document.before + document.head + document.after
        print_story(name, head, document.body)
