"""Make any text inert Markdown: it reads as it did, and nothing of it acts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from newsimport.records import NamedTuple
from newsimport.source.googlenews import secret_id
from newsimport.text import tidy, tidy_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Where text stands: as the text of a link, elsewhere inside a line, first in its block, as a
# heading; or anywhere, in a template of the user's.
Place = Literal["link", "text", "start", "heading", "any"]
_ALL: frozenset[Place] = frozenset({"link", "text", "start", "heading", "any"})
_OUTSIDE_LINKS = _ALL - {"link"}


class Rule(NamedTuple):
    """When a character acts, by `pattern`; it is spelled in another way then.

    With a backslash where every generator in question knows it (`visible`), else as an entity;
    `before` is put before it. `signs` are all characters that it may be. The pattern matches the
    character alone, what stands before it being looked back at: only there is it looked for, and
    only where `near` holds behind it, which spares signs that hardly ever act a look of their own.
    """

    pattern: str
    signs: str
    near: str = ""
    places: frozenset[Place] = _ALL
    visible: bool = False
    instead: str = ""
    before: str = ""


_FIRST = r"(?<=^.)"
_ADDRESS = (
    r"(?=://)(?:(?<=(?i:https))|(?<=(?i:http))|(?<=(?i:ftp))):|(?=\.\S)(?<=(?i:www))\."
    r"|(?<=[\w.+-])@(?=[\w-])"
)
_IN_ADDRESS = r"(?<=:)(?=//)|(?<=[wW]\.)|(?<=@)"
_NUMBERED = "|".join(rf"(?<=^\d{{{digits}}})" for digits in range(1, 10))

# What acts in Markdown and in the template languages that see it first. Each rule is needed: a
# test leaves it out and shows in a real build what happens then. All that is not here (quotes,
# hyphens, dots, `&`, `$5`, `50%`, `#1`, `(a)`, `!`, `}`) is left as the paper printed it.
RULES: Mapping[str, Rule] = {
    # Shortcodes ({{< {{%), Liquid and Nunjucks ({{ {% {#), attributes ({: { .x }), Vue and MDX:
    # they are looked for before or after Markdown and know nothing of its backslashes.
    "brace": Rule(r"\{", "{"),
    # A tag, an autolink, a comment, `<!--more-->`, and `<<`, a quotation mark to typographers.
    "tag": Rule(r"<(?=[A-Za-z/!?<])|(?<=<)<", "<", instead="&lt;"),
    # `>>` is a quotation mark to the typographers of Goldmark and kramdown.
    "guillemet": Rule(r">(?=>)|(?<=>)>", ">", instead="&gt;"),
    # What would be read as an entity and shown as another character.
    "entity": Rule(r"&(?=#?\w+;)", "&", r"(?<=&)(?=[#\w])", instead="&amp;"),
    # An escape of its own would undo the next one; two at a line's end break it in kramdown.
    "backslash": Rule(r"\\", "\\"),
    "code": Rule(r"`", "`", visible=True),
    "emphasis": Rule(r"\*", "*", visible=True),
    # Not inside_a_word, where no parser sees emphasis.
    "underline": Rule(r"(?<![^\W_])_|_(?![^\W_])", "_", visible=True),
    # A link, an image, a footnote, a reference, and the end of the link text around it.
    "bracket": Rule(r"[\[\]]", "[]", visible=True),
    # marked takes an escaped bracket for the end of a link's text, if a ( follows.
    "square": Rule(r"[\[\]]", "[]"),
    # ~~Strikethrough~~; one that only opens (`~50 dead`) has nothing to close it.
    "strike": Rule(r"(?<!\s)(?<!^)~|~(?!\w)", "~"),
    # Bare addresses become links where there is none yet (Goldmark, marked).
    "address": Rule(_ADDRESS, ":.@", _IN_ADDRESS, _OUTSIDE_LINKS),
    # remark looks for them once more in the text that entities have become.
    "address-apart": Rule(_ADDRESS, ":.@", _IN_ADDRESS, _OUTSIDE_LINKS, before="<!---->"),
    # kramdown: any line that holds one is a table.
    "pipe": Rule(r"\|", "|", visible=True),
    # kramdown: `[…]:` at the start of a block defines a reference, escaped brackets or not.
    "definition": Rule(r"(?<=\]):", ":", r"(?<=\]:)", visible=True),
    # kramdown: $$mathematics$$, also in the middle of a line.
    "maths": Rule(r"\$(?=\$)|(?<=\$)\$", "$", visible=True),
    # Hugo with `enableEmoji`, which many sites have: `:cat:`.
    "emoji": Rule(r":(?=[\w+-]+:)", ":", r"(?<=:)(?=[\w+-])"),
    # kramdown: [^…] is a footnote's marker, though a link's target follows.
    "footnote": Rule(r"^\^", "^", _FIRST, frozenset({"link", "any"})),
    # Goldmark takes an item that starts with a link of this text for the checkbox of a task.
    "checkbox": Rule(r"^[xX](?=$)", "xX", _FIRST, frozenset({"link", "any"})),
    # What starts a block: headings (some need no blank after the #), quotations, lists, rules,
    # definitions, kramdown's end of a block, MkDocs' admonitions, tabs and blocks.
    "block": Rule(
        r"^(?:[#>]|[-+](?=[-+\s]|$)|=(?==)|:(?=:|[^\S\n])|!(?=!!)|\?(?=\?\?)|/(?=//)|\^(?=$))"
        rf"|(?<=\d)(?:{_NUMBERED})[.)](?=\s|$)",
        "#>-+=:!?/^.)",
        rf"{_FIRST}|(?<=\d[.)])",
        frozenset({"start", "any"}),
    ),
    # Signs at its end are no part of a heading.
    "closing": Rule(r"#(?=#*$)", "#", places=frozenset({"heading"})),
}
COMMON = (
    "brace", "tag", "guillemet", "entity", "backslash", "code", "emphasis", "underline", "bracket",
    "strike", "address", "block", "closing",
)  # fmt: skip

_HTTP = r"(?i)https?://[^\s/?#\\]+"
# Everything but the letters, digits and signs that a URL needs; a lone % is none of them.
_NOT_IN_URL = r"[^A-Za-z0-9\-._~:/?#@,;=&+%]|%(?![0-9A-Fa-f]{2})"
# As nearly all are: nothing to be encoded. To take all these signs out takes half as long as
# to match them.
_STARTS = re.compile(r"https?://[^/?#]").match
_CLEAN = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#@,;=&+"
_ENTITY_IN_URL = re.compile(RULES["entity"].pattern)


def escape(text: str, rules: Iterable[str] = COMMON, place: Place = "text") -> str:
    """Return `text`, on one line, as Markdown that shows it and does nothing else.

    `rules` are the names of those that the site's generator needs.
    """
    return _escape(tidy(text), tuple(rules), place)


def escape_all(
    texts: Sequence[str], rules: tuple[str, ...] = COMMON, place: Place = "text"
) -> list[str]:
    """Return each of some texts as `escape` does; no rule looks beyond the end of a line."""
    return _escape("\n".join(tidy_all(texts)), rules, place).split("\n") if texts else []


def _escape(text: str, rules: tuple[str, ...], place: Place) -> str:
    signs, by_sign = _compile(rules, place)

    def spell(sign: re.Match[str]) -> str:
        for name in by_sign[sign[0]]:
            if _pattern_of(name).match(text, sign.start()):
                rule = RULES[name]
                if rule.visible:
                    return f"\\{sign[0]}"
                return rule.before + (rule.instead or f"&#{ord(sign[0])};")
        return sign[0]

    return signs.sub(spell, text)


@lru_cache(maxsize=64)
def _compile(rules: tuple[str, ...], place: Place) -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """Return what finds the signs that may act, and the rules that each of them is in."""
    by_sign: dict[str, list[str]] = {}
    near: dict[str, str] = {}
    # A start is also a text: what opens a block is looked for first.
    for name in sorted(rules, key=lambda name: name != "block"):
        if place in RULES[name].places:
            rule = RULES[name]
            for sign in rule.signs:
                by_sign.setdefault(sign, []).append(name)
            near[rule.near] = near.get(rule.near, "") + rule.signs
    looks = [look or f"(?<=[{re.escape(anywhere)}])" for look, anywhere in near.items()]
    signs = f"[{re.escape(''.join(by_sign))}](?:{'|'.join(looks)})"
    return re.compile(signs, re.MULTILINE), by_sign


@lru_cache(maxsize=len(RULES))
def _pattern_of(rule: str) -> re.Pattern[str]:
    # All of them together take longer to compile than a hundred stories to be escaped.
    return re.compile(RULES[rule].pattern, re.MULTILINE)


# A link stands in a body, in a field or two, and in a list of headlines.
@lru_cache(maxsize=256)
def safe_url(url: str) -> str:
    """Return `url` percent-encoded, "" unless it is an absolute http(s) address.

    Encoded are also the signs that a URL may hold but that act in Markdown, in a template or in
    an attribute: quotes, parentheses, brackets, braces, `!`, `*`, `$`, `|`, `^` and backslashes.
    """
    if _STARTS(url) and _is_clean(url):
        return url
    url = url.strip()
    if not re.match(_HTTP, url):
        return ""
    return re.sub(
        _NOT_IN_URL,
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")),
        url,
    )


# Those of a story's headlines stand in its front matter and in its body.
@lru_cache(maxsize=4)
def safe_urls(urls: tuple[str, ...]) -> tuple[str, ...]:
    """Return each of some URLs as `safe_url` does."""
    # What is known for a link as Google writes it today was looked over for that.
    if all(map(secret_id, urls)) or (all(map(_STARTS, urls)) and _is_clean("".join(urls))):
        return urls
    return tuple(map(safe_url, urls))


def _is_clean(urls: str) -> bool:
    return urls.isascii() and not urls.encode().translate(None, _CLEAN)


def destination(url: str) -> str:
    """Return `url` as a Markdown link has it, "" unless it is an absolute http(s) address."""
    safe = safe_url(url)
    return _ENTITY_IN_URL.sub("&amp;", safe) if ";" in safe else safe


def destinations(urls: tuple[str, ...]) -> tuple[str, ...]:
    """Return each of some URLs as `destination` does."""
    safe = safe_urls(urls)
    return tuple(map(destination, safe)) if ";" in "".join(safe) else safe


def link(text: str, url: str, rules: Iterable[str] = COMMON, place: Place = "text") -> str:
    """Return a Markdown link that shows `text`, the text alone where `url` cannot be linked.

    `place` is where the link stands.
    """
    target = destination(url)
    if not target or not tidy(text):
        return escape(text, rules, place)
    return f"[{escape(text, rules, 'link')}]({target})"
