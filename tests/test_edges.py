"""What a reviewer broke once: files that change places, old ledgers, odd files, other feeds."""

from __future__ import annotations

import os
import shutil

import pytest

from newsimport.site.frontmatter import read
from newsimport.site.prune import prune
from newsimport.site.site import open_site
from newsimport.site.stamp import read_stamp

from .folder import Folder
from .stream import START, STEP, feed, item, row

LEDGER = ".newsimport.sqlite3"
A = [row(1, n) for n in range(6)]
OTHERS = [item([row(n, 0), row(n, 1)], START) for n in (2, 3, 4, 5)]


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path, site="hugo")


def run(folder, rows=A[:3], guid=A[0].identifier, more=OTHERS, **settings):
    return folder.run(feed([item(rows, START, guid), *more]), **settings)


def blog(*entries, link="https://blog.example/"):
    items = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{title}</title><link>{url}</link>"
        f"<description>{text}</description></item>"
        for guid, title, url, text in entries
    )
    return f"<rss version='2.0'><channel><title>B</title><link>{link}</link>{items}</channel></rss>".encode()


def edit(folder, path, old, new):
    text = (folder.out / path).read_text()
    assert old in text
    (folder.out / path).write_text(text.replace(old, new, 1))


# ---------------------------------------------------------------- places


@pytest.mark.parametrize("leave", ["delete", "rename"])
def test_a_name_that_a_story_has_left_is_not_given_to_another(folder, leave):
    path = run(folder)[A[0].identifier][0]
    if leave == "delete":
        (folder.out / path).unlink()
    else:
        (folder.out / path).rename(folder.out / "mine.md")
    twin = row(9, 0, A[0].title, "Other")
    report = folder.run(feed([item([twin], START), *OTHERS]))
    assert report[twin.identifier][1] == "created"
    assert report[twin.identifier][0] != path
    found, action, _ = run(folder, A[:4])[A[0].identifier]
    assert (found, action) == ((None, "skipped") if leave == "delete" else ("mine.md", "updated"))


def test_stories_whose_files_changed_places_are_found(folder):
    report = run(folder)
    a, b = report[A[0].identifier][0], report[row(2, 0).identifier][0]
    (folder.out / a).rename(folder.out / "t")
    (folder.out / b).rename(folder.out / a)
    (folder.out / "t").rename(folder.out / b)
    assert run(folder, A[:4])[A[0].identifier][:2] == (b, "updated")
    assert A[3].title in folder.files()[b]
    assert A[3].title not in folder.files()[a]


def test_a_post_of_the_users_own_in_a_storys_place_is_left_alone(folder):
    path = run(folder)[A[0].identifier][0]
    mine = '---\ntitle: "My own post"\n---\nmy words\n'
    (folder.out / path).write_text(mine)
    assert run(folder, A[:4])[A[0].identifier][:2] == (None, "skipped")
    assert folder.files()[path] == mine


def test_a_restored_file_is_the_story_again(folder):
    path = run(folder)[A[0].identifier][0]
    text = folder.files()[path]
    (folder.out / path).unlink()
    assert run(folder)[A[0].identifier][1] == "skipped"
    (folder.out / path).write_text(text)
    assert run(folder, A[:4])[A[0].identifier][:2] == (path, "updated")


# ---------------------------------------------------------------- memories that differ


def test_a_ledger_that_is_behind_the_files_learns_from_them(folder, tmp_path):
    run(folder)
    shutil.copy(folder.out / LEDGER, tmp_path / "old")
    moved = [A[1], A[2], A[0], A[4]]
    path = run(folder, moved, A[1].identifier)[A[1].identifier][0]
    new = item([row(8, n) for n in range(4)], START)
    other = folder.run(feed([new, *OTHERS]))[row(8, 0).identifier][0]
    shutil.copy(tmp_path / "old", folder.out / LEDGER)
    folder.run(
        feed([item([row(8, n) for n in (1, 2, 3)], START), *OTHERS])
    )  # known by its file alone
    assert len(folder.files()) == 6 and other in folder.files()
    run(folder, [*A[:3], A[5]])
    stamp = read_stamp(read(folder.files()[path]).fields)
    assert len(stamp.guids) == 2


def test_classic_edits_stay_without_the_ledger_in_any_feed(tmp_path):
    folder = Folder(tmp_path, site="hugo", style="classic")
    entry = ("post-1", "A post", "https://blog.example/p/1", "first text")
    ((path, *_),) = folder.run(blog(entry)).values()
    edit(folder, path, "\n---\nfirst text", "\n---\nMY TEXT")
    (folder.out / LEDGER).unlink()
    folder.run(blog((*entry[:3], "second text")))
    assert list(folder.files()) == [path]
    assert "MY TEXT" in folder.files()[path]


# ---------------------------------------------------------------- prune


def pruned(folder, **options):
    with open_site(folder.out, None, folder.now) as site:
        return {p.path: p.removed for p in prune(site, folder.now, **options)}


def test_a_comment_at_a_lines_end_is_an_edit(folder):
    path = run(folder)[A[0].identifier][0]
    edit(folder, path, "draft: false", "draft: false # keep this")
    assert [p for p, removed in pruned(folder).items() if not removed] == [path]


