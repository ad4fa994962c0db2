"""Ask plain questions over HTTP: one request, one answer, whatever its status."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from newsimport.errors import TemporaryError
from newsimport.records import NamedTuple
from newsimport.source.connect import Deadline
from newsimport.source.cookies import cookie_header
from newsimport.source.limits import Limits
from newsimport.source.urls import parse_target
from newsimport.source.wire import ask

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from newsimport.source.cookies import Cookie

_ACCEPT = {"Accept": "text/html, application/json, */*;q=0.1"}


def _never() -> bool:
    return False


class PlainWeb(NamedTuple):
    """Something to fetch with, as `links.Web` has it: no redirect is followed.

    Once `stopped` says so, there is no answer any more.
    """

    limits: Limits = Limits()
    cookies: tuple[Cookie, ...] = ()
    stopped: Callable[[], bool] = _never

    def get(self, url: str) -> tuple[int, Mapping[str, str], bytes]:
        """Return the answer to a GET: status, headers by names in lower case, body."""
        return self._ask(url, None)

    def post(self, url: str, form: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        """Return the answer to a POST of `form`, urlencoded."""
        return self._ask(url, urlencode(form).encode("ascii"))

    def _ask(self, url: str, form: bytes | None) -> tuple[int, Mapping[str, str], bytes]:
        if self.stopped():
            raise TemporaryError("the run was told to stop")
        target = parse_target(url)
        headers = dict(_ACCEPT)
        if cookies := cookie_header(self.cookies, target, time.time()):
            headers["Cookie"] = cookies
        deadline = Deadline(self.limits.total)
        reply = ask(target, headers, self.limits, deadline, form=form, read=frozenset())
        return reply.status, reply.headers, reply.body
