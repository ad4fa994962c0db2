"""`newsimport url`: build the URL of a Google News feed, or explain one."""

from __future__ import annotations

from typing import Any

import click

from newsimport.commands.feedwords import feed_options, take_words, url_of
from newsimport.commands.output import print_line
from newsimport.commands.sections import Sectioned


@click.command(cls=Sectioned)
@feed_options(alone=True)
@click.option("--list-locales", is_flag=True, help="List the editions that Google News has.")
@click.option("--explain", metavar="URL", help="Say what a Google News URL is, and its feed.")
def url(*, list_locales: bool, explain: str | None, **options: Any) -> None:
    """Print the URL of a Google News feed: the top stories, a topic, a search or a place.

    \b
    Examples:
      newsimport url --topic world --locale en-GB
      newsimport url --search "wind power" --when 7d --site example.org
      newsimport url --explain "https://news.google.com/topics/CAAq…"
    """
    from newsimport.errors import UsageError

    words = take_words(options)
    if sum((bool(words), list_locales, explain is not None)) > 1:
        raise UsageError("--explain and --list-locales stand alone")
    if list_locales:
        _list_locales()
    elif explain is not None:
        _explain(explain)
    else:
        print_line(url_of(words))


def _list_locales() -> None:
    from newsimport.source.editions import EDITIONS, as_locale

    for edition in EDITIONS:
        print_line(f"{as_locale(edition):7} {edition.ceid:10} {edition.name}")


def _explain(address: str) -> None:
    """Print what a URL is, its feed, and the words that give that feed again."""
    from shlex import join

    from newsimport.source.explain import explain_url
    from newsimport.source.urls import public_url

    found = explain_url(address)
    print_line(found.words)
    if found.feed_url:
        print_line(f"feed: {public_url(found.feed_url)}")
    if found.options:
        given = [part for name, value in found.options for part in (f"--{name}", value)]
        print_line(f"newsimport url {join(given)}")
