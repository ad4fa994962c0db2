"""Remember which story wants which image, and which image files were put where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.records import NamedTuple
from newsimport.site.linkbook import ALIVE, MOST_TRIES

if TYPE_CHECKING:
    from datetime import datetime

    from newsimport.site.ledger import Ledger

# `pictures` says which stories are without the image that stands at an address, or on a page.
# `covers` are the image files that were written: in `folder`, from the output folder, or beside
# their stories' files where that is "".
_SCHEMA = """
CREATE TABLE IF NOT EXISTS pictures (
    story TEXT PRIMARY KEY,
    page TEXT NOT NULL,
    image TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    since INTEGER NOT NULL,
    done INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS covers (
    story TEXT NOT NULL,
    folder TEXT NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (story, folder, name)
) WITHOUT ROWID;
"""
_WANTED = f"w.done = 0 AND w.tries < {MOST_TRIES} AND {ALIVE}"


class Wanted(NamedTuple):
    """A story that wants an image; `image` is "" if only the page that shows it is known."""

    story: str
    page: str
    image: str


class Cover(NamedTuple):
    """An image file that was written for a story, and the digest of what it held then."""

    folder: str
    name: str
    digest: str


class PictureBook:
    """The images' part of a ledger. What is told here is kept by the ledger's `commit`."""

    def __init__(self, ledger: Ledger) -> None:
        self._db = ledger.part(_SCHEMA)

    def want(self, story: str, page: str, image: str, now: datetime, *, anew: bool = False) -> None:
        """Remember that a story wants its image: the one at `image`, else the one of `page`.

        Once for each story, whose file may have been changed since; with `anew` once more.
        """
        if anew:
            self._db.execute("DELETE FROM pictures WHERE story = ?", (story,))
        self._db.execute(
            "INSERT OR IGNORE INTO pictures (story, page, image, since) VALUES (?, ?, ?, ?)",
            (story, page, image, int(now.timestamp())),
        )

    def wanted(self, count: int) -> list[Wanted]:
        """Return the images to look for, the least tried and last wanted first."""
        rows = self._db.execute(
            f"SELECT story, page, image FROM pictures w WHERE {_WANTED}"  # noqa: S608
            " ORDER BY tries, since DESC, story LIMIT ?",
            (count,),
        )
        return [Wanted(*row) for row in rows]

    def count_wanted(self) -> int:
        """Return how many images are still to be looked for."""
        query = f"SELECT COUNT(*) FROM pictures w WHERE {_WANTED}"  # noqa: S608
        count: int = self._db.execute(query).fetchone()[0]
        return count

    def done(self, story: str) -> None:
        """Remember that a story has its image, or that there is none."""
        self._db.execute("UPDATE pictures SET done = 1 WHERE story = ?", (story,))

    def missed(self, story: str) -> None:
        """Remember that a story's image was looked for in vain."""
        self._db.execute("UPDATE pictures SET tries = tries + 1 WHERE story = ?", (story,))

    def note_cover(self, story: str, cover: Cover) -> None:
        """Remember an image file that is being written for a story."""
        self._db.execute(
            "INSERT OR REPLACE INTO covers VALUES (?, ?, ?, ?)",
            (story, cover.folder, cover.name, cover.digest),
        )

    def covers_of(self, story: str) -> list[Cover]:
        """Return the image files that were written for a story."""
        rows = self._db.execute("SELECT folder, name, digest FROM covers WHERE story = ?", (story,))
        return [Cover(*row) for row in rows]

    def forget(self, story: str) -> None:
        """Forget all images of a story: it is gone."""
        self._db.execute("DELETE FROM covers WHERE story = ?", (story,))
        self._db.execute("DELETE FROM pictures WHERE story = ?", (story,))
