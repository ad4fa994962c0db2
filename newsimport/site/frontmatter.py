"""Split, read and write front matter in YAML, TOML and JSON."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsimport.errors import NewsimportError
from newsimport.models import Bare, Single, Value
from newsimport.site import canonical

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


def write_scalar(value: str) -> str:
    """Return a string as a YAML scalar, quoted as its type asks."""
    if isinstance(value, Bare):
        return str(value)
    if isinstance(value, Single) and not _NOT_PLAIN.search(
        value.replace("\\", "").replace('"', "")
    ):
        return "'" + value.replace("'", "''") + "'"
    return quote(value)


def field_lines(key: str, value: Value) -> list[str]:
    """Return the lines of a YAML field, in block style, without line ends."""
    if isinstance(value, str):
        return [f"{key}: {write_scalar(value)}"]
    if not value:
        return [f"{key}: []"]
    if isinstance(value, dict):
        return [
            f"{key}:",
            *("  " + line for name, item in value.items() for line in field_lines(name, item)),
        ]
    return [f"{key}:", *(line for item in value for line in item_lines(item))]


def item_lines(item: Value) -> list[str]:
    """Return the lines of an item of a YAML list, without line ends."""
    if isinstance(item, str):
        return [f"- {write_scalar(item)}"]
    if isinstance(item, dict):
        lines = [line for name, value in item.items() for line in field_lines(name, value)]
        return ["- " + lines[0], *("  " + line for line in lines[1:])]
    raise TypeError("a list of lists is no front matter of ours")


def write(fields: Mapping[str, Value], body: str, *, spaced: Collection[str] = ()) -> str:
    """Return the text of a new file: YAML front matter and `body`.

    A blank line stands before each field that `spaced` names.
    """
    lines = ["---"]
    for key, value in fields.items():
        lines += [""] * (key in spaced) + field_lines(key, value)
    return "\n".join([*lines, "---", body])
