"""Reach files in a folder by its descriptor, or by its path where a system has no such thing."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
CLOEXEC = getattr(os, "O_CLOEXEC", 0)
BINARY = getattr(os, "O_BINARY", 0)
_DIRECTORY = getattr(os, "O_DIRECTORY", 0)
# What a file system answers that has no hard links.
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
# What it answers of a symlink that is not to be followed.
_MAYBE_SYMLINK = {errno.ELOOP, errno.ENOTDIR, errno.EMLINK}
_SYMLINK = "a symlink is in the way"


class Folder(Protocol):
    """A folder; names are those of entries in it. All calls raise OSError."""

    def open(self, name: str, flags: int, mode: int = 0o666) -> int:
        """Open an entry, never through a symlink; return its descriptor."""

    def below(self, name: str) -> Folder:
        """Open a folder in this one, never through a symlink."""

    def make(self, name: str) -> None:
        """Make a folder in this one."""

    def stat(self, name: str) -> os.stat_result:
        """Return what an entry is, a symlink being one itself."""

    def names(self) -> list[str]:
        """Return the names of all entries."""

    def rename(self, name: str, to: str) -> None:
        """Give an entry another name, in place of what has that name."""

    def link(self, name: str, to: str) -> None:
        """Give an entry a second name; FileExistsError if that is taken."""

    def unlink(self, name: str) -> None:
        """Remove an entry."""

    def remove(self, name: str) -> None:
        """Remove a folder in this one, if nothing is in it."""

    def sync(self) -> None:
        """Bring the folder's entries to the disk."""

    def close(self) -> None:
        """Give the folder back."""


def has_descriptors() -> bool:
    """Say whether this system reaches files by the descriptor of their folder."""
    if not hasattr(os, "link"):
        return False
    calls = {os.open, os.stat, os.unlink, os.rmdir, os.rename, os.link}
    return calls <= os.supports_dir_fd and os.listdir in os.supports_fd


def open_folder(path: Path) -> Folder:
    """Open the folder at `path`, which may be a symlink: the user named it."""
    if not has_descriptors():
        if not path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "not a folder", str(path))
        return PathFolder(path)
    return DescriptorFolder(os.open(path, os.O_RDONLY | _DIRECTORY | CLOEXEC))


