"""Take over files that others wrote, by the links in them, without changing a byte of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from newsimport.errors import NewsimportError
from newsimport.site import frontmatter
from newsimport.site.classic import classic_tags, text_of
from newsimport.site.frontmatter import FrontMatterError, parse_time
from newsimport.site.layout import PLACES, find, recalled
from newsimport.site.ledger import Known
from newsimport.site.merge import BODY, UNKNOWN, body_fingerprint, fingerprint
from newsimport.site.rows import rows_in_body
from newsimport.site.stamp import STAMP, GuidSeen, link_mark, read_stamp
from newsimport.source.googlenews import article_id
from newsimport.story.identity import digest, story_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from newsimport.models import Value
    from newsimport.site.frontmatter import Document
    from newsimport.site.layout import Layout
    from newsimport.site.ledger import Ledger
    from newsimport.site.site import Site

    # A story as its file alone tells it, and the guids that stand for its links.
    Linked = tuple[Known, tuple[GuidSeen, ...]]

# Where other tools put the address of what they import: @11ty/import `url`, jekyll-import
# `canonical_url`; `params` is where Hugo wants what it does not know. A `url` or a `link` that is a
# path is the page's own.
_FOREIGN = ("params.link", "canonical_url", "original_url", "external_url", "source_url", "url")
_SUFFIXES = (".md", ".markdown", ".html")
_ADDRESS = re.compile(r"https?://[^\s\"'<>()\[\]\\`]+")
_JEKYLL_DAY = re.compile(r"\d{4}-\d{2}-\d{2}-")
_MOST_ARTICLES = 50


@dataclass(frozen=True, slots=True)
class Adopted:
    """What became of a file: `action` is "adopted", "known" (it was a story already), "refused"."""

    path: str
    action: str
    reason: str = ""


def adopt(site: Site) -> list[Adopted]:
    """Remember all files of a site that hold a link as stories, each where it is.

    What is adopted is kept by the ledger alone: no file changes.
    """
    site.remember_files()
    found = [_adopt(site, path) for path in site.store.scan(_SUFFIXES)]
    site.save()
    return found


def _adopt(site: Site, path: str) -> Adopted:
    if site.ledger.at_path(path):
        return Adopted(path, "known")
    try:
        known, guids = recall_linked(path, site.store.read(path) or "", site.now, site.layouts)
    except NewsimportError as error:
        return Adopted(path, "refused", str(error))
    there = story_of(site.ledger, known, guids)
    if there and there.state == "live" and site.store.exists(there.path):
        return Adopted(path, "refused", f"{there.path} is the story of its link already")
    if there:  # its file was deleted, or moved away
        known.key = there.key
    site.ledger.save(known)
    site.ledger.learn(known, guids)
    return Adopted(path, "adopted")


def story_of(ledger: Ledger, linked: Known, guids: Sequence[GuidSeen]) -> Known | None:
    """Return the story that the ledger knows by the links of a file, None if it knows none."""
    # Google's guids are the ids of the articles that its items link to.
    for name in (*(guid.digest for guid in guids), guids[0].articles[0]):
        if seen := ledger.seen(name, ""):
            return ledger.story(seen.story)
    return ledger.story(linked.key)


def recall_linked(
    path: str, text: str, now: datetime, layouts: Sequence[Layout] = (), *, ours: bool = False
) -> Linked:
    """Return the story that a file without our stamp is, by the links in it.

    What is in it counts as its user's, but for what follows from the rest of it. With `ours`, a run
    in style `classic` wrote it just now and was killed before it could remember it: the story is
    as new as that, and Google's guid is the article's id. Raises FrontMatterError, with what is
    missing.
    """
    document = frontmatter.read(text)
    fields = document.fields
    if read_stamp(fields):
        raise FrontMatterError("it is a copy of a story's file")
    links = _links(fields, layouts) or _lead_of(document.body)
    if not links:
        raise FrontMatterError("its front matter has no link to an article")
    articles = dict.fromkeys(map(_article, [*links, *_links_in(document.body)]))
    digests = tuple(map(digest, articles))
    derived = _derived(document)
    written = dict.fromkeys((*fields, BODY) if ours else (*fields, BODY, STAMP), UNKNOWN)
    written |= {name: fingerprint(fields[name]) for name in derived if name in fields}
    if BODY in derived:
        written[BODY] = body_fingerprint(document.body)
    dates = [] if ours else map(parse_time, recalled(fields, "date", layouts))
    known = Known(
        story_key(_article(links[0])),
        path,
        min(next(filter(None, dates), now), now),
        written=written,
        slug=_slug(path, recalled(fields, "slug", layouts)),
    )
    marks = dict.fromkeys(_guid(link) if ours else link_mark(link) for link in links)
    return known, tuple(GuidSeen(mark, now, digests) for mark in marks)


def _guid(link: str) -> str:
    article = article_id(link)
    return digest(article) if article else link_mark(link)


def _article(link: str) -> str:
    return article_id(link) or link


def _links(fields: Mapping[str, Value], layouts: Sequence[Layout]) -> list[str]:
    """Return the addresses of articles that front matter holds, the likeliest first."""
    own = [layout.place("link") for layout in layouts]
    places = dict.fromkeys([*own, "link", *sorted(PLACES["link"]), *_FOREIGN, "google_link"])
    found = (find(fields, place) for place in places if place)
    links = (value.strip() for value in found if isinstance(value, str))
    return list(dict.fromkeys(link for link in links if _ADDRESS.fullmatch(link)))


def _lead_of(body: str) -> list[str]:
    """Return the link of an item that is nothing but Google's cluster, as some tools leave it."""
    from newsimport.source.cluster import read_known

    rows = rows_in_body(body) if read_known(body.strip()) else []
    return [row.given_url for row in rows if article_id(row.given_url)][:1]


def _links_in(body: str) -> list[str]:
    """Return the links of a body's headlines: of a cluster's rows, else Google's wherever."""
    rows = [row.given_url for row in rows_in_body(body)]
    google = (unescape(link) for link in _ADDRESS.findall(body) if "news.google." in link)
    return (rows or [link for link in google if article_id(link)])[:_MOST_ARTICLES]


def _derived(document: Document) -> frozenset[str]:
    """Return the fields of a file in style `classic` that follow from its others, as written.

    They are its tool's, not its user's: a body that the description repeats, tags made of the
    title. A file in another form has none.
    """
    fields, found = document.fields, set()
    said = fields.get("description")
    if isinstance(said, str) and said and said == fields.get("summary"):
        text, shown = _bare(text_of(document.body)), _bare(said.removesuffix("..."))
        if text == shown or (said.endswith("...") and text.startswith(shown)):
            found |= {"description", "summary", BODY}
    title = fields.get("title")
    if isinstance(title, str) and title and fields.get("tags") == classic_tags(title):
        found.add("tags")
    return frozenset(found)


def _bare(text: str) -> str:
    return "".join(unescape(text).split())


def _slug(path: str, slugs: Iterable[Value]) -> str:
    """Return what a page's address ends in: its slug, else its file's name."""
    said = next((slug for slug in slugs if isinstance(slug, str) and slug), "")
    stem = path.removesuffix("/index.md").rpartition("/")[2].partition(".")[0]
    return said or _JEKYLL_DAY.sub("", stem, count=1)
