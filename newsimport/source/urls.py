"""Take the addresses of feeds apart: what to ask where, and what of them may be shown."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

from newsimport.errors import UsageError
from newsimport.records import NamedTuple

_PORTS = {"http": 80, "https": 443}
_TELLTALE = r"(?i)token|key|secret|pass|pwd|auth|bearer|signature|cred|sess|jwt"
_TELLTALE += r"|^(?:sig|sid|pw|pin|otp|sas|ticket)$"
_USER_INFO = r"(?<=/)/[^/?#]*@"
# In an address that lacks a letter or a slash, which makes a path of it.
_MISTYPED = r"/[^/?#:]*:[^/?#]*@"
# A query parameter within a text, whose value ends where the sentence around it goes on.
_PARAMETER = r"""([?&#;])([^\s=&?#;]*)=[^\s&#]*?(?=["'\])},.:;]{0,3}(?:[\s&#]|$))"""
_NAME = r"[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9_])?\.?"
# What may stand in a path or a query as it is (RFC 3986, section 3.3 and 3.4), and "%".
_SAFE = "!$%&'()*+,/:;=?@[]~|"


class Target(NamedTuple):
    """An http(s) address, ready to be asked.

    `host` is in lower case and ASCII, an IPv6 address without brackets; `path` holds the query.
    `authorization` is the header that the address's user info makes, "" without any.
    """

    scheme: str
    host: str
    port: int
    path: str
    authorization: str = ""

    @property
    def origin(self) -> tuple[str, str, int]:
        """What credentials belong to."""
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """The host, with the port where it is not its scheme's own, as the Host header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address, without user info and fragment."""
        return f"{self.scheme}://{self.authority}{self.path}"


def is_url(source: str) -> bool:
    """Say whether `source` is to be asked over HTTP."""
    return source.partition("://")[0].lower() in _PORTS


def public_url(url: str) -> str:
    """Return an address without what must reach no file and no log (clause 27).

    That is user info, each query parameter whose name speaks of a secret, and the fragment.
    """
    if not is_url(url):
        return public_text(url)
    try:
        parts = urlsplit(url)
    except ValueError:
        return re.sub(_USER_INFO, "/", url.partition("?")[0])
    query = parts.query and "&".join(
        pair for pair in parts.query.split("&") if not re.search(_TELLTALE, pair.partition("=")[0])
    )
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=host, query=query, fragment=""))


def public_text(text: str) -> str:
    """Return a text without what must not be shown of the addresses in it, mistyped ones too.

    The names of parameters that speak of a secret stay, without their values.
    """
    if "@" in text:
        text = re.sub(_MISTYPED, "/", re.sub(_USER_INFO, "/", text))
    if "=" not in text:
        return text
    return re.sub(
        _PARAMETER,
        lambda found: f"{found[1]}{found[2]}=" if re.search(_TELLTALE, found[2]) else found[0],
        text,
    )


def parse_target(url: str) -> Target:
    """Take an http(s) URL apart. Raises UsageError when it cannot be asked."""
    try:
        parts = urlsplit(url)
        port = parts.port
        name = parts.hostname or ""
    except ValueError:  # whose own words may hold a password
        raise UsageError("not a usable address: its host or its port cannot be") from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise UsageError("not a usable address: only http and https can be asked")
    if port == 0:
        raise UsageError("not a usable address: port 0")
    path = quote(parts.path or "/", safe=_SAFE)
    if parts.query:
        path += "?" + quote(parts.query, safe=_SAFE)
    return Target(
        scheme,
        _ascii_host(name),
        port or _PORTS[scheme],
        path if path.startswith("/") else f"/{path}",
        _authorization(parts.netloc),
    )


def _ascii_host(name: str) -> str:
    if ":" in name:
        from ipaddress import IPv6Address

        try:
            return str(IPv6Address(name.partition("%")[0]))
        except ValueError:
            raise UsageError("not a usable address: a broken IPv6 address") from None
    # Python's IDNA codec takes quadratic time, so nothing longer than a host name may reach it.
    if not name.isascii() and len(name) <= 253:
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            raise UsageError("not a usable address: a host that no name server knows") from None
    if not re.fullmatch(_NAME, name.lower()):
        raise UsageError("not a usable address: it names no host, or one that cannot be")
    return name.lower()


def _authorization(netloc: str) -> str:
    """Return the Authorization header for the user info of an address (RFC 7617)."""
    info, at, _ = netloc.rpartition("@")
    if not at:
        return ""
    from base64 import b64encode

    user, _, password = info.partition(":")
    pair = unquote_to_bytes(user) + b":" + unquote_to_bytes(password)
    return "Basic " + b64encode(pair).decode("ascii")


def redirect(base: Target, location: str) -> Target | None:
    """Return where a Location header leads, None where it leads to no usable http(s) address.

    Credentials stay with the host that they were given for (clause 2); a server chooses none.
    """
    with suppress(UnicodeError):
        # http.client reads headers as Latin-1; browsers and servers mean UTF-8.
        location = location.encode("latin-1").decode("utf-8")
    try:
        target = parse_target(urljoin(base.url, location.strip()))
    except (UsageError, ValueError):
        return None
    upgraded = base.host == target.host and (base.port, target.port) == (80, 443)
    keeps = base.origin == target.origin or upgraded
    return target._replace(authorization=base.authorization if keeps else "")
