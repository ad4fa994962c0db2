"""Write a manual page for each command, in man(7), from what its help says."""

from __future__ import annotations

import re
from inspect import cleandoc, getdoc
from typing import TYPE_CHECKING

import click

from newsimport import __version__, errors
from newsimport.commands.sections import Sectioned, sections_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What a formatter would take for signs of its own, or for typography; groff_char(7).
_SIGNS = {"\\": r"\[rs]", "-": r"\-", "'": r"\[aq]", "`": r"\[ga]", "^": r"\[ha]", "~": r"\[ti]"}
# What is typed as it stands is bold; in a synopsis, what stands for something else is italic.
_PROSE = re.compile(r"`(?P<code>[^`]+)`|(?<![\w-])(?P<typed>--?[A-Za-z][\w-]*)")
_SYNOPSIS = re.compile(rf"{_PROSE.pattern}|\b(?P<value>[A-Z]{{2,}}|N)\b")
_FONTS = {"code": "B", "typed": "B", "value": "I"}
# Longer than any first sentence of a help, so that none is cut.
_WHOLE = 1000

_EXAMPLES = {"Example:", "Examples:"}
_STATUSES = {
    "0": "Done, also when nothing was new.",
    "1": "Some feeds failed, the rest is written; or several failed differently.",
    "70": "A bug, with a way to report it.",
    "130": "Stopped by SIGINT, after the file in hand.",
    "143": "Stopped by SIGTERM, after the file in hand.",
}
_ENVIRONMENT = {
    "NO_COLOR": "If it is not empty, nothing is coloured.",
    "http_proxy, https_proxy, no_proxy": "Which way feeds are asked for.",
}
_FILES = {
    "newsimport.toml": "The configuration, in this folder or the nearest one above it.",
    "~/.config/newsimport/config.toml": "The user's own, for what that does not say.",
    ".newsimport.sqlite3": "The ledger, in the folder of the stories.",
}


def contexts(
    command: click.Command, name: str = "newsimport", above: click.Context | None = None
) -> Iterator[click.Context]:
    """Yield a context for a command and for each one below it, however deep."""
    ctx = click.Context(command, info_name=name, parent=above, **command.context_settings)
    yield ctx
    if isinstance(command, click.Group):
        for inner in command.list_commands(ctx):
            if found := command.get_command(ctx, inner):
                yield from contexts(found, inner, ctx)


def manual_pages(command: click.Command) -> dict[str, str]:
    """Return the pages of a command and of all below it, by the names of their files."""
    pages = list(contexts(command))
    return {f"{_name(page)}.1": "\n".join(_page(page, pages)) + "\n" for page in pages}


def _name(ctx: click.Context) -> str:
    return ctx.command_path.replace(" ", "-")


def _page(ctx: click.Context, pages: Iterable[click.Context]) -> Iterator[str]:
    name = _name(ctx)
    yield f'.TH "{_text(name.upper())}" 1 "" "newsimport {__version__}" "newsimport"'
    yield from (".SH NAME", rf"{_text(name)} \- {_line(_summary(ctx).rstrip('.'))}", ".SH SYNOPSIS")
    usage = " ".join(ctx.command.collect_usage_pieces(ctx))
    yield rf"\fB{_text(ctx.command_path)}\fR {_line(usage, _SYNOPSIS)}"
    blocks = cleandoc(ctx.command.help or "").split("\n\n")
    yield from _description(blocks)
    yield from _options(ctx)
    yield from _variables(ctx)
    if below := [page for page in pages if page.parent is ctx]:
        yield ".SH COMMANDS"
        for page in below:
            yield from _entry(_reference(page), _line(_summary(page)))
    if ctx.parent is None:
        yield from _what_holds_for_all()
    yield from _examples(blocks)
    beside = [page for page in pages if page.parent is ctx.parent and page is not ctx]
    yield ".SH SEE ALSO"
    yield ",\n".join(map(_reference, [ctx.parent, *beside] if ctx.parent else below))


def _summary(ctx: click.Context) -> str:
    return ctx.command.get_short_help_str(_WHOLE)


def _reference(ctx: click.Context) -> str:
    return rf"\fB{_text(_name(ctx))}\fR(1)"


def _description(blocks: list[str]) -> Iterator[str]:
    """Yield the paragraphs of a help; one that begins with a line of `\b` keeps its lines."""
    yield ".SH DESCRIPTION"
    for block in blocks:
        lines = block.removeprefix("\b\n").split("\n")
        if lines[0] not in _EXAMPLES:
            kept = block.startswith("\b")
            yield from (".PP", *(_as_typed(lines) if kept else [_line(" ".join(lines))]))


def _examples(blocks: list[str]) -> Iterator[str]:
    for block in blocks:
        first, *lines = block.removeprefix("\b\n").split("\n")
        if first in _EXAMPLES:
            yield from (".SH EXAMPLES", *_as_typed(lines))


def _as_typed(lines: Iterable[str]) -> Iterator[str]:
    yield from (".nf", *map(_text, lines), ".fi")


def _options(ctx: click.Context) -> Iterator[str]:
    yield ".SH OPTIONS"
    sectioned = isinstance(ctx.command, Sectioned)
    for title, options in sections_of(ctx.command, ctx).items():
        if sectioned:
            yield f".SS {_text(title)}"
        for option in options:
            if record := option.get_help_record(ctx):
                yield from _entry(_line(record[0], _SYNOPSIS), _line(record[1]))


def _variables(ctx: click.Context) -> Iterator[str]:
    options = [option for option in ctx.command.params if isinstance(option, click.Option)]
    if found := [str(option.envvar) for option in options if option.envvar and not option.hidden]:
        yield from (".SH ENVIRONMENT", "Each of these stands for the option of its name:")
        yield _text(", ".join(sorted(found)) + ".")


def _what_holds_for_all() -> Iterator[str]:
    """Yield what no command's help says: exit statuses, the environment, files."""
    statuses = dict(_STATUSES)
    # The first of a status is what it means; the others are cases of it.
    for error in vars(errors).values():
        if isinstance(error, type) and issubclass(error, errors.NewsimportError):
            statuses.setdefault(str(error.status), (getdoc(error) or "").partition("\n")[0])
    sections = {
        "EXIT STATUS": dict(sorted(statuses.items(), key=lambda item: int(item[0]))),
        "ENVIRONMENT": _ENVIRONMENT,
        "FILES": _FILES,
    }
    for title, entries in sections.items():
        yield f".SH {title}"
        for name, meaning in entries.items():
            yield from _entry(rf"\fB{_text(name)}\fR", _line(meaning))


def _entry(term: str, meaning: str) -> Iterator[str]:
    yield from (".TP", term, meaning)


def _line(text: str, marks: re.Pattern[str] = _PROSE) -> str:
    """Return a line of help in the fonts of a manual page."""
    at, parts = 0, []
    for found in marks.finditer(text):
        name = found.lastgroup or ""
        parts += [_text(text[at : found.start()]), rf"\f{_FONTS[name]}{_text(found[name])}\fR"]
        at = found.end()
    return "".join([*parts, _text(text[at:])])


def _text(text: str) -> str:
    r"""Return a text as itself in roff: no request, no escape, and ASCII, for any locale."""
    shown = "".join(
        _SIGNS.get(sign, sign if sign.isascii() else rf"\[u{ord(sign):04X}]") for sign in text
    )
    return rf"\&{shown}" if shown.startswith(".") else shown
