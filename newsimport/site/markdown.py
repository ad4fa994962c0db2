"""Make any text inert Markdown: it reads as it did, and nothing of it acts."""

from __future__ import annotations

import re

# Each of these acts somewhere in the middle of a Markdown line, so it is escaped wherever it
# stands. The rest of a headline (quotes, hyphens, dashes, dots, `$5`, `50%`, `a & b`) is left as
# the paper printed it.
_ESCAPES = {
    "\\": "\\\\",  # an escape of its own would undo the next one
    "`": "\\`",  # code span
    "*": "\\*",  # emphasis
    "[": "\\[",  # link, image, footnote, checkbox, reference
    "]": "\\]",  # the end of the link text around it
    "~": "\\~",  # strikethrough (GFM), in kramdown's GFM parser too
    "|": "\\|",  # kramdown makes a table of any line that holds one
    "<": "&lt;",  # HTML, autolink, comment, Hugo's `<!--more-->`
    ">": "&gt;",  # the typographers of Goldmark and kramdown take `>>` for a quotation mark
    # Shortcodes ({{< {{%), Liquid and Nunjucks ({{ {% {#), kramdown attributes ({: {::): these are
    # looked for before Markdown is, and know nothing of backslashes. Only an entity stops them all.
    "{": "&#123;",
    "}": "&#125;",
}
_ACTIVE = re.compile(
    "[" + re.escape("".join(_ESCAPES)) + "]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # emphasis, but not inside_a_word
    r"|&(?=#?\w+;)"  # what would be read as an entity
    r"|\$(?=\$)|(?<=\$)\$"  # kramdown's $$ math $$
    r"|:(?=(?:[a-z][\w+-]*|[+-]1|100|1234|8ball):)"  # Hugo's :emoji:
    r"|(?<=http):(?=//)|(?<=https):(?=//)|(?<=ftp):(?=//)|(?<=www)\.(?=\w)|@(?=\w)",  # autolinks
    re.IGNORECASE,
)
# Hugo takes a list item whose link has such a text for the checkbox of a task list.
_CHECKBOX = {"x": "&#120;", "X": "&#88;"}

_HTTP = re.compile(r"https?://[^\s/?#\\]+", re.IGNORECASE)
# Everything but the letters, digits and signs that a URL needs; a lone % is none of them.
_NOT_IN_URL = re.compile(r"[^A-Za-z0-9\-._~:/?#@,;=&%+]|%(?![0-9A-Fa-f]{2})")


def escape(text: str) -> str:
    """Return `text`, tidy and on one line, as Markdown that shows it and does nothing else.

    It must stand inside a line that starts with something else: what acts only at the start of
    a line (`#`, `1.`, `-`, `+`, `=`) is not escaped.
    """
    return _CHECKBOX.get(text) or _ACTIVE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    if character == "&":
        return "&amp;"
    return _ESCAPES.get(character) or "\\" + character


def safe_url(url: str) -> str:
    """Return `url` percent-encoded, "" unless it is an absolute http(s) address.

    Encoded are also the signs that a URL may hold but that act in Markdown, in a template or in
    an attribute: quotes, parentheses, brackets, braces, `!`, `*`, `$`, `|`, `^` and backslashes.
    """
    url = url.strip()
    if not _HTTP.match(url):
        return ""
    return _NOT_IN_URL.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), url
    )


def link(text: str, url: str) -> str:
    """Return a Markdown link that shows `text`, the text alone where `url` cannot be linked."""
    target = safe_url(url).replace("&", "&amp;")
    return f"[{escape(text)}]({target})" if target else escape(text)
