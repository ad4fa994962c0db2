"""Render a story as the predecessor wrote it: style `classic`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsimport.models import Bare, Post, Single, Value
from newsimport.site import markdown
from newsimport.site.wording import MAX_TERM_BYTES, inert
from newsimport.text import tidy_lines

if TYPE_CHECKING:
    from datetime import datetime

    from newsimport.models import Story

CLASSIC_LIMIT = 500
_TAG = re.compile(r"<[^<>]*>")
_ENTITY = re.compile(r"&#?\w{1,31};")
_WORD = re.compile(r"[^\W_]+")
_CLASSIC_STOP = frozenset(
    "a an the and or in on for to is of with as by at from says after it its".split()
)
_CLASSIC_TAGS = 5
_CLASSIC_TAG_LENGTH = 4
SPACED = frozenset({"draft"})


def render_classic(story: Story, slug: str, date: datetime) -> Post:
    """Return a story as the predecessor wrote it, for themes and links that depend on it."""
    from urllib.parse import urlsplit

    text = inert(_cut(text_of(story.entry.body)))
    host = (urlsplit(story.source).hostname or "").removeprefix("www.")
    fields: dict[str, Value] = {
        "title": inert(story.entry.title),
        "date": Bare(date.strftime("%Y-%m-%d")),
        "description": text,
        "summary": text,
        "slug": slug,
        "image": Single(_http(story.image)),
        "link": Single(_http(story.entry.link)),
        "source": Single(story.source.replace("://www.", "://", 1)),
        "categories": [Single(host)] if host else [],
        "tags": [Single(tag) for tag in classic_tags(story.entry.title)],
        "draft": Bare("false"),
    }
    return Post(fields, f"{clean_html(story.entry.body)}\n".encode())


def _http(url: str) -> str:
    return url if markdown.safe_url(url) else ""


def text_of(body: str) -> str:
    """Return some HTML without its tags, its entities left."""
    return _TAG.sub("", body)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= CLASSIC_LIMIT:
        return text
    # An entity is whole or not there; an `&` that begins none is text.
    begun = text.rfind("&", 0, CLASSIC_LIMIT)
    found = _ENTITY.match(text, begun) if begun >= 0 else None
    return text[: begun if found and found.end() > CLASSIC_LIMIT else CLASSIC_LIMIT] + "..."


def classic_tags(title: str) -> list[str]:
    """Return the tags of this style: the longest words of a title."""
    words = (word.lower() for word in _WORD.findall(title))
    long = [
        word
        for word in words
        if len(word) > _CLASSIC_TAG_LENGTH
        and word not in _CLASSIC_STOP
        and len(word.encode("utf-8", "replace")) <= MAX_TERM_BYTES
    ]
    return sorted(dict.fromkeys(long), key=len, reverse=True)[:_CLASSIC_TAGS]


# ---------------------------------------------------------------- the item's HTML

# What Google's markup of all years is made of, and a blog's plain text: nothing that runs, loads
# but an image, takes input, or styles more than itself.
_TAGS = frozenset(
    "a abbr b big blockquote br center cite code dd del div dl dt em font h1 h2 h3 h4 h5 h6 hr i "
    "img ins kbd li mark nobr ol p q s samp small span strike strong sub sup table tbody td tfoot "
    "th thead tr tt u ul var wbr".split()
)
_ATTRIBUTES = {
    "a": {"href", "target", "title"},
    "font": {"color", "face", "size"},
    "img": {"alt", "height", "src", "title", "width", "align", "border"},
    "li": {"value"},
    "ol": {"start"},
    "table": {"align", "border", "cellpadding", "cellspacing", "width"},
    "td": {"align", "colspan", "rowspan", "valign", "width"},
    "th": {"align", "colspan", "rowspan", "valign", "width"},
    "tr": {"align", "valign"},
    **{name: {"dir", "lang"} for name in ("blockquote", "div", "p", "q", "span")},
}
_ELEMENT = re.compile(r'(<[^<>"]*(?:"[^"]*"[^<>"]*)*>)')
# HTML is Markdown as well: in a paragraph, and after an empty line in any element. So its text
# must not be; what acts there becomes an entity, which is the same in both.
_ACTIVE = re.compile(
    r"[\\`*_\[\]|~$]|:(?=//|[\w+-]+:)|(?i:(?<=\bwww))\.|@(?=\w)|(?<=-)-|"
    r"^[ \t]*(?:[#>+=:!.-]|\d{1,9}[.)])",
    re.MULTILINE,
)
_LINE_END = re.compile(r"\s*\n\s*")


def clean_html(body: str) -> str:
    """Return an item's HTML with only such elements and attributes as do no harm.

    Nothing in it is a shortcode, Liquid or Markdown: braces, for which templates look before they
    know of HTML, are entities everywhere.
    """
    import nh3

    cleaned = nh3.clean(
        body,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        link_rel=None,
        strip_comments=True,
    )
    # Not before: what entities stand for is text by now.
    pieces = _ELEMENT.split(_LINE_END.sub("\n", tidy_lines(cleaned).strip()))
    text = "".join(
        piece if number % 2 else _ACTIVE.sub(_as_entity, piece)
        for number, piece in enumerate(pieces)
    )
    return text.replace("{", "&#123;").replace("}", "&#125;")


def _attribute(_element: str, name: str, value: str) -> str | None:
    """Return an attribute's value, None for an address that is none of the open web."""
    return value if name not in {"href", "src"} or markdown.safe_url(value) else None


def _as_entity(found: re.Match[str]) -> str:
    return f"{found[0][:-1]}&#{ord(found[0][-1])};"
