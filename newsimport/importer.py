"""Run the pipeline for many feeds: read, tell stories apart, write."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsimport.errors import NewsimportError, UsageError, WriteError
from newsimport.models import FeedReport, Headline, LinksReport, Outcome, Report
from newsimport.pictures import looks_for_pictures, want_picture
from newsimport.resolving import look_for_links, resolve_links, wanted_of
from newsimport.site.layout import make_layout
from newsimport.site.ledger import Item
from newsimport.site.linkbook import LinkBook
from newsimport.site.listing import list_stories, write_stories
from newsimport.site.markdown import safe_url
from newsimport.site.profiles import PROFILES, find_profile
from newsimport.site.site import open_site
from newsimport.site.writer import Writer
from newsimport.source.explain import feed_of_page
from newsimport.source.feed import parse_feed
from newsimport.source.feedurl import MOST_ITEMS
from newsimport.source.fetch import is_url, public_url, read_source
from newsimport.source.gate import local_bounds
from newsimport.source.googlenews import article_id, is_google_news
from newsimport.stories import Naming, articles_of, read_headlines, reveal, tell
from newsimport.story.identity import Sighting, digest, match, story_key
from newsimport.visits import Round

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from newsimport.config import Settings, Source
    from newsimport.models import Entry, Feed, Story
    from newsimport.site.layout import Layout
    from newsimport.site.ledger import Known, Seen
    from newsimport.site.site import Site
    from newsimport.site.store import Refused
    from newsimport.source.fetch import Answer, Asking
    from newsimport.visits import Visit

# A part of what an item's fingerprint is made of: raised when a new version reads more in an item.
_FINGERPRINT_VERSION = "1"
_DELETED = "its file was deleted; --resurrect writes it again"
# Files that are put in place, and remembered, together.
_BATCH = 256


def import_feeds(
    settings: Settings,
    now: datetime,
    progress: Callable[[str], None] = lambda _line: None,
    stopped: Callable[[], bool] = lambda: False,
    told: Callable[[FeedReport], None] | None = None,
) -> Report:
    """Import every source of `settings` into its output folder and report what became of each item.

    `now` is the time of the run, aware, in UTC. `progress` is told in a line what is under way;
    `stopped` is asked between stories whether to finish early. `told` is given the report on each
    feed as soon as it is done; the whole report then holds no stories, for they take memory.
    Raises NewsimportError when nothing can be written at all.
    """
    layouts = layouts_of(settings)
    now = now.replace(microsecond=0)
    reports = []
    with open_site(
        settings.out,
        settings.state,
        now,
        article_ids,
        layouts=layouts,
        classic=settings.style == "classic",
        dry_run=settings.dry_run,
        lock_timeout=settings.lock_timeout,
    ) as site:
        writer = Writer(settings, layouts, site.store, site.ledger, now)
        book = LinkBook(site.ledger)
        run = _Run(settings, site, writer, stopped, Round(settings, site.ledger, now), book)
        for visit in _visits(run):
            progress(_shown(visit.source))
            done = _import_source(run, visit)
            if told:
                told(done)
                done = replace(done, outcomes=())
            reports.append(done)
            if stopped():
                break
        links = None
        if (settings.resolve_links or looks_for_pictures(settings)) and not stopped():
            progress("publishers' links")
            links = resolve_links(settings, site, writer, stopped)
        if settings.stories_file and not settings.dry_run:
            write_stories(settings.stories_file, list_stories(site.store, site.ledger, layouts))
    return Report(str(settings.out), settings.dry_run, tuple(reports), _exit_status(reports), links)


def resolve_site(
    settings: Settings, now: datetime, stopped: Callable[[], bool] = lambda: False
) -> LinksReport:
    """Ask for the publishers' links that the files of an output folder still lack.

    Raises NewsimportError when nothing can be written at all.
    """
    now = now.replace(microsecond=0)
    layouts = layouts_of(settings)
    with open_site(
        settings.out,
        settings.state,
        now,
        article_ids,
        layouts=layouts,
        dry_run=settings.dry_run,
        lock_timeout=settings.lock_timeout,
    ) as site:
        writer = Writer(settings, layouts, site.store, site.ledger, now)
        look_for_links(site, writer, now)
        return resolve_links(settings, site, writer, stopped)


def _visits(run: _Run) -> Iterator[Visit]:
    yield from run.round.visits(run.stopped)
    if search := run.settings.split:

        def items(visit: Visit) -> int:
            if visit.answer is None or visit.answer.is_not_modified:
                return 0
            try:
                return len(_parse(visit.answer, visit.source.url).entries)
            except NewsimportError:
                return 0

        yield from run.round.windows(search, items, run.stopped)


def layouts_of(settings: Settings) -> tuple[Layout, ...]:
    """Return all layouts of a site, its own first. Raises UsageError for what cannot be."""
    feeds = (layout_of(settings, source) for source in settings.all_sources())
    own = layout_of(settings)
    return (own, *(layout for layout in feeds if layout != own))


def layout_of(settings: Settings, source: Source | None = None) -> Layout:
    """Return where everything of a story goes. Raises UsageError for what cannot be.

    Where a generator has a folder for each story, images that are downloaded go there.
    """
    profile = PROFILES[settings.site] if settings.site else find_profile(settings.out)
    holds_images = settings.images == "download" and settings.style != "classic"
    return make_layout(
        profile,
        (source and source.front_matter) or settings.front_matter,
        form=settings.format,
        path=settings.path,
        body=settings.body,
        bundle=settings.bundle or (holds_images and bool(profile.bundle)),
    )


def preview(
    feed: Feed, stories: Iterable[Story], settings: Settings, source: Source, now: datetime
) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each file that a first import of a feed's stories would write."""
    from tempfile import TemporaryDirectory

    layout = layout_of(settings, source)
    with (
        TemporaryDirectory() as folder,
        open_site(Path(folder) / "out", None, now, article_ids, dry_run=True) as site,
    ):
        writer = Writer(settings, [layout], site.store, site.ledger, now)
        writer.section = source.section
        for story in stories:
            key = story_key(_scope(feed, story.entry) + story.entry.guid)
            shown = replace(story, image="") if settings.images == "none" else story
            path = writer.create(key, shown).path or ""
            yield path, site.store.read(path) or ""


