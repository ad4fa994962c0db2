"""Put the image files of stories where their generator has a place for them, and remove them."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from newsimport.records import NamedTuple
from newsimport.site.folders import BINARY, open_folder, reach
from newsimport.site.picturebook import Cover, PictureBook
from newsimport.site.profiles import find_root
from newsimport.site.store import BUNDLE, Store

if TYPE_CHECKING:
    from newsimport.site.ledger import Known, Ledger
    from newsimport.site.profiles import Profile

# Where Jekyll's images go, below the site's own folder.
_ASSETS = "assets/newsimport"


class Place(NamedTuple):
    """Where a story's image goes: its folder as a Cover has it, its address, its name."""

    folder: str
    address: str
    stem: str


def has_place(profile: Profile) -> bool:
    """Say whether a generator's sites have a place for the images of stories."""
    return bool(profile.bundle) or profile.name == "jekyll"


def place_of(out: Path, known: Known, profile: Profile) -> Place | None:
    """Return where a story's image goes, None where its generator has no place for it."""
    if known.path.endswith(BUNDLE):
        return Place("", "", "cover")
    if profile.name != "jekyll":
        return None
    folder = os.path.relpath(find_root(out, profile) / _ASSETS, out.absolute())
    stem = known.path.rpartition("/")[2].removesuffix(".md")
    return Place(Path(folder).as_posix(), f"/{_ASSETS}/", stem)


def put_cover(
    store: Store, ledger: Ledger, known: Known, place: Place, suffix: str, content: bytes
) -> str:
    """Put an image in its place; return its address there, "" where all its names are taken.

    It is remembered before it is written, so that a run that is killed leaves none behind that
    nobody knows of.
    """
    book = PictureBook(ledger)
    for stem in (place.stem, f"{place.stem}-{known.key}"):
        name = f"{stem}.{suffix}"
        book.note_cover(known.key, Cover(place.folder, name, _digest(content)))
        ledger.commit()
        if _add(store, known, place.folder, name, content):
            return place.address + name
    return ""


def _add(store: Store, known: Known, folder: str, name: str, content: bytes) -> bool:
    if not folder:
        return store.add(_beside(known, name), content)
    with Store(store.out / folder) as other:
        return other.add(name, content)


def remove_covers(store: Store, ledger: Ledger, known: Known) -> None:
    """Remove the images that were written for a story, and its folder if nothing else is there.

    One that holds something else by now is its user's, and stays.
    """
    book = PictureBook(ledger)
    for cover in book.covers_of(known.key):
        path = cover.name if cover.folder else _beside(known, cover.name)
        with contextlib.suppress(FileNotFoundError):
            _remove(store.out / cover.folder, path, cover.digest)
    book.forget(known.key)
    if known.path.endswith(BUNDLE):
        with (
            contextlib.suppress(OSError),
            contextlib.closing(open_folder(store.out)) as base,
            reach(base, known.path.removesuffix(BUNDLE)) as (parent, name),
        ):
            parent.remove(name)
            parent.sync()


def _remove(base: Path, path: str, digest: str) -> None:
    with contextlib.closing(open_folder(base)) as folder, reach(folder, path) as (parent, name):
        with open(parent.open(name, os.O_RDONLY | BINARY), "rb") as file:
            content = file.read()
        if _digest(content) == digest:
            parent.unlink(name)
            parent.sync()


def _beside(known: Known, name: str) -> str:
    return known.path.removesuffix("index.md") + name


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
