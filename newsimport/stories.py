"""Make a story of a feed's item: its headlines, and what to call it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsimport.models import NOTHING, Entry, Feed, Headline, Story
from newsimport.records import NamedTuple
from newsimport.source.cluster import read_cluster, strip_publisher
from newsimport.source.dates import usable_date
from newsimport.source.googlenews import (
    article_id,
    is_google_news,
    is_publishers,
    publisher_url,
    secret_id,
    topic_name,
    url_in_id,
)
from newsimport.story.rules import NO_RULES
from newsimport.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from newsimport.story.rules import TagRules
    from newsimport.story.tags import Candidate

_FIRST_WORDS = 12
# What is longer is no headline: its words are not compared with others', for that takes time.
_LONGEST_HEADLINE = 250
_TAG = r"<(/?)([A-Za-z0-9]*+)[^<>]*+>"
_UNREAD = frozenset({"script", "style"})
# Tags that stand inside a word or beside a comma: no space takes their place.
_INLINE = frozenset("a abbr b cite code em font i mark q s small span strong sub sup u".split())
_IMAGE = re.compile(r"<img\b[^<>]{0,2000}?\bsrc\s*=\s*[\"']?(https?://[^\"'\s<>]+)", re.IGNORECASE)


class Naming(NamedTuple):
    """How the stories of a feed are to be called.

    `rules` are the user's, `categories` those that the user gives the feed in place of its own,
    `fallback` those for a feed that says none itself, `known` the tags that the site has already,
    in its spelling, by their `tag_key`.
    """

    rules: TagRules = NO_RULES
    categories: tuple[str, ...] = ()
    fallback: tuple[str, ...] = ()
    known: Mapping[str, str] = NOTHING


AS_FOUND = Naming()


def is_from_google_news(feed: Feed, entry: Entry) -> bool:
    """Say whether an item is one of Google News, by its own link or by the feed's."""
    return is_google_news(entry.link) or is_google_news(feed.link) or is_google_news(feed.url)


def read_headlines(feed: Feed, entry: Entry) -> tuple[Headline, ...]:
    """Return the headlines of an item, the lead first; never none.

    One that is not of Google News, or holds no cluster, has one: its title and link. A link of
    Google's that holds the publisher's is taken for that.
    """
    cluster = read_cluster(entry.body) if is_from_google_news(feed, entry) else ()
    if cluster:
        lead = cluster[0]
        title = strip_publisher(lead.title, lead.publisher, _site_of(entry, lead))
        if title != lead.title:
            cluster = (lead._replace(title=title), *cluster[1:])
        return tuple([line if secret_id(line.url) else _decoded(line) for line in cluster])
    title = strip_publisher(entry.title, entry.publisher, entry.publisher_url)
    title = title or _first_words(entry.body) or entry.link
    return (_decoded(Headline(title, entry.link, entry.publisher)),)


def _decoded(headline: Headline) -> Headline:
    found = "" if is_publishers(headline.url) else publisher_url(headline.url)
    return headline._replace(url=found, google_url=headline.url) if found else headline


def reveal(headlines: Iterable[Headline], urls: Mapping[str, str]) -> tuple[Headline, ...]:
    """Return headlines with the publishers' URLs that are known of their article ids."""
    return tuple(
        headline._replace(url=urls[identifier], google_url=headline.given_url)
        if (identifier := article_id(headline.given_url)) in urls
        else headline
        for headline in headlines
    )


def wanted_of(headlines: Iterable[Headline]) -> list[str]:
    """Return the article ids whose publishers' links Google alone knows, in their order.

    "" stands where the link is known.
    """
    return [secret_id(line.url) or _wanted(line) for line in headlines]


def _wanted(line: Headline) -> str:
    identifier = "" if line.google_url else article_id(line.url)
    return "" if identifier and url_in_id(identifier) else identifier


def _site_of(entry: Entry, lead: Headline) -> str:
    """Return the address of the lead's publisher, which only the item's own element gives."""
    return entry.publisher_url if lead.publisher == entry.publisher else ""


def _first_words(body: str) -> str:
    words = plain_text(body).split()
    return " ".join(words[:_FIRST_WORDS]) + ("…" if len(words) > _FIRST_WORDS else "")