def _exit_status(reports: Sequence[FeedReport]) -> int:
    """Return the exit status of clause 32: feeds that fail differently, or not all, give 1."""
    statuses = {report.exit for report in reports}
    return statuses.pop() if len(statuses) == 1 else int(bool(statuses))


@dataclass(frozen=True, slots=True)
class _Run:
    """What the steps of one run share."""

    settings: Settings
    site: Site
    writer: Writer
    stopped: Callable[[], bool]
    round: Round
    book: LinkBook


def article_ids(links: Iterable[str]) -> tuple[str, ...]:
    """Return what the articles behind the links of some headlines are known by."""
    return tuple(dict.fromkeys(article_id(link) or link for link in links if link))


# ---------------------------------------------------------------- one feed


def _import_source(run: _Run, visit: Visit) -> FeedReport:
    """Import one feed; whatever fails, the others go on (clause 10)."""
    shown = _shown(visit.source)
    if visit.reason:
        return FeedReport(shown, "not_due", note=visit.reason)
    try:
        if visit.error:
            raise visit.error
        assert visit.answer is not None
        if visit.answer.is_not_modified:
            run.site.save(lambda _refused: run.round.remember_not_modified(visit))
            return FeedReport(shown, "not_modified", warnings=visit.answer.warnings)
        feed = _parse(visit.answer, run.settings.feed_url or visit.source.url)
        outcomes, warnings = _import_feed(run, feed, visit)
    except NewsimportError as error:
        if isinstance(error, UsageError | WriteError) or error.status == WriteError.status:
            raise
        is_said = run.round.remember_failure(visit, error)
        run.site.save()
        return FeedReport(
            shown,
            "failed",
            error_kind=error.kind,
            error=str(error),
            exit=error.status,
            hushed=not is_said,
        )
    status = 1 if any(outcome.action == "failed" for outcome in outcomes) else 0
    warnings = [*visit.answer.warnings, *feed.warnings, *warnings]
    page = public_url(visit.source.page)
    note = f"the feed of the web page {page}" if page else ""
    return FeedReport(shown, "ok", tuple(outcomes), tuple(warnings), exit=status, note=note)


def _shown(source: Source) -> str:
    return source.name or public_url(source.url)


def read_feed(source: str, feed_url: str = "", asking: Asking | None = None) -> Feed:
    """Return the feed at `source`: an http(s) URL, a path, or "-" for standard input."""
    source = (feed_of_page(source) if is_url(source) else "") or source
    answer = read_source(source, asking)
    feed = _parse(answer, feed_url or source)
    return replace(feed, warnings=(*answer.warnings, *feed.warnings))


def _parse(answer: Answer, address: str) -> Feed:
    """Parse an answer; a feed is known by the address asked, for a redirect's end may change."""
    url = public_url(address) if is_url(address) else ""
    if answer.status:
        return parse_feed(answer.body, url, answer.charset)
    return parse_feed(answer.body, url, answer.charset, bounds=local_bounds(len(answer.body)))


@dataclass(slots=True)
class _Group:
    """The items of a feed that are one story, the first of them leading."""

    key: str
    known: Known | None
    entries: list[Entry] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    headlines: list[Headline] = field(default_factory=list)
    changed: bool = False

    def add(
        self, entry: Entry, item: Item, headlines: Iterable[Headline], *, changed: bool
    ) -> None:
        """Add an item; of its headlines, those that the group does not have yet."""
        self.entries.append(entry)
        self.items.append(item)
        links = {headline.url for headline in self.headlines}
        self.headlines += [
            headline for headline in headlines if not links or headline.url not in links
        ]
        self.changed = self.changed or changed


