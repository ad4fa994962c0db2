"""Read pages and images of publishers' sites: a little of each, politely, by their robots.txt."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsimport.errors import BlockedError, NewsimportError, TemporaryError
from newsimport.records import NamedTuple
from newsimport.source.connect import Deadline
from newsimport.source.limits import MAX_REDIRECTS, Limits
from newsimport.source.robots import is_allowed, robots_url
from newsimport.source.urls import parse_target, redirect
from newsimport.source.wire import ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsimport.source.urls import Target
    from newsimport.source.wire import Reply

_LARGEST_ROBOTS = 512 * 1024
# Seconds between two requests to one host.
_SPACING = 1.0
_SECONDS = 20.0


class Page(NamedTuple):
    """What stands at an address: where it was in the end, its bytes, and its declared charset."""

    url: str
    body: bytes
    charset: str = ""


@dataclass(slots=True)
class Reader:
    """Reads what is public, one after the other; `stopped` ends it."""

    stopped: Callable[[], bool]
    allow_private: bool = False
    spacing: float = _SPACING
    _robots: dict[tuple[str, str, int], tuple[int, bytes]] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def read(self, url: str, most: int, *, cut: bool = False) -> Page:
        """Return what stands at `url`, redirects followed, at most `most` bytes of it.

        With `cut`, what is more is left out, else it is refused. Raises BlockedError for what may
        not or cannot be read, other NewsimportErrors for what may be another time.
        """
        target = parse_target(url)
        for _ in range(MAX_REDIRECTS + 1):
            self._check(target)
            reply = self._ask(target, most, cut=cut)
            if reply.leads_to:
                target = _follow(target, reply.leads_to)
                continue
            if reply.status in {408, 425, 429} or reply.status >= 500:
                raise TemporaryError(f"the server answers {reply.status}")
            if reply.status not in {200, 203}:
                raise BlockedError(f"the server answers {reply.status}")
            return Page(target.url, reply.body, reply.charset)
        raise BlockedError(f"refused: more than {MAX_REDIRECTS} redirects")

    def _check(self, target: Target) -> None:
        """Raise BlockedError for what the host's robots.txt forbids."""
        if target.origin not in self._robots:
            self._robots[target.origin] = self._read_robots(target)
        status, rules = self._robots[target.origin]
        if not is_allowed(target.url, status, rules):
            if status == 0 or status >= 500 or status == 429:
                raise TemporaryError("its robots.txt cannot be read")
            raise BlockedError("its robots.txt does not allow it")

    def _read_robots(self, target: Target) -> tuple[int, bytes]:
        """Return status and body of a host's robots.txt; 0 where there is no answer (RFC 9309)."""
        place = parse_target(robots_url(target.url))
        try:
            for _ in range(MAX_REDIRECTS + 1):
                reply = self._ask(place, _LARGEST_ROBOTS, cut=True)
                if not reply.leads_to:
                    return reply.status, reply.body
                place = _follow(place, reply.leads_to)
        except BlockedError:
            return 404, b""
        except NewsimportError:
            return 0, b""
        return 404, b""

    def _ask(self, target: Target, most: int, *, cut: bool) -> Reply:
        self._wait(target.host)
        if self.stopped():
            raise TemporaryError("the run was told to stop")
        limits = Limits(max_bytes=most, total=_SECONDS, allow_private=self.allow_private)
        headers = {"Accept": "text/html, image/*, */*;q=0.1"}
        try:
            return ask(target, headers, limits, Deadline(limits.total), cut=cut)
        finally:
            self._asked[target.host] = time.monotonic()

    def _wait(self, host: str) -> None:
        until = self._asked.get(host, float("-inf")) + self.spacing
        while not self.stopped() and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.2))


def _follow(target: Target, location: str) -> Target:
    following = redirect(target, location)
    if following is None or (target.scheme == "https" and following.scheme != "https"):
        raise BlockedError("refused: it redirects to what may not be read")
    return following
