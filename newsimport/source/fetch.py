"""Read a feed's bytes from an http(s) URL, a file, or standard input."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit, urlunsplit

from newsimport import __version__
from newsimport.errors import BlockedError, FeedError, TemporaryError, UsageError

MAX_BYTES = 8 << 20
MAX_LOCAL_BYTES = 1 << 30
MAX_REDIRECTS = 5
TIMEOUT = 10.0
USER_AGENT = f"newsimport/{__version__} (+https://github.com/newsimport/newsimport)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of a feed, where they came from in the end, and the charset that HTTP named."""

    body: bytes
    url: str
    charset: str = ""


def is_url(source: str) -> bool:
    """Say whether `source` is to be asked over HTTP."""
    return source.partition("://")[0].lower() in {"http", "https"}


_SECRET = re.compile(
    r"token|key|secret|passw|auth|signature|^sig$|session|credential", re.IGNORECASE
)


def public_url(url: str) -> str:
    """Return an address without what must reach no file and no log (clause 27).

    That is user info, and the value of each query parameter whose name speaks of a secret.
    """
    if not is_url(url):
        return url
    parts = urlsplit(url)
    query = "&".join(
        pair for pair in parts.query.split("&") if not _SECRET.search(pair.partition("=")[0])
    )
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query=query))


def read_source(source: str) -> Answer:
    """Return what stands at `source`: an http(s) URL, a path, or "-" for standard input.

    Raises FeedError, BlockedError or TemporaryError, as exit statuses 65, 69 and 75 tell apart.
    """
    if source == "-":
        return Answer(_bounded(sys.stdin.buffer.read(MAX_LOCAL_BYTES + 1), MAX_LOCAL_BYTES), "")
    if is_url(source):
        return _get(source)
    if "://" in source:
        raise UsageError(f"{source}: only http and https addresses, paths and - can be read")
    try:
        with Path(source).open("rb") as file:
            return Answer(_bounded(file.read(MAX_LOCAL_BYTES + 1), MAX_LOCAL_BYTES), "")
    except OSError as error:
        raise FeedError(f"cannot read it: {error.strerror or error}") from error


def _bounded(body: bytes, limit: int) -> bytes:
    if len(body) > limit:
        raise FeedError(f"refused: more than {limit >> 20} MiB")
    return body


def _get(url: str) -> Answer:
    for _ in range(MAX_REDIRECTS + 1):
        answer = _ask(url)
        if isinstance(answer, Answer):
            return answer
        target = urljoin(url, answer)
        if not is_url(target) or (url.startswith("https:") and not target.startswith("https:")):
            raise BlockedError("it redirects to an address that is no http(s) one, or less safe")
        url = target
    raise BlockedError(f"more than {MAX_REDIRECTS} redirects")


def _ask(url: str) -> Answer | str:
    """Return the answer to one request, or the address that it redirects to."""
    from http.client import HTTPConnection, HTTPException, HTTPSConnection

    parts = urlsplit(url)
    try:
        secure = parts.scheme.lower() == "https"
        connection = (HTTPSConnection if secure else HTTPConnection)(
            parts.hostname or "", parts.port, timeout=TIMEOUT
        )
    except ValueError as error:
        raise UsageError(f"not a usable address: {error}") from error
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path, headers={"User-Agent": USER_AGENT, "Accept": "*/*"})
        response = connection.getresponse()
        if response.status in _REDIRECTS and (location := response.getheader("Location")):
            return location
        _raise_for_status(response.status)
        body = _bounded(response.read(MAX_BYTES + 1), MAX_BYTES)
        return Answer(body, url, response.headers.get_content_charset() or "")
    except TimeoutError as error:
        raise TemporaryError(f"no answer within {TIMEOUT:.0f} s") from error
    except (OSError, HTTPException) as error:
        raise TemporaryError(f"cannot reach it: {error}") from error
    finally:
        connection.close()


def _raise_for_status(status: int) -> None:
    if status == 429 or status >= 500:
        raise TemporaryError(f"the server answers {status}; try again later")
    if status != 200:
        raise BlockedError(f"the server answers {status}")
