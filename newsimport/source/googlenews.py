"""Know Google's URLs: which are Google News, what they point to, what a feed of them is called."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, urlsplit

from newsimport.errors import UsageError
from newsimport.text import tidy

if TYPE_CHECKING:
    from newsimport.source.topics import Topic

__all__ = [
    "article_id",
    "is_full_coverage",
    "is_google_host",
    "is_google_news",
    "is_publishers",
    "publisher_url",
    "secret_id",
    "topic_name",
    "topic_of",
    "url_in_id",
]

# google.com, google.de, google.co.uk, google.com.au; not blog.google, which is a publisher.
_GOOGLE_HOST = r"(?:[a-z0-9-]+\.)*google\.(?:[a-z]{2,3}|com?\.[a-z]{2})\.?"
_GOOGLE_NEWS_HOST = r"news\.google\.(?:[a-z]{2,3}|com?\.[a-z]{2})\.?"

_ID = r"[A-Za-z0-9_-]+={0,2}"
# Ids of 91 to 1,052 characters were seen; longer than a URL may be is no id.
_LONGEST_ID = 8_192
_UNFIT_FOR_A_URL = frozenset(' "<>\\\ufffd')

# Each link of an item is looked at a dozen times on its way; these are the links of two hundred
# items, which is what is under way at a time.
_remembered = lru_cache(maxsize=1024)

# How Google writes its links today: what begins so is on its host, whatever follows.
_TODAY = "https://news.google.com/"
_ARTICLES = f"{_TODAY}rss/articles/"
_SIGNS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
_ARTICLE = r"https://news\.google\.com/rss/articles/([A-Za-z0-9_-]{30,4000})(?:\?oc=5)?"
# How the ids of today begin, of which Google alone knows the rest: the bytes 08 13 22 that sign a
# page, a length of one byte or two, and AU_yqL, all in base64url.
_SECRET = re.compile("CBMi(?:.[EUk0]FVX3lxT[A-P]|..[BFJNRVZdhlptx159]BVV95cU[wxyz])")

# What an article id says of itself in field 1 (ids of 2019 to 2024): 19, a page whose URL is in
# field 4, with its AMP twin in field 26; 32, a video whose YouTube id is in field 4.
_PAGE, _VIDEO = 19, 32
_YOUTUBE_ID = rb"[A-Za-z0-9_-]{11}"


@_remembered
def is_google_news(url: str) -> bool:
    """Tell whether `url` is on news.google.com or on an old news.google.TLD."""
    return url.startswith(_TODAY) or _google_news(url) is not None


@_remembered
def _google_news(url: str) -> SplitResult | None:
    parts = _split(url)
    if parts is None or not re.fullmatch(_GOOGLE_NEWS_HOST, parts.hostname or ""):
        return None
    return parts


def _split(url: str) -> SplitResult | None:
    """Return the parts of an http(s) URL, None for anything else."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # a broken IPv6 address, a host that normalises to another
        return None
    return parts if parts.scheme in {"http", "https"} and parts.hostname else None


def _segments(parts: SplitResult) -> list[str]:
    return [segment for segment in parts.path.split("/") if segment]


def is_full_coverage(url: str) -> bool:
    """Tell whether `url` is Google's page of all articles on a story, whatever its text says.

    Only on Google News: a publisher's own /story/ is an article. /news/more is the form of 2009.
    """
    if _id_of_today(url):
        return False
    parts = _google_news(url)
    if parts is None:
        return False
    segments = _segments(parts)
    return "stories" in segments or "story" in segments or segments[-2:] == ["news", "more"]


@_remembered
def _id_of_today(url: str) -> str:
    if found := secret_id(url):
        return found
    matched = re.fullmatch(_ARTICLE, url)
    return matched[1] if matched else ""


@_remembered
def secret_id(url: str) -> str:
    """Return the article id in a link as Google writes it today, "" for any other link.

    Of such a link no more can be known: Google alone knows the publisher's.
    """
    if not (url.startswith(_ARTICLES) and _SECRET.match(url, len(_ARTICLES)) and len(url) < 4000):
        return ""
    found = url[len(_ARTICLES) :].removesuffix("?oc=5")
    # For each sign of so long an id a pattern would take ten times as long.
    return "" if found.encode("utf-8", "replace").translate(None, _SIGNS) else found


@_remembered
def article_id(url: str) -> str:
    """Return the id in a Google News article URL (/rss/articles/ID, /read/ID …), "" if none."""
    if found := _id_of_today(url):
        return found
    parts = _google_news(url)
    if parts is None:
        return ""
    segments = _segments(parts)
    for name, following in pairwise(segments):
        if name in {"articles", "read"} and len(following) <= _LONGEST_ID:
            return following.rstrip("=") if re.fullmatch(_ID, following) else ""
    return ""


@_remembered
def publisher_url(url: str) -> str:
    """Return the publisher's URL behind `url` as far as it can be known without a request.

    A URL that is not Google's is its own answer; "" when Google alone knows it. Ids of 2019 to
    2024 hold the URL, later ones (AU_yqL…) do not; /news/url and Google Alerts' /url carry it as
    a parameter. The answer is always http(s) and never Google's.
    """
    if is_publishers(url):
        return url.strip()
    if found := _id_of_today(url):
        return url_in_id(found)
    parts = _split(url)
    if parts is None:
        return ""
    found = url_in_id(article_id(url)) or _of_parameter(parts)
    return found if is_publishers(found) else ""


def is_google_host(host: str) -> bool:
    """Tell whether a host, in small letters, is one of Google's own."""
    return "google." in host and re.fullmatch(_GOOGLE_HOST, host) is not None


