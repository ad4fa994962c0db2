"""Find the headlines that Google News packs into the HTML of an item's description."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsimport.models import Headline
from newsimport.source.googlenews import is_full_coverage
from newsimport.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4.element import Tag

# What stands between a headline and its publisher's name when the headline itself repeats it.
_SEPARATORS = r"\s+[-–—|·]\s+|\s*[｜：]\s*"


def strip_publisher(title: str, publisher: str) -> str:
    """Return `title` without `publisher` at its end, however often it stands there.

    Only the publisher's very name goes, with the separator before it: a headline may itself
    hold " - ", and so may a publisher's name ("Rivals.com - Auburn").
    """
    if not publisher:
        return title
    suffix = re.compile(f"(?:{_SEPARATORS}){re.escape(publisher)}$")
    while (shorter := suffix.sub("", title).rstrip()) and shorter != title:
        title = shorter
    return title


def read_cluster(html: str) -> tuple[Headline, ...]:
    """Return the headlines in a Google News description, in its order, the lead first.

    Reads the markup of every era since 2009: the ordered list of today and the lone
    `<a>…<font>`, with or without a "Full coverage" row (no headline), the tables of 2017, and
    those of 2009 to 2015, where a link with no publisher beside it is a thumbnail or a list of
    further publishers, not a headline. Empty when there is no link in it.
    """
    if "<a" not in html and "<A" not in html:
        return ()
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "lxml")
    in_table = soup.find("table") is not None and soup.find("li") is None
    headlines = []
    for anchor in soup.find_all("a", href=True):
        title, url = tidy(anchor.get_text()), str(anchor["href"]).strip()
        if not title or is_full_coverage(url) or (in_table and anchor.find("img")):
            continue
        publisher = _publisher_after(anchor)
        if publisher or not in_table:
            headlines.append(Headline(strip_publisher(title, publisher), url, publisher))
    return tuple(headlines)


def _publisher_after(anchor: Tag) -> str:
    """Return the text of the first `<font>` between this link and the next."""
    for element in _following(anchor):
        if element.name == "a":
            break
        if element.name == "font" and not element.find("a") and (name := tidy(element.get_text())):
            return name
    return ""


def _following(anchor: Tag) -> Iterator[Tag]:
    """Yield the elements after the end of `anchor`, in the document's order."""
    from bs4.element import Tag

    inside = {id(element) for element in anchor.descendants}
    for element in anchor.next_elements:
        if isinstance(element, Tag) and id(element) not in inside:
            yield element
