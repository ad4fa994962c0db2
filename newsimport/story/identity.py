"""Tell whether an item is a story that we know already; pure."""

from __future__ import annotations

from binascii import b2a_base64
from typing import TYPE_CHECKING

from newsimport.records import NamedTuple

try:
    # What hashlib gives by this name, without OpenSSL, which takes longer to load than all digests
    # of a run to be made.
    from _blake2 import blake2b
except ImportError:  # another Python
    from hashlib import blake2b

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

# Clause 12, measured over a recorded month: items that share three or more of their articles are
# one story under a new guid; with one or two shared they are often two angles of one running event.
MIN_SHARED = 3
MIN_SHARE = 0.5
# RFC 4648, section 6, in lower case.
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_URLSAFE = bytes.maketrans(b"+/", b"-_")


class Sighting(NamedTuple):
    """An item of a known story as it was last seen, against an item under a new guid.

    `shared` counts the article ids that both hold; `opened` is when the story was first written.
    """

    story: str
    shared: int
    seen: datetime
    opened: datetime


def digest(text: str) -> str:
    """Return the 8 characters that stand for a guid or an article in files and in the ledger.

    48 bits, base64url: with 100,000 stories on a site, a false match is a matter of 1 in 50,000.
    """
    return digests((text,))[0]


def digests(texts: Iterable[str]) -> list[str]:
    """Return the digest of each of some texts."""
    return _spelled(
        [blake2b(text.encode("utf-8", "replace"), digest_size=6).digest() for text in texts]
    )


def digests_of(contents: Iterable[bytes], length: int = 8) -> list[str]:
    """Return the digest of each of some texts in UTF-8, or its first `length` characters."""
    return _spelled([blake2b(content, digest_size=6).digest() for content in contents], length)


def _spelled(hashed: Iterable[bytes], length: int = 8) -> list[str]:
    # Six bytes are eight characters, whatever stands beside them.
    line = b2a_base64(b"".join(hashed), newline=False).translate(_URLSAFE).decode()
    return [line[start : start + length] for start in range(0, len(line), 8)]


def story_key(guid: str) -> str:
    """Return the key of a story that is first met under `guid`: 8 characters, lower case.

    It follows from the guid, so that a run that was killed before it remembered what it wrote
    comes to the same key again. Base 32, for it may end up in a file name.
    """
    hashed = blake2b(guid.encode("utf-8", "replace"), digest_size=5).digest()
    number = int.from_bytes(hashed, "big")
    return "".join([_BASE32[number >> place & 31] for place in range(35, -1, -5)])


def match(
    articles: int,
    sightings: Iterable[Sighting],
    now: datetime,
    window: timedelta,
    max_age: timedelta,
) -> str | None:
    """Return the key of the story that an item of `articles` articles belongs to, None if new.

    `sightings` are the items of known stories that share an article with it. Of several that
    qualify, the one that shares most counts, then the one seen last. None counts that was seen
    longer ago than `window`, or whose story was opened longer ago than `max_age`.
    """
    near = [
        sighting
        for sighting in sightings
        if sighting.shared >= MIN_SHARED
        and sighting.shared >= MIN_SHARE * articles
        and now - sighting.seen <= window
        and now - sighting.opened <= max_age
    ]
    best = max(
        near, key=lambda sighting: (sighting.shared, sighting.seen, sighting.story), default=None
    )
    return best.story if best else None
