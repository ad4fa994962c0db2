"""Compose YAML in the very form that we write it, fast; anything else is left to ruamel.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

# The lines that `frontmatter.write` makes, and no others: a field, an item of a list, an item
# that is a map, a further field of that map or of a nested one.
_LINE = re.compile(
    r"(?P<indent>- |  |)"
    r"(?P<key>[A-Za-z_]\w*:(?: |(?=\r?\n)))?"
    r'(?P<scalar>"(?:[^"\\\r\n]|\\["\\])*"'
    r"|'(?:[^'\r\n]|'')*'"
    r"|[A-Za-z0-9](?:[A-Za-z0-9+.-]|:(?=[0-9])| (?=[0-9+]))*"
    r"|\[\])?"
    r"\r?\n"
)
# What is the end of a line to some readers of YAML and not to others.
_OTHER_BREAK = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
_ESCAPE = re.compile(r'\\(["\\])')
_NULL = frozenset({"null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the text, as ruamel.yaml names it."""

    index: int
    line: int
    column: int


@dataclass(slots=True)
class Node:
    """A node of YAML's graph, with those of ruamel.yaml's attributes that are used here."""

    id: str
    value: Any
    start_mark: Mark
    end_mark: Mark
    style: str | None = None
    flow_style: bool = False

    @property
    def tag(self) -> str:
        """The tag of the node's kind."""
        return {"scalar": "!!str", "sequence": "!!seq", "mapping": "!!map"}[self.id]


def compose(head: str) -> Node | None:
    """Return the root mapping node of `head`, None where it is not in our own form.

    Equal to what ruamel.yaml composes in all that reading and splicing look at: a test holds the
    two to it.
    """
    if _OTHER_BREAK.search(head):
        return None
    root = Node("mapping", [], Mark(0, 0, 0), Mark(len(head), 0, 0))
    names: set[str] = set()
    open_field: Node | None = None  # the list or map whose lines are being read
    position = line = 0
    while position < len(head):
        found = _LINE.match(head, position)
        if not found or not (found["key"] or found["scalar"] or found.end() - position <= 2):
            return None
        if found["indent"] or found["key"] or found["scalar"]:
            key, value = _nodes(found, line)
            if found["indent"]:
                if open_field is None or not _add(open_field, found["indent"], key, value):
                    return None
            elif key is None or key.value in names or not _is_closed(open_field):
                return None
            else:
                open_field = value if found["scalar"] is None else None
                names.add(key.value)
                root.value.append((key, value))
        position, line = found.end(), line + 1
    return root if _is_closed(open_field) else None


def _is_closed(field: Node | None) -> bool:
    """Say whether a list or map that was opened has got lines: without, it is a null."""
    return field is None or bool(field.value)


def _nodes(found: re.Match[str], line: int) -> tuple[Node | None, Node]:
    """Return the key and the value that a line holds; a value to come is an empty mapping."""
    start = found.start()

    def mark(index: int) -> Mark:
        return Mark(index, line, index - start)

    key = None
    if found["key"]:
        at = found.start("key")
        name = found["key"].rstrip(" ")[:-1]
        key = Node("scalar", name, mark(at), mark(at + len(name)))
    text = found["scalar"]
    if text is None:
        return key, Node("mapping", [], mark(found.end()), mark(found.end()))
    first, last = mark(found.start("scalar")), mark(found.end("scalar"))
    if text == "[]":
        return key, Node("sequence", [], first, last, flow_style=True)
    if text[0] == '"':
        return key, Node("scalar", _ESCAPE.sub(r"\1", text[1:-1]), first, last, '"')
    if text[0] == "'":
        return key, Node("scalar", text[1:-1].replace("''", "'"), first, last, "'")
    return key, Node("scalar", "" if text in _NULL else text, first, last)


def _add(field: Node, indent: str, key: Node | None, value: Node) -> bool:
    """Add an indented line to the list or map that it belongs to; False if it fits nowhere."""
    if not value.value and value.id == "mapping":  # a list or map within a list or map
        return False
    field.end_mark = value.end_mark
    if indent == "- ":
        if not field.value:
            field.id = "sequence"
            start = (key or value).start_mark
            field.start_mark = Mark(start.index - 2, start.line, 0)
        if field.id != "sequence":
            return False
        item = Node("mapping", [(key, value)], key.start_mark, value.end_mark) if key else value
        field.value.append(item)
        return True
    if key is None:
        return False
    target = field
    if field.id == "sequence":
        target = field.value[-1]
        if target.id != "mapping":
            return False
    if any(name.value == key.value for name, _ in target.value):
        return False
    target.value.append((key, value))
    return True
