"""Bring one story into its file: create it, update it, or leave it as its user made it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from newsimport.models import Headline, Outcome, Post, Value
from newsimport.site import frontmatter, render
from newsimport.site.classic import SPACED, render_classic
from newsimport.site.frontmatter import Document, FrontMatterError, parse_time
from newsimport.site.layout import as_classic, find, find_headlines, fitting, twins
from newsimport.site.ledger import Known
from newsimport.site.markdown import safe_url
from newsimport.site.merge import (
    BODY,
    UNKNOWN,
    Plan,
    body_fingerprint,
    fingerprint,
    fingerprints,
    managed,
    merge,
)
from newsimport.site.relink import Learned, relink, revise
from newsimport.site.slug import MAX_SLUG_BYTES, make_slug
from newsimport.site.splice import splice
from newsimport.site.stamp import STAMP, GuidSeen, Stamp, read_stamp, stamp_field
from newsimport.site.wording import inert
from newsimport.source.googlenews import article_id
from newsimport.story.identity import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsimport.config import Settings
    from newsimport.models import Story
    from newsimport.site.layout import Layout
    from newsimport.site.ledger import Ledger
    from newsimport.site.store import Store

# What stays as it was first written, so that no address and no bookmark breaks (clause 15).
_FIXED = frozenset(
    {"title", "date", "slug", "link", "google_link", "publisher", "source", "draft", "guid"}
)
_FOLLOWS_TITLE = frozenset({"title", "link", "google_link", "publisher"})


class Writer:
    """Writes the stories of one run into one output folder."""

    def __init__(
        self,
        settings: Settings,
        layouts: Sequence[Layout],
        store: Store,
        ledger: Ledger,
        now: datetime,
    ) -> None:
        self.settings = settings
        self.layouts = layouts
        self.use(layouts[0])
        self.store = store
        self.ledger = ledger
        self.now = now
        # The folder below the output folder where new stories go; the user names it, no feed does.
        self.section = ""

    def use(self, layout: Layout) -> None:
        """Write from now on as a layout has it, or as style `classic` has it there."""
        self.layout = as_classic(layout) if self._classic else layout

    # ------------------------------------------------------------ tags

    @cached_property
    def spellings(self) -> dict[str, str]:
        """The site's tags as it spells them, by `tag_key`; asked for at the first new story."""
        return self.ledger.tags()

    def _note_tags(self, story: Story) -> None:
        """Remember the tags that a story brings to the site."""
        from newsimport.story.fitness import tag_key

        # Files in style classic have tags of their own.
        tags = () if self._classic else map(inert, story.tags)
        new = {key: tag for tag in tags if (key := tag_key(tag)) not in self.spellings}
        if new:
            self.ledger.note_tags(new)
            self.spellings.update(new)

    # ------------------------------------------------------------ new stories

    def create(self, key: str, story: Story) -> Outcome:
        """Write a new story's file, under a name that nothing has yet."""
        date = min(story.published or self.now, self.now)
        headlines, dropped = self._joined(story.headlines, ())
        for slug in self._slugs(story, key):
            post = self._render(story, headlines, slug, date)
            if self.section:
                post = replace(post, name=f"{self.section}/{post.name}")
            names = twins(post.name)
            if not any(map(self.store.is_taken, names)) and not self._is_remembered(
                post.name, slug, key
            ):
                break
            if own := self._own(post.name, key, story):
                self.ledger.save(own)
                if outcome := self.update(own, story):
                    return outcome
        if "/" in post.name:
            self.store.make_folder(post.name.rpartition("/")[0])
        written = fingerprints(managed(post.fields, {STAMP}), post.body)
        fields = {**post.fields, **self._stamp(key, written)}
        text = frontmatter.write(fields, post.body, self.layout.form, spaced=self._spaced)
        self.store.create(post.name, text)
        known = Known(key, post.name, self.now, written=written, dropped=dropped, slug=slug)
        self.ledger.save(known)
        self._note_tags(story)
        return Outcome(story.guid, post.name, "created")

    def _is_remembered(self, path: str, slug: str, key: str) -> bool:
        """Say whether another story has a path or a slug, though its file may have been moved.

        Of two pages with one slug Hugo publishes one, silently.
        """
        known = self.ledger.at_path(path)
        return (known is not None and known.key != key) or self.ledger.has_slug(slug, key)

    def _slugs(self, story: Story, key: str) -> Iterable[str]:
        slug = make_slug(story.entry.title if self._classic else story.title)
        if slug:
            yield slug
        shortened = slug[: MAX_SLUG_BYTES - len(key) - 1].rstrip("-")
        yield f"{shortened}-{key}" if shortened else key

    def _own(self, path: str, key: str, story: Story) -> Known | None:
        """Return the story as known by its file, if the file at `path` is this very story's.

        So it is when a run was killed after it wrote the file and before it remembered it.
        """
        try:
            document = frontmatter.read(self.store.read(path) or "")
        except FrontMatterError:
            return None
        stamp = read_stamp(document.fields)
        if stamp and stamp.story == key:
            return Known(key, path, self.now, written=stamp.written, slug=self._slug_of(document))
        if self._classic and document.fields.get("link") == story.entry.link:
            unknown = dict.fromkeys([*document.fields, BODY], UNKNOWN)
            return Known(key, path, self.now, written=unknown, slug=self._slug_of(document))
        return None

    def _slug_of(self, document: Document) -> str:
        slug = self.layout.value(document.fields, "slug")
        return slug if isinstance(slug, str) else ""

    # ------------------------------------------------------------ known stories

    def update(self, known: Known, story: Story) -> Outcome | None:
        """Bring what is new in a known story into its file, around its user's edits.

        Return None where the file at its place is not the story's own.
        """
        if self.settings.update == "never":
            self.ledger.forget_changes(known.path)
            return Outcome(story.guid, known.path, "unchanged", "--update never")
        text = self.store.read(known.path) or ""
        try:
            document = frontmatter.read(text)
        except FrontMatterError as error:
            # What it held back is made up for when it can be read again.
            self.ledger.forget_changes(known.path)
            return Outcome(story.guid, known.path, "kept", f"left alone: {error}")
        if not is_ours(known, document):
            return None
        if stamp := read_stamp(document.fields):
            self.ledger.learn(known, stamp.guids)
        known.written = written_of(known, document)
        earlier = _history(self.layout.value(document.fields, "headlines"))
        headlines, dropped = self._joined(story.headlines, earlier)
        known.dropped |= dropped
        changes: dict[str, Value] = {}
        body, reason, order = None, "", [STAMP]
        if self._is_news(story, headlines, earlier, document, known):
            post = self._post_of(known, story, headlines, document)
            plan = self._plan(document, post, known.written)
            news = plan.kept - known.kept
            reason = "kept your " + ", ".join(sorted(news)) if news else ""
            known.kept |= news
            changes, known.written = self._with_lastmod(document, plan)
            body, order = plan.body, [*self.layout.order, STAMP]
            self._adopt_fixed(known, document, post)
        if changes or body is not None or self._came_under_new_guid(known, document):
            changes |= self._stamp_of(known, document)
        if not changes and body is None:
            self.ledger.save(known)
            return Outcome(story.guid, known.path, "kept" if reason else "unchanged", reason)
        after = splice(document, changes, order, body)
        if not _holds(after, document, changes):
            reason = "left alone: its front matter is too unusual to be changed safely"
            return Outcome(story.guid, known.path, "kept", reason)
        self.store.replace(known.path, text, after)
        self.ledger.save(known)
        self._note_tags(story)
        return Outcome(story.guid, known.path, "updated", reason)

    @staticmethod
    def headlines_in(text: str) -> list[Headline]:
        """Return the headlines that a file's text holds, none for one that is not ours."""
        try:
            document = frontmatter.read(text)
        except FrontMatterError:
            return []
        return _history(list(find_headlines(document.fields))) if STAMP in document.fields else []

    def revise(self, known: Known, learned: Learned) -> Outcome:
        """Put what was learned since into a known story's file; that is no change of the story."""
        text = self.store.read(known.path) or ""
        try:
            document = frontmatter.read(text)
        except FrontMatterError as error:
            return Outcome(known.key, known.path, "kept", f"left alone: {error}")
        if STAMP not in document.fields or not is_ours(known, document):
            return Outcome(known.key, known.path, "kept", "it has no memory of its own")
        # Not of the feed that was read last: any may have brought this story.
        layout = fitting(document.fields, self.layouts)
        before = _history(layout.value(document.fields, "headlines"))
        after = relink(before, learned.links)
        rows: Value | None = None
        if after != tuple(before):
            rows = render.headline_fields(after, layout.profile)
        plan = revise(document, layout, learned, rows, written_of(known, document))
        if not plan.changes and plan.body is None:
            return Outcome(known.key, known.path, "unchanged")
        known.written = plan.written
        changes = plan.changes | self._stamp_of(known, document)
        revised = splice(document, changes, [*layout.order, STAMP], plan.body)
        if not _holds(revised, document, changes):
            reason = "left alone: its front matter is too unusual to be changed safely"
            return Outcome(known.key, known.path, "kept", reason)
        self.store.replace(known.path, text, revised)
        self.ledger.save(known)
        return Outcome(known.key, known.path, "updated")

    @staticmethod
    def _adopt_fixed(known: Known, document: Document, post: Post) -> None:
        """Learn what we wrote last, where a lost ledger left it open and the file agrees."""
        for name, value in post.fields.items():
            if known.written.get(name) == UNKNOWN and find(document.fields, name) == value:
                known.written[name] = fingerprint(value)

    def _came_under_new_guid(self, known: Known, document: Document) -> bool:
        """Say whether the file does not know of a guid: without a ledger it has to."""
        stamp = read_stamp(document.fields)
        if stamp is None or stamp.story != known.key:
            return False
        told = {guid.digest for guid in stamp.guids}
        return any(guid.digest not in told for guid in self._guids(known.key))

    def _post_of(
        self, known: Known, story: Story, headlines: Sequence[Headline], document: Document
    ) -> Post:
        slug = self.layout.value(document.fields, "slug")
        date = min(story.published or known.opened, self.now)
        post = self._render(story, headlines, slug if isinstance(slug, str) else "", date)
        more = self._categories(post, document) | self._sources(story, document)
        return replace(post, fields=post.fields | more | self._learned(story, post, document))

    def _learned(self, story: Story, post: Post, document: Document) -> dict[str, Value]:
        """Return the fields that stand in a file since more was learned than its feed says."""
        fields: dict[str, Value] = {}
        if self._classic:
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

    def _plan(self, document: Document, post: Post, written: dict[str, str]) -> Plan:
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
            post.body,
            written,
            overwrite=overwrite,
        )

    def _with_lastmod(
        self, document: Document, plan: Plan
    ) -> tuple[dict[str, Value], dict[str, str]]:
        """Return the plan's changes and digests with the time of this change among them."""
        place = self.layout.place("lastmod")
        if not place or not (plan.changes or plan.body is not None):
            return dict(plan.changes), dict(plan.written)
        lastmod: dict[str, Value] = {place: self.layout.profile.date(self.now)}
        also = merge(_at_places(document, lastmod), "", lastmod, "", plan.written)
        return plan.changes | also.changes, also.written | {BODY: plan.written[BODY]}

    def _is_news(
        self,
        story: Story,
        headlines: Sequence[Headline],
        earlier: Sequence[Headline],
        document: Document,
        known: Known,
    ) -> bool:
        """Say whether a reader would notice: a row that returns, or another order, is no news."""
        if self.settings.update == "overwrite" or self._classic:
            return True
        new = {_words(headline) for headline in headlines}
        new -= {_words(headline) for headline in earlier}
        if any(digest(row) not in known.dropped for row, *_ in new):
            return True
        if self.settings.headlines == "current" and len(headlines) < len(earlier):
            return True
        title = render.spell(self.layout, "title", story.title)
        if self.settings.retitle and self.layout.value(document.fields, "title") != title:
            return True
        if self._sources(story, document):
            return True
        if not story.is_cluster:  # it has no rows to tell news by: all that it says is news
            return True
        post = self._render(story, (), "", self.now)
        for place, mine in self._categories(post, document).items():
            there = find(document.fields, place)
            if fingerprint(there) == known.written.get(place, "") and there != mine:
                return True
        image = self.layout.place("image")
        is_new = find(document.fields, image) is None and image not in known.written
        return image in post.fields and is_new

    # ------------------------------------------------------------ rendering

    @property
    def _classic(self) -> bool:
        return self.settings.style == "classic"

    @property
    def _spaced(self) -> frozenset[str]:
        return SPACED if self._classic else frozenset()

    def _render(
        self, story: Story, headlines: Sequence[Headline], slug: str, date: datetime
    ) -> Post:
        if self._classic:
            return render_classic(story, slug, date, self.layout)
        return render.render_modern(story, headlines, slug, date, self.layout)

    def _stamp(self, key: str, written: dict[str, str]) -> dict[str, Value]:
        """Return the field by which a file says which story it is, none in style classic."""
        if self._classic:
            return {}
        return stamp_field(Stamp(key, self._guids(key), written))

    def _stamp_of(self, known: Known, document: Document) -> dict[str, Value]:
        """Return a file's new stamp, none where its user took the stamp out."""
        return self._stamp(known.key, known.written) if STAMP in document.fields else {}

    def _guids(self, key: str) -> tuple[GuidSeen, ...]:
        return self.ledger.guids_of(key, self.now - self.settings.window)

    def _joined(
        self, current: Sequence[Headline], earlier: Sequence[Headline]
    ) -> tuple[tuple[Headline, ...], frozenset[str]]:
        """Return the headlines of now, in the feed's order, then those of before, latest first.

        And the digests of those for which there is no room any more.
        """
        before = {_row(headline): headline for headline in earlier}
        rows = [self._again(line, before.get(_row(line))) for line in current]
        if self.settings.headlines != "current":
            here = {_row(headline) for headline in current}
            gone = [headline for headline in earlier if _row(headline) not in here]
            gone.sort(key=lambda headline: headline.first_seen or _LONG_AGO, reverse=True)
            rows += gone
        room = self.settings.max_headlines
        return tuple(rows[:room]), frozenset(digest(_row(headline)) for headline in rows[room:])

    def _again(self, line: Headline, before: Headline | None) -> Headline:
        """Return a headline of now with what its file knows of it: its time, its true link."""
        if before is None:
            return replace(line, first_seen=self.now)
        if before.google_url and not line.google_url:
            line = replace(line, url=before.url, google_url=line.url)
        return replace(line, first_seen=before.first_seen or self.now)


