"""Real links: from Google's double over HTTP into the files, the ledger and later runs."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from datetime import timedelta

import pytest

from newsimport.config import Settings
from newsimport.models import FrontMatter
from newsimport.resolving import resolve_site
from newsimport.site.store import Store
from newsimport.source.protobuf import to_base64url, write_fields

from .conftest import Cli
from .feeds import Row, item, lone, modern, rss
from .folder import Folder
from .google_double import GoogleDouble, opaque_id, publishers_url
from .stream import START, STEP


def google_link(identifier: str) -> str:
    return f"https://news.google.com/rss/articles/{identifier}?oc=5"


def rows(first: int, count: int = 5) -> tuple[Row, ...]:
    return tuple(
        Row(f"Headline {n} of the day", f"Paper {n % 7}", google_link(opaque_id(n)))
        for n in range(first, first + count)
    )


def cluster_feed(stories: int, size: int = 5, *, first: int = 0) -> bytes:
    clusters = [rows(first + 100 * n, size) for n in range(stories)]
    return rss(
        *(
            item(cluster[0], modern(cluster), guid=f"story-{first + number}", published=START)
            for number, cluster in enumerate(clusters)
        )
    ).encode()


@pytest.fixture
def double():
    with GoogleDouble() as running:
        yield running


@pytest.fixture(params=["hugo", "jekyll"])
def folder(tmp_path, request, double):
    return Folder(
        tmp_path,
        site=request.param,
        resolve_links=True,
        google=double.origin,
        allow_private=True,
        resolve_budget=1000,
        images="none",
    )


def links(text: str) -> list[str]:
    """The rows' links, in front matter."""
    return re.findall(r'^  link: "(.*)"$', text, re.MULTILINE)


def spelled(url: str) -> str:
    from newsimport.site.markdown import safe_url

    return safe_url(url)


def truth(first: int, count: int = 5) -> list[str]:
    return [spelled(publishers_url(opaque_id(n))) for n in range(first, first + count)]


def resolve(folder: Folder, **settings):
    """Run `newsimport resolve` on the folder, a step later."""
    asked = {"out": folder.out, **folder.settings, **settings}
    report = resolve_site(Settings(**asked), folder.now)
    folder.now += STEP
    return report


# ---------------------------------------------------------------- without a request


def test_an_id_that_holds_the_url_is_decoded_without_the_option_and_without_a_request(
    tmp_path, double
):
    url = "https://paper.example/2023/ferry?a=1"
    identifier = to_base64url(write_fields((1, 19), (4, url.encode())))
    row = Row("Ferry saved", "The Quay Courier", google_link(identifier))
    folder = Folder(tmp_path, site="hugo", google=double.origin, allow_private=True)
    feed = rss(item(row, lone(row), guid="g")).encode()
    path, *_ = folder.run(feed)["g"]
    text = folder.files()[path]
    assert links(text) == [url]
    assert f'\nlink: "{url}"\ngoogle_link: "{row.link}"\n' in text
    assert f'\n  google_link: "{row.link}"\n' in text
    assert f"]({url})" in text
    assert double.requests == []
    assert folder.run(feed)["g"][1] == "unchanged"


def test_without_the_option_nothing_is_asked_and_googles_links_stay(tmp_path, double):
    folder = Folder(tmp_path, site="hugo", google=double.origin, allow_private=True)
    folder.run(cluster_feed(1))
    [text] = folder.files().values()
    assert links(text) == [row.link for row in rows(0)]
    assert "google_link" not in text
    assert double.requests == []


# ---------------------------------------------------------------- resolving


def test_the_story_has_the_publishers_links_and_remembers_googles(folder, double):
    outcomes = folder.run(cluster_feed(2))
    assert {action for _, action, _ in outcomes.values()} == {"created"}
    for number, (path, *_) in enumerate(outcomes.values()):
        text = folder.files()[path]
        first = 100 * number
        assert links(text) == truth(first)
        given = [row.link for row in rows(first)]
        assert re.findall(r'^  google_link: "(.*)"$', text, re.MULTILINE) == given
        assert f'\nlink: "{truth(first)[0]}"\ngoogle_link: "{given[0]}"\n' in text
        assert "](https://news.google" not in text
        for url in truth(first):
            assert f"]({url})" in text
        # A time stays a time.
        assert re.search(r"^  first_seen: 2026", text, re.MULTILINE)
    report = folder.last.links
    assert (report.found, report.left, report.stories, report.ended) == (10, 0, 2, "done")


