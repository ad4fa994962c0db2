"""An output folder under test: runs of an import with a clock of their own."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from newsimport.config import Settings
from newsimport.importer import import_feeds
from newsimport.models import Report
from newsimport.site.site import open_site

from .stream import START, STEP


class Folder:
    """Imports feeds into a folder, each run a step of the clock after the one before."""

    def __init__(self, path: Path, **settings) -> None:
        self.out = path / "content"
        self.feed_file = path / "feed.xml"
        self.now: datetime = START
        self.settings = settings
        self.last: Report | None = None

    def run(self, document: bytes, **settings) -> dict[str, tuple[str | None, str, str]]:
        """Import a feed; return guid -> (path, action, reason)."""
        self.feed_file.parent.mkdir(parents=True, exist_ok=True)
        self.feed_file.write_bytes(document)
        asked = {"sources": (str(self.feed_file),), "out": self.out, **self.settings, **settings}
        self.last = import_feeds(Settings(**asked), self.now)
        self.now += STEP
        assert not any(feed.error for feed in self.last.feeds), self.last
        return {
            o.guid: (o.path, o.action, o.reason) for feed in self.last.feeds for o in feed.outcomes
        }

    def kill_a_prune(self, path: str, *, removed: bool = False) -> None:
        """Mark a story as a prune does, and end there, or once its file is removed."""
        with open_site(self.out, None, self.now) as site:
            known = site.ledger.at_path(path)
            known.state = "pruning"
            site.ledger.save(known)
            site.lock.begin()
            site.ledger.commit()
            if removed:
                (self.out / path).unlink()
            raise KeyboardInterrupt

    def files(self) -> dict[str, str]:
        """The site's files, without ours."""
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes().decode()
            for path in sorted(self.out.rglob("*"))
            if path.is_file() and not path.name.startswith(".newsimport")
        }

    def mtimes(self) -> dict[str, int]:
        return {name: (self.out / name).stat().st_mtime_ns for name in self.files()}

    def ledger(self) -> dict[str, list[tuple]]:
        """All rows of the ledger, as comparable values."""
        return dump_ledger(self.out / ".newsimport.sqlite3")


def dump_ledger(path: Path) -> dict[str, list[tuple]]:
    db = sqlite3.connect(path)
    try:
        return {
            table: sorted(db.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
            for table in ("stories", "guids", "articles", "feeds")
        }
    finally:
        db.close()
