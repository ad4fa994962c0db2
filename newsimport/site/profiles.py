"""What each static site generator expects of a story's file, as data."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from newsimport.models import NOTHING, Bare
from newsimport.records import NamedTuple
from newsimport.site.markdown import COMMON

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

# What a story's file may hold, in the order in which it does where nothing else is asked for.
ALL_FIELDS = (
    "title", "date", "lastmod", "description", "summary", "excerpt", "slug", "image", "images",
    "link", "google_link", "source", "sources", "categories", "category", "tags", "draft",
    "publisher", "publishers", "language", "guid", "headlines",
)  # fmt: skip
# Written by an update only, when there is something to say.
LATER_FIELDS = frozenset({"lastmod", "sources"})
# Written only where a theme or the user asks for them.
FURTHER_FIELDS = frozenset({"category", "images", "publishers", "language", "guid"})
FIELDS = tuple(name for name in ALL_FIELDS if name not in LATER_FIELDS | FURTHER_FIELDS)

_RFC_3339 = "%Y-%m-%dT%H:%M:%SZ"


class Companion(NamedTuple):
    """A file of the site that its stories need, printed by `newsimport init`, never written.

    `path` is relative to the site's folder; a `{posts}` in it is the folder of the stories.
    """

    path: str
    text: str
    why: str


class Profile(NamedTuple):
    """A site generator: how its files are named and what its front matter is called.

    `signs` are files by which a site of it is known, each with a text that it must hold ("" for
    any). `version` is the command that tells its version, or the package of Node in which the site
    has it. `posts` is where its stories usually live, `news` where those live that come by the day,
    if elsewhere; `bundle` the `file_name` of a story with a folder of its own. `date_form` is a
    strftime form for a time in UTC. `places` says where a field stands that is not found under its
    own name, dots leading into maps, of which `maps` come last; `without` names those that it
    cannot have, `also` those that it has besides. `constants` are fields that every file has,
    before all others; `spelled` those that are printed otherwise than as text. `reserved` are tags
    that mean something else; `slug_terms` says that tags are told apart by their slugs alone.
    `markdown` names the rules by which text is escaped in a body, and `heading` says that the body
    begins with the title and what lists show of a story.
    """

    name: str
    signs: tuple[tuple[str, str], ...]
    version: tuple[str, ...] | str
    posts: str
    news: str = ""
    file_name: str = "{slug}.md"
    bundle: str = ""
    formats: tuple[str, ...] = ("yaml",)
    date_form: str = _RFC_3339
    places: Mapping[str, str] = NOTHING
    maps: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()
    constants: Mapping[str, str] = NOTHING
    spelled: Mapping[str, str] = NOTHING
    reserved: frozenset[str] = frozenset()
    slug_terms: bool = False
    markdown: tuple[str, ...] = COMMON
    heading: bool = False
    companions: tuple[Companion, ...] = ()

    def date(self, when: datetime) -> Bare:
        """Return a time in UTC as this generator reads it, without quotes."""
        if self.date_form == _RFC_3339:  # as nearly all have it, in a twentieth of the time
            return Bare(when.isoformat()[:19] + "Z")
        return Bare(when.strftime(self.date_form))


_ZOLA_EXTRA = (
    "summary", "excerpt", "image", "link", "google_link", "source", "sources", "publisher",
    "headlines", "images", "publishers", "language", "guid", "category",
)  # fmt: skip

# A row for each generator, in the order in which their signs are looked for: Hexo's configuration
# file is called as Jekyll's, Zola's as Hugo's once was.
_ROWS = (
    Profile(
        name="hexo",
        signs=(("_config.yml", "hexo"), ("package.json", '"hexo"'), ("scaffolds", "")),
        version="hexo",
        posts="source/_posts",
        # `source`, `published`, `permalink` and `content` are Hexo's own; it ignores `slug`.
        places={"lastmod": "updated", "source": "feed", "sources": "feeds"},
        without=frozenset({"slug", "draft"}),
        markdown=("square", *COMMON),
    ),
    Profile(
        name="zola",
        signs=(("zola.toml", ""), ("config.toml", "base_url")),
        version=("zola", "--version"),
        posts="content/posts",
        formats=("yaml", "toml"),
        # Anything else at the top is dropped without a word.
        places={
            "lastmod": "updated",
            "categories": "taxonomies.categories",
            "tags": "taxonomies.tags",
            **{name: f"extra.{name}" for name in _ZOLA_EXTRA},
        },
        maps=("taxonomies", "extra"),
        companions=(
            Companion(
                "{posts}/_index.md",
                '+++\ntitle = "News"\nsort_by = "date"\npaginate_by = 20\n+++\n',
                "Zola shows a section's stories by date only if the section says so.",
            ),
            Companion(
                "config.toml",
                'taxonomies = [\n  { name = "categories" },\n  { name = "tags" },\n]\n',
                "Zola builds no site whose stories have a taxonomy that it does not know. "
                "The lines go before the first [section].",
            ),
        ),
    ),
    Profile(
        name="hugo",
        signs=(
            *((f"hugo.{form}", "") for form in ("toml", "yaml", "yml", "json")),
            *((f"config.{form}", "") for form in ("toml", "yaml", "yml", "json")),
            ("config/_default", ""),
        ),
        version=("hugo", "version"),
        posts="content/posts",
        news="content/news",
        bundle="{slug}/index.md",
        formats=("yaml", "toml", "json"),
        # Hugo takes `published` for a date, and renders `summary` as Markdown.
        spelled={"summary": "markdown"},
        markdown=(*COMMON, "emoji", "checkbox"),
    ),
    Profile(
        name="jekyll",
        signs=(("_config.yml", ""), ("_config.yaml", ""), ("_config.toml", "")),
        version=("jekyll", "--version"),
        posts="_posts",
        # Jekyll ignores, silently, a post whose name does not start with its date.
        file_name="{date}-{slug}.md",
        bundle="",
        date_form="%Y-%m-%d %H:%M:%S +0000",
        places={"lastmod": "last_modified_at"},
        # Without a layout Jekyll publishes a bare fragment.
        constants={"layout": "post"},
        markdown=(*COMMON, "pipe", "definition", "maths", "footnote"),
    ),
    Profile(
        name="eleventy",
        signs=(
            *((f"eleventy.config.{form}", "") for form in ("js", "mjs", "cjs", "ts")),
            (".eleventy.js", ""),
            ("package.json", '"@11ty/eleventy"'),
        ),
        version="@11ty/eleventy",
        posts="posts",
        places={"lastmod": "updated"},
        # `permalink`, `content`, `page` are Eleventy's own; it takes the slug from the name.
        without=frozenset({"slug"}),
        # The collection of everything.
        reserved=frozenset({"all"}),
        companions=(
            Companion(
                "{posts}/posts.json",
                '{\n  "layout": "post",\n  "permalink": "/news/{{ page.fileSlug }}/"\n}\n',
                "Eleventy lays out all stories of the folder by this file, named after it.",
            ),
        ),
    ),
    Profile(
        name="astro",
        signs=(
            *((f"astro.config.{form}", "") for form in ("mjs", "js", "ts", "mts", "cjs")),
            ("package.json", '"astro"'),
        ),
        version="astro",
        posts="src/content/posts",
        places={"lastmod": "updated"},
        # `slug` would override the entry's id.
        without=frozenset({"slug"}),
        markdown=("address-apart", *COMMON),
        companions=(
            Companion(
                "src/content.config.ts",
                """\
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

