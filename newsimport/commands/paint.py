"""Show files and their changes on a terminal: in colours there, bare everywhere else."""

from __future__ import annotations

import os
import re
import sys
from html import unescape
from typing import TYPE_CHECKING, Any

import click

from newsimport.commands.output import is_terminal
from newsimport.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    # A text, and the styles of click that it is shown in.
    Piece = tuple[str, dict[str, Any]]

_PLAIN: dict[str, Any] = {}
_FAINT = {"dim": True}
_KEY = re.compile(r"([ \t]*(?:- )?)(\"?[\w.-]+\"?)([ \t]*[:=])")
_LINK = re.compile(r"(!?)\[((?:[^\[\]\\]|\\.){0,2000})\]\(([^()\s]{0,4000})\)")
_MARK = re.compile(r"(\*\*|__)(?=\S)(.{1,2000}?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_TAG = re.compile(r"<[^<>]{0,8000}>")
_ITEM = re.compile(r"<li\b[^<>]{0,2000}>|</?p\b[^<>]{0,2000}>|<br\b[^<>]{0,2000}>|</tr>")
_STARTS = {"- ": ("• ", _PLAIN), "* ": ("• ", _PLAIN), "> ": ("│ ", _FAINT), "# ": ("", _PLAIN)}


def has_colours() -> bool:
    """Say whether stdout is a terminal whose user wants colours (https://no-color.org)."""
    dumb = os.environ.get("TERM", "") in {"", "dumb"}
    return is_terminal(sys.stdout) and not dumb and not os.environ.get("NO_COLOR")


def print_pieces(pieces: Iterable[Piece], *, colours: bool) -> None:
    """Write a line of pieces to stdout; none of them steers the terminal (clause 28)."""
    bare = ((printable(text), style) for text, style in pieces)
    line = "".join(click.style(text, **style) if colours else text for text, style in bare)
    click.echo(line, color=colours)


def print_diff(path: str, before: str, after: str) -> None:
    """Write to stdout how a file changes, as a unified diff."""
    from difflib import unified_diff

    colours = has_colours()
    styles: dict[str, dict[str, Any]] = {
        "---": {"bold": True}, "+++": {"bold": True}, "@@": {"fg": "cyan"},
        "-": {"fg": "red"}, "+": {"fg": "green"},
    }  # fmt: skip
    old, new = (text.removesuffix("\n").split("\n") for text in (before, after))
    lines = unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm="")
    for number, line in enumerate(lines):
        # Only the first two are names: a line that was taken out may begin with dashes too.
        starts = ("---", "+++") if number < 2 else ("@@", "-", "+")
        start = next((start for start in starts if line.startswith(start)), "")
        print_pieces([(line, styles.get(start, _PLAIN))], colours=colours)


def print_story(name: str, head: str, body: str) -> None:
    """Write a story's file to stdout: its name, its front matter, its body as it reads."""
    colours = has_colours()
    print_pieces([(name, {"bold": True, "underline": True})], colours=colours)
    for line in head.splitlines():
        print_pieces(_front_matter(line), colours=colours)
    for line in _lines(body):
        print_pieces(_rendered(line), colours=colours)


def _front_matter(line: str) -> Iterator[Piece]:
    found = _KEY.match(line)
    if not found:
        yield line, _FAINT if line.strip("-+ ") == "" else _PLAIN
        return
    yield found[1], _PLAIN
    yield found[2], {"fg": "cyan"}
    yield found[3] + line[found.end() :], _PLAIN


def _lines(body: str) -> Iterator[str]:
    """Yield the lines of a body that are to be rendered, HTML as the list that it shows."""
    if "<" not in body:
        yield from body.strip("\n").splitlines()
        return
    text = _ITEM.sub(lambda tag: "\n- " if tag[0].startswith("<li") else "\n", body)
    yield from (line for line in _TAG.sub("", text).splitlines() if line.strip())


def _rendered(line: str) -> Iterator[Piece]:
    """Yield a line of Markdown as it reads: its links underlined, its escapes resolved."""
    indent = line[: len(line) - len(line.lstrip())]
    line = line.lstrip()
    style = {"bold": True} if line.startswith("#") else _PLAIN
    mark = next((mark for mark in _STARTS if line.startswith(mark)), "")
    shown, style_of_mark = _STARTS.get(mark, ("", _PLAIN))
    yield indent + shown, style_of_mark
    line = line.removeprefix(mark)
    at = 0
    for link in _LINK.finditer(line):
        yield from _words(line[at : link.start()], style)
        yield _as_read(link[2]), {**style, "underline": True}
        at = link.end()
    yield from _words(line[at:], style)


def _words(text: str, style: dict[str, Any]) -> Iterator[Piece]:
    at = 0
    for strong in _MARK.finditer(text):
        yield _as_read(text[at : strong.start()]), style
        yield _as_read(strong[2]), {**style, "bold": True}
        at = strong.end()
    yield _as_read(text[at:]), style


def _as_read(text: str) -> str:
    return unescape(_ESCAPED.sub(r"\1", text)).replace("\xa0", " ")
