"""Learn from the site's own files which stories they are, where the ledger does not know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsimport.site import frontmatter
from newsimport.site.frontmatter import FrontMatterError, parse_time
from newsimport.site.ledger import Item, Known, unpack
from newsimport.site.writer import STAMP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsimport.site.ledger import Ledger
    from newsimport.site.store import Store


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a file says of itself: its story, the guids it has come under, its articles' links."""

    known: Known
    guids: tuple[str, ...]
    links: tuple[str, ...]


def recall(path: str, text: str) -> Recalled | None:
    """Return the story that a file is, None for a file that is none of ours or cannot be read."""
    if STAMP not in text:
        return None
    try:
        fields = frontmatter.read(text).fields
    except FrontMatterError:
        return None
    stamp, rows = fields.get(STAMP), fields.get("headlines")
    if not isinstance(stamp, dict) or not isinstance(key := stamp.get("id"), str) or not key:
        return None
    lines = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    opened = min(
        (time for row in lines if (time := parse_time(row.get("first_seen")))), default=None
    )
    opened = opened or parse_time(fields.get("date")) or datetime.now(UTC)
    return Recalled(
        Known(key, path, opened, written=unpack(str(stamp.get("written", "")))),
        tuple(str(stamp.get("guids", "")).split()),
        tuple(str(row.get("link", "")) for row in lines),
    )


def remember_files(
    store: Store,
    ledger: Ledger,
    now: datetime,
    articles_of: Callable[[Iterable[str]], tuple[str, ...]],
) -> int:
    """Bring the stories of all files that the ledger has no story for into it; return how many.

    `articles_of` gives the digests of the articles behind some links.
    """
    count = 0
    for path in store.scan():
        if ledger.at_path(path):
            continue
        found = recall(path, store.read(path) or "")
        if found is None:
            continue
        before = ledger.story(found.known.key)
        if before and before.state == "live" and store.exists(before.path):
            continue  # a copy that the user made; the story's own file is the other one
        if before:
            before.path, before.state = path, "live"
            ledger.save(before)
        else:
            ledger.save(found.known)
        articles = articles_of(found.links)
        for number, guid in enumerate(found.guids):
            if not ledger.seen(guid, ""):
                # Which item held which article is forgotten: the first stands for all of them.
                item = Item(guid, "", "", "", () if number else articles)
                ledger.see(item, found.known.key, now)
        count += 1
    return count
