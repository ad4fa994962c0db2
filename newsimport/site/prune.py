"""Remove the files of old stories that nobody edited, and remember that they are gone."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from newsimport.errors import WriteError
from newsimport.records import NamedTuple
from newsimport.site import frontmatter
from newsimport.site.edits import edits_in
from newsimport.site.frontmatter import FrontMatterError, parse_time
from newsimport.site.layout import recalled

if TYPE_CHECKING:
    from datetime import datetime

    from newsimport.site.ledger import Known
    from newsimport.site.site import Site


class Pruned(NamedTuple):
    """A file that was removed, or why it was not."""

    path: str
    removed: bool
    reason: str = ""


def prune(site: Site, before: datetime, *, keep_edited: bool = True) -> list[Pruned]:
    """Remove the files of stories that were last changed before `before`, a time with a zone.

    Edited files stay unless `keep_edited` is off, and so do those whose age nobody can tell. What
    is to go is remembered first: a run that is killed in between is finished by the next.
    """
    pruned = []
    for known in list(site.ledger.stories("live")):
        judged = _judge(site, known, before, keep_edited=keep_edited)
        if judged and judged.removed:
            # Which of the two was meant has to outlive a kill.
            known.state = "pruning" if keep_edited else "pruning all"
            site.ledger.save(known)
        if judged:
            pruned.append(judged)
    if site.lock and any(story.removed for story in pruned):
        site.lock.begin()
        site.ledger.commit()
        site.finish_pruning()
    return pruned


def _judge(site: Site, known: Known, before: datetime, *, keep_edited: bool) -> Pruned | None:
    """Return what is to become of a story's file, None where it is gone or too young to ask."""
    try:
        text = site.store.read(known.path)
        if text is None:
            return None
        document = frontmatter.read(text)
    except (FrontMatterError, WriteError) as error:
        return Pruned(known.path, removed=False, reason=str(error))
    found = [recalled(document.fields, name, site.layouts) for name in ("date", "lastmod")]
    last = max(filter(None, map(parse_time, chain(*found))), default=None)
    if last is None:
        return Pruned(known.path, removed=False, reason="it has no date")
    if last >= before:
        return None
    edited = edits_in(known, document)
    return Pruned(known.path, removed=not (edited and keep_edited), reason=edited)
