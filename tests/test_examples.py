"""The example sites are worth copying: whole, readable by all, and the same from both generators."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import feedparser
import pytest
from bs4 import BeautifulSoup, Tag

from .conftest import ROOT, Cli
from .feeds import Row, article, item, modern, rss
from .sites import SITES, command_of
from .test_builds import WORLD, Site, example_hugo, example_jekyll

# In the shape of a topic feed, in Arabic and Hebrew: its own topic, right to left.
ROWS = (
    Row("افتتاح خط القطار الجديد إلى أسوان", "صحيفة الوادي", article("r1")),
    Row("القطار يصل أسوان في أربع ساعات", "بوابة الصعيد", article("r2")),
    Row("New line to Aswan opens", "Cairo Ledger", article("r3")),
)
HEBREW = Row("רכבת קלה חדשה בחיפה", "עיתון הכרמל", article("r4"))
CHANNEL = "العالم - الأحدث - أخبار Google"
SCHEME = re.compile(r"--(\w+): (#[0-9a-f]{6});")


def old_hugo(folder: Path) -> Site:
    """The example site as Debian's Hugo 0.111 builds it."""
    command = command_of(SITES["hugo-0.111"])
    if not command:
        pytest.skip("hugo-0.111 is not installed")
    shutil.copytree(ROOT / "examples" / "hugo-site", folder)
    return Site(folder, "content/news", (*command, "--printPathWarnings", "--quiet"), "public")


@pytest.fixture(params=[example_hugo, old_hugo, example_jekyll], scope="module")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the pages of an example site, built from two topics."""
    make: Callable[[Path], Site] = request.param
    home = tmp_path_factory.mktemp("example")
    found = make(home / "site")
    feed = home / "arabic.xml"
    items = (item(ROWS[0], modern(ROWS)), item(HEBREW, modern((HEBREW,))))
    # Without a link to a topic that Google knows, the channel's title names it.
    link = "https://news.google.com/topics/CAAqBwgKMMvO3gow5u6UAw?hl=ar&gl=EG&ceid=EG:ar"
    feed.write_text(rss(*items, title=CHANNEL, link=link), "utf-8")
    cli = Cli(home)
    for path in (WORLD, feed):
        run = cli("fetch", path, "--out", found.folder / found.posts)
        assert run.status == 0, run
    found.build()
    return found.folder / found.pages


def documents(site: Path) -> list[tuple[Path, BeautifulSoup]]:
    paths = [path for path in site.rglob("*.html") if "http-equiv" not in path.read_text("utf-8")]
    assert len(paths) >= 50
    return [(path, BeautifulSoup(path.read_bytes(), "lxml")) for path in paths]


def faults(page: BeautifulSoup) -> list[str]:
    """Name what keeps somebody from reading a page."""
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
    ids = [str(tag["id"]) for tag in page.find_all(id=True)]
    targets = [str(a["href"])[1:] for a in page.find_all("a", href=re.compile("^#"))]
    html = page.html
    assert isinstance(html, Tag)
    wrong = {
        "no language": not html.get("lang"),
        "no direction": html.get("dir") not in {"ltr", "rtl"},
        "not one h1": levels.count(1) != 1 or levels[0] != 1,
        "a level of headings left out": any(b > a + 1 for a, b in pairwise(levels)),
        "no landmark": not all(map(page.find, ("header", "nav", "main", "footer"))),
        "two main parts": len(page.find_all("main")) != 1,
        "an image without a text": any(not image.has_attr("alt") for image in page.find_all("img")),
        "an id twice": len(ids) != len(set(ids)),
        "a link into nothing": not {unquote(target) for target in targets} <= set(ids),
        "a link without words": any(not a.get_text(strip=True) for a in page.find_all("a")),
        "a script": bool(page.find_all("script") or page.find_all(onclick=True)),
        "no width": not page.find("meta", attrs={"name": "viewport"}),
        "no description": not page.find("meta", attrs={"name": "description", "content": True}),
    }  # fmt: skip
    return [name for name, found in wrong.items() if found]


def test_every_page_can_be_read_by_all(site: Path) -> None:
    found = {str(path.relative_to(site)): faults(page) for path, page in documents(site)}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert faults(
        BeautifulSoup("<html><body><h2>A</h2><img src=x><a href='#x'></a></body>", "lxml")
    )


def test_every_link_within_the_site_leads_somewhere(site: Path) -> None:
    lost = set()
    for _path, page in documents(site):
        for tag in page.find_all(["a", "link"], href=True):
            address = urlsplit(str(tag["href"]))
            if address.netloc not in {"", "example.org"} or not address.path:
                continue
            target = site / unquote(address.path).strip("/")
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file():
                lost.add(str(tag["href"]))
            elif address.fragment and target.suffix == ".html":
                text = BeautifulSoup(target.read_bytes(), "lxml")
                if not text.find(id=unquote(address.fragment)):
                    lost.add(str(tag["href"]))
    assert lost == set()


def test_the_front_page_has_stories_by_topic_with_what_each_paper_says(site: Path) -> None:
    page = BeautifulSoup((site / "index.html").read_bytes(), "lxml")
    topics = page.find("section", class_="by-topic")
    assert isinstance(topics, Tag)
    assert {h3.get_text(strip=True) for h3 in topics.find_all("h3")} == {"World", "العالم"}
    assert len(topics.find_all("li")) == 4 + 2
    stories = page.find_all("article", class_="story")
    assert len({story.h3.get_text(strip=True) for story in stories if story.h3}) > 30
    telling = [story for story in stories if story.find("details")]
    assert len(telling) > 20
    for story in telling:
        title = story.find("h3")
        assert title
        heads = [link.get_text(strip=True) for link in story.select("details li a")]
        assert title.get_text(strip=True) in heads
        assert len(heads) >= 2
        assert len(story.select("details li bdi")) == len(heads)
    assert all(text["dir"] == "auto" for text in page.find_all(class_="story-text"))


def test_the_feed_of_the_site_can_be_read(site: Path) -> None:
    for path in [*site.rglob("index.xml"), *site.glob("feed.xml")]:
        feed = feedparser.parse(str(path))
        assert not feed.bozo
        assert feed.entries
        assert all(entry.title and entry.link.startswith("https://example.org/") for entry in feed.entries)  # fmt: skip


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb` (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)  # fmt: skip
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_words_stand_out_in_the_light_and_in_the_dark() -> None:
    style = (ROOT / "examples/hugo-site/static/style.css").read_text("utf-8")
    assert (ROOT / "examples/jekyll-site/assets/style.css").read_text("utf-8") == style
    schemes = [dict(SCHEME.findall(block)) for block in re.findall(r":root \{\n(.*?)\}", style, re.DOTALL)]  # fmt: skip
    assert len(schemes) == 2
    for scheme in schemes:
        for words in ("ink", "soft", "accent"):
            for ground in ("paper", "chip"):
                light, dark = sorted(map(luminance, (scheme[words], scheme[ground])), reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= 4.5, (words, ground, scheme)