@_remembered
def is_publishers(url: str) -> bool:
    """Tell whether `url` is a clean http(s) URL on a host that is not Google's."""
    if url.startswith(_TODAY):
        return False
    bare = url.strip()
    parts = _split(bare)
    if parts is None or not bare.isprintable() or not _UNFIT_FOR_A_URL.isdisjoint(bare):
        return False
    return not is_google_host(parts.hostname or "")


@_remembered
def url_in_id(identifier: str) -> str:
    """Return the publisher's URL that an article id holds, "" if it holds none that is clean."""
    if _SECRET.match(identifier):
        return ""
    from newsimport.source.protobuf import first_bytes, first_int, from_base64url, read_fields

    try:
        fields = read_fields(from_base64url(identifier))
        kind, held = first_int(fields, 1), first_bytes(fields, 4)
        if kind == _VIDEO and re.fullmatch(_YOUTUBE_ID, held):
            return f"https://www.youtube.com/watch?v={held.decode('ascii')}"
        url = held.decode() if kind == _PAGE else ""
    except ValueError:
        return ""
    return url if is_publishers(url) else ""


def _of_parameter(parts: SplitResult) -> str:
    if _segments(parts)[-1:] != ["url"] or not is_google_host(parts.hostname or ""):
        return ""
    query = dict(parse_qsl(parts.query))
    return query.get("url") or query.get("q") or ""


def topic_of(url: str) -> Topic | None:
    """Return the topic that a web or feed URL of Google News is about, None if it names none.

    /topics/ID and /headlines/section/topic/WORLD alike; a place's section of the local topic
    gives the place. The nation's mid is "" where its country is not known.
    """
    parts = _google_news(url)
    if parts is None:
        return None
    segments = _segments(parts)
    for name, following in pairwise(segments):
        if name == "topics":
            return _topic_or_none(following)
        if name == "topic":
            return _topic_of_word(following, parts)
    return None


def _topic_or_none(topic_id: str) -> Topic | None:
    from newsimport.source.topics import decode_topic

    try:
        return decode_topic(topic_id)
    except UsageError:
        return None


def _topic_of_word(word: str, parts: SplitResult) -> Topic | None:
    from newsimport.source import sections
    from newsimport.source.topics import Topic

    if word.upper() not in sections.WORDS:
        return None
    query = dict(parse_qsl(parts.query))
    language, country = query.get("hl", ""), query.get("gl", "")
    return Topic(sections.MIDS.get(word.upper(), ""), language, country)


# " - Latest - Google News": the brand is the part that says Google, in every language.
_DASH = r" [-–—] "
_QUOTES = "\"'“”„«»「」『』"
_OPERATOR = r"(?i)(?:^|(?<=[\s(]))-?(?:when|after|before|site|source|inurl|location|imagesize):\S+"
_IN_WORDS = r"(?i)(?:^|(?<=[\s(]))(?:all)?in(?:title|text|anchor):"
_EXCLUDED = r'(?:^|(?<=[\s(]))-(?:"[^"]*"|[^\s"]+)'
_SITE = r"(?i)(?:^|(?<=[\s(]))site:([^\s()\"]+)"
_LONGEST_TITLE = 2_000


@lru_cache(maxsize=16)
def topic_name(channel_title: str, url: str, language: str) -> str:
    """Return what the feed is about, as the channel spells it; "" for nothing sensible.

    World from "World - Latest - Google News"; a search without its quotes and operators. Where
    the title says nothing, or is that of another section than the topic in `url`, the topic is
    named in `language` (a BCP 47 tag).
    """
    from newsimport.source import sections

    title = tidy(channel_title[:_LONGEST_TITLE])
    named = _name_in_title(title, url)
    topic = topic_of(url)
    if topic is None:
        return named or _name_of_query(_query_of(url))
    language = language or topic.language
    word = sections.word_of_mid(topic.mid)
    if named and not (word and _is_another_section(named, word, url, language)):
        return named
    word = word or urlsplit(url.strip()).path.rpartition("/")[2].upper()
    return sections.name_of_word(word, language) or named


def _is_another_section(named: str, word: str, url: str, language: str) -> bool:
    """Tell whether a channel's name is surely another section's than that of its topic."""
    if "sections" in urlsplit(url.strip()).path.split("/"):
        return False
    from newsimport.source import sections

    other = sections.word_of_name(named, language)
    return other not in {"", word} and not sections.is_name_of(named, word)


def _name_in_title(title: str, url: str) -> str:
    parts = re.split(_DASH, title)
    if "google" in parts[-1].casefold():
        parts = parts[:-1]
    elif not is_google_news(url):
        return ""
    if not parts:
        return ""
    if _query_of(url) or parts[0].startswith(tuple(_QUOTES)):
        return _name_of_query(" - ".join(parts))
    # The last part before the brand says "Latest" in the channel's language.
    return " - ".join(parts[:-1] if len(parts) > 1 else parts)


def _query_of(url: str) -> str:
    parts = _google_news(url)
    if parts is None:
        return ""
    return dict(parse_qsl(parts.query)).get("q", "")


def _name_of_query(query: str) -> str:
    bare = query[:_LONGEST_TITLE].strip(_QUOTES)
    words = re.sub(_EXCLUDED, " ", re.sub(_IN_WORDS, "", re.sub(_OPERATOR, " ", bare)))
    for sign in _QUOTES.replace("'", "") + "()|":
        words = words.replace(sign, " ")
    kept = " ".join(word for word in words.split() if word not in {"OR", "AND"})
    if kept:
        return kept.strip("'")
    site = re.search(_SITE, bare)
    return site.group(1) if site else ""
