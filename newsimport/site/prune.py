"""Remove the files of old stories that nobody edited, and remember that they are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.records import NamedTuple
from newsimport.site import frontmatter
from newsimport.site.edits import edits_in
from newsimport.site.frontmatter import FrontMatterError, parse_time
from newsimport.site.layout import PLACES, find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from newsimport.site.ledger import Known
    from newsimport.site.site import Site
    from newsimport.site.store import Store


class Pruned(NamedTuple):
    """A file that was removed, or why it was not."""

    path: str
    removed: bool
    reason: str = ""


def prune(site: Site, before: datetime, *, keep_edited: bool = True) -> list[Pruned]:
    """Remove the files of stories that were last changed before `before`, a time with a zone.

    Edited files stay unless `keep_edited` is off. What is to go is remembered first: a run that
    is killed in between is finished by the next.
    """
    pruned = []
    for known, edited in _old(site.store, site.ledger.stories("live"), before):
        removed = not (edited and keep_edited)
        if removed:
            # Which of the two was meant has to outlive a kill.
            known.state = "pruning" if keep_edited else "pruning all"
            site.ledger.save(known)
        pruned.append(Pruned(known.path, removed=removed, reason=edited))
    if site.lock and any(story.removed for story in pruned):
        site.lock.begin()
        site.ledger.commit()
        site.finish_pruning()
    return pruned


def _old(store: Store, stories: Iterable[Known], before: datetime) -> Iterator[tuple[Known, str]]:
    """Yield the live stories last changed before a time, each with how it was edited, or ""."""
    for known in list(stories):
        text = store.read(known.path)
        if text is None:
            continue
        try:
            document = frontmatter.read(text)
        except FrontMatterError:
            continue
        places = PLACES["date"] | PLACES["lastmod"]
        times = [parse_time(find(document.fields, place)) for place in places]
        last = max((time for time in times if time), default=None)
        if last and last < before:
            yield known, edits_in(known, document)
