"""Decide what a known story has to say anew, beside what its file says already; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.records import NamedTuple
from newsimport.site.layout import find
from newsimport.site.markdown import safe_url
from newsimport.site.merge import BODY, fingerprint, managed, merge
from newsimport.site.render import render_story, spell
from newsimport.site.rows import words_of
from newsimport.site.stamp import STAMP
from newsimport.story.identity import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from newsimport.config import Settings
    from newsimport.models import Headline, Post, Story, Value
    from newsimport.site.frontmatter import Document
    from newsimport.site.layout import Layout
    from newsimport.site.ledger import Known
    from newsimport.site.merge import Plan

# What stays as it was first written, so that no address and no bookmark breaks (clause 15).
_FIXED = frozenset(
    {"title", "date", "slug", "link", "google_link", "publisher", "source", "draft", "guid"}
)
_FOLLOWS_TITLE = frozenset({"title", "link", "google_link", "publisher"})


class Renewal(NamedTuple):
    """What a run at the time `now`, with these settings and this layout, makes of known stories."""

    settings: Settings
    layout: Layout
    now: datetime

    def post_of(
        self, known: Known, story: Story, headlines: Sequence[Headline], document: Document
    ) -> Post:
        """Return a story as its file would say it, were it written now."""
        slug = self.layout.value(document.fields, "slug")
        date = min(story.published or known.opened, self.now)
        post = render_story(
            story, headlines, slug if isinstance(slug, str) else "", date, self.layout
        )
        more = self._categories(post, document) | self._sources(story, document)
        return post._replace(fields=post.fields | more | self._learned(story, post, document))

    def _learned(self, story: Story, post: Post, document: Document) -> dict[str, Value]:
        """Return the fields that stand in a file since more was learned than its feed says."""
        fields: dict[str, Value] = {}
        if self.layout.is_classic:
            return fields
        place = self.layout.place("google_link")
        if place not in post.fields and find(document.fields, place) is not None:
            # Under --retitle the new lead's link may be Google's own, and no other's.
            fields[place] = safe_url(story.url)
        image = self.layout.value(document.fields, "image")
        if isinstance(image, str) and image and not safe_url(image):
            fields[self.layout.place("image")] = image  # one that was downloaded
        return fields

    def _categories(self, post: Post, document: Document) -> dict[str, Value]:
        """Return the field that gathers the categories of a story's feeds, and its user's."""
        place = self.layout.place("categories")
        if place not in post.fields:
            return {}
        return {place: _union(find(document.fields, place), post.fields[place])}

    def _sources(self, story: Story, document: Document) -> dict[str, Value]:
        """Return the field that names all feeds of a story, where it has more than one."""
        source, place = safe_url(story.source), self.layout.place("sources")
        first = self.layout.value(document.fields, "source")
        known = find(document.fields, place) or [first or ""]
        if not place or not first or not isinstance(known, list) or source in known or not source:
            return {}
        if not str(first).startswith(("http:", "https:")):  # its user's own words
            return {}
        return {place: [*known, source]}

    def plan(self, document: Document, post: Post, written: dict[str, str]) -> Plan:
        """Decide what of a file changes for `post`; `written` digests what we wrote last."""
        names = _FIXED - (_FOLLOWS_TITLE if self.settings.retitle else frozenset())
        fixed = {STAMP, *self.layout.constants, *(self.layout.place(name) for name in names)}
        overwrite = self.settings.update == "overwrite"
        if overwrite:
            # What stays as first written comes back only where its user changed it.
            fixed = {STAMP, self.layout.place("draft")} | {
                place
                for place in fixed
                if fingerprint(find(document.fields, place)) == written.get(place, "")
            }
        return merge(
            _at_places(document, post.fields),
            document.body,
            managed(post.fields, fixed),
            post.body.decode(),
            written,
            overwrite=overwrite,
        )

    def with_lastmod(
        self, document: Document, plan: Plan
    ) -> tuple[dict[str, Value], dict[str, str]]:
        """Return the plan's changes and digests with the time of this change among them."""
        place = self.layout.place("lastmod")
        if not place or not (plan.changes or plan.body is not None):
            return dict(plan.changes), dict(plan.written)
        lastmod: dict[str, Value] = {place: self.layout.profile.date(self.now)}
        also = merge(_at_places(document, lastmod), "", lastmod, "", plan.written)
        return plan.changes | also.changes, also.written | {BODY: plan.written[BODY]}

    def is_news(
        self,
        story: Story,
        headlines: Sequence[Headline],
        earlier: Sequence[Headline],
        document: Document,
        known: Known,
    ) -> bool:
        """Say whether a reader would notice: a row that returns, or another order, is no news."""
        if self.settings.update == "overwrite" or self.layout.is_classic:
            return True
        new = {words_of(headline) for headline in headlines}
        new -= {words_of(headline) for headline in earlier}
        if any(digest(row) not in known.dropped for row, *_ in new):
            return True
        if self.settings.headlines == "current" and len(headlines) < len(earlier):
            return True
        title = spell(self.layout, "title", story.title)
        if self.settings.retitle and self.layout.value(document.fields, "title") != title:
            return True
        if self._sources(story, document):
            return True
        # What a file lacks that was adopted, its user has left out.
        adopted = STAMP in known.written
        # Without rows to tell news by, all that a story says is news.
        if not (story.is_cluster or (adopted and earlier)):
            return True
        post = render_story(story, (), "", self.now, self.layout)
        for place, mine in self._categories(post, document).items():
            there = find(document.fields, place)
            if there is None and adopted:
                continue
            if fingerprint(there) == known.written.get(place, "") and there != mine:
                return True
        image = self.layout.place("image")
        is_new = find(document.fields, image) is None and image not in known.written
        return image in post.fields and is_new and not adopted


def _at_places(document: Document, places: Iterable[str]) -> dict[str, Value]:
    """Return what a file holds at these places."""
    found = ((place, find(document.fields, place)) for place in places)
    return {place: value for place, value in found if value is not None}


def _union(there: Value | None, more: Value) -> list[Value]:
    mine = [str(item) for item in there] if isinstance(there, list) else []
    return list(dict.fromkeys([*mine, *map(str, more)]))
