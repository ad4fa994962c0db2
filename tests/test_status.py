"""What `status` and `feeds` say, above all where something is missing, moved or broken."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from newsimport.errors import LedgerError
from newsimport.site.ledger import Ledger

from .conftest import Cli
from .feeds import BRIDGE, HARBOUR, Row, article, item, lone, modern, rss

MORE = (*HARBOUR, Row("Ferry crew gets a pay rise", "Dockside Daily", article("h4")))
NAME = "harbour-town-votes-to-keep-its-last-ferry.md"


def feed(rows: tuple[Row, ...]) -> str:
    return rss(
        item(HARBOUR[0], modern(rows), guid="harbour"), item(BRIDGE, lone(BRIDGE), guid="bridge")
    )


@pytest.fixture
def news(cli: Cli, tmp_path: Path) -> Path:
    """A folder of two stories."""
    source, out = tmp_path / "feed.xml", tmp_path / "news"
    source.write_text(feed(HARBOUR))
    assert cli("fetch", source, "--out", out, "--site", "hugo").status == 0
    return out


def again(cli: Cli, news: Path) -> None:
    source = news.parent / "feed.xml"
    source.write_text(feed(MORE))
    assert cli("fetch", source, "--out", news, "--site", "hugo").status == 0


def test_what_edits_held_back_and_what_was_deleted_is_said(cli: Cli, news: Path) -> None:
    path = news / NAME
    path.write_text(path.read_text().replace("description: ", 'description: "mine"  # ', 1))
    (news / "old-bridge-reopens-after-forty-years.md").unlink()
    again(cli, news)
    done = cli("status", "--out", news)
    assert done.status == 0
    assert done.out.startswith("1 story, 0 pruned\nfeed     ")
    assert f"kept     {NAME}: your description\n" in done.out
    assert done.out.endswith("deleted  old-bridge-reopens-after-forty-years.md\n")
    document = cli("status", "--out", news, "--json").json
    assert document["kept"] == [{"path": NAME, "fields": ["description"]}]
    assert cli("status", path).out.endswith("\nkept:        description\nfault:       -\n")


def test_a_file_that_is_broken_or_gone_is_not_pruned(cli: Cli, news: Path) -> None:
    path = news / NAME
    path.write_text(path.read_text().replace("---\n", "---\nbroken: [\n", 1))
    (news / "old-bridge-reopens-after-forty-years.md").unlink()
    text = path.read_text()
    done = cli("prune", "--out", news, "--older-than", "2030-01-01")
    assert (done.status, done.out, done.err) == (0, "", "")
    assert path.read_text() == text
    done = cli("prune", "--out", news, "--older-than", "2030-01-01", "-v")
    assert done.err == f"kept: {NAME} (its front matter is not valid YAML (line 4))\n"


@pytest.mark.parametrize("table", ["front_matter", "feeds.front_matter"])
def test_a_prune_reads_dates_where_the_configuration_has_them(
    cli: Cli, tmp_path: Path, table: str
) -> None:
    (tmp_path / "feed.xml").write_text(feed(HARBOUR))
    (tmp_path / "newsimport.toml").write_text(
        '[defaults]\nout = "news"\n[[feeds]]\nname = "harbour"\nurl = "feed.xml"\n'
        f'[{table}]\nrename = {{ date = "params.when" }}\n'
    )
    assert cli("fetch", cwd=tmp_path).status == 0
    old = ("prune", "--older-than", "2030-01-01")
    assert cli(*old, "--dry-run", cwd=tmp_path).err.count("would remove: ") == 2
    (tmp_path / "newsimport.toml").write_text('[defaults]\nout = "news"\n')
    assert cli(*old, "-v", cwd=tmp_path).err.count("(it has no date)\n") == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--out", "{news}/.."], "no ledger there"),
        (["{news}/moved.md"], "there is no such file, and the ledger knows of none"),
        (["{news}/other.md"], "not a story that the ledger knows"),
        (["elsewhere.md", "--out", "{news}"], "elsewhere.md: not below"),
    ],
)
def test_what_it_cannot_tell_it_says(cli: Cli, news: Path, arguments: list[str], says: str) -> None:
    (news / "other.md").touch()
    done = cli("status", *(argument.replace("{news}", str(news)) for argument in arguments))
    assert (done.status, done.out) == (2, "")
    assert says in done.err
    assert len(done.err.splitlines()) == 1


def test_why_a_file_is_left_alone_is_said(cli: Cli, news: Path) -> None:
    path = news / NAME
    path.write_text(path.read_text().replace("---\n", "---\nbroken: [\n", 1))
    assert cli("status", path).out.endswith(
        "\nfault:       its front matter is not valid YAML (line 4)\n"
    )
    path.unlink()
    assert cli("status", path, "--json").json["fault"] == ""


def test_a_list_of_stories_leaves_out_what_cannot_be_read(cli: Cli, news: Path) -> None:
    (news / NAME).write_text("no front matter")
    listing = news.parent / "stories.json"
    source = news.parent / "feed.xml"
    cli("fetch", source, "--out", news, "--site", "hugo", "--data", listing)
    assert [story["title"] for story in json.loads(listing.read_text())] == [BRIDGE.title]


def test_a_list_of_stories_that_cannot_be_written_is_a_failure(cli: Cli, news: Path) -> None:
    source = news.parent / "feed.xml"
    done = cli("fetch", source, "--out", news, "--site", "hugo", "--data", source / "stories.json")
    assert done.status == 73
    assert "feed.xml: cannot write" in done.err


def test_a_list_of_stories_is_whole_and_leaves_nothing_beside_it(cli: Cli, news: Path) -> None:
    source, listing = news.parent / "feed.xml", news.parent / "data" / "stories.json"
    words = ("fetch", source, "--out", news, "--site", "hugo", "--data", listing)
    assert cli(*words).status == 0
    listing.chmod(0o640)
    # As a run leaves it that is killed while it writes the list.
    left = listing.with_name(".newsimport-0.tmp")
    left.write_text("[")
    (news / ".newsimport.lock").write_text("running 1\n")
    source.write_text(feed(MORE))
    assert cli(*words).status == 0
    [told] = [story for story in json.loads(listing.read_text()) if story["path"] == NAME]
    assert len(told["headlines"]) == len(MORE)
    assert [path.name for path in listing.parent.iterdir()] == ["stories.json"]
    assert listing.stat().st_mode & 0o777 == 0o640
    before = listing.stat().st_mtime_ns
    assert cli(*words).status == 0
    assert listing.stat().st_mtime_ns == before


# ---------------------------------------------------------------- feeds

OPML = """<opml version="2.0"><body><outline text="Papers">
<outline text="The Quay Courier" type="rss" xmlUrl="https://quay.example/feed"/>
<outline text="The Quay Courier" type="rss" xmlUrl="https://quay.example/more"/>
</outline></body></opml>"""


def test_feeds_go_in_and_out_as_opml(cli: Cli, tmp_path: Path) -> None:
    papers, config, copy = (tmp_path / name for name in ("in.opml", "newsimport.toml", "out.opml"))
    papers.write_text(OPML)
    done = cli("feeds", "import", "--config", config, papers)
    assert done.err == f"{config}: 2 feeds added, 0 known before\n"
    assert cli("feeds", "import", "--config", config, papers).err.endswith(
        "0 feeds added, 2 known before\n"
    )
    rows = cli("feeds", "list", "--config", config, "--json").json["feeds"]
    assert [row["url"] for row in rows] == [
        "https://quay.example/feed",
        "https://quay.example/more",
    ]
    assert len({row["name"] for row in rows}) == 2
    assert cli("feeds", "list", "--config", config).out.count("  new  ") == 2
    cli("feeds", "export", "--config", config, copy)
    other = tmp_path / "other.toml"
    cli("feeds", "import", "--config", other, copy)
    assert cli("feeds", "list", "--config", other, "--json").json["feeds"] == rows


def test_what_cannot_be_exchanged_is_said_in_a_line(cli: Cli, tmp_path: Path) -> None:
    papers, config = tmp_path / "in.opml", tmp_path / "newsimport.toml"
    papers.write_text("<html>no list</html>")
    config.write_text('[[feeds]]\nname = "a"\nurl = "https://a.example/feed"\n')
    for arguments, status, says in (
        (["import", "--config", config, papers], 65, "in.opml: "),
        (["export", "--config", config, tmp_path / "none" / "out.opml"], 73, "cannot write"),
        (["import", "--config", tmp_path / "none" / "c.toml", papers], 65, "in.opml: "),
    ):
        done = cli("feeds", *arguments)
        assert (done.status, done.out) == (status, ""), done.err
        assert says in done.err
        assert len(done.err.splitlines()) == 1


def test_without_feeds_it_says_how_to_begin(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "newsimport.toml").write_text("")
    done = cli("feeds", "list", cwd=tmp_path)
    assert (done.status, done.out) == (0, "")
    assert "`newsimport init` begins a configuration" in done.err


def test_the_folder_is_that_of_the_configuration(cli: Cli, news: Path) -> None:
    config = news.parent / "newsimport.toml"
    config.write_text('[defaults]\nout = "news"\n')
    done = cli("status", cwd=news.parent)
    assert (done.status, done.out) == (0, cli("status", "--out", news).out)
    done = cli("prune", "--older-than", "2030-01-01", "--dry-run", cwd=news.parent)
    assert (done.status, done.err.count("would remove: ")) == (0, 2)
    config.write_text('[defaults]\nout = "nowhere"\n')
    for words in (["status"], ["prune", "--older-than", "2030-01-01"]):
        done = cli(*words, cwd=news.parent)
        assert done.status == 2
        assert "nowhere: there is no such folder yet; the first fetch makes it\n" in done.err
    config.unlink()
    for words in (["status"], ["prune", "--older-than", "2030-01-01"]):
        done = cli(*words, cwd=news.parent)
        assert (done.status, done.err) == (
            2,
            "newsimport: which folder? Give --out FOLDER, or write `out` into newsimport.toml\n",
        )
    assert cli("status", cwd=news).status == 0


def test_what_was_deleted_is_called_by_its_title(cli: Cli, news: Path) -> None:
    (news / "old-bridge-reopens-after-forty-years.md").unlink()
    source = news.parent / "feed.xml"
    source.write_text(feed(MORE))
    said = cli("fetch", source, "--out", news, "--site", "hugo", "-v").err
    [line] = [line for line in said.splitlines() if line.startswith("skipped: ")]
    assert line.startswith("skipped: Old bridge reopens after forty years - ")
    assert line.endswith(" (its file was deleted; --resurrect writes it again)")


def test_a_ledger_is_to_be_moved_away_only_where_it_is_broken(cli: Cli, news: Path) -> None:
    feed, ledger = news.parent / "feed.xml", news / ".newsimport.sqlite3"
    cases = {
        str(news): "Is a directory; see that it is a file",
        "/proc/x": "No such file or directory; see that it is a file",
        str(ledger): "file is not a database; move it away and run again",
    }
    ledger.write_bytes(b"no database" * 100)
    for state, says in cases.items():
        run = cli("fetch", feed, "--out", news, "--state", state)
        assert (run.status, len(run.err.splitlines())) == (74, 1), run
        assert run.err.startswith(f"newsimport: {state}: the ledger cannot be used: {says}"), (
            run.err
        )
        assert "Errno" not in run.err


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_a_ledger_that_may_not_be_opened_wants_a_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(path: Path, *_more: object) -> int:
        raise OSError(code, os.strerror(code), str(path))

    monkeypatch.setattr("newsimport.site.database.os.open", refuse)
    with pytest.raises(LedgerError) as caught:
        Ledger(tmp_path / "x")
    said = f"{os.strerror(code)}; give yourself the right to read and to write it and its folder"
    assert str(caught.value) == f"{tmp_path / 'x'}: the ledger cannot be used: {said}"


def test_what_was_pruned_is_not_called_deleted(cli: Cli, news: Path) -> None:
    assert cli("prune", "--out", news, "--older-than", "2030-01-01").status == 0
    said = cli("fetch", news.parent / "feed.xml", "--out", news, "--site", "hugo", "-v").err
    assert said.count(" (its file was pruned; --resurrect writes it again)\n") == 2
    assert "deleted" not in said
