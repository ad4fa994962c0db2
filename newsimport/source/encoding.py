"""Decode the bytes of a feed, whatever encoding they claim or have."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Only encodings that feeds are written in. Python knows many more codecs, and some of them are
# attacks when a stranger chooses them (`undefined` raises, `punycode` takes quadratic time,
# `unicode_escape` and `utf-7` conjure up markup that the bytes do not show).
_KNOWN = (
    r"utf-?(8|16|32)([-_]?(le|be))?|ascii|us-ascii|latin-?1|iso-?8859-?\d{1,2}|windows-?\d{3,4}"
    r"|cp-?\d{3,5}|koi8-?[rtu]|gb(k|2312|18030)|big5(-?hkscs)?|shift[-_]?jis|sjis|euc-?(jp|kr|tw)"
    r"|iso-?2022-?(jp|kr)|mac-?(roman|cyrillic|centraleurope|greek|turkish)|tis-?620|ks_c_5601-1987"
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARATION = rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']"""
# A C1 control in UTF-8.
_C1 = rb"\xc2[\x80-\x9f]"
# The last signs of tags, comments and beginnings of CDATA sections.
_SEAMS = frozenset(b">[")
# Where one byte in so many is looked at, that takes next to no time.
_FEW = 64


def _known(name: str) -> str:
    """Return the Python name of an encoding that feeds are written in, "" for any other."""
    name = name.strip().strip("\"'").lower()
    if name == "utf-8":  # as nearly all, who need no pattern
        return name
    if not re.fullmatch(_KNOWN, name):
        return ""
    # A browser reads these two as their supersets, and so do the people who mislabel them.
    name = {"gb2312": "gb18030", "iso-8859-1": "cp1252", "latin1": "cp1252"}.get(name, name)
    try:
        return codecs.lookup(name.replace("windows-", "cp").replace("tis-620", "cp874")).name
    except LookupError:
        return ""


def decode(body: bytes, charset: str = "") -> tuple[str, str]:
    """Return the text of `body` and a warning, "" when its label was right.

    `charset` is what the HTTP answer said, "" when it said nothing. A byte order mark wins over
    all labels; bytes that are valid UTF-8 are UTF-8, whatever they are called, for other
    encodings are not valid UTF-8 by chance; then HTTP's label counts, then the declaration's
    (RFC 7303, section 3). Never raises: what cannot be decoded becomes U+FFFD, with a warning.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body.decode(name, "replace").lstrip("\ufeff"), ""
    found = re.match(_DECLARATION, body[:1024])
    declared = found[1].decode("ascii") if found else ""
    labels = [(label, _known(label)) for label in (charset, declared) if label]
    if (found_text := _decode_wide(body, [name for _, name in labels])) is not None:
        return found_text, ""
    if strange := next((label for label, name in labels if not name), ""):
        return body.decode("utf-8", "replace"), f"unknown encoding {strange[:40]!r}, read as UTF-8"
    if (text := _try(body, "utf-8")) is not None:
        wrong = next((label for label, name in labels if name != "utf-8"), "")
        if not wrong or body.isascii():
            return text, ""
        return text, f"declared as {wrong[:40]}, but it is UTF-8"
    return _decode_as_labelled(body, labels)


def is_labelled_utf8(head: bytes) -> bool:
    """Say whether a body that begins so is UTF-8 by its mark or its label, or has neither."""
    found = re.match(_DECLARATION, head[:1024])
    is_marked = head.startswith(codecs.BOM_UTF8)
    return is_marked or not found or _known(found[1].decode("ascii")) == "utf-8"


def _decode_wide(body: bytes, names: list[str]) -> str | None:
    """Decode what looks like ASCII or UTF-8 to a careless eye: by its label, or by its zeros."""
    if body[:2] in {b"<\0", b"\0<"}:
        names = [*names, "utf-16-le" if body[0] else "utf-16-be"]
    for name in names:
        if name.startswith(("utf-16", "utf-32", "iso2022")) and (text := _try(body, name)):
            return text
    return None


def _decode_as_labelled(body: bytes, labels: list[tuple[str, str]]) -> tuple[str, str]:
    for _, name in labels:
        if name != "utf-8" and (text := _try(body, name)) is not None:
            return text, ""
    name = next((name for _, name in labels if name != "utf-8"), "")
    if name:
        return body.decode(name, "replace"), f"some characters are not {name}, they were replaced"
    return body.decode("cp1252", "replace"), "not UTF-8, read as windows-1252"


def _try(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def may_need_repair(chunk: bytes) -> bool:
    """Say whether any text in a piece of XML in UTF-8 may be one that `repair` changes.

    C1 controls, and what ends a character that was encoded twice, begin with C2; hardly any of the
    characters in real feeds that do is one of them. A reference may stand for any character.
    """
    is_cut = chunk.endswith(b"&")
    return is_cut or _holds(chunk, b"\xc2", _is_odd) or _holds(chunk, b"#", _is_reference)


def _holds(chunk: bytes, sign: bytes, is_one: Callable[[bytes, int], bool]) -> bool:
    """Say whether a sign is one of a kind anywhere, or stands too often to be looked at."""
    at = chunk.find(sign)
    for _ in range(len(chunk) // _FEW):
        if at < 0 or is_one(chunk, at):
            break
        at = chunk.find(sign, at + 1)
    return at >= 0


def _is_odd(chunk: bytes, at: int) -> bool:
    is_c1, is_second = chunk[at + 1 : at + 2] < b"\xa0", chunk[at - 2] == 0xC3
    # What begins a piece, or follows a tag or a comment, may follow anything in its text.
    return is_c1 or is_second or at < 2 or chunk[at - 1] in _SEAMS


def _is_reference(chunk: bytes, at: int) -> bool:
    return chunk[at - 1] == 0x26


def repair(text: str) -> str:
    """Return a text as it was meant where its letters were decoded wrongly, as feedparser does.

    UTF-8 that was read as Latin-1 and encoded again, and windows-1252 in place of C1 controls.
    """
    text = _decoded_twice(text)
    # To look for the controls in UTF-8, in which all of them begin alike, takes the least time.
    return text.translate(_cp1252()) if re.search(_C1, text.encode("utf-8", "replace")) else text


def _decoded_twice(text: str) -> str:
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


@lru_cache(maxsize=1)
def _cp1252() -> dict[int, str]:
    letters = ((code, bytes([code]).decode("cp1252", "ignore")) for code in range(0x80, 0xA0))
    return {code: letter for code, letter in letters if letter}
