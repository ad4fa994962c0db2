"""Hold back the rows of what is new to a ledger, to write each table's together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection

    Row = tuple[str | int, ...]

COLUMNS = "key, path, opened, state, written, kept, dropped, slug"
SAVE = f"INSERT OR REPLACE INTO stories ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608


class Backlog:
    """Rows that are still to be written, in the order of their tables' columns."""

    def __init__(self) -> None:
        self.stories: list[Row] = []
        self.guids: list[Row] = []
        self.articles: list[Row] = []
        self.tags: list[Row] = []

    def is_empty(self) -> bool:
        """Say whether no row is held back."""
        return not (self.stories or self.guids or self.articles or self.tags)

    def write(self, db: Connection) -> None:
        """Write all rows; what fails then is not tried again, for the run ends."""
        # They stand by their keys: what is next to each other is in the same page.
        self.articles.sort()
        for rows, statement in (
            (self.stories, SAVE),
            (self.guids, "INSERT OR REPLACE INTO guids VALUES (?, ?, ?, ?, ?, ?)"),
            (self.articles, "INSERT OR IGNORE INTO articles VALUES (?, ?)"),
            (self.tags, "INSERT OR IGNORE INTO tags VALUES (?, ?)"),
        ):
            if rows:
                held, rows[:] = rows[:], []
                db.executemany(statement, held)
