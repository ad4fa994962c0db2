"""No string of a feed breaks a site, or is more than text in it: shown by the generators' builds.

Every hostile string stands in a story of its own as title, publisher, tag and category; every
link as the address of one. `pytest -m generators` builds for the generators that CI lacks, see
`python -m tests.generators`.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import pytest
from bs4 import BeautifulSoup, Tag

from newsimport.models import Entry, Headline, Story
from newsimport.site import markdown
from newsimport.site.classic import SPACED, render_classic
from newsimport.site.frontmatter import write
from newsimport.site.layout import as_classic, make_layout
from newsimport.site.profiles import PROFILES
from newsimport.site.render import render_modern
from newsimport.text import tidy

from .hostile_strings import LINKS, NO_LINKS, SECRET, STRINGS
from .sites import SITES, Built, build, command_of

NOW = datetime(2026, 1, 6, 8, 35, 5, tzinfo=UTC)
ADDRESS = "https://example.org/a_b?c=1&lt=2"
ORDINARY = "An ordinary headline"
# Pieces that mean something to one generator or another, to be put together at random.
PIECES = (
    *"\\`*_[](){}<>#+-.!|~$:@^=&%\"'/;,? 1xaé日。「—",
    *("**", "__", "~~", "``", "```", "{{", "}}", "{%", "%}", "{#", "{{<", ">}}", "](", "![", "$$"),
    *("](https://e.example)", "www.e.example", "https://e.example", "m@e.example", "&lt;", "&#60;"),
    *("<b>", "</b>", "<!--", "-->", "[^1]", "[ ]", "{:", "{::", ":a:", "1.", "1)", "<<", ">>", "…"),
    *(" word ", "B ", "'s", "\u00a0", "🎉", "ß", "---", "..."),
)


def told(text: str, url: str = ADDRESS) -> Story:
    """Return a story in which everything that a feed says is `text`."""
    headlines = (
        Headline(text, url, text, NOW),
        Headline(text, "", ORDINARY, NOW),
        Headline(ORDINARY, ADDRESS, text, NOW),
    )
    entry = Entry("g", text, url, NOW, text)
    return Story(
        guid="g",
        title=text,
        url=url,
        published=NOW,
        publisher=text,
        publisher_url="",
        headlines=headlines,
        description=text,
        summary=text,
        image=url,
        categories=(text, "World"),
        tags=(text, "Ferry"),
        language="en",
        source=url,
        entry=entry,
    )


def built(name: str, root: Path, stories: list[Story]) -> Built:
    site = SITES[name]
    if not command_of(site):
        pytest.skip(f"{name} is not installed")
    layout = make_layout(PROFILES[site.profile])
    posts = {}
    for number, story in enumerate(stories):
        post = render_modern(story, story.headlines, f"s{number:04}", NOW, layout)
        posts[layout.file_name(f"s{number:04}", NOW)] = write(post.fields, post.body).decode()
    return build(site, root, posts)


def complaints(site: Built) -> list[str]:
    """Return a build's warnings, but not that two tags that differ in punctuation share a page."""
    shared = re.compile(
        r"WARN +Duplicate target paths: (/(tags|categories)/[^/]+/index\S+ \(\d+\)(, )?)+"
    )
    return [line for line in site.complaints if not shared.fullmatch(line)]


def folded(text: str) -> str:
    """Return text as typographers may change it: quotes, dashes and ellipses made alike."""
    text = re.sub("[\"'‘’“”]", "'", text.replace("…", "...").replace("``", "'")).replace("''", "'")
    return " ".join(re.sub("[-–—]+", "-", text).split())


def address_of(url: str) -> str:
    """Return an address as generators may spell it: decoded, its host in Punycode."""
    parts = urlsplit(url)
    host = unquote(parts.netloc).encode("idna").decode().lower()
    return unquote(urlunsplit(parts._replace(netloc=host)))


def structure(page: BeautifulSoup) -> Counter[tuple[str, ...]]:
    """Count the elements of a page with the names of their attributes, its own ids aside."""
    return Counter((tag.name, *sorted(tag.attrs)) for tag in page.find_all())


def part(page: BeautifulSoup, name: str) -> Tag:
    found = page.find(id=name)
    assert isinstance(found, Tag)
    return found


