"""The words that name a Google News feed, as options that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from newsimport.source.feedurl import Search

Command = TypeVar("Command", bound="Callable[..., Any]")

_WORDS = ("topic", "search", "geo", "locale")
# Google's search operators, by their options' names; "without" is build_query's `exclude`.
_OPERATORS = ("when", "after", "before", "sites", "intitle", "without")


def feed_options(*, alone: bool) -> Callable[[Command], Command]:
    """Add the options that name a feed.

    `alone` says that a command has no others: --site is the generator in `fetch`, and --exclude
    leaves out items there.
    """
    options = (
        click.option(
            "--topic",
            metavar="NAME",
            help="World, business, technology …, in any language, or a knowledge graph id (/m/…).",
        ),
        click.option(
            "--search", metavar="QUERY", help="What to look for, Google's operators included."
        ),
        click.option("--geo", metavar="PLACE", help="A place, by its name."),
        click.option("--locale", metavar="LOCALE", help="The edition, such as en-GB, de or pt-BR."),
        click.option("--when", metavar="SPAN", help="Search the last 1h, 7d, 1m or 1y."),
        click.option("--after", metavar="DAY", help="Search from this day on: 2026-01-31."),
        click.option("--before", metavar="DAY", help="Search up to this day."),
        click.option(
            "--from-site",
            *(["--site"] if alone else []),
            "sites",
            metavar="HOST",
            multiple=True,
            help="Search this site, or one of several.",
        ),
        click.option(
            "--intitle", metavar="WORDS", multiple=True, help="Search for words in titles."
        ),
        click.option(
            "--without",
            *(["--exclude"] if alone else []),
            "without",
            metavar="WORDS",
            multiple=True,
            help="Search for what is without these.",
        ),
    )

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def take_words(options: dict[str, Any]) -> dict[str, Any]:
    """Take the options of `feed_options` that were given out of all options."""
    found = {name: options.pop(name) for name in (*_WORDS, *_OPERATORS)}
    given = {name: value for name, value in found.items() if value not in (None, ())}
    for name, value in given.items():
        # An unset variable leaves the empty text; it must not mean the top stories.
        if isinstance(value, str) and not value.strip():
            from newsimport.errors import UsageError

            raise UsageError(f"--{name} is empty")
    return given


def url_of(words: Mapping[str, Any]) -> str:
    """Return the URL of the feed that the words name. Raises UsageError for what names none."""
    from newsimport.source.feedurl import build_url

    feed = {name: words[name] for name in _WORDS if name in words}
    operators = {name: words[name] for name in _OPERATORS if name in words}
    if operators:
        feed["search"] = _query(words, operators)
    return build_url(**feed)


def search_of(words: Mapping[str, Any]) -> Search:
    """Return the search that the words name, to be split by days. Raises UsageError."""
    from datetime import UTC, datetime, timedelta

    from newsimport.errors import UsageError
    from newsimport.source.feedurl import Search, days_of, read_day

    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    before = read_day(words["before"]) if "before" in words else tomorrow
    if "after" in words and "when" not in words:
        after = read_day(words["after"])
    elif "when" in words and not {"after", "before"} & {*words}:
        after = tomorrow - timedelta(days=days_of(words["when"]))
    else:
        raise UsageError(
            "--split halves a window of days: say where it begins, "
            "with --after 2026-01-31 or with --when 30d"
        )
    operators = {name: words[name] for name in ("sites", "intitle", "without") if name in words}
    found = Search(_query(words, operators), after, before, words.get("locale", "en-US"))
    found.url(found.after, found.before)
    return found


def _query(words: Mapping[str, Any], operators: Mapping[str, Any]) -> str:
    from newsimport.errors import UsageError
    from newsimport.source.feedurl import build_query

    if "topic" in words or "geo" in words:
        raise UsageError("--when, --after and the like narrow a search, not a topic or a place")
    given = {"exclude" if name == "without" else name: value for name, value in operators.items()}
    return build_query(words.get("search", ""), **given)
