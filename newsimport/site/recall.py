"""Learn from the site's own files which stories they are, where the ledger does not know."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from newsimport.records import NamedTuple
from newsimport.site import frontmatter
from newsimport.site.frontmatter import FrontMatterError, parse_time
from newsimport.site.layout import find_headlines, recalled
from newsimport.site.ledger import Known
from newsimport.site.linkbook import LinkBook
from newsimport.site.linked import recall_linked, story_of
from newsimport.site.merge import fingerprint
from newsimport.site.salvage import salvage
from newsimport.site.stamp import STAMP, read_stamp
from newsimport.site.store import forms
from newsimport.source.googlenews import article_id, is_publishers, url_in_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from newsimport.models import Value
    from newsimport.site.layout import Layout
    from newsimport.site.ledger import Ledger
    from newsimport.site.stamp import GuidSeen
    from newsimport.site.store import Store

    # A story, the guids that it came under, and its tags.
    Recalled = tuple[Known, tuple[GuidSeen, ...], tuple[str, ...]]

# What the name of a post begins with in Jekyll, whatever its slug.
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}-")


def recall(path: str, text: str, now: datetime, layouts: Sequence[Layout] = ()) -> Recalled | None:
    """Return the story that a file is, None for a file that is none of ours.

    Where its front matter cannot be parsed, its lines tell. `layouts` are those of the site, by
    which a field may stand under a name of its user's.
    """
    if STAMP not in text:
        return None
    try:
        fields = frontmatter.read(text).fields
    except FrontMatterError:
        fields = salvage(text)
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
    try:
        fields = frontmatter.read(text).fields
    except FrontMatterError:
        return {}
    stamp, rows = read_stamp(fields), find_headlines(fields)
    if stamp is None or fingerprint(list(rows)) not in stamp.written.values():
        return {}
    found = {article_id(str(row.get("google_link", ""))): str(row.get("link", "")) for row in rows}
    return {
        identifier: url
        for identifier, url in found.items()
        if identifier and is_publishers(url) and not url_in_id(identifier)
    }


def _address(path: str, text: str) -> str:
    """Return the path that a file has by the slug in it: its page is that one's; "" without one."""
    slug = salvage(text).get("slug", "") if "slug" in text else ""
    place, slash, name = forms(path)[0].rpartition("/")
    day = _DAY.match(name)
    return f"{place}{slash}{day[0] if day else ''}{slug}.md" if slug else ""


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
    another in its place. `classic` takes files that have a link and no stamp for stories too.
    """
    count = 0
    book = LinkBook(ledger)
    tags: Counter[str] = Counter()
    teller = _Teller(store, ledger, now, layouts, classic, classic or ledger.has_unstamped())
    for path in store.scan():
        there = ledger.at_path(path)
        if there and not thorough:
            continue
        text = store.read(path) or ""
        found = teller.tell(path, text)
        if found is None:
            if address := _address(path, text):
                store.claim(address)
            continue
        known, guids, its_tags = found
        tags.update(its_tags)
        if there and there.key == known.key:
            continue
        before = ledger.story(known.key)
        if before and before.state == "live" and teller.is_at(before, sure=not thorough):
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


class _Teller(NamedTuple):
    """Tells which story a file is: by its stamp, or by its link where stories have no stamp.

    With `classic`, a link that the ledger does not know is that of a story as well.
    """

    store: Store
    ledger: Ledger
    now: datetime
    layouts: Sequence[Layout]
    classic: bool
    by_link: bool

    def tell(self, path: str, text: str) -> Recalled | None:
        """Return the story of a file, None for a file that is none."""
        found = recall(path, text, self.now, self.layouts)
        if found or not self.by_link:
            return found
        try:
            linked, guids = recall_linked(path, text, self.now, self.layouts, ours=self.classic)
        except FrontMatterError:
            return None
        if known := story_of(self.ledger, linked, guids):
            return known, (), ()
        return (linked, guids, ()) if self.classic else None

    def is_at(self, known: Known, *, sure: bool) -> bool:
        """Say whether a story's file is where it is remembered to be."""
        if sure or not self.store.exists(known.path):
            return self.store.exists(known.path)
        found = self.tell(known.path, self.store.read(known.path) or "")
        return found is not None and found[0].key == known.key
