"""Remember which article has which publisher's link, which wait for theirs, and Google's walls."""

from __future__ import annotations

from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING

from newsimport.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from newsimport.site.ledger import Ledger

# So often is a link asked for in vain before it stays Google's.
MOST_TRIES = 5
# `links` are Google's ids with what is known of them; those that are known are kept for ever.
# `wanted` says which stories' files still show Google's link, and whether it is their lead's.
# `searched` are the stories whose files were searched for links of Google's as they are now.
# `walls` has the end of a cool-off, and how often in a row there was a wall.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS links (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL DEFAULT '',
    tries INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS wanted (
    link INTEGER NOT NULL REFERENCES links (number),
    story TEXT NOT NULL,
    lead INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (link, story)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS wanted_stories ON wanted (story);
CREATE TABLE IF NOT EXISTS searched (
    story TEXT PRIMARY KEY
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS walls (
    host TEXT PRIMARY KEY,
    until INTEGER NOT NULL,
    blocks INTEGER NOT NULL,
    said INTEGER NOT NULL
) WITHOUT ROWID;
"""
ALIVE = "EXISTS (SELECT 1 FROM stories s WHERE s.key = w.story AND s.state = 'live')"
_LEFT = f"l.url = '' AND l.tries < {MOST_TRIES} AND {ALIVE}"


class Wall(NamedTuple):
    """What Google holds against us: nothing is asked before `until`, None for no cool-off.

    `blocks` counts walls in a row; `said` is when a change of Google's answers was last told.
    """

    until: datetime | None = None
    blocks: int = 0
    said: datetime | None = None


class Tidings:
    """What a story's file is to be told: URLs by article ids, and its lead's, "" if not known."""

    def __init__(self, story: str) -> None:
        self.story = story
        self.urls: dict[str, str] = {}
        self.lead = ""


class LinkBook:
    """The links' part of a ledger. What is told here is kept by the ledger's `commit`."""

    def __init__(self, ledger: Ledger) -> None:
        self._db = ledger.part(_SCHEMA)
        self._among = ledger.among

    # ------------------------------------------------------------ what is known

    def known(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the publishers' URLs that are known of these articles."""
        # Only who has had links resolved has any.
        if not self._db.execute("SELECT 1 FROM links LIMIT 1").fetchone():
            return {}
        return dict(self._among("SELECT id, url FROM links WHERE url != '' AND id IN", ids))

    def learn(self, identifier: str, url: str) -> None:
        """Remember the publisher's URL of an article, for ever."""
        self._db.execute(
            "INSERT INTO links (id, url) VALUES (?, ?)"
            " ON CONFLICT (id) DO UPDATE SET url = excluded.url",
            (identifier, url),
        )

    def miss(self, ids: Iterable[str]) -> None:
        """Remember that articles were asked for in vain."""
        self._db.executemany(
            "UPDATE links SET tries = tries + 1 WHERE id = ?", ((found,) for found in ids)
        )

    # ------------------------------------------------------------ what is wanted

    def want(self, story: str, ids: Iterable[str], now: datetime) -> None:
        """Remember that a story's file shows Google's links for these articles, the lead first.

        "" in the place of the lead says that its link is known.
        """
        for place, identifier in enumerate(ids):
            if not identifier:
                continue
            self._db.execute("INSERT OR IGNORE INTO links (id) VALUES (?)", (identifier,))
            self._db.execute(
                "INSERT INTO wanted SELECT number, ?, ?, ? FROM links WHERE id = ?"
                " ON CONFLICT DO UPDATE SET lead = excluded.lead, since = excluded.since",
                (story, int(place == 0), int(now.timestamp()), identifier),
            )

    def unsearched(self) -> list[str]:
        """Return the live stories whose files are still to be searched for Google's links."""
        rows = self._db.execute(
            "SELECT key FROM stories WHERE state = 'live' AND key NOT IN searched ORDER BY path"
        )
        return [row[0] for row in rows]

    def note_search(self, story: str) -> None:
        """Remember that a story's file was searched, and what is in it is wanted."""
        self._db.execute("INSERT OR IGNORE INTO searched VALUES (?)", (story,))

    def search_again(self, story: str = "") -> None:
        """Have a story's file searched again, for it is another now; without one, all files."""
        if story:
            self._db.execute("DELETE FROM searched WHERE story = ?", (story,))
        else:
            self._db.execute("DELETE FROM searched")

    def waiting(self, count: int) -> list[str]:
        """Return the articles to ask for: leads first, of them the last seen, `count` at most."""
        rows = self._db.execute(
            "SELECT l.id FROM links l JOIN wanted w ON w.link = l.number"  # noqa: S608
            f" WHERE {_LEFT} GROUP BY l.number"
            " ORDER BY MAX(w.lead) DESC, l.tries, MAX(w.since) DESC, l.number LIMIT ?",
            (count,),
        )
        return [row[0] for row in rows]

    def count_waiting(self, *, leads: bool = False) -> int:
        """Return how many articles are still to be asked for, of all or of `leads` alone."""
        query = (
            "SELECT COUNT(DISTINCT l.number) FROM links l JOIN wanted w ON w.link = l.number"  # noqa: S608
            f" WHERE {_LEFT} AND w.lead >= {int(leads)}"
        )
        count: int = self._db.execute(query).fetchone()[0]
        return count

    def to_tell(self) -> list[Tidings]:
        """Return, of each story, the URLs that are known and that its file lacks."""
        rows = self._db.execute(
            "SELECT w.story, l.id, l.url, w.lead FROM wanted w JOIN links l ON l.number = w.link"  # noqa: S608
            f" WHERE l.url != '' AND {ALIVE} ORDER BY w.story"
        )
        tidings: dict[str, Tidings] = {}
        for story, identifier, url, is_lead in rows:
            told = tidings.setdefault(story, Tidings(story))
            told.urls[identifier] = url
            told.lead = url if is_lead else told.lead
        return list(tidings.values())

    def told(self, story: str, urls: Mapping[str, str]) -> None:
        """Remember that a story's file has these links now, or that its user wants others."""
        self._db.executemany(
            "DELETE FROM wanted WHERE story = ? AND link = (SELECT number FROM links WHERE id = ?)",
            ((story, identifier) for identifier in urls),
        )

    # ------------------------------------------------------------ walls

    def wall(self, host: str) -> Wall:
        """Return what stands between us and a host."""
        query = "SELECT until, blocks, said FROM walls WHERE host = ?"
        row = self._db.execute(query, (host,)).fetchone()
        if row is None:
            return Wall()
        until, blocks, said = row
        return Wall(_time(until), blocks, _time(said))

    def save_wall(self, host: str, wall: Wall) -> None:
        """Remember what stands between us and a host."""
        self._db.execute(
            "INSERT OR REPLACE INTO walls VALUES (?, ?, ?, ?)",
            (host, _seconds(wall.until), wall.blocks, _seconds(wall.said)),
        )


def _time(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def _seconds(when: datetime | None) -> int:
    # Upwards, for a cool-off must not end before its time.
    return ceil(when.timestamp()) if when else 0
