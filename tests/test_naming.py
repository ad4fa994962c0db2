"""What a site calls its stories: the user's rules, its own spellings, a feed's own categories."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsimport.config import Source
from newsimport.configreader import read_config
from newsimport.errors import UsageError
from newsimport.models import Entry, Feed
from newsimport.site import frontmatter
from newsimport.site.ledger import Ledger
from newsimport.stories import Naming, explain, read_headlines, tell
from newsimport.story.fitness import tag_key
from newsimport.story.kickers import is_kicker, publisher_key
from newsimport.story.labels import explain_labels
from newsimport.story.rules import KEYS, NO_RULES, TagRules, read_rules

from .conftest import Cli
from .feeds import START, WORLD, Row, article, item, lone, modern, rss
from .folder import Folder

# ---------------------------------------------------------------- the configuration


def test_rules_as_a_configuration_says_them() -> None:
    said = {"map": {"UN": "United  Nations"}, "stop": ["vote "], "always": ["News"], "max": 3}
    assert set(said) == set(KEYS)
    assert read_rules(said) == TagRules({"UN": "United Nations"}, ("vote",), ("News",), limit=3)
    assert read_rules({}) == NO_RULES
    assert read_rules("none") == TagRules(none=True)
    assert read_rules(["Ferries"]) == TagRules(always=("Ferries",))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"stpo": []}, "tags have no 'stpo'; did you mean 'stop'?"),
        ({"zzz": 1}, "tags have no 'zzz'; known are map, stop, always, max"),
        ({"max": "3"}, "max must be a number from 0 to 100, not '3'"),
        ({"max": True}, "max must be a number"),
        ({"max": -1}, "max must be a number"),
        ({"max": 101}, "max must be a number"),
        ({"stop": "vote"}, "stop must be a list of tags in quotes, not 'vote'"),
        ({"always": [1]}, "always must be a list"),
        ({"always": [" "]}, "always must be a list"),
        ({"map": ["a"]}, "map must be a table"),
        ({"map": {"a": ""}}, "map must lead from 'a' to a tag in quotes"),
        ("off", "tags must be a table, a list, or \"none\", not 'off'"),
        (3, "tags must be a table"),
    ],
)
def test_a_wrong_rule_is_an_error_that_says_where(said: object, words: str) -> None:
    with pytest.raises(UsageError) as error:
        read_rules(said)
    assert words in str(error.value)


def test_a_feeds_rules_refine_the_sites() -> None:
    site = TagRules({"a": "A", "b": "B"}, ("x",), ("News",), limit=4)
    own = TagRules({"b": "Bee"}, ("y", "x"), ("Sea",), limit=2)
    assert site.refined(own) == TagRules(
        {"a": "A", "b": "Bee"}, ("x", "y"), ("News", "Sea"), limit=2
    )
    assert site.refined(None) is site
    assert site.refined(TagRules()).limit == 4
    assert site.refined(TagRules(none=True)).none
    assert not TagRules(none=True).refined(own).none


def test_rules_can_be_hashed_and_read_the_same_in_each_run() -> None:
    rules = read_rules({"map": {"a": "b"}, "stop": ["c", "d", "e"]})
    assert hash(Source("x", tags=rules)) == hash(Source("x", tags=rules))
    program = (
        "from newsimport.story.rules import read_rules\n"
        "print(read_rules({'map': {'a': 'b'}, 'stop': ['c', 'd', 'e']}))"
    )
    for seed in ("1", "2"):
        shown = subprocess.run(
            [sys.executable, "-c", program],
            env={
                "PYTHONHASHSEED": seed,
                "PYTHONDONTWRITEBYTECODE": "1",
                "PYTHONPATH": str(Path(__file__).parents[1]),
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert shown.strip() == repr(rules)


CONFIGURATION = """
[defaults]
out = "news"

[tags]
stop = ["Oslo"]
max = 4
[tags.map]
"Mara Lind-Berg" = "M. Lind-Berg"

[[feeds]]
name = "sea"
url = "feed.xml"
tags = ["Flying"]

[[feeds]]
name = "bare"
url = "feed.xml"
tags = "none"

