"""A large file is read in pieces: as it would be read whole, in a fraction of the memory."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from newsimport.errors import FeedError
from newsimport.source.archive import read_archive
from newsimport.source.feed import parse_feed
from newsimport.source.gate import Bounds
from newsimport.source.limits import MAX_BYTES

from .conftest import Cli
from .feeds import BRIDGE, HARBOUR, item, lone, modern, rss
from .measure import measure
from .stream import Stream

URL = "https://paper.example/feed"
ITEMS = item(HARBOUR[0], modern(HARBOUR), guid="g1") + item(BRIDGE, lone(BRIDGE), guid="g2")
PLAIN = rss(ITEMS).encode()


@pytest.mark.parametrize("stories", [2, 63, 64, 65, 200])
def test_a_file_in_pieces_is_the_file_as_a_whole(stories: int) -> None:
    body = Stream(7, stories=stories).run()
    whole = parse_feed(body, URL)
    found = read_archive(BytesIO(body), URL, Bounds())
    assert found is not None
    assert len(found.entries) == len(whole.entries) > 1
    for _ in range(2):
        assert found._replace(entries=tuple(found.entries)) == whole
    assert whole.entries[-1] in found.entries


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf" + PLAIN,
        PLAIN.replace(b"UTF-8", b"windows-1252"),
        PLAIN.replace(b"</channel>", b"\xff</channel>"),
        PLAIN.replace(b"</channel>", b"&nbsp;</channel>"),
        PLAIN.replace(b"</channel>", b"\x01</channel>"),
        PLAIN.replace(b"</rss>", b""),
        PLAIN.replace(b"<rss", b"<!DOCTYPE rss><rss"),
        PLAIN.replace(b"</channel>", b"<item></item></channel>"),
        rss(item(BRIDGE, lone(BRIDGE), guid="g1")).encode(),
        rss("").encode(),
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>',
        b"[]",
        b"",
    ],
)
def test_what_there_is_something_to_say_of_is_read_as_a_whole(body: bytes) -> None:
    assert read_archive(BytesIO(PLAIN), URL, Bounds()) is not None
    assert read_archive(BytesIO(body), URL, Bounds()) is None


@pytest.mark.parametrize("bounds", [Bounds(items=1), Bounds(elements=10), Bounds(trees=5)])
def test_bounds_are_those_of_a_whole_file(bounds: Bounds) -> None:
    assert read_archive(BytesIO(PLAIN), URL, bounds) is None
    if bounds.trees != 5:
        with pytest.raises(FeedError):
            parse_feed(PLAIN, URL, bounds=bounds)


def test_a_large_file_takes_little_memory(cli: Cli, tmp_path: Path) -> None:
    head, mark, tail = PLAIN.partition(b"<item>")
    one = (mark + tail).partition(b"</item>")[0] + b"</item>"
    filling = b"<!-- %s -->" % (b"x" * 2_000)
    count = MAX_BYTES // len(filling + one) + 1
    many = [one.replace(b"g1", b"n%d" % n, 1) + filling for n in range(count)]
    large = tmp_path / "large.xml"
    large.write_bytes(head + b"".join(many) + b"</channel></rss>")
    assert large.stat().st_size > MAX_BYTES
    small = tmp_path / "small.xml"
    small.write_bytes(head + b"".join(many[:100]) + b"</channel></rss>")
    words = ("--limit", "1", "--out", "out", "--site", "hugo")
    used = {
        file.stem: measure("fetch", file, *words, cwd=tmp_path, env=cli.environment())
        for file in (small, large)
    }
    assert used["large"].status == used["small"].status == 0, used["large"].err
    assert used["large"].mebibytes < 1.5 * used["small"].mebibytes
