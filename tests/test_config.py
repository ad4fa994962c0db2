"""newsimport.toml, the environment and OPML: clause 31, and what is said of mistakes."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import click
import pytest

from newsimport.bounds import BOUNDS
from newsimport.cli import main
from newsimport.commands.fetch import fetch
from newsimport.commands.manual import contexts
from newsimport.commands.options import FOR_ONE_CALL
from newsimport.config import Settings, Source, parse_duration
from newsimport.configfile import find_config, user_config
from newsimport.configreader import read_config
from newsimport.errors import FeedError, UsageError
from newsimport.filters import Filters
from newsimport.opml import Outline, feed_table, name_for, read_opml, write_opml
from newsimport.source.limits import Limits
from newsimport.story.rules import TagRules

from .conftest import Cli, FeedServer, Run
from .scripted import feed_of

GOOD = """\
# A comment.
[defaults]
out = "content/news"
site = "hugo"
limit = 5
every = "30m"

[defaults.filters]
exclude = ["horoscope"]
min_headlines = 2

[[feeds]]
name = "world"
url = "https://a.example/world"
section = "world/big"
categories = ["World"]
tags = ["news"]
filters = { min_headlines = 3, max_age = "2d", block = ["Daily Example"] }

[[feeds]]
name = "local"
url = "feeds/local.xml"
limit = 9
every = "2h"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "newsimport.toml"
    path.write_text(text)
    return path


