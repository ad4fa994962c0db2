"""What Google serves in place of a feed is told apart, and said with what to do about it."""

from __future__ import annotations

import pytest

from newsimport.source.walls import other_edition, wall_at, wall_in


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://consent.google.com/ml?continue=https://news.google.com/rss", "consent"),
        ("https://consent.google.co.uk/ml", "consent"),
        ("https://consent.youtube.com/m", "consent"),
        ("https://consent.paper.example/google.html", ""),
        ("https://www.google.com/sorry/index?continue=x", "for a robot"),
        ("https://news.google.com/rss/unsupported/", "no such edition"),
        ("https://news.google.com/rss?hl=en-US", ""),
        ("http://[", ""),
    ],
)
def test_a_wall_is_known_by_its_address(url: str, says: str) -> None:
    said = wall_at(url)
    assert bool(said) == bool(says)
    assert says in said


@pytest.mark.parametrize(
    ("page", "is_wall"),
    [
        ('<form action="https://consent.google.com/save">', True),
        ('<a href="/sorry/"></a> unusual traffic from your network', True),
        ('<a href="/sorry/"></a> <div class="CAPTCHA">', True),
        ('<a href="/sorry/">We are sorry</a>', False),
        ("<p>unusual traffic on the harbour road</p>", False),
        (" " * (1 << 20) + "://consent.google.", False),  # only the beginning is looked at
    ],
)
def test_a_wall_is_known_by_its_page(page: str, is_wall: bool) -> None:
    assert bool(wall_in(page)) == is_wall


def test_another_edition_is_said() -> None:
    asked, answered = (f"https://news.google.com/rss?ceid={name}" for name in ("CH:de", "DE:de"))
    assert other_edition(asked, answered) == (
        "Google answers with its edition DE:de, not CH:de; ask for one that it has"
    )
    for same in (asked, "https://news.google.com/rss", "http://["):
        assert other_edition(asked, same) == ""
