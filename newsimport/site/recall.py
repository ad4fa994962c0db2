"""Learn from the site's own files which stories they are, where the ledger does not know."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from newsimport.site import frontmatter
from newsimport.site.frontmatter import FrontMatterError, parse_time
from newsimport.site.layout import find_headlines, recalled
from newsimport.site.ledger import Known
from newsimport.site.linkbook import LinkBook
from newsimport.site.merge import BODY, UNKNOWN, fingerprint
from newsimport.site.stamp import STAMP, GuidSeen, read_stamp
from newsimport.source.googlenews import article_id, is_publishers, url_in_id
from newsimport.story.identity import digest, story_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from newsimport.models import Value
    from newsimport.site.layout import Layout
    from newsimport.site.ledger import Ledger
    from newsimport.site.store import Store

    # A story, the guids that it came under, and its tags.
    Recalled = tuple[Known, tuple[GuidSeen, ...], tuple[str, ...]]


def recall(path: str, text: str, now: datetime, layouts: Sequence[Layout] = ()) -> Recalled | None:
    """Return the story that a file is, None for a file that is none of ours or cannot be read.

    `layouts` are those of the site, by which a field may stand under a name of its user's.
    """
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
    dates = map(parse_time, recalled(fields, "date", layouts))
    opened = min(filter(None, seen), default=next(filter(None, dates), now))
    slug = next((slug for slug in recalled(fields, "slug", layouts) if isinstance(slug, str)), "")
    known = Known(stamp.story, path, min(opened, now), written=stamp.written, slug=slug)
    return known, stamp.guids, _tags(recalled(fields, "tags", layouts))


def links_in(text: str) -> dict[str, str]:
    """Return the publishers' URLs, by Google's article ids, that a file of ours remembers.

    Only as we wrote them: a link that its user has put there is good for this file alone.
    """
    if "google_link" not in text:
        return {}
    fields = frontmatter.read(text).fields
    stamp, rows = read_stamp(fields), find_headlines(fields)
    if stamp is None or fingerprint(list(rows)) not in stamp.written.values():
        return {}
    found = {article_id(str(row.get("google_link", ""))): str(row.get("link", "")) for row in rows}
    return {
        identifier: url
        for identifier, url in found.items()
        if identifier and is_publishers(url) and not url_in_id(identifier)
    }


def recall_classic(path: str, text: str, now: datetime) -> Recalled | None:
    """Return the story that a file of style classic is: its link alone tells, and not its edits.

    What we wrote last is not known, so everything in it counts as its user's.
    """
    try:
        document = frontmatter.read(text)
    except FrontMatterError:
        return None
    link = document.fields.get("link")
    if not isinstance(link, str) or not link:
        return None
    article = article_id(link) or link
    written = dict.fromkeys([*document.fields, BODY], UNKNOWN)
    slug = str(document.fields.get("slug", ""))
    known = Known(story_key(article), path, now, written=written, slug=slug)
    return known, (GuidSeen(digest(article), now, (digest(article),)),), ()


def _tags(found: Iterable[Value]) -> tuple[str, ...]:
    tags = next((value for value in found if isinstance(value, list)), [])
    return tuple(tag for tag in tags if isinstance(tag, str))


def _spellings(tags: Counter[str]) -> dict[str, str]:
    """Return the spelling that most files have of each tag, by what the tag is known by."""
    from newsimport.story.fitness import tag_key

    found: dict[str, str] = {}
    for tag, _ in tags.most_common():
        found.setdefault(tag_key(tag), tag)
    return found


def remember_files(
    store: Store,
    ledger: Ledger,
    now: datetime,
    *,
    classic: bool,
    layouts: Sequence[Layout] = (),
    thorough: bool = False,
) -> int:
    """Bring the stories of all files that the ledger has no story for into it; return how many.

    A file that the ledger knows is not looked into, unless `thorough`: somebody may have put
    another in its place.
    """
    count = 0
    book = LinkBook(ledger)
    tags: Counter[str] = Counter()
    for path in store.scan():
        there = ledger.at_path(path)
        if there and not thorough:
            continue
        text = store.read(path) or ""
        found = recall(path, text, now, layouts)
        if classic and not found:
            found = recall_classic(path, text, now)
        if found is None:
            continue
        known, guids, its_tags = found
        tags.update(its_tags)
        if there and there.key == known.key:
            continue
        before = ledger.story(known.key)
        if before and before.state == "live" and _is_at(store, before, now, sure=not thorough):
            continue  # a copy that the user made; the story's own file is the other one
        if before:
            before.path, before.state = path, "live"
        ledger.save(before or known)
        for identifier, url in links_in(text).items():
            book.learn(identifier, url)
        ledger.learn(before or known, guids)
        count += 1
    ledger.note_tags(_spellings(tags))
    return count


def _is_at(store: Store, known: Known, now: datetime, *, sure: bool) -> bool:
    """Say whether a story's file is where it is remembered to be."""
    if sure or not store.exists(known.path):
        return store.exists(known.path)
    found = recall(known.path, store.read(known.path) or "", now)
    return found is not None and found[0].key == known.key