const posts = defineCollection({
  loader: glob({ pattern: '**/*.md', base: './src/content/posts' }),
  schema: z.object({
    title: z.string(),
    date: z.date(),
    updated: z.date().optional(),
    description: z.string(),
    summary: z.string(),
    excerpt: z.string().optional(),
    image: z.string().optional(),
    link: z.string(),
    google_link: z.string().optional(),
    source: z.string(),
    sources: z.array(z.string()).optional(),
    categories: z.array(z.string()),
    tags: z.array(z.string()),
    draft: z.boolean(),
    publisher: z.string(),
    headlines: z.array(
      z.object({
        title: z.string(),
        publisher: z.string(),
        link: z.string(),
        first_seen: z.date().optional(),
      }).passthrough(),
    ),
  }),
});

export const collections = { posts };
""",
                "Astro reads a collection by its schema.",
            ),
        ),
    ),
    Profile(
        name="pelican",
        signs=(("pelicanconf.py", ""),),
        version=("pelican", "--version"),
        posts="content",
        places={"lastmod": "modified"},
        # One category, no list; `status` is what Pelican knows instead of `draft`.
        also=("category",),
        without=frozenset({"draft", "categories"}),
        spelled={"title": "html", "summary": "markdown"},
        # The feed of everything has the name that this category's would have.
        reserved=frozenset({"all"}),
        companions=(
            Companion(
                "pelicanconf.py",
                'PLUGINS = ["yaml_metadata"]\n',
                "Pelican reads YAML front matter with this plugin: "
                "pip install pelican-yaml-metadata.",
            ),
        ),
    ),
    Profile(
        name="nikola",
        signs=(("conf.py", "BLOG_TITLE"),),
        version=("nikola", "version"),
        posts="posts",
        places={"lastmod": "updated", "image": "previewimage"},
        also=("category",),
        without=frozenset({"draft", "categories"}),
        # These tags hide a post. Two whose slugs are equal fail the build, even `C` and `C++`.
        reserved=frozenset({"draft", "private", "mathjax"}),
        slug_terms=True,
    ),
    Profile(
        name="mkdocs",
        signs=(("mkdocs.yml", ""), ("mkdocs.yaml", "")),
        version=("mkdocs", "--version"),
        posts="docs/blog/posts",
        places={"date": "date.created", "lastmod": "date.updated"},
        heading=True,
    ),
)
PROFILES: Mapping[str, Profile] = {profile.name: profile for profile in _ROWS}
DEFAULT = PROFILES["hugo"]
_SIGN_BYTES = 1 << 16


def find_profile(out: Path) -> Profile:
    """Return the profile of the site that `out` lies in, known by its configuration file.

    Looks in `out` and in each folder above it; Hugo's where nothing is found.
    """
    return next((profile for profile, _ in _sites(out, PROFILES.values())), DEFAULT)


def news_folder(profile: Profile) -> str:
    """Return where a new site keeps its news, from the site's own folder."""
    return profile.news or profile.posts


def is_site(out: Path, profile: Profile) -> bool:
    """Say whether a folder lies in a site that is known to be of this generator by its files."""
    return next(_sites(out, (profile,)), None) is not None


def find_root(out: Path, profile: Profile) -> Path:
    """Return the folder of the site that `out` lies in, the one above `out` if none is known."""
    return next((root for _, root in _sites(out, (profile,))), out.absolute().parent)


def _sites(out: Path, profiles: Iterable[Profile]) -> Iterator[tuple[Profile, Path]]:
    """Yield which of these have a site that `out` lies in, and its folder, the nearest first."""
    folder = out.absolute()
    for place in (folder, *folder.parents):
        here = str(place)
        for profile in profiles:
            if any(_is_there(f"{here}/{name}", text) for name, text in profile.signs):
                yield profile, place


def _is_there(path: str, text: str) -> bool:
    # Path's own, on older Pythons, raises where a folder cannot be entered; what makes an exception
    # of each name that is not there takes long for all that are looked for.
    if not os.access(path, os.F_OK):
        return False
    if not text:
        return True
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return text.encode() in file.read(_SIGN_BYTES)
    except OSError:
        return False