def test_a_hundred_links_take_at_most_five_requests_after_their_pages(folder, double):
    folder.run(cluster_feed(20))
    assert len(double.gets) == 100
    assert len(double.posts) <= 5
    assert folder.last.links.found == 100


def test_what_is_resolved_is_no_news_no_edit_and_never_asked_again(folder, double):
    folder.run(cluster_feed(2))
    files, mtimes, requests = folder.files(), folder.mtimes(), len(double.requests)
    for _ in range(2):
        outcomes = folder.run(cluster_feed(2))
        assert {action for _, action, _ in outcomes.values()} == {"unchanged"}
    assert (folder.files(), folder.mtimes(), len(double.requests)) == (files, mtimes, requests)


def test_an_update_after_resolving_keeps_the_links_and_counts_none_as_an_edit(folder, double):
    [(guid, (path, *_))] = folder.run(cluster_feed(1)).items()
    grown = rss(item(rows(0)[0], modern((*rows(0)[:4], *rows(7, 1))), guid=guid, published=START))
    assert folder.run(grown.encode())[guid] == (path, "updated", "")
    text = folder.files()[path]
    # The new row, resolved in the same run, and the one that the feed has dropped.
    assert links(text) == [*truth(0, 4), *truth(7, 1), *truth(4, 1)]
    assert len(double.gets) == 6
    assert "](https://news.google" not in text


def test_the_same_headline_under_a_resolved_link_is_one_row_though_the_ledger_is_lost(
    folder, double
):
    [(guid, (path, *_))] = folder.run(cluster_feed(1)).items()
    (folder.out / ".newsimport.sqlite3").unlink()
    asked = len(double.requests)
    before = folder.files()
    assert folder.run(cluster_feed(1))[guid] == (path, "unchanged", "")
    assert folder.files() == before
    # Even what was resolved comes back from the files: nothing is asked again.
    assert len(double.requests) == asked


def test_a_link_that_its_user_changed_stays(folder, double):
    double.behaviour.refuse_after = 0
    [(guid, (path, *_))] = folder.run(cluster_feed(1)).items()
    double.behaviour.refuse_after = None
    file = folder.out / path
    mine = file.read_text().replace(rows(0)[1].link, "https://mine.example/")
    file.write_text(mine)
    folder.now += timedelta(hours=2)
    assert folder.run(cluster_feed(1))[guid][1] == "unchanged"
    text = file.read_text()
    assert "https://mine.example/" in text
    # The lead's own field was not edited.
    assert f'\nlink: "{truth(0)[0]}"\n' in text
    assert links(text)[1] == "https://mine.example/"
    assert "kept" not in {action for _, action, _ in folder.run(cluster_feed(1)).values()}


def test_an_edited_body_and_an_edited_title_survive(folder):
    [(path, *_)] = folder.run(cluster_feed(1), resolve_links=False).values()
    file = folder.out / path
    file.write_text(file.read_text().replace('title: "Head', 'title: "My head', 1) + "\nMine.\n")
    folder.run(cluster_feed(1))
    text = file.read_text()
    assert text.endswith("\nMine.\n")
    assert '\ntitle: "My head' in text
    assert links(text) == truth(0)
    # The body is its user's now, with the links that it has.
    assert "](https://news.google" in text


def test_resolving_a_story_does_not_touch_its_time_of_change(folder):
    [(_, (path, *_))] = folder.run(cluster_feed(1)).items()
    assert "lastmod" not in folder.files()[path]
    assert "last_modified_at" not in folder.files()[path]


def test_lead_headlines_come_first_within_the_budget(folder, double):
    folder.run(cluster_feed(4), resolve_budget=4)
    asked = {path.split("/")[3].partition("?")[0] for path in double.gets}
    assert asked == {opaque_id(100 * n) for n in range(4)}
    assert (folder.last.links.left, folder.last.links.ended) == (16, "budget")
    folder.run(cluster_feed(4))
    assert folder.last.links.left == 0
    assert len(double.gets) == 20


def test_feeds_with_layouts_of_their_own_get_their_links_where_these_stand(tmp_path, double):
    (tmp_path / "a.xml").write_bytes(cluster_feed(1))
    (tmp_path / "b.xml").write_bytes(cluster_feed(1, first=5000))
    (tmp_path / "newsimport.toml").write_text(
        '[defaults]\nout = "site"\nsite = "hugo"\n'
        '[[feeds]]\nname = "a"\nurl = "./a.xml"\n'
        'front_matter = { rename = { link = "external", headlines = "rows" } }\n'
        '[[feeds]]\nname = "b"\nurl = "./b.xml"\n'
    )
    cli = Cli(tmp_path)
    assert cli("fetch", cwd=tmp_path).err == ""
    done = cli("resolve", "--images", "none", "--google", double.origin, "--json", cwd=tmp_path)
    assert (done.json["links"]["found"], done.json["links"]["stories"]) == (10, 2), done.err
    for first, name in ((0, "external"), (5000, "link")):
        text = (tmp_path / f"site/headline-{first}-of-the-day.md").read_text()
        assert f'\n{name}: "{truth(first)[0]}"\n' in text
        assert links(text) == truth(first)
        assert len(re.findall(r"^ *google_link: ", text, re.MULTILINE)) == 6


