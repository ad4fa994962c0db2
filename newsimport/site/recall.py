"""Learn from the site's own files which stories they are, where the ledger does not know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsimport.site import frontmatter
from newsimport.site.frontmatter import FrontMatterError, parse_time
from newsimport.site.layout import STAMP, TIMES, find, find_headlines
from newsimport.site.ledger import Item, Known, unpack
from newsimport.site.merge import BODY
from newsimport.story.identity import digest, story_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from newsimport.models import Value
    from newsimport.site.ledger import Ledger
    from newsimport.site.store import Store


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a file says of itself: its story, the guids it has come under, its cluster's links.

    `links` are those of the headlines that were in the feed when the file was last written, at the
    time `seen`.
    """

    known: Known
    guids: tuple[str, ...]
    links: tuple[str, ...]
    seen: datetime


def recall(path: str, text: str, now: datetime) -> Recalled | None:
    """Return the story that a file is, None for a file that is none of ours or cannot be read."""
    if STAMP not in text:
        return None
    try:
        fields = frontmatter.read(text).fields
    except FrontMatterError:
        return None
    stamp = fields.get(STAMP)
    if not isinstance(stamp, dict) or not isinstance(key := stamp.get("id"), str) or not key:
        return None
    lines = find_headlines(fields)
    times = [time for row in lines if (time := parse_time(row.get("first_seen")))]
    opened = min(times, default=_time(fields, "date") or now)
    last = _time(fields, "lastmod") or opened
    current = str(stamp.get("current", ""))
    return Recalled(
        Known(key, path, opened, written=unpack(str(stamp.get("written", "")))),
        tuple(str(stamp.get("guids", "")).split()),
        tuple(str(row.get("link", "")) for row in lines)[
            : int(current) if current.isdecimal() else None
        ],
        min(max(last, opened), now),
    )


def recall_classic(
    path: str, text: str, now: datetime, articles_of: Callable[[Iterable[str]], tuple[str, ...]]
) -> Recalled | None:
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
    written = dict.fromkeys([*document.fields, BODY], "?")
    known = Known(story_key(articles[0]), path, now, written=written)
    return Recalled(known, (digest(articles[0]),), (link,), now)


def _time(fields: Mapping[str, Value], name: str) -> datetime | None:
    found = (parse_time(find(fields, place)) for place in TIMES[name])
    return max(filter(None, found), default=None)


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
        before = ledger.story(found.known.key)
        if before and before.state == "live" and store.exists(before.path):
            continue  # a copy that the user made; the story's own file is the other one
        if before:
            before.path, before.state = path, "live"
        ledger.save(before or found.known)
        articles = tuple(digest(article) for article in articles_of(found.links))
        for number, guid in enumerate(found.guids):
            if not ledger.seen(guid, ""):
                # Which item held which article is forgotten: the first stands for all of them.
                item = Item(guid, "", "", "", () if number else articles)
                ledger.see(item, found.known.key, found.seen)
        count += 1
    return count
