"""What `preview` and `fetch --dry-run --diff` show, on a terminal and elsewhere."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsimport.commands.paint import _rendered

from . import hostile_strings
from .conftest import ROOT, Cli
from .feeds import HARBOUR, Row, article, item, lone, modern, rss

WORLD = ROOT / "examples" / "world.xml"
# What depends on when a run was: times, and the digests of fields that hold them.
TIMES = re.compile(r"\d{4}-\d\d-\d\d[T ][\d:]+(?:Z| \+0000)|@\d+|=\S+")
COLOUR = re.compile(r"\x1b\[[\d;]*m")


def read_as(line: str) -> str:
    return "".join(text for text, _ in _rendered(line))


# ---------------------------------------------------------------- preview


def test_a_story_as_it_reads(cli: Cli, tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(rss(item(HARBOUR[0], modern(HARBOUR))))
    run = cli("preview", feed)
    assert (run.status, run.err) == (0, "")
    lines = run.out.splitlines()
    assert lines[:3] == [
        "harbour-town-votes-to-keep-its-last-ferry.md",
        "---",
        'title: "Harbour town votes to keep its last ferry"',
    ]
    assert lines[-3:] == [f"• {row.title} — {row.publisher}" for row in HARBOUR]
    assert "\x1b" not in run.out


def test_as_many_as_are_asked_for(cli: Cli) -> None:
    run = cli("preview", WORLD, "--limit", "2")
    assert len(re.findall(r"(?m)^title: ", run.out)) == 2


@pytest.mark.parametrize("site", ["hugo", "jekyll", "mkdocs", "zola"])
def test_the_front_matter_is_that_of_the_file(cli: Cli, site: str) -> None:
    shown = cli("preview", WORLD, "--limit", "1", "--site", site).out
    files = cli("inspect", WORLD, "--as", site).out
    head = shown.split("\n---\n")[1]
    assert TIMES.sub("", head) in TIMES.sub("", files)


def test_the_site_is_found(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "_config.yml").touch()
    shown = cli("preview", WORLD, "--limit", "1", cwd=tmp_path).out
    assert re.match(r"\d{4}-\d\d-\d\d-nations", shown)


@pytest.mark.parametrize("style", ["modern", "classic"])
@pytest.mark.parametrize("body", ["list", "numbered", "table", "quote", "none"])
def test_all_forms_of_a_body(cli: Cli, tmp_path: Path, style: str, body: str) -> None:
    (tmp_path / "newsimport.toml").write_text(f'[defaults]\nstyle = "{style}"\nbody = "{body}"\n')
    run = cli("preview", WORLD, "--limit", "1", cwd=tmp_path)
    assert run.status == 0
    text = run.out.rpartition("\n---\n")[2]
    assert "](" not in text
    assert "<" not in text
    assert bool(text.strip()) is (body != "none" or style == "classic")


def test_colours_on_a_terminal_alone(cli: Cli) -> None:
    shown = cli.on_terminal("preview", WORLD, "--limit", "1").err
    assert "\x1b[36mtitle\x1b[0m" in shown
    bare = COLOUR.sub("", shown).replace("\r\n", "\n")
    assert TIMES.sub("", bare) == TIMES.sub("", cli("preview", WORLD, "--limit", "1").out)
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in cli.on_terminal("preview", WORLD, "--limit", "1", env=env).err


def test_nothing_of_a_feed_steers_the_terminal(cli: Cli, tmp_path: Path) -> None:
    bad = "\x9b31m red \x85 &#27;[2J &amp;#27;]0;title&amp;#7; \u202egnp.exe"
    rows = (Row(f"Harbour {bad} town", f"Paper {bad}", article("x")), *HARBOUR[1:])
    feed = tmp_path / "feed.xml"
    feed.write_text(rss(item(rows[0], modern(rows))), encoding="utf-8")
    for style in ("modern", "classic"):
        (tmp_path / "newsimport.toml").write_text(f'[defaults]\nstyle = "{style}"\n')
        shown = cli.on_terminal("preview", feed, cwd=tmp_path).err
        assert "Harbour" in shown
        rest = COLOUR.sub("", shown).replace("\r\n", "\n").replace("\n", "")
        assert rest.isprintable(), ascii(rest)


@pytest.mark.parametrize(
    "text",
    [
        *hostile_strings.HTML,
        *hostile_strings.MARKDOWN,
        *hostile_strings.KRAMDOWN,
        *hostile_strings.HUGO,
    ],
)
def test_what_was_escaped_reads_as_it_was_meant(text: object) -> None:
    from newsimport.models import Headline
    from newsimport.site.body import write_line
    from newsimport.text import tidy

    title = tidy(str(text))
    if title:
        line = write_line(Headline(title, "https://p.example/a", "Paper"))
        assert " ".join(read_as(f"- {line}").split()) == " ".join(f"• {title} — Paper".split())


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_line_can_be_rendered(line: str) -> None:
    read_as(line.replace("\n", " "))


# ---------------------------------------------------------------- diff


@pytest.fixture
def changed(cli: Cli, tmp_path: Path) -> tuple[Path, Path]:
    """A folder with a story of two headlines, and a feed that has three."""
    feed, out = tmp_path / "feed.xml", tmp_path / "out"
    feed.write_text(rss(item(HARBOUR[0], modern(HARBOUR[:2]), guid="1")))
    assert cli("fetch", feed, "--out", out).status == 0
    other = Row("Old bridge reopens", "Quay", article("b"))
    feed.write_text(rss(item(HARBOUR[0], modern(HARBOUR), guid="1"), item(other, lone(other))))
    return feed, out


def test_a_diff_is_what_the_next_run_changes(cli: Cli, tmp_path: Path, changed: tuple[Path, Path]) -> None:  # fmt: skip
    feed, out = changed
    [path] = out.glob("*.md")
    before = path.read_text()
    run = cli("fetch", feed, "--out", out, "--dry-run", "--diff")
    assert (run.status, run.err) == (0, "")
    assert path.read_text() == before
    assert run.out.count("--- a/") == 1
    assert f"\n+- [{HARBOUR[2].title}]" in run.out
    cli("fetch", feed, "--out", out)
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / path.name).write_text(before)
    subprocess.run(["patch", "--strip=1", "--silent"], input=run.out.encode(), cwd=copy, check=True)
    assert TIMES.sub("", (copy / path.name).read_text()) == TIMES.sub("", path.read_text())


def test_a_diff_in_colours(cli: Cli, changed: tuple[Path, Path]) -> None:
    feed, out = changed
    shown = cli.on_terminal("fetch", feed, "--out", out, "--dry-run", "--diff").err
    assert f"\x1b[32m+- [{HARBOUR[2].title}]" in shown
    bare = cli.on_terminal(
        "fetch", feed, "--out", out, "--dry-run", "--diff", env={"NO_COLOR": "1"}
    )
    assert not COLOUR.search(bare.err.replace("\x1b[K", ""))


def test_nothing_new_is_no_diff(cli: Cli, changed: tuple[Path, Path]) -> None:
    feed, out = changed
    cli("fetch", feed, "--out", out)
    assert cli("fetch", feed, "--out", out, "--dry-run", "--diff").out == ""


@pytest.mark.parametrize("more", [(), ("--dry-run", "--json")])
def test_a_diff_alone_or_as_json_is_a_usage_error(cli: Cli, changed: tuple[Path, Path], more: tuple[str, ...]) -> None:  # fmt: skip
    feed, out = changed
    run = cli("fetch", feed, "--out", out, "--diff", *more)
    assert run.status == 2
    assert "--dry-run" in run.err