def test_what_a_configuration_says(tmp_path: Path) -> None:
    config = read_config(write(tmp_path, GOOD))
    base = Filters(exclude=("horoscope",), min_headlines=2)
    assert config.defaults == {
        "out": tmp_path / "content/news",
        "site": "hugo",
        "limit": 5,
        "every": timedelta(minutes=30),
        "filters": base,
    }
    assert config.feeds == (
        Source(
            "https://a.example/world", "world", "world/big", ("World",),
            TagRules(always=("news",)), 5,
            Filters(("horoscope",)[:0], ("horoscope",), 3, timedelta(days=2), (), ("Daily Example",)),
            timedelta(minutes=30),
        ),
        Source(str(tmp_path / "feeds/local.xml"), "local", limit=9, filters=base, every=timedelta(hours=2)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("limit = 5", "limti = 5", 5, "did you mean 'limit'"),
        ("limit = 5", 'limit = "5"', 5, "limit must be a whole number"),
        ("limit = 5", "limit = -1", 5, "a whole number"),
        ("limit = 5", "limit = true", 5, "a whole number"),
        ('out = "content/news"', 'out = ""', 3, "out must be a path; it is empty"),
        ("limit = 9", 'cookie_file = ""', 23, "must be a path; it is empty"),
        (
            "limit = 5",
            "tags = { stop = ['Nairobi'] }",
            5,
            "'tags'; it is a table of its own, [tags]",
        ),
        ("[defaults.filters]", "[defaults.tags]", 8, "it is a table of its own, [tags]"),
        ("limit = 5", 'format = "tml"', 5, "format must be one of yaml, toml, json"),
        ("limit = 5", 'path = "/{slug}"', 5, "path = '/{slug}' must be relative"),
        ("limit = 5", 'body = "lst"', 5, "body = 'lst' is neither a template nor one of list"),
        ("limit = 5", 'since = "7"', 5, "'7' is neither a duration"),
        (
            'name = "local"',
            'name = "x"\nfront_matter = {theme = "x"}',
            22,
            "theme = 'x' is not known",
        ),
        ("limit = 5", "jobs = 0", 5, "jobs must be a whole number from 1 to 256"),
        ("limit = 5", "jobs = 5000", 5, "jobs must be a whole number from 1 to 256"),
        ("limit = 5", "max_headlines = 0", 5, "a whole number, 1 or more"),
        ("limit = 5", "max_bytes = 0", 5, "a whole number, 1 or more"),
        ("limit = 5", "report_after = 0", 5, "a whole number, 1 or more"),
        ("limit = 5", "lock_timeout = nan", 5, "lock_timeout must be a number, 0 or more"),
        ('site = "hugo"', 'site = "hog"', 4, "one of"),
        ('every = "30m"', 'every = "30"', 6, "duration"),
        ('every = "30m"', "every = 30", 6, "text in quotes"),
        ("min_headlines = 2", "min_headlins = 2", 10, "did you mean 'min_headlines'"),
        ('section = "world/big"', 'section = "../up"', 15, "folder below"),
        ('section = "world/big"', 'section = "/etc"', 15, "folder below"),
        ('section = "world/big"', 'section = ".git"', 15, "folder below"),
        ("max_age", "max_aeg", 18, "did you mean 'max_age'"),
        ("limit = 9", "limits = 9", 23, "did you mean 'limit'"),
        ('name = "local"', 'name = "a b"', 21, "a word of letters"),
        ('name = "local"', 'name = "world"', 21, "two feeds are named 'world'"),
        ('name = "local"', "", 20, "needs a name"),
        ('exclude = ["horoscope"]', 'exclude = ["a("]', 9, "no regular expression"),
        ('[[feeds]]\nname = "world"', '[[feedz]]\nname = "world"', 12, "did you mean 'feeds'"),
        ("[defaults]", "[default]", 2, "did you mean 'defaults'"),
        ("limit = 5", "limit = ", 5, "not TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    if old.startswith("[[feeds]]"):
        text = text.replace('[[feeds]]\nname = "local"', '[[feedz]]\nname = "local"')
    path = write(tmp_path, text)
    with pytest.raises(UsageError) as caught:
        read_config(path)
    said = str(caught.value)
    assert says in said
    assert said.startswith(str(path))
    assert f"line {line}" in said
    assert "\n" not in said


@pytest.mark.parametrize("name", ["../up", "a/b", "..", ".git", "-", "--help", "", "a\\u001bb"])
def test_no_name_of_a_feed_is_a_path_or_an_option(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"a word of letters|needs a name"):
        read_config(write(tmp_path, f'[[feeds]]\nname = "{name}"\nurl = "https://a.example/"\n'))


def test_a_configuration_behind_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(read_config(path).feeds) == 2
    path.write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(UsageError, match="not UTF-8"):
        read_config(path)


def test_the_nearest_configuration_counts(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    path = write(tmp_path, GOOD)
    assert find_config(tmp_path / "a/b") == path
    assert find_config(tmp_path / "a/b/nowhere") == path
    nearer = write(tmp_path / "a", GOOD)
    assert find_config(tmp_path / "a/b") == nearer


def test_where_the_users_own_configuration_is() -> None:
    home = {"HOME": "/home/me"}
    assert user_config(home) == Path("/home/me/.config/newsimport/config.toml")
    assert user_config({**home, "XDG_CONFIG_HOME": "/x"}) == Path("/x/newsimport/config.toml")
    # A relative path in XDG_CONFIG_HOME is to be ignored, says the specification.
    assert user_config({**home, "XDG_CONFIG_HOME": "x"}) == Path(
        "/home/me/.config/newsimport/config.toml"
    )


# ---------------------------------------------------------------- clause 31


def limits(cli: Cli, site: Path, *words: str, **env: str) -> int:
    """Return how many stories a run takes, as its limit is."""
    run = cli(
        "fetch", *words, "--json", "--dry-run", cwd=site, env={**env, "HOME": str(cli.folder)}
    )
    assert run.status == 0, run
    return sum(feed["counts"]["created"] for feed in run.json["feeds"])


def test_clause_31_flags_environment_project_user(cli: Cli, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "feed.xml").write_bytes(feed_of(*range(9)))
    own = cli.folder / ".config/newsimport/config.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[defaults]\nout = "stories"\nlimit = 1\n')
    assert limits(cli, site, "feed.xml") == 1
    write(site, '[defaults]\nlimit = 2\n[[feeds]]\nname = "f"\nurl = "feed.xml"\n')
    assert limits(cli, site, "feed.xml") == limits(cli, site) == limits(cli, site, "f") == 2
    assert limits(cli, site, NEWSIMPORT_LIMIT="3") == 3
    assert limits(cli, site, "--limit", "4", NEWSIMPORT_LIMIT="3") == 4
    assert limits(cli, site, "feed.xml", "--limit", "4") == 4
    write(site, '[defaults]\nlimit = 2\n[[feeds]]\nname = "f"\nurl = "feed.xml"\nlimit = 5\n')
    assert limits(cli, site) == 5
    assert limits(cli, site, NEWSIMPORT_LIMIT="3") == 3


@pytest.mark.parametrize(
    ("user", "project", "taken"),
    [
        ("limit = 1", "{feed}", 1),
        ("limit = 1", "limit = 2\n{feed}", 2),
        ("limit = 1\n{feed}", "limit = 2", 2),
        ("limit = 1\n{feed}limit = 4", "limit = 2", 4),
        ('filters = {{ exclude = ["[0-6] of"] }}', "{feed}", 2),
        ('filters = {{ exclude = ["[0-6] of"] }}', 'filters = {{ exclude = ["8"] }}\n{feed}', 8),
        (
            'filters = {{ exclude = ["[0-6] of"] }}\n{feed}',
            'filters = {{ exclude = ["8"] }}',
            8,
        ),
        (
            'filters = {{ exclude = ["[0-6] of"] }}',
            '{feed}filters = {{ include = ["[678] of"] }}',
            2,
        ),
    ],
)
def test_clause_31_what_the_user_says_holds_for_a_projects_feeds_and_yields_to_it(
    cli: Cli, tmp_path: Path, user: str, project: str, taken: int
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "feed.xml").write_bytes(feed_of(*range(9)))
    feed = f'[[feeds]]\nname = "f"\nurl = "{site}/feed.xml"\n'
    own = cli.folder / ".config/newsimport/config.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[defaults]\nout = "stories"\n' + user.format(feed=feed) + "\n")
    write(site, "[defaults]\n" + project.format(feed=feed) + "\n")
    assert limits(cli, site) == limits(cli, site, "f") == taken


def test_which_feeds_are_imported(cli: Cli, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.xml").write_bytes(feed_of(name))
    tables = "".join(f'[[feeds]]\nname = "{name}"\nurl = "{name}.xml"\n' for name in ("one", "two"))
    write(tmp_path, f'[defaults]\nout = "news"\n{tables}')

    def told(*words: str) -> list[str]:
        run = cli("fetch", *words, "--json", cwd=tmp_path)
        return [feed["source"] for feed in run.json["feeds"]]

    assert told() == ["one", "two"]
    assert told("two") == ["two"]
    assert sorted(told("two", "one.xml")) == ["one.xml", "two"]
    wrong = cli("fetch", "tow", cwd=tmp_path)
    assert (wrong.status, wrong.out) == (2, "")
    assert "did you mean 'two'" in wrong.err


def test_a_feeds_own_section_categories_and_tags(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_bytes(feed_of("one"))
    write(
        tmp_path,
        '[defaults]\nout = "news"\n[[feeds]]\nname = "one"\nurl = "one.xml"\nsection = "tech/new"\n'
        'categories = ["Tech"]\ntags = ["mine"]\n',
    )
    assert cli("fetch", cwd=tmp_path).status == 0
    [path] = (tmp_path / "news").rglob("*.md")
    assert path.parent == tmp_path / "news/tech/new"
    text = path.read_text()
    assert "Tech" in text
    assert "mine" in text
    before = path.stat().st_mtime_ns
    assert cli("fetch", cwd=tmp_path).status == 0
    assert path.stat().st_mtime_ns == before


def test_a_section_in_capitals_keeps_the_page_that_is_there(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_bytes(feed_of("one"))
    write(
        tmp_path,
        '[defaults]\nout = "news"\n[[feeds]]\nname = "one"\nurl = "one.xml"\nsection = "World"\n',
    )
    mine = tmp_path / "news/World/story-number-one-of-the-test.md"
    mine.parent.mkdir(parents=True)
    mine.write_text("---\ntitle: mine\n---\n")
    assert cli("fetch", "-v", cwd=tmp_path).err.splitlines()[-1] == "one: 1 created"
    assert mine.read_text() == "---\ntitle: mine\n---\n"
    assert len(list(mine.parent.iterdir())) == 2


def test_a_page_and_a_section_that_one_run_makes_have_two_names(cli: Cli, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.xml").write_bytes(feed_of(name))
    write(
        tmp_path,
        '[defaults]\nout = "news"\n'
        '[[feeds]]\nname = "one"\nurl = "one.xml"\nsection = "story-number-two-of-the-test"\n'
        '[[feeds]]\nname = "two"\nurl = "two.xml"\n',
    )
    assert cli("fetch", cwd=tmp_path).status == 0
    made = {path.relative_to(tmp_path / "news").as_posix() for path in tmp_path.rglob("*.md")}
    assert "story-number-two-of-the-test/story-number-one-of-the-test.md" in made
    assert len(made) == 2 and "story-number-two-of-the-test.md" not in made


def test_categories_for_feeds_that_say_none(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "titled.xml").write_bytes(feed_of("one", title="Coast"))
    (tmp_path / "bare.xml").write_bytes(feed_of("two", title=""))
    write(tmp_path, '[defaults]\nout = "news"\ncategories = ["News"]\n')
    assert cli("fetch", "titled.xml", "bare.xml", cwd=tmp_path).status == 0
    said = {path.name: path.read_text() for path in (tmp_path / "news").glob("*.md")}
    assert {name: '- "News"' in text for name, text in said.items()} == {
        "story-number-one-of-the-test.md": False,
        "story-number-two-of-the-test.md": True,
    }
    assert '- "Coast"' in said["story-number-one-of-the-test.md"]
    [story] = cli("inspect", "bare.xml", "--json", cwd=tmp_path).json["stories"]
    assert story["categories"] == ["News"]


def test_nothing_to_import_is_told(cli: Cli, tmp_path: Path) -> None:
    run = cli("fetch", "--out", "x", cwd=tmp_path)
    assert (run.status, len(run.err.splitlines())) == (2, 1)
    assert "newsimport init" in run.err
    run = cli("fetch", "feed.xml", cwd=tmp_path)
    assert (run.status, "--out" in run.err) == (2, True)


def test_inspect_says_what_a_filter_would_leave_out_and_why(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_bytes(feed_of(1, 2))
    write(
        tmp_path, '[[feeds]]\nname = "one"\nurl = "one.xml"\nfilters = { exclude = ["number 2"] }\n'
    )
    assert [
        story["dropped"] for story in cli("inspect", "one", "--json", cwd=tmp_path).json["stories"]
    ] == [
        None,
        "exclude 'number 2' matches",
    ]
    shown = cli("inspect", "one", "--exclude", "number 1", cwd=tmp_path).out
    assert shown.count("left out: exclude 'number 1' matches") == 1


# ---------------------------------------------------------------- init


@pytest.mark.parametrize(
    ("marker", "out"), [("hugo.toml", "content/news"), ("_config.yml", "_posts")]
)
def test_init_begins_a_configuration_that_works(
    cli: Cli, tmp_path: Path, marker: str, out: str
) -> None:
    (tmp_path / marker).touch()
    run = cli("init", cwd=tmp_path)
    assert (run.status, run.out) == (0, "")
    config = read_config(tmp_path / "newsimport.toml")
    assert config.defaults["out"] == tmp_path / out
    assert [feed.name for feed in config.feeds] == ["world"]
    # What stands behind a "#" is right too.
    text = (tmp_path / "newsimport.toml").read_text()
    import re

    opened = re.sub(r"^# (?=[\w\[]+(?: =|\.filters\]|\]))", "", text, flags=re.MULTILINE)
    assert opened.count("\n#") < text.count("\n#") - 10
    everything = read_config(write(tmp_path, opened))
    assert everything.defaults["limit"] == 100
    assert everything.feeds[0].every == timedelta(hours=1)
    again = cli("init", cwd=tmp_path)
    assert (again.status, "is there already" in again.err) == (2, True)


@pytest.mark.parametrize(
    ("marker", "out", "printed"),
    [
        ("zola.toml", "content/posts", ["content/posts/_index.md", "config.toml"]),
        (".eleventy.js", "posts", ["posts/posts.json"]),
        ("astro.config.mjs", "src/content/posts", ["src/content.config.ts"]),
        ("pelicanconf.py", "content", ["pelicanconf.py"]),
        ("mkdocs.yml", "docs/blog/posts", []),
    ],
)
def test_init_prints_what_else_a_site_needs(
    cli: Cli, tmp_path: Path, marker: str, out: str, printed: list[str]
) -> None:
    (tmp_path / marker).touch()
    run = cli("init", cwd=tmp_path)
    assert run.status == 0
    assert read_config(tmp_path / "newsimport.toml").defaults["out"] == tmp_path / out
    shown = [line[4:-4] for line in run.out.splitlines() if line.startswith("==> ")]
    assert shown == printed
    # Printed, not written.
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == sorted(
        [marker, "newsimport.toml"]
    )


# ---------------------------------------------------------------- OPML

OPML = """<?xml version="1.0"?><opml version="2.0"><head/><body>
<outline text="News"><outline text="Harbour &amp; sea" type="rss" xmlUrl="https://a.example/rss?x=1&amp;y=2"/>
<outline title="Same" xmlUrl="https://a.example/rss?x=1&amp;y=2"/></outline>
<outline text="渡船" xmlUrl="https://b.example/feed"/>
<outline text="Bad" xmlUrl="javascript:alert(1)"/><outline text="No feed" htmlUrl="https://c.example"/>
</body></opml>"""


def test_opml_is_read() -> None:
    feeds = [
        Outline("https://a.example/rss?x=1&y=2", "Harbour & sea", ("News",)),
        Outline("https://b.example/feed", "渡船"),
    ]
    assert read_opml(OPML.encode()) == (feeds, 1)


@pytest.mark.parametrize(
    ("outline", "feed"),
    [
        (b'text="a &nbsp; b" xmlUrl="https://a.example/?x=1&y=2"', ("?x=1&y=2", "a b")),
        (b'TEXT="A &amp;amp; B" XMLURL=" https://a.example/ "', ("", "A & B")),
        (b'text="a&#10;b&#x1b;[31m" xmlUrl="https://a.example/"', ("", "a b [31m")),
        (b'xmlUrl="feed://a.example/x"', ("x", "")),
        (b'xmlUrl="feed:https://a.example/x"', ("x", "")),
        ('text="caf\u00e9" xmlUrl="https://a.example/"'.encode("latin-1"), ("", "café")),
    ],
)
def test_opml_written_by_hand_is_read(outline: bytes, feed: tuple[str, str]) -> None:
    for head in (b"", b"\xef\xbb\xbf") if outline.isascii() else (b"",):
        [found], unusable = read_opml(
            head + b"<opml><body><outline " + outline + b"/></body></opml>"
        )
        assert (found.url.partition("a.example/")[2], found.title) == feed
        assert unusable == 0


@pytest.mark.parametrize(
    "body",
    [
        b"", b"no", b"<rss/>", b"<opml>", b"<!DOCTYPE o [<!ENTITY a 'b'>]><opml/>",
        b"<?xml version='1.0' encoding='utf-16'?><opml>",
        b"<opml>" + b"<outline text='x'>" * 100 + b"</outline>" * 100 + b"</opml>",
    ],
)  # fmt: skip
def test_what_is_no_opml_is_refused(body: bytes) -> None:
    with pytest.raises(FeedError):
        read_opml(body)


def test_opml_comes_back_as_it_went_but_for_secrets() -> None:
    sources = [Source("https://me:pw@a.example/?q=<&token=t", "one"), Source("feed.xml", "two")]
    text = write_opml(sources)
    assert read_opml(text.encode()) == ([Outline("https://a.example/?q=<", "one")], 0)


def test_names_are_made_and_never_twice() -> None:
    taken = {"harbour-sea-2": 1}
    titles = ("Harbour & sea", "harbour sea", "", "", "🚀", '"quoted"', "harbour-sea", "../x")
    names = [name_for(title, "HTTPS://www.paper.example/x", taken) for title in titles]
    assert names == [
        "harbour-sea", "harbour-sea-3", "paper-example", "paper-example-2", "paper-example-3",
        "quoted", "harbour-sea-4", "x",
    ]  # fmt: skip


def test_ten_thousand_feeds_of_one_title_have_names_soon() -> None:
    taken: dict[str, int] = {}
    began = time.process_time()
    names = {name_for("News", "https://a.example/", taken) for _ in range(10_000)}
    assert len(names) == 10_000
    assert time.process_time() - began < 5


def test_feeds_import_begins_a_configuration(cli: Cli, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "hugo.toml").touch()
    run = cli("feeds", "import", "-", cwd=site, stdin=OPML.encode())
    assert run.err == "newsimport.toml: 2 feeds added, 0 known before, 1 without a web address\n"
    config = read_config(site / "newsimport.toml")
    assert (config.defaults["out"], len(config.feeds)) == (site / "content/news", 2)


def test_feeds_import_breaks_no_configuration(cli: Cli, tmp_path: Path) -> None:
    text = 'feeds = []\n[defaults]\nout = "news" # no line end'
    path = write(tmp_path, text)
    run = cli("feeds", "import", "-", cwd=tmp_path, stdin=OPML.encode())
    assert (run.status, path.read_text(), len(run.err.splitlines())) == (2, text, 1)
    assert "[[feeds]]" in run.err
    path.write_text(text.removeprefix("feeds = []\n"))
    assert cli("feeds", "import", "-", cwd=tmp_path, stdin=OPML.encode()).status == 0
    assert len(read_config(path).feeds) == 2


def test_feeds_import_list_and_export(cli: Cli, tmp_path: Path, server: FeedServer) -> None:
    (tmp_path / "hugo.toml").touch()
    cli("init", cwd=tmp_path)
    (tmp_path / "list.opml").write_text(OPML)
    run = cli("feeds", "import", "list.opml", cwd=tmp_path)
    assert (run.status, "2 feeds added, 0 known before" in run.err) == (0, True)
    assert "0 feeds added, 2 known before" in cli("feeds", "import", "list.opml", cwd=tmp_path).err
    config = read_config(tmp_path / "newsimport.toml")
    assert [feed.url for feed in config.feeds][1:] == [
        "https://a.example/rss?x=1&y=2",
        "https://b.example/feed",
    ]
    assert config.feeds[1].categories == ("News",)
    exported = cli("feeds", "export", cwd=tmp_path)
    assert [outline.title for outline in read_opml(exported.out.encode())[0]] == [
        feed.name for feed in config.feeds
    ]
    url = server.serve(feed_of(1).decode(), cache_control="max-age=7200")
    with (tmp_path / "newsimport.toml").open("a") as file:
        file.write("\n" + feed_table("mine", url) + "allow_private = true\n")
    assert cli("fetch", "mine", cwd=tmp_path).status == 0
    rows = {row["name"]: row for row in cli("feeds", "list", "--json", cwd=tmp_path).json["feeds"]}
    assert (rows["world"]["status"], rows["world"]["due"]) == (None, None)
    assert rows["mine"]["status"] == "ok"
    assert rows["mine"]["due"] > rows["mine"]["asked"]
    assert "mine" in cli("feeds", "list", cwd=tmp_path).out


def test_values_are_written_as_toml_reads_them(tmp_path: Path) -> None:
    url = 'https://a.example/"\\\x7f\t?x=é'
    assert read_config(write(tmp_path, feed_table("n", url, ['a"b']))).feeds == (
        Source(url, "n", categories=('a"b',)),
    )


def test_every_command_obeys_the_environment(cli: Cli, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "feed.xml").write_bytes(feed_of(*range(3)))
    assert cli("fetch", "feed.xml", "--out", "a", cwd=site).status == 0
    write(site, '[defaults]\nout = "a"\n[[feeds]]\nname = "f"\nurl = "feed.xml"\n')
    there, nowhere = {"NEWSIMPORT_OUT": "b"}, {"NEWSIMPORT_CONFIG": "none.toml"}
    assert cli("fetch", cwd=site, env=there).status == 0
    (name, *_) = sorted(path.name for path in (site / "a").glob("*.md"))
    (site / "b" / name).unlink()
    assert cli("fetch", cwd=site, env=there).status == 0
    assert cli("status", cwd=site, env=there).out.startswith("2 stories, ")
    # A file says itself in which folder it is.
    assert cli("status", f"a/{name}", cwd=site, env=there).out.startswith(f"path:        {name}\n")
    assert cli("adopt", cwd=site, env=there).err == "b: 0 adopted, 2 known before\n"
    assert "(NEWSIMPORT_OUT)" in cli("doctor", cwd=site, env=there).out
    done = cli("prune", "--older-than", "0d", cwd=site, env=there)
    assert (done.status, len([*(site / "a").glob("*.md")])) == (0, 3), done
    assert not [*(site / "b").glob("*.md")]
    for words in (["prune", "--older-than", "0d"], ["status"], ["adopt"], ["feeds", "list"]):
        done = cli(*words, cwd=site, env=nowhere)
        assert done.err == "newsimport: none.toml: there is no such configuration file\n", words


def test_each_option_that_is_not_for_one_call_alone_has_its_variable() -> None:
    for_one_call = {*FOR_ONE_CALL, "debug"}
    for ctx in contexts(main):
        for option in ctx.command.params:
            if isinstance(option, click.Option) and option.name not in for_one_call:
                assert option.envvar or option.name in {"version", "help"}, (ctx.command_path, option)  # fmt: skip


def test_a_huge_duration_is_for_ever(cli: Cli, tmp_path: Path, server: FeedServer) -> None:
    url = server.serve(feed_of(1)) + '"\nallow_private = true\nevery = "999999w'
    write(tmp_path, f'[defaults]\nout = "a"\n[[feeds]]\nname = "f"\nurl = "{url}"\n')
    huge = ("--window", "999999w", "--max-age", "999999w", "--since", "999999w")
    for more in ((), ("--force", *huge)):
        assert cli("fetch", *more, cwd=tmp_path) == Run(0, "", "")
    server.serve("", "/feed.xml", 500)
    assert cli("fetch", "--force", cwd=tmp_path).status == 75


def test_inspect_and_preview_read_a_feed_as_fetch_does(
    cli: Cli, tmp_path: Path, server: FeedServer
) -> None:
    url = server.serve(feed_of(1)).replace("127.0.0.1", "127.1")
    says = {
        "": "is not an address of the open internet",
        "cookie_file = 'none.txt'\n": "cannot read the cookies",
        "allow_private = true\nmax_bytes = 20\n": "--max-bytes allows more",
        "allow_private = true\n": "",
    }
    for defaults, words in says.items():
        write(tmp_path, f"[defaults]\nout = 'a'\n{defaults}")
        runs = [cli(command, url, cwd=tmp_path) for command in ("fetch", "inspect", "preview")]
        assert len({(run.status, run.err) for run in runs}) == 1, runs
        assert words in runs[0].err, runs[0]
        assert bool(words) == bool(runs[0].status)


def test_a_number_has_the_same_bounds_as_a_flag_and_as_a_key(tmp_path: Path) -> None:
    for option in fetch.params:
        if isinstance(option.type, click.IntRange | click.FloatRange):
            assert (option.type.min, option.type.max) == BOUNDS[str(option.name)]
    config = read_config(write(tmp_path, "[defaults]\nlock_timeout = 1.5\njobs = 256\n"))
    assert (config.defaults["lock_timeout"], config.defaults["jobs"]) == (1.5, 256)


# Settings and Limits have these numbers again: to ask those for them takes each start too long.
@pytest.mark.parametrize(
    "name", ["max_headlines", "jobs", "max_bytes", "report_after", "resolve_budget"]
)
def test_a_number_that_holds_without_a_flag_is_the_settings(name: str) -> None:
    [option] = [one for one in fetch.params if one.name == name]
    assert option.default == getattr(Settings(), name)
    assert Limits().max_bytes == Settings().max_bytes


@pytest.mark.parametrize("name", ["window", "max_age"])
def test_a_span_that_holds_without_a_flag_is_the_settings(name: str) -> None:
    [option] = [one for one in fetch.params if one.name == name]
    assert parse_duration(str(option.show_default)) == getattr(Settings(), name)
