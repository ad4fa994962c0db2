"""What CONTRIBUTING says of additions: a site generator, an era of Google's markup and a language
for tags are one table row each. Each test adds one to a copy of the package and runs the command.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import newsimport

from .conftest import ROOT, Cli
from .feeds import HARBOUR, Row, article, item, modern, rss

PACKAGE = Path(newsimport.__file__).parent
CONTRIBUTING = ROOT / ".github" / "CONTRIBUTING.md"


class Extended:
    """A copy of the package, and its command."""

    def __init__(self, folder: Path, cli: Cli) -> None:
        self.folder, self.cli = folder, cli
        shutil.copytree(
            PACKAGE, folder / "newsimport", ignore=shutil.ignore_patterns("__pycache__")
        )

    def add_row(self, module: str, table: str, row: str) -> None:
        """Put a row first into the table that begins with the line `table`."""
        path = self.folder / "newsimport" / module
        text = path.read_text(encoding="utf-8")
        assert text.count(f"\n{table}\n") == 1, table
        path.write_text(text.replace(f"\n{table}\n", f"\n{table}\n{row}\n"), encoding="utf-8")

    def __call__(self, *arguments: object):
        done = self.cli(*arguments, env={"PYTHONPATH": str(self.folder)})
        assert (done.status, done.err) == (0, "")
        return done


@pytest.fixture
def extended(tmp_path: Path, cli: Cli) -> Extended:
    return Extended(tmp_path / "copy", cli)


# ---------------------------------------------------------------- a site generator

LEDGERLINE = """\
    Profile(
        name="ledgerline",
        signs=(("ledgerline.ini", "[site]"),),
        version=("ledgerline", "--version"),
        posts="notes",
        file_name="{date}_{slug}.md",
        date_form="%d.%m.%Y %H:%M",
        places={"lastmod": "touched", "tags": "topics.tags"},
        without=frozenset({"draft"}),
        constants={"shape": "note"},
        heading=True,
    ),"""


def test_a_site_generator_is_one_row(extended: Extended, tmp_path: Path) -> None:
    extended.add_row("site/profiles.py", "_ROWS = (", LEDGERLINE)
    assert "|ledgerline|" in extended("fetch", "--help").out

    site, feed = tmp_path / "site", tmp_path / "feed.xml"
    site.mkdir()
    (site / "ledgerline.ini").write_text("[site]\n")
    feed.write_text(rss(item(HARBOUR[0], modern(HARBOUR), guid="harbour")))
    extended("fetch", feed, "--out", site / "notes")
    name = "2026-01-06_harbour-town-votes-to-keep-its-last-ferry.md"
    text = (site / "notes" / name).read_text()
    assert "\nshape: note\n" in text
    assert "\ndate: 06.01.2026 08:35\n" in text
    assert '\ntopics:\n  tags:\n  - "' in text
    assert "\ndraft:" not in text
    assert f"\n# {HARBOUR[0].title}\n" in text

    more = (*HARBOUR, Row("Ferry crew gets a pay rise", "Dockside Daily", article("h4")))
    feed.write_text(rss(item(HARBOUR[0], modern(more), guid="harbour")))
    extended("fetch", feed, "--out", site / "notes")
    updated = (site / "notes" / name).read_text()
    assert "Ferry crew gets a pay rise" in updated
    assert "\ntouched: " in updated
    assert [path.name for path in (site / "notes").glob("*.md")] == [name]

    assert "generator: ledgerline, not installed" in extended("doctor", "--out", site / "notes").out

    # By its name, where no file of the site says so, in a command line and in a configuration.
    elsewhere = tmp_path / "elsewhere"
    extended("fetch", feed, "--out", elsewhere / "a", "--site", "ledgerline")
    assert [path.name for path in (elsewhere / "a").glob("*.md")] == [name]
    config = elsewhere / "newsimport.toml"
    config.write_text(
        '[defaults]\nsite = "ledgerline"\nout = "b"\n'
        f'[[feeds]]\nname = "harbour"\nurl = {json.dumps(str(feed))}\n'
    )
    extended("fetch", "--config", config)
    assert [path.name for path in (elsewhere / "b").glob("*.md")] == [name]


# ---------------------------------------------------------------- an era of Google's markup

CARDS = """\
    Era(
        '<dl class="cards">',
        f'<dt>(?P<publisher>{_TEXT})</dt><dd><a href="(?P<url>{_URL})">(?P<title>{_TEXT})</a></dd>',
        "</dl>",
    ),"""


def cards(rows: tuple[Row, ...]) -> str:
    return (
        '<dl class="cards">'
        + "".join(
            f'<dt>{row.publisher.replace("&", "&amp;")}</dt><dd><a href="{row.link}">{row.title}</a></dd>'
            for row in rows
        )
        + "</dl>"
    )


def test_an_era_of_markup_is_one_row(extended: Extended, tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(rss(item(HARBOUR[0], cards(HARBOUR), guid="harbour")))

    def publishers() -> list[str]:
        [story] = json.loads(extended("inspect", feed, "--json").out)["stories"]
        assert [row["title"] for row in story["headlines"]] == [row.title for row in HARBOUR]
        return [row["publisher"] for row in story["headlines"]]

    # Links are found in any markup; where a publisher stands must be said.
    assert publishers() == ["", "", ""]
    extended.add_row("source/cluster.py", "ERAS = (", CARDS)
    assert publishers() == [row.publisher for row in HARBOUR]


# ---------------------------------------------------------------- a language for tags

# Esperanto: what joins the words of a sentence, and no name.
ESPERANTO = '    "eo": "la kaj de en al kun por sen inter dum post antaŭ ĉe pri estas estis",'
VILLAGE = (
    Row("La Ponto De Verdurbo Kaj La Haveno Estas Sen Lumo", "Verda Gazeto", article("e1")),
    Row("Sen Lumo Estas La Ponto De Verdurbo Kaj La Haveno", "Insula Voĉo", article("e2")),
    Row("Dum La Nokto: La Ponto De Verdurbo Estas Sen Lumo", "Nova Tago", article("e3")),
)


def test_a_language_for_tags_is_one_row(extended: Extended, tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    text = rss(item(VILLAGE[0], modern(VILLAGE), guid="bridge"))
    feed.write_text(text.replace("<language>en-US<", "<language>eo<"), encoding="utf-8")

    def words() -> set[str]:
        [story] = json.loads(extended("inspect", feed, "--json").out)["stories"]
        return {word for tag in story["tags"] for word in tag.casefold().split()}

    assert words() & {"la", "sen", "estas", "kaj"}
    extended.add_row("story/stopwords.py", "_WORDS = {", ESPERANTO)
    assert "verdurbo" in words()
    assert not words() & {"la", "sen", "estas", "kaj"}
