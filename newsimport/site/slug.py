"""Make a slug of a title: what a story's file and address are called."""

from __future__ import annotations

import re

MAX_SLUG_BYTES = 80
# A section's own page in Hugo (its siblings vanish), and names that Windows keeps for devices.
_RESERVED = re.compile(r"_?index|con|prn|aux|nul|(?:com|lpt)\d")


def make_slug(title: str) -> str:
    """Return the ASCII slug of a title, at most 80 bytes; "" where nothing usable is left.

    The transliteration is pinned: which other packages are installed changes no slug.
    """
    from slugify import slugify

    slug: str = slugify(
        title,
        max_length=MAX_SLUG_BYTES,
        word_boundary=True,
        save_order=True,
        backend="text-unidecode",
    )
    return "" if _RESERVED.fullmatch(slug) else slug
