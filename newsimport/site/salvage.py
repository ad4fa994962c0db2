"""Read front matter by its lines: where it cannot be parsed, or need not be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsimport.site.stamp import STAMP

if TYPE_CHECKING:
    from newsimport.models import Value

_FENCES = ("---", "+++", "{")
# A field with its value on one line, in YAML, TOML or JSON, and the line that begins our stamp.
_FIELD = re.compile(r"""["']?([\w-]+)["']?[ \t]*[:=][ \t]*(\S.*)""")
_STAMP = re.compile(rf"""["'\[]?{STAMP}["'\]]?(?:[ \t]*[:=])?(?:[ \t]*\{{)?""")


def salvage(text: str) -> dict[str, Value]:
    """Return the fields of a file's front matter that stand on lines of their own, and its stamp.

    Of several of a name it is the first. A file that begins with no fence has none.
    """
    fields: dict[str, Value] = {}
    stamp: dict[str, Value] | None = None
    for line in _head(text).split("\n"):
        bare = line.strip(" \t\r,")
        if stamp is None and _STAMP.fullmatch(bare):
            stamp = fields[STAMP] = {}
        elif found := _FIELD.match(bare):
            name, value = found[1], found[2].partition(" #")[0].strip(" \t\"'")
            fields.setdefault(name, value)
            if stamp is not None:
                stamp.setdefault(name, value)
    return fields


def _head(text: str) -> str:
    text = text.removeprefix("\ufeff")
    fence = next(filter(text.startswith, _FENCES), None)
    if fence is None:
        return ""
    end = text.find("\n" + fence.replace("{", "}"))
    return text[: end if end >= 0 else len(text)]