def _import_feed(run: _Run, feed: Feed, visit: Visit) -> tuple[list[Outcome], list[str]]:
    """Import the items of a feed; return what became of each, and warnings."""
    site = run.site
    if run.writer.section != visit.source.section:
        run.writer.section = visit.source.section
        site.store.make_folder(visit.source.section)
    run.writer.use(layout_of(run.settings, visit.source))
    skipped, taken = select(feed, visit.source, run.settings, site.now)
    groups = _group(run, feed, taken)
    if any(group.known and not site.store.exists(group.known.path) for group in groups):
        site.stop_at_mass_disappearance()
    outcomes = {outcome.guid: outcome for outcome in skipped}
    refused: list[Refused] = []
    for group in groups:
        if run.stopped():
            break
        outcomes |= {outcome.guid: outcome for outcome in _write(run, feed, group, visit.source)}
        if site.store.pending >= _BATCH:
            refused += site.save()
    address = feed.url or feed.link
    before = site.ledger.note_feed(
        digest(feed.link or feed.url), address, len(feed.entries), site.now, "ok"
    )
    is_whole = not (run.stopped() or any(out.action == "failed" for out in outcomes.values()))
    refused += site.save(
        lambda latest: run.round.remember_feed(
            visit, feed, written=is_whole and not (refused or latest)
        )
    )
    outcomes |= _left_alone(outcomes.values(), {file.path for file in refused})
    headlines = (line for _, lines in taken for line in lines)
    warnings = list(_warnings(feed, before, headlines))
    return [outcomes[entry.guid] for entry in feed.entries if entry.guid in outcomes], warnings


def _warnings(feed: Feed, items_before: int, headlines: Iterable[Headline]) -> Iterator[str]:
    if items_before and not feed.entries:
        yield "the feed has no items now, last time it had some"
    path = urlsplit(feed.url).path
    if len(feed.entries) >= MOST_ITEMS and is_google_news(feed.url) and path.endswith("/search"):
        yield f"{MOST_ITEMS} items are all that Google shows of a search: --split finds the others"
    if unlinked := sum(bool(line.url and not safe_url(line.url)) for line in headlines):
        yield f"{unlinked} of its links are no web addresses: they are written as text"


def _left_alone(outcomes: Iterable[Outcome], paths: set[str]) -> dict[str, Outcome]:
    reason = "somebody else wrote this file at the same time; the next run goes on"
    return {
        outcome.guid: replace(outcome, action="skipped", reason=reason)
        for outcome in outcomes
        if outcome.path in paths
    }


def select(
    feed: Feed, source: Source, settings: Settings, now: datetime
) -> tuple[list[Outcome], list[tuple[Entry, tuple[Headline, ...]]]]:
    """Return the outcomes of the items that are not wanted, and the others with their headlines."""
    skipped: list[Outcome] = []
    taken: list[tuple[Entry, tuple[Headline, ...]]] = []
    for entry in feed.entries:
        if settings.since and entry.published and entry.published < settings.since:
            skipped.append(Outcome(entry.guid, None, "skipped", "older than --since"))
            continue
        if source.limit is not None and len(taken) >= source.limit:
            skipped.append(Outcome(entry.guid, None, "skipped", "beyond --limit"))
            continue
        headlines, sifted, reason = read_headlines(feed, entry), entry, ""
        if source.filters:
            sifted, headlines, reason = source.filters.sift(entry, headlines, now)
        if reason:
            skipped.append(Outcome(entry.guid, None, "skipped", reason))
        else:
            taken.append((sifted, headlines))
    return skipped, taken


def _group(
    run: _Run, feed: Feed, taken: Iterable[tuple[Entry, tuple[Headline, ...]]]
) -> list[_Group]:
    """Tell which story each item is, and gather those that are one (clause 12)."""
    groups: dict[str, _Group] = {}
    fresh = _Fresh()
    for entry, given in taken:
        headlines = _reveal(run, given)
        articles = tuple(digest(article) for article in articles_of(entry, headlines))
        guid = digest(_scope(feed, entry) + entry.guid)
        item = Item(guid, digest(feed.link or feed.url), entry.guid, _fingerprint(entry), articles)
        seen = run.site.ledger.seen(guid, item.feed)
        key = (
            seen.story
            if seen
            else _match(run, item, fresh) or story_key(_scope(feed, entry) + entry.guid)
        )
        if key not in groups:
            groups[key] = _Group(key, run.site.ledger.story(key))
        known = groups[key].known
        fresh.add(key, known.opened if known else run.site.now, articles)
        groups[key].add(entry, item, headlines, changed=not _is_same(seen, item))
    return list(groups.values())


