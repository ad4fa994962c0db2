"""Make a slug of a title: what a story's file and address are called."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, combining, normalize

MAX_SLUG_BYTES = 80
# A section's own page in Hugo (its siblings vanish), and names that Windows keeps for devices.
RESERVED = {"index", "_index", "con", "prn", "aux", "nul"}
RESERVED |= {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}


# ASCII in which nothing stands for something else: no entity, no digits parted by a comma.
_PLAIN = re.compile(r"[ -%'-+\--~]*+(?:(?:,(?!\d)|&(?!#?\w+;))[ -%'-+\--~]*+)*+")
# Letters and digits, in small; all else parts words.
_WORDS = {code: sign if (sign := chr(code).lower()).isalnum() else " " for code in range(128)}


# Of a new story it is asked for twice: by a batch that looks its names up, and by the story.
@lru_cache(maxsize=256)
def make_slug(title: str) -> str:
    """Return the ASCII slug of a title, at most 80 bytes; "" where nothing usable is left.

    The transliteration is pinned: which other packages are installed changes no slug.
    """
    plain = title if title.isascii() else spell(title)
    return slug_plain(plain) if _PLAIN.fullmatch(plain) else slug_any(title)


def spell(title: str) -> str:
    """Return a title in ASCII as slugify makes its slug of it, as far as that goes by itself."""
    # An apostrophe parts words; what only becomes one does not.
    return title.replace("'", "-").translate(_SPELLED).replace("'", "")


# What text-unidecode's table has for accents, and for the signs and letters of Latin script that
# are none with an accent.
_LATIN = dict.fromkeys(range(0x300, 0x34F), "") | str.maketrans(
    {
        **dict.fromkeys("‘’", "'"), **dict.fromkeys("“”", '"'), "„": ",,", "«": "<<", "»": ">>",
        **dict.fromkeys("‐‒–", "-"), "—": "--", "¿": "?", "¡": "!", "°": "deg", "€": "EUR",
        "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
        "ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
    }
)  # fmt: skip


class _Spelled(dict[int, str]):
    """What slugify's transliteration makes of a character, where those around do not matter.

    Else it is no ASCII that could be plain.
    """

    # More than any language but Chinese has.
    _MOST = 4096

    def __missing__(self, code: int) -> str:
        parts = normalize("NFKD", chr(code))
        spelled = parts.translate(_LATIN)
        if not spelled.isascii():
            # To load its table takes as long as to import eight stories.
            from text_unidecode import unidecode

            spelled = unidecode(parts)
        # Marks change places with those before them, and so would what they are read as.
        if spelled and combining(parts[0]):
            spelled = "\0"
        if len(self) < self._MOST:
            self[code] = spelled
        return spelled


_SPELLED = _Spelled()


def slug_plain(title: str) -> str:
    """Return the slug of plain ASCII: its words of letters and digits, as many as fit."""
    return _shorten("-".join(title.translate(_WORDS).split()))


def slug_any(title: str) -> str:
    """Return the slug of any title, by python-slugify."""
    from slugify import slugify

    slug: str = slugify(
        title,
        max_length=MAX_SLUG_BYTES,
        word_boundary=True,
        save_order=True,
        backend="text-unidecode",
    )
    return slug


# What nobody sees in a name, or would take for another: joiners, fillers of Hangul, inherent vowels
# of Khmer, what chooses a variant of a sign, the dot that Turkish has on a capital I.
_UNSEEN = dict.fromkeys(
    [0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x200D, 0x2060, *range(0x180B, 0x1810),
     *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), ord("’")]
)  # fmt: skip


@lru_cache(maxsize=256)
def make_slug_in_script(title: str) -> str:
    """Return the slug of a title in its own script, at most 80 bytes of UTF-8; "" as `make_slug`.

    slugify's own parts the words of Hindi and Thai at their vowel signs, for those are no letters
    to Python.
    """
    from html import unescape

    # One letter in two widths is one, and small letters may be composed of more than one sign.
    text = normalize("NFKC", normalize("NFKC", unescape(title)).lower()).translate(_UNSEEN)
    text = re.sub(r"(?<=\d),(?=\d)", "", text.replace("i\u0307", "i"))
    slug, goes_on = "", False
    for sign in text:
        # A mark stands on a letter, or on another mark.
        if sign.isalnum() or (goes_on and category(sign) in {"Mn", "Mc"}):
            slug += sign if goes_on or not slug else f"-{sign}"
            goes_on = True
        else:
            goes_on = False
    return _shorten(normalize("NFC", slug))


def _shorten(slug: str) -> str:
    """Return as many words of a slug as fit, of one that is too long as much of it."""
    content = slug.encode()
    if len(content) <= MAX_SLUG_BYTES:
        return slug
    some = content[: MAX_SLUG_BYTES + 1].decode("utf-8", "ignore")
    return some.rpartition("-")[0] or shorten_to(slug, MAX_SLUG_BYTES)


def shorten_to(slug: str, most: int) -> str:
    """Return what of a slug fits into so many bytes, and ends no word with a dash."""
    return slug.encode()[:most].decode("utf-8", "ignore").rstrip("-")
