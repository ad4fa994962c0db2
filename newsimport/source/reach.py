"""Say which addresses may be asked, and through which proxy."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

from newsimport.errors import UsageError
from newsimport.source.urls import Target, parse_target

if TYPE_CHECKING:
    from collections.abc import Mapping

# Addresses of IPv6 that stand for one of IPv4: in the last 32 bits, or where 6to4 has it.
_CARRY_V4 = (
    IPv6Network("::ffff:0:0/96"),
    IPv6Network("::ffff:0:0:0/96"),
    IPv6Network("64:ff9b::/96"),
    IPv6Network("::/96"),
)
_SIX_TO_FOUR = IPv6Network("2002::/16")
# What Python 3.11 takes for global, and is not: NAT64 for local use (RFC 8215), site-local.
_LOCAL = (IPv6Network("64:ff9b:1::/48"), IPv6Network("fec0::/10"))


def is_global(address: str) -> bool:
    """Say whether an IP address is one of the open internet (clause 2).

    Those of IPv6 that stand for an IPv4 address (mapped, NAT64's 64:ff9b::/96, 6to4) are what
    they stand for.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found in _SIX_TO_FOUR:
            found = IPv4Address(int(found) >> 80 & 0xFFFFFFFF)
        elif any(found in network for network in _CARRY_V4):
            found = IPv4Address(int(found) & 0xFFFFFFFF)
        elif any(found in network for network in _LOCAL):
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved)


def is_private_host(host: str) -> bool:
    """Say whether a host is known not to be of the open internet without asking a name server.

    Where a proxy asks, this is all that can be known.
    """
    name = host.rstrip(".")
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal", ".home.arpa")):
        return True
    if ":" in name or name.replace(".", "").isdecimal():
        return not is_global(name)
    return False


def find_proxy(target: Target, environ: Mapping[str, str]) -> Target | None:
    """Return the proxy that the environment names for a target, None without one.

    `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, in lower case before upper case;
    HTTP_PROXY counts for nothing under CGI, where a client's header sets it. Raises UsageError
    for a proxy of a kind that cannot be used.
    """
    found = _lookup(environ, f"{target.scheme}_proxy") or _lookup(environ, "all_proxy")
    if not found or _is_excepted(target, _lookup(environ, "no_proxy")):
        return None
    if "://" not in found:
        found = f"http://{found}"
    if not found.lower().startswith("http://"):
        raise UsageError("the environment names a proxy that is no http:// one; it cannot be used")
    return parse_target(found)


def _lookup(environ: Mapping[str, str], name: str) -> str:
    upper = environ.get(name.upper(), "")
    if name == "http_proxy" and "REQUEST_METHOD" in environ:
        upper = ""
    return environ.get(name, upper).strip()


def _is_excepted(target: Target, exceptions: str) -> bool:
    """Say whether `no_proxy` holds for a target: names and what is below them, networks, "*"."""
    for entry in (part.strip().lower() for part in exceptions.split(",")):
        if not entry:
            continue
        if entry == "*" or entry in (target.authority, f"{target.host}:{target.port}"):
            return True
        name = entry.removeprefix("*").removeprefix(".").strip("[]")
        if target.host == name or target.host.endswith(f".{name}"):
            return True
        if "/" in entry and _is_within(target.host, entry):
            return True
    return False


def _is_within(host: str, network: str) -> bool:
    try:
        return ip_address(host) in ip_network(network, strict=False)
    except ValueError:
        return False
