"""Find the headlines that Google News packs into the HTML of an item's description."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from newsimport.models import Headline
from newsimport.source.googlenews import is_full_coverage, secret_id
from newsimport.source.limits import most_tree_size
from newsimport.text import tidy, tidy_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bs4.element import PageElement, Tag

    # The titles, links and publishers of a cluster.
    Columns = tuple[Sequence[str], Sequence[str], Sequence[str]]
    Getter = Callable[[list[tuple[str, ...]]], Any]

# What stands between a headline and its publisher's name when the headline itself repeats it. No
# class of three signs beyond Latin-1 that is not needed, for `re` is slow to compile one.
_SEPARATOR = re.compile(r"\s{1,3}(?:[-|·»]\s|[–—]\s|•\s)\s{0,2}|\s?\|\s?|\s?[｜：]\s?")
# So stands one of their marks in each: to look for the separators themselves takes long.
_MARKS = ("- ", "|", "– ", "— ", "· ", "• ", "» ", "｜", "：")
# A name is that of the headline's last parts: no name has more separators in it.
_MOST_PARTS = 4
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "gob", "go", "or", "ne"})
# Bounds far above what Google sends, for what exceeds them is to keep us busy.
_LONGEST_TITLE = 1_000
_LONGEST_URL = 8_192
_LONGEST_MARKUP = 1 << 15
_MOST_HEADLINES = 50
_MOST_LINKS = 60
_MOST_FONTS = 4
_MOST_STRINGS = 100
_MOST_REPEATS = 8
# What lxml refuses in a text.
_UNFIT = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"


def strip_publisher(title: str, publisher: str, address: str = "") -> str:
    """Return `title`, which is tidy, without its publisher at its end, however it is written.

    That is `publisher` itself, as the feed has it or in another case, its domain ("P.com"), or
    that of its `address` (a URL, "" for unknown), after a dash or a bar, as often as it stands
    there. Nothing else goes: a headline may itself hold " - ", and so may a publisher's name
    ("Rivals.com - Auburn"). A title that is all publisher is left as it is.
    """
    if not publisher or (mark := _first_mark(title)) < 0:
        return title
    names = _names_of(publisher, address)
    for _ in range(_MOST_REPEATS):
        shorter = _without_tail(title, names, mark)
        if not shorter:
            break
        title = shorter
    return title


def _first_mark(text: str) -> int:
    """Return where the first separator of a tidy text may have its mark, -1 for none."""
    first = -1
    for mark in _MARKS:
        # A sign that is not there is missed in no time, two signs in a row are not.
        if mark[0] in text and (at := text.find(mark)) >= 0 and (at < first or first < 0):
            first = at
    return first


def _without_tail(title: str, names: frozenset[str], mark: int) -> str:
    """Return a title without the longest tail that is one of `names`, "" if there is none."""
    # At most three blanks are before the first mark that belong to its separator.
    for found in list(_SEPARATOR.finditer(title, max(0, mark - 3)))[-_MOST_PARTS:]:
        if _name_key(title[found.end() :]) in names:
            return title[: found.start()].rstrip()
    return ""


@lru_cache(maxsize=512)
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
    return "".join(filter(str.isalnum, "".join(labels)))


def _is_articles(url: str) -> bool:
    """Tell whether a link of a cluster leads to an article, not to all articles on its story."""
    return url != "" and len(url) <= _LONGEST_URL and not is_full_coverage(url)


def read_cluster(html: str) -> tuple[Headline, ...]:
    """Return the headlines in a Google News description, in its order, the lead first.

    Reads the markup of every era since 2009: the ordered list of today and the lone
    `<a>…<font>`, with or without a "Full coverage" row (no headline), the tables of 2017, and
    those of 2009 to 2015, where a link with no publisher beside it is a thumbnail or a list of
    further publishers, not a headline. Empty when there is no link in it.

    Of HTML of more than 32 KiB, the beginning.
    """
    if "<a" not in html and "<A" not in html:
        return ()
    html = html[:_LONGEST_MARKUP]
    return _headlines(*(read_known(html) or read_any(html)))


def tree_size(html: str) -> int:
    """Return how much `read_cluster` would make a tree of, in tags, 0 where it needs none."""
    html = html[:_LONGEST_MARKUP]
    if ("<a" not in html and "<A" not in html) or read_known(html) is not None:
        return 0
    return most_tree_size(html)


def _headlines(
    titles: Sequence[str], urls: Sequence[str], publishers: Sequence[str]
) -> tuple[Headline, ...]:
    """Return the headlines among links, by their titles, addresses and publishers."""
    texts = [*titles, *publishers]
    if not texts:
        return ()
    if max(map(len, texts)) > _LONGEST_TITLE:
        texts = [text[:_LONGEST_TITLE] for text in texts]
    tidied = tidy_all(texts)
    titles, publishers = tidied[: len(urls)], tidied[len(urls) :]
    if _first_mark(" ".join(titles)) >= 0:
        titles = list(map(strip_publisher, titles, publishers))
    links = zip(titles, map(str.strip, urls), publishers, strict=True)
    found = [
        Headline(title, url, publisher)
        for title, url, publisher in links
        if title and (secret_id(url) or _is_articles(url))
    ]
    return tuple(found[:_MOST_HEADLINES])


# ---------------------------------------------------------------- markup that is known

# Nothing but what all readers of HTML read alike: no other tag, entity or attribute, no control. A
# row's pattern does no more than cut its texts out: they are looked over together, all at once. An
# ampersand that begins no reference, as Google leaves some, is one.
_TEXT, _URL = "[^<]*+", '[^"]*+'
_REFERENCES = (
    ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&nbsp;", "\xa0"), ("&#39;", "'"),
    ("&amp;", "&"),
)  # fmt: skip
_odd_reference = re.compile("&(?!(?:amp|lt|gt|quot|nbsp|#39);| |(?:gl|ceid|oc)=)").search
_UNLIKE = "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
_RUN = (
    f'<a href="(?P<url>{_URL})"(?: target="_blank")?>(?P<title>{_TEXT})</a>'
    f'&nbsp;&nbsp;<font color="#6f6f6f">(?P<publisher>{_TEXT})</font>'
)
_COVERAGE = (
    f'<strong><a href="(?P<more_url>{_URL})"(?: target="_blank")?>(?P<more_title>{_TEXT})</a>'
    "</strong>"
)


class Era:
    """Google's markup of some years: rows between `opening` and `closing`, read without a tree.

    `row` is a pattern with the groups `url`, `title` and `publisher`; one that may hold a link
    without a publisher, besides or instead, has the groups `more_url` and `more_title` for it.
    Each is `_TEXT` or `_URL`, and holds all of a row's text, so that it is read here as HTML's
    rules read it.
    """

    def __init__(self, opening: str, row: str, closing: str) -> None:
        self._opening, self._row, self._closing = opening, row, closing

    @cached_property
    def _rows(self) -> tuple[re.Pattern[str], Getter, Getter]:
        """What finds the rows, and what takes of their columns a link's, and what more there is."""
        # The last group has what begins as no row does, and all that follows.
        pattern = re.compile(f"(?:{self._row})|((?s:.+))")
        places = pattern.groupindex
        link = itemgetter(*(places[name] - 1 for name in ("title", "url", "publisher")))
        more = [places[name] - 1 for name in ("more_title", "more_url") if name in places]
        return pattern, link, itemgetter(*more) if more else lambda _columns: ((), ())

    def read(self, html: str) -> Columns | None:
        """Return what the links say, None if there are none or any of it is other markup."""
        if not (html.startswith(self._opening) and html.endswith(self._closing)):
            return None
        pattern, links_of, more_of = self._rows
        found = pattern.findall(html, len(self._opening), len(html) - len(self._closing))
        if not found or found[-1][-1]:
            return None
        groups = list(zip(*found, strict=True))
        columns, more = links_of(groups), more_of(groups)
        if any(map(any, more)):
            pairs = zip(columns, (*more, [""] * len(found)), strict=True)
            columns = [[*chain.from_iterable(zip(*pair, strict=True))] for pair in pairs]
        return _decoded(*columns)


