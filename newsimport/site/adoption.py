"""Take over files that others wrote, by the links in them, without changing a byte of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsimport.errors import NewsimportError
from newsimport.site.linked import recall_linked, story_of

if TYPE_CHECKING:
    from newsimport.site.site import Site

_SUFFIXES = (".md", ".markdown", ".html")
# Text in it is a program's: what an update puts there would have to be, too.
_NEVER = (".mdx",)


@dataclass(frozen=True, slots=True)
class Adopted:
    """What became of a file: `action` is "adopted", "known" (it was a story already), "refused"."""

    path: str
    action: str
    reason: str = ""


def adopt(site: Site) -> list[Adopted]:
    """Remember all files of a site that hold a link as stories, each where it is.

    What is adopted is kept by the ledger alone: no file changes.
    """
    site.remember_files()
    found = [_adopt(site, path) for path in site.store.scan(_SUFFIXES + _NEVER)]
    site.save()
    return found


def _adopt(site: Site, path: str) -> Adopted:
    if site.ledger.at_path(path):
        return Adopted(path, "known")
    if path.endswith(_NEVER):
        return Adopted(path, "refused", "updates are written as Markdown, not as MDX")
    try:
        known, guids = recall_linked(path, site.store.read(path) or "", site.now, site.layouts)
    except NewsimportError as error:
        return Adopted(path, "refused", str(error))
    there = story_of(site.ledger, known, guids)
    if there and there.state == "live" and site.store.exists(there.path):
        return Adopted(path, "refused", f"{there.path} is the story of its link already")
    if there:  # its file was deleted, or moved away
        known.key = there.key
    site.ledger.save(known)
    site.ledger.learn(known, guids)
    return Adopted(path, "adopted")
