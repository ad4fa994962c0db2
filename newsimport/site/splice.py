"""Change single fields of a file's front matter and leave every other byte as it was."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeGuard

from newsimport.models import Bare, Value
from newsimport.site.frontmatter import field_lines, from_node, item_lines, write_scalar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsimport.site.frontmatter import Document


def splice(
    document: Document,
    changes: Mapping[str, Value],
    order: Sequence[str],
    body: str | None = None,
) -> str:
    """Return the document's text with `changes` made in it.

    A field that is new in the file is put behind the one that precedes it in `order`.
    `body`, if given, replaces the body.
    """
    head = _SPLICERS[document.format](document, changes, order)
    text = document.body if body is None else body.replace("\n", document.newline)
    return document.before + head + document.after + text


# ---------------------------------------------------------------- YAML

# A line as ruamel.yaml counts them; Python counts more characters for the end of one.
_LINES = re.compile(r"[^\n\r]*(?:\r\n|[\n\r])|[^\n\r]+")

# Where to put what: from and to which character of the head, and the text to stand there.
_Edit = tuple[int, int, str]


def _splice_yaml(document: Document, changes: Mapping[str, Value], order: Sequence[str]) -> str:
    head, newline = document.head, document.newline
    lines = _LINES.findall(head)
    starts = [0, *accumulate(map(len, lines))]
    nodes = (
        {str(key.value): (key, node) for key, node in document.root.value} if document.root else {}
    )
    edits: list[_Edit] = []
    for key in sorted(changes, key=lambda name: order.index(name) if name in order else len(order)):
        value = changes[key]
        if key in nodes:
            edits.append(_edit_field(lines, starts, key, nodes[key], value, newline))
        else:
            at = starts[_insertion_line(nodes, key, order, len(lines))]
            edits.append((at, at, _joined(field_lines(key, value), newline)))
    # From the end, so that what is before keeps its place; fields new at one place in their order.
    edits.reverse()
    edits.sort(key=lambda edit: edit[:2], reverse=True)
    for start, end, text in edits:
        head = head[:start] + text + head[end:]
    return head


def _edit_field(
    lines: list[str], starts: list[int], key: str, pair: tuple[Any, Any], value: Value, newline: str
) -> _Edit:
    name, node = pair
    # A value that is missing has no place of its own: it ends where its name does.
    is_missing = node.start_mark.index == node.end_mark.index
    is_inline = isinstance(node.value, str) and node.style not in {"|", ">"}
    if isinstance(value, str) and is_inline and not is_missing:
        return node.start_mark.index, node.end_mark.index, write_scalar(value)
    if node.id == "sequence" and node.flow_style and _is_plain_list(value):
        inline = "[" + ", ".join(map(write_scalar, value)) + "]"
        return node.start_mark.index, node.end_mark.index, inline
    first = name.start_mark.line
    last = first if is_missing else _last_line(node)
    if isinstance(value, list) and node.id == "sequence" and node.value and not node.flow_style:
        fresh = "".join(_merge_items(lines, first, node, value, newline))
    else:
        fresh = _joined(field_lines(key, value), newline)
    return starts[first], starts[last + 1], fresh


def _is_plain_list(value: Value) -> TypeGuard[list[str]]:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)


def _joined(lines: list[str], newline: str) -> str:
    return "".join(line + newline for line in lines)


def _insertion_line(
    nodes: dict[str, tuple[Any, Any]], key: str, order: Sequence[str], end: int
) -> int:
    before = order[: order.index(key)] if key in order else order
    for name in reversed(before):
        if name in nodes:
            return _last_line(nodes[name][1]) + 1
    return end


def _last_line(node: Any) -> int:
    """Return the line on which a node's own text ends; comments after it are not its own."""
    if isinstance(node.value, str) or node.flow_style or not node.value:
        end = node.end_mark
        # A block scalar ends where the next thing starts.
        ended_before = end.column == 0 and end.line > node.start_mark.line
        return int(end.line) - 1 if ended_before else int(end.line)
    last = node.value[-1]
    return _last_line(last[1] if isinstance(last, tuple) else last)


def _merge_items(
    lines: list[str], first: int, node: Any, items: list[Value], newline: str
) -> list[str]:
    """Return the lines of a block list: items that stay keep their lines and comments."""
    spans: list[tuple[Value, list[str]]] = []
    start = first + 1
    for item in node.value:
        end = _last_line(item) + 1
        spans.append((from_node(item), lines[start:end]))
        start = end
    # An emptied list needs its brackets: a name with nothing behind it is a null.
    merged = [lines[first]] if items else [lines[first].partition(":")[0] + ": []" + newline]
    indent = " " * node.start_mark.column
    for item in items:
        kept = next((n for n, (value, _) in enumerate(spans) if value == item), None)
        if kept is None:
            merged += [indent + line + newline for line in item_lines(item)]
        else:
            merged += spans.pop(kept)[1]
    # A user's comment is not ours to drop with the item that it stood at.
    merged += [line for _, gone in spans for line in gone if line.lstrip().startswith("#")]
    return merged


# ---------------------------------------------------------------- TOML and JSON


def _splice_toml(document: Document, changes: Mapping[str, Value], _order: Sequence[str]) -> str:
    import tomlkit

    parsed = tomlkit.parse(document.head)
    for key, value in changes.items():
        parsed[key] = _to_native(value)
    return tomlkit.dumps(parsed)


def _splice_json(document: Document, changes: Mapping[str, Value], _order: Sequence[str]) -> str:
    head = document.head
    for key, value in changes.items():
        head = _splice_json_field(head, key, value, document.newline)
    return head


def _splice_json_field(head: str, key: str, value: Value, newline: str) -> str:
    import json

    written = json.dumps(_to_native(value), ensure_ascii=False)
    decoder = json.JSONDecoder()
    position = _skip_blanks(head, 1)
    last = 1
    while head[position] != "}":
        name, position = decoder.raw_decode(head, position)
        start = _skip_blanks(head, _skip_blanks(head, position) + 1)
        _, last = decoder.raw_decode(head, start)
        if name == key:
            return head[:start] + written + head[last:]
        position = _skip_blanks(head, last)
        if head[position] == ",":
            position = _skip_blanks(head, position + 1)
    comma = "," if last > 1 else ""
    return f"{head[:last]}{comma}{newline}  {json.dumps(key)}: {written}{head[last:]}"


def _skip_blanks(text: str, position: int) -> int:
    while text[position] in " \t\r\n":
        position += 1
    return position


def _to_native(value: Value) -> Any:
    """Return a value as TOML and JSON have it: booleans are no strings there."""
    if isinstance(value, dict):
        return {key: _to_native(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_to_native(item) for item in value]
    if isinstance(value, Bare) and value in {"true", "false"}:
        return value == "true"
    return str(value)


_SPLICERS = {"yaml": _splice_yaml, "toml": _splice_toml, "json": _splice_json}
