"""Split, read and write front matter in YAML, TOML and JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from newsimport.errors import NewsimportError
from newsimport.records import NamedTuple
from newsimport.site.block import Block
from newsimport.site.quoting import json_scalar, toml_key, toml_scalar

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from newsimport.models import Value


class FrontMatterError(NewsimportError):
    """A file's front matter cannot be read: it is left as it is."""

    kind = "front-matter"


class Document(NamedTuple):
    """A file of a site: its front matter as values, its body, and the text it was read from.

    `head` is the front matter as it stands, without its fences; text is `before` + `head` +
    `after` + `body`, byte for byte. `root` is the YAML mapping node that `head` was read from.
    """

    format: str
    fields: dict[str, Value]
    before: str
    head: str
    after: str
    body: str
    root: Any = None

    @property
    def newline(self) -> str:
        """The file's own line ending."""
        return "\r\n" if "\r\n" in self.before + self.after else "\n"


# ---------------------------------------------------------------- reading

_FENCED = {
    "yaml": r"(?ms)(\ufeff?---[ \t]*\r?\n)(.*?)(^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z))",
    "toml": r"(?ms)(\ufeff?\+\+\+[ \t]*\r?\n)(.*?)(^\+\+\+[ \t]*(?:\r?\n|\Z))",
}
_LINE_END = re.compile(r"(?:[ \t]*\r?\n)?")


def read(text: str) -> Document:
    """Return the front matter and the body of a file's text.

    Raises FrontMatterError when there is none, or when it cannot be parsed.
    """
    for form, fenced in _FENCED.items():
        if found := re.match(fenced, text):
            before, head, after = found.groups()
            body = text[found.end() :]
            if form == "toml":
                return Document(form, _read_toml(head), before, head, after, body)
            root = _compose(head)
            try:
                return Document(form, _fields(root), before, head, after, body, root)
            except RecursionError as error:
                raise FrontMatterError("its front matter contains itself") from error
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


def _fields(root: Any) -> dict[str, Value]:
    return {str(key.value): from_node(value) for key, value in root.value} if root else {}


def _compose(head: str) -> Any:
    """Return the root mapping node of some YAML, None when it is empty."""
    from newsimport.site import canonical

    if (ours := canonical.compose(head)) is not None:
        return ours
    import warnings

    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.nodes import MappingNode, ScalarNode

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an anchor that is used again is the user's own matter
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


def from_node(node: Any) -> Value:
    """Return a YAML node's value; a scalar is the text that stands for it, a null is ""."""
    if isinstance(node.value, str):
        return "" if not node.style and node.value in {"~", "null"} else node.value
    if node.value and isinstance(node.value[0], tuple):
        return {str(key.value): from_node(value) for key, value in node.value}
    return {} if node.tag.endswith(":map") else [from_node(item) for item in node.value]


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
    after = _LINE_END.match(text, end)
    assert after is not None
    body = text[after.end() :]
    return Document("json", values, text[:start], text[start:end], after[0], body)


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


# ---------------------------------------------------------------- writing


def write(
    fields: Mapping[str, Value], body: bytes, form: str = "yaml", *, spaced: Collection[str] = ()
) -> bytes:
    """Return a new file in UTF-8: front matter in YAML, TOML or JSON, and `body`.

    Dots in a field's name lead into maps. A blank line stands before each that `spaced` names.
    """
    nested = nest(fields)
    if form == "toml":
        return "\n".join(["+++", *toml_lines(nested), "+++", ""]).encode() + body
    if form == "json":
        return f"{json_text(nested)}\n".encode() + body
    head = Block().map(nested, spaced=spaced).content()
    return b"\n".join([b"---", *([head] if head else []), b"---", body])


def nest(fields: Mapping[str, Value]) -> dict[str, Value]:
    """Return fields whose names lead into maps as those maps."""
    if "." not in "".join(fields):
        return dict(fields)
    nested: dict[str, Value] = {}
    for place, value in fields.items():
        *above, name = place.split(".")
        target = nested
        for step in above:
            inner = target.setdefault(step, {})
            assert isinstance(inner, dict), f"{place} is a field and a map"
            target = inner
        target[name] = value
    return nested


def toml_lines(fields: Mapping[str, Value], above: str = "") -> list[str]:
    """Return the lines of a TOML table: its own values first, then the tables below it."""
    lines: list[str] = []
    tables: list[str] = []
    for key, value in fields.items():
        name = above + toml_key(key)
        if isinstance(value, dict) and value:
            tables += ["", f"[{name}]", *toml_lines(value, name + ".")]
        elif rows := _rows_of(value):
            for row in rows:
                tables += ["", f"[[{name}]]", *toml_lines(row, name + ".")]
        else:
            lines.append(f"{toml_key(key)} = {_toml_inline(value)}")
    return lines + tables


def _rows_of(value: Value) -> list[dict[str, Value]]:
    """Return the maps of a list that holds nothing else, none of another value."""
    if not isinstance(value, list):
        return []
    rows = [item for item in value if isinstance(item, dict)]
    return rows if len(rows) == len(value) else []


def _toml_inline(value: Value) -> str:
    if isinstance(value, str):
        return toml_scalar(value)
    if isinstance(value, dict):
        inner = (f"{toml_key(key)} = {_toml_inline(item)}" for key, item in value.items())
        return "{" + ", ".join(inner) + "}"
    return "[" + ", ".join(map(_toml_inline, value)) + "]"


def json_text(value: Value, margin: str = "", step: str = "  ") -> str:
    """Return a value as JSON, each field on a line of its own, in a form that YAML reads too.

    `margin` are the blanks before the line that it begins on, `step` those of each level more.
    """
    if isinstance(value, str):
        return json_scalar(value)
    inner = margin + step
    if isinstance(value, dict):
        rows = [
            f"{json_scalar(key)}: {json_text(item, inner, step)}" for key, item in value.items()
        ]
        opening, closing = "{", "}"
    else:
        rows = [json_text(item, inner, step) for item in value]
        opening, closing = "[", "]"
        if all(isinstance(item, str) for item in value):
            return f"[{', '.join(rows)}]"
    if not rows:
        return opening + closing
    return f"{opening}\n{inner}" + f",\n{inner}".join(rows) + f"\n{margin}{closing}"
