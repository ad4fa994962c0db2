"""Clause 12: which items are one story."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newsimport.config import Settings
from newsimport.story.identity import Sighting, digest, match, story_key

from .folder import Folder
from .stream import BUSINESS, START, Stream, feed, item, row

NOW = START
USUAL = Settings().window, Settings().max_age


def sighting(shared, seen=0, opened=0, story="s"):
    return Sighting(story, shared, NOW - timedelta(hours=seen), NOW - timedelta(days=opened))


@pytest.mark.parametrize(
    ("articles", "known", "expected"),
    [
        (5, sighting(3), "s"),
        (5, sighting(2), None),  # two shared articles are often a neighbour
        (6, sighting(3), "s"),  # exactly half of its own
        (7, sighting(3), None),  # fewer than half
        (5, sighting(5, seen=48), "s"),
        (5, sighting(5, seen=49), None),
        (5, sighting(5, opened=14), "s"),
        (5, sighting(5, opened=15), None),
        (2, sighting(2), None),
    ],
)
def test_an_item_is_a_known_story_when_it_shares_enough(articles, known, expected):
    assert match(articles, [known], NOW, *USUAL) == expected


def test_of_several_the_one_that_shares_most_then_the_last_seen():
    assert match(5, [sighting(3, story="a"), sighting(4, story="b")], NOW, *USUAL) == "b"
    assert (
        match(5, [sighting(3, seen=2, story="a"), sighting(3, seen=1, story="b")], NOW, *USUAL)
        == "b"
    )


def test_window_and_age_can_be_set():
    assert match(5, [sighting(3, seen=5)], NOW, timedelta(hours=4), USUAL[1]) is None
    assert match(5, [sighting(3, opened=2)], NOW, USUAL[0], timedelta(days=1)) is None


def test_digests_are_short_and_stable():
    assert digest("CBMi") == digest("CBMi") != digest("CBMj")
    assert len(digest("x")) == len(story_key("x")) == 8
    assert story_key("x").isalnum() and story_key("x").islower()


def test_digests_in_the_files_of_users_stay_what_they_are():
    """Each file and each ledger carries them: with others no story would be known again."""
    assert (digest("CBMi"), digest("é")) == ("FyeJz7Ms", "_TJ996UK")
    assert (story_key("CBMi"), story_key("é")) == ("fxf4nrrl", "kmtlxgjf")


def test_a_lone_surrogate_has_a_digest_too():
    assert digest("\ud800") == digest("?")
    assert story_key("\ud800") == story_key("?")


def test_a_stream_gives_one_file_a_story(tmp_path):
    folder, stream, paths = Folder(tmp_path), Stream(1), {}
    for _ in range(25):
        for guid, (path, action, _) in folder.run(stream.run()).items():
            assert action in {"created", "updated", "unchanged"}
            assert paths.setdefault(guid, path) == path, "a guid changed its file"
    stories = {}
    for guid, story in stream.truth.items():
        stories.setdefault(story, set()).add(paths[guid])
    assert all(len(files) == 1 for files in stories.values())
    assert len(folder.files()) == len(stories) < len(stream.truth)


def test_two_items_of_one_run_are_one_story(tmp_path):
    a = [row(1, n) for n in range(5)]
    b = [row(1, n) for n in (7, 1, 2, 3)]
    folder = Folder(tmp_path)
    report = folder.run(feed([item(a, START), item(b, START)]))
    (path_a, action_a, _), (path_b, action_b, reason) = report.values()
    assert path_a == path_b
    assert (action_a, action_b) == ("created", "unchanged")
    assert a[0].identifier in reason
    text = folder.files()[path_a]
    assert text.index(a[4].title) < text.index(b[0].title)
    assert next(iter(folder.run(feed([item(b, START), item(a, START)])).values()))[1] == "unchanged"


def test_the_same_story_in_two_feeds_is_one_file_with_both_categories_and_sources(tmp_path):
    rows = [row(1, n) for n in range(5)]
    world, business = feed([item(rows, START)]), feed([item(rows, START)], "Business", BUSINESS)
    folder = Folder(tmp_path)
    folder.run(world)
    ((path, action, _),) = folder.run(business).values()
    assert action == "updated"
    assert list(folder.files()) == [path]
    text = folder.files()[path]
    assert 'categories:\n- "World"\n- "Business"\n' in text
    assert text.count("sources:\n") == 1 and BUSINESS.replace("&amp;", "&") in text
    for document in (world, business):
        assert next(iter(folder.run(document).values()))[1] == "unchanged"
    assert folder.files()[path] == text


def test_similar_wording_alone_never_merges(tmp_path):
    a, b = row(1, 0, "Ferry runs again", "The Herald"), row(2, 0, "Ferry runs again", "The Herald")
    report = Folder(tmp_path).run(feed([item([a], START), item([b], START)]))
    assert len({path for path, *_ in report.values()}) == 2


def test_a_story_opened_long_ago_takes_no_new_guid(tmp_path):
    folder = Folder(tmp_path)
    rows = [row(1, n) for n in range(5)]
    folder.run(feed([item(rows, START)]))
    folder.now += timedelta(days=13, hours=23)
    folder.run(feed([item(rows, START)]))
    folder.now += timedelta(hours=2)
    ((_, action, _),) = folder.run(feed([item(rows[1:], START)])).values()
    assert action == "created"
