"""Remember of each feed when it was asked, what came back, and when it is due again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsimport.source.schedule import FeedState

if TYPE_CHECKING:
    from newsimport.site.ledger import Ledger

# `feeds` are those that were read, by what their items are told apart with. `sources` has the
# columns of schedule.FeedState, by the digest of the address that is asked.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS feeds (
    digest TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    items INTEGER NOT NULL,
    run INTEGER NOT NULL,
    status TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sources (
    digest TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    status TEXT NOT NULL,
    items INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    etag TEXT NOT NULL,
    modified TEXT NOT NULL,
    validated TEXT NOT NULL,
    shape TEXT NOT NULL,
    due INTEGER NOT NULL,
    wait INTEGER NOT NULL,
    pace TEXT NOT NULL,
    failures INTEGER NOT NULL,
    failing_since INTEGER NOT NULL,
    said INTEGER NOT NULL,
    moving TEXT NOT NULL,
    moved TEXT NOT NULL,
    gone INTEGER NOT NULL
) WITHOUT ROWID;
"""


class FeedBook:
    """The feeds' part of a ledger. What is told here is kept by the ledger's `commit`."""

    def __init__(self, ledger: Ledger) -> None:
        self._db = ledger.part(_SCHEMA)

    def feeds(self) -> list[dict[str, str | int]]:
        """Return what is remembered of each feed: url, items, last run (ISO 8601), status."""
        rows = self._db.execute("SELECT url, items, run, status FROM feeds ORDER BY url")
        found = {url: (items, run, status) for url, items, run, status in rows}
        # A run that failed, or brought nothing, is the last one all the same.
        for state in self.sources():
            if state.asked:
                found[state.url] = (state.items, state.asked, state.status)
        return [
            {"url": url, "items": items, "run": _time(run).isoformat(), "status": status}
            for url, (items, run, status) in sorted(found.items())
        ]

    def note_feed(self, digest: str, url: str, items: int, now: datetime, status: str) -> int:
        """Remember how reading a feed ended; return how many items it had the time before."""
        row = self._db.execute("SELECT items FROM feeds WHERE digest = ?", (digest,)).fetchone()
        self._db.execute(
            "INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?)",
            (digest, url, items, int(now.timestamp()), status),
        )
        return row[0] if row else 0

    def source(self, digest: str) -> FeedState | None:
        """Return what is remembered of asking the address with this digest."""
        row = self._db.execute("SELECT * FROM sources WHERE digest = ?", (digest,)).fetchone()
        return FeedState(*row) if row else None

    def sources(self) -> list[FeedState]:
        """Return what is remembered of all addresses that were asked, by address."""
        return [FeedState(*row) for row in self._db.execute("SELECT * FROM sources ORDER BY url")]

    def save_source(self, state: FeedState) -> None:
        """Remember how asking an address went, in place of what was remembered of it."""
        values = [getattr(state, name) for name in state._fields]
        marks = ", ".join("?" * len(values))
        self._db.execute(f"INSERT OR REPLACE INTO sources VALUES ({marks})", values)  # noqa: S608

    def items_of(self, story: str) -> list[dict[str, str]]:
        """Return a story's items: guid, feed (its URL, "" if unknown) and last seen (ISO 8601)."""
        rows = self._db.execute(
            "SELECT g.guid, COALESCE(f.url, ''), g.seen FROM guids g"
            " LEFT JOIN feeds f ON f.digest = g.feed WHERE g.story = ?"
            " ORDER BY g.seen, g.digest, g.feed",
            (story,),
        )
        return [
            {"guid": guid, "feed": url, "seen": _time(seen).isoformat()} for guid, url, seen in rows
        ]


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
