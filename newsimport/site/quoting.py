"""Quote strings so that every parser of YAML, TOML and JSON in use reads them back equal."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsimport.models import Bare, Single
from newsimport.text import are_printable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Left as they are: printable characters, joiners among them, without which Persian, Hindi and many
# an emoji fall apart. Escaped: controls, NEL and the line separators (that end a line in YAML),
# what turns text around or is not seen at all, byte order marks and noncharacters (that Zola and
# libyaml refuse).
_NOT_PLAIN = (
    "[^ !#-\\[\\]-~\xa0-\xac\xae-\u061b\u061d-\u200a\u200c\u200d\u2010-\u2027\u202f-\u205f"
    "\u2070-\ud7ff"
    "\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufff8\ufffc\ufffd\U00010000-\U0001fffd\U00020000-\U0002fffd"
    "\U00030000-\U000dffff\U000e0100-\U000ffffd\U00100000-\U0010fffd]"
)
# The escapes of YAML that all parsers know; "\'" and "\/" are none of them.
_YAML_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
# Where a single-quoted string would not be the text as it stands.
_NOT_SINGLE = "[\\\\\"']"
_PLAIN_KEY = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
# Plain, they are no strings: `on` is true to PyYAML and Psych, `y` and `n` to some.
_NO_KEYS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def _escape(text: str, spell: Callable[[re.Match[str]], str]) -> str:
    """Return a text with `spell` in place of whatever is not plain.

    What Python takes for printable is plain but for two signs, which are spelled alike in all
    three languages: a test looks at each character there is.
    """
    if text.isprintable():
        return quote_plain(text)[1:-1]
    return _not_plain().sub(spell, text)


def quote_plain(text: str) -> str:
    """Return a text that is printable in double quotes, as YAML, TOML and JSON all have it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def within_quotes(texts: Sequence[str]) -> Sequence[str] | None:
    """Return some texts as `quote_plain` has each between its quotes.

    None if not all are printable.
    """
    if not are_printable(texts):
        return None
    joined = "\n".join(texts)
    if '"' in joined or "\\" in joined:
        # No text that is printable has an end of line.
        return quote_plain(joined)[1:-1].split("\n")
    return texts


# So large a class takes longer to compile than a hundred items to be written.
@lru_cache(maxsize=1)
def _not_plain() -> re.Pattern[str]:
    return re.compile(_NOT_PLAIN)


def _is_single(text: str) -> bool:
    return not _not_plain().search(re.sub(_NOT_SINGLE, "", text))


def quote(text: str) -> str:
    """Return `text` as a double-quoted YAML scalar on one line.

    Of the styles of YAML only this one is read equally by all parsers in use. A lone surrogate,
    that no file can hold, becomes U+FFFD.
    """
    return f'"{_escape(text, _yaml_escape)}"'


def _yaml_escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    if short := _YAML_ESCAPES.get(character):
        return short
    return f"\\x{code:02X}" if code < 0x100 else _unicode_escape(code)


def _unicode_escape(code: int) -> str:
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def yaml_scalar(value: str) -> str:
    """Return a string as a YAML scalar, quoted as its type asks."""
    if isinstance(value, Bare):
        return str(value)
    if isinstance(value, Single) and _is_single(value):
        return "'" + value.replace("'", "''") + "'"
    return quote(value)


def yaml_scalars(values: Sequence[str]) -> list[str]:
    """Return some strings as `yaml_scalar` has each of them."""
    texts = [value for value in values if type(value) is not Bare]
    if Single in map(type, values) or not are_printable(texts):
        return [yaml_scalar(value) for value in values]
    joined = "".join(texts)
    if '"' in joined or "\\" in joined:
        return [value if type(value) is Bare else quote_plain(value) for value in values]
    return [value if type(value) is Bare else f'"{value}"' for value in values]


# The fields of a site's files have the same names.
@lru_cache(maxsize=256)
def yaml_key(key: str) -> str:
    """Return the name of a YAML field, in quotes where it would be something else without."""
    return key if _PLAIN_KEY.fullmatch(key) and key.lower() not in _NO_KEYS else quote(key)


def toml_scalar(value: str) -> str:
    """Return a string as a TOML basic string, or as it stands where it needs no quotes."""
    if isinstance(value, Bare):
        return str(value)
    return f'"{_escape(value, _toml_escape)}"'


def _toml_escape(found: re.Match[str]) -> str:
    # TOML 1.0 has no \x, and no surrogates; its other escapes are those of YAML.
    escaped = _yaml_escape(found)
    return f"\\u00{escaped[2:]}" if escaped.startswith("\\x") else escaped


def toml_key(key: str) -> str:
    """Return the name of a TOML field."""
    return key if _PLAIN_KEY.fullmatch(key) else toml_scalar(str(key))


def json_scalar(value: str) -> str:
    """Return a string as a JSON string that YAML reads equally, or as it stands without quotes.

    Characters beyond the first plane stand as they are: as pairs of surrogates, which JSON
    prescribes, Psych and Hugo's YAML would not read them. None that needs escaping is left.
    """
    if isinstance(value, Bare):
        return _json_bare(value)
    return f'"{_escape(value, _json_escape)}"'


def _json_bare(value: str) -> str:
    if value in {"true", "false"} or re.fullmatch(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", value, re.ASCII):
        return str(value)
    return f'"{value}"'


def _json_escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return found[0] if code > 0xFFFF else _toml_escape(found)