class DescriptorFolder:
    """A folder by its descriptor: nobody can put another in its place while it is open."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def open(self, name: str, flags: int, mode: int = 0o666) -> int:
        """Open an entry, never through a symlink; return its descriptor."""
        try:
            return os.open(name, flags | NOFOLLOW | CLOEXEC, mode, dir_fd=self._descriptor)
        except OSError as error:
            # Of a symlink in a folder's place systems say no more than that it is no folder.
            if error.errno in _MAYBE_SYMLINK and stat.S_ISLNK(self.stat(name).st_mode):
                raise OSError(errno.ELOOP, _SYMLINK, name) from error
            raise

    def below(self, name: str) -> Folder:
        """Open a folder in this one, never through a symlink."""
        return DescriptorFolder(self.open(name, os.O_RDONLY | _DIRECTORY))

    def make(self, name: str) -> None:
        """Make a folder in this one."""
        os.mkdir(name, dir_fd=self._descriptor)

    def stat(self, name: str) -> os.stat_result:
        """Return what an entry is, a symlink being one itself."""
        return os.stat(name, dir_fd=self._descriptor, follow_symlinks=False)

    def names(self) -> list[str]:
        """Return the names of all entries."""
        return os.listdir(self._descriptor)

    def rename(self, name: str, to: str) -> None:
        """Give an entry another name, in place of what has that name."""
        os.rename(name, to, src_dir_fd=self._descriptor, dst_dir_fd=self._descriptor)

    def link(self, name: str, to: str) -> None:
        """Give an entry a second name; FileExistsError if that is taken."""
        os.link(
            name,
            to,
            src_dir_fd=self._descriptor,
            dst_dir_fd=self._descriptor,
            follow_symlinks=False,
        )

    def unlink(self, name: str) -> None:
        """Remove an entry."""
        os.unlink(name, dir_fd=self._descriptor)

    def remove(self, name: str) -> None:
        """Remove a folder in this one, if nothing is in it."""
        os.rmdir(name, dir_fd=self._descriptor)

    def sync(self) -> None:
        """Bring the folder's entries to the disk."""
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Give the folder back."""
        os.close(self._descriptor)


class PathFolder:
    """A folder by its path. A symlink is looked for before each step, which is not as safe."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def open(self, name: str, flags: int, mode: int = 0o666) -> int:
        """Open an entry, never through a symlink; return its descriptor."""
        path = self._path / name
        if path.is_symlink():
            raise OSError(errno.ELOOP, _SYMLINK, str(path))
        return os.open(path, flags | NOFOLLOW | CLOEXEC | BINARY, mode)

    def below(self, name: str) -> Folder:
        """Open a folder in this one, never through a symlink."""
        path = self._path / name
        mode = os.lstat(path).st_mode
        if stat.S_ISLNK(mode):
            raise OSError(errno.ELOOP, _SYMLINK, str(path))
        if not stat.S_ISDIR(mode):
            raise NotADirectoryError(errno.ENOTDIR, "not a folder", str(path))
        return PathFolder(path)

    def make(self, name: str) -> None:
        """Make a folder in this one."""
        os.mkdir(self._path / name)

    def stat(self, name: str) -> os.stat_result:
        """Return what an entry is, a symlink being one itself."""
        return os.lstat(self._path / name)

    def names(self) -> list[str]:
        """Return the names of all entries."""
        return os.listdir(self._path)

    def rename(self, name: str, to: str) -> None:
        """Give an entry another name, in place of what has that name."""
        os.replace(self._path / name, self._path / to)

    def link(self, name: str, to: str) -> None:
        """Give an entry a second name; FileExistsError if that is taken."""
        os.link(self._path / name, self._path / to)

    def unlink(self, name: str) -> None:
        """Remove an entry."""
        os.unlink(self._path / name)

    def remove(self, name: str) -> None:
        """Remove a folder in this one, if nothing is in it."""
        os.rmdir(self._path / name)

    def sync(self) -> None:
        """Do nothing: where there are no descriptors of folders they cannot be synced either."""

    def close(self) -> None:
        """Do nothing."""


def put_new(folder: Folder, temporary: str, name: str) -> None:
    """Give a temporary file a name that nothing has yet; FileExistsError if something has it.

    By a hard link, which fails where the name is taken. Where there are none, by a rename after a
    look: of two files that come to the name in the same instant, one would be lost there.
    """
    try:
        folder.link(temporary, name)
    except (OSError, AttributeError) as error:
        if isinstance(error, OSError) and error.errno not in _NO_LINKS:
            raise
        with contextlib.suppress(FileNotFoundError):
            folder.stat(name)
            raise FileExistsError(errno.EEXIST, "the name is taken", name) from error
        folder.rename(temporary, name)
    else:
        folder.unlink(temporary)


def make_way(folder: Folder, path: str) -> None:
    """Make the folders that a path below `folder` leads through, and bring them to the disk."""
    *parts, _ = path.split("/")
    with contextlib.ExitStack() as opened:
        for part in parts:
            with contextlib.suppress(FileExistsError):
                folder.make(part)
                folder.sync()
            folder = folder.below(part)
            opened.callback(folder.close)


@contextlib.contextmanager
def reach(folder: Folder, path: str) -> Iterator[tuple[Folder, str]]:
    """Open the folder that a path lies in, through no symlink; yield it and the file's name."""
    *parts, name = path.split("/")
    if not {"", ".", ".."}.isdisjoint((*parts, name)):
        raise OSError(errno.EINVAL, "no path below the folder", path)
    opened = []
    try:
        for part in parts:
            folder = folder.below(part)
            opened.append(folder)
        yield folder, name
    finally:
        for each in opened:
            each.close()


def is_name(path: str) -> bool:
    """Say whether a path is that of an entry in the folder itself."""
    return "/" not in path and path not in {"", ".", ".."}


def is_file(folder: Folder, path: str) -> bool:
    """Say whether a path below `folder` is a file, reached through no symlink."""
    try:
        if is_name(path):
            return stat.S_ISREG(folder.stat(path).st_mode)
        with reach(folder, path) as (parent, name):
            return stat.S_ISREG(parent.stat(name).st_mode)
    except OSError:
        return False
