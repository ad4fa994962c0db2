"""Write values as YAML in block style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.models import Bare
from newsimport.site.quoting import yaml_key, yaml_scalars
from newsimport.site.table import Table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from newsimport.models import Value


_NOTHING = Bare("")


def field_lines(key: str, value: Value) -> list[str]:
    """Return the lines of a YAML field, in block style, without line ends."""
    return Block().map({key: value}).content().decode().split("\n")


def item_lines(item: Value) -> list[str]:
    """Return the lines of an item of a YAML list, without line ends."""
    return Block().list([item]).content().decode().split("\n")


class Block:
    """YAML in block style: scalars, spelled together at last, each behind what stands before it."""

    def __init__(self) -> None:
        self._spelled = b""
        self._pieces: list[str] = []

    def map(
        self,
        fields: Mapping[str, Value],
        lead: str = "",
        margin: str = "",
        spaced: Collection[str] = (),
    ) -> Block:
        """Add a map. `lead` stands before its first field; others begin a line with `margin`.

        A blank line stands before each field that `spaced` names.
        """
        line = f"\n{margin}"
        for name, value in fields.items():
            start = f"{lead}{yaml_key(name)}:"
            if name in spaced:
                start = f"\n{start}"
            if isinstance(value, str):
                self._pieces += (start + " ", value)
            elif not value:
                self._pieces += (start + " ", _empty(value))
            elif isinstance(value, dict):
                self.map(value, f"{start}\n{margin}  ", margin + "  ")
            else:
                self.list(value, f"{start}\n{margin}", margin)
            lead = line
        return self

    def list(self, items: Sequence[Value], lead: str = "", margin: str = "") -> Block:
        """Add a list. `lead` stands before its first item; others begin a line with `margin`."""
        if isinstance(items, Table) and (rows := items.yaml(margin)):
            self._pieces += (lead, _NOTHING)
            self._spell()
            self._spelled += rows
            return self
        line = f"\n{margin}"
        for item in items:
            if isinstance(item, str):
                self._pieces += (lead + "- ", item)
            elif not item:
                self._pieces += (lead + "- ", _empty(item))
            elif isinstance(item, dict):
                self.map(item, lead + "- ", margin + "  ")
            else:
                self.list(item, lead + "- ", margin + "  ")
            lead = line
        return self

    def content(self) -> bytes:
        """Return the text in UTF-8, without the end of its last line."""
        self._spell()
        return self._spelled

    def _spell(self) -> None:
        """Spell all scalars that were added, in one go."""
        self._pieces[1::2] = yaml_scalars(self._pieces[1::2])
        self._spelled += "".join(self._pieces).encode()
        self._pieces.clear()


def _empty(value: Value) -> Bare:
    return Bare("{}" if isinstance(value, dict) else "[]")
