"""Split, read, write and splice front matter in YAML, TOML and JSON."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsimport.errors import NewsimportError
from newsimport.models import Bare, Single, Value

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime


class FrontMatterError(NewsimportError):
    """A file's front matter cannot be read: it is left as it is."""

    kind = "front-matter"


@dataclass(frozen=True, slots=True)
class Document:
    """A file of a site: its front matter as values, its body, and the text it was read from.

    `head` is the front matter as it stands, without its fences; text is `before` + `head` +
    `after` + `body`, byte for byte. `newline` is the line ending that the file uses.
    """

    format: str
    fields: dict[str, Value]
    before: str
    head: str
    after: str
    body: str

    @property
    def newline(self) -> str:
        """The file's own line ending."""
        return "\r\n" if "\r\n" in self.before + self.after else "\n"


# ---------------------------------------------------------------- reading

_FENCED = {
    "yaml": re.compile(
        r"(\ufeff?---[ \t]*\r?\n)(.*?)(^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z))", re.DOTALL | re.MULTILINE
    ),
    "toml": re.compile(
        r"(\ufeff?\+\+\+[ \t]*\r?\n)(.*?)(^\+\+\+[ \t]*(?:\r?\n|\Z))", re.DOTALL | re.MULTILINE
    ),
}


def read(text: str) -> Document:
    """Return the front matter and the body of a file's text.

    Raises FrontMatterError when there is none, or when it cannot be parsed.
    """
    for form, fenced in _FENCED.items():
        if found := fenced.match(text):
            before, head, after = found.groups()
            fields = _read_yaml(head) if form == "yaml" else _read_toml(head)
            return Document(form, fields, before, head, after, text[found.end() :])
    if text.lstrip("\ufeff").startswith("{"):
        return _read_json(text)
    raise FrontMatterError("it has no front matter")


def parse_time(value: Value | None) -> datetime | None:
    """Return the time that a field holds, in RFC 3339 or in Jekyll's form; None if it is none.

    A time without a zone is in UTC, as generators take it by default.
    """
    from datetime import UTC, datetime

    try:
        when = datetime.fromisoformat(str(value).replace(" +", "+").replace(" -", "-"))
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _read_yaml(head: str) -> dict[str, Value]:
    root = _compose(head)
    return {str(key.value): _from_node(value) for key, value in root.value} if root else {}


def _compose(head: str) -> Any:
    """Return the root mapping node of some YAML, None when it is empty."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.nodes import MappingNode, ScalarNode

    try:
        root = YAML(typ="rt", pure=True).compose(head)
    except (YAMLError, ValueError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = "" if line is None else f" (line {line + 2})"
        raise FrontMatterError(f"its front matter is not valid YAML{where}") from error
    if root is None:
        return None
    if not isinstance(root, MappingNode):
        raise FrontMatterError("its front matter is not a list of fields")
    names = [key.value for key, _ in root.value if isinstance(key, ScalarNode)]
    if len(set(names)) != len(root.value):
        raise FrontMatterError("its front matter has a field twice, or one without a name")
    return root


def _from_node(node: Any) -> Value:
    """Return a YAML node's value; a scalar is the text that stands for it, a null is ""."""
    if isinstance(node.value, str):
        return "" if not node.style and node.value in {"~", "null"} else node.value
    if node.value and isinstance(node.value[0], tuple):
        return {str(key.value): _from_node(value) for key, value in node.value}
    return {} if node.tag.endswith(":map") else [_from_node(item) for item in node.value]


def _read_toml(head: str) -> dict[str, Value]:
    import tomllib

    try:
        return {
            key: _from_native(value)
            for key, value in tomllib.loads(head.replace("\r\n", "\n")).items()
        }
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FrontMatterError(f"its front matter is not valid TOML: {error}") from error


def _read_json(text: str) -> Document:
    import json

    start = text.index("{")
    try:
        fields, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        raise FrontMatterError(f"its front matter is not valid JSON: {error}") from error
    values = {key: _from_native(value) for key, value in fields.items()}
    rest = text[end:]
    after = rest[: len(rest) - len(rest.lstrip("\r\n"))]
    return Document("json", values, text[:start], text[start:end], after, rest[len(after) :])


