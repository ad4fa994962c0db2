"""Change single fields of a file's front matter and leave every other byte as it was."""

from __future__ import annotations

import contextlib
import re
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeGuard

from newsimport.records import NamedTuple
from newsimport.site.frontmatter import (
    field_lines,
    from_node,
    item_lines,
    json_text,
    nest,
    toml_lines,
)
from newsimport.site.quoting import json_scalar, yaml_scalar

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from newsimport.models import Value
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
    head = document.head
    lines = _LINES.findall(head)
    text = _Text(lines, [0, *accumulate(map(len, lines))], document.newline)
    ranks = {name: rank for rank, name in enumerate(order)}
    ordered = {
        name: changes[name]
        for name in sorted(changes, key=lambda name: ranks.get(name, len(ranks)))
    }
    edits = _edit_map(text, document.root, ordered, [name.split(".") for name in order], len(lines))
    # From the end, so that what is before keeps its place; fields new at one place in their order.
    edits.reverse()
    edits.sort(key=lambda edit: edit[:2], reverse=True)
    for start, end, fresh in edits:
        head = head[:start] + fresh + head[end:]
    return head


class _Text(NamedTuple):
    """The head as lines, with the character at which each of them starts."""

    lines: list[str]
    starts: list[int]
    newline: str

    def join(self, lines: list[str], margin: int) -> str:
        return "".join(" " * margin + line + self.newline for line in lines)


def _edit_map(
    text: _Text, node: Any, changes: Mapping[str, Value], order: list[list[str]], end: int
) -> list[_Edit]:
    """Return the edits that change the fields of a block map; dots lead into the maps in it.

    `order` is that of all fields, as steps from here; `end` the line after the map.
    """
    nodes = {str(key.value): (key, value) for key, value in node.value} if node else {}
    margin = node.value[0][0].start_mark.column if nodes else 0
    edits: list[_Edit] = []
    for key, value in _gather(changes, nodes).items():
        if key not in nodes:
            at = text.starts[_insertion_line(nodes, key, order, end)]
            fresh = nest(value) if isinstance(value, dict) else value
            edits.append((at, at, text.join(field_lines(key, fresh), margin)))
            continue
        inner = nodes[key][1]
        if key in changes or not isinstance(value, dict):
            edits.append(_edit_field(text, key, nodes[key], value))
        elif inner.id == "mapping" and inner.value and not inner.flow_style:
            below = [steps[1:] for steps in order if steps[0] == key and len(steps) > 1]
            edits += _edit_map(text, inner, value, below, _last_line(inner) + 1)
        else:
            # A map in braces, or none: it is written anew, with what else it held.
            held = from_node(inner)
            whole = nest((held if isinstance(held, dict) else {}) | value)
            edits.append(_edit_field(text, key, nodes[key], whole))
    return edits


def _gather(changes: Mapping[str, Value], here: Container[str]) -> dict[str, Value]:
    """Return the changes by the first step of their names, those of one map together."""
    gathered: dict[str, Value] = {}
    for name, value in changes.items():
        first, _, rest = name.partition(".")
        if not rest or name in here:
            gathered[name] = value
        else:
            inner = gathered.setdefault(first, {})
            assert isinstance(inner, dict)
            inner[rest] = value
    return gathered


def _edit_field(text: _Text, key: str, pair: tuple[Any, Any], value: Value) -> _Edit:
    name, node = pair
    # A value that is missing has no place of its own: it ends where its name does.
    is_missing = node.start_mark.index == node.end_mark.index
    is_inline = isinstance(node.value, str) and node.style not in {"|", ">"}
    if isinstance(value, str) and is_inline and not is_missing:
        return node.start_mark.index, node.end_mark.index, yaml_scalar(value)
    if node.id == "sequence" and node.flow_style and _is_plain_list(value):
        inline = "[" + ", ".join(map(yaml_scalar, value)) + "]"
        return node.start_mark.index, node.end_mark.index, inline
    first = name.start_mark.line
    last = first if is_missing else _last_line(node)
    if isinstance(value, list) and node.id == "sequence" and node.value and not node.flow_style:
        fresh = "".join(_merge_items(text, first, node, value))
    else:
        fresh = text.join(field_lines(key, value), name.start_mark.column)
    return text.starts[first], text.starts[last + 1], fresh


def _is_plain_list(value: Value) -> TypeGuard[list[str]]:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)


def _insertion_line(
    nodes: dict[str, tuple[Any, Any]], key: str, order: list[list[str]], end: int
) -> int:
    names = list(dict.fromkeys(steps[0] for steps in order))
    before = names[: names.index(key)] if key in names else names
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


def _merge_items(text: _Text, first: int, node: Any, items: list[Value]) -> list[str]:
    """Return the lines of a block list: items that stay keep their lines and comments."""
    spans: list[tuple[Value, list[str]]] = []
    start = first + 1
    for item in node.value:
        end = _last_line(item) + 1
        spans.append((from_node(item), text.lines[start:end]))
        start = end
    # An emptied list needs its brackets: a name with nothing behind it is a null.
    name = text.lines[first]
    merged = [name] if items else [name.partition(":")[0] + ": []" + text.newline]
    indent = " " * node.start_mark.column
    for item in items:
        kept = next((n for n, (value, _) in enumerate(spans) if value == item), None)
        if kept is None:
            merged += [indent + line + text.newline for line in item_lines(item)]
        else:
            merged += spans.pop(kept)[1]
    # A user's comment is not ours to drop with the item that it stood at.
    merged += [line for _, gone in spans for line in gone if line.lstrip().startswith("#")]
    return merged