def _decoded(
    titles: Sequence[str], urls: Sequence[str], publishers: Sequence[str]
) -> Columns | None:
    """Return texts without references to characters, None if there is anything odd in them."""
    # What is known for links as Google writes them has none of what is looked for.
    texts = [*titles, *publishers, *(() if all(map(secret_id, urls)) else urls)]
    text = "\n".join(texts)
    if "<" in text or ">" in text:
        return None
    if "&" in text:
        if _odd_reference(text) or text.count("\n") >= len(texts):
            return None
        # HTML has two thousand references, known markup has six.
        for reference, character in _REFERENCES:
            text = text.replace(reference, character)
        texts = text.split("\n")
    # What is tidy has no control in it.
    if tidy_all(texts) != texts and re.search(_UNLIKE, "".join(texts)):
        return None
    count = len(urls)
    return texts[:count], texts[2 * count :] or urls, texts[count : 2 * count]


# A row for each markup that Google has written; the tables of before 2019 are left to `read_any`.
ERAS = (
    # 2024 to today, and since 2019 with a last row that leads to all articles: a cluster.
    Era("<ol>", f"<li>(?:{_RUN}|{_COVERAGE})</li>", "</ol>"),
    # 2019 to today: a story with one publisher.
    Era("", f"{_RUN}(?:(?:&nbsp;&nbsp;)?{_COVERAGE})?", ""),
)


def read_known(html: str) -> Columns | None:
    """Return title, link and publisher of each link in markup of one of the ERAS.

    None where any character of it is of another kind: `read_any` is for that.
    """
    return next(filter(None, (era.read(html) for era in ERAS)), None)


# ---------------------------------------------------------------- any markup


def read_any(html: str) -> Columns:
    """Return title, link and publisher of each headline in the markup of any era, or in any other.

    A publisher is the first `<font>` between a link and the next that holds no link itself.
    """
    from bs4 import BeautifulSoup

    # Within an element of ours: a document that begins as XML does would be worth a warning.
    soup = BeautifulSoup("<div>" + re.sub(_UNFIT, " ", html), "lxml")
    in_table = soup.find("table") is not None and soup.find("li") is None
    titles, urls, publishers = [], [], []
    for anchor in soup.find_all("a", href=True, limit=_MOST_LINKS):
        publisher = _publisher_after(anchor)
        if not in_table or (publisher and not anchor.find("img")):
            titles.append("".join(islice(anchor.strings, _MOST_STRINGS)))
            urls.append(str(anchor["href"]))
            publishers.append(publisher)
    return titles, urls, publishers


def _publisher_after(anchor: Tag) -> str:
    fonts = 0
    for element in _following(anchor):
        if element.name == "a" or fonts == _MOST_FONTS:
            break
        if element.name == "font":
            fonts += 1
            if not element.find("a") and (name := tidy(element.get_text())):
                return name
    return ""


def _following(anchor: Tag) -> Iterator[Tag]:
    """Yield the elements after the end of `anchor`, in the document's order."""
    from bs4.element import Tag

    last: PageElement = anchor
    while isinstance(last, Tag) and last.contents:
        last = last.contents[-1]
    yield from (element for element in last.next_elements if isinstance(element, Tag))
