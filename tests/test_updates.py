"""Clauses 15 to 21: a story's file is kept current, and what its user did to it stays."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta

import pytest

from newsimport.config import Source
from newsimport.errors import WriteError
from newsimport.site import ledger
from newsimport.site.folders import DescriptorFolder
from newsimport.site.site import Site

from .folder import Folder, dump_ledger
from .stream import START, STEP, Row, Stream, feed, item, row

ROWS = [row(1, n) for n in range(8)]


def one(folder, rows, guid=ROWS[0].identifier, **settings):
    """Run a feed of one item; return its path, action and reason."""
    return folder.run(feed([item(rows, START, guid)]), **settings)[guid]


def edit(folder, path, old, new):
    text = (folder.out / path).read_bytes().decode()
    assert old in text
    (folder.out / path).write_bytes(text.replace(old, new, 1).encode())


@pytest.fixture(params=["hugo", "jekyll"])
def folder(tmp_path, request):
    return Folder(tmp_path, site=request.param)


@pytest.fixture
def hugo(tmp_path):
    return Folder(tmp_path, site="hugo")


def titles(text):
    return re.findall(r'^- title: "(.*)"$', text, re.MULTILINE)


# ---------------------------------------------------------------- what follows, what stays


def test_a_second_run_changes_no_byte_and_no_mtime(folder):
    path, action, _ = one(folder, ROWS[:5])
    assert action == "created"
    files, mtimes = folder.files(), folder.mtimes()
    assert one(folder, ROWS[:5]) == (path, "unchanged", "")
    assert (folder.files(), folder.mtimes()) == (files, mtimes)


def test_a_ledger_with_its_rows_in_the_order_of_their_keys_is_read_as_any(tmp_path, monkeypatch):
    by_keys = ledger._SCHEMA.replace("\n);", "\n) WITHOUT ROWID;")
    assert by_keys.count("WITHOUT ROWID") == 4
    found = []
    for name, schema in (("old", by_keys), ("new", ledger._SCHEMA)):
        folder = Folder(tmp_path / name, site="hugo")
        with monkeypatch.context() as patch:
            patch.setattr(ledger, "_SCHEMA", schema)
            first = one(folder, ROWS[:3])
        found.append((first, one(folder, ROWS[:5]), one(folder, ROWS[:5]), folder.files()))
    assert found[0] == found[1]
    assert [action for _, action, _ in found[0][:3]] == ["created", "updated", "unchanged"]


def test_a_new_headline_updates_the_file_and_lastmod(folder):
    path, *_ = one(folder, ROWS[:3])
    before = folder.files()[path]
    assert one(folder, [*ROWS[:3], ROWS[5]]) == (path, "updated", "")
    after = folder.files()[path]
    assert titles(after) == [r.title for r in [*ROWS[:3], ROWS[5]]]
    key, when = (
        ("lastmod", START + STEP)
        if folder.settings["site"] == "hugo"
        else ("last_modified_at", START + STEP)
    )
    written = re.search(rf"^{key}: (.*)$", after, re.MULTILINE)[1]
    assert written.startswith(when.strftime("%Y-%m-%d")) and when.strftime("%H:%M:%S") in written
    for name in ("title", "date", "slug", "link", "publisher", "source"):
        line = re.search(rf"^{name}: .*$", before, re.MULTILINE)[0]
        assert line + "\n" in after


def test_each_headline_keeps_when_it_was_first_seen(folder):
    path, *_ = one(folder, ROWS[:3])
    one(folder, [ROWS[5], *ROWS[:2]])
    one(folder, [ROWS[6], ROWS[0]])
    text = folder.files()[path]
    # those in the feed in its order, then the earlier ones, the latest first
    assert titles(text) == [ROWS[n].title for n in (6, 0, 5, 1, 2)]
    seen = re.findall(r"first_seen: (\d{4}-\d\d-\d\d).(\d\d:\d\d:\d\d)", text)
    assert [time for _, time in seen] == [
        (START + n * STEP).strftime("%H:%M:%S") for n in (2, 0, 1, 0, 0)
    ]


def test_another_order_or_a_row_that_goes_and_returns_changes_no_file(folder):
    path, *_ = one(folder, ROWS[:5])
    text = folder.files()[path]
    for rows in (ROWS[:3], [ROWS[2], ROWS[0], ROWS[4]], ROWS[:5], ROWS[4:5]):
        assert one(folder, rows)[1] == "unchanged"
    assert folder.files()[path] == text
    one(folder, [ROWS[2], ROWS[0], ROWS[6]])
    assert titles(folder.files()[path])[:3] == [ROWS[2].title, ROWS[0].title, ROWS[6].title]


def test_a_headline_that_is_reworded_is_replaced_and_keeps_its_time(folder):
    path, *_ = one(folder, ROWS[:2])
    reworded = Row(ROWS[1].identifier, "Said anew", ROWS[1].publisher)
    assert one(folder, [ROWS[0], reworded])[1] == "updated"
    text = folder.files()[path]
    assert titles(text) == [ROWS[0].title, "Said anew"]
    assert len(set(re.findall(r"first_seen: (.*)", text))) == 1


def test_at_most_so_many_headlines_and_those_without_room_do_not_churn(folder):
    path, *_ = one(folder, ROWS[:3], max_headlines=4)
    one(folder, [ROWS[0], *ROWS[3:6]], max_headlines=4)
    text = folder.files()[path]
    assert titles(text) == [ROWS[n].title for n in (0, 3, 4, 5)]
    assert one(folder, [ROWS[0], *ROWS[2:5]], max_headlines=4)[1] == "unchanged"
    assert folder.files()[path] == text


def test_headlines_current_keeps_only_those_of_the_feed(folder):
    path, *_ = one(folder, ROWS[:3])
    assert one(folder, ROWS[:2], headlines="current")[1] == "updated"
    assert titles(folder.files()[path]) == [r.title for r in ROWS[:2]]


def test_the_title_follows_only_when_asked(folder):
    path, *_ = one(folder, ROWS[:3])
    one(folder, [ROWS[4], *ROWS[:3]])
    assert f'title: "{ROWS[0].title}"\n' in folder.files()[path]
    assert one(folder, [ROWS[4], *ROWS[:3]], retitle=True)[1] == "unchanged", (
        "the item has not changed"
    )
    one(folder, [ROWS[5], ROWS[4], *ROWS[:3]], retitle=True)
    text = folder.files()[path]
    assert text.count(f'title: "{ROWS[5].title}"\n') == 2
    assert f'\nlink: "{ROWS[5].url}"\n' in text


def test_update_never_writes_new_stories_only(folder):
    path, *_ = one(folder, ROWS[:3])
    text = folder.files()[path]
    assert one(folder, ROWS[:5], update="never")[1] == "unchanged"
    assert folder.files()[path] == text
    assert folder.run(feed([item([row(2, 0)], START)]), update="never").popitem()[1][1] == "created"


# ---------------------------------------------------------------- edits


EDITS = {
    "title": (f'title: "{ROWS[0].title}"\n', 'title: "My own"\n'),
    "description": (None, 'description: "My own"\n'),
    "summary": (None, "summary: |\n  My\n  own\n"),
    "tags": (None, "tags: [my, own]\n"),
    "body": ("\n---\n\n", "\n---\n\nMy own words.\n\n"),
    "draft": ("draft: false\n", "draft: true\n"),
    "comment": ("publisher:", "# my remark\npublisher:"),
    "unmanaged": ("publisher:", "weight: 7\nauthors:\n  - me   # and only me\npublisher:"),
    "quotes": ('slug: "', "slug: '"),
}


def kept(reason):
    return reason.removeprefix("kept your ").split(", ") if reason else []


def make_edit(folder, path, name):
    text = folder.files()[path]
    old, new = EDITS[name]
    if name == "quotes":
        old = re.search(r'^slug: ".*"\n', text, re.MULTILINE)[0]
        new = old.replace('"', "'")
    elif old is None:
        old = re.search(rf"^{name}:(?: .*\n|\n(?:- .*\n)+)", text, re.MULTILINE)[0]
    edit(folder, path, old, new)
    return new


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_edit_is_there_byte_for_byte_after_updates(folder, name, newline):
    path, *_ = one(folder, ROWS[:3])
    new = make_edit(folder, path, name)
    raw = (folder.out / path).read_bytes().decode().replace("\n", newline)
    (folder.out / path).write_bytes(raw.encode())
    for rows in (ROWS[:4], [ROWS[5], *ROWS[:3]], [ROWS[6]]):
        assert one(folder, rows)[1] == "updated"
    text = folder.files()[path]
    assert new.replace("\n", newline) in text
    assert newline == "\n" or "\n" not in text.replace("\r\n", "")
    assert titles(text.replace("\r\n", "\n"))[0] == ROWS[6].title


def test_a_kept_edit_is_reported_once(folder):
    path, *_ = one(folder, ROWS[:3])
    make_edit(folder, path, "tags")
    actions = []
    for n in (4, 5, 6, 7):
        other = [Row(r.identifier, f"Quite another event {n}", r.publisher) for r in ROWS[:n]]
        actions.append(one(folder, other)[2])
    assert [reason for reason in actions if reason] == ["kept your tags"]


def test_an_edit_that_holds_back_every_change_is_reported_as_kept(folder):
    path, *_ = one(folder, ROWS[:2])
    text = folder.files()[path]
    head, _ = text.split("\n---\n")
    head = re.sub(
        r"^headlines:\n(?:[- ] .*\n)+", "headlines: []\n", head + "\n", flags=re.MULTILINE
    )
    head = re.sub(r"^(description|summary): .*$", r"\1: mine", head, flags=re.MULTILINE)
    head = re.sub(r"^tags:.*\n(?:- .*\n)*", "tags: [mine]\n", head, flags=re.MULTILINE)
    mine = head + "---\nmy body\n"
    (folder.out / path).write_text(mine)
    _, action, reason = one(folder, ROWS[2:5])
    assert action == "kept"
    assert {"body", "headlines", "description"} <= set(kept(reason))
    assert folder.files()[path] == mine
    _, action, more = one(folder, ROWS[2:6])
    assert action == ("kept" if more else "unchanged")
    assert not set(kept(more)) & set(kept(reason)), "each is said once"


def test_overwrite_takes_back_edits_but_draft_and_unmanaged_keys(folder):
    path, *_ = one(folder, ROWS[:3])
    before = folder.files()[path]
    for name in ("title", "description", "summary", "tags", "body", "draft", "unmanaged"):
        make_edit(folder, path, name)
    assert one(folder, ROWS[:3], update="overwrite")[1] == "updated"
    after = folder.files()[path]
    assert "draft: true\n" in after and "weight: 7\n" in after and "My own" not in after
    for name in ("title", "description", "summary", "date", "slug", "link"):
        line = re.search(rf"^{name}: .*$", before, re.MULTILINE)[0]
        assert line + "\n" in after


def test_overwrite_leaves_a_title_that_nobody_edited(folder):
    path, *_ = one(folder, ROWS[:3])
    one(folder, [ROWS[5], *ROWS[:3]], update="overwrite")
    assert f'\ntitle: "{ROWS[0].title}"\n' in "\n" + folder.files()[path]


def test_a_file_that_no_longer_parses_is_left_alone_and_reported(folder):
    path, *_ = one(folder, ROWS[:3])
    edit(folder, path, "title: ", "title: [broken ")
    broken = folder.files()[path]
    _, action, reason = one(folder, ROWS[:4])
    assert action == "kept" and "not valid YAML" in reason
    assert folder.files()[path] == broken


# ---------------------------------------------------------------- deleted, renamed, moved


def three(folder, extra=0, **settings):
    """Run a feed of five stories; the first has grown by `extra` rows."""
    items = [item(ROWS[: 3 + extra], START, ROWS[0].identifier)]
    items += [item([row(n, 0), row(n, 1)], START) for n in (2, 3, 4, 5)]
    return folder.run(feed(items), **settings)


def test_a_deleted_file_is_not_written_again_unless_asked(folder):
    path, *_ = three(folder)[ROWS[0].identifier]
    (folder.out / path).unlink()
    for extra in (0, 1, 2):
        found, action, reason = three(folder, extra)[ROWS[0].identifier]
        assert (found, action) == (None, "skipped") and "--resurrect" in reason
    assert path not in folder.files()
    assert three(folder, 2, resurrect=True)[ROWS[0].identifier][:2] == (path, "created")
    assert three(folder, 3)[ROWS[0].identifier][1] == "updated"


@pytest.mark.parametrize("to", ["my-name.md", "archive/2026/my-name.md"])
def test_a_renamed_or_moved_file_is_found_and_updated(folder, to):
    path, *_ = three(folder)[ROWS[0].identifier]
    (folder.out / to).parent.mkdir(parents=True, exist_ok=True)
    (folder.out / path).rename(folder.out / to)
    assert three(folder)[ROWS[0].identifier][:2] == (to, "unchanged")
    assert three(folder, 1)[ROWS[0].identifier][:2] == (to, "updated")
    assert path not in folder.files() and ROWS[3].title in folder.files()[to]


def test_a_mass_disappearance_stops_the_run(folder):
    three(folder)
    ledger = folder.ledger()
    held = dict(folder.files())
    for path in list(held)[:3]:
        (folder.out / path).unlink()
    with pytest.raises(WriteError, match="3 of 5 known files are missing") as caught:
        three(folder, 1)
    assert caught.value.status == 73
    assert folder.ledger() == ledger
    for path, text in held.items():
        (folder.out / path).write_text(text)
    assert three(folder, 1)[ROWS[0].identifier][1] == "updated"


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_folder_that_is_gone_stops_the_run_however_few_files_it_had(folder, tmp_path, dry_run):
    state = tmp_path / "memory.sqlite3"
    path, *_ = one(folder, ROWS[:3], state=state)
    text = folder.files()[path]
    before = dump_ledger(state)
    away = folder.out.rename(tmp_path / "away")
    for _ in range(2):
        with pytest.raises(WriteError, match="the folder is gone, and 1 known file") as caught:
            one(folder, ROWS[:4], state=state, dry_run=dry_run)
        assert caught.value.status == 73
        assert not folder.out.exists()
        assert dump_ledger(state) == before
    away.rename(folder.out)
    assert one(folder, ROWS[:4], state=state)[:2] == (path, "updated")
    assert folder.files()[path] != text


def test_a_folder_that_is_gone_with_no_story_is_made_anew(folder, tmp_path):
    state = tmp_path / "memory.sqlite3"
    folder.run(feed([]), state=state)
    shutil.rmtree(folder.out)
    assert one(folder, ROWS[:3], state=state)[1] == "created"


def test_what_is_known_to_be_deleted_is_looked_for_once(folder, monkeypatch):
    three(folder)
    (folder.out / next(iter(folder.files()))).unlink()
    three(folder)
    monkeypatch.setattr(Site, "stop_at_mass_disappearance", lambda _: pytest.fail("looked again"))
    three(folder, 1)


def test_a_mass_move_is_no_disappearance(folder):
    three(folder)
    (folder.out / "old").mkdir()
    for path in folder.files():
        (folder.out / path).rename(folder.out / "old" / path)
    assert {action for _, action, _ in three(folder).values()} == {"unchanged"}
    assert all(path.startswith("old/") for path in folder.files())


# ---------------------------------------------------------------- names


def test_a_taken_name_gets_the_key_whoever_has_it(hugo):
    a, b = row(1, 0, "Same words", "A"), row(2, 0, "Same words", "B")
    hugo.out.mkdir(parents=True)
    (hugo.out / "Other-Words.md").write_text("mine\n")
    other = row(3, 0, "Other words", "C")
    report = hugo.run(feed([item([x], START) for x in (a, b, other)]))
    paths = [path for path, *_ in report.values()]
    assert paths[0] == "same-words.md"
    assert re.fullmatch(r"same-words-[a-z2-7]{8}\.md", paths[1])
    assert re.fullmatch(r"other-words-[a-z2-7]{8}\.md", paths[2])
    assert hugo.files()["Other-Words.md"] == "mine\n"
    # also by a run that finds the folder as the last one left it, and one that does not
    again = hugo.run(feed([item([row(n, 0, "Other words", "D")], START) for n in (6, 7)]))
    (hugo.out / "Third-Words.md").write_text("mine too\n")
    again |= hugo.run(feed([item([row(8, 0, "Third words", "D")], START)]))
    assert all(
        re.fullmatch(r"(other|third)-words-[a-z2-7]{8}\.md", path) for path, *_ in again.values()
    )
    assert f'slug: "{paths[1][:-3]}"' in hugo.files()[paths[1]]


@pytest.mark.parametrize(
    "name",
    ["a-0.html", "A-0.htm", "a-0.markdown", "a-0.org", "a-0.adoc", "a-0.rst", "a-0.mkd", "A-0"],
)
@pytest.mark.parametrize("section", ["", "energy"])
def test_a_page_of_any_suffix_has_its_name(hugo, name, section):
    page = hugo.out / section / name
    page.parent.mkdir(parents=True)
    page.write_text("mine")
    (page.parent / "a-0.jpg").write_text("no page")
    source = Source(str(hugo.feed_file), section=section)
    paths = []
    for titles in (["B 0", "A 0"], ["A-0"], ["a 0"]):
        rows = [row(f"{title}{section}", 0, title, "A") for title in titles]
        document = feed([item([one_row], START) for one_row in rows])
        paths += [path for path, *_ in hugo.run(document, sources=(), feeds=(source,)).values()]
    assert [path.rpartition("/")[2] == "b-0.md" for path in paths] == [True, False, False, False]
    assert all(re.search(r"(^|/)a-0-[a-z2-7]{8}\.md$", path) for path in paths[1:])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mine.md", "---\nslug: a-0 # as I like it\n---\nmine\n"),
        ("mine.md", '+++\nslug = "A-0"\n+++\nmine\n'),
        ("mine.markdown", '{\n  "slug": "a-0",\n  "title": "Mine"\n}\nmine\n'),
        ("mine/index.md", "---\r\nslug: 'a-0'\r\n---\r\nmine\r\n"),
    ],
)
def test_a_page_has_the_slug_that_is_in_it(hugo, name, text):
    (hugo.out / name).parent.mkdir(parents=True)
    (hugo.out / name).write_bytes(text.encode())
    (hugo.out / "other.md").write_text("---\ntitle: Other\n---\nslug: a-1\n")
    rows = [row(n, 0, f"A {n}", "P") for n in range(2)]
    # Also by a run that finds the folder as the last one left it.
    hugo.run(feed([item([row(9, 0)], START)]))
    paths = [path for path, *_ in hugo.run(feed([item([one], START) for one in rows])).values()]
    assert re.fullmatch(r"a-0-[a-z2-7]{8}\.md", paths[0]) and paths[1] == "a-1.md"


def test_names_are_listed_once_by_a_first_run_and_never_by_one_with_nothing_new(hugo, monkeypatch):
    listed = []
    names = DescriptorFolder.names
    monkeypatch.setattr(DescriptorFolder, "names", lambda own: listed.append(1) or names(own))
    three(hugo)
    assert len(listed) == 1
    three(hugo)
    assert len(listed) == 1


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("🚀", ""),
        ("..", ""),
        ("!!!", ""),
        ("index", "index-"),
        ("_index", "index-"),
        ("Index", "index-"),
        ("CON", "con-"),
    ],
)
def test_a_title_without_a_usable_slug_is_named_by_its_key(hugo, title, word):
    ((path, action, _),) = hugo.run(feed([item([row(1, 0, title, "A")], START)])).values()
    assert action == "created"
    assert re.fullmatch(rf"{word}[a-z2-7]{{8}}\.md", path)


def test_slugs_are_ascii_and_at_most_80_bytes(hugo):
    titles = ["Überschwemmung in Köln", "北京の大雪", "x" * 300, " ".join(["word"] * 60)]
    report = hugo.run(
        feed([item([row(n, 0, title, "A")], START) for n, title in enumerate(titles)])
    )
    for path, *_ in report.values():
        assert path.isascii() and len(path.removesuffix(".md")) <= 80


# ---------------------------------------------------------------- dry run, memory


def test_a_dry_run_decides_the_same_and_writes_nothing(folder):
    three(folder)
    files, ledger, mtimes = folder.files(), folder.ledger(), folder.mtimes()
    decided = three(folder, 2, dry_run=True)
    assert (folder.files(), folder.ledger(), folder.mtimes()) == (files, ledger, mtimes)
    folder.now -= STEP
    assert three(folder, 2) == decided


def test_a_dry_run_in_a_new_place_makes_no_folder(folder):
    assert {action for _, action, _ in three(folder, dry_run=True).values()} == {"created"}
    assert not folder.out.exists()


def test_without_the_ledger_the_files_tell(folder):
    three(folder)
    path = three(folder)[ROWS[0].identifier][0]
    make_edit(folder, path, "description")
    (folder.out / ".newsimport.sqlite3").unlink()
    edited = folder.files()[path]
    assert {action for _, action, _ in three(folder).values()} == {"unchanged"}
    assert folder.files()[path] == edited
    (folder.out / ".newsimport.sqlite3").unlink()
    assert three(folder, 1)[ROWS[0].identifier][1] == "updated"
    assert EDITS["description"][1] in folder.files()[path]
    # a new guid is known by the articles that the file links to
    (folder.out / ".newsimport.sqlite3").unlink()
    moved = [item([ROWS[1], ROWS[2], ROWS[3]], START)]
    assert folder.run(feed(moved))[ROWS[1].identifier][:2] == (path, "updated")
    # and from then on the file knows the guid itself
    (folder.out / ".newsimport.sqlite3").unlink()
    text = folder.files()[path]
    assert folder.run(feed(moved))[ROWS[1].identifier][:2] == (path, "unchanged")
    assert folder.files()[path] == text


BROKEN = {
    "yaml": ('title: "', 'title: " "'),
    "toml": ('title = "', 'title = " "'),
    "json": ('"title": "', '"title": " "'),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("form", BROKEN)
def test_without_the_ledger_a_file_that_cannot_be_parsed_is_its_story(hugo, form, newline):
    path, *_ = one(hugo, ROWS[:3], format=form)
    other, *_ = hugo.run(feed([item([row(5, 0)], START)]), format=form)[row(5, 0).identifier]
    text = hugo.files()[path]
    edit(hugo, path, *BROKEN[form])
    broken = hugo.files()[path].replace("\n", newline)
    (hugo.out / path).write_bytes(broken.encode())
    known = {row[0]: row for row in hugo.ledger()["stories"]}
    (hugo.out / ".newsimport.sqlite3").unlink()
    (hugo.out / ".newsimport.lock").unlink()
    # by its guid, and by the articles that it had under it
    for guid, rows in ((ROWS[0].identifier, ROWS[:4]), (ROWS[2].identifier, ROWS[:3])):
        found, action, reason = one(hugo, rows, guid=guid, format=form)
        assert (found, action) == (path, "kept") and "left alone" in reason
        assert sorted(hugo.files()) == sorted([path, other])
        assert hugo.files()[path] == broken
    again = {row[0]: row for row in hugo.ledger()["stories"]}
    assert again.keys() == known.keys()
    assert {key: row[1] for key, row in again.items()} == {
        key: row[1] for key, row in known.items()
    }
    # Once it is mended, what was held back is made up for, around what its user changed.
    (hugo.out / path).write_bytes(text.encode())
    assert one(hugo, ROWS[:5], format=form)[:2] == (path, "updated")


@pytest.mark.parametrize(
    "text",
    [
        'Of newsimport:\n\n    newsimport:\n      id: "abcdefgh"\n',
        '---\ntitle: "a "b"\n---\nnewsimport:\n  id: "abcdefgh"\n',
        '---\ntitle: "a "b"\nnewsimport:\n  id: "../../etc"\n---\n',
        '---\ntitle: "a "b"\nnewsimport: mine\nid: "abcdefgh"\n---\n',
    ],
)
def test_what_is_no_stamp_in_front_matter_is_no_story(hugo, text):
    hugo.out.mkdir(parents=True)
    (hugo.out / "mine.md").write_text(text)
    one(hugo, ROWS[:3])
    assert [row[1] for row in hugo.ledger()["stories"]] != ["mine.md"]
    assert len(hugo.ledger()["stories"]) == 1


def test_the_ledger_is_for_its_owner_alone(folder):
    three(folder)
    assert (folder.out / ".newsimport.sqlite3").stat().st_mode & 0o777 == 0o600


def test_a_ledger_elsewhere(folder, tmp_path):
    state = tmp_path / "memory.sqlite3"
    three(folder, state=state)
    assert state.exists() and not (folder.out / ".newsimport.sqlite3").exists()
    assert {action for _, action, _ in three(folder, state=state).values()} == {"unchanged"}


def test_a_story_under_ten_days_of_streams_keeps_every_edit(tmp_path):
    """The replay of the issue, on a stream of our own."""
    folder, stream = Folder(tmp_path, site="hugo"), Stream(7, stories=14)
    for _ in range(8):
        folder.run(stream.run())
    paths = list(folder.files())
    names = ["body", "tags", "description", "title", "comment", "unmanaged", "draft"]
    expected = {}
    for path, name in zip(paths, names, strict=False):
        if name == "title":
            edit(folder, path, "title: ", 'title: "My own"\n#')
            expected[path] = 'title: "My own"\n#'
        else:
            expected[path] = make_edit(folder, path, name)
    deleted, renamed, broken = paths[len(names) : len(names) + 3]
    (folder.out / deleted).unlink()
    (folder.out / renamed).rename(folder.out / "kept-name.md")
    edit(folder, broken, "title: ", "title: [")
    broken_text = folder.files()[broken]
    for _ in range(16):
        folder.run(stream.run())
    files = folder.files()
    for path, new in expected.items():
        assert new in files[path], path
    assert deleted not in files and renamed not in files
    assert files[broken] == broken_text
    assert "kept-name.md" in files
    before = folder.files(), folder.mtimes()
    again = stream.run()
    folder.run(again)
    folder.now -= STEP
    mtimes = folder.mtimes()
    folder.run(again)
    assert folder.mtimes() == mtimes
    assert before[0].keys() <= folder.files().keys()


def test_prune_removes_what_nobody_edited_and_it_stays_away(folder):
    from newsimport.site.prune import prune
    from newsimport.site.site import open_site

    path, *_ = three(folder)[ROWS[0].identifier]
    make_edit(folder, path, "comment")
    later = START + timedelta(days=40)
    with open_site(folder.out, None, later, dry_run=True) as site:
        dry = prune(site, later - timedelta(days=30))
    assert len(folder.files()) == 5
    with open_site(folder.out, None, later) as site:
        assert prune(site, START - timedelta(days=1)) == []
        assert prune(site, later - timedelta(days=30)) == dry
    assert [(p.path, p.removed) for p in dry if not p.removed] == [(path, False)]
    assert list(folder.files()) == [path]
    actions = {guid: action for guid, (_, action, _) in three(folder, 1).items()}
    assert actions.pop(ROWS[0].identifier) == "updated"
    assert set(actions.values()) == {"skipped"}
    with open_site(folder.out, None, later) as site:
        prune(site, later, keep_edited=False)
    assert folder.files() == {}
