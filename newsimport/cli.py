"""The command line: which commands there are, and how a failure is said."""

from __future__ import annotations

import errno
import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from newsimport import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

# Each command is a module of newsimport.commands, loaded when it is called: start-up is a feature.
COMMANDS = {
    "fetch": "Import feeds into a folder of Markdown files.",
    "adopt": "Take over the files of another tool as stories.",
    "prune": "Remove old stories that nobody edited.",
    "status": "Show what is known of a folder, or of one file.",
    "inspect": "Show what is in a feed, write nothing.",
    "preview": "Show the stories of a feed as they would be written.",
    "resolve": "Replace Google's links by the publishers', a few at a time.",
    "url": "Build the URL of a Google News feed, or explain one.",
    "feeds": "Show the configured feeds, and exchange lists of them.",
    "doctor": "Look over the site, the configuration and the ledger.",
    "init": "Begin a configuration for the site at hand.",
    "completion": "Print the script by which a shell completes newsimport's words.",
}
# What click says of a wrong word, in one line and in plain English.
_PLAINER: dict[str, str | Callable[[re.Match[str]], str]] = {
    r"\s+": " ",
    r" is not a valid integer( range)?\b": " is no whole number",
    r" is not a valid float( range)?\b": " is no number",
    r"\. \((Did you mean [^()]+\?)\)$": r"; \1",
    r"^[A-Z](?=[a-z ])|(?<=; )D": lambda first: first[0].lower(),
}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class _Commands(click.Group):
    """Loads a command when it is called, and says an expected failure in one line (clause 33)."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"newsimport.commands.{cmd_name}"), cmd_name)
        command.short_help = COMMANDS[cmd_name]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        from click.shell_completion import CompletionItem

        found = [name for name in COMMANDS if name.startswith(incomplete)]
        items = [CompletionItem(name, help=COMMANDS[name]) for name in found]
        return [*items, *click.Command.shell_complete(self, ctx, incomplete)]

    def invoke(self, ctx: click.Context) -> Any:
        from newsimport.errors import NewsimportError

        try:
            return super().invoke(ctx)
        except NewsimportError as error:
            _show_trace(ctx)
            from newsimport.commands.output import say

            say(f"newsimport: {error}")
            ctx.exit(error.status)
        except KeyboardInterrupt:
            ctx.exit(130)
        except click.Abort as answer:
            # click makes one of Ctrl-C at a question, and of an end of the answers.
            if isinstance(answer.__context__, KeyboardInterrupt):
                click.echo(err=True)
                ctx.exit(130)
            raise
        except click.UsageError as error:
            _say_misuse(error)
            ctx.exit(error.exit_code)
        except (click.ClickException, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception as error:  # noqa: BLE001 whatever it is, it is told in a line
            _show_trace(ctx)
            ctx.exit(_say_fault(error))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            _say_misuse(error)
            ctx.exit(error.exit_code)


def _show_trace(ctx: click.Context) -> None:
    """With --debug, show where the error at hand comes from; its exit status is the same."""
    if ctx.params.get("debug"):
        import traceback

        from newsimport.source.urls import public_text

        click.echo(public_text(traceback.format_exc()), err=True, nl=False)


def _say_fault(error: Exception) -> int:
    """Say what nobody expected; return the exit status."""
    if isinstance(error, OSError) and error.errno in _FULL:
        # Of files it is said where they are written: this was to be printed (clause 23).
        from newsimport.commands.output import say
        from newsimport.errors import WriteError

        say(f"newsimport: cannot print what was asked for: {error.strerror}")
        return WriteError.status
    from newsimport.commands.crash import arguments, report_crash

    return report_crash(error, arguments())


def _say_misuse(error: click.UsageError) -> None:
    """Say in one line what was wrong with the words of a call (clause 33)."""
    said = error.format_message()
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        raise error
    for clicks, ours in _PLAINER.items():
        said = re.sub(clicks, ours, said)
    from newsimport.commands.output import say

    path = error.ctx.command_path if error.ctx else "newsimport"
    say(f"newsimport: {said.rstrip('.')}; see `{path} --help`")


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "show_default": True}
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(*, debug: bool) -> None:
    """Turn Google News feeds into Markdown front-matter files for static site generators.

    \b
    Examples:
      newsimport init
      newsimport fetch
      newsimport fetch https://news.google.com/rss --out content/news
    """
