"""Read and write the files of an output folder, whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Self

from newsimport.errors import WriteError
from newsimport.records import NamedTuple
from newsimport.site.folders import BINARY, is_file, is_name, make_way, open_folder, put_new, reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsimport.site.folders import Folder

_TEMPORARY = ".newsimport-"
BUNDLE = "/index.md"
_FEW = 256
# What generators take for a page besides ".md": of two that differ in it alone one is published.
_PAGES = frozenset(
    {"markdown", "mdown", "mkdown", "mkdn", "mkd", "mdx", "html", "htm", "org", "rst", "adoc",
     "asciidoc", "ad", "pdc", "pandoc", "textile"}
)  # fmt: skip


class _Pending(NamedTuple):
    """A file to be put in place, and what it held when it was read, None for a new one."""

    content: bytes
    before: str | None


class Refused(NamedTuple):
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
        self._folder: Folder | None = None
        self._pending: dict[str, _Pending] = {}
        # The paths that no new file may have, for others are there whose pages are the same: those
        # in capitals, in small letters, and pages of another suffix, as Markdown files.
        self._twins: set[str] = set()
        # The same of folders below, each looked into when it is first asked for.
        self._twins_below: dict[str, set[str]] = {}
        # All names that are there, in small letters, where those were few at first.
        self._there: set[str] | None = None
        self.is_as_left = False

    def __enter__(self) -> Self:
        try:
            if not self.dry_run:
                self.out.mkdir(parents=True, exist_ok=True)
            if self.out.is_dir() or not self.dry_run:
                self._folder = open_folder(self.out)
        except OSError as error:
            raise WriteError.at(self.out, error) from error
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._folder:
            self._folder.close()
            self._folder = None

    # ------------------------------------------------------------ reading

    def exists(self, path: str) -> bool:
        """Say whether a file is there, or about to be."""
        return path in self._pending or (self._folder is not None and is_file(self._folder, path))

    def is_taken(self, path: str) -> bool:
        """Say whether the address of a file is in use by anything.

        Names are compared without case, and those of pages without their suffix.
        The slug in `path` is in small letters, as all are. A story with a folder of its own has no
        lone file beside it, for a generator would publish one of the two.
        """
        lone, bundle = forms(path)
        page = bundle.removesuffix(BUNDLE)
        names = {lone, page, bundle}
        folded = {name.casefold() for name in names} if self._twins else names
        if not (self._pending.keys().isdisjoint(names) and self._twins.isdisjoint(folded)):
            return True
        # A first import looks for none of its names on the disk. Files that came since are ours,
        # and known by their stories' names; what another program puts there meanwhile is met when
        # the file is put in place.
        if self._there is not None and self._there.isdisjoint({_top(lone), _top(page)}):
            return False
        return self._has(lone) or self._has_any_below(page) or self._has_twin_below(lone)

    def _has_any_below(self, path: str) -> bool:
        """Say whether anything but an empty folder, as a run that was killed leaves, is there."""
        if self._folder is None or not self._has(path):
            return False
        try:
            return any(not _is_temporary(name) for name in self._names_in(path))
        except OSError:
            return True

    def _has_twin_below(self, path: str) -> bool:
        """Say whether a folder below has a page of the same address as the file at `path`."""
        place, _, name = path.rpartition("/")
        if not place:
            return False
        if place not in self._twins_below:
            try:
                self._twins_below[place] = _twins(self._names_in(place))
            except OSError:  # there is none yet
                self._twins_below[place] = set()
        page = name.casefold()
        return not self._twins_below[place].isdisjoint({page, page.removesuffix(".md")})

    def _names_in(self, place: str) -> list[str]:
        """Return the names of all entries of a folder below. Raises OSError."""
        if self._folder is None:
            return []
        with reach(self._folder, f"{place}/any") as (folder, _):
            return folder.names()

    def _has(self, path: str) -> bool:
        """Say whether there is anything, file or not, at a path."""
        if self._folder is None:
            return False
        try:
            if "/" in path:
                with reach(self._folder, path) as (folder, name):
                    folder.stat(name)
            else:
                self._folder.stat(path)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise WriteError.at(self.out / path, error, "read") from error
        return True

    def claim(self, path: str) -> None:
        """Take note that a page has the address of a file at `path`, whatever its own is called."""
        self._twins.add(path.casefold())

    def note(self) -> str:
        """Return what spares the next run a list of all names."""
        return "\0".join([str(self._modified()), *sorted(self._twins)])

    def believe(self, note: str) -> None:
        """Take an earlier run's note for true, and say `is_as_left`, if no name came or went."""
        modified, *twins = note.split("\0")
        self.is_as_left = bool(note) and modified == str(self._modified())
        if self.is_as_left:
            self._twins = set(twins)
        else:
            names = self._entries()
            self._twins = _twins(names)
            self._there = {name.casefold() for name in names} if len(names) <= _FEW else None

    def _modified(self) -> int:
        """Return when a name last came to the folder or went, in nanoseconds, 0 if unknown."""
        try:
            return self._folder.stat(".").st_mtime_ns if self._folder else 0
        except OSError:
            return 0

    def _entries(self) -> list[str]:
        return self._folder.names() if self._folder else []

    def read(self, path: str) -> str | None:
        """Return the text of a file, None when there is none. Raises WriteError if unreadable."""
        if path in self._pending:
            return _decoded(self._pending[path].content)
        if self._folder is None:
            return None
        try:
            with reach(self._folder, path) as (folder, name):
                return _read(folder, name)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise WriteError.at(self.out / path, error, "read") from error

    def scan(self, suffixes: tuple[str, ...] = (".md", ".markdown")) -> Iterator[str]:
        """Yield the paths of all Markdown files below the folder, without following symlinks.

        Or of those with other suffixes.
        """
        if self._folder is None:
            return
        for place, folders, names in os.walk(self.out):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            below = Path(place).relative_to(self.out)
            for name in sorted(names):
                if name.endswith(suffixes) and not name.startswith("."):
                    path = (below / name).as_posix()
                    # No symlink, pipe or device, and no name that is not text.
                    if path.isprintable() and is_file(self._folder, path):
                        yield path

    # ------------------------------------------------------------ writing

    def create(self, path: str, content: bytes) -> None:
        """Gather a new file."""
        if self._there is not None and "/" in path:
            self._there.add(_top(path))
            if len(self._there) > _FEW:
                self._there = None
        # Some letters have more than two cases: of "ς" and "σ" one is as small as the other.
        if not path.isascii() and (folded := path.casefold()) != path:
            self._twins.add(folded)
        self._pending[path] = _Pending(content, None)

    def replace(self, path: str, before: str, text: str) -> None:
        """Gather the new text of a file that held `before` when it was read."""
        gathered = self._pending.get(path)
        self._pending[path] = _Pending(_encoded(text), gathered.before if gathered else before)

    def changes(self) -> Iterator[tuple[str, str, str]]:
        """Yield the path of each gathered file that is there, what it held, and its new text."""
        for path, file in self._pending.items():
            if file.before is not None and file.before != (text := _decoded(file.content)):
                yield path, file.before, text

    @property
    def pending(self) -> int:
        """How many files have been gathered that `flush` would put in place."""
        return 0 if self.dry_run else len(self._pending)

    def flush(self) -> list[Refused]:
        """Put all gathered files in place; when it returns, they have reached the disk.

        Returns those that were left alone, because somebody else made or changed the file in the
        meantime. Raises WriteError when the folder cannot be written.
        """
        if self.dry_run:
            return []  # what was gathered stays gathered, for what is decided next stands on it
        pending, self._pending = self._pending, {}
        temporary: dict[str, str] = {}
        refused, path, token = [], "", os.urandom(6).hex()
        for path in (path for path, file in pending.items() if file.before is None):
            self._make_way(path)
        try:
            for folder, path, _ in self._each(pending):
                name = f"{_TEMPORARY}{token}{len(temporary)}.tmp"
                _write_new(folder, name, pending[path].content)
                temporary[path] = name
            # After all of them are written: the first sync takes most others along.
            for folder, path, _ in self._each(pending):
                _sync(folder, temporary[path])
            for folder, path, name in self._each(pending):
                file = pending[path]
                if not _put_in_place(folder, name, temporary[path], file.before):
                    self._there = None
                    refused.append(Refused(path, is_new=file.before is None))
                del temporary[path]
            for path in {path.rpartition("/")[0]: path for path in pending}.values():
                with self._reach(path) as (folder, _):
                    folder.sync()
        except OSError as error:
            raise WriteError.at(self.out / path, error) from error
        finally:
            for path, name in temporary.items():
                with contextlib.suppress(OSError, WriteError), self._reach(path) as (folder, _):
                    folder.unlink(name)
        return refused

    def _each(self, paths: Iterable[str]) -> Iterator[tuple[Folder, str, str]]:
        """Yield the folder, the path and the name of each file; a folder is entered once a row."""
        for _, row in groupby(paths, key=lambda path: path.rpartition("/")[0]):
            together = [*row]
            with self._reach(together[0]) as (folder, _):
                for path in together:
                    yield folder, path, path.rpartition("/")[2]

    def _reach(self, path: str) -> _Reached:
        """Open the folder that a path lies in; an OSError becomes the user's one line."""
        assert self._folder is not None
        return _Reached(self._folder, path, self.out)

    def _make_way(self, path: str) -> None:
        if "/" not in path:
            return
        assert self._folder is not None
        try:
            make_way(self._folder, path)
        except OSError as error:
            raise WriteError.at(self.out / path, error) from error

    def add(self, path: str, content: bytes) -> bool:
        """Put a file of any content in place at once, if there is none; False if there is another.

        One that holds the same is this one, as a run that was killed has left it.
        """
        assert self._folder is not None
        self._make_way(path)
        with self._reach(path) as (folder, name):
            if is_file(folder, name):
                with open(folder.open(name, os.O_RDONLY | BINARY), "rb") as file:
                    return file.read(len(content) + 1) == content
            temporary = f"{_TEMPORARY}{os.urandom(6).hex()}.tmp"
            _write_new(folder, temporary, content)
            _sync(folder, temporary)
            if not _put_in_place(folder, name, temporary, None):
                return False
            folder.sync()
        return True

    def remove(self, path: str) -> None:
        """Remove a file, and bring that to the disk."""
        with self._reach(path) as (folder, name):
            folder.unlink(name)
            folder.sync()

    def remove_leftovers(self, *, deep: bool = False) -> None:
        """Remove the temporary files of a run that was killed. Only under the lock.

        With `deep`, those in the folders of stories too.
        """
        paths = [name for name in self._entries() if _is_temporary(name)]
        if deep:
            for place, _, names in os.walk(self.out):
                below = Path(place).relative_to(self.out)
                paths += [(below / name).as_posix() for name in names if _is_temporary(name)]
        for path in dict.fromkeys(paths):
            with contextlib.suppress(WriteError), self._reach(path) as (folder, name):
                folder.unlink(name)


