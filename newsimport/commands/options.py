"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from newsimport.bounds import BOUNDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem


Command = TypeVar("Command", bound="Callable[..., Any]")


class Place(click.Path):
    """A path; never the empty text that an unset variable leaves, for it would mean "here"."""

    def __init__(self, *, dir_okay: bool = True) -> None:
        # Whether it can be used is said by what uses it, with its own exit status.
        super().__init__(path_type=Path, dir_okay=dir_okay, readable=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path, as click calls for it."""
        if value == "":
            self.fail("it is empty", param, ctx)
        return super().convert(value, param, ctx)


class Folder(Place):
    """A folder."""

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem[str]]:
        """Let the shell complete folders, as click calls for it."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="dir")]


def complete_feeds(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Return what a FEED that is being typed may become: a configured feed's name, or a file."""
    from click.shell_completion import CompletionItem

    from newsimport.commands.settings import load_config
    from newsimport.errors import UsageError

    try:
        feeds = load_config(ctx.params.get("config")).feeds
    except UsageError:
        feeds = ()
    # Files first: click's script for bash forgets at "file" what stood before it.
    names = [feed.name for feed in feeds if feed.name.startswith(incomplete)]
    return [CompletionItem(incomplete, type="file"), *map(CompletionItem, names)]


def _address(_context: click.Context, _option: click.Parameter, value: str | None) -> str:
    if value is None:
        return ""
    from newsimport.source.urls import is_url, public_url

    if not (is_url(value) and value.isprintable()):
        raise click.BadParameter(f"{public_url(value)!r} is no http or https address")
    return value


def feed_url(command: Command) -> Command:
    """Add the option --feed-url."""
    return click.option(
        "--feed-url",
        callback=_address,
        metavar="URL",
        help="The feed's address, when it is read from a file or stdin.",
    )(command)


def reading_options(command: Command) -> Command:
    """Add the options that say how far reading an address may go."""
    options = (
        click.option(
            "--allow-private",
            is_flag=True,
            help="Read also addresses that are not of the open internet.",
        ),
        click.option(
            "--cookie-file",
            type=Place(),
            help="Send the cookies of this file (Netscape's format) where they belong.",
        ),
        click.option(
            "--max-bytes",
            type=click.IntRange(*BOUNDS["max_bytes"]),
            default=8 << 20,
            show_default="8 MiB",
            metavar="N",
            help="The largest answer to take, in bytes, decoded.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def config_option(command: Command) -> Command:
    """Add the option that names the configuration file."""
    return click.option(
        "--config",
        type=Place(dir_okay=False),
        show_default="the nearest newsimport.toml",
        help="The configuration.",
    )(command)


def filter_options(command: Command) -> Command:
    """Add the options that say which items are wanted."""
    options = (
        click.option(
            "--include", multiple=True, metavar="REGEX",
            help="Take only items whose title, publisher or link matches; title:REGEX and so on.",
        ),
        click.option(
            "--exclude", multiple=True, metavar="REGEX", help="Leave out items that match."
        ),
        click.option(
            "--min-headlines", type=click.IntRange(*BOUNDS["min_headlines"]), metavar="N",
            help="Leave out stories that fewer headlines tell.",
        ),
        click.option(
            "--allow", multiple=True, metavar="PUBLISHER", help="Take only these, or their domains."
        ),
        click.option(
            "--block", multiple=True, metavar="PUBLISHER", help="Leave these out of every cluster."
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


# What no environment is asked for: a yes, who is asked in a test, what names a feed.
FOR_ONE_CALL = frozenset(
    {
        "yes", "google", "topic", "search", "geo", "locale", "when", "after", "before", "sites",
        "intitle", "without", "split", "diff", "list_locales", "explain",
    }
)  # fmt: skip


def from_environment(command: click.Command) -> click.Command:
    """Let the environment give each option: NEWSIMPORT_ and its name (clause 31)."""
    for option in command.params:
        if isinstance(option, click.Option) and option.name not in FOR_ONE_CALL:
            flag = next(name for name in option.opts if name.startswith("--"))
            option.envvar = "NEWSIMPORT_" + flag[2:].replace("-", "_").upper()
    return command


def refuse_opposites(ctx: click.Context) -> None:
    """Raise click's UsageError where the command line has both -q and -v."""
    from newsimport.commands.settings import is_typed

    if is_typed(ctx, "quiet") and is_typed(ctx, "verbose"):
        raise click.UsageError("-q and -v are opposites: give one of them")


def resolving_options(command: Command) -> Command:
    """Add the options that say how publishers' links are asked for."""
    options = (
        click.option(
            "--resolve-budget",
            type=click.IntRange(*BOUNDS["resolve_budget"]),
            default=40,
            show_default=True,
            metavar="N",
            help="How many links to ask Google for in a run.",
        ),
        click.option(
            "--images",
            type=click.Choice(["link", "download", "none"]),
            show_default="link with resolved links",
            help="Images of feeds and of publishers' pages.",
        ),
        click.option(
            "--excerpts", is_flag=True, help="Take the publisher's own description as `excerpt`."
        ),
        click.option(
            "--google",
            default="",
            metavar="URL",
            hidden=True,
            help="For tests: ask this server in Google's place, without a rest.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


class Site(click.types.StringParamType):
    """The name of a site generator; the profiles are loaded when one is asked for."""

    name = "site"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """Return the names that there are, as click calls for it."""
        return self._choice().get_metavar(param, ctx)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the generator's name, as click calls for it."""
        return self._choice().convert(value, param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """Let the shell complete the names, as click calls for it."""
        return self._choice().shell_complete(ctx, param, incomplete)

    def _choice(self) -> click.Choice[str]:
        from newsimport.site.profiles import PROFILES

        return click.Choice(sorted(PROFILES))