def lines(page: BeautifulSoup, name: str, tag: str) -> list[str]:
    return [folded(item.get_text()) for item in part(page, name).find_all(tag)]


@cache
def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "lxml")


NAMES = [
    pytest.param(name, marks=[pytest.mark.generators] if site.optional else [])
    for name, site in SITES.items()
]


@pytest.fixture(scope="module", params=NAMES)
def generator(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def hostile(generator: str, tmp_path_factory: pytest.TempPathFactory) -> Built:
    stories = [told(text) for text in (ORDINARY, *STRINGS)]
    stories += [told(ORDINARY, url) for url in (*LINKS, *NO_LINKS)]
    return built(generator, tmp_path_factory.mktemp(generator) / "site", stories)


def pages(site: Built) -> Iterator[tuple[str, BeautifulSoup]]:
    for number, text in enumerate((ORDINARY, *STRINGS)):
        yield tidy(text), parsed(site.page(f"s{number:04}"))


def test_the_build_succeeds_without_a_warning(hostile: Built) -> None:
    assert hostile.status == 0, hostile.log[-2000:]
    assert complaints(hostile) == []


def test_the_body_shows_each_string_literally(hostile: Built) -> None:
    wrong = {}
    for text, page in pages(hostile):
        shown = lines(page, "body", "li")
        wanted = [
            f"{text} — {text}" if text else "",
            f"{text} — {ORDINARY}",
            f"{ORDINARY} — {text}",
        ]
        if shown != [folded(line) for line in wanted]:
            wrong[text[:80]] = shown
    assert wrong == {}


def test_the_front_matter_is_shown_as_it_was_written(hostile: Built) -> None:
    wrong = {}
    for text, page in pages(hostile):
        for name in ("title", "description", "summary"):
            shown = folded(part(page, name).get_text())
            for spelled, plain in ("‹<", "›>"):
                shown = shown.replace(spelled, plain)
            # A theme that escapes nothing shows an entity as what it stands for.
            wanted = {folded(line).replace(" ", "") for line in (text, unescape(text))}
            if shown.replace(" ", "") not in wanted:
                wrong[name, text[:80]] = shown
    assert wrong == {}


def test_no_string_adds_an_element_or_an_attribute(hostile: Built) -> None:
    ordinary = structure(parsed(hostile.page("s0000")))
    wrong = {}
    for text, page in pages(hostile):
        found = structure(page)
        found["li",] += (
            2 - len(part(page, "tags").find_all()) + 2 - len(part(page, "categories").find_all())
        )
        if found != ordinary:
            wrong[text[:80]] = (found - ordinary) + (ordinary - found)
    assert wrong == {}


def test_every_link_is_the_one_that_was_meant(hostile: Built) -> None:
    for number, url in enumerate((*LINKS, *NO_LINKS), 1 + len(STRINGS)):
        page = parsed(hostile.page(f"s{number:04}"))
        wanted = [markdown.safe_url(url), ADDRESS]
        found = [address_of(str(a["href"])) for a in part(page, "body").find_all("a")]
        assert found == [address_of(address) for address in wanted if address]
        assert {name for a in page.find_all("a") for name in a.attrs} <= {"href", "rel", "target"}


def test_no_page_tells_a_secret(hostile: Built) -> None:
    assert SECRET not in hostile.everything()


@pytest.mark.parametrize("seed", [1])
def test_strings_at_random_are_shown_literally(generator: str, seed: int, tmp_path: Path) -> None:
    made = random.Random(seed)
    texts = ["".join(made.choices(PIECES, k=made.randint(1, 12))) for _ in range(300)]
    site = built(generator, tmp_path / "site", [told(text) for text in texts])
    assert (site.status, complaints(site)) == (0, [])
    for number, text in enumerate(map(tidy, texts)):
        if text:
            page = parsed(site.page(f"s{number:04}"))
            assert lines(page, "body", "li")[0] == folded(f"{text} — {text}")


# ---------------------------------------------------------------- style classic

# Google's own form of a headline, with what a stranger says in it as text.
_CLUSTER = (
    '<ol><li><a href="{url}" target="_blank">{text}</a>&nbsp;&nbsp;'
    '<font color="#6f6f6f">{text}</font></li></ol>'
)
_CLASSIC = ["hugo", "hugo-0.111", "jekyll"]
_HARMLESS = set(
    "a b blockquote br code em font h1 h2 h3 h4 h5 h6 i img li ol p pre s strong table td tr ul".split()
)
_HARMLESS_ATTRIBUTES = {
    "align",
    "alt",
    "color",
    "height",
    "href",
    "rel",
    "src",
    "target",
    "title",
    "width",
}


def classic(name: str, root: Path, bodies: list[tuple[str, str]]) -> Built:
    """Build a site of stories in style classic, of which titles and bodies are given."""
    site = SITES[name]
    if not command_of(site):
        pytest.skip(f"{name} is not installed")
    if site.profile == "hugo":  # without this, nothing of HTML is shown at all
        shown = "[markup.goldmark.renderer]\nunsafe = true\n"
        site = replace(site, files=site.files | {"hugo.toml": site.files["hugo.toml"] + shown})
        # The name that Hugo 0.111 knows it by.
        site = replace(site, files=site.files | {"config.toml": site.files["hugo.toml"]})
    layout = as_classic(make_layout(PROFILES[site.profile]))
    posts = {}
    for number, (title, body) in enumerate(bodies):
        story = told(title)
        story = story._replace(entry=story.entry._replace(title=title, body=body))
        post = render_classic(story, f"s{number:04}", NOW)
        fields = post.fields | ({"layout": "post"} if site.profile == "jekyll" else {})
        posts[layout.file_name(f"s{number:04}", NOW)] = write(
            fields, post.body, spaced=SPACED
        ).decode()
    return build(site, root, posts)


@pytest.fixture(scope="module", params=_CLASSIC)
def old_style(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    texts = [ORDINARY, *(text.encode("utf-8", "replace").decode() for text in STRINGS)]
    clusters = [(text, _CLUSTER.format(url=ADDRESS, text=escape(text))) for text in texts]
    linked = [(ORDINARY, _CLUSTER.format(url=escape(url), text=ORDINARY)) for url in NO_LINKS]
    raw = [(ORDINARY, text) for text in texts]
    wrapped = [(ORDINARY, f"<p>one</p>\n\n{text}\n\n<p>two</p>") for text in texts]
    return classic(
        request.param, tmp_path_factory.mktemp("classic"), [*clusters, *linked, *raw, *wrapped]
    )


def test_classic_builds_without_a_warning_or_a_secret(old_style: Built) -> None:
    assert old_style.status == 0, old_style.log[-2000:]
    assert complaints(old_style) == []
    assert SECRET not in old_style.everything()


def test_classic_shows_each_string_literally(old_style: Built) -> None:
    def seen(text: str) -> str:
        return text.replace("\0", "").replace("\u200b", "").replace("\xad", "")

    ordinary = structure(part(parsed(old_style.page("s0000")), "body"))
    wrong = {}
    for number, text in enumerate((ORDINARY, *STRINGS)):
        whole = seen(tidy(text.replace("\0", "").encode("utf-8", "replace").decode()))
        body = part(parsed(old_style.page(f"s{number:04}")), "body")
        found = folded(seen(body.get_text()))
        if found != folded(f"{whole} {whole}") or structure(body) != ordinary:
            wrong[text[:80]] = found, structure(body) - ordinary
    assert wrong == {}


def test_classic_lets_nothing_through_that_acts(old_style: Built) -> None:
    """Whatever HTML a feed holds, a page has only what a list of harmless elements names."""
    wrong = {}
    for number in range(
        1 + len(STRINGS), 1 + len(STRINGS) + len(NO_LINKS) + 2 * (1 + len(STRINGS))
    ):
        page = parsed(old_style.page(f"s{number:04}"))
        for tag in part(page, "body").find_all():
            if tag.name not in _HARMLESS or set(tag.attrs) - _HARMLESS_ATTRIBUTES:
                wrong[number] = str(tag)[:200]
            for name in {"href", "src"} & set(tag.attrs):
                if not re.match(r"https?://", str(tag[name])):
                    wrong[number] = str(tag)[:200]
    assert wrong == {}
