"""Say whether a file is a story's own, and what of it we wrote last; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.site.layout import find
from newsimport.site.merge import BODY, UNKNOWN, body_fingerprint, fingerprint
from newsimport.site.stamp import read_stamp

if TYPE_CHECKING:
    from newsimport.site.frontmatter import Document
    from newsimport.site.ledger import Known

# What a file of anybody's may have in common with a story of ours.
_COMMON = frozenset(
    {"date", "draft", "layout", "categories", "category", "tags", "source", "lastmod"}
)


def is_ours(known: Known, document: Document) -> bool:
    """Say whether a file is the story's own: by its stamp, else by anything that we wrote in it.

    Its user may have taken the stamp out, or put another file in its place.
    """
    if stamp := read_stamp(document.fields):
        return stamp.story == known.key
    written = known.written
    if not written or UNKNOWN in written.values():
        return True
    if body_fingerprint(document.body) == written.get(BODY):
        return True
    return any(
        fingerprint(found) == mark
        for place, mark in written.items()
        if place.rpartition(".")[2] not in _COMMON
        and (found := find(document.fields, place)) is not None
    )


def written_of(known: Known, document: Document) -> dict[str, str]:
    """Return the digests of what we wrote last, by the file itself or by the ledger.

    The file and its stamp are written in one go: of the two memories it is the surer.
    """
    stamp = read_stamp(document.fields)
    return stamp.written if stamp and stamp.story == known.key and stamp.written else known.written
