"""Hold back the rows of what is new to a ledger, to write each table's together."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection

    Row = tuple[str | int, ...]

COLUMNS = "key, path, opened, state, written, kept, dropped, slug"
SAVE = f"INSERT OR REPLACE INTO stories ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
# Where among them a story's names are: its key, path and slug.
NAMES = (0, 1, 7)


# So many marks are in little memory, and enough for the names of ten thousand stories.
_MARKS = 1 << 18


class Backlog:
    """Rows that are still to be written, in the order of their tables' columns."""

    def __init__(self) -> None:
        self.stories: list[Row] = []
        self.guids: list[Row] = []
        self.articles: list[Row] = []
        self.tags: list[Row] = []
        self._marks = bytearray(_MARKS)

    def is_empty(self) -> bool:
        """Say whether no row is held back."""
        return not (self.stories or self.guids or self.articles or self.tags)

    def mark(self, names: Iterable[Any]) -> None:
        """Take note of names that stories, guids or articles are written by."""
        for name in names:
            self._marks[hash(name) % _MARKS] = 1

    def marked(self, names: Iterable[str]) -> list[str]:
        """Return those of some names that may have been written in this run."""
        marks = self._marks
        return [name for name in names if marks[hash(name) % _MARKS]]

    def write(self, db: Connection) -> None:
        """Write all rows; what fails then is not tried again, for the run ends."""
        # They stand by their keys: what is next to each other is in the same page.
        self.articles.sort()
        for rows, statement, names in (
            (self.stories, SAVE, NAMES),
            (self.guids, "INSERT OR REPLACE INTO guids VALUES (?, ?, ?, ?, ?, ?)", (0,)),
            (self.articles, "INSERT OR IGNORE INTO articles VALUES (?, ?)", (0,)),
            (self.tags, "INSERT OR IGNORE INTO tags VALUES (?, ?)", ()),
        ):
            if rows:
                held, rows[:] = rows[:], []
                db.executemany(statement, held)
                for column in names:
                    self.mark(map(itemgetter(column), held))
