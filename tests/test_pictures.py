"""Images: a feed's largest, a page's own, linked or downloaded, and never in a user's way."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from newsimport.site.prune import prune as prune_site
from newsimport.site.site import open_site
from newsimport.source.protobuf import to_base64url, write_fields

from .conftest import ROOT, FeedServer, Page
from .feeds import Row, item, lone, modern, rss
from .folder import Folder
from .google_double import GoogleDouble, opaque_id


def png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """A picture of one colour, large enough to be seen."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + checksum

    row = b"\0" + bytes(colour) * width
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(row * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


RED = png(320, 180, (200, 40, 40))


@pytest.fixture
def double():
    with GoogleDouble() as running:
        yield running


@pytest.fixture
def hugo(tmp_path, double):
    return folder_of(tmp_path, double, "hugo")


def folder_of(path: Path, double: GoogleDouble, site: str, **settings) -> Folder:
    asked = {"resolve_links": True, "google": double.origin, "allow_private": True}
    return Folder(path, site=site, **asked, **settings)


def article_page(image: str = "", description: str = "", *, more: str = "") -> str:
    head = f'<meta property="og:image" content="{image}">' if image else ""
    head += f'<meta property="og:description" content="{description}">' if description else ""
    return f"<html><head>{head}{more}</head><body>An article.</body></html>"


def story(double: GoogleDouble, server: FeedServer, number: int = 0, path: str = "") -> bytes:
    """A feed of one story of Google News whose publisher is the server."""
    identifier = opaque_id(number)
    double.behaviour.said[identifier] = server.address + (path or f"/article-{number}")
    link = f"https://news.google.com/rss/articles/{identifier}?oc=5"
    row = Row(f"Ferry number {number} leaves", "The Quay Courier", link)
    return rss(item(row, lone(row), guid=f"g{number}")).encode()


def image_of(text: str) -> str | None:
    found = re.search(r'^image: "(.*)"$', text, re.MULTILINE)
    return found[1] if found else None


def only(folder: Folder) -> str:
    [text] = [text for name, text in folder.files().items() if name.endswith(".md")]
    return text


def paths(server: FeedServer) -> list[str]:
    return [path for path, _ in server.requests]


# ---------------------------------------------------------------- in the feed


@pytest.mark.parametrize(
    ("media", "image"),
    [
        (
            '<media:content url="https://p.example/small.jpg" type="image/jpeg" width="90" height="60"/>'
            '<media:content url="https://p.example/large.jpg" type="image/jpeg" width="900" height="600"/>'
            '<media:thumbnail url="https://p.example/t.jpg" width="2000" height="2000"/>',
            "https://p.example/large.jpg",
        ),
        (
            '<enclosure url="https://p.example/huge.jpg" type="image/jpeg" length="9000000"/>'
            '<enclosure url="https://p.example/fits.jpg" type="image/jpeg" length="90000"/>',
            "https://p.example/fits.jpg",
        ),
        (
            '<media:thumbnail url="https://p.example/a.jpg" width="10" height="10"/>'
            '<media:thumbnail url="https://p.example/b.jpg" width="70" height="70"/>',
            "https://p.example/b.jpg",
        ),
    ],
)
def test_the_largest_image_of_a_feed_below_the_limit_counts(tmp_path, media, image):
    row = Row("Ferry", "The Quay Courier", "https://paper.example/1")
    feed = rss(item(row, "Text.", more=media), link="https://paper.example/", title="P").encode()
    folder = Folder(tmp_path, site="hugo")
    folder.run(feed)
    assert image_of(only(folder)) == image
    bare = Folder(tmp_path / "bare", site="hugo", images="none")
    bare.run(feed)
    assert image_of(only(bare)) is None


# ---------------------------------------------------------------- on the publisher's page


def test_the_leads_page_gives_the_image_and_the_excerpt_if_asked(hugo, double, server):
    feed = story(double, server)
    server.serve(article_page("/ferry.jpg", "Nine passengers, one vote."), "/article-0")
    hugo.run(feed, excerpts=True)
    text = only(hugo)
    assert image_of(text) == f"{server.address}/ferry.jpg"
    assert 'excerpt: "Nine passengers, one vote."' in text
    assert paths(server) == ["/robots.txt", "/article-0"]
    for _ in range(2):
        assert {action for _, action, _ in hugo.run(feed, excerpts=True).values()} == {"unchanged"}
    assert only(hugo) == text
    assert len(server.requests) == 2


def test_without_the_wish_there_is_no_excerpt_and_with_none_no_page_is_read(hugo, double, server):
    server.serve(article_page("/a.jpg", "Words."), "/article-0")
    hugo.run(story(double, server), images="none")
    assert server.requests == []
    hugo.run(story(double, server, 1))
    assert "excerpt" not in "".join(hugo.files().values())


def test_the_leads_page_is_read_and_no_other_rows(hugo, double, server):
    ids = [opaque_id(number) for number in range(2)]
    rows = tuple(
        Row(f"Ferry {n}", f"Paper {n}", f"https://news.google.com/rss/articles/{ids[n]}?oc=5")
        for n in range(2)
    )
    for number, identifier in enumerate(ids):
        double.behaviour.said[identifier] = f"{server.address}/article-{number}"
        server.serve(article_page(f"/{number}.jpg"), f"/article-{number}")
    double.behaviour.missing = {ids[0]}
    feed = rss(item(rows[0], modern(rows), guid="g")).encode()
    hugo.run(feed)
    assert hugo.last.links.found == 1
    assert server.requests == []
    double.behaviour.missing = set()
    hugo.run(feed)
    assert image_of(only(hugo)) == f"{server.address}/0.jpg"
    assert paths(server) == ["/robots.txt", "/article-0"]


def test_robots_txt_is_respected(hugo, double, server):
    server.serve("User-agent: newsimport\nDisallow: /article", "/robots.txt")
    server.serve(article_page("/a.jpg"), "/article-0")
    hugo.run(story(double, server))
    assert paths(server) == ["/robots.txt"]
    assert image_of(only(hugo)) is None


def test_only_the_head_of_a_page_is_read(hugo, double, server):
    late = "<!--" + "x" * 600_000 + "-->"
    server.serve(late + article_page("/late.jpg"), "/article-0")
    server.serve(article_page("/early.jpg") + late * 40, "/article-1")
    hugo.run(story(double, server))
    assert image_of(only(hugo)) is None
    hugo.run(story(double, server, 1))
    assert f'image: "{server.address}/early.jpg"' in "".join(hugo.files().values())


def test_a_page_that_fails_is_tried_again_and_five_times_at_most(hugo, double, server):
    feed = story(double, server)
    server.pages["/article-0"] = Page(b"", 503)
    for _ in range(2):
        hugo.run(feed)
    assert image_of(only(hugo)) is None
    server.serve(article_page("/a.jpg"), "/article-0")
    hugo.run(feed)
    assert image_of(only(hugo)) == f"{server.address}/a.jpg"
    lost = story(double, server, 1)
    for _ in range(7):
        hugo.run(lost)
    assert paths(server).count("/article-1") == 5


def test_a_story_whose_file_is_gone_stands_in_nobodys_way(hugo, double, server):
    for number in range(2):
        server.serve(article_page(f"/{number}.jpg"), f"/article-{number}")
        held = write_fields((1, 19), (4, f"{server.address}/article-{number}".encode()))
        link = f"https://news.google.com/rss/articles/{to_base64url(held)}?oc=5"
        row = Row(f"Ferry {number}", "The Quay Courier", link)
        [(path, *_)] = hugo.run(
            rss(item(row, lone(row), guid=f"g{number}")).encode(), resolve_budget=0
        ).values()
    (hugo.out / path).unlink()
    for _ in range(2):
        hugo.run(rss().encode(), resolve_budget=1)
    assert image_of(only(hugo)) == f"{server.address}/0.jpg"


def test_an_image_that_its_user_removed_or_chose_stays_so(hugo, double, server):
    feed = story(double, server)
    [(path, *_)] = hugo.run(feed, images="none").values()
    file = hugo.out / path
    file.write_text(file.read_text().replace("\nlink:", '\nimage: "mine.jpg"\nlink:', 1))
    server.serve(article_page("/a.jpg"), "/article-0")
    hugo.run(feed)
    assert image_of(file.read_text()) == "mine.jpg"


def test_pages_and_links_share_the_budget(hugo, double, server):
    for number in range(6):
        server.serve(article_page("/a.jpg"), f"/article-{number}")
        hugo.run(story(double, server, number), resolve_budget=0)
    hugo.run(story(double, server, 0), resolve_budget=4)
    assert hugo.last.links.found + hugo.last.links.pictures <= 4
    assert (hugo.last.links.found, hugo.last.links.pictures) == (2, 2)


# ---------------------------------------------------------------- downloaded


def test_hugo_gets_a_bundle_with_its_cover(hugo, double, server):
    feed = story(double, server)
    server.serve(article_page("/ferry"), "/article-0")
    server.serve(RED, "/ferry", content_type="text/html")
    hugo.run(feed, images="download")
    bundle = hugo.out / "ferry-number-0-leaves"
    assert sorted(path.name for path in bundle.iterdir()) == ["cover.png", "index.md"]
    assert (bundle / "cover.png").read_bytes() == RED
    assert image_of((bundle / "index.md").read_text()) == "cover.png"
    before = (bundle / "index.md").read_text()
    hugo.run(feed, images="download")
    assert (bundle / "index.md").read_text() == before


def test_an_image_of_the_feed_is_downloaded_and_an_update_keeps_it(tmp_path, double, server):
    folder = folder_of(tmp_path, double, "hugo", images="download")
    row = Row("Ferry", "The Quay Courier", "https://paper.example/1")
    server.serve(RED, "/f.png")
    media = f'<enclosure url="{server.address}/f.png" type="image/png" length="9"/>'

    def feed(category: str) -> bytes:
        more = media + f"<category>{category}</category>"
        return rss(
            item(row, "Text.", more=more), link="https://paper.example/", title=category
        ).encode()

    folder.run(feed("One"))
    text = (folder.out / "ferry/index.md").read_text()
    assert image_of(text) == "cover.png"
    assert [action for _, action, _ in folder.run(feed("Two")).values()] == ["updated"]
    after = (folder.out / "ferry/index.md").read_text()
    assert '"Two"' in after and image_of(after) == "cover.png"


def test_a_download_that_fails_leaves_the_story_without_its_image(tmp_path, double, server):
    folder = folder_of(tmp_path, double, "hugo", images="download")
    row = Row("Ferry", "The Quay Courier", "https://paper.example/1")
    more = f'<enclosure url="{server.address}/f.png" type="image/png" length="9"/>'
    feed = rss(item(row, "Text.", more=more), link="https://paper.example/", title="P").encode()
    folder.run(feed)
    assert image_of(only(folder)) is None
    server.serve(RED, "/f.png")
    folder.run(feed)
    assert image_of((folder.out / "ferry/index.md").read_text()) == "cover.png"


def test_a_generator_without_a_place_for_images_gets_links(tmp_path, double, server):
    folder = folder_of(tmp_path, double, "pelican", images="download")
    server.serve(article_page("/ferry.png"), "/article-0")
    folder.run(story(double, server))
    assert image_of(only(folder)) == f"{server.address}/ferry.png"
    assert "/ferry.png" not in paths(server)


def test_robots_txt_is_respected_for_images_too(hugo, double, server):
    server.serve("User-agent: *\nDisallow: /*.png", "/robots.txt")
    server.serve(article_page("/ferry.png"), "/article-0")
    server.serve(RED, "/ferry.png")
    hugo.run(story(double, server), images="download")
    assert paths(server) == ["/robots.txt", "/article-0"]
    assert image_of(only(hugo)) is None


def test_jekyll_gets_it_in_its_assets(tmp_path, double, server):
    folder = jekyll_folder(tmp_path, double)
    _, file = downloaded(folder, double, server)
    name = file.stem + ".png"
    assert image_of(only(folder)) == f"/assets/newsimport/{name}"
    assert (tmp_path / "assets/newsimport" / name).read_bytes() == RED


@pytest.mark.parametrize(
    "content",
    [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>", b"", RED + b"x" * (6 << 20)],
)
def test_what_is_no_image_or_too_large_is_not_stored_and_is_tried_again(
    hugo, double, server, content
):
    server.serve(article_page("/ferry.png"), "/article-0")
    server.serve(content, "/ferry.png", content_type="image/png")
    hugo.run(story(double, server), images="download")
    bundle = hugo.out / "ferry-number-0-leaves"
    assert [path.name for path in bundle.iterdir()] == ["index.md"]
    assert image_of(only(hugo)) is None
    server.serve(RED, "/ferry.png")
    hugo.run(story(double, server), images="download")
    assert (bundle / "cover.png").read_bytes() == RED


def test_a_file_of_the_users_is_never_overwritten(hugo, double, server):
    feed = story(double, server)
    hugo.run(feed, images="download", resolve_links=False)
    bundle = hugo.out / "ferry-number-0-leaves"
    (bundle / "cover.png").write_bytes(b"mine")
    server.serve(article_page("/ferry.png"), "/article-0")
    server.serve(RED, "/ferry.png")
    hugo.run(feed, images="download")
    assert (bundle / "cover.png").read_bytes() == b"mine"
    image = image_of((bundle / "index.md").read_text())
    assert image and image != "cover.png"
    assert (bundle / image).read_bytes() == RED


def test_a_folder_that_is_the_users_gets_no_story(hugo, double, server):
    mine = hugo.out / "ferry-number-0-leaves" / "notes.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    [(path, *_)] = hugo.run(story(double, server), images="download").values()
    assert not path.startswith("ferry-number-0-leaves/")
    assert list(mine.parent.iterdir()) == [mine]


def test_a_page_on_a_private_address_is_not_read_unless_allowed(tmp_path, double, server):
    # Its id holds the URL, so that Google is not asked, and the page alone would be.
    held = write_fields((1, 19), (4, f"{server.address}/article-0".encode()))
    link = f"https://news.google.com/rss/articles/{to_base64url(held)}?oc=5"
    row = Row("Ferry", "The Quay Courier", link)
    folder = folder_of(tmp_path, double, "hugo")
    folder.settings["allow_private"] = False
    server.serve(article_page("/a.jpg"), "/article-0")
    folder.run(rss(item(row, lone(row), guid="g")).encode())
    assert server.requests == []


# ---------------------------------------------------------------- pruned, moved, written again


def prune(folder: Folder, **options) -> None:
    with open_site(folder.out, None, folder.now) as site:
        prune_site(site, folder.now, **options)


def downloaded(folder: Folder, double: GoogleDouble, server: FeedServer) -> tuple[bytes, Path]:
    """A feed of one story, and its file, which names an image that was downloaded."""
    server.serve(article_page("/ferry.png"), "/article-0")
    server.serve(RED, "/ferry.png")
    feed = story(double, server)
    [(path, *_)] = folder.run(feed, images="download").values()
    return feed, folder.out / path


def jekyll_folder(path: Path, double: GoogleDouble) -> Folder:
    (path / "_config.yml").write_text("title: t\n")
    return folder_of(path, double, "jekyll")


def test_a_pruned_story_takes_its_image_and_its_folder_along(hugo, double, server):
    _, file = downloaded(hugo, double, server)
    assert file.with_name("cover.png").exists()
    prune(hugo)
    assert not file.parent.exists()


def test_a_pruned_storys_image_goes_from_jekylls_assets_too(tmp_path, double, server):
    folder = jekyll_folder(tmp_path, double)
    downloaded(folder, double, server)
    [image] = (tmp_path / "assets/newsimport").iterdir()
    mine = image.with_name("mine.png")
    mine.write_bytes(RED)
    prune(folder)
    assert list(image.parent.iterdir()) == [mine]


def test_what_its_user_put_beside_a_pruned_story_stays(hugo, double, server):
    _, file = downloaded(hugo, double, server)
    file.with_name("notes.txt").write_text("mine")
    file.with_name("cover.png").write_bytes(RED + b"retouched")
    prune(hugo)
    assert sorted(path.name for path in file.parent.iterdir()) == ["cover.png", "notes.txt"]


def test_a_bundle_that_was_moved_is_pruned_with_its_image(hugo, double, server):
    feed, file = downloaded(hugo, double, server)
    moved = hugo.out / "harbour" / "ferry"
    moved.parent.mkdir()
    file.parent.rename(moved)
    assert [action for _, action, _ in hugo.run(feed, images="download").values()] == ["unchanged"]
    assert image_of((moved / "index.md").read_text()) == "cover.png"
    prune(hugo)
    assert not moved.exists()


def test_a_prune_that_was_killed_between_file_and_image_is_finished(hugo, double, server):
    _, file = downloaded(hugo, double, server)
    with pytest.raises(KeyboardInterrupt):
        hugo.kill_a_prune(file.relative_to(hugo.out).as_posix(), removed=True)
    hugo.run(rss().encode())
    assert not file.parent.exists()


def test_a_story_that_is_written_again_gets_its_image_again(hugo, double, server):
    feed, file = downloaded(hugo, double, server)
    prune(hugo)
    assert [a for _, a, _ in hugo.run(feed, images="download").values()] == ["skipped"]
    hugo.run(feed, images="download", resurrect=True)
    assert image_of(file.read_text()) == "cover.png"
    assert file.with_name("cover.png").read_bytes() == RED


# ---------------------------------------------------------------- in a browser


def chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def built_by_hugo(site: Path) -> Path:
    hugo = Path(sys.executable).parent / "hugo"
    if not hugo.is_file():
        pytest.skip("no Hugo beside this Python")
    run_quietly(hugo, "--source", site, "--baseURL", "/", "--panicOnWarning")
    return site / "public"


def built_by_jekyll(site: Path) -> Path:
    if not (jekyll := shutil.which("jekyll")):
        pytest.skip("no jekyll on the PATH: Debian's package `jekyll` brings it")
    run_quietly(jekyll, "build", "--source", site, "--destination", site / "_site")
    return site / "_site"


def run_quietly(*command: object) -> None:
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("site", "posts", "build", "page", "image"),
    [
        ("hugo", "content/news", built_by_hugo, "news/{}/index.html", "news/{}/cover.png"),
        ("jekyll", "_posts", built_by_jekyll, "2026/01/06/{}/index.html",
         "assets/newsimport/2026-01-06-{}.png"),
    ],
)  # fmt: skip
def test_a_generator_publishes_the_images_and_a_browser_shows_them(
    tmp_path, double, server, site, posts, build, page, image
):
    root = tmp_path / "site"
    shutil.copytree(ROOT / f"examples/{site}-site", root)
    folder = folder_of(root, double, site, images="download")
    folder.out = root / posts
    colours = [(200, 40, 40), (40, 160, 60), (40, 80, 200)]
    for number, colour in enumerate(colours):
        server.serve(article_page(f"/{number}.png"), f"/article-{number}")
        server.serve(png(320, 180, colour), f"/{number}.png")
        folder.run(story(double, server, number))
    public = build(root)
    for number, colour in enumerate(colours):
        name = f"ferry-number-{number}-leaves"
        assert (public / image.format(name)).read_bytes() == png(320, 180, colour)
        html = (public / page.format(name)).read_text()
        assert f'<img src="/{image.format(name)}"' in html
    if not (browser := chromium()):
        pytest.skip("no Chromium")
    for path in public.rglob("*"):
        if path.is_file():
            place = "/" + path.relative_to(public).as_posix()
            server.pages[place] = Page(path.read_bytes())
    shot = tmp_path / "shot.png"
    run_quietly(
        browser, "--headless", "--no-sandbox", "--disable-gpu", f"--screenshot={shot}",
        "--window-size=900,700", "--virtual-time-budget=5000", f"--user-data-dir={tmp_path / 'p'}",
        f"{server.address}/{page.format('ferry-number-0-leaves')}",
    )  # fmt: skip
    assert (200, 40, 40) in colours_of(shot.read_bytes())


def colours_of(picture: bytes) -> set[tuple[int, ...]]:
    """Return the colours of a PNG of 8 bits a channel, as browsers write it."""
    width, height, depth, kind = struct.unpack(">IIBB", picture[16:26])
    assert (depth, kind) in {(8, 2), (8, 6)}
    step, at, packed = (3 if kind == 2 else 4), 8, b""
    while at < len(picture):
        (size,) = struct.unpack(">I", picture[at : at + 4])
        if picture[at + 4 : at + 8] == b"IDAT":
            packed += picture[at + 8 : at + 8 + size]
        at += 12 + size
    raw, line = zlib.decompress(packed), bytearray(width * step)
    found = set()
    for y in range(height):
        begin = y * (1 + width * step)
        how, row = raw[begin], bytearray(raw[begin + 1 : begin + 1 + width * step])
        for x in range(len(row)):
            left = row[x - step] if x >= step else 0
            up, corner = line[x], line[x - step] if x >= step else 0
            row[x] = row[x] + (0, left, up, (left + up) // 2, _paeth(left, up, corner))[how] & 255
        line = row
        found.update(tuple(row[x : x + 3]) for x in range(0, len(row), step))
    return found


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))
