"""Know by name the pages that Google shows in place of a feed, and say what to do about each."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

_CONSENT = (
    "Google asks for consent to cookies in place of the feed, as it does to addresses in Europe; "
    "export the cookies of a browser that has answered, and name them with --cookie-file"
)
_SORRY = (
    "Google takes this address for a robot (its 'sorry' page); wait some hours, "
    "ask for fewer feeds or less often, or ask from another address"
)
_UNSUPPORTED = (
    "Google News has no such edition: hl, gl and ceid must name a language and a country "
    "that it pairs, as in hl=en-US&gl=US&ceid=US:en"
)

_ADVICE = {"consent": _CONSENT, "sorry": _SORRY, "unsupported": _UNSUPPORTED}


def wall_at(url: str) -> str:
    """Return what to say of an address that Google redirects to in place of a feed, "" if none."""
    return _ADVICE.get(kind_at(url), "")


def kind_at(url: str) -> str:
    """Return which wall an address is that Google redirects to, or "": a key of _ADVICE.

    A path without a host is one of the host that redirects to it.
    """
    from newsimport.source.googlenews import is_google_host

    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.path.rstrip("/").endswith("/rss/unsupported"):
        return "unsupported"
    if host and not is_google_host(host) and host != "consent.youtube.com":
        return ""
    if host.startswith("consent."):
        return "consent"
    return "sorry" if parts.path.startswith("/sorry/") else ""


def wall_in(page: str) -> str:
    """Return what to say of an HTML page that Google serves in place of a feed, "" if none."""
    head = page[: 1 << 20]
    if "://consent.google." in head or "://consent.youtube." in head:
        return _CONSENT
    if "/sorry/" in head and ("unusual traffic" in head or "captcha" in head.lower()):
        return _SORRY
    return ""


def other_edition(asked: str, answered: str) -> str:
    """Return a warning when Google answers with another edition than was asked for, else ""."""
    ours, theirs = _edition(asked), _edition(answered)
    if not ours or not theirs or ours.casefold() == theirs.casefold():
        return ""
    return f"Google answers with its edition {theirs}, not {ours}; ask for one that it has"


def _edition(url: str) -> str:
    try:
        return parse_qs(urlsplit(url).query).get("ceid", [""])[0]
    except ValueError:
        return ""
