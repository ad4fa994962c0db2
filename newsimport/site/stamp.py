"""What a file says of itself: which story it is, under which guids, and what we wrote into it."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsimport.records import NamedTuple
from newsimport.story.identity import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsimport.models import Value

# The front matter field that holds it.
STAMP = "newsimport"
_KEY = r"[a-z2-7]{8}"
# Parameters that tell a site who sent its readers, not which page they want.
_COUNTERS = ("utm_", "fbclid=", "gclid=")


class GuidSeen(NamedTuple):
    """A guid, by its digest, and its cluster as it was last seen, by the articles' digests.

    `seen` is None, and `articles` empty, where that is too long ago to matter.
    """

    digest: str
    seen: datetime | None = None
    articles: tuple[str, ...] = ()


class Stamp(NamedTuple):
    """A file's own memory; without a ledger it is all that is known of the story.

    `written` maps each field to the digest of the value that we wrote last.
    """

    story: str
    guids: tuple[GuidSeen, ...]
    written: dict[str, str]


def link_mark(link: str) -> str:
    """Return the digest by which a story is known by its link alone, whatever its guid.

    In a space of its own: a guid that reads like the link is no link. Tools and feeds spell a link
    in more than one way: with http or https, a last slash, what counts its readers.
    """
    from newsimport.source.googlenews import article_id

    return digest(f"link {article_id(link) or _essence(link)}")


def _essence(link: str) -> str:
    """Return what all spellings of a link have in common."""
    whole, _, query = link.partition("#")[0].partition("?")
    host, _, path = whole.partition("://")[2].partition("/")
    kept = "&".join(part for part in query.split("&") if not part.lower().startswith(_COUNTERS))
    return f"{host.lower().removeprefix('www.')}/{path.rstrip('/')}?{kept}"


def stamp_field(stamp: Stamp) -> dict[str, Value]:
    """Return the stamp as a front matter field."""
    guids: Value = " ".join(map(_pack_guid, stamp.guids))
    return {STAMP: {"id": stamp.story, "guids": guids, "written": pack(stamp.written)}}


def read_stamp(fields: Mapping[str, Value]) -> Stamp | None:
    """Return the stamp among a file's fields, None where there is none that can be read."""
    found = fields.get(STAMP)
    if not isinstance(found, dict) or not isinstance(story := found.get("id"), str) or not story:
        return None
    # The key may end up in a file's name: one that we did not make is none (clause 24).
    if not re.fullmatch(_KEY, story):
        return None
    guids = tuple(map(_unpack_guid, str(found.get("guids", "")).split()))
    return Stamp(story, guids, unpack(str(found.get("written", ""))))


def _pack_guid(guid: GuidSeen) -> str:
    if guid.seen is None:
        return guid.digest
    return f"{guid.digest}@{int(guid.seen.timestamp())}:{'.'.join(guid.articles)}"


def _unpack_guid(text: str) -> GuidSeen:
    digest, _, cluster = text.partition("@")
    seconds, _, articles = cluster.partition(":")
    with contextlib.suppress(ValueError, OverflowError, OSError):
        when = datetime.fromtimestamp(int(seconds), UTC)
        return GuidSeen(digest, when, tuple(filter(None, articles.split("."))))
    return GuidSeen(digest)


def pack(written: Mapping[str, str]) -> str:
    """Return the digests of a file's fields as one line, as files and the ledger carry them."""
    return " ".join([f"{name}={digest}" for name, digest in written.items()])


def unpack(line: str) -> dict[str, str]:
    """Return what `pack` packed; what is no such line gives what can be read of it."""
    return dict(pair.split("=", 1) for pair in line.split() if "=" in pair)
