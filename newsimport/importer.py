"""Run the pipeline for many feeds: read, tell stories apart, write."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from newsimport.errors import NewsimportError, UsageError, WriteError
from newsimport.models import AROUND_EDITS, FeedReport, Report
from newsimport.pictures import looks_for_pictures
from newsimport.run import open_run
from newsimport.source.schedule import lasting
from newsimport.source.urls import public_url
from newsimport.spool import Spool
from newsimport.visits import Round

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from newsimport.config import Settings, Source
    from newsimport.models import Entry, Feed, Outcome
    from newsimport.run import Run
    from newsimport.site.store import Refused
    from newsimport.visits import Visit

# Items that are read, and files that are put in place and remembered, together. What has more is
# taken as if it came in pieces, one after the other. As many as what is remembered of links and
# headlines on their way is enough for.
_BATCH = 128
_LEFT_ALONE = "somebody else wrote this file at the same time; the next run goes on"


def import_feeds(
    settings: Settings,
    now: datetime,
    progress: Callable[[str], None] = lambda _line: None,
    stopped: Callable[[], bool] = lambda: False,
    told: Callable[[FeedReport], None] | None = None,
    changed: Callable[[str, str, str], None] | None = None,
) -> Report:
    """Import every source of `settings` into its output folder and report what became of each item.

    `now` is the time of the run, aware, in UTC. `progress` is told in a line what is under way;
    `stopped` is asked between stories whether to finish early. `told` is given the report on each
    feed as soon as it is done; the whole report then holds no stories, for they take memory.
    `changed` is told, in a dry run, the path of each file that an update would change, with its
    text before and after.
    Raises NewsimportError when nothing can be written at all.
    """
    reports = []
    with open_run(settings, now, stopped) as run:
        feeds = Round(settings, run.site.ledger, run.site.now)
        for visit in _visits(run, feeds):
            progress(_shown(visit.source))
            done = _import_source(run, feeds, visit)._replace(place=visit.place)
            if told:
                told(done)
            # What is not told of now stays in memory, for it is a file as long as it does not.
            reports.append(done._replace(outcomes=() if told else tuple(done.outcomes)))
            if stopped():
                break
        links = None
        if (settings.resolve_links or looks_for_pictures(settings)) and not stopped():
            from newsimport.resolving import resolve_links

            progress("publishers' links")
            links = resolve_links(run)
        if changed and settings.dry_run:
            for path, before, after in run.site.store.changes():
                changed(path, before, after)
        if settings.stories_file and run.site.lock:
            from newsimport.site.listing import list_stories, write_stories

            stories = list_stories(run.site.store, run.site.ledger, run.site.layouts)
            write_stories(settings.stories_file, stories, run.site.lock)
    reports.sort(key=lambda report: len(reports) if report.place is None else report.place)
    return Report(str(settings.out), settings.dry_run, tuple(reports), _exit_status(reports), links)


def _visits(run: Run, feeds: Round) -> Iterator[Visit]:
    yield from feeds.visits(run.stopped)
    if search := run.settings.split:

        def items(visit: Visit) -> int:
            if visit.answer is None or visit.answer.is_not_modified:
                return 0
            from newsimport.reading import parse_answer

            try:
                return len(parse_answer(visit.answer, visit.source.url).entries)
            except NewsimportError:
                return 0

        yield from feeds.windows(search, items, run.stopped)


def _exit_status(reports: Sequence[FeedReport]) -> int:
    """Return the exit status of clause 32: feeds that fail differently, or not all, give 1."""
    statuses = {report.exit for report in reports}
    return statuses.pop() if len(statuses) == 1 else int(bool(statuses))


# ---------------------------------------------------------------- one feed


def _import_source(run: Run, feeds: Round, visit: Visit) -> FeedReport:
    """Import one feed; whatever fails, the others go on (clause 10)."""
    shown = _shown(visit.source)
    if visit.reason:
        return FeedReport(shown, "not_due", note=visit.reason)
    try:
        if visit.error:
            raise visit.error
        assert visit.answer is not None
        if visit.answer.is_not_modified:
            run.site.save(lambda _refused: feeds.remember_not_modified(visit))
            return FeedReport(shown, "not_modified", warnings=visit.answer.warnings)
        # Here and below: a run that has nothing to read loads no reader.
        from newsimport.reading import parse_answer

        feed = parse_answer(visit.answer, run.settings.feed_url or visit.source.url)
        tally = _import_feed(run, feeds, feed, visit)
    except NewsimportError as error:
        if _stops_all(error, visit):
            raise
        is_said = feeds.remember_failure(visit, error)
        run.site.save()
        return FeedReport(
            shown,
            "failed",
            error_kind=error.kind,
            error=str(error),
            exit=error.status,
            note=lasting(visit.state) if visit.state and visit.source.name else "",
            hushed=not is_said,
        )
    page = public_url(visit.source.page)
    return FeedReport(
        shown,
        "ok",
        tally.outcomes,
        (*visit.answer.warnings, *feed.warnings, *tally.warnings),
        note=f"the feed of the web page {page}" if page else "",
        counts=tally.counts,
    )


def _stops_all(error: NewsimportError, visit: Visit) -> bool:
    """Say whether no other feed can be imported either: nothing can be written, or be told so.

    What cannot be asked as its user has it, by its address or its cookies, is one feed alone.
    """
    if isinstance(error, UsageError):
        return error is not visit.error
    return isinstance(error, WriteError) or error.status == WriteError.status


def _shown(source: Source) -> str:
    return source.name or public_url(source.url)


class _Tally:
    """What has become of the items of a feed so far, in the feed's order.

    `room` is for so many more, None for all; `latest` are outcomes that are decided, and not yet
    on the disk, `counts` the actions of the others; `whole` says that nothing was left to be done.
    The rest is as warnings_of has it.
    """

    def __init__(self, room: int | None) -> None:
        self.room = room
        self.outcomes: Spool[Outcome] = Spool(_BATCH)
        self.counts: Counter[str] = Counter()
        self.warnings: list[str] = []
        self.latest: list[Outcome] = []
        self.whole = True
        self.undated = 0
        self.unlinked = 0

    def settle(self, refused: Sequence[Refused]) -> None:
        """Take the latest outcomes for done, but for those of files that were refused."""
        paths = {file.path for file in refused}
        for outcome in self.latest:
            is_left = outcome.path in paths
            done = outcome._replace(action="skipped", reason=_LEFT_ALONE) if is_left else outcome
            self.outcomes.append(done)
            self.counts[done.action] += 1
            # A file that was updated has a reason where it kept an edit, and there alone.
            if done.action == "updated" and done.reason:
                self.counts[AROUND_EDITS] += 1
        self.latest = []


def _import_feed(run: Run, feeds: Round, feed: Feed, visit: Visit) -> _Tally:
    """Import the items of a feed."""
    from newsimport.reading import try_filters, warnings_of

    site, source = run.site, visit.source
    run.aim(run.layout_for(source), source.section)
    tally = _Tally(source.limit)
    if len(feed.entries) > _BATCH:
        try_filters(feed, source, site.now)
    for entries in _in_pieces(feed.entries):
        _import_piece(run, feed, entries, source, tally)
        if len(entries) == _BATCH:
            refused = site.save()
            tally.whole &= not refused
            tally.settle(refused)
        if run.stopped():
            tally.whole = False
            break
    before = feeds.note_feed(feed)
    tally.settle(
        site.save(
            lambda latest: feeds.remember_feed(visit, feed, written=tally.whole and not latest)
        )
    )
    tally.warnings += warnings_of(feed, len(feed.entries), before, tally.undated, tally.unlinked)
    return tally


def _import_piece(
    run: Run, feed: Feed, entries: list[Entry], source: Source, tally: _Tally
) -> None:
    """Import some items of a feed."""
    from newsimport.filing import Filing
    from newsimport.grouping import group_items, guid_digest
    from newsimport.reading import select
    from newsimport.source.dates import usable_date

    site = run.site
    skipped, taken = select(feed, entries, source, run.settings, site.now, tally.room)
    tally.room = None if tally.room is None else tally.room - len(taken)
    groups = group_items(run, feed, taken)
    # What is known to be deleted is not missed, for to look at all files may take long.
    live = (group.known for group in groups if group.known and group.known.state == "live")
    if any(not site.store.exists(known.path) for known in live):
        site.stop_at_mass_disappearance()
    outcomes = {outcome.guid: outcome for outcome in skipped}
    # What is not wanted now is in the feed all the same: its story is known by it tomorrow.
    site.again += [guid_digest(feed, entry) for entry in entries if entry.guid in outcomes]
    filing = Filing(run, feed, source)
    filing.expect(groups)
    for group in groups:
        if run.stopped():
            break
        for outcome in filing.file(group):
            outcomes[outcome.guid] = outcome
    tally.latest = [outcomes[entry.guid] for entry in entries if entry.guid in outcomes]
    tally.undated += sum(usable_date(one.entry.published, site.now) is None for one in taken)
    tally.unlinked += sum(one.unlinked for one in taken)


def _in_pieces(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    rest = iter(entries)
    while piece := list(islice(rest, _BATCH)):
        yield piece
