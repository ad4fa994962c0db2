"""Files that other tools wrote are taken over by their links, and no story comes twice."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from newsimport.site.adoption import adopt
from newsimport.site.classic import SPACED, render_classic
from newsimport.site.frontmatter import read, write
from newsimport.site.site import open_site
from newsimport.site.slug import make_slug
from newsimport.site.stamp import read_stamp
from newsimport.source.feed import parse_feed
from newsimport.source.googlenews import article_id
from newsimport.stories import read_headlines, tell

from .conftest import ROOT, Cli
from .folder import Folder
from .stream import START, STEP, feed, item, row

LEDGER = ".newsimport.sqlite3"


def documents(source: bytes, now: datetime) -> dict[str, str]:
    """Return a feed as the predecessor wrote it: a file for each item, its HTML as it came."""
    parsed = parse_feed(source, "")
    found = {}
    for entry in parsed.entries:
        story = tell(parsed, entry, read_headlines(parsed, entry), now)
        slug = make_slug(entry.title)
        post = render_classic(story, slug, now)
        found[f"{slug}.md"] = write(post.fields, f"{entry.body}\n".encode(), spaced=SPACED).decode()
    return found


def lay(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def taken_over(out: Path, now: datetime, **options) -> dict[str, str]:
    """Adopt a folder; return the reason for each file left out, "" for each taken."""
    with open_site(out, None, now, **options) as site:
        return {file.path: file.reason for file in adopt(site)}


def rows(number: int, count: int = 4):
    return [row(number, n) for n in range(count)]


def stories(numbers: Iterable[int], count: int = 4, **more: list) -> bytes:
    return feed([item(rows(number, count), START) for number in numbers])


@pytest.fixture
def folder(tmp_path):
    folder = Folder(tmp_path, site="hugo")
    lay(folder.out, documents(stories(range(20)), START))
    return folder


# ---------------------------------------------------------------- the predecessor's


@pytest.mark.parametrize("style", ["modern", "classic"])
def test_what_was_adopted_is_not_written_again_nor_changed(folder, style):
    before = folder.files()
    assert set(taken_over(folder.out, folder.now).values()) == {""}
    report = folder.run(stories(range(20)), style=style)
    assert {action for _, action, _ in report.values()} == {"unchanged"}
    assert folder.files() == before


@pytest.mark.parametrize("style", ["modern", "classic"])
def test_only_updates_change_bytes(folder, style):
    before = folder.files()
    taken_over(folder.out, folder.now)
    news = [item(rows(number, 5 if number < 3 else 4), START) for number in range(22)]
    report = folder.run(feed(news), style=style)
    actions = [report[row(number, 0).identifier][1] for number in range(22)]
    assert actions == ["updated"] * 3 + ["unchanged"] * 17 + ["created"] * 2
    changed = {path for path, text in folder.files().items() if before.get(path) != text}
    assert changed == {path for path, action, _ in report.values() if action != "unchanged"}
    again = folder.run(feed(news), style=style)
    assert {action for _, action, _ in again.values()} == {"unchanged"}


def test_an_update_brings_a_document_into_our_form_and_keeps_its_addresses(folder):
    before = {path: read(text) for path, text in folder.files().items()}
    taken_over(folder.out, folder.now)
    path = folder.run(feed([item(rows(0, 5), START)]))[row(0, 0).identifier][0]
    after = read(folder.files()[path])
    for name in ("title", "date", "slug", "link", "source", "categories", "draft"):
        assert after.fields[name] == before[path].fields[name]
    assert len(after.fields["headlines"]) == 5
    assert after.body.strip().startswith("- [")
    assert read_stamp(after.fields)
    assert "lastmod" in after.fields


def test_what_its_user_changed_in_a_document_stays(folder):
    [path] = [name for name in folder.files() if row(0, 0).identifier in folder.files()[name]]
    text = (folder.out / path).read_text()
    start = text.index("description:")
    mine = text[:start] + 'description: "My own words"' + text[text.index("\n", start) :]
    (folder.out / path).write_text(mine.replace("\ntags:\n", "\ntags:\n- 'my tag'\n"))
    taken_over(folder.out, folder.now)
    found, action, reason = folder.run(feed([item(rows(0, 5), START)]))[row(0, 0).identifier]
    assert (found, action) == (path, "updated")
    assert reason == "kept your body, categories, description, summary, tags"
    after = read(folder.files()[path])
    assert after.fields["description"] == "My own words"
    assert "my tag" in after.fields["tags"]
    assert after.body == read(mine).body


def test_a_story_is_known_under_a_new_guid_by_its_cluster(folder):
    taken_over(folder.out, folder.now)
    moved = [row(0, 2), row(0, 1), row(0, 0), row(0, 7)]
    report = folder.run(feed([item(moved, START, row(0, 2).identifier)]))
    assert report[row(0, 2).identifier][1] == "updated"
    assert len(folder.files()) == 20


def test_an_old_document_takes_no_new_guid_but_is_known_by_its_link(folder):
    folder.now += timedelta(days=20)
    taken_over(folder.out, folder.now)
    report = folder.run(
        feed(
            [
                item([row(0, n) for n in (2, 1, 0, 3)], START, row(0, 2).identifier),
                item(rows(1), START),
                item(rows(2), START, "another-guid"),
            ]
        )
    )
    assert [action for _, action, _ in report.values()] == ["created", "unchanged", "unchanged"]


def test_without_the_ledger_it_is_adopted_again(folder):
    taken_over(folder.out, folder.now)
    folder.run(feed([item(rows(0, 5), START)]))
    (folder.out / LEDGER).unlink()
    before = folder.files()
    assert set(taken_over(folder.out, folder.now).values()) == {""}
    folder.run(feed([item(rows(0, 5), START), *(item(rows(n), START) for n in range(1, 20))]))
    assert folder.files() == before


def test_a_document_that_was_renamed_is_found(folder):
    taken_over(folder.out, folder.now)
    [path] = [name for name in folder.files() if row(0, 0).identifier in folder.files()[name]]
    (folder.out / path).rename(folder.out / "mine.md")
    report = folder.run(feed([item(rows(0, 5), START)]))
    assert report[row(0, 0).identifier][:2] == ("mine.md", "updated")


def test_a_document_that_was_deleted_stays_so(folder):
    taken_over(folder.out, folder.now)
    [path] = [name for name in folder.files() if row(0, 0).identifier in folder.files()[name]]
    (folder.out / path).unlink()
    assert folder.run(feed([item(rows(0, 5), START)]))[row(0, 0).identifier][1] == "skipped"
    assert path not in folder.files()


def test_adopting_twice_changes_nothing(folder):
    taken_over(folder.out, folder.now)
    folder.run(stories(range(5)))
    ledger = folder.ledger()
    with open_site(folder.out, None, folder.now + STEP) as site:
        assert {file.action for file in adopt(site)} == {"known"}
    assert folder.ledger() == ledger


def test_what_was_fetched_before_is_not_adopted_as_well(tmp_path):
    folder = Folder(tmp_path, site="hugo")
    ours = folder.run(stories(range(2)))[row(0, 0).identifier][0]
    lay(folder.out / "old", documents(stories(range(3)), START))
    found = taken_over(folder.out, folder.now)
    assert f"{ours} is the story of its link already" in found.values()
    assert sum(path.startswith("old/") and not reason for path, reason in found.items()) == 1


@pytest.mark.parametrize("forgotten", [True, False])
def test_a_file_takes_the_place_of_one_that_was_deleted(tmp_path, forgotten):
    folder = Folder(tmp_path, site="hugo")
    folder.run(feed([item([row(0, n) for n in (2, 1, 0, 3)], START), item(rows(1), START), item(rows(2), START)]))  # fmt: skip
    path = folder.run(stories(range(3)))[row(0, 0).identifier][0]
    (folder.out / path).unlink()
    if not forgotten:
        assert folder.run(stories(range(3)))[row(0, 0).identifier][1] == "skipped"
    lay(folder.out / "old", documents(stories([0]), START))
    [(name, reason)] = [found for found in taken_over(folder.out, folder.now).items() if "old/" in found[0]]  # fmt: skip
    assert reason == ""
    report = folder.run(feed([item(rows(0, 5), START), *(item(rows(n), START) for n in (1, 2))]))
    assert report[row(0, 0).identifier][:2] == (name, "updated")


# ---------------------------------------------------------------- others'

BLOG = "https://blog.example/2026/a-post"
# The front matter that @11ty/import and jekyll-import write, with words of our own.
ELEVENTY = f"""---
uuid: 11ty/import::rss::post-1
type: rss
title: A post
url: {BLOG}
authors:
  - name: Ada
