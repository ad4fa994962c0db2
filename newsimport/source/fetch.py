"""Fetch a feed's bytes from an http(s) URL, a file, or standard input, politely."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from newsimport.errors import BlockedError, FeedError, GoneError, TemporaryError, UsageError
from newsimport.models import NOTHING
from newsimport.records import NamedTuple
from newsimport.source.urls import is_url, parse_target, public_url, redirect

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import timedelta

    from newsimport.source.connect import Deadline
    from newsimport.source.cookies import Cookie
    from newsimport.source.limits import Limits
    from newsimport.source.local import Large
    from newsimport.source.urls import Target
    from newsimport.source.wire import Reply

MAX_RETRIES = 2
_PERMANENT = frozenset({301, 308})
_NOT_MODIFIED = 304
# What a path begins with only rarely, and an address without its scheme always.
_HOST = r"(?i)(?!\.)[\w.-]+\.[a-z]{2,}(?::\d+)?/"


class Asking(NamedTuple):
    """How a feed is to be asked for.

    `validators` are request headers (If-None-Match, If-Modified-Since), sent to the address
    `validated` alone, for they are that address's own. `moved` is where the feed has moved for
    good, "" if it has not. `limits` are limits.Limits, None for the usual ones.
    """

    validators: Mapping[str, str] = NOTHING
    validated: str = ""
    moved: str = ""
    limits: Limits | None = None
    cookies: tuple[Cookie, ...] = ()


class Answer(NamedTuple):
    """The bytes of a feed, where they came from in the end, and what came with them.

    `status` is 0 for what no server sent. `headers` have their names in lower case. `moved` is
    where a chain of permanent redirects alone has led, "" for any other. `large` stands in
    place of a body that is not held in memory.
    """

    body: bytes
    url: str
    charset: str = ""
    status: int = 0
    headers: Mapping[str, str] = NOTHING
    moved: str = ""
    warnings: tuple[str, ...] = ()
    large: Large | None = None

    @property
    def is_not_modified(self) -> bool:
        """Whether the feed is as it was when the validators came."""
        return self.status == _NOT_MODIFIED


def read_source(source: str, asking: Asking | None = None, *, in_pieces: bool = False) -> Answer:
    """Return what stands at `source`: an http(s) URL, a path, or "-" for standard input.

    With `in_pieces`, what is large and local may be in the answer's `large` in place of its `body`.
    Raises FeedError, BlockedError or TemporaryError, as exit statuses 65, 69 and 75 tell apart, and
    UsageError for an address that cannot be asked.
    """
    if is_url(source):
        return fetch(source, asking or Asking())
    from newsimport.source.local import Large, read_file, read_pipe, unreadable

    if source == "-":
        if sys.stdin is None:  # closed by whoever started us
            raise FeedError("cannot read it: standard input is closed")
        found = read_pipe(sys.stdin.buffer, in_pieces=in_pieces)
    elif "://" in source:
        raise UsageError("only http and https addresses, paths and - can be read")
    else:
        try:
            found = read_file(Path(source), in_pieces=in_pieces)
        except (OSError, ValueError) as error:
            if isinstance(error, FileNotFoundError) and re.match(_HOST, source):
                raise FeedError("there is no such file; an address begins with https://") from error
            raise unreadable(error) from error
    return Answer(b"", "", large=found) if isinstance(found, Large) else Answer(found, "")


def fetch(url: str, asking: Asking, sleep: Callable[[float], None] = time.sleep) -> Answer:
    """Return what the server at `url` answers, redirects followed (clauses 2, 3, 5 and 7).

    Raises BlockedError, TemporaryError or FeedError, each with what to do; a TemporaryError
    carries the Retry-After of its answer.
    """
    from newsimport.source.connect import Deadline
    from newsimport.source.limits import MAX_REDIRECTS, Limits

    limits = asking.limits or Limits()
    deadline = Deadline(limits.total)
    begun = parse_target(url)
    if asking.moved:
        begun = _follow(begun, asking.moved)
    target, permanent = begun, True
    patience = _Patience(deadline, sleep)
    for _ in range(MAX_REDIRECTS + 1):
        reply = _ask(target, asking, limits, patience)
        if not reply.leads_to:
            _raise_for_status(reply, asked_if=bool(_conditions(target, asking)))
            moved = target.url if permanent and target.url != begun.url else ""
            warning = _other_edition(begun.url, target.url)
            return Answer(
                reply.body, target.url, reply.charset, reply.status, reply.headers, moved, warning
            )
        permanent = permanent and reply.status in _PERMANENT
        target = _follow(target, reply.leads_to)
    raise BlockedError(f"refused: more than {MAX_REDIRECTS} redirects")


class _Patience:
    """How often it may be tried again: twice, after 1 s and 2 s with jitter, before the deadline.

    Jitter keeps many that failed together from asking together again.
    """

    def __init__(self, deadline: Deadline, sleep: Callable[[float], None]) -> None:
        self.deadline = deadline
        self.sleep = sleep
        self.tried = 0

    def wait(self) -> bool:
        """Wait until another try is due; False when there is to be none."""
        from random import uniform

        if self.tried >= MAX_RETRIES:
            return False
        pause = 2**self.tried * uniform(0.75, 1.25)  # noqa: S311 - it keeps no secret
        self.tried += 1
        if pause >= self.deadline.left():
            return False
        self.sleep(pause)
        return True


def _ask(target: Target, asking: Asking, limits: Limits, patience: _Patience) -> Reply:
    """Return the answer to one request, tried again where that may help (clause 5)."""
    from newsimport.source.connect import ConnectError
    from newsimport.source.cookies import cookie_header
    from newsimport.source.wire import ask

    headers = _conditions(target, asking)
    if cookies := cookie_header(asking.cookies, target, time.time()):
        headers["Cookie"] = cookies
    while True:
        try:
            reply = ask(target, headers, limits, patience.deadline)
        except ConnectError:
            if not patience.wait():
                raise
            continue
        # A server that says when to come back means it: its Retry-After is the next due time.
        if reply.status < 500 or "retry-after" in reply.headers or not patience.wait():
            return reply


def _conditions(target: Target, asking: Asking) -> dict[str, str]:
    return dict(asking.validators) if public_url(target.url) == asking.validated else {}


def _follow(target: Target, location: str) -> Target:
    """Return where a redirect leads, if it may be followed."""
    from newsimport.source.walls import wall_at

    following = redirect(target, location)
    if following is None:
        raise BlockedError("refused: it redirects to what is no usable http(s) address")
    if wall := wall_at(following.url):
        raise BlockedError(wall)
    if target.scheme == "https" and following.scheme != "https":
        raise BlockedError("refused: it redirects from https to http, where anyone could change it")
    return following


def _other_edition(asked: str, answered: str) -> tuple[str, ...]:
    from newsimport.source.walls import other_edition

    warning = other_edition(asked, answered)
    return (warning,) if warning else ()


def _raise_for_status(reply: Reply, *, asked_if: bool) -> None:
    status = reply.status
    if status in (200, 203) or (status == _NOT_MODIFIED and asked_if):
        return
    if status in (408, 425, 429) or status >= 500 or status == _NOT_MODIFIED:
        _raise_temporary(status, _retry_after(reply))
    if status == 410:
        raise GoneError("the server says that this feed is gone for good (410); --force asks again")
    if status in (401, 407):
        raise BlockedError(
            f"the server asks who you are ({status}); write https://USER:PASSWORD@HOST/… if you may"
        )
    if status == 403:
        raise BlockedError("the server forbids it (403); see in a browser whether you may read it")
    if status == 404:
        raise BlockedError("there is nothing at this address (404); look for the feed's new one")
    raise BlockedError(f"the server answers {status} in place of a feed")


def _retry_after(reply: Reply) -> timedelta | None:
    from datetime import UTC, datetime

    from newsimport.source.schedule import retry_after

    return retry_after(reply.headers, datetime.now(UTC))


def _raise_temporary(status: int, wait: timedelta | None) -> NoReturn:
    said = "too many requests" if status == 429 else "the server has a fault"
    error = TemporaryError(f"{said} ({status}); try again later")
    error.retry_after = wait
    raise error
