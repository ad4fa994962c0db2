"""Say things to a person or to a program."""

from __future__ import annotations

import sys
from typing import Any, Self, TextIO

import click

from newsimport.text import printable


def is_terminal(stream: TextIO | None) -> bool:
    """Say whether a person is at a standard stream; Python has None for one that is closed."""
    return stream is not None and stream.isatty()


def say(message: str) -> None:
    """Write a line for a person to stderr, without anything that could steer a terminal."""
    click.echo(printable(message), err=True)


def print_line(line: str) -> None:
    """Write a line that was asked for to stdout, without anything that could steer a terminal."""
    click.echo(printable(line))


def print_json(document: dict[str, Any]) -> None:
    """Write a document to stdout as JSON."""
    import json

    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


class Progress:
    """A line on the terminal that says what is under way; nothing elsewhere (clause 29)."""

    def __init__(self, *, shown: bool) -> None:
        self.shown = shown and is_terminal(sys.stderr)
        self._is_drawn = False

    def __enter__(self) -> Self:
        return self

    def show(self, what: str) -> None:
        """Replace the line."""
        if self.shown:
            self._is_drawn = True
            click.echo(f"\r\x1b[K{printable(what)[:70]} …", nl=False, err=True)

    def __exit__(self, *_exception: object) -> None:
        self.clear()

    def clear(self) -> None:
        """Take the line away."""
        if self._is_drawn:
            self._is_drawn = False
            click.echo("\r\x1b[K", nl=False, err=True)
