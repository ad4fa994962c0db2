"""Gather the entries of a feed, and give each a guid that no other of them has."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from newsimport.source.limits import most_tree_size
from newsimport.text import tidy

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsimport.models import Entry
    from newsimport.spool import Spool

try:
    # hashlib would load OpenSSL, which takes 3 MiB.
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - not every Python has it by itself
    from hashlib import blake2b

_TAG = r"<[^<>]*>"
# Where a hash has 32 bits, one of 400 feeds of 5,000 items would have two alike.
_mark_of: Callable[[str], object] = hash if sys.hash_info.width >= 64 else str


class Items:
    """The entries of a feed in its order, each with a guid of its own (clause 11).

    Empty ones are `dropped`, and counted. `tags` is how much of all HTML may have to become trees.
    """

    def __init__(self, entries: list[Entry] | Spool[Entry]) -> None:
        """`entries` is where they are gathered."""
        self.entries = entries
        self.dropped = 0
        self.tags = 0
        # Hashes of the guids, for Google's are up to a thousand characters long: of a million, no
        # two are the same by chance, and whoever writes a feed cannot know them.
        self._seen: set[object] = set()

    def take(self, entry: Entry) -> None:
        """Take the next entry of the feed."""
        if entry.title or entry.link or _has_text(entry.body):
            guid = entry.guid or entry.link or _stand_in(entry)
            if not self._is_new(guid):
                guid = self._longer(guid, entry)
            if guid:
                self.entries.append(entry if guid == entry.guid else entry._replace(guid=guid))
                self.tags += most_tree_size(entry.body)
                return
        self.dropped += 1

    def _longer(self, guid: str, entry: Entry) -> str:
        """Return a guid that no other has for one that stands twice; "" where all is twice."""
        for more in (entry.link, entry.title, _stand_in(entry)):
            guid = f"{guid} {more}" if more else guid
            if self._is_new(guid):
                return guid
        return ""

    def _is_new(self, guid: str) -> bool:
        before = len(self._seen)
        self._seen.add(_mark_of(guid))
        return len(self._seen) > before


def _has_text(body: str) -> bool:
    """Say whether some HTML shows a word."""
    from html import unescape

    return bool(tidy(unescape(re.sub(_TAG, " ", body))))


def _stand_in(entry: Entry) -> str:
    """Return a guid for an entry that has none, by its title and date."""
    when = entry.published.isoformat() if entry.published else ""
    text = entry.title or entry.body
    digest = blake2b(f"{text}\n{when}".encode("utf-8", "replace"), digest_size=12)
    return f"x-{digest.hexdigest()}"
