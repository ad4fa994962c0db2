"""A theme's preset fills in the names that the theme reads: shown by builds.

Minima, with jekyll-seo-tag, is the real one that Debian packages with Jekyll. The others are in no
registry that a test could ask, so a template reads here the fields that theirs read, as theirs do.
"""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from newsimport.config import Settings
from newsimport.importer import import_feeds
from newsimport.models import FrontMatter
from newsimport.site.frontmatter import write
from newsimport.site.layout import make_layout
from newsimport.site.profiles import PROFILES
from newsimport.site.render import render_modern
from newsimport.site.themes import THEMES

from .feeds import HARBOUR, WORLD, item, modern, rss
from .hostile_strings import LONG, SECRET, STRINGS
from .sites import SITES, Built, build, command_of
from .test_inert_builds import NOW, complaints, told

PICTURE = "https://pictures.example/ferry.jpg"
FEED = rss(
    item(
        HARBOUR[0],
        modern(HARBOUR),
        guid="harbour",
        more=f'<media:content url="{PICTURE}" medium="image"/>',
    )
)


def imported(folder: Path, theme: str) -> str:
    """Import a story for a theme; return its file's text."""
    folder.mkdir(parents=True, exist_ok=True)
    source, out = folder / "feed.xml", folder / "out"
    source.write_text(FEED, encoding="utf-8")
    settings = Settings(
        sources=(str(source),),
        out=out,
        feed_url=WORLD,
        site=THEMES[theme].site,
        front_matter=FrontMatter(theme=theme),
    )
    assert import_feeds(settings, NOW).exit == 0
    [path] = out.glob("*.md")
    return path.read_text("utf-8")


# Themes and plugins render each title a dozen times over, in time that grows with its square.
SHORT = [text for text in STRINGS if text not in LONG]

# ---------------------------------------------------------------- Minima


def minima(root: Path, posts: dict[str, str]) -> Built:
    site = SITES["jekyll"]
    command = command_of(site)
    if not command:
        pytest.skip("jekyll is not installed")
    listed = subprocess.run(
        ["ruby", "-e", "puts Gem::Specification.map(&:name)"],
        capture_output=True,
        text=True,
        check=True,
    )
    if "minima" not in listed.stdout.split():
        pytest.skip("minima is not installed: Debian's package `jekyll-theme-minima` brings it")
    files = {
        "_config.yml": "title: t\nurl: https://site.example\ntheme: minima\nshow_excerpts: true\n"
        f"plugins: [jekyll-feed, jekyll-seo-tag]\nsecret: {SECRET}\n",
        "index.md": "---\nlayout: home\n---\n",
    }
    return build(replace(site, files=files), root, posts)


def test_minima_shows_what_its_preset_names(tmp_path: Path) -> None:
    text = imported(tmp_path / "import", "minima")
    site = minima(tmp_path / "site", {"2026-01-06-ferry.md": text})
    assert (site.status, complaints(site)) == (0, []), site.log[-2000:]
    address = next(site.out.rglob("*ferry*.html"))
    page = BeautifulSoup(address.read_bytes(), "lxml")
    [canonical] = page.find_all("link", rel="canonical")
    assert canonical["href"] == HARBOUR[0].link
    [picture] = page.find_all("meta", property="og:image")
    assert picture["content"] == PICTURE
    assert page.find(class_="post-title").get_text() == HARBOUR[0].title
    home = BeautifulSoup((site.out / "index.html").read_bytes(), "lxml")
    shown = home.find(class_="post-list").get_text(" ")
    # The summary, and not the list of headlines.
    assert HARBOUR[1].title in shown
    assert "Also covered by" in shown
    assert not home.find(class_="post-list").find_all("ul")


def test_no_string_breaks_minima(tmp_path: Path) -> None:
    layout = make_layout(PROFILES["jekyll"], FrontMatter(theme="minima"))
    posts = {}
    for number, text in enumerate(("An ordinary headline", *SHORT)):
        story = told(text)
        post = render_modern(story, story.headlines, f"s{number:04}", NOW, layout)
        posts[layout.file_name(f"s{number:04}", NOW)] = write(post.fields, post.body).decode()
    site = minima(tmp_path / "site", posts)
    assert (site.status, complaints(site)) == (0, []), site.log[-2000:]
    assert SECRET not in site.everything()

    def elements(slug: str) -> list[tuple[str, ...]]:
        page = BeautifulSoup(site.page(slug), "lxml")
        found = [(tag.name, *sorted(tag.attrs)) for tag in page.find_all()]
        return sorted(found)

    ordinary = set(elements("s0000"))
    wrong = {
        text[:80]: set(elements(f"s{number:04}")) - ordinary
        for number, text in enumerate(SHORT, 1)
        if set(elements(f"s{number:04}")) - ordinary
    }
    assert wrong == {}
    home = BeautifulSoup((site.out / "index.html").read_bytes(), "lxml")
    listed = home.find(class_="post-list")
    assert {tag.name for tag in listed.find_all()} <= {"li", "span", "h3", "a"}


