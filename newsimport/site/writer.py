"""Bring one story into its file: create it, update it, or leave it as its user made it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from newsimport.models import Headline, Outcome, Post, Value
from newsimport.site import frontmatter
from newsimport.site.frontmatter import Document, FrontMatterError
from newsimport.site.layout import as_classic, find, layout_of_file
from newsimport.site.ledger import Known
from newsimport.site.merge import (
    BODY,
    UNKNOWN,
    fingerprint,
    fingerprints,
    without_additions,
)
from newsimport.site.ours import is_ours, written_of
from newsimport.site.render import headline_fields, render_story
from newsimport.site.rows import join_rows, read_rows, rows_in_body
from newsimport.site.slug import (
    MAX_SLUG_BYTES,
    RESERVED,
    make_slug,
    make_slug_in_script,
    shorten_to,
)
from newsimport.site.stamp import STAMP, GuidSeen, Stamp, read_stamp, stamp_field
from newsimport.site.store import forms
from newsimport.site.wording import inert

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from newsimport.config import Settings
    from newsimport.models import Story
    from newsimport.site.layout import Layout
    from newsimport.site.ledger import Item, Ledger
    from newsimport.site.relink import Learned
    from newsimport.site.renewal import Renewal
    from newsimport.site.store import Store
_UNUSUAL = "left alone: its front matter is too unusual to be changed safely"


class Writer:
    """Writes the stories of one run into one output folder.

    `layouts` are those by which its files may have been written, the usual one first.
    """

    def __init__(
        self,
        settings: Settings,
        layouts: Sequence[Layout],
        store: Store,
        ledger: Ledger,
        now: datetime,
    ) -> None:
        self.settings = settings
        self.store = store
        self.ledger = ledger
        self.now = now
        self._slug = make_slug_in_script if settings.unicode_slugs else make_slug
        self.aim(layouts[0], "")
        self._layouts = layouts

    def aim(self, layout: Layout, section: str) -> None:
        """Write from now on as a layout has it, or as style `classic` has it there.

        New stories go into `section`, a folder below: the user names it, no feed does.
        """
        self.layout = as_classic(layout) if self.settings.style == "classic" else layout
        self.section = section

    @property
    def _renewal(self) -> Renewal:
        from newsimport.site.renewal import Renewal

        return Renewal(self.settings, self.layout, self.now)

    # ------------------------------------------------------------ tags

    @cached_property
    def spellings(self) -> dict[str, str]:
        """The site's tags as it spells them, by `tag_key`; asked for at the first new story."""
        return self.ledger.tags()

    def _note_tags(self, story: Story) -> None:
        """Remember the tags that a story brings to the site."""
        # Files in style classic have tags of their own.
        tags = () if self.layout.is_classic else map(inert, story.tags)
        # Most that come again are known by their small letters.
        unknown = [tag for tag in tags if self.spellings.get(tag.lower()) != tag]
        if not unknown:
            return
        from newsimport.story.fitness import tag_key

        new = {key: tag for tag in unknown if (key := tag_key(tag)) not in self.spellings}
        if new:
            self.ledger.note_tags(new)
            self.spellings.update(new)

    # ------------------------------------------------------------ new stories

    def expect(self, stories: Iterable[tuple[str, datetime | None]]) -> None:
        """Look up which names are taken, for new stories by their titles and dates of publishing.

        It is the story's own title, or in style classic the item's.
        """
        slugs = [(self._slug(title), self._date(published)) for title, published in stories]
        paths = [path for slug, date in slugs for path in forms(self._path(slug, date))]
        self.ledger.names.look_up(paths, [slug for slug, _ in slugs])

    def create(self, key: str, story: Story, items: Sequence[Item] = ()) -> Outcome:
        """Write a new story's file, under a name that nothing has yet.

        `items` are those that it came by, if the ledger knows no others of it.
        """
        date = self._date(story.published)
        for slug in self._slugs(story, key):
            path = self._path(slug, date)
            is_free = not self.store.is_taken(path) and not self._is_remembered(path, slug, key)
            if is_free:
                break
            if own := self._own(path, key, story):
                self.ledger.save(own)
                if outcome := self.update(own, story):
                    return outcome
        headlines, dropped = self._join(story.headlines, ())
        post = render_story(story, headlines, slug, date, self.layout)
        written = fingerprints(post.fields, post.body)
        guids = self._guids_now(items) if items else self._guids(key)
        fields = {**post.fields, **self._stamp(key, guids, written)}
        content = frontmatter.write(fields, post.body, self.layout.form, spaced=self._spaced)
        self.store.create(path, content)
        known = Known(key, path, self.now, written=written, dropped=dropped, slug=slug)
        if items and is_free:
            self.ledger.add(known)
        else:
            self.ledger.save(known)
        self._note_tags(story)
        return Outcome(story.guid, path, "created")

    def _date(self, published: datetime | None) -> datetime:
        return min(published or self.now, self.now)

    def _path(self, slug: str, date: datetime) -> str:
        name = self.layout.file_name(slug, date)
        return f"{self.section}/{name}" if self.section else name

    @property
    def _spaced(self) -> frozenset[str]:
        if not self.layout.is_classic:
            return frozenset()
        from newsimport.site.classic import SPACED

        return SPACED

    def _is_remembered(self, path: str, slug: str, key: str) -> bool:
        """Say whether another story has a path or a slug, though its file may have been moved.

        Of two pages with one slug Hugo publishes one, silently.
        """
        names = self.ledger.names
        if names.has_slug(slug, key):
            return True
        lone, bundle = forms(path)
        return names.has_path(lone, key) or names.has_path(bundle, key)

    def _slugs(self, story: Story, key: str) -> Iterable[str]:
        slug = self._slug(story.entry.title if self.layout.is_classic else story.title)
        if slug and slug not in RESERVED:
            yield slug
        shortened = shorten_to(slug, MAX_SLUG_BYTES - len(key) - 1)
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
        if self.layout.is_classic and document.fields.get("link") == story.entry.link:
            unknown = dict.fromkeys([*document.fields, BODY], UNKNOWN)
            return Known(key, path, self.now, written=unknown, slug=self._slug_of(document))
        return None

    def _slug_of(self, document: Document) -> str:
        slug = self.layout.value(document.fields, "slug")
        return slug if isinstance(slug, str) else ""

    # ------------------------------------------------------------ known stories

    def update(self, known: Known, story: Story, *, first: bool = False) -> Outcome | None:
        """Bring what is new in a known story into its file, around its user's edits.

        `first` says that a file which was adopted meets its item for the first time. Return None
        where the file at its place is not the story's own.
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
        earlier = self._rows_before(known, document)
        headlines, dropped = self._join(story.headlines, earlier)
        known.dropped |= dropped
        changes: dict[str, Value] = {}
        body, reason, order = None, "", [STAMP]
        if self._renewal.is_news(story, headlines, earlier, document, known):
            post = self._renewal.post_of(known, story, headlines, document)
            plan = self._renewal.plan(document, post, known.written)
            # Where nothing in the file tells what is new, it is taken to be as its user wants it.
            plan = without_additions(plan, document.fields) if first and not earlier else plan
            news = plan.kept - known.kept
            reason = "kept your " + ", ".join(sorted(news)) if news else ""
            known.kept |= news
            changes, known.written = self._renewal.with_lastmod(document, plan)
            body, order = plan.body, [*self.layout.order, STAMP]
            self._adopt_fixed(known, document, post)
        if changes or body is not None or self._came_under_new_guid(known, document):
            changes |= self._stamp_of(known, document)
        if not changes and body is None:
            self.ledger.save(known)
            return Outcome(story.guid, known.path, "kept" if reason else "unchanged", reason)
        # Here and elsewhere: a run that changes no file loads nothing that changes files.
        from newsimport.site.splice import splice

        after = splice(document, changes, order, body)
        if not _holds(after, document, changes):
            return Outcome(story.guid, known.path, "kept", _UNUSUAL)
        self.store.replace(known.path, text, after)
        self.ledger.save(known)
        self._note_tags(story)
        return Outcome(story.guid, known.path, "updated", reason)

    def revise(self, known: Known, learned: Learned) -> Outcome:
        """Put what was learned since into a known story's file; that is no change of the story."""
        text = self.store.read(known.path) or ""
        try:
            document = frontmatter.read(text)
        except FrontMatterError as error:
            return Outcome(known.key, known.path, "kept", f"left alone: {error}")
        if STAMP not in document.fields or not is_ours(known, document):
            return Outcome(known.key, known.path, "kept", "it has no memory of its own")
        written = written_of(known, document)
        layout = layout_of_file(self._layouts, written)
        before = read_rows(layout.value(document.fields, "headlines"))
        from newsimport.site.relink import relink, revise
        from newsimport.site.splice import splice

        after = relink(before, learned.links)
        rows: Value | None = None
        if after != tuple(before):
            rows = headline_fields(after, layout.profile)
        plan = revise(document, layout, learned, rows, written)
        if not plan.changes and plan.body is None:
            return Outcome(known.key, known.path, "unchanged")
        known.written = plan.written
        changes = plan.changes | self._stamp_of(known, document)
        revised = splice(document, changes, [*layout.order, STAMP], plan.body)
        if not _holds(revised, document, changes):
            return Outcome(known.key, known.path, "kept", _UNUSUAL)
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

    # ------------------------------------------------------------ rows and stamps

    def _join(
        self, current: Sequence[Headline], earlier: Sequence[Headline]
    ) -> tuple[tuple[Headline, ...], frozenset[str]]:
        keep_gone = self.settings.headlines != "current"
        return join_rows(
            current, earlier, self.now, most=self.settings.max_headlines, keep_gone=keep_gone
        )

    def _rows_before(self, known: Known, document: Document) -> list[Headline]:
        """Return the headlines that a file has: in its body, if it was adopted as it was."""
        rows = read_rows(self.layout.value(document.fields, "headlines"))
        if rows or STAMP not in known.written:
            return rows
        return [row._replace(first_seen=known.opened) for row in rows_in_body(document.body)]

    def _stamp(
        self, key: str, guids: tuple[GuidSeen, ...], written: dict[str, str]
    ) -> dict[str, Value]:
        """Return the field by which a file says which story it is, none in style classic."""
        return {} if self.layout.is_classic else stamp_field(Stamp(key, guids, written))

    def _stamp_of(self, known: Known, document: Document) -> dict[str, Value]:
        """Return a file's new stamp, none where its user took the stamp out."""
        if STAMP not in document.fields and STAMP not in known.written:
            return {}
        if not self.layout.is_classic:
            known.written.pop(STAMP, None)  # a file that was adopted has none before its first one
        return self._stamp(known.key, self._guids(known.key), known.written)

    def _guids(self, key: str) -> tuple[GuidSeen, ...]:
        return self.ledger.guids_of(key, self.now - self.settings.window)

    def _guids_now(self, items: Sequence[Item]) -> tuple[GuidSeen, ...]:
        """Return the guids of a story that has come under these alone, all of them now."""
        found = {item.digest: tuple(sorted(set(item.articles))) for item in items}
        return tuple(GuidSeen(guid, self.now, found[guid]) for guid in sorted(found))


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
