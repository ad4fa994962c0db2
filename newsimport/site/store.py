"""Read and write the files of an output folder, whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from newsimport.errors import TemporaryError, WriteError

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK_NAME = ".newsimport.lock"
_TEMPORARY = ".newsimport-"
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_CLOEXEC = getattr(os, "O_CLOEXEC", 0)
_BINARY = getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class _Pending:
    """A file to be put in place, and what it held when it was read, None for a new one."""

    text: str
    before: str | None


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not put in place, for somebody else made or changed it meanwhile."""

    path: str
    is_new: bool


class Store:
    """An output folder, opened once; every file is reached below it, through no symlink.

    New and changed files are gathered and put in place together by `flush`: written to
    temporary dot-files, synced, then linked (new ones) or renamed (changed ones), then their
    folders synced. A file is there whole or not at all, whenever the run ends.
    """

    def __init__(self, out: Path, *, dry_run: bool = False) -> None:
        self.out = out
        self.dry_run = dry_run
        self._pending: dict[str, _Pending] = {}
        self._dir = -1
        self._names: set[str] | None = None

    def __enter__(self) -> Self:
        try:
            if not self.dry_run:
                self.out.mkdir(parents=True, exist_ok=True)
            if self.out.is_dir():
                self._dir = os.open(
                    self.out, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _CLOEXEC
                )
            elif not self.dry_run:
                raise WriteError(f"{self.out}: not a folder")
        except OSError as error:
            raise self._fault(self.out, error) from error
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._dir >= 0:
            os.close(self._dir)
            self._dir = -1

    @staticmethod
    def _fault(path: Path, error: OSError) -> WriteError:
        fault = WriteError(f"{path}: cannot write: {error.strerror or error}")
        if error.errno == errno.EIO:
            fault.status = 74
        return fault

    # ------------------------------------------------------------ reading

    def exists(self, path: str) -> bool:
        """Say whether a file is there, or about to be."""
        if path in self._pending:
            return True
        if self._dir < 0:
            return False
        try:
            found = os.stat(path, dir_fd=self._dir, follow_symlinks=False)
        except OSError:
            return False
        return stat.S_ISREG(found.st_mode)

    def is_taken(self, path: str) -> bool:
        """Say whether a name is in use by anything, compared without case."""
        if self._names is None:
            names = os.listdir(self._dir) if self._dir >= 0 else []
            self._names = {name.casefold() for name in names}
        return path.casefold() in self._names

    def read(self, path: str) -> str | None:
        """Return the text of a file, None when there is none. Raises WriteError if unreadable."""
        if path in self._pending:
            return self._pending[path].text
        if self._dir < 0:
            return None
        try:
            with self._folder(path) as (folder, name):
                return self._read_at(folder, name)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._fault(self.out / path, error) from error

    @staticmethod
    def _read_at(folder: int, name: str) -> str:
        handle = os.open(name, os.O_RDONLY | _NOFOLLOW | _CLOEXEC | _BINARY, dir_fd=folder)
        with open(handle, "rb") as file:
            return file.read().decode("utf-8", "surrogateescape")

    def scan(self) -> Iterator[str]:
        """Yield the paths of all Markdown files below the folder, without following symlinks."""
        if self._dir < 0:
            return
        for folder, folders, names in os.walk(self.out):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            below = Path(folder).relative_to(self.out)
            for name in sorted(names):
                if name.endswith((".md", ".markdown")) and not name.startswith("."):
                    yield (below / name).as_posix()

    # ------------------------------------------------------------ writing

    def create(self, path: str, text: str) -> None:
        """Gather a new file."""
        self._pending[path] = _Pending(text, None)
        if self._names is not None:
            self._names.add(path.casefold())

    def replace(self, path: str, before: str, text: str) -> None:
        """Gather the new text of a file that held `before` when it was read."""
        gathered = self._pending.get(path)
        self._pending[path] = _Pending(text, gathered.before if gathered else before)

    @property
    def pending(self) -> int:
        """How many files have been gathered that `flush` would put in place."""
        return len(self._pending)

    def flush(self) -> list[Refused]:
        """Put all gathered files in place; when it returns, they have reached the disk.

        Returns those that were left alone, because somebody else made or changed the file in the
        meantime. Raises WriteError when the folder cannot be written.
        """
        pending, self._pending = self._pending, {}
        if self.dry_run or not pending:
            return []
        temporary: dict[str, str] = {}
        refused = []
        try:
            for path, file in pending.items():
                temporary[path] = self._write_temporary(path, file.text)
            self._sync(temporary)
            for path, file in pending.items():
                if not self._put_in_place(path, temporary[path], file.before):
                    refused.append(Refused(path, is_new=file.before is None))
                del temporary[path]
            for folder in {os.path.dirname(path) for path in pending}:
                self._sync_folder(folder)
        finally:
            for path, name in temporary.items():
                with contextlib.suppress(OSError), self._folder(path) as (opened, _):
                    os.unlink(name, dir_fd=opened)
        return refused

    def _write_temporary(self, path: str, text: str) -> str:
        name = f"{_TEMPORARY}{secrets.token_hex(6)}.tmp"
        try:
            with self._folder(path) as (folder, _):
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | _CLOEXEC | _BINARY
                handle = os.open(name, flags, 0o666, dir_fd=folder)
                try:
                    content = memoryview(text.encode("utf-8", "surrogateescape"))
                    while content:
                        content = content[os.write(handle, content) :]
                except BaseException:
                    os.unlink(name, dir_fd=folder)
                    raise
                finally:
                    os.close(handle)
        except OSError as error:
            raise self._fault(self.out / path, error) from error
        return name

    def _sync(self, temporary: dict[str, str]) -> None:
        """Sync files after all of them are written: the first takes most others along."""
        for path, name in temporary.items():
            try:
                with self._folder(path) as (folder, _):
                    handle = os.open(name, os.O_RDWR | _NOFOLLOW | _CLOEXEC, dir_fd=folder)
                    try:
                        os.fsync(handle)
                    finally:
                        os.close(handle)
            except OSError as error:
                raise self._fault(self.out / path, error) from error

    def _put_in_place(self, path: str, temporary: str, before: str | None) -> bool:
        """Give a temporary file its name; False if somebody else's doing stands there.

        `before` is what the file held when it was read, None for a new file.
        """
        try:
            with self._folder(path) as (folder, name):
                if before is not None:
                    mode = stat.S_IMODE(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
                    os.chmod(temporary, mode, dir_fd=folder)
                    if self._read_at(folder, name) != before:
                        raise FileExistsError
                    os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
                    return True
                os.link(
                    temporary, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False
                )
                os.unlink(temporary, dir_fd=folder)
        except OSError as error:
            with contextlib.suppress(OSError), self._folder(path) as (folder, _):
                os.unlink(temporary, dir_fd=folder)
            if isinstance(error, FileExistsError | FileNotFoundError):
                return False
            raise self._fault(self.out / path, error) from error
        return True

    def _sync_folder(self, path: str) -> None:
        try:
            with self._folder(path + "/." if path else ".") as (folder, _):
                os.fsync(folder)
        except OSError as error:
            raise self._fault(self.out / path, error) from error

    @contextlib.contextmanager
    def _folder(self, path: str) -> Iterator[tuple[int, str]]:
        """Open the folder that a path lies in, a component at a time, refusing symlinks."""
        *parts, name = path.split("/")
        opened = []
        folder = self._dir
        try:
            for part in parts:
                folder = os.open(
                    part, os.O_RDONLY | os.O_DIRECTORY | _NOFOLLOW | _CLOEXEC, dir_fd=folder
                )
                opened.append(folder)
            yield folder, name
        finally:
            for handle in opened:
                os.close(handle)

    def remove(self, path: str) -> None:
        """Remove a file."""
        try:
            with self._folder(path) as (folder, name):
                os.unlink(name, dir_fd=folder)
        except OSError as error:
            raise self._fault(self.out / path, error) from error

    def remove_leftovers(self) -> None:
        """Remove the temporary files of a run that was killed. Only under the lock."""
        for name in os.listdir(self._dir) if self._dir >= 0 else ():
            if name.startswith(_TEMPORARY) and name.endswith(".tmp"):
                with contextlib.suppress(OSError):
                    os.unlink(name, dir_fd=self._dir)


class Lock:
    """The right to write to one output folder; one run at a time holds it (clause 22).

    The lock's file says whether a run is under way: it is emptied when a run ends in order. One
    that is found full was left by a run that was killed, and `was_left` says so.
    """

    def __init__(self, path: Path, timeout: float = 0) -> None:
        self.path = path
        self.timeout = timeout
        self.was_left = False
        self._handle = -1

    def __enter__(self) -> Self:
        import fcntl
        import time

        try:
            flags = os.O_RDWR | os.O_CREAT | _NOFOLLOW | _CLOEXEC
            self._handle = os.open(self.path, flags, 0o600)
        except OSError as error:
            raise WriteError(f"{self.path}: cannot write: {error.strerror or error}") from error
        until = time.monotonic() + self.timeout
        while True:
            try:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() >= until:
                    os.close(self._handle)
                    raise TemporaryError(
                        f"{self.path.parent}: another run is writing there; try again when it is "
                        "done, or wait for it with --lock-timeout"
                    ) from None
                time.sleep(0.05)
        self.was_left = os.fstat(self._handle).st_size > 0
        return self

    def begin(self) -> None:
        """Say that files are going to be written."""
        if os.fstat(self._handle).st_size:
            return
        try:
            os.pwrite(self._handle, f"{os.getpid()}\n".encode(), 0)
            os.fsync(self._handle)
        except OSError as error:
            raise WriteError(f"{self.path}: cannot write: {error.strerror or error}") from error

    def end(self) -> None:
        """Say that the ledger knows of all that was written."""
        os.ftruncate(self._handle, 0)

    def __exit__(self, *_exception: object) -> None:
        os.close(self._handle)
