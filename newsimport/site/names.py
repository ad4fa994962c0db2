"""Know which paths and slugs live stories have: looked up for many new stories together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Among = Callable[[str, Iterable[str]], Iterator[tuple[str, str]]]


class Names:
    """The names of a ledger's stories, as far as they were looked up.

    `among` asks the ledger a query that ends in IN.
    """

    def __init__(self, among: Among) -> None:
        self._among = among
        # Of each name that was looked up, the keys of the live stories that have it.
        self._paths: dict[str, set[str]] = {}
        self._slugs: dict[str, set[str]] = {}

    def look_up(self, paths: Iterable[str], slugs: Iterable[str]) -> None:
        """Ask which stories have any of these names, in place of all that was asked for before."""
        self._paths = self._keys("path", paths)
        self._slugs = self._keys("slug", slugs)

    def _keys(self, column: str, names: Iterable[str]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {name: set() for name in names}
        query = f"SELECT {column}, key FROM stories WHERE state = 'live' AND {column} IN"  # noqa: S608
        for name, key in self._among(query, found):
            found[name].add(key)
        return found

    def has_path(self, path: str, key: str) -> bool:
        """Say whether another live story than `key` is remembered at this path."""
        found = self._paths if path in self._paths else self._keys("path", [path])
        return not found[path] <= {key}

    def has_slug(self, slug: str, key: str) -> bool:
        """Say whether another live story than `key` has this slug, wherever its file is now."""
        found = self._slugs if slug in self._slugs else self._keys("slug", [slug])
        return not found[slug] <= {key}

    def add(self, path: str, slug: str, key: str) -> None:
        """Take note of a new story's names."""
        if path in self._paths:
            self._paths[path].add(key)
        if slug in self._slugs:
            self._slugs[slug].add(key)

    def forget(self) -> None:
        """Ask again for any name: a story has changed."""
        self._paths.clear()
        self._slugs.clear()
