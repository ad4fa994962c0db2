"""Read XML that is not well-formed, in one pass over it: a bare "&", HTML that nobody escaped."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from newsimport.source.builder import CONTAINERS, ITEMS, ROOTS, Builder, Tag, Verbatim

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsimport.models import Entry
    from newsimport.source.builder import Record
    from newsimport.source.gate import Gate

# Entities that are XML's own; all others are HTML's, and stay for whoever reads the HTML.
_ENTITY = re.compile(r"&(?:lt|gt|quot|apos|amp|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_LONE_AMPERSAND = re.compile(r"&(?!(?:lt|gt|quot|apos|amp|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_CHARACTER = re.compile(r"&#(?:(\d{1,7})|x([0-9a-fA-F]{1,6}));")
_NAME = re.compile(r"/?[A-Za-z_][\w.:-]{0,127}")
_ATTRIBUTE = re.compile(
    r"""(?<![\w.:-])([A-Za-z_][\w.:-]{0,127})\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s"']+)"""
)


def mend(text: str) -> str:
    """Return XML with what is most often wrong in it put right.

    Each "&" that begins no entity of XML becomes "&amp;", so that "&nbsp;" is HTML's to read; each
    reference to a character that XML forbids becomes a space. CDATA sections stay as they are.
    """
    parts = []
    place = 0
    while (start := text.find("<![CDATA[", place)) >= 0:
        end = text.find("]]>", start)
        end = len(text) if end < 0 else end + 3
        parts += [_mend_references(text[place:start]), text[start:end]]
        place = end
    return "".join([*parts, _mend_references(text[place:])])


def _mend_references(text: str) -> str:
    if "&" not in text:
        return text
    text = _LONE_AMPERSAND.sub("&amp;", text)
    return _CHARACTER.sub(_allowed, text) if "&#" in text else text


def _allowed(found: re.Match[str]) -> str:
    number = int(found[1]) if found[1] else int(found[2], 16)
    is_allowed = number in {9, 10, 13} or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD
    return found[0] if is_allowed or 0x10000 <= number <= 0x10FFFF else " "


def _unescape(text: str) -> str:
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


class _Forgiving(Builder):
    """A builder that heeds the elements of feeds, wherever they stand, and no others' nesting."""

    raw = ""

    def open(self, name: str, attributes: list[str], *, is_empty: bool) -> None:
        """Take a start tag."""
        kind = self.name(name)
        if kind in ITEMS and self.item is not None:
            self.leave(kind if kind in self._stack else next(iter(ITEMS & set(self._stack))))
        if self._parts is not None:
            self._parts.append(_tag(name, attributes))
            return
        self.start(name, attributes)
        if self._parts is not None:
            self.raw = name
        elif kind not in CONTAINERS:
            self.end(name)
        if is_empty:
            self.close(name)

    def close(self, name: str) -> None:
        """Take an end tag: that of the element being read, or of a container around it."""
        kind = self.name(name)
        if self._parts is not None:
            if name == self.raw:
                self.end(name)
                return
            if kind not in ITEMS | ROOTS:
                self._parts.append(Tag(f"</{name}>"))
                return
        self.leave(kind)

    def leave(self, kind: str) -> None:
        """Close a container, and all that was left open in it."""
        if kind not in self._stack:
            return
        self.close_text()
        while self._stack and self._stack[-1] != kind:
            self.end("")
        self.end("")

    def _joined(self, parts: list[str]) -> str:
        if any(isinstance(part, Tag) for part in parts):
            return "".join(parts)
        return "".join(part if isinstance(part, Verbatim) else _unescape(part) for part in parts)


def _tag(name: str, attributes: list[str]) -> Tag:
    pairs = zip(attributes[::2], attributes[1::2], strict=False)
    written = "".join(f' {key}="{html.escape(value)}"' for key, value in pairs)
    return Tag(f"<{name}{written}>")


def read_tolerantly(
    text: str, start: int, gate: Gate, finish: Callable[[Record, Record], Entry]
) -> Builder:
    """Return what can be read of a feed that is not well-formed, from `start` on.

    Raises FeedError where the gate says so.
    """
    builder = _Forgiving(finish)
    place = tag_end = start
    ends = dict.fromkeys(("-->", "]]>", "?>"), start)
    while (opening := text.find("<", place)) >= 0:
        gate.token()
        if opening > place:
            gate.characters(text[place:opening])
            builder.text(text[place:opening])
        special = _special(text, opening)
        if special:
            head, tail = special
            if ends[tail] >= 0 and ends[tail] < opening + len(head):
                ends[tail] = text.find(tail, opening + len(head))
            if ends[tail] >= 0:
                if tail == "]]>":
                    gate.characters(text[opening + 9 : ends[tail]])
                    builder.text(Verbatim(text[opening + 9 : ends[tail]]))
                place = ends[tail] + len(tail)
                continue
        if 0 <= tag_end <= opening:
            tag_end = text.find(">", opening)
        place = _take_tag(text, opening, tag_end, gate, builder)
    builder.leave_all()
    return builder


def _special(text: str, opening: int) -> tuple[str, str] | None:
    if text.startswith("<!--", opening):
        return "<!--", "-->"
    if text.startswith("<![CDATA[", opening):
        return "<![CDATA[", "]]>"
    if text.startswith("<?", opening):
        return "<?", "?>"
    return None


def _take_tag(text: str, opening: int, end: int, gate: Gate, builder: _Forgiving) -> int:
    """Take the tag that begins at `opening`; return where what follows begins."""
    found = _NAME.match(text, opening + 1) if end > opening else None
    if found is None or text.find("<", found.end(), end) >= 0:
        gate.declaration(text[opening : opening + 9])
        builder.text("<")
        return opening + 1
    name = found[0]
    if name.startswith("/"):
        builder.close(name[1:])
        gate.left()
        return end + 1
    gate.tag(end - opening)
    inside = text[found.end() : end]
    attributes = [
        part
        for key, value in (_ATTRIBUTE.findall(inside) if "=" in inside else ())
        for part in (key, _unescape(value.strip("\"'")))
    ]
    gate.entered(builder.name(name), attributes)
    builder.open(name, attributes, is_empty=inside.endswith("/"))
    return end + 1
