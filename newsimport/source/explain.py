"""Say in words what a Google News URL is, and turn it into its feed."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from newsimport.errors import UsageError
from newsimport.records import NamedTuple
from newsimport.source import sections
from newsimport.source.editions import DEFAULT, Edition, as_locale, edition_of
from newsimport.source.feedurl import BASE, build_url, parameters
from newsimport.source.googlenews import article_id, is_full_coverage, is_google_news, publisher_url
from newsimport.source.topics import Topic, decode_section, decode_topic
from newsimport.source.walls import kind_at

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["top", "topic", "section", "geo", "search", "article", "coverage", "other"]


class Explanation(NamedTuple):
    """What a Google News URL is.

    `words` is a sentence for the user. `feed_url` is "" for a page without a feed. `options` are
    the arguments of `build_url` that give this feed again, empty where none do.
    """

    kind: Kind
    words: str
    feed_url: str = ""
    options: tuple[tuple[str, str], ...] = ()


class _Place(NamedTuple):
    """The edition that a URL names, and its parameters as they are to be written."""

    edition: Edition | None
    query: str
    words: str


def feed_url(url: str) -> str:
    """Return the feed of a Google News page; a feed's own URL comes back as it is.

    Raises UsageError for a URL that is not Google News or has no feed.
    """
    explanation = explain_url(url)
    if not explanation.feed_url:
        raise UsageError(explanation.words)
    return explanation.feed_url


def feed_of_page(url: str) -> str:
    """Return the feed of a Google News web page; "" for any other address, feeds among them.

    Raises UsageError for a page that has no feed.
    """
    url = _behind_consent(url)
    if not is_google_news(url):
        return ""
    segments = [segment for segment in urlsplit(url.strip()).path.split("/") if segment]
    if {"rss", "atom"} & set(segments[:2]) and not article_id(url):
        return ""
    return feed_url(url)


def explain_url(url: str) -> Explanation:
    """Say what any Google News URL is, web page or feed; the inverse of `build_url`.

    A URL may lack its https://. Raises UsageError for one that is not Google News.
    """
    address = _with_scheme(url)
    parts = urlsplit(address)
    given = dict(parse_qsl(parts.query))
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    if article_id(address):
        return _article(address)
    if is_full_coverage(address):
        return Explanation("coverage", "All articles on one story. It has no feed.")
    if segments in ([], ["news"]) and ("output" in given or "ned" in given):
        return _before_2018(given)
    is_feed = any(segment in {"rss", "atom"} for segment in segments[:2])
    while segments and segments[0] in {"rss", "atom", "news"}:
        del segments[0]
    found = _explain_path(segments, given)
    if found.feed_url and is_feed:
        return Explanation(found.kind, found.words, address, found.options)
    return found


def _behind_consent(url: str) -> str:
    """Return the page that a consent page stands before; any other URL as it is.

    In Europe its address is what a browser shows when somebody copies that of a topic.
    """
    if kind_at(url) != "consent":
        return url
    return dict(parse_qsl(urlsplit(url).query)).get("continue", url)


def _with_scheme(url: str) -> str:
    address = _behind_consent(url.strip())
    if re.match(r"news\.google\.", address, re.IGNORECASE):
        address = f"https://{address}"
    if not is_google_news(address):
        raise UsageError(f"{address[:80]!r} is not a URL of Google News")
    return address


def _article(address: str) -> Explanation:
    publisher = publisher_url(address)
    if publisher:
        return Explanation("article", f"An article, whose publisher has it at {publisher}")
    return Explanation("article", "An article, whose publisher's URL Google alone knows.")


def _explain_path(path: list[str], given: Mapping[str, str]) -> Explanation:
    if not path or path[0] in {"home", "topstories"} or path == ["headlines"]:
        place = _place(given)
        return _feed("top", "The top stories", "", place)
    following = dict(pairwise(path))
    if "topics" in following:
        return _topic_page(following["topics"], following.get("sections", ""), given)
    if "topic" in following:
        return _section_page(following["topic"], given)
    if "geo" in following:
        return _geo_page(following["geo"], given)
    return _search_or_other(path, following, given)


def _search_or_other(
    path: list[str], following: Mapping[str, str], given: Mapping[str, str]
) -> Explanation:
    if "publications" in following:
        return _feed(
            "other", "The news of one publication", "/".join(["", *path[:2]]), _place(given)
        )
    query = given.get("q", "") or following.get("q", "")
    if path[0] == "search" and query:
        place = _place(given, query=query)
        return _feed("search", _search_words(query), "/search", place, search=query)
    return Explanation("other", "A page of Google News that has no feed.")


def _feed(kind: Kind, words: str, path: str, place: _Place, **option: str) -> Explanation:
    """Return the explanation of a page whose feed is at `path`; `option` builds it again."""
    address = f"{BASE}{path}?{place.query}"
    options: dict[str, str] = {}
    if place.edition and kind != "other":
        options = {**option, "locale": as_locale(place.edition)}
        try:
            if build_url(**options) != address:
                options = {}
        except UsageError:
            options = {}
    return Explanation(kind, f"{words}, {place.words}.", address, tuple(options.items()))


def _place(given: Mapping[str, str], topic: Topic | None = None, query: str = "") -> _Place:
    hl, gl, ceid = (given.get(name, "") for name in ("hl", "gl", "ceid"))
    edition = edition_of(hl, gl, ceid) or (_edition_before_2018(given) if "ned" in given else None)
    if edition is None and not (hl or gl or ceid):
        # Without parameters Google guesses from the reader's address: say instead what is meant.
        edition = edition_of(topic.language, topic.country, "") if topic else None
        edition = edition or DEFAULT
    if edition is None:
        named = ceid or f"{hl}-{gl}"
        words = f"for {named[:40]}, an edition that Google does not list"
        return _Place(None, parameters(hl, gl, ceid, query), words)
    written = parameters(edition.hl, edition.gl, edition.ceid, query)
    return _Place(edition, written, edition.name)


def _topic_page(topic_id: str, section_id: str, given: Mapping[str, str]) -> Explanation:
    try:
        topic = decode_topic(topic_id)
        section = decode_section(section_id) if section_id else None
    except UsageError:
        path = f"/topics/{topic_id}" + (f"/sections/{section_id}" if section_id else "")
        return _feed("topic", "A topic whose id cannot be read", path, _place(given))
    place = _place(given, topic)
    if section is None:
        return _shortest(_topic_words(topic), topic, topic_id, place)
    path = f"/topics/{topic_id}/sections/{section_id}"
    if section.topic.kind == "local":
        return _feed("geo", f"News of the place {section.mid}", path, place, geo=section.mid)
    part = section.name or section.mid
    words = f"The part {part} of {_topic_words(topic).lower()}"
    return _feed("section", words, path, place, topic=f"{topic_id}/sections/{section_id}")


def _topic_words(topic: Topic) -> str:
    if topic.kind == "local":
        return "The reader's local news"
    name = sections.name_of_mid(topic.mid, "en")
    return f"The topic {name} ({topic.mid})" if name else f"The topic {topic.mid}"


def _shortest(words: str, topic: Topic, topic_id: str, place: _Place) -> Explanation:
    """Return the explanation with the shortest option that gives exactly this id."""
    word = sections.word_of_mid(topic.mid).lower().replace("_", " ")
    for option in filter(None, (word, topic.mid, topic_id)):
        found = _feed("topic", words, f"/topics/{topic_id}", place, topic=option)
        if found.options:
            break
    return found


def _section_page(word: str, given: Mapping[str, str]) -> Explanation:
    # Before 2020: /headlines/section/topic/WORLD.en_us/World
    word = word.partition(".")[0].upper()
    if word not in sections.WORDS:
        return Explanation("other", f"Google News has no section {word[:40]!r}, and no feed of it.")
    place = _place(given)
    words = f"The topic {sections.name_of_word(word, 'en')}"
    if word == sections.NATION:
        path = f"/headlines/section/topic/{word}"
        return _feed("topic", words, path, place, topic=word.lower())
    if place.edition is None:
        return _feed("topic", words, f"/headlines/section/topic/{word}", place)
    options = {"topic": word.lower(), "locale": as_locale(place.edition)}
    return Explanation(
        "topic", f"{words}, {place.words}.", build_url(**options), tuple(options.items())
    )


def _geo_page(name: str, given: Mapping[str, str]) -> Explanation:
    path = f"/headlines/section/geo/{quote(name, safe='')}"
    return _feed("geo", f"News of the place {name}", path, _place(given), geo=name)


_UNITS = {"h": "hours", "d": "days", "m": "months", "y": "years"}
_SPAN = re.compile(r"([0-9]+)([hdmy])")
_OPERATOR_WORDS = {
    "when": "of the last {}",
    "after": "since {}",
    "before": "before {}",
    "site": "on {}",
    "intitle": "with {} in the title",
    "allintitle": "with all of it in the title: {}",
    "allintext": "with all of it in the text: {}",
}
_OPERATOR = re.compile(
    rf"(?:^|(?<=[\s(]))({'|'.join(_OPERATOR_WORDS)}):(\"[^\"]*\"|[^\s()]+)", re.IGNORECASE
)


def _search_words(query: str) -> str:
    said = [
        _OPERATOR_WORDS[match[1].lower()].format(_span_in_words(match[2]))
        for match in _OPERATOR.finditer(query)
    ]
    bare = " ".join(_OPERATOR.sub(" ", query).split())
    # What is left of (site:a OR site:b) when its terms are said elsewhere.
    bare = re.sub(r"\((?: |OR)*\)", "", bare).strip()
    return ", ".join([f"A search for {bare}" if bare else "A search", *said])


def _span_in_words(value: str) -> str:
    span = _SPAN.fullmatch(value)
    return f"{span[1]} {_UNITS[span[2]]}" if span else value


# The one-letter topics and the editions (ned) of the addresses that Google served until 2018.
_LETTERS = {
    "w": "world",
    "n": "nation",
    "b": "business",
    "tc": "technology",
    "t": "technology",
    "e": "entertainment",
    "s": "sports",
    "snc": "science",
    "m": "health",
}


def _before_2018(given: Mapping[str, str]) -> Explanation:
    place = as_locale(_edition_before_2018(given) or DEFAULT)
    topic = _LETTERS.get(given.get("topic", ""), "")
    query = given.get("q", "")
    options = {"locale": place}
    if query:
        options = {"search": query, **options}
    elif topic:
        options = {"topic": topic, **options}
    today = build_url(**options)
    now = explain_url(today)
    words = f"An address from before 2018, which Google no longer serves. Today: {now.words}"
    return Explanation(now.kind, words, today, tuple(options.items()))


def _edition_before_2018(given: Mapping[str, str]) -> Edition | None:
    """Return the edition that `ned` names: a country (us), or a language and a country (es_mx)."""
    ned = given.get("ned", "").replace("_", "-")
    if "-" in ned:
        return edition_of(ned, "", "")
    return edition_of(given.get("hl", "") or "en", ned, "") or edition_of(f"{ned}-{ned}", "", "")
