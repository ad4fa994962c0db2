"""Connect to a server, directly or through a proxy, to no address that may not be asked."""

from __future__ import annotations

import os
import socket
import time
from functools import cache
from typing import TYPE_CHECKING

from newsimport import __version__
from newsimport.errors import TemporaryError, UnaskedError
from newsimport.source.reach import find_proxy, is_global, is_private_host

if TYPE_CHECKING:
    import ssl
    from typing import Any

    from newsimport.source.limits import Limits
    from newsimport.source.urls import Target

USER_AGENT = f"newsimport/{__version__} (+https://github.com/newsimport/newsimport)"
_LONGEST_HEAD = 1 << 16


class ConnectError(TemporaryError):
    """No connection came about: nothing was asked yet, so asking again does no harm."""


class Deadline:
    """A point in time that nothing may pass, however slowly it drips."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, at_most: float = float("inf")) -> float:
        """Return the seconds that are left. Raises TimeoutError when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, at_most)


def reason(error: Exception) -> str:
    """Return what an exception says, on one line that is not too long."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join((said or type(error).__name__).split())[:200]


def is_forwarded(target: Target) -> bool:
    """Say whether a proxy is asked to fetch; https goes through it in a tunnel instead."""
    return target.scheme == "http" and find_proxy(target, os.environ) is not None


def proxy_authorization(target: Target) -> dict[str, str]:
    """Return the header that the proxy for a target wants, none where it wants none."""
    proxy = find_proxy(target, os.environ)
    if proxy is None or not proxy.authorization:
        return {}
    return {"Proxy-Authorization": proxy.authorization}


def connect(target: Target, limits: Limits, deadline: Deadline) -> socket.socket:
    """Return a socket that is connected to the target, or to the proxy for it, TLS included."""
    began = Deadline(deadline.left(limits.connect))
    proxy = find_proxy(target, os.environ)
    if proxy and not limits.allow_private and is_private_host(target.host):
        raise UnaskedError(_private(target.host))
    host = f"the proxy {proxy.host}" if proxy else target.host
    try:
        if proxy is None:
            connected = _open(target.host, target.port, began, allow_private=limits.allow_private)
        else:
            connected = _open(proxy.host, proxy.port, began, allow_private=True)
    except TimeoutError as error:
        raise ConnectError(f"no connection to {host} within {limits.connect:.0f} s") from error
    except OSError as error:
        raise ConnectError(f"no connection to {host}: {reason(error)}") from error
    if target.scheme == "http":
        return connected
    try:
        if proxy is not None:
            _tunnel(connected, target, began)
        connected.settimeout(began.left())
        return _tls().wrap_socket(connected, server_hostname=target.host)
    except TimeoutError as error:
        connected.close()
        raise ConnectError(f"no secure connection within {limits.connect:.0f} s") from error
    except OSError as error:
        connected.close()
        raise _tls_failure(error) from error
    except BaseException:
        connected.close()
        raise


def _tls_failure(error: OSError) -> TemporaryError:
    import ssl

    if isinstance(error, ssl.SSLCertVerificationError):
        # Asking again at once would meet the same certificate: not one for a retry.
        return TemporaryError(f"its certificate is not valid: {error.verify_message}")
    return ConnectError(f"no secure connection: {reason(error)}")


@cache
def _tls() -> ssl.SSLContext:
    import ssl

    return ssl.create_default_context()


def _tunnel(connected: socket.socket, target: Target, deadline: Deadline) -> None:
    """Ask a proxy for a tunnel to the target (RFC 9110, section 9.3.6)."""
    authority = f"[{target.host}]" if ":" in target.host else target.host
    lines = [
        f"CONNECT {authority}:{target.port} HTTP/1.1",
        f"Host: {authority}:{target.port}",
        f"User-Agent: {USER_AGENT}",
        *(f"{name}: {value}" for name, value in proxy_authorization(target).items()),
    ]
    connected.settimeout(deadline.left())
    connected.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
    head = b""
    # No byte further than its end, for what follows the head belongs to TLS.
    while not head.endswith(b"\r\n\r\n"):
        connected.settimeout(deadline.left())
        seen = connected.recv(_LONGEST_HEAD, socket.MSG_PEEK)
        if not seen or len(head) > _LONGEST_HEAD:
            raise ConnectionError("the proxy breaks off")
        end = (head + seen).find(b"\r\n\r\n")
        head += connected.recv(len(seen) if end < 0 else end + 4 - len(head))
    status = head.split(b" ", 2)[1:2]
    if status != [b"200"]:
        said = head.split(b"\r\n", 1)[0][:80].decode("latin-1")
        raise ConnectionError(f"the proxy refuses: {said}")


def _open(host: str, port: int, deadline: Deadline, *, allow_private: bool) -> socket.socket:
    """Connect to the first address of a host that answers, of those that may be asked."""
    addresses = _resolve(host, port, deadline)
    allowed = [found for found in addresses if allow_private or is_global(str(found[1][0]))]
    if not allowed:
        raise UnaskedError(_private(str(addresses[0][1][0]) if addresses else host))
    for number, (family, address) in enumerate(allowed, 1):
        try:
            return _dial(family, address, deadline.left() / (len(allowed) - number + 1))
        except OSError:
            if number == len(allowed):
                raise
    raise ConnectionError("no address answers")


def _dial(family: int, address: tuple[Any, ...], seconds: float) -> socket.socket:
    connected = socket.socket(family, socket.SOCK_STREAM)
    try:
        connected.settimeout(seconds)
        connected.connect(address)
    except BaseException:
        connected.close()
        raise
    return connected


def _private(address: str) -> str:
    return (
        f"refused: {address} is not an address of the open internet; "
        "if you mean to read it, add --allow-private, or `allow_private = true` to its feed"
    )


def _look_up(host: str, port: int) -> list[tuple[int, tuple[Any, ...]]]:
    # As bytes: for text, even ASCII, Python would load what it knows of names in other scripts.
    found = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
    return [(int(family), address) for family, _, _, _, address in found]


def _resolve(host: str, port: int, deadline: Deadline) -> list[tuple[int, tuple[Any, ...]]]:
    """Return the addresses of a host; the name server, too, has no longer than the deadline."""
    from threading import Thread

    if ":" in host or host.replace(".", "").isdecimal():
        return _look_up(host, port)
    answers: list[list[tuple[int, tuple[Any, ...]]] | OSError] = []

    def look_up() -> None:
        try:
            answers.append(_look_up(host, port))
        except (OSError, UnicodeError) as error:
            answers.append(error if isinstance(error, OSError) else OSError(str(error)))

    asking = Thread(target=look_up, daemon=True)
    asking.start()
    asking.join(deadline.left())
    if not answers:
        raise TimeoutError
    if isinstance(answers[0], OSError):
        raise answers[0]
    return answers[0]
