"""Word feed text for front matter, which themes print in whichever way they like."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsimport.text import UNSEEN_AT_ENDS, tidy, tidy_all

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

# Generators evaluate no templates in front matter, but themes print it: many Jekyll themes and
# Pelican's print titles without escaping them, minimal-mistakes renders them as Markdown.
# And links and images; and kramdown's attributes, which could hold an `onclick`. Replaced one after
# the other, which takes a tenth of what a pattern does.
_ACTIVE = (("<", "‹"), (">", "›"), ("](", "] ("), ("][", "] ["), ("![", "! ["), ("{:", "{ :"))
_ENTITY = r"&(?=#?\w+;)"

# Longer ones fail four generators at 300 bytes: a file is named after each tag.
MAX_TERM_BYTES = 80
# And what nobody sees: it may stand behind one of them.
_EDGES = ".-_+,'’!" + UNSEEN_AT_ENDS
# As nearly all are: words, with nothing between them that would be taken out.
_PLAIN_TERM = re.compile(r"[^\W_]++(?:[ '’.-][^\W_]++)*+")
_NOT_IN_TERM = str.maketrans(dict.fromkeys('/\\{}[]<>‹›|"`*?:;', " "))


# Publishers, categories and tags are said again and again.
@lru_cache(maxsize=512)
def inert(text: str) -> str:
    """Return text for a front matter value that no theme can turn into an element or a link."""
    return _defused(tidy(text))


def _defused(text: str) -> str:
    for sign, instead in _ACTIVE:
        text = text.replace(sign, instead)
    return text


def inert_all(texts: Sequence[str]) -> list[str]:
    """Return each of some texts as `inert` does."""
    tidied = tidy_all(texts)
    # No tidy text has an end of line, and nothing acts across one.
    joined = "\n".join(tidied)
    # Nor does anything act without one of these.
    if any(map(joined.__contains__, "<>[]{")):
        return _defused(joined).split("\n")
    return tidied


def as_html(text: str) -> str:
    """Return inert text for a field that a generator prints as HTML: no entity is one."""
    return re.sub(_ENTITY, "&amp;", text)


def terms(
    names: Iterable[str], reserved: Collection[str] = (), spell: Callable[[str], str] = str
) -> list[str]:
    """Return tags or categories that every generator makes a page of, each once.

    A page's address is made of the name: signs that mean something in a path, an address or a
    template become blanks; one without a letter or digit, or too long, is left out (Hugo writes
    the list of all tags twice for `🎉`, `..` fails Hugo 0.111 and Nikola, a blank one Zola).
    `reserved` are those, in lower case, by which a generator means something else; `spell` makes
    of a name what the site's pages may be called after.
    """
    found: dict[str, str] = {}
    for name in names:
        term, key = _term(name, spell)
        if term and key not in reserved:
            found.setdefault(key, term)
    return list(found.values())


# Categories are the same in all of a feed, and tags come again.
@lru_cache(maxsize=512)
def _term(name: str, spell: Callable[[str], str]) -> tuple[str, str]:
    """Return a name as a page may be called after it, and how it is told from others; else ""."""
    term = spell(_plain_term(name))
    is_long = len(term.encode("utf-8", "replace")) > MAX_TERM_BYTES
    return ("", "") if is_long or not any(map(str.isalnum, term)) else (term, term.casefold())


def _plain_term(name: str) -> str:
    """Return a name without the signs that mean something where it is used."""
    term = inert(name)
    if _PLAIN_TERM.fullmatch(term):
        return term
    plain = term.translate(_NOT_IN_TERM)
    if "&" in term:
        # Entities too, for Pelican makes slugs of what they stand for.
        from html import unescape

        plain = unescape(unescape(term).translate(_NOT_IN_TERM))
    return " ".join(inert(plain).translate(_NOT_IN_TERM).split()).strip(_EDGES)


def as_slug_words(term: str) -> str:
    """Return a name as the words of its slug, so that two with one slug are one name."""
    from newsimport.site.slug import RESERVED, make_slug

    slug = make_slug(term)
    return "" if slug in RESERVED else slug.replace("-", " ")


def as_slug_title(term: str) -> str:
    """Return a name as the words of its slug, each with a capital."""
    return as_slug_words(term).title()
