"""Turn Google's links into the publishers', politely, given something to fetch with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Literal, Protocol

from newsimport.errors import NewsimportError
from newsimport.records import NamedTuple
from newsimport.source.batchexecute import (
    ORIGIN,
    NewFormError,
    Ticket,
    call_url,
    form_of,
    page_url,
    read_answer,
    read_page,
    wall_in,
)
from newsimport.source.googlenews import is_publishers, url_in_id
from newsimport.source.schedule import retry_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Answer = tuple[int, Mapping[str, str], bytes]

LARGEST_BATCH = 25
# Users report a 429 after some 15 requests from one address. A ticket without its batch is lost,
# so the first batches are small and bring something home early: 10 and 15, then 25 each time.
_FIRST_BATCHES = (10, 15)
# So many pages in a row that cannot be used are no accident.
_PATIENCE = 3
_FIRST_COOL_OFF, _LONGEST_COOL_OFF = timedelta(hours=1), timedelta(days=1)

Ending = Literal["done", "budget", "cool-off", "new-form", "failed"]


class Web(Protocol):
    """Something to fetch with: status, headers with names in lower case, and the body.

    It sets the time limits and the limits of size, follows no redirect, and raises a
    NewsimportError when there is no answer.
    """

    def get(self, url: str) -> Answer:
        """Return the answer to a GET."""

    def post(self, url: str, form: Mapping[str, str]) -> Answer:
        """Return the answer to a POST of `form`, urlencoded."""


class Manners(NamedTuple):
    """How a run resolves.

    `budget` is the number of links that it may ask for. `spacing` is in seconds between two
    requests, waited with `pause`. `now` is the clock, aware. `not_before` is the end of a cool-off
    that still runs, and `blocks` how often in a row Google has blocked before.
    """

    now: Callable[[], datetime]
    pause: Callable[[float], None]
    budget: int
    spacing: float = 1.0
    not_before: datetime | None = None
    blocks: int = 0


class Resolution(NamedTuple):
    """What resolving gave.

    `found` maps article ids to publishers' URLs. `in_vain` are the ids that had their chance and
    gave nothing: not those that a wall or a lost connection cut off. `requests` is how many were
    made. After "cool-off", none may be made before `cool_off_until`. `words` say how it ended, for
    the user; "" when all is done.
    """

    found: Mapping[str, str]
    in_vain: tuple[str, ...]
    requests: int
    ended: Ending
    words: str
    cool_off_until: datetime | None = None


class _Stop(Exception):  # noqa: N818 - the end of a run is no error
    def __init__(self, ended: Ending, words: str, until: datetime | None = None) -> None:
        super().__init__(words)
        self.ended: Ending = ended
        self.words = words
        self.until = until


def resolve(
    article_ids: Iterable[str],
    web: Web,
    manners: Manners,
    *,
    on_found: Callable[[str, str], None] = lambda _id, _url: None,
    origin: str = ORIGIN,
) -> Resolution:
    """Ask Google for the publishers' URLs of `article_ids`, the most wanted first.

    Ids that hold their URL cost no request. `on_found` is called with each id and URL at once, so
    that a run that is killed keeps what it had. The first 429, robots' or consent page ends the
    run: not one request follows. Never raises for what Google answers.
    """
    run = _Run(web, manners, on_found, origin)
    wanted = list(dict.fromkeys(article_ids))
    opaque = [
        identifier for identifier in wanted if not run.take(identifier, url_in_id(identifier))
    ]
    try:
        run.check_cool_off(opaque)
        for batch in _batches(opaque[: max(0, manners.budget)]):
            run.resolve_batch(batch)
    except _Stop as stop:
        return run.resolution(stop.ended, stop.words, stop.until)
    if run.unusable is not None and not run.has_seen_a_ticket:
        return run.resolution(run.unusable.ended, run.unusable.words)
    left = len(opaque) - max(0, manners.budget)
    if left > 0:
        return run.resolution("budget", f"{left} links are left for a later run.")
    return run.resolution("done", "")


def _batches(identifiers: list[str]) -> Iterator[list[str]]:
    sizes = iter(_FIRST_BATCHES)
    at = 0
    while at < len(identifiers):
        size = next(sizes, LARGEST_BATCH)
        yield identifiers[at : at + size]
        at += size


@dataclass(slots=True)
class _Run:
    web: Web
    manners: Manners
    on_found: Callable[[str, str], None]
    origin: str
    found: dict[str, str] = field(default_factory=dict)
    in_vain: list[str] = field(default_factory=list)
    requests: int = 0
    has_seen_a_ticket: bool = False
    unusable_in_a_row: int = 0
    unusable: _Stop | None = None

    def resolution(self, ended: Ending, words: str, until: datetime | None = None) -> Resolution:
        return Resolution(self.found, tuple(self.in_vain), self.requests, ended, words, until)

    def take(self, identifier: str, url: str) -> bool:
        if not is_publishers(url):
            return False
        self.found[identifier] = url
        self.on_found(identifier, url)
        return True

    def check_cool_off(self, opaque: list[str]) -> None:
        until = self.manners.not_before
        if opaque and until is not None and self.manners.now() < until:
            words = (
                f"Google asked for a pause until {until:%Y-%m-%d %H:%M %Z}; links stay Google's."
            )
            raise _Stop("cool-off", words, until)

    def resolve_batch(self, identifiers: list[str]) -> None:
        tickets = [ticket for i in identifiers if (ticket := self.ticket_of(i)) is not None]
        if not tickets:
            return
        form = form_of(tickets)
        status, headers, body = self.request(lambda: self.web.post(call_url(self.origin), form))
        self.stop_at_wall(status, headers, body)
        try:
            answers = read_answer(tickets, body)
        except NewFormError as error:
            self.in_vain += [ticket.article_id for ticket in tickets]
            raise _unusable(status, error) from error
        for ticket in tickets:
            if not self.take(ticket.article_id, answers.get(ticket.article_id, "")):
                self.in_vain.append(ticket.article_id)

    def ticket_of(self, identifier: str) -> Ticket | None:
        page = page_url(identifier, self.origin)
        status, headers, body = self.request(lambda: self.web.get(page))
        self.stop_at_wall(status, headers, body)
        # Ids of former years are redirected to the publisher.
        if self.take(identifier, headers.get("location", "")):
            return None
        try:
            ticket = read_page(identifier, body)
        except NewFormError as error:
            self.in_vain.append(identifier)
            self.unusable_in_a_row += 1
            self.unusable = _unusable(status, error)
            if self.unusable_in_a_row >= _PATIENCE:
                raise self.unusable from error
            return None
        self.unusable_in_a_row, self.has_seen_a_ticket = 0, True
        return ticket

    def request(self, ask: Callable[[], Answer]) -> Answer:
        if self.requests:
            self.manners.pause(self.manners.spacing)
        self.requests += 1
        try:
            return ask()
        except NewsimportError as error:
            words = f"Google gave no answer ({error}); links stay Google's."
            raise _Stop("failed", words) from error

    def stop_at_wall(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        wall = wall_in(body, headers.get("location", ""))
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            wall = "status 429, too many requests"
        if not wall:
            return
        now = self.manners.now()
        until = now + (retry_after(headers, now) or self.cool_off())
        words = f"Google answers with {wall}: links stay Google's until {until:%Y-%m-%d %H:%M %Z}."
        raise _Stop("cool-off", words, until)

    def cool_off(self) -> timedelta:
        doubled: timedelta = _FIRST_COOL_OFF * 2 ** min(max(self.manners.blocks, 0), 10)
        return min(doubled, _LONGEST_COOL_OFF)


def _unusable(status: int, error: NewFormError) -> _Stop:
    if status == HTTPStatus.OK:
        return _Stop("new-form", f"Google's answer has a new form ({error}); links stay Google's.")
    return _Stop("failed", f"Google answers with status {status}; links stay Google's.")
