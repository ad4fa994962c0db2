"""Write the body of a story's file: its headlines, in a form of ours or of the user's own."""

from __future__ import annotations

from itertools import chain, count, repeat
from typing import TYPE_CHECKING, Any

from newsimport.errors import UsageError
from newsimport.site import markdown
from newsimport.site.layout import BODIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsimport.models import Headline, Story
    from newsimport.site.layout import Layout


def write_body(story: Story, headlines: Sequence[Headline], layout: Layout) -> bytes:
    """Return a body in the form that the layout asks for, in UTF-8, b"" for none.

    Raises UsageError when the user's template fails.
    """
    rules = layout.profile.markdown
    if layout.body not in BODIES:
        return _from_template(layout.body, story, headlines, rules).encode()
    if layout.body == "none":
        return b""
    text = _WRITERS[layout.body](headlines, rules)
    if layout.profile.heading:
        title = markdown.escape(story.title, rules, "heading")
        # What stands before the mark is all that the blog's own pages show of a story.
        lead = markdown.escape(story.description, rules, "start")
        text = f"# {title}\n\n{lead}\n\n<!-- more -->\n\n{text}"
    return f"\n{text}".encode()


def _write_lines(
    leads: Iterable[str], headlines: Sequence[Headline], rules: tuple[str, ...]
) -> str:
    """Return headlines as `write_line` has each of them, each with the next lead before it."""
    titles = markdown.escape_all([line.title for line in headlines], rules, "link")
    publishers = markdown.escape_all([line.publisher for line in headlines], rules)
    targets = markdown.destinations(tuple([line.url for line in headlines]))
    if all(titles) and all(targets) and all(publishers):
        rows = zip(leads, titles, targets, publishers, strict=False)
        return "".join([f"{start}[{title}]({url}) — {by}\n" for start, title, url, by in rows])
    lines = [write_line(line, rules) for line in headlines]
    return "".join([f"{start}{line}\n" for start, line in zip(leads, lines, strict=False)])


def write_line(headline: Headline, rules: tuple[str, ...] = markdown.COMMON) -> str:
    """Return a headline as Markdown: its title, linked where it can be, and its publisher."""
    linked = markdown.link(headline.title, headline.url, rules, "start")
    publisher = markdown.escape(headline.publisher, rules)
    return f"{linked} — {publisher}" if publisher else linked


def _list(headlines: Sequence[Headline], rules: tuple[str, ...]) -> str:
    return _write_lines(repeat("- "), headlines, rules)


def _numbered(headlines: Sequence[Headline], rules: tuple[str, ...]) -> str:
    return _write_lines((f"{number}. " for number in count(1)), headlines, rules)


def _quote(headlines: Sequence[Headline], rules: tuple[str, ...]) -> str:
    # Paragraphs of one quotation: without the empty lines they would run together.
    return _write_lines(chain(("> ",), repeat(">\n> ")), headlines, rules) or "\n"


def _table(headlines: Sequence[Headline], rules: tuple[str, ...]) -> str:
    rules = tuple(dict.fromkeys([*rules, "pipe"]))
    rows = (
        f"| {markdown.link(line.title, line.url, rules, 'start')} "
        f"| {markdown.escape(line.publisher, rules, 'start')} |\n"
        for line in headlines
    )
    return "| Headline | Publisher |\n| --- | --- |\n" + "".join(rows)


_WRITERS = {"list": _list, "numbered": _numbered, "quote": _quote, "table": _table}


# ---------------------------------------------------------------- the user's own


def _from_template(
    source: str, story: Story, headlines: Sequence[Headline], rules: tuple[str, ...]
) -> str:
    """Render the user's Jinja2 template in a sandbox, each value escaped unless it is an address.

    It sees `title`, `url`, `publisher`, `description`, `summary`, `image`, `published`,
    `categories`, `tags`, and `headlines`, each with `title`, `url`, `publisher`, `link` (both as
    one Markdown link). `| raw` gives a text as it came: it may act.
    """
    try:
        from jinja2 import TemplateError
        from jinja2.sandbox import ImmutableSandboxedEnvironment
    except ImportError:
        raise UsageError(
            "a template for the body needs Jinja2 beside newsimport: pip install jinja2"
        ) from None

    def finalize(value: Any) -> str:
        # A list or a map as well: what it looks like holds what its items say.
        text = str(value)
        return text if isinstance(value, _Written) else markdown.escape(text, rules, "any")

    class Environment(ImmutableSandboxedEnvironment):
        # What a macro or a block gives was escaped piece by piece.
        concat = staticmethod(lambda pieces: _Written("".join(pieces)))

    environment = Environment(
        finalize=finalize, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["raw"] = _Written
    try:
        return "\n" + environment.from_string(source).render(_values(story, headlines, rules))
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise UsageError(f"the template of the body fails: {error}") from error


class _Written(str):
    """Text that is Markdown already."""

    __slots__ = ()


def _values(story: Story, headlines: Sequence[Headline], rules: tuple[str, ...]) -> dict[str, Any]:
    return {
        "title": story.title,
        "url": _Written(markdown.safe_url(story.url)),
        "publisher": story.publisher,
        "description": story.description,
        "summary": story.summary,
        "image": _Written(markdown.safe_url(story.image)),
        "published": story.published,
        "categories": list(story.categories),
        "tags": list(story.tags),
        "headlines": [
            {
                "title": line.title,
                "url": _Written(markdown.safe_url(line.url)),
                "publisher": line.publisher,
                "link": _Written(markdown.link(line.title, line.url, rules, "any")),
            }
            for line in headlines
        ],
    }