def _reveal(run: _Run, headlines: tuple[Headline, ...]) -> tuple[Headline, ...]:
    """Return headlines with the publishers' links that earlier runs have learned."""
    if wanted := [found for found in wanted_of(headlines) if found]:
        return reveal(headlines, run.book.known(wanted))
    return headlines


def _match(run: _Run, item: Item, fresh: _Fresh) -> str | None:
    """Return the story that an item under a new guid belongs to, None for a new one."""
    sightings = [
        *run.site.ledger.sightings(item.articles),
        *fresh.sightings(item.articles, run.site.now),
    ]
    return match(
        len(item.articles), sightings, run.site.now, run.settings.window, run.settings.max_age
    )


def _update_elsewhere(run: _Run, known: Known, story: Story) -> Outcome:
    """Update a story whose place another file has taken, if its own is anywhere."""
    found = run.site.find(known)
    outcome = run.writer.update(found, story) if found.state == "live" else None
    return outcome or Outcome(story.guid, None, "skipped", _DELETED)


def _is_same(seen: Seen | None, item: Item) -> bool:
    return seen is not None and seen.fingerprint == item.fingerprint


def _scope(feed: Feed, entry: Entry) -> str:
    """Return what makes a guid unique: a bare number is so in its own feed only.

    Google's are unique in all of its feeds, an address in those of its own host. What a feed of
    somebody else says under such a guid is no news of that story.
    """
    home = feed.url or feed.link
    if is_google_news(home) or ("://" in entry.guid and _host(entry.guid) == _host(home)):
        return ""
    return f"{home or feed.title} "


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].rpartition("@")[2].lower().removeprefix("www.")


def _fingerprint(entry: Entry) -> str:
    published = entry.published.isoformat() if entry.published else ""
    parts = (
        _FINGERPRINT_VERSION, entry.title, entry.link, entry.body, entry.summary, published,
        entry.publisher, entry.image, *entry.categories,
    )  # fmt: skip
    return digest("\0".join(parts))


class _Fresh:
    """The items of this run so far, by their articles."""

    def __init__(self) -> None:
        self._numbers: dict[str, set[int]] = defaultdict(set)
        self._stories: list[tuple[str, datetime]] = []

    def add(self, key: str, opened: datetime, articles: Iterable[str]) -> None:
        for article in articles:
            self._numbers[article].add(len(self._stories))
        self._stories.append((key, opened))

    def sightings(self, articles: Iterable[str], now: datetime) -> list[Sighting]:
        """Return the items of this run that share any of these articles."""
        shared = Counter(
            number for article in articles for number in self._numbers.get(article, ())
        )
        return [
            Sighting(key, count, now, opened)
            for number, count in shared.items()
            for key, opened in [self._stories[number]]
        ]


def _write(run: _Run, feed: Feed, group: _Group, source: Source) -> list[Outcome]:
    """Write one story and remember its items."""
    known = group.known
    if known and known.state == "live" and not run.site.store.exists(known.path):
        known = run.site.find(known)
    first = group.entries[0].guid
    # Before the file, for the file's own memory is made of it.
    if group.changed:
        for item in group.items:
            run.site.ledger.see(item, group.key, run.site.now)
    else:
        run.site.again += [item.digest for item in group.items]
    if known and known.state != "live" and not run.settings.resurrect:
        outcome = Outcome(first, None, "skipped", _DELETED)
    elif (
        known and known.state == "live" and not group.changed and run.settings.update != "overwrite"
    ):
        outcome = Outcome(first, known.path, "unchanged")
    else:
        naming = _naming(run, source)
        story = tell(feed, group.entries[0], group.headlines, run.site.now, naming)
        if run.settings.images == "none":
            story = replace(story, image="")
        if known and known.state == "live":
            outcome = run.writer.update(known, story) or _update_elsewhere(run, known, story)
        else:
            outcome = run.writer.create(group.key, story)
        want_picture(run.settings, run.book, group.key, story, run.site.now)
    if run.settings.resolve_links and outcome.path:
        lines = group.headlines[: run.settings.max_headlines]
        run.book.want(group.key, wanted_of(lines), run.site.now)
    merged = "unchanged" if outcome.action in {"created", "updated"} else outcome.action
    return [
        outcome,
        *(
            Outcome(entry.guid, outcome.path, merged, f"the same story as {first}")
            for entry in group.entries[1:]
        ),
    ]


def _naming(run: _Run, source: Source) -> Naming:
    """Return how the stories of a feed are to be called; the site's tags are read but once."""
    rules = run.settings.tags.refined(source.tags)
    return Naming(rules, source.categories, run.settings.categories, run.writer.spellings)