def _from_native(value: Any) -> Value:
    """Return a value of TOML or JSON in the form in which values are compared."""
    from datetime import datetime

    if isinstance(value, dict):
        return {str(key): _from_native(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_from_native(item) for item in value]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return "" if value is None else str(value)


# ---------------------------------------------------------------- writing YAML

# Generators evaluate no templates in front matter, but themes print it: Hugo renders `summary` as
# Markdown, many Jekyll themes and Pelican print titles without escaping them.
_ACTIVE = str.maketrans({"<": "‹", ">": "›"})
_BRACKETS = re.compile(r"\](?=[(\[])|!(?=\[)")


def inert(text: str) -> str:
    """Return text for a front matter value that no theme can turn into an element or a link."""
    return _BRACKETS.sub(lambda found: found[0] + " ", text.translate(_ACTIVE))


# Printable characters that double quotes hold as they are, in every YAML parser.
_NOT_PLAIN = re.compile(
    "[^ !#-\\[\\]-~\xa0-\u1fff\u2010-\u2027\u2030-\u205f\u2070-\ud7ff"
    "\ue000-\ufefe\uff00-\uffef\U00010000-\U0010ffff]"
)


def quote(text: str) -> str:
    """Return `text` as a double-quoted YAML scalar on one line.

    Of the styles of YAML only this one is read equally by all parsers in use. Backslashes and
    quotes are escaped here; a character outside the proven ones is left to ruamel.yaml.
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    if _NOT_PLAIN.search(text.replace("\\", "").replace('"', "")):
        return _quote_any(text)
    return f'"{escaped}"'


def _quote_any(text: str) -> str:
    import io

    from ruamel.yaml import YAML
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    yaml = YAML(typ="rt", pure=True)
    yaml.width = 1 << 30
    stream = io.StringIO()
    yaml.dump([DoubleQuotedScalarString(text)], stream)
    return stream.getvalue().removeprefix("- ").removesuffix("\n")


def _scalar(value: str) -> str:
    if isinstance(value, Bare):
        return str(value)
    if isinstance(value, Single) and not _NOT_PLAIN.search(
        value.replace("\\", "").replace('"', "")
    ):
        return "'" + value.replace("'", "''") + "'"
    return quote(value)


def _yaml_lines(key: str, value: Value) -> list[str]:
    """Return the lines of a field, in block style, without line ends."""
    if isinstance(value, str):
        return [f"{key}: {_scalar(value)}"]
    if not value:
        return [f"{key}: []"]
    if isinstance(value, dict):
        return [
            f"{key}:",
            *("  " + line for name, item in value.items() for line in _yaml_lines(name, item)),
        ]
    return [f"{key}:", *(line for item in value for line in _item_lines(item))]


def _item_lines(item: Value) -> list[str]:
    if isinstance(item, str):
        return [f"- {_scalar(item)}"]
    if isinstance(item, dict):
        lines = [line for name, value in item.items() for line in _yaml_lines(name, value)]
        return ["- " + lines[0], *("  " + line for line in lines[1:])]
    raise TypeError("a list of lists is no front matter of ours")


def write(fields: Mapping[str, Value], body: str, *, spaced: Collection[str] = ()) -> str:
    """Return the text of a new file: YAML front matter and `body`.

    A blank line stands before each field that `spaced` names.
    """
    lines = ["---"]
    for key, value in fields.items():
        lines += [""] * (key in spaced) + _yaml_lines(key, value)
    return "\n".join([*lines, "---", body])


# ---------------------------------------------------------------- splicing


def splice(
    document: Document,
    changes: Mapping[str, Value],
    order: Collection[str],
    body: str | None = None,
) -> str:
    """Return the document's text with `changes` made in it, every other byte as it was.

    A field that is new in the file is put behind the one that precedes it in `order`.
    `body`, if given, replaces the body.
    """
    head = document.head
    newline = document.newline
    for key, value in changes.items():
        present = _SPLICERS[document.format](head, key, value, tuple(order), newline)
        head = present
    text = document.body if body is None else body.replace("\n", newline)
    return document.before + head + document.after + text


def _splice_yaml(head: str, key: str, value: Value, order: tuple[str, ...], newline: str) -> str:
    root = _compose(head)
    lines = head.splitlines(keepends=True)
    nodes = {str(name.value): (name, node) for name, node in root.value} if root else {}
    if key not in nodes:
        at = _insertion_line(nodes, key, order, len(lines))
        lines[at:at] = [line + newline for line in _yaml_lines(key, value)]
        return "".join(lines)
    name, node = nodes[key]
    if isinstance(value, str) and isinstance(node.value, str) and node.style not in {"|", ">"}:
        return head[: node.start_mark.index] + _scalar(value) + head[node.end_mark.index :]
    first, last = name.start_mark.line, _last_line(node)
    if (
        isinstance(value, list)
        and node.value
        and not node.flow_style
        and isinstance(node.value, list)
    ):
        fresh = _merge_items(lines, first, node, value, newline)
    else:
        fresh = [line + newline for line in _yaml_lines(key, value)]
    return "".join(lines[:first] + fresh + lines[last + 1 :])


def _insertion_line(
    nodes: dict[str, tuple[Any, Any]], key: str, order: tuple[str, ...], end: int
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
        # A block scalar, and an empty value, end where the next thing starts.
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
        spans.append((_from_node(item), lines[start:end]))
        start = end
    merged = [lines[first]]
    indent = " " * node.start_mark.column
    for item in items:
        kept = next((n for n, (value, _) in enumerate(spans) if value == item), None)
        if kept is None:
            merged += [indent + line + newline for line in _item_lines(item)]
        else:
            merged += spans.pop(kept)[1]
    # A user's comment is not ours to drop with the item that it stood at.
    merged += [line for _, gone in spans for line in gone if line.lstrip().startswith("#")]
    return merged


def _splice_toml(head: str, key: str, value: Value, order: tuple[str, ...], newline: str) -> str:  # noqa: ARG001
    import tomlkit

    document = tomlkit.parse(head)
    document[key] = _to_native(value)
    return tomlkit.dumps(document)


def _splice_json(head: str, key: str, value: Value, order: tuple[str, ...], newline: str) -> str:  # noqa: ARG001
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
    """Return a value as TOML and JSON have it: dates and booleans are no strings there."""
    if isinstance(value, dict):
        return {key: _to_native(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_to_native(item) for item in value]
    if isinstance(value, Bare) and value in {"true", "false"}:
        return value == "true"
    return str(value)


_SPLICERS = {"yaml": _splice_yaml, "toml": _splice_toml, "json": _splice_json}
