"""Make a slug of a title: what a story's file and address are called."""

from __future__ import annotations

import re
from functools import lru_cache

MAX_SLUG_BYTES = 80
# A section's own page in Hugo (its siblings vanish), and names that Windows keeps for devices.
_RESERVED = re.compile(r"_?index|con|prn|aux|nul|(?:com|lpt)\d")


# ASCII in which nothing stands for something else: no entity, no digits parted by a comma.
_PLAIN = re.compile(r"(?:[ -%'-+\--~]|,(?!\d))*+")
_APART = re.compile(r"[^a-z0-9]+")


# Of a new story it is asked for twice: by a batch that looks its names up, and by the story.
@lru_cache(maxsize=256)
def make_slug(title: str) -> str:
    """Return the ASCII slug of a title, at most 80 bytes; "" where nothing usable is left.

    The transliteration is pinned: which other packages are installed changes no slug.
    """
    slug = slug_plain(title) if _PLAIN.fullmatch(title) else slug_any(title)
    return "" if _RESERVED.fullmatch(slug) else slug


def slug_plain(title: str) -> str:
    """Return the slug of plain ASCII: its words of letters and digits, as many as fit."""
    slug = _APART.sub("-", title.lower()).strip("-")
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
