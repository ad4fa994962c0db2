"""An output folder as a run works on it: its files, its ledger, and the lock on both."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from newsimport.errors import WriteError
from newsimport.site.database import FILE_NAME, change_counter
from newsimport.site.ledger import Ledger
from newsimport.site.lock import NAME as LOCK_NAME
from newsimport.site.lock import Lock, read_note
from newsimport.site.store import Store
from newsimport.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from newsimport.site.layout import Layout
    from newsimport.site.ledger import Known
    from newsimport.site.store import Refused

# Fewer missing files than this are a user's tidying up, however small the site (clause 19).
_MASS = 3
_SAMPLE = 20


@contextmanager
def open_site(
    out: Path,
    state: Path | None,
    now: datetime,
    *,
    layouts: tuple[Layout, ...] = (),
    classic: bool = False,
    dry_run: bool = False,
    lock_timeout: float = 0,
) -> Iterator[Site]:
    """Open an output folder for writing, alone, and learn what an earlier run left behind.

    `layouts` are those by which its files are written. `classic` takes files in style classic for
    stories too, known by their link. With `dry_run` nothing is written, not even the ledger, and no
    lock is needed. Raises WriteError, LedgerError, or TemporaryError while another run holds the
    lock.
    """
    if state:
        _stop_at_lost_folder(out, state)
    with ExitStack() as stack:
        store = stack.enter_context(Store(out, dry_run=dry_run))
        lock = None if dry_run else stack.enter_context(Lock(out / LOCK_NAME, lock_timeout))
        path = state or out / FILE_NAME
        said, _, note = (lock.note if lock else read_note(out / LOCK_NAME)).partition(" ")
        # A ledger that was put back from elsewhere knows less than the files.
        store.believe(note if said == change_counter(path) else "")
        with Ledger(path, copy=dry_run) as ledger:
            site = Site(store, ledger, lock, now, layouts, classic=classic)
            site.recover()
            yield site
        # After the ledger is closed: its journal comes and goes in the same folder.
        if lock:
            lock.end(f"{change_counter(path)} {store.note()}")


def _stop_at_lost_folder(out: Path, state: Path) -> None:
    """Stop where a folder with stories is gone, before another is made in its place (clause 19)."""
    try:
        if out.exists():
            return
    except OSError as error:
        raise WriteError.at(out, error) from error
    with Ledger(state, copy=True) as ledger:
        count = len([*ledger.stories("live")])
    if count:
        files = counted(count, "known file", "known files")
        raise WriteError(
            f"{out}: the folder is gone, and {files} with it; nothing was done. "
            f"{_gone_advice(state)}"
        )


def _gone_advice(path: Path) -> str:
    """Return what to do about files that are gone, by the path of their ledger."""
    return (
        "Is the disk mounted, and --out right? If you removed them, "
        f"remove {path} too, to begin anew"
    )


class Site:
    """What a run works on. `now` is the time of the run, aware, in UTC."""

    def __init__(
        self,
        store: Store,
        ledger: Ledger,
        lock: Lock | None,
        now: datetime,
        layouts: tuple[Layout, ...],
        *,
        classic: bool,
    ) -> None:
        self.store = store
        self.ledger = ledger
        self.lock = lock
        self.now = now
        self.layouts = layouts
        self.classic = classic
        self.searched = False
        self.again: list[str] = []

    def recover(self) -> None:
        """Learn what an earlier run left behind, and stop where the files are not there."""
        was_left = self.lock is not None and self.lock.was_left
        if was_left:
            self.store.remove_leftovers(deep=True)
            self.finish_pruning()
        if self.ledger.is_new or was_left or not self.store.is_as_left:
            self.remember_files()
        sample = self.ledger.some_paths(_SAMPLE)
        if 2 * sum(not self.store.exists(path) for path in sample) > len(sample):
            self.stop_at_mass_disappearance()

    def remember_files(self, *, thorough: bool = False) -> int:
        """Bring into the ledger the stories of files that it has no story for; return how many.

        With `thorough`, look also whether the files it knows are still those stories.
        """
        if next(self.store.scan(), None) is None:
            return 0  # a new site loads no reader of files
        from newsimport.site.recall import remember_files

        return remember_files(
            self.store,
            self.ledger,
            self.now,
            classic=self.classic,
            layouts=self.layouts,
            thorough=thorough,
        )

    def stop_at_mass_disappearance(self) -> None:
        """Stop when more than half of the known files are gone at once (clause 19)."""
        paths = [known.path for known in self.ledger.stories("live")]
        missing = sum(not self.store.exists(path) for path in paths)
        if missing < _MASS or 2 * missing <= len(paths):
            return
        moved = self.remember_files()
        if 2 * (missing - moved) > len(paths):
            raise WriteError(
                f"{self.store.out}: {missing - moved} of {len(paths)} known files are missing; "
                f"nothing was done. {_gone_advice(self.ledger.path)}"
            )

    def find(self, known: Known) -> Known:
        """Find a file that its user renamed or moved; where there is none, its user deleted it.

        Also where another file stands at its place now.
        """
        if not self.searched:
            self.searched = True
            self.remember_files(thorough=True)
        found = self.ledger.story(known.key) or known
        if found.state == "live" and found.path == known.path:
            found.state = "deleted"
            self.ledger.save(found)
        return found

    def finish_pruning(self) -> None:
        """Remove the files and images of all stories that a prune has marked, and remember it.

        But not one that was edited after a prune that was killed had found it as we wrote it.
        """
        from newsimport.site.covers import remove_covers
        from newsimport.site.edits import edits_of

        for known in [*self.ledger.stories("pruning"), *self.ledger.stories("pruning all")]:
            if self.store.exists(known.path):
                if known.state == "pruning" and edits_of(self.store, known):
                    known.state = "live"
                    self.ledger.save(known)
                    continue
                self.store.remove(known.path)
            remove_covers(self.store, self.ledger, known)
            known.state = "pruned"
            self.ledger.save(known)
        if self.lock:
            self.ledger.commit()

    def save(self, settle: Callable[[list[Refused]], None] | None = None) -> list[Refused]:
        """Bring all that was decided to the disk: the files first, then the ledger.

        `settle` is called in between, for what the ledger may only know once the files are there.
        Returns the files that somebody else made or changed while this run was under way: they
        are left alone, and the next run sees to their stories.
        """
        self.ledger.see_again(self.again, self.now)
        self.again.clear()
        if self.lock and self.store.pending:
            self.lock.begin()
        refused = self.store.flush()
        for file in refused:
            (self.ledger.forget if file.is_new else self.ledger.forget_changes)(file.path)
        if settle:
            settle(refused)
        if self.lock:
            self.ledger.commit()
        return refused
