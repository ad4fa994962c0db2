"""Real Hugo and real Jekyll show every headline, publisher and link of a feed, without a warning."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from .conftest import ROOT, Cli, FeedServer
from .feeds import Row, article, item, modern, rss

WORLD = ROOT / "examples" / "world.xml"
CAPTURED = ("xmlbench-2009-nfe1.xml", "exg-top_news-2022.rss", "souta-2024.xml")
# What a generator's typographer, or the form that front matter holds, may make of a headline.
_LOOKALIKES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "‹": "<", "›": ">"})  # fmt: skip


@dataclass(frozen=True)
class Site:
    """A site to import into: where its stories go, how it is built and where its pages are."""

    folder: Path
    posts: str
    command: tuple[str, ...]
    pages: str

    def build(self) -> str:
        done = subprocess.run(
            self.command, cwd=self.folder, capture_output=True, text=True, check=False, timeout=120
        )
        said = done.stdout + done.stderr
        assert done.returncode == 0, said
        assert not re.search(r"\bwarn|error|deprecat", said, re.IGNORECASE), said
        return said


def hugo() -> tuple[str, ...]:
    beside = Path(sys.executable).with_name("hugo")
    found = str(beside) if beside.exists() else shutil.which("hugo")
    if not found:
        pytest.skip("no hugo: the extra `test` brings it")
    return (found, "--panicOnWarning", "--printPathWarnings", "--quiet", "--noBuildLock")


def jekyll() -> tuple[str, ...]:
    found = shutil.which("jekyll")
    if not found:
        pytest.skip("no jekyll on the PATH: Debian's package `jekyll` brings it")
    return (found, "build", "--trace", "--strict_front_matter", "--disable-disk-cache")


def example_hugo(folder: Path) -> Site:
    command = hugo()
    shutil.copytree(ROOT / "examples" / "hugo-site", folder)
    return Site(folder, "content/news", command, "public")


def example_jekyll(folder: Path) -> Site:
    command = jekyll()
    shutil.copytree(ROOT / "examples" / "jekyll-site", folder)
    return Site(folder, "_posts", command, "_site")


def bare_hugo(folder: Path) -> Site:
    """A site with Hugo's own defaults, its typographer among them, and the least of layouts."""
    command = hugo()
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (folder / "hugo.toml").write_text(
        'baseURL = "https://example.org/"\ntitle = "Bare"\ndisableKinds = ["taxonomy", "term"]\n'
    )
    (layouts / "single.html").write_text("<h1>{{ .Title }}</h1>{{ .Content }}\n")
    (layouts / "list.html").write_text("{{ range .Pages }}{{ .Title }}{{ end }}\n")
    (layouts / "home.html").write_text("{{ .Title }}\n")
    return Site(folder, "content/news", command, "public")


def hooked_hugo(folder: Path) -> Site:
    """A bare site that renders links itself, as Hugo's documentation shows and many themes do."""
    site = bare_hugo(folder)
    hooks = folder / "layouts" / "_default" / "_markup"
    hooks.mkdir()
    (hooks / "render-link.html").write_text(
        '<a href="{{ .Destination | safeURL }}">{{ .Text | safeHTML }}</a>'
    )
    return site


def bare_jekyll(folder: Path) -> Site:
    """A site with Jekyll's own defaults: its posts are Liquid, its quotes are made curly."""
    command = jekyll()
    (folder / "_layouts").mkdir(parents=True)
    (folder / "_config.yml").write_text("title: Bare\nurl: https://example.org\n")
    (folder / "_layouts" / "post.html").write_text("<h1>{{ page.title }}</h1>{{ content }}\n")
    return Site(folder, "_posts", command, "_site")


SITES = [example_hugo, example_jekyll, bare_hugo, bare_jekyll]


def alike(text: str) -> str:
    folded = " ".join(text.translate(_LOOKALIKES).split())
    # Front matter keeps "](" apart, and typographers join hyphens.
    return re.sub(r"([\]!]) (?=[\[(])", r"\1", re.sub("-{2,3}", "-", folded))


@dataclass(frozen=True)
class Page:
    """What a reader finds on one page: its text, and its links with theirs."""

    text: str
    links: frozenset[tuple[str, str]]


def pages(folder: Path) -> Iterator[Page]:
    for path in folder.rglob("*.html"):
        soup = BeautifulSoup(path.read_bytes(), "lxml")
        links = {
            (alike(a.get_text()), unquote(str(a["href"]))) for a in soup.find_all("a", href=True)
        }
        yield Page(alike(soup.get_text(" ")), frozenset(links))


def missing(stories: list[dict[str, Any]], built: list[Page]) -> list[str]:
    """Return what of the stories no page shows as a link with its publisher beside it."""
    lost = []
    for story in stories:
        for headline in story["headlines"]:
            wanted = (
                alike(headline["title"]),
                unquote(headline["publisher_link"] or headline["url"]),
            )
            found = [page for page in built if wanted in page.links]
            if not found:
                lost.append(f"no link: {wanted}")
            elif not any(alike(headline["publisher"]) in page.text for page in found):
                lost.append(f"no publisher: {headline}")
    return lost


def check(cli: Cli, site: Site, url: str) -> int:
    """Import the feed at an address into a site, build it and read it back; count headlines."""
    out = site.folder / site.posts
    run = cli("fetch", url, "--out", out, "--json")
    assert run.status == 0, run
    stories = cli("inspect", url, "--json").json["stories"]
    assert stories
    site.build()
    built = list(pages(site.folder / site.pages))
    assert missing(stories, built) == []
    return sum(len(story["headlines"]) for story in stories)


