r"""Speak the undocumented wire format in which Google tells a publisher's URL.

The one file to change when Google changes it. No request is made here. The format was read from
two public decoders: SSujitX/google-news-url-decoder (new_decoderv1.py at 068c78a, its batches from
pull request 7) and the gist huksley/bc3cb046157a99cd9d1517b32f91a99e. In short:

1. GET /rss/articles/ID: in the page an element has data-n-a-sg (a signature) and data-n-a-ts (a
   time). /articles/ID and /read/ID answer with a "sorry" page.
2. POST /_/DotsSplashUi/data/batchexecute with the form field f.req=[[call, call, …]], a call being
   ["Fbv4je", "[\"garturlreq\", context, \"ID\", ts, \"sg\"]", null, "n"]. Of [[call], [call]] only
   the first is answered.
3. The answer is )]}' and a JSON array with rows ["wrb.fr", "Fbv4je", "[\"garturlres\", \"URL\",
   …]", …, "n"], in any order, some of them missing; rows of other kinds stand beside them.
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from newsimport.records import NamedTuple
from newsimport.source.walls import kind_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ORIGIN = "https://news.google.com"

_CALL = "Fbv4je"
_ASKS, _ANSWERS = "garturlreq", "garturlres"
# What a browser says of itself there; its values do not change the answer, their number does.
_CONTEXT = [
    ["X", "X", ["X", "X"], None, None, 1, 1, "US:en", None, 1, *[None] * 5, 0, 1],
    *["X", "X", 1, [1, 1, 1], 1, 1, None, 0, 0, None, 0],
]
_GUARD = ")]}'"
# Google's pages for articles have some 600 KB, its answers some 500 bytes a link.
_LONGEST = 4 * 1024 * 1024
# One tag of a page has the ticket; a page made to waste time may have a million like it.
_MOST_TAGS, _LONGEST_TAG = 20, 16_384
_ATTRIBUTE = re.compile(r'([a-z-]{1,40})\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
_SIGNATURE_NAME, _TIME_NAME = "data-n-a-sg", "data-n-a-ts"
_WALLS = {"consent": "a consent page", "sorry": "a page for robots"}
_WALL_TEXTS = {
    # The form, for a mere link to the settings stands on other pages too.
    "consent": ("consent.google.com/save", "consent.youtube.com/save"),
    "sorry": ("/sorry/index", "captcha-form", "unusual traffic"),
}


class NewFormError(Exception):
    """Google's answer is not in the form that this module knows."""


class Ticket(NamedTuple):
    """What Google's page of an article gives for asking its URL."""

    article_id: str
    signature: str
    time: int


def page_url(article_id: str, origin: str = ORIGIN) -> str:
    """Return the URL of the page that holds the ticket of `article_id`."""
    return f"{origin}/rss/articles/{quote(article_id, safe='')}?hl=en-US&gl=US&ceid=US:en"


def call_url(origin: str = ORIGIN) -> str:
    """Return the URL that answers calls."""
    return f"{origin}/_/DotsSplashUi/data/batchexecute?rpcids={_CALL}"


def wall_in(body: bytes, location: str = "") -> str:
    """Return what stands in the way instead of an answer, "" if nothing does.

    `location` is where a redirect leads. A page with a ticket is no wall whatever it links to.
    """
    if location:
        return _WALLS.get(kind_at(location), "")
    text = _text(body)
    if _SIGNATURE_NAME in text or text.startswith(_GUARD):
        return ""
    found = (kind for kind, signs in _WALL_TEXTS.items() if any(sign in text for sign in signs))
    return _WALLS.get(next(found, ""), "")


def read_page(article_id: str, body: bytes) -> Ticket:
    """Return the ticket in Google's page of `article_id`. Raises NewFormError if there is none."""
    text = _text(body)
    at = -1
    for _ in range(_MOST_TAGS):
        at = text.find(_SIGNATURE_NAME, at + 1)
        if at == -1:
            break
        found = _attributes_around(text, at)
        signature, time = found.get(_SIGNATURE_NAME, ""), found.get(_TIME_NAME, "")
        if signature and re.fullmatch(r"[0-9]{1,18}", time):
            return Ticket(article_id, signature, int(time))
    raise NewFormError("no signature in the article's page")


def _attributes_around(text: str, at: int) -> dict[str, str]:
    """Return the attributes of the tag that `at` is in, as far as they stand near."""
    start = text.rfind("<", max(0, at - _LONGEST_TAG), at) + 1
    end = text.find(">", at, at + _LONGEST_TAG)
    return {
        match[1]: html.unescape(match[2] if match[2] is not None else match[3])
        for match in _ATTRIBUTE.finditer(text, start or at, end if end != -1 else at)
    }


def form_of(tickets: Sequence[Ticket]) -> Mapping[str, str]:
    """Return the form that asks for the URLs of `tickets`, numbered from 1 in their order."""
    calls = [
        [_CALL, _compact([_ASKS, _CONTEXT, t.article_id, t.time, t.signature]), None, str(number)]
        for number, t in enumerate(tickets, 1)
    ]
    return {"f.req": _compact([calls])}


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def read_answer(tickets: Sequence[Ticket], body: bytes) -> dict[str, str]:
    """Return what Google calls the URL of each article id; ids without a row are left out.

    The URLs are Google's word, to be checked. Raises NewFormError when the answer is in no known
    form, or has rows for these calls of which none can be read.
    """
    rows = [row for row in _rows(_text(body)) if row[:2] == ["wrb.fr", _CALL]]
    if not rows:
        raise NewFormError("no row of the answer is one for these calls")
    found: dict[str, str] = {}
    for row in rows:
        number, url = str(row[-1]), _url_of(row)
        if url and number.isascii() and number.isdigit() and 1 <= int(number) <= len(tickets):
            found.setdefault(tickets[int(number) - 1].article_id, url)
    if not found and any(row[2:3] not in ([], [None]) for row in rows):
        raise NewFormError("the rows of the answer hold no URL")
    return found


def _rows(text: str) -> Iterator[list[Any]]:
    """Yield the rows of every JSON array in an answer: one array, or chunks with their lengths."""
    if not text.startswith(_GUARD):
        raise NewFormError("the answer does not begin as it did")
    decoder, at = json.JSONDecoder(), text.find("[")
    while at != -1:
        try:
            chunk, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise NewFormError("the answer is not JSON") from error
        yield from (row for row in chunk if isinstance(row, list) and row)
        at = text.find("[", at)


def _url_of(row: list[Any]) -> str:
    try:
        inner = json.loads(row[2])
    except (IndexError, TypeError, ValueError, RecursionError):
        return ""
    if isinstance(inner, list) and len(inner) > 1 and inner[0] == _ANSWERS:
        return inner[1] if isinstance(inner[1], str) else ""
    return ""


def _text(body: bytes) -> str:
    return body[:_LONGEST].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
