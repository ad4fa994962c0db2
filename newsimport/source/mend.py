"""Put right what is most often wrong in the XML of feeds."""

from __future__ import annotations

import re

# Entities that are XML's own; all others are HTML's, and stay for whoever reads the HTML.
_LONE_AMPERSAND = r"&(?!(?:lt|gt|quot|apos|amp|#\d{1,7}|#x[0-9a-fA-F]{1,6});)"
_CHARACTER = r"&#(?:(\d{1,7})|x([0-9a-fA-F]{1,6}));"


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
    text = re.sub(_LONE_AMPERSAND, "&amp;", text)
    return re.sub(_CHARACTER, _allowed, text) if "&#" in text else text


def _allowed(found: re.Match[str]) -> str:
    number = int(found[1]) if found[1] else int(found[2], 16)
    is_allowed = number in {9, 10, 13} or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD
    return found[0] if is_allowed or 0x10000 <= number <= 0x10FFFF else " "
