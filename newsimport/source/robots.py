"""Tell what a robots.txt allows, by RFC 9309."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

AGENT = "newsimport"

# RFC 9309 section 2.5 asks for at least 500 KiB.
_LONGEST = 512 * 1024
# Rules beyond these numbers serve to waste time.
_MOST_RULES, _MOST_WILDCARDS = 5_000, 20
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")

Rules = list[tuple[bool, str]]


def robots_url(url: str) -> str:
    """Return where the robots.txt for `url` is. Raises ValueError for a URL without a host."""
    parts = urlsplit(url)
    if not parts.hostname:
        raise ValueError("a URL without a host")
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, "/robots.txt", "", ""))


def is_allowed(url: str, status: int, robots: bytes) -> bool:
    """Tell whether newsimport may read `url`, given the answer to a GET of its robots.txt.

    `status` is the HTTP status, 0 when there was no answer. By RFC 9309 section 2.3.1 a missing
    file (4xx) allows all, an unreachable one (5xx, no answer) nothing; a 429 counts as such.
    """
    if status == 429 or not 200 <= status < 500:
        return False
    if status >= 300:
        return status >= 400
    parts = urlsplit(url)
    path = _normalised((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    longest, allowed = -1, True
    for allows, pattern in _rules_for(robots, AGENT.casefold()):
        # The longest match decides, and of two as long the one that allows (section 2.2.2).
        if (len(pattern), allows) > (longest, allowed) and _matches(pattern, path):
            longest, allowed = len(pattern), allows
    return allowed


def _rules_for(robots: bytes, agent: str) -> Rules:
    """Return the rules of every group for `agent`, else of every group for all."""
    named: Rules = []
    common: Rules = []
    is_named = False
    agents: list[str] = []
    has_rules = False
    for field, value in _fields(robots):
        if field == "user-agent":
            if has_rules:
                agents, has_rules = [], False
            product = re.match(r"[A-Za-z_-]*\*?", value)
            agents.append(product[0].casefold() if product else "")
            is_named = is_named or agent in agents
        elif field in {"allow", "disallow"}:
            has_rules = True
            rule = (field == "allow", _normalised(value))
            if agent in agents and rule[1]:
                named.append(rule)
            if "*" in agents and rule[1]:
                common.append(rule)
    return (named if is_named else common)[:_MOST_RULES]


def _fields(robots: bytes) -> Iterator[tuple[str, str]]:
    text = robots[:_LONGEST].decode("utf-8", "replace").removeprefix("\ufeff")
    for line in re.split(r"\r\n|\r|\n", text):
        field, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield field.strip().casefold(), value.strip()


def _normalised(path: str) -> str:
    """Return `path` with one spelling for each octet, as section 2.2.2 compares them."""
    ascii_only = quote(path, safe="%/?#[]@!$&'()*+,;=:~-._ ")

    def spelled(escape: re.Match[str]) -> str:
        character = chr(int(escape[1], 16))
        return character if _UNRESERVED.fullmatch(character) else escape[0].upper()

    return _ESCAPE.sub(spelled, ascii_only)


def _matches(pattern: str, path: str) -> bool:
    is_anchored = pattern.endswith("$")
    first, *rest = re.sub(r"\*+", "*", pattern.removesuffix("$")).split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not rest:
        return at == len(path) or not is_anchored
    # No backtracking is needed: the leftmost place of each piece leaves most for the others.
    for piece in rest[:-1][:_MOST_WILDCARDS]:
        at = path.find(piece, at)
        if at == -1:
            return False
        at += len(piece)
    if is_anchored:
        return path.endswith(rest[-1]) and len(path) - len(rest[-1]) >= at
    return path.find(rest[-1], at) != -1