def written_of(known: Known, document: Document) -> dict[str, str]:
    """Return the digests of what we wrote last, by the file itself or by the ledger.

    The file and its stamp are written in one go: of the two memories it is the surer.
    """
    stamp = read_stamp(document.fields)
    return stamp.written if stamp and stamp.story == known.key and stamp.written else known.written


# What a file of anybody's may have in common with a story of ours.
_COMMON = frozenset(
    {"date", "draft", "layout", "categories", "category", "tags", "source", "lastmod"}
)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def _row(headline: Headline) -> str:
    """Return what makes a headline the same row again, though its wording may change."""
    return article_id(headline.given_url) or safe_url(headline.url) or inert(headline.title)


def _words(headline: Headline) -> tuple[str, str, str]:
    """Return all that a reader sees of a headline, in the form in which files hold it."""
    return _row(headline), inert(headline.title), inert(headline.publisher)


def _history(rows: Value | None) -> list[Headline]:
    """Return the headlines that a file holds, its user's edits among them."""
    return [
        Headline(
            str(row.get("title", "")),
            str(row.get("link", "")),
            str(row.get("publisher", "")),
            parse_time(row.get("first_seen")),
            str(row.get("google_link", "")),
        )
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, dict)
    ]


def _at_places(document: Document, places: Iterable[str]) -> dict[str, Value]:
    """Return what a file holds at these places."""
    found = ((place, find(document.fields, place)) for place in places)
    return {place: value for place, value in found if value is not None}


def _union(there: Value | None, more: Value) -> list[Value]:
    mine = [str(item) for item in there] if isinstance(there, list) else []
    return list(dict.fromkeys([*mine, *map(str, more)]))


def _holds(text: str, before: Document, changes: dict[str, Value]) -> bool:
    """Say whether a spliced file reads back as it was, with the changes in it."""
    try:
        fields = frontmatter.read(text).fields
    except FrontMatterError:
        return False
    # All else is as it was, but for maps that hold a changed field among others.
    tops = {place.partition(".")[0] for place in changes}
    return all(find(fields, place) == value for place, value in changes.items()) and all(
        fields.get(name) == value for name, value in before.fields.items() if name not in tops
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