def test_a_file_without_rows_gets_its_own_link(folder, double):
    bare = {"front_matter": FrontMatter(drop=("headlines",))}
    [(path, *_)] = folder.run(cluster_feed(1), resolve_links=False, **bare).values()
    assert resolve(folder, **bare).found == 1
    assert f'\nlink: "{truth(0)[0]}"\n' in folder.files()[path]


def test_a_file_that_cannot_be_read_is_told_once_it_can(folder, double):
    double.behaviour.refuse_after = 0
    [(path, *_)] = folder.run(cluster_feed(1)).values()
    double.behaviour.refuse_after = None
    file = folder.out / path
    good = file.read_text()
    file.write_text(good.replace("tags: []", "tags: ["))
    folder.now += timedelta(hours=2)
    folder.run(cluster_feed(1))
    assert folder.last.links.found == 5
    file.write_text(good)
    folder.run(cluster_feed(1))
    assert (folder.last.links.requests, links(file.read_text())) == (0, truth(0))


def test_style_classic_which_has_googles_links_alone_refuses_to_ask_for_others(tmp_path, double):
    cli = Cli(tmp_path)
    (tmp_path / "feed.xml").write_bytes(cluster_feed(1))
    run = cli("fetch", tmp_path / "feed.xml", "--out", tmp_path / "out", "--style", "classic",
              "--resolve-links", "--google", double.origin)  # fmt: skip
    assert run.status == 2 and "--resolve-links" in run.err
    assert double.requests == [] and not list((tmp_path / "out").glob("*.md"))


def test_a_new_lead_leaves_the_link_with_the_title_and_takes_it_along_with_retitle(folder, double):
    [(guid, (path, *_))] = folder.run(cluster_feed(1)).items()
    led = (*rows(9, 1), *rows(0, 4))
    other = rss(item(led[0], modern(led), guid=guid, published=START)).encode()
    folder.run(other)
    text = folder.files()[path]
    assert f'\nlink: "{truth(0)[0]}"\ngoogle_link: "{rows(0)[0].link}"\n' in text
    assert links(text)[:2] == [*truth(9, 1), *truth(0, 1)]
    double.behaviour.refuse_after = 0
    led = (*rows(11, 1), *led[:4])
    other = rss(item(led[0], modern(led), guid=guid, published=START)).encode()
    folder.run(other, retitle=True)
    # Until it is known, the new lead's link is Google's.
    assert f'\nlink: "{led[0].link}"\n' in folder.files()[path]
    double.behaviour.refuse_after = None
    folder.now += timedelta(hours=2)
    folder.run(other, retitle=True)
    text = folder.files()[path]
    assert f'\nlink: "{truth(11)[0]}"\ngoogle_link: "{led[0].link}"\n' in text


# ---------------------------------------------------------------- walls, failures, tries


def test_after_a_429_nothing_is_asked_in_this_run_nor_within_the_cool_off(folder, double):
    double.behaviour.refuse_after = 7
    folder.run(cluster_feed(20))
    assert len(double.requests) == 8
    report = folder.last.links
    assert report.ended == "cool-off" and report.left == 100 and "429" in report.words
    folder.now = START + timedelta(minutes=59)
    folder.run(cluster_feed(20))
    folder.now = START + timedelta(minutes=59)
    assert resolve(folder).ended == "cool-off"
    assert len(double.requests) == 8
    double.behaviour.refuse_after = None
    folder.now = START + timedelta(minutes=70)
    folder.run(cluster_feed(20))
    assert folder.last.links.left == 0