def test_a_killed_prune_does_not_take_what_was_edited_since(folder):
    path = run(folder)[A[0].identifier][0]
    with pytest.raises(KeyboardInterrupt):
        folder.kill_a_prune(path)
    edit(folder, path, "\n---\n\n", "\n---\n\nMY TEXT\n\n")
    assert run(folder, A[:4])[A[0].identifier][:2] == (path, "updated")
    assert "MY TEXT" in folder.files()[path]


# ---------------------------------------------------------------- what is news


def test_a_changed_item_of_another_feed_updates_its_file(folder):
    entry = ("post-1", "A post", "https://blog.example/p/1", "first text")
    folder.run(blog(entry))
    ((path, action, _),) = folder.run(blog((*entry[:3], "second text, corrected"))).values()
    assert action == "updated" and "second text, corrected" in folder.files()[path]


@pytest.mark.parametrize(
    ("old", "new"), [('categories:\n- "World"\n', 'categories: ["Mine"]\n'), ("source: ", "#")]
)
def test_an_edit_is_no_news_of_its_own(folder, old, new):
    path = run(folder)[A[0].identifier][0]
    edit(folder, path, old, new)
    text = folder.files()[path]
    assert run(folder, [A[0], A[2], A[1]])[A[0].identifier][1] == "unchanged"
    assert folder.files()[path] == text


def test_what_was_held_back_is_made_up_for(folder):
    path = run(folder)[A[0].identifier][0]
    run(folder, A[:4], update="never")
    assert run(folder, A[:4])[A[0].identifier][1] == "updated"
    edit(folder, path, "title: ", "title: [")
    assert run(folder, A[:5])[A[0].identifier][1] == "kept"
    edit(folder, path, "title: [", "title: ")
    assert run(folder, A[:5])[A[0].identifier][1] == "updated"


def test_a_flow_list_stays_one_with_its_comment(folder):
    path = run(folder)[A[0].identifier][0]
    edit(folder, path, 'categories:\n- "World"\n', 'categories: [ "World" ] # mine\n')
    business = feed(
        [item(A[:3], START, A[0].identifier)],
        "Business",
        "https://news.google.com/topics/B?hl=en-US&amp;gl=US&amp;ceid=US:en",
    )
    folder.run(business)
    assert 'categories: ["World", "Business"] # mine\n' in folder.files()[path]


@pytest.mark.parametrize("odd", ["\u2028", "\x85", "\x0c"])
def test_a_line_break_of_another_kind_stops_no_update(folder, odd):
    path = run(folder)[A[0].identifier][0]
    edit(
        folder,
        path,
        "draft: false\n",
        f'draft: false\nnote: "a{odd}b"\n' if odd != "\x0c" else "draft: false\nnote: 'a b'\n",
    )
    assert run(folder, A[:4])[A[0].identifier][1] == "updated"


# ---------------------------------------------------------------- odd files


def test_odd_files_beside_the_stories_stop_nothing(folder):
    run(folder)
    (folder.out / "link.md").symlink_to("/etc/passwd")
    os.mkfifo(folder.out / "pipe.md")
    (folder.out / os.fsdecode(b"caf\xe9.md")).write_text("---\nnewsimport:\n---\n")
    (folder.out / "loop.md").write_text("---\nnewsimport: &a [*a]\n---\n")
    (folder.out / LEDGER).unlink()
    assert {action for _, action, _ in run(folder).values()} == {"unchanged"}


def test_a_stamp_chooses_no_place(folder, tmp_path):
    path = run(folder)[A[0].identifier][0]
    text = folder.files()[path]
    key = text.split('\n  id: "')[1][:8]
    (folder.out / path).write_text(text.replace(f'id: "{key}"', 'id: "../evil"'))
    (folder.out / LEDGER).unlink()
    run(folder)
    (folder.out / path).unlink()
    run(folder, resurrect=True)
    assert not list(tmp_path.glob("evil*"))


# ---------------------------------------------------------------- dry runs, other feeds


def test_a_dry_run_of_many_equal_titles_and_of_two_feeds_decides_as_a_real_one(folder, tmp_path):
    many = feed([item([row(f"m{n}", 0, "Same", "A")], START) for n in range(300)])
    (tmp_path / "second.xml").write_bytes(many)
    folder.run(many)
    real = {o.path for f in folder.last.feeds for o in f.outcomes}
    shutil.rmtree(folder.out)
    folder.now -= STEP
    folder.run(many, sources=(str(folder.feed_file), str(tmp_path / "second.xml")), dry_run=True)
    assert {o.path for f in folder.last.feeds for o in f.outcomes} == real
    assert {o.action for o in folder.last.feeds[1].outcomes} == {"unchanged"}
    assert not folder.out.exists()


def test_no_other_feed_writes_into_a_google_story(folder):
    path = run(folder)[A[0].identifier][0]
    text = folder.files()[path]
    folder.run(
        blog((A[0].identifier, "Buy now", A[0].url, "Buy now."), link="https://evil.example/")
    )
    assert folder.files()[path] == text


def test_bare_guids_of_two_feeds_are_two_stories(folder):
    folder.run(blog(("1", "Cats", "https://a.example/1", "c"), link="https://a.example/"))
    folder.run(blog(("1", "Dogs", "https://b.example/1", "d"), link="https://b.example/"))
    assert len(folder.files()) == 2
