"""Make entries of what the items of an RSS feed say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from newsimport.models import Entry, Pace
from newsimport.source.dates import read_date, read_google_date, read_odd_date
from newsimport.source.googlenews import secret_id
from newsimport.source.limits import LARGEST_IMAGE
from newsimport.text import tidy, tidy_all

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from newsimport.source.builder import Record

_FORBIDDEN = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f]"
_TITLE_MARKUP = r"(?i)</?(?:a|b|i|em|strong|span|font|br|sup|sub|u|small|img|p|wbr)\b[^<>]*>"
_TITLE_ENTITY = r"(?i)&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONGEST_LINE = 1 << 13
_LONGEST_TITLE = 1_000
# Whoever writes dates that nobody reads writes them all so: some of them tell.
_MOST_ODD_DATES = 20
_DATES = ("published", "published 2", "published 3", "published 4", "updated", "updated 2")


class Reader:
    """Makes the entries of one feed."""

    def __init__(self) -> None:
        self._odd: dict[str, datetime | None] = {}

    def entry(self, item: Record, channel: Record) -> Entry:
        """Return what an item's record says; relative addresses are of its feed's."""
        summary, content = first(item, "summary", 4), item.get("content", "")
        address = first(item, "link", 2)
        guid, link = item.get("id", ""), address
        # In a link of Google's, and so in the guid that it is made of, nothing is to be tidied.
        if not guid or secret_id(link) != guid:
            guid, link = _lines((guid, link))
        headline, publisher, publisher_url = _lines(
            (first(item, "title", 3), item.get("source", ""), item.get("source url", ""))
        )
        if not address and item.get("is permalink", True) and "://" in guid[:10]:
            link = guid
        image = _image(item) if "image" in item or "media" in item else ""
        if not (_is_whole(link) and _is_whole(image)):
            base = line(item.get("base") or channel.get("base") or channel.get("link"))
            link, image = absolute(link, base), absolute(image, base)
        return Entry(
            guid,
            _without_markup(headline),
            link,
            self._date(item),
            content or summary,
            summary if content else "",
            _without_markup(publisher),
            publisher_url,
            image,
            _categories(item["category"]) if "category" in item else (),
        )

    def _date(self, item: Record) -> datetime | None:
        if (when := read_google_date(item.get("published", ""))) is not None:
            return when
        given = [tidy(item[name]) for name in _DATES if name in item]
        for text in given:
            if (when := read_date(text)) is not None:
                return when
        for text in given:
            if text not in self._odd and len(self._odd) < _MOST_ODD_DATES:
                self._odd[text] = read_odd_date(text)
            if (when := self._odd.get(text)) is not None:
                return when
        return None


def _categories(given: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(title, given))))


def first(record: Record, key: str, count: int = 1) -> str:
    """Return the best word for `key`, among `count` kinds of it."""
    found: str = record.get(key, "")
    if found or count == 1:
        return found
    names = [f"{key} {number}" for number in range(2, count + 1)]
    return next((record[name] for name in names if record.get(name)), "")


def _image(item: Record) -> str:
    """Return the largest image among enclosures and media elements, else iTunes' own.

    Of those as large as each other the first; one that is too large to be shown only if there is
    no other; a thumbnail only if there is nothing else.
    """
    media: list[tuple[str, str, str, int, int]] = item.get("media", [])
    images = [
        (length <= LARGEST_IMAGE, pixels, address)
        for kind, medium, address, pixels, length in media
        if kind.startswith("image/") or medium == "image"
    ]
    if images:
        return line(max(images, key=lambda image: image[:2])[2])
    thumbnails = [(pixels, at) for _, medium, at, pixels, _ in media if medium == "thumbnail"]
    largest = max(thumbnails, key=lambda thumbnail: thumbnail[0], default=(0, ""))
    return line(largest[1] or item.get("image"))


def absolute(address: str, base: str) -> str:
    """Return an address as `base` makes it whole, as it is where that cannot be."""
    if not base or _is_whole(address):
        return address
    try:
        return line(urljoin(base, address))
    except ValueError:
        return address


def _is_whole(address: str) -> bool:
    return not address or _SCHEME.match(address) is not None


def read_pace(channel: Record) -> Pace:
    """Return how often an RSS feed wants to be asked (https://www.rssboard.org/rss-specification)."""
    ttl = channel.get("ttl", "")
    hours = [int(hour) for hour in channel.get("hours", ()) if hour.isdecimal() and len(hour) < 3]
    days = [day.strip().lower() for day in channel.get("days", ())]
    return Pace(
        int(ttl) if ttl.isdecimal() and len(ttl) < 7 else 0,
        # 24 was midnight in a draft that some feeds still follow.
        frozenset(hour % 24 for hour in hours if hour <= 24),
        frozenset(_DAYS.index(day) for day in days if day in _DAYS),
    )


def forbids(text: str) -> bool:
    """Say whether decoded text has a character that XML 1.0 forbids, however it got there."""
    return re.search(_CONTROL, text) is not None or "\ufffe" in text or "\uffff" in text


def allowed(text: str) -> str:
    """Return text with a blank for each character that XML 1.0 forbids."""
    return text if text.isprintable() else re.sub(_FORBIDDEN, " ", text)


def line(value: Any) -> str:
    """Return a value as a tidy line, "" for none."""
    return tidy(str(value))[:_LONGEST_LINE].rstrip() if value else ""


def _lines(texts: Sequence[str]) -> list[str]:
    return [
        text if len(text) <= _LONGEST_LINE else text[:_LONGEST_LINE].rstrip()
        for text in tidy_all(texts)
    ]


def title(value: Any) -> str:
    """Return a title as text: many feeds put HTML, or doubly escaped entities, there."""
    return _without_markup(line(value))


def _without_markup(text: str) -> str:
    if len(text) > _LONGEST_TITLE:
        text = text[:_LONGEST_TITLE].rstrip()
    if ("<" in text and re.search(_TITLE_MARKUP, text)) or (
        "&" in text and ";" in text and re.search(_TITLE_ENTITY, text)
    ):
        import html

        text = tidy(html.unescape(re.sub(_TITLE_MARKUP, "", text)))
    return text
