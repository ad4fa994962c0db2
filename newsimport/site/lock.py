"""Let one run at a time write to an output folder (clause 22)."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from typing import TYPE_CHECKING, Self

from newsimport.errors import TemporaryError, WriteError
from newsimport.site.folders import CLOEXEC, NOFOLLOW

if TYPE_CHECKING:
    from pathlib import Path

NAME = ".newsimport.lock"
_RUNNING = "running"
_LARGEST = 1 << 18
_PAUSE = 0.05
# What a file system answers that knows no locks.
_NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}


def read_note(path: Path) -> str:
    """Return the note that the last run left in a lock's file, without taking the lock."""
    try:
        said = path.read_bytes()[:_LARGEST].decode("utf-8", "surrogateescape")
    except OSError:
        return ""
    return "" if said.startswith(_RUNNING) else said


def look(path: Path) -> str:
    """Return "free", "held", or "left" by a run that was killed, of a lock whose file is there.

    Nothing is made or written, and a run that begins meanwhile gets the lock all the same. Raises
    OSError.
    """
    handle = os.open(path, os.O_RDONLY | NOFOLLOW | CLOEXEC)
    try:
        if _is_held(handle, path):
            return "held"
        return "left" if os.read(handle, _LARGEST).startswith(_RUNNING.encode()) else "free"
    finally:
        os.close(handle)


def _is_held(handle: int, path: Path) -> bool:
    try:
        import fcntl
    except ImportError:
        return _is_owned(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        return _is_owned(path)
    return False


def _is_owned(path: Path) -> bool:
    try:
        return _is_running(int(_owner_of(path).read_text(encoding="ascii")))
    except (OSError, ValueError):
        return False


def _owner_of(path: Path) -> Path:
    return path.with_name(path.name + ".owner")


class Lock:
    """The right to write to one output folder.

    The lock's file says whether a run is under way. One that still says so when it is taken was
    left by a run that was killed, and `was_left` tells; else `note` is what the last run left.
    """

    def __init__(self, path: Path, timeout: float = 0) -> None:
        self.path = path
        self.timeout = timeout
        self.was_left = False
        self.note = ""
        self._handle = -1
        self._owner: Path | None = None
        self._is_running = False

    def __enter__(self) -> Self:
        """Take the lock; raise TemporaryError when another run holds it for `timeout` seconds."""
        try:
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | NOFOLLOW | CLOEXEC, 0o600)
            self._wait()
            said = os.read(self._handle, _LARGEST).decode("utf-8", "surrogateescape")
            self.was_left = said.startswith(_RUNNING)
            self.note = "" if self.was_left else said
        except OSError as error:
            self._close()
            raise WriteError.at(self.path, error) from error
        except BaseException:
            self._close()
            raise
        return self

    def _wait(self) -> None:
        # One who only looks holds it for less than a pause.
        until = time.monotonic() + max(self.timeout, _PAUSE)
        while not self._take():
            if time.monotonic() >= until:
                raise TemporaryError(
                    f"{self.path.parent}: another run is writing there; try again when it is done, "
                    "or wait for it with --lock-timeout"
                )
            time.sleep(_PAUSE)

    def _take(self) -> bool:
        """Try to take the lock: by the system's own, else by a file that only one can make."""
        try:
            import fcntl
        except ImportError:
            return self._take_by_file()
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            return self._take_by_file()
        return True

    def _take_by_file(self) -> bool:
        """Make a file that names this process; one whose process is gone counts no more."""
        owner = _owner_of(self.path)
        with contextlib.suppress(OSError, ValueError):
            if not _is_running(int(owner.read_text(encoding="ascii"))):
                owner.unlink()
        try:
            handle = os.open(owner, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NOFOLLOW, 0o600)
        except FileExistsError:
            return False
        os.write(handle, str(os.getpid()).encode())
        os.close(handle)
        self._owner = owner
        return True

    def begin(self) -> None:
        """Say that files are going to be written."""
        if not self._is_running:
            self._is_running = True
            self._say(f"{_RUNNING} {os.getpid()}\n", sync=True)

    def end(self, note: str) -> None:
        """Say that the ledger knows of all that was written, and leave a note for the next run."""
        if self._is_running or self.was_left or note != self.note:
            self._say(note if len(note) < _LARGEST else "")

    def _say(self, text: str, *, sync: bool = False) -> None:
        try:
            os.ftruncate(self._handle, 0)
            os.lseek(self._handle, 0, os.SEEK_SET)
            if text:
                os.write(self._handle, text.encode("utf-8", "surrogateescape"))
            if sync:
                os.fsync(self._handle)
        except OSError as error:
            raise WriteError.at(self.path, error) from error

    def _close(self) -> None:
        if self._owner:
            with contextlib.suppress(OSError):
                self._owner.unlink()
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def __exit__(self, *_exception: object) -> None:
        self._close()


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
