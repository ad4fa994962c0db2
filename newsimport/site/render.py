"""Render a story as a document of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.models import Bare, Headline, Post, Value
from newsimport.site import markdown
from newsimport.site.body import write_body
from newsimport.site.profiles import FURTHER_FIELDS
from newsimport.site.table import Table
from newsimport.site.wording import as_html, as_slug_title, as_slug_words, inert, inert_all, terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from newsimport.models import Story
    from newsimport.site.layout import Layout
    from newsimport.site.profiles import Profile


def render_story(
    story: Story, headlines: Sequence[Headline], slug: str, date: datetime, layout: Layout
) -> Post:
    """Return a story as front matter and body, in the style of the layout."""
    if layout.is_classic:
        from newsimport.site.classic import render_classic

        return render_classic(story, slug, date)
    return render_modern(story, headlines, slug, date, layout)


def render_modern(
    story: Story, headlines: Sequence[Headline], slug: str, date: datetime, layout: Layout
) -> Post:
    """Return a story as front matter, by the places of its fields, and a body of its headlines.

    `headlines` are those to be shown, with `first_seen`; `date` is aware, in UTC.
    """
    values = story_values(story, headlines, slug, date, layout)
    body = write_body(story, headlines, layout)
    return Post(layout.arrange(values), body)


def story_values(
    story: Story, headlines: Sequence[Headline], slug: str, date: datetime, layout: Layout
) -> dict[str, Value]:
    """Return all fields that a layout places, each inert where a theme may print it."""
    title, description, summary, publisher, *words = inert_all(
        [
            story.title, story.description, story.summary, story.publisher,
            *[line.title for line in headlines], *[line.publisher for line in headlines],
        ]
    )  # fmt: skip
    titles, publishers = words[: len(headlines)], words[len(headlines) :]
    values: dict[str, Value] = {
        "title": _spelled(layout, "title", story.title, title),
        "date": layout.profile.date(date),
        "description": _spelled(layout, "description", story.description, description),
        "summary": _spelled(layout, "summary", story.summary, summary),
        "slug": slug,
        "link": markdown.safe_url(story.url),
        "source": markdown.safe_url(story.source),
        "categories": _terms(layout, "categories", story.categories),
        "tags": _terms(layout, "tags", story.tags),
        "draft": Bare("false"),
        "publisher": publisher,
        "headlines": _rows(headlines, titles, publishers, layout.profile),
    }
    # Themes take an empty image for a picture.
    if image := markdown.safe_url(story.image):
        values["image"] = image
    if google_link := markdown.safe_url(story.google_url):
        values["google_link"] = google_link
    if not FURTHER_FIELDS.isdisjoint(layout.places):
        values |= _further_values(story, values, _named(headlines, publishers))
    return values


def _further_values(
    story: Story, values: Mapping[str, Value], publishers: list[Value]
) -> dict[str, Value]:
    """Return the fields that few sites ask for; `values` are the usual ones."""
    further: dict[str, Value] = {
        "publishers": publishers,
        "language": story.language,
        "guid": inert(story.guid),
    }
    if image := values.get("image"):
        further["images"] = [image]
    # Pelican and Nikola take a blank category for one.
    if categories := values["categories"]:
        further["category"] = next(iter(categories))
    return further


def _named(headlines: Sequence[Headline], publishers: list[str]) -> list[Value]:
    """Return the publishers of headlines, each once; one that the feed does not name is none."""
    named = zip(headlines, publishers, strict=True)
    return list(dict.fromkeys([publisher for line, publisher in named if line.publisher]))


def spell(layout: Layout, name: str, text: str) -> str:
    """Return the text of a field as this site's generator is to read it."""
    return _spelled(layout, name, text, inert(text))


def _spelled(layout: Layout, name: str, text: str, plain: str) -> str:
    """Return a text, of which `plain` is the inert form, as the generator reads this field."""
    how = layout.spelled.get(name)
    if how == "markdown":
        return markdown.escape(text, layout.profile.markdown, "any")
    return as_html(plain) if how == "html" else plain


def _terms(layout: Layout, name: str, names: Iterable[str]) -> list[Value]:
    """Return tags or categories as this site's generator and theme can have them."""
    spell: Callable[[str], str] = str
    if layout.profile.slug_terms:
        spell = as_slug_words if name == "tags" else as_slug_title
    elif layout.lower_terms and name == "tags":
        spell = str.lower
    return list(terms(names, layout.profile.reserved, spell)[: layout.most.get(name)])


def headline_fields(headlines: Sequence[Headline], profile: Profile) -> list[Value]:
    """Return headlines as front matter holds them."""
    titles = inert_all([line.title for line in headlines])
    publishers = inert_all([line.publisher for line in headlines])
    return _rows(headlines, titles, publishers, profile)


def _rows(
    headlines: Sequence[Headline], titles: list[str], publishers: list[str], profile: Profile
) -> list[Value]:
    links = markdown.safe_urls(tuple([line.url for line in headlines]))
    seen = [line.first_seen for line in headlines]
    # The time of the run stands at each that is new.
    times = {when: profile.date(when) for when in {*seen} if when}
    if all(seen) and {line.google_url for line in headlines} <= {""}:
        return Table(titles, publishers, links, [times[when] for when in seen if when])
    rows: list[Value] = []
    for line, *cells in zip(headlines, titles, publishers, links, strict=True):
        row: dict[str, Value] = dict(zip(("title", "publisher", "link"), cells, strict=True))
        if line.google_url and (google_link := markdown.safe_url(line.google_url)):
            row["google_link"] = google_link
        if line.first_seen:
            row["first_seen"] = times[line.first_seen]
        rows.append(row)
    return rows
