"""Run the pipeline for many feeds: read, tell stories apart, write."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from newsimport.errors import NewsimportError, UsageError, WriteError
from newsimport.models import FeedReport, Report
from newsimport.pictures import looks_for_pictures
from newsimport.run import layout_of, open_run
from newsimport.source.fetch import public_url
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
                done = done._replace(outcomes=())
            reports.append(done)
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
        if settings.stories_file and not settings.dry_run:
            from newsimport.site.listing import list_stories, write_stories

            stories = list_stories(run.site.store, run.site.ledger, run.site.layouts)
            write_stories(settings.stories_file, stories)
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
        outcomes, warnings = _import_feed(run, feeds, feed, visit)
    except NewsimportError as error:
        if isinstance(error, UsageError | WriteError) or error.status == WriteError.status:
            raise
        is_said = feeds.remember_failure(visit, error)
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


def _import_feed(
    run: Run, feeds: Round, feed: Feed, visit: Visit
) -> tuple[list[Outcome], list[str]]:
    """Import the items of a feed; return what became of each, and warnings."""
    from newsimport.filing import file_story
    from newsimport.grouping import group_items, guid_digest
    from newsimport.reading import select, warnings_of
    from newsimport.source.dates import usable_date

    site, source = run.site, visit.source
    run.aim(layout_of(run.settings, source), source.section)
    outcomes: dict[str, Outcome] = {}
    refused: list[Refused] = []
    room, undated, unlinked = source.limit, 0, 0
    for entries in _in_pieces(feed.entries):
        skipped, taken = select(feed, entries, source, run.settings, site.now, room)
        room = None if room is None else room - len(taken)
        groups = group_items(run, feed, taken)
        if any(group.known and not site.store.exists(group.known.path) for group in groups):
            site.stop_at_mass_disappearance()
        found = {outcome.guid: outcome for outcome in skipped}
        # What is not wanted now is in the feed all the same: its story is known by it tomorrow.
        site.again += [guid_digest(feed, entry) for entry in entries if entry.guid in found]
        for group in groups:
            if run.stopped():
                break
            found |= {out.guid: out for out in file_story(run, feed, group, source)}
        outcomes |= {entry.guid: found[entry.guid] for entry in entries if entry.guid in found}
        undated += sum(usable_date(one.entry.published, site.now) is None for one in taken)
        unlinked += sum(one.unlinked for one in taken)
        if len(entries) == _BATCH:
            refused += site.save()
    before = feeds.note_feed(feed)
    is_whole = not (run.stopped() or any(out.action == "failed" for out in outcomes.values()))
    refused += site.save(
        lambda latest: feeds.remember_feed(
            visit, feed, written=is_whole and not (refused or latest)
        )
    )
    outcomes |= _left_alone(outcomes.values(), {file.path for file in refused})
    warnings = list(warnings_of(feed, len(feed.entries), before, undated, unlinked))
    return list(outcomes.values()), warnings


def _in_pieces(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    rest = iter(entries)
    while piece := list(islice(rest, _BATCH)):
        yield piece


def _left_alone(outcomes: Iterable[Outcome], paths: set[str]) -> dict[str, Outcome]:
    reason = "somebody else wrote this file at the same time; the next run goes on"
    return {
        outcome.guid: outcome._replace(action="skipped", reason=reason)
        for outcome in outcomes
        if outcome.path in paths
    }
