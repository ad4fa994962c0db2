"""Whole documents, in both styles and for both sites, as they were last looked at.

`pytest --update-golden` writes them anew; the diff then shows what a change means for users.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsimport.config import Settings
from newsimport.importer import import_feeds

from .conftest import Cli, Golden
from .feeds import HARBOUR, START, WORLD, Row, article, item, lone, modern, rss, with_coverage

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)
# What a headline may hold that means something to YAML, Markdown, HTML or a template.
HOSTILE = (
    Row("""She said: "it's *over*" [live] - C:\\temp #1""", "Q&A: Weekly", article("q1")),
    Row("{{< figure >}} and {% raw %} <b>bold</b> & `code`", "Gull | Radio", article("q2")),
    Row("12:30", "no", article("q3")),
)
SCRIPTS = (
    Row("船が戻る：港町の投票", "みなと新報", article("s1")),
    Row("العبّارة تعود إلى الميناء", "صدى الميناء", article("s2")),
    Row("Паром снова ходит 🚢", "Причал", article("s3")),
)
FEED = rss(
    item(HARBOUR[0], modern(HARBOUR), guid="harbour"),
    item(HOSTILE[0], with_coverage(HOSTILE), guid="hostile", published=START - timedelta(hours=1)),
    item(SCRIPTS[0], modern(SCRIPTS), guid="scripts", published=START - timedelta(hours=2)),
    item(
        Row("🚀", "Lift-off", article("r1")),
        lone(Row("🚀", "Lift-off", article("r1"))),
        guid="rocket",
        published=None,
        more='<media:content url="https://pictures.example/r(1).jpg?a=1&amp;b=2" medium="image"/>',
    ),
)


@pytest.mark.parametrize("site", ["hugo", "jekyll"])
@pytest.mark.parametrize("style", ["modern", "classic"])
def test_whole_documents(golden: Golden, tmp_path: Path, site: str, style: str) -> None:
    source, out = tmp_path / "feed.xml", tmp_path / "out"
    source.write_text(FEED, encoding="utf-8")
    settings = Settings(sources=(str(source),), out=out, site=site, style=style, feed_url=WORLD)
    assert import_feeds(settings, NOW).exit == 0
    golden.check_folder(
        f"{site}-{style}", {path.name: path.read_bytes().decode() for path in out.glob("*.md")}
    )


def test_inspect(golden: Golden, cli: Cli) -> None:
    run = cli("inspect", "-", "--json", "--feed-url", WORLD, stdin=FEED.encode())
    golden.check("inspect.json", run.out)
    assert json.loads(run.out)["version"] == 1