def plain_text(body: str) -> str:
    """Return the text of some HTML on one line, as a reader sees it."""
    import html

    parts, at, inside = [], 0, ""
    for tag in re.finditer(_TAG, body):
        closing, name = tag[1], tag[2].lower()
        if not inside:
            parts.append(body[at : tag.start()] + ("" if name in _INLINE else " "))
            inside = name if name in _UNREAD and not closing else ""
        elif closing and name == inside:
            inside = ""
        at = tag.end()
    if not inside:
        parts.append(body[at:])
    return tidy(html.unescape("".join(parts)))


def tell(
    feed: Feed,
    entry: Entry,
    headlines: Sequence[Headline],
    now: datetime,
    naming: Naming = AS_FOUND,
) -> Story:
    """Return the story of an item.

    `headlines` are the item's, or the joint ones of several items that are one story.
    """
    lead = headlines[0]
    of_google = is_from_google_news(feed, entry)
    language = feed.language
    category = topic_name(feed.title, feed.url or feed.link, language) if of_google else feed.title
    link = _link_of(entry, lead)
    rows = tuple(headlines)
    tags, description, summary = _called(rows, language, naming) if of_google else ((), "", "")
    story = Story(
        guid=entry.guid,
        title=lead.title,
        url=link.url,
        google_url=link.google_url,
        published=usable_date(entry.published, now),
        publisher=lead.publisher or entry.publisher,
        publisher_url=entry.publisher_url,
        headlines=rows,
        description=description,
        summary=summary,
        image=entry.image or _image_in(entry.body),
        categories=naming.categories or ((category,) if category else naming.fallback),
        tags=tags,
        language=language,
        source=feed.url or feed.link,
        entry=entry,
        is_cluster=of_google,
    )
    return story if of_google else _call_other(feed, story, naming)


def _image_in(body: str) -> str:
    """Return the address of the first image in some HTML, "" for none."""
    found = _IMAGE.search(body)
    if not found:
        return ""
    from html import unescape

    return unescape(found[1])


def _link_of(entry: Entry, lead: Headline) -> Headline:
    """Return the item's own link, as a headline; the lead's is the same in Google's feeds."""
    if not entry.link or entry.link == lead.given_url:
        return lead
    identifier = article_id(entry.link)
    if identifier and identifier == article_id(lead.given_url):
        return lead
    return _decoded(lead._replace(url=entry.link, google_url=""))


def _called(
    headlines: tuple[Headline, ...], language: str, naming: Naming
) -> tuple[tuple[str, ...], str, str]:
    """Return the tags of a story of Google News, its description and its summary."""
    # Here and below: a run that finds nothing new loads none of the tables of words.
    from newsimport.story.summary import describe
    from newsimport.story.tags import choose_tags

    lines = _bounded(headlines)
    tags = choose_tags(lines, language, known=naming.known, rules=naming.rules)
    return tags, *describe(lines, language)


def _call_other(feed: Feed, story: Story, naming: Naming) -> Story:
    """Tag and describe an item of another feed by its own words: its categories, its summary."""
    from newsimport.story.summary import LONGEST_DESCRIPTION, shorten

    text = plain_text(story.entry.summary or story.entry.body)
    return story._replace(
        tags=tuple(one.text for one in explain(feed, story, naming) if one.kept),
        description=shorten(text, LONGEST_DESCRIPTION) or story.title,
        summary=shorten(text, 2 * LONGEST_DESCRIPTION) or story.title,
    )


def _bounded(headlines: tuple[Headline, ...]) -> tuple[Headline, ...]:
    if max([len(line.title) for line in headlines]) <= _LONGEST_HEADLINE:
        return headlines
    from newsimport.story.summary import shorten

    return tuple(line._replace(title=shorten(line.title, _LONGEST_HEADLINE)) for line in headlines)


def explain(feed: Feed, story: Story, naming: Naming = AS_FOUND) -> tuple[Candidate, ...]:
    """Return all that a story could be tagged with, with why each was kept or fell."""
    known, rules = naming.known, naming.rules
    if is_from_google_news(feed, story.entry):
        from newsimport.story.tags import explain_tags

        return explain_tags(_bounded(story.headlines), story.language, known=known, rules=rules)
    from newsimport.story.labels import explain_labels

    return explain_labels(
        story.entry.categories, (feed.title, story.publisher), known=known, rules=rules
    )


def articles_of(entry: Entry, headlines: Sequence[Headline]) -> tuple[str, ...]:
    """Return what the articles of an item's cluster are known by: Google's ids, else addresses."""
    links = [headline.google_url or headline.url for headline in headlines]
    found = dict.fromkeys([secret_id(link) or article_id(link) or link for link in links])
    found.pop("", None)
    return tuple(found) or (entry.guid,)
