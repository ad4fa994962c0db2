"""Say what a user has edited in a story's file, and whether it can still be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.errors import WriteError
from newsimport.site import canonical, frontmatter
from newsimport.site.frontmatter import FrontMatterError
from newsimport.site.layout import flatten
from newsimport.site.merge import BODY, body_fingerprint, fingerprint
from newsimport.site.ours import written_of
from newsimport.site.stamp import STAMP

if TYPE_CHECKING:
    from newsimport.site.frontmatter import Document
    from newsimport.site.ledger import Known
    from newsimport.site.store import Store


def edits_of(store: Store, known: Known) -> str:
    """Say how a story's file differs from what we wrote, "" where it does not."""
    try:
        return edits_in(known, frontmatter.read(store.read(known.path) or ""))
    except FrontMatterError as error:
        return str(error)


def fault_of(store: Store, path: str) -> str:
    """Say why nothing can be put into a story's file, "" where it can, or where it is gone."""
    try:
        text = store.read(path)
        if text is not None:
            frontmatter.read(text)
    except (FrontMatterError, WriteError) as error:
        return str(error)
    return ""


def edits_in(known: Known, document: Document) -> str:
    """Say how a document differs from what we wrote, "" where it does not."""
    written = written_of(known, document)
    fields = flatten({name: value for name, value in document.fields.items() if name != STAMP})
    names = sorted(
        name
        for name in fields.keys() | written.keys() - {BODY, STAMP}
        if fingerprint(fields.get(name)) != written.get(name, "")
    )
    if body_fingerprint(document.body) != written.get(BODY):
        names.append(BODY)
    if not names and document.format == "yaml" and canonical.compose(document.head) is None:
        names.append("form")  # comments, or another spelling
    return "edited: " + ", ".join(names) if names else ""