date: '2026-03-01T10:00:00.000Z'
---
The **text** of the post.
"""
JEKYLL = f"""---
layout: post
title: A post
canonical_url: {BLOG}
---

<p>The text of the post.</p>
"""
TOML = f'+++\ntitle = "A post"\nlink = "{BLOG}"\n+++\nText.\n'
JSON = f'{{\n  "title": "A post",\n  "link": "{BLOG}"\n}}\n\nText.\n'
ZOLA = f'---\ntitle: "A post"\nextra:\n  link: "{BLOG}"\n---\nText.\n'


def blog(text: str, guid: str = "post-1") -> bytes:
    return (
        "<rss version='2.0'><channel><title>B</title><link>https://blog.example/</link>"
        f"<item><guid isPermaLink='false'>{guid}</guid><title>A post</title><link>{BLOG}</link>"
        f"<description>{text}</description></item></channel></rss>"
    ).encode()


@pytest.mark.parametrize("style", ["modern", "classic"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("2026/a-post.md", ELEVENTY),
        ("2026-03-01-a-post.html", JEKYLL),
        ("a.md", TOML),
        ("b.md", JSON),
        ("c.md", ZOLA),
        ("d.md", TOML.replace("\n", "\r\n")),
        ("e.md", ZOLA.replace("extra", "params")),
        ("f.md", TOML.replace(BLOG, f"{BLOG.replace('https', 'http')}/?utm_source=rss#top")),
    ],
)
def test_a_file_of_another_tool_is_the_story_of_its_link(tmp_path, name, text, style):
    folder = Folder(tmp_path, site="hugo", style=style)
    lay(folder.out, {name: text})
    assert taken_over(folder.out, folder.now) == {name: ""}
    for said in ("The text of the post.", "The text of the post, mended."):
        [(path, action, _)] = folder.run(blog(said)).values()
        assert path == name
        assert action in {"unchanged", "kept"}
        assert folder.files() == {name: text}
    assert folder.run(blog("x", guid="post-2"))["post-2"][0] == name


def test_what_cannot_be_taken_is_named_with_a_reason(tmp_path):
    out = tmp_path / "out"
    lay(
        out,
        {
            "a.md": TOML,
            "b.md": TOML,
            "none.md": '---\ntitle: "x"\n---\n',
            "path.md": '---\nurl: "/about/"\n---\n',
            "bare.md": "just text\n",
            "broken.md": '---\ntitle: "x\n---\n',
        },
    )
    found = taken_over(out, START)
    assert found == {
        "a.md": "",
        "b.md": "a.md is the story of its link already",
        "none.md": "its front matter has no link to an article",
        "path.md": "its front matter has no link to an article",
        "bare.md": "it has no front matter",
        "broken.md": "its front matter is not valid YAML (line 3)",
    }


def raw(rows: list) -> str:
    """A file of jekyll-import's, without an option: the item's HTML, and no link beside it."""
    body = read(next(iter(documents(feed([item(rows, START)]), START).values()))).body
    return f"---\nlayout: post\ntitle: x\n---\n\n{body.strip()}\n"


@pytest.mark.parametrize("count", [1, 4])
def test_a_file_that_is_an_item_as_it_came_is_the_story_of_its_lead(tmp_path, count):
    folder = Folder(tmp_path, site="jekyll")
    cited = raw(rows(1, count)).replace("<ol>", "As I said: <ol>").replace("\n\n<a", "\n\nSee <a")
    texts = {"2026-03-02-x.html": raw(rows(0, count)), "2026-03-02-mine.md": cited}
    lay(folder.out, texts)
    found = taken_over(folder.out, folder.now)
    assert found["2026-03-02-x.html"] == ""
    assert "no link" in found["2026-03-02-mine.md"]
    report = folder.run(stories([0, 1], count))
    assert report[row(0, 0).identifier][:2] == ("2026-03-02-x.html", "unchanged")
    assert report[row(1, 0).identifier][1] == "created"
    assert folder.files() | texts == folder.files()


def test_one_link_has_several_spellings_but_other_pages_are_others(tmp_path):
    folder = Folder(tmp_path, site="hugo")
    lay(folder.out, {"a.md": TOML.replace(BLOG, f"{BLOG}?p=1"), "b.md": ZOLA})
    spelled = TOML.replace(BLOG, f"http://www.{BLOG[8:]}/?utm_medium=x&p=1")
    lay(folder.out, {"c.md": spelled, "d.md": TOML.replace(BLOG, f"{BLOG}?p=2")})
    found = taken_over(folder.out, folder.now)
    assert found == {"a.md": "", "b.md": "", "c.md": "a.md is the story of its link already", "d.md": ""}  # fmt: skip
    assert [path for path, _, _ in folder.run(blog("Text.")).values()] == ["b.md"]


def test_what_its_user_changes_after_the_adoption_stays(folder):
    taken_over(folder.out, folder.now)
    [path] = [name for name in folder.files() if row(0, 0).identifier in folder.files()[name]]
    edited = (folder.out / path).read_text().rpartition("<ol>")[0] + "My own body.\n"
    (folder.out / path).write_text(edited)
    report = folder.run(feed([item(rows(0, 5), START)]))
    assert report[row(0, 0).identifier][0] == path
    assert read(folder.files()[path]).body == read(edited).body


def test_adopted_files_are_not_pruned_unless_it_is_said(folder, cli: Cli):
    taken_over(folder.out, folder.now)
    before = folder.files()
    assert cli("prune", "--out", folder.out, "--older-than", "0d").status == 0
    assert folder.files() == before


def test_symlinks_are_not_followed(tmp_path):
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    lay(elsewhere, {"a.md": TOML})
    out.mkdir()
    (out / "folder").symlink_to(elsewhere)
    (out / "b.md").symlink_to(elsewhere / "a.md")
    assert taken_over(out, START) == {}


KILLED = """
import os, signal, sys
from newsimport.cli import main
from newsimport.site.ledger import Ledger
Ledger.commit = lambda self: os.kill(os.getpid(), signal.SIGKILL)
main(["adopt", sys.argv[1]])
"""


def test_killed_on_the_way_it_is_adopted_by_the_next_call(folder, cli: Cli):
    before = folder.files()
    killed = subprocess.run([sys.executable, "-c", KILLED, folder.out], cwd=ROOT, check=False)
    assert killed.returncode == -9
    assert cli("adopt", folder.out, "--json").json["counts"]["adopted"] == 20
    assert {action for _, action, _ in folder.run(stories(range(20))).values()} == {"unchanged"}
    assert folder.files() == before


# ---------------------------------------------------------------- the command


def test_the_command(cli: Cli, tmp_path):
    out = tmp_path / "out"
    made = documents(stories(range(4)), START)
    last = max(made)
    lay(out, {**made, "bare.md": "text\n"})
    (out / last).rename(out / "made.mdx")
    tried = cli("adopt", out, "--dry-run")
    assert (tried.status, tried.out) == (0, "")
    assert tried.err.splitlines() == [
        "left out: bare.md: it has no front matter",
        "left out: made.mdx: updates are written as Markdown, not as MDX",
        f"{out}: 3 adopted, 2 left out (dry run)",
    ]
    assert not (out / LEDGER).exists()
    run = cli("adopt", out, "--json")
    assert run.err == ""
    assert run.json["counts"] == {"adopted": 3, "known": 0, "refused": 2}
    assert {"path": "bare.md", "action": "refused", "reason": "it has no front matter"} in run.json["files"]  # fmt: skip
    assert cli("adopt", out, "-q").err == ""
    assert cli("adopt", out, "-v").err.splitlines()[-1] == f"{out}: 0 adopted, 3 known before, 2 left out"  # fmt: skip


def test_the_folder_and_the_ledger_are_those_of_the_configuration(cli: Cli, tmp_path):
    lay(tmp_path / "news", documents(stories(range(3)), START))
    (tmp_path / "feed.xml").write_bytes(stories(range(3)))
    (tmp_path / "newsimport.toml").write_text('[defaults]\nout = "news"\nstate = "ledger"\n')
    assert cli("adopt", cwd=tmp_path).err.endswith("/news: 3 adopted\n")
    assert (tmp_path / "ledger").exists()
    assert "3 unchanged" in cli("fetch", "feed.xml", "-v", cwd=tmp_path).err
    (tmp_path / "newsimport.toml").write_text('[defaults]\nout = "news"\n')
    lay(tmp_path / "old", documents(stories(range(5, 7)), START))
    run = cli("adopt", "old", cwd=tmp_path)
    assert run.err.splitlines()[0].endswith("it knows these stories with --out old alone")
    assert run.status == 0


def test_without_a_folder_or_a_configuration(cli: Cli, tmp_path):
    run = cli("adopt", cwd=tmp_path)
    assert run.status == 2
    assert "which folder? Name it: newsimport adopt FOLDER, or write" in run.err


# ---------------------------------------------------------------- as recorded


def test_500_recorded_documents(shared: Path, tmp_path):
    """500 documents of the predecessor's, then recorded runs: no story twice."""
    feeds = tmp_path / "feeds"
    subprocess.run(
        [sys.executable, shared / "replay" / "make_feeds.py", feeds, "--every", "5"],
        check=True, capture_output=True,
    )  # fmt: skip
    recorded = sorted(feeds.glob("run-*.xml"))
    folder = Folder(tmp_path, site="hugo")
    folder.now = START
    # As fetched in style classic, so that no story is there twice; then only the files are left.
    at = 0
    while len(list(folder.out.glob("*.md"))) < 500:
        when(folder, recorded[at])
        folder.run(recorded[at].read_bytes(), style="classic")
        at += 1
    for extra in sorted(folder.files())[500:]:
        (folder.out / extra).unlink()
    (folder.out / LEDGER).unlink()
    before = folder.files()
    reasons = taken_over(folder.out, folder.now)
    assert len(before) == len(reasons) == 500
    assert set(reasons.values()) == {""}
    assert folder.files() == before
    tally: dict[str, int] = {}
    adopted_links = {article_id(str(read(text).fields["link"])): path for path, text in before.items()}  # fmt: skip
    texts = before
    for document in recorded[at - 1 : at + 3]:
        when(folder, document)
        report = folder.run(document.read_bytes())
        after = folder.files()
        changed = {path for path, text in texts.items() if after[path] != text}
        assert changed == {path for path, action, _ in report.values() if action == "updated"}
        for guid, (path, action, _) in report.items():
            tally[action] = tally.get(action, 0) + 1
            assert path == adopted_links.get(guid, path)
        texts = after
    links = [read(text).fields["link"] for text in folder.files().values()]
    assert len(links) == len(set(links))
    assert tally["unchanged"] > tally["updated"] > 0
    untouched = sum(folder.files()[path] == text for path, text in before.items())
    print(f"500 adopted, {tally}, {untouched} untouched, {len(links) - 500} new")


def when(folder: Folder, document: Path) -> None:
    """Set the clock to when a feed was recorded."""
    text = document.read_text(encoding="utf-8")
    stamp = text.partition("<lastBuildDate>")[2].partition("<")[0]
    folder.now = parsedate_to_datetime(stamp).astimezone(UTC)
