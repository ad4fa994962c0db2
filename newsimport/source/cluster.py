"""Find the headlines that Google News packs into the HTML of an item's description."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

from newsimport.models import Headline
from newsimport.source.googlenews import is_full_coverage
from newsimport.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

# What stands between a headline and its publisher's name when the headline itself repeats it.
_SEPARATOR = re.compile(r"\s{1,3}[-–—|·•»]\s{1,3}|\s?[|｜：]\s?")
# A name is that of the headline's last parts: no name has more separators in it.
_MOST_PARTS = 4
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "gob", "go", "or", "ne"})
# Bounds far above what Google sends, for what exceeds them is to keep us busy.
_LONGEST_TITLE = 1_000
_LONGEST_URL = 8_192
_MOST_HEADLINES = 50
_MOST_REPEATS = 8


def strip_publisher(title: str, publisher: str, address: str = "") -> str:
    """Return `title` without its publisher at its end, however it is written there.

    That is `publisher` itself, as the feed has it or in another case, its domain ("P.com"), or
    that of its `address` (a URL, "" for unknown), after a dash or a bar, as often as it stands
    there. Nothing else goes: a headline may itself hold " - ", and so may a publisher's name
    ("Rivals.com - Auburn"). A title that is all publisher is left as it is.
    """
    if not publisher or not _SEPARATOR.search(title):
        return title
    names = _names_of(publisher, address)
    for _ in range(_MOST_REPEATS):
        shorter = _without_tail(title, names)
        if not shorter:
            break
        title = shorter
    return title


def _without_tail(title: str, names: frozenset[str]) -> str:
    """Return a title without the longest tail that is one of `names`, "" if there is none."""
    for found in list(_SEPARATOR.finditer(title))[-_MOST_PARTS:]:
        if _name_key(title[found.end() :]) in names:
            return title[: found.start()].rstrip()
    return ""


@lru_cache(maxsize=4096)
def _names_of(publisher: str, address: str) -> frozenset[str]:
    """Return what a publisher is called at the end of its headlines, as `_name_key` has it."""
    names = {_name_key(publisher), _name_key(_SEPARATOR.split(publisher)[0])}
    if address:
        host = address.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]
        names.add(_name_key(host))
    return frozenset(names - {""})


def _name_key(name: str) -> str:
    """Return a name to compare by: without case, "The", a domain's ending, or punctuation."""
    key = name.strip().casefold().removeprefix("www.").removeprefix("the ")
    labels = key.split(".")
    if " " not in key and len(labels) > 1 and 1 < len(labels[-1]) < 15:
        labels.pop()
        if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
            labels.pop()
    return "".join(char for char in "".join(labels) if char.isalnum())


def read_cluster(html: str) -> tuple[Headline, ...]:
    """Return the headlines in a Google News description, in its order, the lead first.

    Reads the markup of every era since 2009: the ordered list of today and the lone
    `<a>…<font>`, with or without a "Full coverage" row (no headline), the tables of 2017, and
    those of 2009 to 2015, where a link with no publisher beside it is a thumbnail or a list of
    further publishers, not a headline. Empty when there is no link in it.

    One pass over its tags, for a tree takes twenty times as long and a hostile one longer.
    """
    if "<a" not in html and "<A" not in html:
        return ()
    scan = _Scan()
    place = 0
    for found in _TAG.finditer(html):
        if found.start() < place:
            continue
        scan.text(html[place : found.start()])
        place = found.end()
        closing, name, inside = found.groups()
        if name is None:
            place = _end_of_comment(html, place)
        elif closing:
            scan.end(name.lower())
        else:
            scan.start(name.lower(), inside)
    scan.text(html[place:])
    return tuple(islice(scan.headlines(), _MOST_HEADLINES))


_TAG = re.compile(r"<(?:(/?)([A-Za-z][A-Za-z0-9]{0,15})([^<>]*)>|!--)")
_HREF = re.compile(r"""(?<![\w-])href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
# Tags whose end ends a publisher's name that nobody closed.
_ROWS = frozenset({"li", "td", "tr", "table", "ol", "ul", "p", "div"})


def _end_of_comment(html: str, place: int) -> int:
    end = html.find("-->", place)
    return end + 3 if end >= 0 else len(html)


class _Link:
    """A link as the scan goes over it: its text, and the texts of the fonts that follow it."""

    __slots__ = ("fonts", "has_image", "is_open", "text", "url")

    def __init__(self, url: str) -> None:
        self.url = url
        self.text: list[str] = []
        self.fonts: list[list[str]] = []
        self.has_image = False
        self.is_open = True


class _Scan:
    """What has been met of a description so far."""

    def __init__(self) -> None:
        self._links: list[_Link] = []
        self._link: _Link | None = None
        self._fonts: list[list[str]] = []
        self._has_table = self._has_rows = False

    def start(self, name: str, inside: str) -> None:
        """Take a start tag and what stands in it."""
        if name == "a":
            self._begin_link(inside)
        elif name == "font":
            self._fonts.append([])
        elif name == "img" and self._link and self._link.is_open:
            self._link.has_image = True
        elif name == "table":
            self._has_table = True
        elif name == "li":
            self._has_rows = True

    def _begin_link(self, inside: str) -> None:
        # A font that goes on around the next link is no name of a publisher.
        self._fonts = []
        found = _HREF.search(inside) if "=" in inside else None
        url = next(filter(None, found.groups()), "") if found else ""
        self._link = _Link(unescape(url).strip()) if found and len(url) <= _LONGEST_URL else None
        if self._link and len(self._links) < 2 * _MOST_HEADLINES:
            self._links.append(self._link)

    def end(self, name: str) -> None:
        """Take an end tag."""
        if name == "a" and self._link and self._link.is_open:
            self._link.is_open = False
            self._fonts = []
        elif name == "font" and self._fonts:
            self._close_font()
        elif name in _ROWS:
            while self._fonts:
                self._close_font()

    def _close_font(self) -> None:
        parts = self._fonts.pop()
        link = self._link
        if link is None or link.is_open:
            return
        if self._fonts:
            # The outer one says it all, with what stands around the inner one.
            self._fonts[-1] += parts
        else:
            link.fonts.append(parts)

    def text(self, text: str) -> None:
        """Take text between tags."""
        if not text or self._link is None:
            return
        if self._link.is_open:
            self._link.text.append(text)
        elif self._fonts:
            self._fonts[-1].append(text)

    def headlines(self) -> Iterator[Headline]:
        """Yield the headlines among the links."""
        while self._fonts:
            self._close_font()
        in_table = self._has_table and not self._has_rows
        for link in self._links:
            title = _text_of(link.text)
            if not title or is_full_coverage(link.url) or (in_table and link.has_image):
                continue
            publisher = next(filter(None, map(_text_of, link.fonts)), "")
            if publisher or not in_table:
                yield Headline(strip_publisher(title, publisher), link.url, publisher)


def _text_of(parts: list[str]) -> str:
    return tidy(unescape("".join(parts)[:_LONGEST_TITLE]))
