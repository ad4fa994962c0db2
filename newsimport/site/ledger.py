"""Remember, in one SQLite file, which story went to which file; a memory, not the truth."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newsimport.records import NamedTuple
from newsimport.site.backlog import COLUMNS, SAVE, Backlog
from newsimport.site.database import Database
from newsimport.site.names import Names
from newsimport.site.stamp import STAMP, GuidSeen, pack, unpack
from newsimport.story.identity import Sighting

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from pathlib import Path
    from sqlite3 import Cursor

# Stories are known by `key`, guids and articles by their 8-character digests. `articles` holds
# each item's cluster as it was last seen: it answers "which item shares articles with this one".
# `tags` are those of the site, by `tag_key`, in the spelling that it gave them first. The long rows
# of stories and guids stand in the order of their coming: by their keys, each of a batch's would
# be in a page of its own. Ledgers that have them by their keys are asked the same.
_SCHEMA = """
CREATE TABLE stories (
    key TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    opened INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'live',
    written TEXT NOT NULL DEFAULT '',
    kept TEXT NOT NULL DEFAULT '',
    dropped TEXT NOT NULL DEFAULT '',
    slug TEXT NOT NULL DEFAULT ''
);
CREATE INDEX story_slugs ON stories (slug) WHERE state = 'live';
CREATE UNIQUE INDEX story_paths ON stories (path) WHERE state = 'live';
CREATE TABLE guids (
    digest TEXT NOT NULL,
    feed TEXT NOT NULL,
    story TEXT NOT NULL REFERENCES stories (key),
    guid TEXT NOT NULL,
    seen INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (digest, feed)
);
CREATE INDEX learned_guids ON guids (digest) WHERE feed = '';
CREATE TABLE articles (
    article TEXT NOT NULL,
    guid TEXT NOT NULL,
    PRIMARY KEY (article, guid)
) WITHOUT ROWID;
CREATE TABLE tags (
    key TEXT PRIMARY KEY,
    tag TEXT NOT NULL
) WITHOUT ROWID;
"""
# What a story's guids and their articles are found by: asked for where a known story has changed. A
# first import does without, for each batch would touch most pages of both.
_INDEXES = """
CREATE INDEX IF NOT EXISTS guid_stories ON guids (story);
CREATE INDEX IF NOT EXISTS article_guids ON articles (guid)
"""
# As many values as a query may have in any build of SQLite.
_AT_ONCE = 500


class Known:
    """A story as the ledger knows it.

    `state` is "live", "deleted" (its user removed the file), "pruning" or "pruned"; `written` maps
    each field to the digest of the value that we wrote last, `kept` names those whose edit was
    reported, `dropped` holds the digests of headlines that the file has no more room for.
    """

    __slots__ = ("dropped", "kept", "key", "opened", "path", "slug", "state", "written")

    def __init__(
        self,
        key: str,
        path: str,
        opened: datetime,
        *,
        written: dict[str, str],
        state: str = "live",
        kept: frozenset[str] = frozenset(),
        dropped: frozenset[str] = frozenset(),
        slug: str = "",
    ) -> None:
        self.key = key
        self.path = path
        self.opened = opened
        self.state = state
        self.written = written
        self.kept = kept
        self.dropped = dropped
        self.slug = slug


class Item(NamedTuple):
    """An item as it is in a feed now, in the digests that the ledger knows it by.

    `articles` are those of its cluster; `fingerprint` changes with anything that the item says.
    """

    digest: str
    feed: str
    guid: str
    fingerprint: str
    articles: tuple[str, ...] = ()


class Seen(NamedTuple):
    """An item as it was last seen: its story, and a fingerprint of all that it said."""

    story: str
    fingerprint: str


class Ledger(Database):
    """The memory of one output folder. Changes are kept by `commit` alone."""

    def __init__(self, path: Path, *, copy: bool = False) -> None:
        """Open the ledger at `path`, made if it is missing; with `copy`, a copy that is not kept.

        Raises LedgerError when it cannot be read or written, or is of a newer newsimport.
        """
        super().__init__(path, _SCHEMA, copy=copy)
        self.names = Names(self.among)
        self._has_learned: bool | None = None
        self._has_indexes = False
        self._backlog = Backlog()

    def write_back(self) -> None:
        """Write what was held back: before it is kept, and before anything is read with it."""
        self._backlog.write(self._db)

    def commit(self) -> None:
        """Keep all changes so far."""
        self.write_back()
        super().commit()

    def _read(self, query: str, *values: str | int) -> Cursor:
        self.write_back()
        return self._db.execute(query, values)

    def is_blank(self) -> bool:
        """Say whether nothing was ever remembered, so that there is nothing to look up."""
        return self.is_new and not self._db.total_changes and self._backlog.is_empty()

    def _index(self) -> None:
        """Make sure that a story's guids and their articles are found fast."""
        if not self._has_indexes:
            self._has_indexes = True
            self.part(_INDEXES)

    def among(self, query: str, values: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query that ends in IN, for any number of values."""
        asked = () if self.is_blank() else list(values)
        for start in range(0, len(asked), _AT_ONCE):
            some = asked[start : start + _AT_ONCE]
            yield from self._read(f"{query} ({', '.join('?' * len(some))})", *some).fetchall()

    # ------------------------------------------------------------ stories

    def story(self, key: str) -> Known | None:
        """Return the story with this key."""
        return self.stories_among([key]).get(key)

    def stories_among(self, keys: Iterable[str]) -> dict[str, Known]:
        """Return those stories that are known, by their keys."""
        rows = self.among(f"SELECT {COLUMNS} FROM stories WHERE key IN", keys)  # noqa: S608
        return {row[0]: _known(*row) for row in rows}

    def at_path(self, path: str) -> Known | None:
        """Return the live story whose file is at `path`."""
        return next(self._stories("state = 'live' AND path = ?", path), None)

    def some_paths(self, count: int) -> list[str]:
        """Return the paths of some live stories, at most `count`."""
        rows = self._read("SELECT path FROM stories WHERE state = 'live' LIMIT ?", count)
        return [row[0] for row in rows]

    def has_unstamped(self) -> bool:
        """Say whether any story's file was adopted and has not been written since."""
        query = "SELECT 1 FROM stories WHERE written LIKE ? LIMIT 1"
        return self._read(query, f"%{STAMP}=%").fetchone() is not None

    def stories(self, state: str) -> Iterator[Known]:
        """Yield the stories in one state, by path."""
        return self._stories("state = ? ORDER BY path", state)

    def _stories(self, where: str, *values: str) -> Iterator[Known]:
        rows = self._read(f"SELECT {COLUMNS} FROM stories WHERE {where}", *values)  # noqa: S608
        return (_known(*row) for row in rows)

    def add(self, story: Known) -> None:
        """Remember a story that is not known yet, at a path where no other is remembered."""
        self._backlog.stories.append(_row(story))
        self.names.add(story.path, story.slug, story.key)

    def save(self, story: Known) -> None:
        """Remember a story, in place of what was remembered of it."""
        self.write_back()
        self.names.forget()
        # Another story that is remembered at this path has lost its file: it is no longer there.
        self._db.execute(
            "UPDATE stories SET state = 'deleted'"
            " WHERE state = 'live' AND path = ? AND key != ? AND ? = 'live'",
            (story.path, story.key, story.state),
        )
        self._db.execute(SAVE, _row(story))

    def forget_changes(self, path: str) -> None:
        """Take every item of the story at `path` for changed at the next run."""
        if known := self.at_path(path):
            self._index()
            self._db.execute("UPDATE guids SET fingerprint = '' WHERE story = ?", (known.key,))

    def forget(self, path: str) -> None:
        """Forget the story at `path`: its file was never written."""
        if known := self.at_path(path):
            self._index()
            self.names.forget()
            guids = "SELECT digest FROM guids WHERE story = ?"
            self._db.execute(f"DELETE FROM articles WHERE guid IN ({guids})", (known.key,))  # noqa: S608
            self._db.execute("DELETE FROM guids WHERE story = ?", (known.key,))
            self._db.execute("DELETE FROM stories WHERE key = ?", (known.key,))

    # ------------------------------------------------------------ items

    def seen(self, guid: str, feed: str) -> Seen | None:
        """Return an item, by the digest of its guid, as it was last seen, None if it never was."""
        return self.seen_among([guid], feed).get(guid)

    def seen_among(self, guids: Iterable[str], feed: str) -> dict[str, Seen]:
        """Return those items that were seen, by the digests of their guids, as they last were.

        As seen in `feed` if they were, else in any other, then without a fingerprint.
        """
        found: dict[str, Seen] = {}
        query = "SELECT digest, feed, story, fingerprint FROM guids WHERE digest IN"
        for guid, where, story, fingerprint in self.among(query, guids):
            if where == feed:
                found[guid] = Seen(story, fingerprint)
            else:
                found.setdefault(guid, Seen(story, ""))
        return found

    def see(self, item: Item, story: str, now: datetime, *, anew: bool = False) -> None:
        """Remember that an item was seen now, as what, and the cluster it had.

        `anew` is for one that was not known when it was looked for.
        """
        if not anew or self.has_learned():
            self.write_back()
            self._index()
            # What a file told of it, without knowing the feed, is outlived.
            self._db.execute("DELETE FROM guids WHERE digest = ? AND feed = ''", (item.digest,))
            self._db.execute("DELETE FROM articles WHERE guid = ?", (item.digest,))
        digest, feed, guid, fingerprint, articles = item
        self._backlog.guids.append((digest, feed, story, guid, int(now.timestamp()), fingerprint))
        self._backlog.articles += [(article, digest) for article in articles]

    def learn(self, known: Known, guids: Iterable[GuidSeen]) -> None:
        """Take over the guids of a story that its file knows and the ledger does not."""
        for guid in guids:
            if not self.seen(guid.digest, ""):
                self._has_learned = True
                item = Item(guid.digest, "", "", "", guid.articles)
                self.see(item, known.key, guid.seen or known.opened)

    def has_learned(self) -> bool:
        """Say whether any guid is known from a file alone, in no feed as yet."""
        if self._has_learned is None:
            row = self._db.execute("SELECT 1 FROM guids WHERE feed = '' LIMIT 1").fetchone()
            self._has_learned = row is not None
        return self._has_learned

    def see_again(self, digests: Iterable[str], now: datetime) -> None:
        """Remember that items which have not changed were seen now."""
        self.write_back()
        when = int(now.timestamp())
        self._db.executemany(
            "UPDATE guids SET seen = ? WHERE digest = ?", ((when, digest) for digest in digests)
        )

    def articles_among(self, articles: Iterable[str]) -> set[str]:
        """Return those of some articles that any item has had."""
        query = "SELECT DISTINCT article FROM articles WHERE article IN"
        return {row[0] for row in self.among(query, articles)}

    def sightings(
        self, articles: tuple[str, ...], again: Container[str] = (), now: datetime | None = None
    ) -> list[Sighting]:
        """Return the items, as last seen, that share any of these articles.

        `again` are the digests of those that have been seen `now`, as they were.
        """
        marks = ", ".join("?" * len(articles))
        rows = self._read(
            "SELECT a.guid, g.story, COUNT(*), g.seen, s.opened FROM articles a"  # noqa: S608
            " JOIN guids g ON g.digest = a.guid JOIN stories s ON s.key = g.story"
            f" WHERE a.article IN ({marks}) GROUP BY a.guid, g.feed",
            *articles,
        )
        return [
            Sighting(story, shared, now if now and guid in again else _time(seen), _time(opened))
            for guid, story, shared, seen, opened in rows
        ]

    def guids_of(self, story: str, since: datetime) -> tuple[GuidSeen, ...]:
        """Return the guids that a story has come under, the last seen first.

        Those seen after `since` with their clusters, the others without.
        """
        self._index()
        rows = self._read(
            "SELECT digest, MAX(seen) FROM guids WHERE story = ?"
            " GROUP BY digest ORDER BY 2 DESC, 1",
            story,
        ).fetchall()
        return tuple(self._guid_seen(guid, _time(seen), since) for guid, seen in rows)

    def _guid_seen(self, guid: str, seen: datetime, since: datetime) -> GuidSeen:
        if seen < since:
            return GuidSeen(guid)
        rows = self._read("SELECT article FROM articles WHERE guid = ? ORDER BY 1", guid)
        return GuidSeen(guid, seen, tuple(row[0] for row in rows))

    # ------------------------------------------------------------ tags

    def tags(self) -> dict[str, str]:
        """Return the site's tags in its own spelling, by what they are known by."""
        return dict(self._read("SELECT key, tag FROM tags"))

    def note_tags(self, tags: Mapping[str, str]) -> None:
        """Remember tags by what they are known by; one that is known keeps its spelling."""
        self._backlog.tags += tags.items()


def _known(
    key: str, path: str, opened: int, state: str, written: str, kept: str, dropped: str, slug: str
) -> Known:
    return Known(
        key,
        path,
        _time(opened),
        state=state,
        written=unpack(written),
        kept=frozenset(kept.split()),
        dropped=frozenset(dropped.split()),
        slug=slug,
    )


def _row(story: Known) -> tuple[str | int, ...]:
    return (
        story.key,
        story.path,
        int(story.opened.timestamp()),
        story.state,
        pack(story.written),
        " ".join(sorted(story.kept)),
        " ".join(sorted(story.dropped)),
        story.slug,
    )


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
