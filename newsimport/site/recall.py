"""Learn from the site's own files which stories they are, where the ledger does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.site import frontmatter
from newsimport.site.frontmatter import FrontMatterError, parse_time
from newsimport.site.layout import TIMES, find, find_headlines
from newsimport.site.ledger import Item, Known
from newsimport.site.merge import BODY, UNKNOWN
from newsimport.site.stamp import STAMP, GuidSeen, read_stamp
from newsimport.story.identity import digest, story_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from newsimport.models import Value
    from newsimport.site.ledger import Ledger
    from newsimport.site.store import Store


def recall(path: str, text: str, now: datetime) -> tuple[Known, tuple[GuidSeen, ...]] | None:
    """Return the story that a file is, None for a file that is none of ours or cannot be read."""
    if STAMP not in text:
        return None
    try:
        fields = frontmatter.read(text).fields
    except FrontMatterError:
        return None
    stamp = read_stamp(fields)
    if stamp is None:
        return None
    seen = (parse_time(row.get("first_seen")) for row in find_headlines(fields))
    opened = min(filter(None, seen), default=_opened(fields) or now)
    return Known(stamp.story, path, min(opened, now), written=stamp.written), stamp.guids


def recall_classic(
    path: str, text: str, now: datetime, articles_of: Callable[[Iterable[str]], tuple[str, ...]]
) -> tuple[Known, tuple[GuidSeen, ...]] | None:
    """Return the story that a file of style classic is: its link alone tells, and not its edits.

    What we wrote last is not known, so everything in it counts as its user's.
    """
    try:
        document = frontmatter.read(text)
    except FrontMatterError:
        return None
    link = document.fields.get("link")
    if not isinstance(link, str) or not (articles := articles_of([link])):
        return None
    written = dict.fromkeys([*document.fields, BODY], UNKNOWN)
    known = Known(story_key(articles[0]), path, now, written=written)
    return known, (GuidSeen(digest(articles[0]), now, (digest(articles[0]),)),)


def _opened(fields: Mapping[str, Value]) -> datetime | None:
    found = (parse_time(find(fields, place)) for place in TIMES["date"])
    return next(filter(None, found), None)


def remember_files(
    store: Store,
    ledger: Ledger,
    now: datetime,
    articles_of: Callable[[Iterable[str]], tuple[str, ...]],
    *,
    classic: bool,
) -> int:
    """Bring the stories of all files that the ledger has no story for into it; return how many.

    `articles_of` gives what the articles behind some links are known by.
    """
    count = 0
    for path in store.scan():
        if ledger.at_path(path):
            continue
        text = store.read(path) or ""
        found = recall(path, text, now)
        if classic and not found:
            found = recall_classic(path, text, now, articles_of)
        if found is None:
            continue
        known, guids = found
        before = ledger.story(known.key)
        if before and before.state == "live" and store.exists(before.path):
            continue  # a copy that the user made; the story's own file is the other one
        if before:
            before.path, before.state = path, "live"
        ledger.save(before or known)
        for guid in guids:
            if not ledger.seen(guid.digest, ""):
                item = Item(guid.digest, "", "", "", guid.articles)
                ledger.see(item, known.key, guid.seen or known.opened)
        count += 1
    return count