# ---------------------------------------------------------------- the others

# As in the themes' own templates: article-link of Congo and Blowfish, cover and head of PaperMod,
# archive-single of minimal-mistakes, post of Chirpy.
_READ = {
    "papermod": '<link rel="canonical" href="{{ with .Params.canonicalURL }}{{ . }}{{ end }}">'
    '<img src="{{ .Params.cover.image }}">{{ range .Params.images }}<b>{{ . }}</b>{{ end }}',
    "congo": '{{ with .Params.externalUrl }}<a href="{{ . }}">{{ $.Title }}</a>{{ end }}',
    "blowfish": '{{ with .Params.externalUrl }}<a href="{{ . }}">{{ $.Title }}</a>{{ end }}'
    '<img src="{{ .Params.featureimage }}">',
    "minimal-mistakes": '<h1>{{ page.title | markdownify | remove: "<p>" | remove: "</p>" }}</h1>'
    '<a href="{{ page.link }}">x</a><img src="{{ page.header.teaser }}">'
    "<i>{{ page.excerpt | markdownify | strip_html }}</i>",
    "chirpy": '<link rel="canonical" href="{{ page.canonical_url }}"><img src="{{ page.image }}">'
    "{% for tag in page.tags %}<b>{{ tag }}</b>{% endfor %}",
}


def test_every_theme_is_built_for() -> None:
    assert {*_READ, "minima"} == set(THEMES)


@pytest.mark.parametrize("theme", _READ)
def test_a_template_finds_what_the_preset_names(theme: str, tmp_path: Path) -> None:
    site = SITES[THEMES[theme].site]
    if not command_of(site):
        pytest.skip(f"{site.name} is not installed")
    template = f"<!doctype html><body>{_READ[theme]}</body>"
    name = "layouts/_default/single.html"
    if site.name == "jekyll":
        name = f"_layouts/{'single' if theme == 'minimal-mistakes' else 'post'}.html"
    text = imported(tmp_path / "import", theme)
    posts = {"ferry.md" if site.name == "hugo" else "2026-01-06-ferry.md": text}
    made = build(replace(site, files=site.files | {name: template}), tmp_path / "site", posts)
    assert (made.status, complaints(made)) == (0, []), made.log[-2000:]
    [address] = [path for path in made.out.rglob("*.html") if "keep-its-last-ferry" in str(path)]
    page = BeautifulSoup(address.read_bytes(), "lxml")
    found = [str(tag[name]) for tag in page.find_all() for name in ("href", "src") if tag.get(name)]
    wanted = [HARBOUR[0].link] + [PICTURE] * ("img" in _READ[theme])
    assert found == wanted
    if theme == "minimal-mistakes":
        assert HARBOUR[1].title in page.i.get_text()
    if theme == "chirpy":
        assert [tag.get_text() for tag in page.find_all("b")] == ["ferry", "votes"]
    if theme == "papermod":
        assert page.b.get_text() == PICTURE


def test_minimal_mistakes_renders_no_strings_markdown(tmp_path: Path) -> None:
    """The theme renders titles and excerpts as Markdown."""
    site = SITES["jekyll"]
    if not command_of(site):
        pytest.skip("jekyll is not installed")
    template = "<!doctype html><body>" + _READ["minimal-mistakes"] + "</body>"
    site = replace(site, files=site.files | {"_layouts/single.html": template})
    layout = make_layout(PROFILES["jekyll"], FrontMatter(theme="minimal-mistakes"))
    posts = {}
    for number, text in enumerate(SHORT):
        story = told(text)
        post = render_modern(story, story.headlines, f"s{number:04}", NOW, layout)
        posts[layout.file_name(f"s{number:04}", NOW)] = write(post.fields, post.body).decode()
    made = build(site, tmp_path / "site", posts)
    assert (made.status, complaints(made)) == (0, []), made.log[-2000:]
    assert SECRET not in made.everything()
    wrong = {}
    for number, text in enumerate(SHORT):
        title = BeautifulSoup(made.page(f"s{number:04}"), "lxml").h1
        if title.find_all():
            wrong[text[:80]] = str(title)[:200]
    assert wrong == {}