@pytest.mark.parametrize("make", SITES)
def test_the_example_feed(
    cli: Cli, server: FeedServer, tmp_path: Path, make: Callable[[Path], Site]
) -> None:
    url = server.serve(WORLD.read_bytes(), "/world.xml")
    assert check(cli, make(tmp_path / "site"), url) > 100


AMPERSANDS = rss(
    item(
        Row("One & two", "Q&A", "https://paper.example/?a=1&b=2&copy=3&lt=4"),
        modern(
            (
                Row("One & two", "Q&A", "https://paper.example/?a=1&b=2&copy=3&lt=4"),
                Row("Three &amp; four", "B & Sons", "https://paper.example/?x&amp&y&amp=5#c&d"),
            )
        ),
    )
)


@pytest.mark.parametrize("make", [*SITES, hooked_hugo])
def test_ampersands_in_links(
    cli: Cli, server: FeedServer, tmp_path: Path, make: Callable[[Path], Site]
) -> None:
    assert check(cli, make(tmp_path / "site"), server.serve(AMPERSANDS)) == 2


@pytest.mark.parametrize("name", CAPTURED)
@pytest.mark.parametrize("make", SITES[:2])
def test_captured_feeds(
    cli: Cli,
    server: FeedServer,
    tmp_path: Path,
    shared: Path,
    make: Callable[[Path], Site],
    name: str,
) -> None:
    url = server.serve((shared / "corpus" / "gnews" / name).read_bytes(), "/feed")
    assert check(cli, make(tmp_path / "site"), url) >= 10


@pytest.mark.parametrize("make", SITES)
def test_a_lost_headline_would_be_noticed(
    cli: Cli, server: FeedServer, tmp_path: Path, make: Callable[[Path], Site]
) -> None:
    site = make(tmp_path / "site")
    url = server.serve(WORLD.read_bytes(), "/world.xml")
    out = site.folder / site.posts
    cli("fetch", url, "--out", out, "--limit", 3)
    stories = cli("inspect", url, "--json").json["stories"]
    site.build()
    built = list(pages(site.folder / site.pages))
    assert missing(stories[:3], built) == []
    assert len(missing(stories[3:5], built)) == sum(len(s["headlines"]) for s in stories[3:5])


SCRIPTS = (
    "हिन्दी समाचार में नई योजना", "ประเทศไทย: ข่าว", "Κόσμος, Straße", "Москва ёлка", "日本、台風で被害",
    "می\u200cخواهم خبر", "한국 뉴스", "Cafe\u0301 à Paris",
)  # fmt: skip


@pytest.mark.parametrize("make", SITES)
def test_clause_15_names_in_any_script_become_pages(
    cli: Cli, server: FeedServer, tmp_path: Path, make: Callable[[Path], Site]
) -> None:
    site = make(tmp_path / "site")
    rows = [Row(title, "Paper", article(f"s{n}")) for n, title in enumerate(SCRIPTS)]
    url = server.serve(rss("".join(item(row, modern((row,)), guid=row.title) for row in rows)))
    out = site.folder / site.posts
    assert cli("fetch", url, "--out", out, "--unicode-slugs").status == 0
    slugs = {re.sub(r"^\d{4}-\d\d-\d\d-", "", path.stem) for path in out.glob("*.md")}
    assert len(slugs) == len(SCRIPTS)
    assert not any(slug.isascii() for slug in slugs)
    site.build()
    addresses = [path.as_posix() for path in (site.folder / site.pages).rglob("*.html")]
    for slug in slugs:
        assert any(re.search(rf"[/-]{slug}(?:/index)?\.html$", address) for address in addresses)
    names = sorted(out.glob("*.md"))
    assert cli("fetch", url, "--out", out, "--limit", 3).status == 0
    assert sorted(out.glob("*.md")) == names


@pytest.mark.parametrize(
    ("make", "mine"),
    [
        (bare_hugo, "s-0.html"),
        (bare_hugo, "S-0.MARKDOWN"),
        (bare_hugo, "mine.md"),
        (bare_jekyll, "2026-01-06-s-0.markdown"),
        (bare_jekyll, "2026-01-06-s-0.html"),
        (bare_jekyll, "2026-01-06-mine.md"),
    ],
)
@pytest.mark.parametrize("section", ["", "energy"])
def test_clause_15_a_page_of_the_users_and_a_story_are_both_published(
    cli: Cli, tmp_path: Path, make: Callable[[Path], Site], mine: str, section: str
) -> None:
    site = make(tmp_path / "site")
    out = site.folder / site.posts
    name, more = {
        bare_hugo: ("hugo.toml", '[security]\nallowContent = [".*"]\n'),
        bare_jekyll: ("_config.yml", "permalink: /:year/:month/:day/:title/\n"),
    }[make]
    with (site.folder / name).open("a") as settings:
        settings.write(more)
    page = out / section / mine
    page.parent.mkdir(parents=True)
    slug = "slug: s-0\n" if "mine" in mine else ""
    page.write_text(f"---\ntitle: Mine\nlayout: post\n{slug}---\nmy own words\n")
    place = f'section = "{section}"\n' if section else ""
    (tmp_path / "newsimport.toml").write_text(f'[[feeds]]\nname = "s"\nurl = "feed.xml"\n{place}')
    lines = [Row(title, "Paper", article(title)) for title in ("Other", "Yet another", "S 0")]
    feed = [item(line, modern((line,)), guid=line.title) for line in lines]
    # Also by a run that finds the folder as the last one left it.
    for taken in (feed[:2], feed[2:]):
        (tmp_path / "feed.xml").write_text(rss(*taken))
        assert cli("fetch", "s", "--out", out, "--force", cwd=tmp_path).status == 0
    site.build()
    shown = [path.read_text() for path in (site.folder / site.pages).rglob("*.html")]
    for words in ("my own words", "<h1>S 0</h1>"):
        assert any(words in text for text in shown)
