"""Go round the feeds of a run: which are asked, and what is remembered of each."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from newsimport.errors import (
    FeedError,
    GoneError,
    NewsimportError,
    TemporaryError,
    UnaskedError,
    UsageError,
)
from newsimport.site.feedbook import FeedBook
from newsimport.source import schedule
from newsimport.source.schedule import FeedState
from newsimport.source.urls import is_url, public_url
from newsimport.story.identity import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from newsimport.config import Settings, Source
    from newsimport.models import Feed
    from newsimport.site.ledger import Ledger
    from newsimport.source.cookies import Cookie
    from newsimport.source.feedurl import Search
    from newsimport.source.fetch import Answer, Asking
    from newsimport.source.limits import Limits

# Settings that change nothing in what a run takes from an answer.
_NO_MATTER = frozenset(
    {
        "sources", "feeds", "split", "since", "dry_run", "lock_timeout", "state", "feed_url",
        "force", "jobs", "report_after", "allow_private", "max_bytes", "cookie_file", "out",
        "log_file", "log_format", "every", "filters", "limit", "stories_file", "resolve_budget",
        "google",
    }
)  # fmt: skip


class Visit:
    """One feed of a run: what is known of it, and what came of asking.

    `state` is None for what is not asked over HTTP. `reason` says why it was not asked. `place`
    is its number among the feeds of the run, None for a window of a search.
    """

    def __init__(
        self, source: Source, state: FeedState | None = None, error: NewsimportError | None = None
    ) -> None:
        self.source = source
        self.state = state
        self.answer: Answer | None = None
        self.error = error
        self.reason = ""
        self.place: int | None = None


class Round:
    """The feeds of one run, asked side by side, and the ledger's memory of them."""

    def __init__(self, settings: Settings, ledger: Ledger, now: datetime) -> None:
        self._settings = settings
        self._book = FeedBook(ledger)
        self._now = now
        self._cookies: dict[object, tuple[Cookie, ...]] = {}

    def visits(self, stopped: Callable[[], bool]) -> Iterator[Visit]:
        """Yield a visit to each feed, mostly in their order; what it raised is in it.

        Local feeds are read when it is their turn, for they may be huge.
        """
        sources = dict.fromkeys(self._settings.all_sources())
        visits = [self._plan(source) for source in sources]
        for place, visit in enumerate(visits):
            visit.place = place
        yield from (visit for visit in visits if visit.reason or visit.error)
        to_do = [visit for visit in visits if not (visit.reason or visit.error)]
        over_http = [visit for visit in to_do if visit.state]
        asked = self._ask(over_http, stopped)
        for visit in to_do:
            if stopped():
                return
            if visit.state:
                if found := next(asked, None):
                    yield found
                    found.answer = None
                continue
            # Here and below: a run that has nothing to ask loads nothing that asks.
            from newsimport.source.fetch import read_source

            try:
                visit.answer = read_source(visit.source.url, in_pieces=True)
            except NewsimportError as error:
                visit.error = error
            yield visit
            # Its bytes have been read: a thousand of them would fill the memory.
            visit.answer = None

    def windows(
        self, search: Search, items: Callable[[Visit], int], stopped: Callable[[], bool]
    ) -> Iterator[Visit]:
        """Yield a visit to each window of a search, halved until none is cut; none asked twice.

        `items` counts what is in an answer. A window that is cut is not among them.
        """
        from newsimport.source.feedurl import MOST_ITEMS, uncut_windows
        from newsimport.source.gather import PAUSE

        asked: list[Visit] = []

        def is_cut(after: date, before: date) -> bool:
            if asked:
                time.sleep(PAUSE)
            visit = self._plan(self._settings.typed(search.url(after, before)))
            if not (visit.reason or visit.error or stopped()):
                visit = next(self._ask([visit], stopped), visit)
            asked[:] = [visit]
            return items(visit) >= MOST_ITEMS

        # A window is yielded right after it was asked, for until then it may have been cut.
        for _ in uncut_windows(search.after, search.before, is_cut):
            if stopped():
                return
            yield asked[0]

    def _ask(self, visits: Sequence[Visit], stopped: Callable[[], bool]) -> Iterator[Visit]:
        if not visits:
            return
        from newsimport.source.fetch import Answer, read_source
        from newsimport.source.gather import Errand, gather
        from newsimport.source.urls import parse_target

        errands, asked = [], []
        for visit in visits:
            url = visit.source.url
            try:
                run = partial(read_source, url, self._asking(visit))
                errands.append(Errand(parse_target(url).host, run))
            except UsageError as error:
                visit.error = error
                yield visit
                continue
            asked.append(visit)
        for number, result in gather(errands, self._settings.jobs, stopped):
            visit = asked[number]
            if isinstance(result, Answer):
                visit.answer = result
            elif isinstance(result, NewsimportError):
                visit.error = result
            else:
                raise result
            yield visit

    # ------------------------------------------------------------ before asking

    def _plan(self, source: Source) -> Visit:
        """Decide whether a feed is to be asked, and where."""
        if not is_url(source.url):
            return Visit(source)
        if "news.google." in source.url:
            from newsimport.source.explain import feed_of_page

            try:
                feed = feed_of_page(source.url)
            except UsageError as error:
                return Visit(source, error=FeedError(str(error)))
            if feed:
                source = source._replace(url=feed, page=source.url)
        key = digest(source.url)
        state = self._book.source(key) or FeedState(key, public_url(source.url))
        visit = Visit(source, state)
        if self._settings.force:
            return visit
        if state.gone:
            since = datetime.fromtimestamp(state.gone, UTC)
            visit.error = GoneError(
                f"its server has said on {since:%Y-%m-%d} that it is gone for good; "
                "take it out of your feeds, or ask again with --force"
            )
        else:
            visit.reason = schedule.reason_to_wait(
                state, self._now, typed=not source.name, every=source.every
            )
        return visit

    def _asking(self, visit: Visit) -> Asking:
        state = visit.state
        assert state is not None
        from newsimport.source.fetch import Asking

        return Asking(
            validators=schedule.conditions(state, self._shape(visit.source)),
            validated=state.validated,
            moved=state.moved,
            limits=self._limits(visit.source),
            cookies=self._read_cookies(visit.source),
        )

    def _limits(self, source: Source) -> Limits:
        from newsimport.source.limits import Limits

        allow = self._settings.allows_private(source)
        return Limits(max_bytes=self._settings.max_bytes, allow_private=allow)

    def _read_cookies(self, source: Source) -> tuple[Cookie, ...]:
        path = self._settings.cookies_for(source)
        if path is None:
            return ()
        if path not in self._cookies:
            from newsimport.source.cookies import read_cookies

            self._cookies[path] = read_cookies(path)
        return self._cookies[path]

    def _shape(self, source: Source) -> str:
        """Return a digest of all settings that change what is taken from an answer."""
        settings = self._settings
        common = [
            f"{name}={getattr(settings, name)!r}"
            for name in settings._fields
            if name not in _NO_MATTER
        ]
        return digest("\n".join([*common, repr(source)]))

    # ------------------------------------------------------------ after asking

    def note_feed(self, feed: Feed) -> int:
        """Remember that a feed was read; return how many items it had the time before."""
        key = digest(feed.link or feed.url)
        return self._book.note_feed(key, feed.url or feed.link, len(feed.entries), self._now, "ok")

    def remember_not_modified(self, visit: Visit) -> None:
        """Remember that a feed is as it was."""
        if visit.state is None or visit.answer is None:
            return
        state = schedule.after_answer(
            visit.state, visit.answer.headers, self._now, items=None, pace=None,
            every=visit.source.every,
        )  # fmt: skip
        self._save(visit, state, written=True)

    def remember_feed(self, visit: Visit, feed: Feed, *, written: bool) -> None:
        """Remember that a feed was read; with `written`, that all its stories are on disk."""
        if visit.state is None or visit.answer is None:
            return
        state = schedule.after_answer(
            visit.state, visit.answer.headers, self._now, items=len(feed.entries), pace=feed.pace,
            every=visit.source.every,
        )  # fmt: skip
        self._save(visit, state, written=written)

    def _save(self, visit: Visit, state: FeedState, *, written: bool) -> None:
        answer = visit.answer
        assert answer is not None
        # An address with a secret in it is kept nowhere (clause 27): it is found again each time.
        moved = answer.moved if public_url(answer.moved) == answer.moved else ""
        state = schedule.after_move(state, moved)
        if written:
            shape = self._shape(visit.source)
            state = schedule.after_writing(state, answer.headers, public_url(answer.url), shape)
        self._book.save_source(state)
        visit.state = state

    def remember_failure(self, visit: Visit, error: NewsimportError) -> bool:
        """Remember that a feed failed; return whether that is to be said in this run."""
        state = visit.state
        if state is None:
            return True
        if not isinstance(error, GoneError) or not state.gone or self._settings.force:
            waits = error.retry_after if isinstance(error, TemporaryError) else None
            due = state.due
            state = schedule.after_failure(state, error.kind, self._now, waits, visit.source.every)
            if isinstance(error, UnaskedError | UsageError):
                # No server has a claim to rest: once the user mends it, it is asked at once.
                state = state._replace(due=due)
        # Who types an address is there to hear what became of it, however often it has failed.
        is_said = not visit.source.name or schedule.is_to_be_said(
            state, self._now, self._settings.report_after
        )
        state = schedule.mark_said(state, self._now) if is_said else state
        self._book.save_source(state)
        visit.state = state
        return is_said
