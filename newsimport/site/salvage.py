"""Read front matter by its lines: where it cannot be parsed, or need not be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsimport.site.stamp import STAMP

if TYPE_CHECKING:
    from newsimport.models import Value

_FENCES = ("---", "+++", "{")
# A field with its value on one line, in YAML, TOML or JSON, and one that begins a table.
_FIELD = re.compile(
    r"""(?m)^[ \t]*["']?([\w-]+)["']?[ \t]*[:=][ \t]*(\S.*?)[ \t,\r]*(?:[ \t]#.*)?$"""
)
_STAMP = re.compile(rf"""(?m)^[ \t]*["'\[]?{STAMP}["'\]]?[ \t]*[:=]?[ \t]*\{{?[ \t\r]*$""")


def salvage(text: str) -> dict[str, Value]:
    """Return the fields of a file's front matter that stand on lines of their own, and its stamp.

    Of several of a name it is the first. A file that begins with no fence has none.
    """
    head = _head(text)
    fields: dict[str, Value] = dict(_first_of_each(head))
    if stamp := _STAMP.search(head):
        fields[STAMP] = dict(_first_of_each(head[stamp.end() :]))
    return fields


def _head(text: str) -> str:
    text = text.removeprefix("\ufeff")
    fence = next(filter(text.startswith, _FENCES), None)
    if fence is None:
        return ""
    end = re.compile(rf"^{re.escape(fence.replace('{', '}'))}", re.MULTILINE).search(text, 3)
    return text[: end.start() if end else len(text)]


def _first_of_each(lines: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _FIELD.findall(lines):
        found.setdefault(name, value.strip("\"'"))
    return found
