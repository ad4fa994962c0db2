"""Fuzz all that reads a feed's bytes: no crash, no hang, and nothing in a story that must not be.

    python -m tests.fuzz.fuzz_feed [libFuzzer options, such as -max_total_time=60]

Coverage-guided by atheris (`pip install newsimport[fuzz]`). It begins with the hostile inputs that
are small enough; what it finds is kept in the folder that NEWSIMPORT_FUZZ_CORPUS names, a
temporary one if it names none.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

with atheris.instrument_imports(include=["newsimport"]):
    # What is imported later, when it is first needed, would guide nothing: all of it comes here.
    from newsimport import source, story

    for room in (source, story):
        for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            importlib.import_module(module.name)
    from newsimport.errors import NewsimportError
    from newsimport.source.feed import parse_feed
    from newsimport.stories import read_headlines, tell
    from newsimport.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 1, 6, 12, tzinfo=UTC)
URL = "https://news.google.com/rss"
WORLD = Path(__file__).parents[2] / "examples" / "world.xml"
# Twice and a half the time of clause 8, for instrumented code is slow; what never ends is found by
# libFuzzer's clock, which counts also what other programs take.
LONGEST = 5.0
CHARSETS = ("", "utf-8", "utf-16", "windows-1251", "undefined")
WORDS = (
    "<rss>", "<channel>", "<item>", "</item>", "<entry>", "<feed ", "<title>", "</title>", "<link>",
    "<guid>", "<pubDate>", "<description>", "</description>", "<![CDATA[", "]]>", "<!--", "-->",
    '<?xml version=\\"1.0\\" encoding=\\"', "?>", "<!DOCTYPE", "<!ENTITY", "&amp;", "&nbsp;",
    "&#xD800;", "&lt;a href=", "&lt;font&gt;", "xmlns:", '<content type=\\"xhtml\\">', "<source ",
    "<media:content ", "<enclosure ", '{\\"version\\": \\"https://jsonfeed.org/version/1\\"',
    '\\"items\\": [', "Mon, 05 Jan 2026 10:00:00 GMT", "2026-01-05T10:00:00Z", "<category>",
    "<skipHours><hour>", "\\xff\\xfe", "\\xef\\xbb\\xbf", "</rss>", "</channel></rss>",
)  # fmt: skip


def check(body: bytes) -> None:
    """Read a body in time; its first byte chooses what HTTP says of its encoding."""
    began = time.process_time()
    read(body)
    seconds = time.process_time() - began
    assert seconds < LONGEST, f"{seconds:.1f} s for {len(body)} bytes"


def read(body: bytes) -> None:
    """Read a body as `fetch` would, and look at what came of it."""
    charset = CHARSETS[body[0] % len(CHARSETS)] if body else ""
    try:
        feed = parse_feed(body[1:], URL, charset)
    except NewsimportError as error:
        assert "\n" not in str(error)
        return
    guids = [entry.guid for entry in feed.entries]
    assert len(guids) == len(set(guids)), "a guid twice"
    for entry in feed.entries[:3]:
        story = tell(feed, entry, read_headlines(feed, entry), NOW)
        for text in (story.title, story.guid, story.publisher, story.description, *story.tags):
            assert text == tidy(text), f"an untidy text: {text!r}"
        assert story.title, "a story without a title"
        if entry.published:
            entry.published.isoformat()


def ordinary_feeds() -> Iterator[str]:
    """Yield small feeds as they should be, from which clusters, tags and summaries are reached."""
    from tests import feeds

    (ferry, *_), bridge = feeds.HARBOUR, feeds.BRIDGE
    for describe in (feeds.modern, feeds.with_coverage, feeds.table_2017, feeds.table_2010):
        lone = feeds.item(bridge, feeds.lone(bridge))
        yield feeds.rss(feeds.item(ferry, describe(feeds.HARBOUR)), lone)
    shown = ((ferry, feeds.modern(feeds.HARBOUR)), (bridge, feeds.lone(bridge)))
    yield feeds.atom(*shown)
    yield feeds.browser_copy(*shown)
    head, *items = WORLD.read_text(encoding="utf-8").split("<item>")
    for number in range(0, len(items) - 1, 6):
        yield f"{head}<item>{items[number].partition('</item>')[0]}</item></channel></rss>"


def write_seeds(folder: Path) -> Path:
    """Write the small ones of the hostile inputs, and the fuzzer's words; return the words' file."""
    from tests.hostile.inputs import CASES

    for case in CASES:
        if len(made := case.make()) < 1 << 16:
            (folder / case.name).write_bytes(b"\0" + made)
    for number, whole in enumerate(ordinary_feeds()):
        (folder / f"ordinary-{number}").write_bytes(b"\0" + whole.encode())
    words = folder.parent / f"{folder.name}.dict"
    words.write_text("".join(f'"{word}"\n' for word in WORDS))
    return words


def main() -> None:
    """Fuzz until libFuzzer's options say stop."""
    kept = os.environ.get("NEWSIMPORT_FUZZ_CORPUS")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(kept or Path(temporary) / "corpus")
        folder.mkdir(parents=True, exist_ok=True)
        words = write_seeds(folder)
        options = [f"-dict={words}", "-timeout=30", "-rss_limit_mb=1024", "-max_len=65536"]
        atheris.Setup([sys.argv[0], *options, *sys.argv[1:], str(folder)], check)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