def test_a_second_429_doubles_the_cool_off_and_a_good_run_forgets_it(folder, double):
    double.behaviour.refuse_after = 0
    folder.run(cluster_feed(1))
    folder.now = START + timedelta(minutes=61)
    folder.run(cluster_feed(1))
    assert len(double.requests) == 2
    folder.now = START + timedelta(minutes=61 + 119)
    folder.run(cluster_feed(1))
    assert len(double.requests) == 2
    double.behaviour.refuse_after = None
    folder.now = START + timedelta(minutes=61 + 122)
    folder.run(cluster_feed(1))
    assert folder.last.links.found == 5
    double.behaviour.refuse_after = 0
    folder.run(cluster_feed(1, first=50))
    asked = len(double.requests)
    folder.now += timedelta(minutes=61)
    folder.run(cluster_feed(1, first=50))
    assert len(double.requests) == asked + 1


def test_retry_after_sets_the_cool_off(folder, double):
    double.behaviour.refuse_after, double.behaviour.retry_after = 0, "18000"
    folder.run(cluster_feed(1))
    folder.now = START + timedelta(hours=4, minutes=55)
    folder.run(cluster_feed(1))
    assert len(double.requests) == 1


def test_what_was_found_before_a_429_is_in_the_files(folder, double):
    double.behaviour.refuse_after = 20
    folder.run(cluster_feed(20))
    assert folder.last.links.found == 10
    text = "".join(folder.files().values())
    assert len([url for url in links(text) if "paper.example" in url]) == 10


def test_a_link_is_asked_for_five_times_and_then_stays_googles(folder, double):
    double.behaviour.missing = {opaque_id(3)}
    for _ in range(7):
        folder.run(cluster_feed(1))
    asked = [path for path in double.gets if opaque_id(3) in path]
    assert len(asked) == 5
    assert len(double.gets) == 9
    [text] = folder.files().values()
    assert links(text)[3] == rows(0)[3].link
    assert folder.last.links.left == 0


@pytest.mark.parametrize(
    "behaviour", [{"page": "changed"}, {"answer": "html"}, {"answer": "changed-rows"}]
)
def test_a_change_of_googles_answers_is_told_and_is_no_failure(folder, double, behaviour):
    for name, value in behaviour.items():
        setattr(double.behaviour, name, value)
    outcomes = folder.run(cluster_feed(2))
    assert {action for _, action, _ in outcomes.values()} == {"created"}
    report = folder.last.links
    assert (report.ended, report.loud, folder.last.exit) == ("new-form", True, 0)
    assert "Google's answer has a new form" in report.words
    folder.run(cluster_feed(2))
    # Once a day, for this runs every half an hour.
    assert not folder.last.links.loud


def test_google_is_not_there_at_all(folder):
    outcomes = folder.run(cluster_feed(1), google="http://127.0.0.1:9")
    assert {action for _, action, _ in outcomes.values()} == {"created"}
    assert (folder.last.links.ended, folder.last.exit) == ("failed", 0)


def test_a_link_to_google_or_to_a_script_is_not_taken(folder, double):
    double.behaviour.said = {
        opaque_id(0): "https://www.google.com/x",
        opaque_id(1): "javascript:alert(1)",
        opaque_id(2): 'https://paper.example/"onload=x',
    }
    folder.run(cluster_feed(1))
    [text] = folder.files().values()
    assert links(text) == [row.link for row in rows(0)[:3]] + truth(3, 2)


def test_a_dry_run_asks_nothing(folder, double):
    folder.run(cluster_feed(1), dry_run=True)
    assert double.requests == []
    assert folder.last.links.ended == "dry-run"


# ---------------------------------------------------------------- newsimport resolve


def test_resolve_works_through_what_runs_without_the_option_have_left(folder, double):
    folder.run(cluster_feed(3), resolve_links=False)
    report = resolve(folder, resolve_budget=7)
    assert (report.found, report.left) == (7, 8)
    report = resolve(folder, resolve_budget=100)
    assert (report.found, report.left) == (8, 0)
    text = "".join(folder.files().values())
    assert "](https://news.google" not in text
    asked = len(double.requests)
    assert resolve(folder).found == 0
    assert len(double.requests) == asked


def test_resolve_reads_each_file_once_until_it_is_another(folder, double, monkeypatch):
    read: list[str] = []
    plain = Store.read
    monkeypatch.setattr(Store, "read", lambda store, path: read.append(path) or plain(store, path))
    first, second = (path for path, *_ in folder.run(cluster_feed(2), resolve_links=False).values())

    def searched() -> set[str]:
        read.clear()
        assert resolve(folder, resolve_budget=0).found == 0
        return set(read)

    assert searched() == {first, second}
    assert searched() == set()
    grown = rss(item(rows(0)[0], modern((*rows(0), *rows(7, 1))), guid="story-0", published=START))
    folder.run(grown.encode(), resolve_links=False)
    assert searched() == {first}
    # Somebody brought an older state of the folder back.
    (folder.out / "other.md").write_text("---\ntitle: mine\n---\n")
    assert searched() >= {first, second}
    assert searched() == set()
    assert resolve(folder).found == 11