class _Reached:
    """A folder that is entered for a file; no generator, for each file is come to three times."""

    def __init__(self, base: Folder, path: str, out: Path) -> None:
        self._base = base
        self._path = path
        self._out = out
        self._way: contextlib.AbstractContextManager[tuple[Folder, str]] | None = None

    def __enter__(self) -> tuple[Folder, str]:
        if is_name(self._path):
            return self._base, self._path
        try:
            self._way = reach(self._base, self._path)
            return self._way.__enter__()
        except OSError as error:
            raise WriteError.at(self._out / self._path, error) from error

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if self._way:
            self._way.__exit__(None, None, None)
        if isinstance(error, OSError):
            raise WriteError.at(self._out / self._path, error) from error


def forms(path: str) -> tuple[str, str]:
    """Return both paths that a page may have: a file's, and one in a folder of its own."""
    page = path.removesuffix(BUNDLE).removesuffix(".md")
    return f"{page}.md", page + BUNDLE


def _encoded(text: str) -> bytes:
    # What was no UTF-8 in a file that was read is as it was.
    return text.encode("utf-8", "surrogateescape")


def _decoded(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


def _top(path: str) -> str:
    return path.partition("/")[0].casefold()


def _twins(names: Iterable[str]) -> set[str]:
    """Return the names that pages have which are there, where those are other than their own."""
    return {page for name in names if (page := _as_page(name)) != name}


def _as_page(name: str) -> str:
    """Return a name in small letters, and a page of any suffix as a Markdown file."""
    small = name.casefold()
    if small.endswith(".md"):
        return small
    stem, _, suffix = small.rpartition(".")
    return f"{stem}.md" if suffix in _PAGES else small


def _is_temporary(name: str) -> bool:
    return name.startswith(_TEMPORARY) and name.endswith(".tmp")


def _read(folder: Folder, name: str) -> str:
    # A pipe would keep who opens it waiting, and a device may have no end.
    handle = folder.open(name, os.O_RDONLY | BINARY | getattr(os, "O_NONBLOCK", 0))
    with open(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "it is no file", name)
        return _decoded(file.read())


def _write_new(folder: Folder, name: str, content: bytes) -> None:
    handle = folder.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
    except BaseException:
        folder.unlink(name)
        raise
    finally:
        os.close(handle)


def _sync(folder: Folder, name: str) -> None:
    handle = folder.open(name, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _put_in_place(folder: Folder, name: str, temporary: str, before: str | None) -> bool:
    """Give a temporary file its name; False if somebody else's doing stands there.

    `before` is what the file held when it was read, None for a new file.
    """
    try:
        if before is None:
            put_new(folder, temporary, name)
        elif _read(folder, name) == before:
            _copy_mode(folder, name, temporary)
            folder.rename(temporary, name)
        else:
            folder.unlink(temporary)
            return False
    except (FileExistsError, FileNotFoundError):
        folder.unlink(temporary)
        return False
    except OSError:
        with contextlib.suppress(OSError):
            folder.unlink(temporary)
        raise
    return True


def _copy_mode(folder: Folder, name: str, to: str) -> None:
    """Give a file that takes another's place its permissions."""
    handle = folder.open(to, os.O_RDWR)
    try:
        if hasattr(os, "fchmod"):
            os.fchmod(handle, stat.S_IMODE(folder.stat(name).st_mode))
    finally:
        os.close(handle)
