"""Keep the one SQLite file of an output folder: open it, commit to it, say what is wrong."""

from __future__ import annotations

import contextlib
import errno
import os
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

from newsimport.errors import LedgerError, TemporaryError

if TYPE_CHECKING:
    from pathlib import Path
    from sqlite3 import Connection

FILE_NAME = ".newsimport.sqlite3"
VERSION = 1


def change_counter(path: Path) -> str:
    """Return how often a ledger has been changed, by its header, "" where there is none.

    Bytes 24 to 27 of the file: https://www.sqlite.org/fileformat.html#file_change_counter
    """
    try:
        with path.open("rb") as file:
            return file.read(28)[24:].hex()
    except OSError:
        return ""


# Error codes of SQLite (https://www.sqlite.org/rescode.html), and those of the system like them.
_BUSY, _READONLY, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 8, 11, 13, 14, 26
_CODES = {
    errno.EACCES: _READONLY,
    errno.EPERM: _READONLY,
    errno.EROFS: _READONLY,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
}


def _advice(code: int) -> str:
    """Return what to do about an error of SQLite's."""
    if code in (_CORRUPT, _NOTADB):
        return "move it away and run again: it is rebuilt from the site's files"
    if code in (_READONLY, _CANTOPEN):
        return "give yourself the right to read and to write it and its folder"
    if code == _FULL:
        return "make room on its disk"
    if code == _BUSY:
        return "another program holds it; try again when that has ended"
    return "see that it is a file on a disk that works, or name another with --state"


class Database:
    """The file that ledger, feed book and link book are kept in, by `commit` alone."""

    def __init__(self, path: Path, schema: str, *, copy: bool = False) -> None:
        """Open the file at `path`, made if it is missing; with `copy`, a copy that is not kept.

        `schema` are the statements that make the tables of a new one, with ";" between them.
        Raises LedgerError when it cannot be read or written, or is of a newer newsimport.
        """
        import sqlite3

        self.path = path
        try:
            exists = path.exists() and path.stat().st_size > 0
            if copy:
                self._db = sqlite3.connect(":memory:", isolation_level=None)
                if exists:
                    with contextlib.closing(
                        sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
                    ) as saved:
                        saved.backup(self._db)
            else:
                flags = os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)
                os.close(os.open(path, flags, 0o600))
                self._db = sqlite3.connect(path, isolation_level=None)
            self.is_new = self._prepare(schema)
        except (sqlite3.Error, OSError) as error:
            raise self._fault(error) from error

    def _prepare(self, schema: str) -> bool:
        """Make the tables where there are none; return whether there were none."""
        self._db.execute("PRAGMA synchronous = FULL")
        # A run touches pages all over a large ledger, and must not take more memory for that: the
        # files of a batch are synced one by one, so what is synced here for room is little. In KiB.
        self._db.execute("PRAGMA cache_size = -512")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise LedgerError(
                f"{self.path}: written by a newer newsimport (schema {version}); "
                "upgrade newsimport, or move the file away: it is rebuilt from the site's files"
            )
        self._db.execute("BEGIN IMMEDIATE")
        if not version:
            self.part(schema)
            self._db.execute(f"PRAGMA user_version = {VERSION}")
        return not version

    def part(self, schema: str) -> Connection:
        """Return the database for one who keeps tables of its own in it, made by `schema`."""
        for statement in schema.split(";"):
            self._db.execute(statement)
        return self._db

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        import sqlite3

        with contextlib.suppress(sqlite3.Error):
            self._db.close()
        if isinstance(error, sqlite3.Error):
            raise self._fault(error) from error

    def _fault(self, error: Exception) -> LedgerError:
        # To move a ledger away forgets what was deleted: it is for one that is broken alone.
        said, code = str(error), getattr(error, "sqlite_errorcode", 0) & 0xFF
        if isinstance(error, OSError):
            said, code = error.strerror or said, _CODES.get(error.errno or 0, 0)
        fault = LedgerError(f"{self.path}: the ledger cannot be used: {said}; {_advice(code)}")
        if code == _BUSY:
            fault.status = TemporaryError.status
        return fault

    def faults(self) -> list[str]:
        """Return what is broken in the file, by SQLite's own check; [] for nothing."""
        rows = [row[0] for row in self._db.execute("PRAGMA integrity_check(10)")]
        return [] if rows == ["ok"] else rows

    def commit(self) -> None:
        """Keep all changes so far."""
        import sqlite3

        try:
            self._db.execute("COMMIT")
            self._db.execute("BEGIN")
        except sqlite3.Error as error:
            raise self._fault(error) from error