def test_resolve_as_a_command(tmp_path, double):
    cli = Cli(tmp_path)
    feed = tmp_path / "feed.xml"
    feed.write_bytes(cluster_feed(2))
    out = tmp_path / "site"
    options = ("--images", "none", "--google", double.origin)
    assert cli("fetch", feed, "--out", out, "--site", "hugo").err == ""
    quiet = cli("resolve", "--out", out, *options)
    assert (quiet.status, quiet.out, quiet.err) == (0, "", "")
    left = cli("resolve", "--out", out, "--dry-run")
    assert re.fullmatch(r"newsimport: \d+ links would be asked for\.\n", left.err)
    told = cli("resolve", "--out", out, *options, "--json").json["links"]
    assert told == {
        "found": 0, "left": 0, "stories": 0, "pictures": 0, "requests": 0, "ended": "done",
        "words": "",
    }  # fmt: skip
    assert "--google" not in cli("resolve", "--help").out
    double.behaviour.refuse_after = 0
    feed.write_bytes(cluster_feed(1, first=7000))
    cli("fetch", feed, "--out", out, "--site", "hugo")
    asked = len(double.requests)
    blocked = cli("resolve", "--out", out, *options)
    assert blocked.status == 75 and "429" in blocked.err
    waiting = cli("resolve", "--out", out, *options)
    assert (waiting.status, waiting.err) == (0, "")
    assert len(double.requests) == asked + 1


def test_fetch_reports_links_as_json_and_is_silent_under_cron(tmp_path, double):
    cli = Cli(tmp_path)
    feed = tmp_path / "feed.xml"
    feed.write_bytes(cluster_feed(1))
    run = cli("fetch", feed, "--out", tmp_path / "a", "--site", "hugo", "--resolve-links",
              "--images", "none", "--google", double.origin, "--json")  # fmt: skip
    assert run.json["links"]["found"] == 5
    double.behaviour.refuse_after = 0
    run = cli("fetch", feed, "--out", tmp_path / "b", "--site", "hugo", "--resolve-links",
              "--images", "none", "--google", double.origin)  # fmt: skip
    assert (run.status, run.out, run.err) == (0, "", "")


def test_a_run_that_is_killed_keeps_what_it_was_told(tmp_path, double):
    feed, out = tmp_path / "feed.xml", tmp_path / "site"
    feed.write_bytes(cluster_feed(20))
    cli = Cli(tmp_path)
    arguments = ("fetch", feed, "--out", out, "--site", "hugo", "--resolve-links",
                 "--resolve-budget", "100", "--images", "none", "--google", double.origin)  # fmt: skip
    double.behaviour.hold = 3  # 10 + 15 links are told, the third batch is on its way
    child = subprocess.Popen(cli.command(*arguments), env=cli.environment(), cwd=tmp_path)
    while len(double.batches) < 3:
        assert child.poll() is None
        time.sleep(0.002)
    child.send_signal(signal.SIGKILL)
    child.wait()
    double.behaviour.let_go.set()
    asked = len(double.gets)
    run = cli(*arguments, "--json")
    assert run.status == 0, run.err
    # What was told before is not asked again; a ticket without its answer is lost.
    again = double.gets[asked:]
    assert len(again) == 75
    assert run.json["links"]["left"] == 0
    text = "".join(path.read_text() for path in out.glob("*.md"))
    assert sorted(links(text)) == sorted(url for n in range(20) for url in truth(100 * n))


def test_a_signal_ends_resolving_in_order(tmp_path, double):
    feed, out = tmp_path / "feed.xml", tmp_path / "site"
    feed.write_bytes(cluster_feed(40))
    cli = Cli(tmp_path)
    arguments = ("fetch", feed, "--out", out, "--site", "hugo", "--resolve-links",
                 "--resolve-budget", "200", "--images", "none", "--google", double.origin)  # fmt: skip
    double.behaviour.hold = 2
    child = subprocess.Popen(cli.command(*arguments), env=cli.environment(), cwd=tmp_path)
    while len(double.batches) < 2:
        assert child.poll() is None
        time.sleep(0.002)
    child.send_signal(signal.SIGTERM)
    double.behaviour.let_go.set()
    assert child.wait(20) == 143
    assert len(double.gets) == 25
    text = "".join(path.read_text() for path in out.glob("*.md"))
    assert len([url for url in links(text) if "paper.example" in url]) >= 10