# ---------------------------------------------------------------- TOML and JSON


def _splice_toml(document: Document, changes: Mapping[str, Value], order: Sequence[str]) -> str:
    head, newline = document.head.replace("\r\n", "\n"), document.newline
    ranks = {name: rank for rank, name in enumerate(order)}
    for place in sorted(changes, key=lambda name: ranks.get(name, len(ranks))):
        head = _splice_toml_field(head, place, changes[place], order)
    return head.replace("\n", newline)


def _splice_toml_field(head: str, place: str, value: Value, order: Sequence[str]) -> str:
    """Return TOML with one field changed, or a new one behind its predecessor."""
    import tomlkit

    parsed = tomlkit.parse(head)
    *above, key = [place] if place in parsed else place.split(".")
    is_table = isinstance(value, dict) or (bool(value) and isinstance(value[0], dict))
    if not above and key not in parsed and not is_table:
        at = _toml_insertion(head, [name for name in order[: _rank(order, key)] if name in parsed])
        return head[:at] + "\n".join(toml_lines({key: value})) + "\n" + head[at:]
    table: Any = parsed
    for step in above:
        if not isinstance(table.get(step), dict):
            table[step] = tomlkit.table()
        table = table[step]
    # A table's end is its own, the blank line before the next one included.
    is_last = key not in table or list(table)[-1] == key
    end = "\n" if is_last else "\n\n"
    text = "\n".join(toml_lines({"value": value})) + (end if is_table else "\n")
    table[key] = tomlkit.parse(text)["value"]
    return tomlkit.dumps(parsed).rstrip("\n") + "\n"


def _rank(order: Sequence[str], key: str) -> int:
    return order.index(key) if key in order else len(order)


def _toml_insertion(head: str, before: Sequence[str]) -> int:
    """Return where the last of some fields ends that stands above all tables, else the start."""
    import tomllib

    lines = head.splitlines(keepends=True)
    starts = [0, *accumulate(map(len, lines))]
    tables = (n for n, line in enumerate(lines) if line.lstrip().startswith("["))
    for name in reversed(before):
        pattern = re.compile(rf"""\s*["']?{re.escape(name)}["']?\s*=""")
        for first in range(len(lines)):
            if not pattern.match(lines[first]):
                continue
            for last in range(first + 1, len(lines) + 1):
                with contextlib.suppress(tomllib.TOMLDecodeError):
                    if name in tomllib.loads("".join(lines[:last])):
                        return starts[last]
    return starts[next(tables, len(lines))]


def _splice_json(document: Document, changes: Mapping[str, Value], order: Sequence[str]) -> str:
    found = _JSON_MARGIN.match(document.head)
    step = found[1] if found else "  "
    ranks = {name: rank for rank, name in enumerate(order)}
    head = document.head
    for place in sorted(changes, key=lambda name: ranks.get(name, len(ranks))):
        before = [name.partition(".")[0] for name in order[: _rank(order, place)]]
        head = _splice_json_field(
            head, place, changes[place], _Json(document.newline, step, before)
        )
    return head


# The blanks before the first field of an object that is not all on one line.
_JSON_MARGIN = re.compile(r"\{[ \t]*\r?\n([ \t]+)(?=\")")


class _Json(NamedTuple):
    """How some JSON is written: its line ends, how far each level stands in, and by how much.

    `before` are the fields behind which a new one goes.
    """

    newline: str
    step: str
    before: Sequence[str] = ()
    margin: str = ""

    @property
    def inner(self) -> str:
        return self.margin + self.step

    def text(self, value: Value) -> str:
        return json_text(value, self.inner, self.step).replace("\n", self.newline)


def _splice_json_field(head: str, place: str, value: Value, form: _Json) -> str:
    """Return a JSON object with one field changed, or a new one behind its predecessor."""
    import json

    decoder = json.JSONDecoder()
    first, _, rest = place.partition(".")
    position = _skip_blanks(head, 1)
    ends: dict[str, int] = {}
    while head[position] != "}":
        name, position = decoder.raw_decode(head, position)
        start = _skip_blanks(head, _skip_blanks(head, position) + 1)
        _, ends[name] = decoder.raw_decode(head, start)
        if name == place:
            return head[:start] + form.text(value) + head[ends[name] :]
        if rest and name == first:
            inner = head[start : ends[name]] if head[start] == "{" else "{}"
            below = _Json(form.newline, form.step, (), form.inner)
            changed = _splice_json_field(inner, rest, value, below)
            return head[:start] + changed + head[ends[name] :]
        position = _skip_blanks(head, ends[name])
        if head[position] == ",":
            position = _skip_blanks(head, position + 1)
    field = f"{json_scalar(first)}: {form.text(nest({rest: value}) if rest else value)}"
    if not ends:
        return f"{{{form.newline}{form.inner}{field}{form.newline}{form.margin}}}"
    behind = [ends[name] for name in ends if name in form.before] or list(ends.values())
    at = behind[-1]
    return f"{head[:at]},{form.newline}{form.inner}{field}{head[at:]}"


def _skip_blanks(text: str, position: int) -> int:
    while text[position] in " \t\r\n":
        position += 1
    return position


_SPLICERS = {"yaml": _splice_yaml, "toml": _splice_toml, "json": _splice_json}
