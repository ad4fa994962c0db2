"""Make a slug of a title: what a story's file and address are called."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize

MAX_SLUG_BYTES = 80
# A section's own page in Hugo (its siblings vanish), and names that Windows keeps for devices.
_RESERVED = {"index", "_index", "con", "prn", "aux", "nul"}
_RESERVED |= {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}


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
    slug = slug_plain(plain) if _PLAIN.fullmatch(plain) else slug_any(title)
    return "" if slug in _RESERVED else slug


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
    slug = "-".join(title.translate(_WORDS).split())
    if len(slug) <= MAX_SLUG_BYTES:
        return slug
    return slug[: MAX_SLUG_BYTES + 1].rpartition("-")[0] or slug[:MAX_SLUG_BYTES]


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
