"""Read a cookie file for those who need one; no cookie is ever taken from an answer (clause 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.errors import UsageError
from newsimport.records import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from newsimport.source.urls import Target

_HTTP_ONLY = "#HttpOnly_"


class Cookie(NamedTuple):
    """A cookie and where it may go; `expires` is in seconds since 1970, 0 for never."""

    domain: str
    below: bool
    path: str
    secure: bool
    expires: int
    name: str
    value: str

    def is_for(self, target: Target, now: float) -> bool:
        """Say whether this cookie goes to a target (RFC 6265, section 5.4)."""
        path = target.path.partition("?")[0]
        folder = self.path.rstrip("/")
        return (
            (target.host == self.domain or (self.below and target.host.endswith(f".{self.domain}")))
            and (path == self.path or path.startswith(f"{folder}/"))
            and (target.scheme == "https" or not self.secure)
            and (not self.expires or self.expires > now)
        )


def read_cookies(path: Path) -> tuple[Cookie, ...]:
    """Return the cookies in a file of Netscape's format, as browsers' add-ons and curl write it.

    Raises UsageError when it cannot be read, with the line that is no cookie.
    """
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError as error:
        raise UsageError(f"{path}: cannot read the cookies: {error.strerror or error}") from error
    cookies = []
    for number, line in enumerate(lines, 1):
        plain = line.removeprefix(_HTTP_ONLY)
        if not plain.strip() or (plain == line and line.startswith("#")):
            continue
        parts = plain.split("\t")
        if len(parts) != 7 or not parts[4].isdecimal() or not "".join(parts).isprintable():
            raise UsageError(f"{path}: line {number} is no cookie of Netscape's format")
        domain, below, where, secure, expires, name, value = parts
        cookies.append(
            Cookie(
                domain.lower().lstrip("."), below == "TRUE", where or "/", secure == "TRUE",
                int(expires), name, value,
            )
        )  # fmt: skip
    return tuple(cookies)


def cookie_header(cookies: tuple[Cookie, ...], target: Target, now: float) -> str:
    """Return the Cookie header for a target, "" when no cookie is for it."""
    fitting = (cookie for cookie in cookies if cookie.is_for(target, now))
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in fitting)
