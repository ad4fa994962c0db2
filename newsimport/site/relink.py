"""Put what was learned of a story after it was written into its file; pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsimport.models import NOTHING
from newsimport.records import NamedTuple
from newsimport.site.layout import find
from newsimport.site.markdown import destination, safe_url
from newsimport.site.merge import BODY, Plan, body_fingerprint, fingerprint
from newsimport.source.googlenews import article_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsimport.models import Headline, Value
    from newsimport.site.frontmatter import Document
    from newsimport.site.layout import Layout


class Learned(NamedTuple):
    """What was learned of a story: publishers' URLs by Google's article ids, and further fields.

    The further fields are those that a file has only once they are known, such as `image`; they
    are added, and take the place of what we wrote.
    """

    links: Mapping[str, str] = NOTHING
    fields: Mapping[str, Value] = NOTHING


def relink(headlines: Sequence[Headline], links: Mapping[str, str]) -> tuple[Headline, ...]:
    """Return a file's headlines with the publishers' URLs in place of Google's."""
    return tuple(
        line._replace(url=safe_url(links[identifier]), google_url=line.url)
        if not line.google_url and (identifier := article_id(line.url)) in links
        else line
        for line in headlines
    )


def revise(
    document: Document,
    layout: Layout,
    learned: Learned,
    headlines: Value | None,
    written: Mapping[str, str],
) -> Plan:
    """Decide what of a file changes with what was learned, around its user's edits (clause 18).

    `headlines` are the file's with their new links, as front matter has them, None where none
    changes; `written` are the digests of what we wrote last. What its user edited stays as it is,
    and what was never there is only added.
    """
    news = _news(document, layout, learned, headlines)
    changes = {
        place: value
        for name, value in news.items()
        if (place := layout.place(name))
        and fingerprint(find(document.fields, place)) == written.get(place, "")
        and find(document.fields, place) != value
    }
    if layout.place("link") not in changes:
        changes.pop(layout.place("google_link"), None)
    body = None
    if body_fingerprint(document.body) == written.get(BODY):
        text = document.body.replace("\r\n", "\n")
        relinked = _relink_text(text, learned.links)
        body = relinked if relinked != text else None
    after = dict(written) | {name: fingerprint(value) for name, value in changes.items()}
    if body is not None:
        after[BODY] = body_fingerprint(body)
    return Plan(changes, body, frozenset(), after)


def _news(
    document: Document, layout: Layout, learned: Learned, headlines: Value | None
) -> dict[str, Value]:
    """Return what we would write now, by the fields' names."""
    news = dict(learned.fields)
    if headlines is not None:
        news["headlines"] = headlines
    link = layout.value(document.fields, "link")
    if isinstance(link, str) and (url := safe_url(learned.links.get(article_id(link), ""))):
        news |= {"link": url, "google_link": link}
    return news


_ADDRESS = re.compile(r"https?://news\.google\.[A-Za-z0-9\-._~:/?#@,;=&+%]+")


def _relink_text(text: str, links: Mapping[str, str]) -> str:
    """Return a body with the publishers' URLs in place of Google's."""

    def spell(found: re.Match[str]) -> str:
        return destination(links.get(article_id(found[0]), "")) or found[0]

    return _ADDRESS.sub(spell, text)
