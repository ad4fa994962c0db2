"""The names by which well-known themes call a story's fields, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.models import NOTHING
from newsimport.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Theme(NamedTuple):
    """What a theme reads: where fields stand, what every story has, and what it takes little of.

    `site` is the generator that it is made for. `rename` is as in `FrontMatter`; `constants` stand
    in every file. `spelled` is as a profile's. `most` says of how many categories or tags it shows
    pages, `lower_terms` that it makes their addresses of them as they are.
    """

    site: str
    rename: Mapping[str, str]
    constants: Mapping[str, str] = NOTHING
    spelled: Mapping[str, str] = NOTHING
    most: Mapping[str, int] = NOTHING
    lower_terms: bool = False


# Found in the themes' own templates.
THEMES: Mapping[str, Theme] = {
    # partials/cover.html reads `cover.image`, templates/opengraph.html `images`, post_canonical
    # and head.html `canonicalURL`.
    "papermod": Theme("hugo", {"image": "cover.image", "images": "images", "link": "canonicalURL"}),
    # partials/article-link.html makes a story whose `externalUrl` is set a link to it.
    "congo": Theme("hugo", {"link": "externalUrl", "images": "images"}),
    # partials/article-link/*.html read `externalUrl` and, for a picture elsewhere, `featureimage`.
    "blowfish": Theme("hugo", {"link": "externalUrl", "image": "featureimage", "images": "images"}),
    # _layouts/post.html reads `modified_date`, _layouts/home.html shows `excerpt`; jekyll-seo-tag
    # reads `image` and `canonical_url`.
    "minima": Theme(
        "jekyll", {"lastmod": "modified_date", "summary": "excerpt", "link": "canonical_url"}
    ),
    # A post with `link` is a link post, whose title leads there; `header.teaser` is its picture in
    # lists. Titles and excerpts are rendered as Markdown.
    "minimal-mistakes": Theme(
        "jekyll",
        {"summary": "excerpt", "image": "header.teaser"},
        constants={"layout": "single"},
        spelled={"title": "markdown", "summary": "markdown"},
    ),
    # _layouts/post.html shows two levels of categories, and links tags by their lower-case slug.
    "chirpy": Theme("jekyll", {"link": "canonical_url"}, most={"categories": 2}, lower_terms=True),
}