[[feeds]]
name = "own"
url = "feed.xml"
[feeds.tags]
always = ["Own"]
max = 2
"""


def test_the_configuration_file_has_rules_for_all_and_for_one_feed(tmp_path: Path) -> None:
    file = tmp_path / "newsimport.toml"
    file.write_text(CONFIGURATION)
    said = read_config(file)
    assert said.defaults["tags"] == TagRules({"Mara Lind-Berg": "M. Lind-Berg"}, ("Oslo",), limit=4)
    assert [feed.tags for feed in said.feeds] == [
        TagRules(always=("Flying",)),
        TagRules(none=True),
        TagRules(always=("Own",), limit=2),
    ]
    file.write_text('tags = "none"\n')
    assert read_config(file).defaults["tags"] == TagRules(none=True)


def test_the_configuration_reaches_the_files(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "newsimport.toml").write_text(CONFIGURATION)
    (tmp_path / "feed.xml").write_text(FIRST)
    for name, wanted in (
        ("sea", ["Flying", "M. Lind-Berg", "Tasman Sea"]),
        ("own", ["Own", "M. Lind-Berg"]),
        ("bare", []),
    ):
        out = tmp_path / name
        run = cli("fetch", name, "--out", out, "--site", "hugo", cwd=tmp_path)
        assert (run.status, run.err) == (0, "")
        [file] = out.glob("*.md")
        assert frontmatter.read(file.read_text()).fields["tags"] == wanted


def test_inspect_names_stories_by_the_configuration(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "newsimport.toml").write_text(CONFIGURATION)
    (tmp_path / "feed.xml").write_text(FIRST)
    for name, wanted in (
        ("sea", ["Flying", "M. Lind-Berg", "Tasman Sea"]),
        ("bare", []),
        ("feed.xml", ["M. Lind-Berg", "Tasman Sea"]),
    ):
        shown = cli("inspect", name, "--json", cwd=tmp_path).json["stories"][0]["tags"]
        assert shown == wanted


@pytest.mark.parametrize(
    ("wrong", "line", "words"),
    [
        ("[tags]\nstop = []\nstpo = []", 3, "tags have no 'stpo'; did you mean 'stop'?"),
        ("[tags]\nstop = []\nmax = 'x'", 3, "max must be a number"),
        ("tags = 3", 1, "tags must be a table"),
        ("[[feeds]]\nname = 'a'\nurl = 'b'\ntags = { stpo = 1 }", 4, "tags have no 'stpo'"),
    ],
)
def test_a_wrong_rule_in_a_file_is_told_with_its_line(
    tmp_path: Path, wrong: str, line: int, words: str
) -> None:
    file = tmp_path / "newsimport.toml"
    file.write_text(wrong)
    with pytest.raises(UsageError) as error:
        read_config(file)
    assert str(error.value).startswith(f"{file}: line {line}: {words}")


# ---------------------------------------------------------------- a feed's own categories


def clean_labels(*own, **wishes) -> tuple[str, ...]:
    return tuple(one.text for one in explain_labels(*own, **wishes) if one.kept)


def test_own_categories_are_cleaned() -> None:
    own = (
        "#Ferries", "ferries", "News/Harbour", "AC/DC", "Uncategorized", "https://a.example/t",
        "12345", "Lundi", "Opinion", "Quay Courier", "id=7", "x" * 70, "Kim Jong-un", "x",
    )  # fmt: skip
    assert clean_labels(own, ("The Quay Courier",)) == (
        "Ferries",
        "Harbour",
        "AC/DC",
        "Kim Jong-un",
    )


def test_at_most_five_and_a_lone_list_is_parted() -> None:
    assert clean_labels([f"topic {name}" for name in "abcdefgh"]) == (
        "topic a", "topic b", "topic c", "topic d", "topic e",
    )  # fmt: skip
    assert clean_labels(["sea, harbour; ferries"]) == ("sea", "harbour", "ferries")
    assert clean_labels(["Quay, the", "sea"]) == ("Quay, the", "sea")


def test_the_users_hand_on_own_categories() -> None:
    rules = TagRules({"FERRY": "Ferries"}, ("sea",), ("Coast",), limit=3)
    own = ["ferry", "Sea", "ferries", "harbour", "dock"]
    assert clean_labels(own, rules=rules) == ("Coast", "Ferries", "harbour")
    assert clean_labels(own, known={"harbour": "Harbour"})[3] == "Harbour"
    assert clean_labels(own, rules=TagRules(none=True)) == ()
    assert {one.why for one in explain_labels(own, rules=rules)} == {
        "kept", "in the stop list", "said already", "there are enough",
    }  # fmt: skip


# ---------------------------------------------------------------- one site, one spelling


def cluster(*titles: str) -> str:
    rows = tuple(Row(title, f"Paper {n}", article(title)) for n, title in enumerate(titles))
    return item(rows[0], modern(rows), guid=titles[0])


FIRST = rss(
    cluster(
        "Pilot Mara Lind-Berg crosses the Tasman Sea",
        "Tasman Sea crossed: Mara Lind-Berg lands",
    )
)
SECOND = rss(
    cluster(
        "Medal for pilot Mara Lind Berg",
        "Why Mara Lind Berg returns her medal",
        "The medal that Mara Lind Berg gave back",
    )
)


def tags_of(folder: Folder) -> list[list[str]]:
    return [frontmatter.read(text).fields["tags"] for text in folder.files().values()]


def test_a_tag_keeps_its_spelling(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.run(FIRST.encode())
    folder.run(SECOND.encode())
    assert [tags.count("Mara Lind-Berg") for tags in tags_of(folder)] == [1, 1]


def test_two_new_stories_of_one_run_agree(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    both = FIRST.replace("</channel>", SECOND[SECOND.index("<item>") :].split("</channel>")[0])
    folder.run((both + "</channel></rss>").encode())
    assert [tags.count("Mara Lind-Berg") for tags in tags_of(folder)] == [1, 1]


def test_a_lost_ledger_learns_the_spellings_from_the_files(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.run(FIRST.encode())
    (folder.out / ".newsimport.sqlite3").unlink()
    folder.run(SECOND.encode())
    assert [tags.count("Mara Lind-Berg") for tags in tags_of(folder)] == [1, 1]


def test_a_dry_run_remembers_no_tag(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.run(FIRST.encode())
    ledger = (folder.out / ".newsimport.sqlite3").read_bytes()
    folder.run(SECOND.encode(), dry_run=True)
    assert (folder.out / ".newsimport.sqlite3").read_bytes() == ledger


def test_the_sites_tags_are_read_once_and_only_for_what_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = []
    read = Ledger.tags
    monkeypatch.setattr(Ledger, "tags", lambda ledger: reads.append(1) or read(ledger))
    folder = Folder(tmp_path)
    many = rss(*(cluster(f"Mayor {name} visits Oslo") for name in ("Ane", "Bea", "Cid")))
    folder.run(many.encode())
    assert len(reads) == 1
    folder.run(many.encode())
    assert len(reads) == 1


def test_the_users_rules_reach_the_files(tmp_path: Path) -> None:
    rules = TagRules({"mara lind berg": "M. Lind-Berg"}, ("Tasman Sea",), ("Flying",))
    folder = Folder(tmp_path, tags=rules)
    folder.run(FIRST.encode())
    assert tags_of(folder) == [["Flying", "M. Lind-Berg"]]


def test_a_feed_has_rules_and_categories_of_its_own(tmp_path: Path) -> None:
    folder = Folder(tmp_path, tags=TagRules(always=("Flying",)))
    feed = Source(str(folder.feed_file), "sea", tags=TagRules(none=True), categories=("Abroad",))
    folder.run(FIRST.encode(), sources=(), feeds=(feed,))
    assert tags_of(folder) == [[]]
    [text] = folder.files().values()
    assert frontmatter.read(text).fields["categories"] == ["Abroad"]


def test_a_users_map_wins_over_the_sites_spelling(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.run(FIRST.encode())
    folder.run(SECOND.encode(), tags=TagRules({"Mara Lind-Berg": "Mara LB"}))
    assert sum("Mara LB" in tags for tags in tags_of(folder)) == 1


def test_a_run_that_finds_nothing_new_loads_no_tables_of_words(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.run(FIRST.encode())
    program = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from newsimport.config import Settings\n"
        "from newsimport.importer import import_feeds\n"
        f"import_feeds(Settings((r'{folder.feed_file}',), out=Path(r'{folder.out}')),"
        " datetime(2026, 2, 1, tzinfo=UTC))\n"
        "print(*(name for name in sys.modules if name.startswith('newsimport.story.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) == {"newsimport.story.identity", "newsimport.story.rules"}


# ---------------------------------------------------------------- what no tag ever is

DAYS = (
    "Monday Mon. Thursday Montag Dienstag lunes Jueves mardi Dimanche venerdì sexta-feira vrijdag "
    "Måndag пятница Среда الجمعة सोमवार 月曜日 星期一 월요일 cuma January März août"
).split()
WORDS = st.sampled_from(
    [
        *DAYS, "Exclusive", "LIVE", "Opinion", "UPDATE", "Kim", "Jong", "Un", "Lima", "Peru", "of",
        "the", "Gull", "Radio", "Super", "Bowl", "|", ":", "-", "–", "'Salt", "Road'", "東京", "火災",
        "في", "और", "и", "wins", "ferry", "2026", "x", "de", "Paper",
    ]
)  # fmt: skip
TITLES = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
PUBLISHERS = st.sampled_from(["Gull Radio", "Lima", "The Ferry", "東京", "paper.example", ""])
ROWS = st.lists(st.tuples(TITLES, PUBLISHERS), min_size=1, max_size=6)
LANGUAGES = st.sampled_from(["en-US", "de", "fr", "es", "ja", "ar", "ru", "hi", "ko", ""])
BARE_DAYS = {tag_key(day) for day in DAYS}


def assert_fit(tags: tuple[str, ...], publishers: set[str]) -> None:
    assert len(tags) <= 5
    assert len({tag_key(tag) for tag in tags}) == len(tags)
    for tag in tags:
        assert tag_key(tag) not in BARE_DAYS
        assert publisher_key(tag) not in publishers
        assert not is_kicker(tag)
        assert len(tag) > 1 or tag > "\u2e80"
        assert tag == " ".join(tag.split())
        assert tag_key(tag) not in {"في", "और", "и", "the", "of", "de"}


@settings(max_examples=200, deadline=None)
@given(ROWS, LANGUAGES)
@example([("Kim Jong Un wins", "A"), ("Kim Jong Un ferry", "B")], "en")
def test_what_no_tag_of_a_story_ever_is(rows: list[tuple[str, str]], language: str) -> None:
    written = tuple(
        Row(title, publisher, article(number)) for number, (title, publisher) in enumerate(rows)
    )
    entry = Entry("g", rows[0][0], article(0), START, modern(written), publisher=rows[0][1])
    feed = Feed(WORLD, "World - Latest - Google News", "", language, ())
    headlines = read_headlines(feed, entry)
    told = tell(feed, entry, headlines, START)
    names = {publisher_key(row.publisher) for row in written if "." not in row.publisher} - {""}
    assert_fit(told.tags, names)
    said = [one for one in explain(feed, told) if one.kept]
    assert tuple(one.text for one in said) == told.tags
    # What turns below the lead changes no tag.
    turned = tell(feed, entry, (headlines[0], *reversed(headlines[1:])), START)
    assert set(turned.tags) == set(told.tags)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(TITLES, st.text(max_size=80), WORDS), max_size=12))
def test_what_no_tag_of_another_feed_ever_is(own: list[str]) -> None:
    feed = Feed("https://paper.example/feed", "Gull Radio", "", "en", ())
    entry = Entry("g", "A ferry", "https://paper.example/1", START, "", categories=tuple(own))
    told = tell(feed, entry, read_headlines(feed, entry), START, Naming())
    assert len(told.tags) <= 5
    for tag in told.tags:
        assert tag_key(tag) not in BARE_DAYS | {"gull radio"}
        assert not is_kicker(tag)
        assert len(tag) > 1 or tag > "\u2e80"
    assert tuple(one.text for one in explain(feed, told) if one.kept) == told.tags


def test_lone_items_are_told_as_well() -> None:
    row = Row("Mayor Ane Holt opens the Bergen tunnel", "Paper", article("t"))
    feed = Feed(WORLD, "World - Latest - Google News", "", "en", ())
    entry = Entry("g", row.title, row.link, START, lone(row), publisher="Paper")
    assert set(tell(feed, entry, read_headlines(feed, entry), START).tags) == {"Ane Holt", "Bergen"}


def test_no_part_of_a_name_is_a_tag() -> None:
    rows = (
        Row("Kim Jong Un greets troops in Lima", "Tide", article("1")),
        Row("Lima parade: Kim Jong Un speaks", "Quay", article("2")),
        Row("Super Bowl guests leave Lima", "Coast", article("3")),
        Row("Lima's 'Super Bowl' of parades", "Isle", article("4")),
    )
    feed = Feed(WORLD, "World - Latest - Google News", "", "en", ())
    entry = Entry("g", rows[0].title, rows[0].link, START, modern(rows), publisher="Tide")
    tags = tell(feed, entry, read_headlines(feed, entry), START).tags
    assert {"Kim Jong Un", "Lima"} <= set(tags)
    assert not {"kim", "jong", "un", "jong un", "bowl", "super"} & set(map(tag_key, tags))


def test_the_readmes_rules_are_right(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    [shown] = [part for part in readme.split("```toml\n")[1:] if part.startswith("[tags]")]
    file = tmp_path / "newsimport.toml"
    file.write_text(shown.partition("```")[0])
    said = read_config(file)
    assert said.defaults["tags"] == TagRules(
        {"U.N.": "United Nations"}, ("recognition",), ("News",), limit=4
    )
    assert said.feeds[0].tags == TagRules(none=True)
