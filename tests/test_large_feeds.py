"""A large feed takes hardly more memory than a small one, and is imported whole or not at all."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from newsimport.models import Entry, Feed
from newsimport.reading import read_feed
from newsimport.source import feed as reader
from newsimport.source.gate import local_bounds
from newsimport.spool import Spool

from .conftest import Cli
from .feeds import Row, article, item, modern, rss
from .measure import Used, used_by

WORDS = ("harbour", "ferry", "council", "bridge", "storm", "market", "museum", "railway")


def row(number: int) -> Row:
    title = " ".join(WORDS[number >> shift & 7] for shift in range(0, 15, 3)).capitalize()
    return Row(f"{title} {number}", f"The Quay Courier {number % 40}", article(number))


def archive(count: int) -> str:
    """Return a feed with so many items of four headlines each, in Google's markup of today."""
    items = []
    for number in range(count):
        rows = tuple(row(number + count * more) for more in range(4))
        items.append(item(rows[0], modern(rows)))
    return rss(*items)


@pytest.fixture(scope="module")
def thousand() -> str:
    text = archive(1_000)
    assert len(text) > 1 << 20
    return text


def written(folder: Path, text: str | bytes) -> str:
    path = folder / "feed.xml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


def whole(text: str | bytes) -> Feed:
    """Read a feed at once, as small ones are read."""
    body = text.encode() if isinstance(text, str) else text
    return reader.parse_feed(body, "", bounds=local_bounds(len(body)))


def assert_same(ours: Feed, theirs: Feed) -> None:
    assert list(ours.entries) == list(theirs.entries)
    assert ours._replace(entries=()) == theirs._replace(entries=())


# ---------------------------------------------------------------- memory


def test_memory_does_not_grow_with_the_items(cli: Cli, tmp_path: Path) -> None:
    # Of 300 the caches are all but full; what ten times as many take besides is the ledger's share.
    peaks: dict[int, list[Used]] = {}
    for count in (300, 3_000):
        path = tmp_path / f"{count}.xml"
        path.write_text(archive(count), encoding="utf-8")
        out = tmp_path / str(count)
        command = [sys.executable, "-m", "newsimport", "fetch", str(path), "--out", str(out)]
        peaks[count] = [used_by(command, cwd=tmp_path, env=cli.environment()) for _ in range(2)]
        assert [used.status for used in peaks[count]] == [0, 0]
        assert len(list(out.glob("*.md"))) == count
    for small, large in zip(peaks[300], peaks[3_000], strict=True):
        assert large.mebibytes < 1.4 * small.mebibytes


# ---------------------------------------------------------------- the same as whole


def test_a_large_feed_is_read_as_a_small_one(thousand: str, tmp_path: Path) -> None:
    feed = read_feed(written(tmp_path, thousand))
    assert isinstance(feed.entries, Spool)
    assert len(feed.entries) == 1_000
    assert_same(feed, whole(thousand))
    assert feed.entries[-1] == feed.entries[999] == list(feed.entries)[999]
    assert feed.entries[500].title == f"{row(500).title} - {row(500).publisher}"


@pytest.mark.parametrize("head", ["\ufeff", "<!-- kept -->\n", '<?xml-stylesheet href="a.css"?>'])
def test_what_may_stand_before_a_feed(thousand: str, tmp_path: Path, head: str) -> None:
    declaration, root, rest = thousand.partition("<rss")
    mark = head if head == "\ufeff" else ""
    text = f"{mark}{declaration}{'' if mark else head}{root}{rest}"
    feed = read_feed(written(tmp_path, text))
    assert isinstance(feed.entries, Spool)
    assert_same(feed, whole(text))


@pytest.mark.parametrize(
    "change",
    [
        ("</channel>", "&nbsp;</channel>"), ("</channel>", "\x0c</channel>"),
        ("</channel>", "\ufffe</channel>"), ("<rss", "<RSS"), ("UTF-8", "windows-1252"),
        ("</channel>", "\udcff</channel>"), ("?>", "\udcff?>"),
    ],
)  # fmt: skip
def test_any_other_is_read_whole(thousand: str, tmp_path: Path, change: tuple[str, str]) -> None:
    text = thousand.replace(*change)
    if change[1] == "<RSS":
        text = text.replace("</rss>", "</RSS>")
    body = text.encode("utf-8", "surrogateescape")
    feed = read_feed(written(tmp_path, body))
    assert isinstance(feed.entries, tuple)
    assert len(feed.entries) == 1_000
    assert_same(feed, whole(body))


def test_a_pipe_is_read_as_a_file(
    thousand: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(thousand.encode())))
    feed = read_feed("-")
    assert isinstance(feed.entries, Spool)
    assert_same(feed, whole(thousand))


# ---------------------------------------------------------------- clauses


@pytest.mark.parametrize("end", [-1, -20, -700_000])
def test_clause_9_of_a_feed_that_ends_early_nothing_is_imported(
    thousand: str, cli: Cli, tmp_path: Path, end: int
) -> None:
    done = cli("fetch", written(tmp_path, thousand.rstrip()[:end]), "--out", "out")
    assert done.status == 65
    assert "ends before its root element is closed" in done.err
    assert not list((cli.folder / "out").glob("*.md"))


def test_clause_11_a_guid_twice_far_apart(thousand: str, tmp_path: Path) -> None:
    guids = [f">{entry.guid}</guid>" for entry in whole(thousand).entries]
    text = thousand.replace(guids[900], guids[3])
    feed = read_feed(written(tmp_path, text))
    first, later = feed.entries[3], feed.entries[900]
    assert isinstance(feed.entries, Spool)
    assert later.guid == f"{first.guid} {later.link}"
    assert_same(feed, whole(text))


def test_an_empty_item_is_counted(thousand: str, tmp_path: Path) -> None:
    text = thousand.replace("</channel>", "<item></item></channel>")
    feed = read_feed(written(tmp_path, text))
    assert feed.warnings == ("1 items without title, link or text were skipped",)
    assert_same(feed, whole(text))


# ---------------------------------------------------------------- spools


@pytest.mark.parametrize("count", [0, 1, 64, 65, 129, 1_000])
def test_a_spool_is_a_sequence(count: int) -> None:
    values = [Entry(str(number), "t", "l", None, "b") for number in range(count)]
    kept: Spool[Entry] = Spool()
    for value in values:
        kept.append(value)
    assert len(kept) == count
    assert list(kept) == list(kept) == values
    assert list(zip(kept, kept, strict=True)) == list(zip(values, values, strict=True))
    assert kept[-3:] == values[-3:]
    assert [kept[number] for number in range(count)] == values
    with pytest.raises(IndexError):
        kept[count]


def test_a_spool_without_a_disk_is_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "missing"))
    kept: Spool[int] = Spool(2)
    for number in range(9):
        kept.append(number)
    assert list(kept) == list(range(9))


def test_a_spool_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    kept: Spool[int] = Spool(1)
    for number in range(3):
        kept.append(number)
    assert list(kept) == [0, 1, 2]
    assert not list(tmp_path.iterdir())
