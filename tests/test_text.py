"""Any string of a feed becomes a tidy line: clauses 14 and 28."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsimport import text as texts_of
from newsimport.text import _tidy, are_printable, printable, tidy, tidy_all, without_home

ANY_TEXT = st.text(st.characters(exclude_categories=[]))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("plain", "plain"),
        ("  two\t\n words  ", "two words"),
        ("a\xa0b\u3000c", "a b c"),
        ("e\u0301", "é"),
        ("line\u2028break\u2029here\x85now", "line break here now"),
        ("bidi \u202eevil\u202c \u2066x\u2069", "bidi evil x"),
        ("\ufeffstart", "start"),
        ("half\ud800surrogate", "half surrogate"),
        ("\x1b[31mred\x1b[0m", "[31mred [0m"),
        ("zero\u200bwidth\u200djoiner 👩\u200d🚀", "zero\u200bwidth\u200djoiner 👩\u200d🚀"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_tidy(text: str, wanted: str) -> None:
    assert tidy(text) == wanted


@given(ANY_TEXT)
def test_clause_14_a_tidy_line_is_one_line_in_nfc_that_utf8_can_hold(text: str) -> None:
    line = tidy(text)
    assert line == tidy(line)
    assert line == line.strip()
    assert "  " not in line
    assert len(line.splitlines()) <= 1
    assert unicodedata.is_normalized("NFC", line)
    line.encode("utf-8")


@given(
    st.lists(ANY_TEXT | st.sampled_from(["a", " a ", "\u0301", "\u0338a", "a  b", ""]), max_size=5)
)
def test_texts_are_tidied_together_as_each_would_be(texts: list[str]) -> None:
    assert tidy_all(texts) == [_tidy(text) for text in texts]


# So few that the same comes again, and is known.
_AGAIN = st.text("aé \u0301\u200b|\n\x92", max_size=2)


@given(st.lists(st.lists(_AGAIN, max_size=4), max_size=30))
def test_texts_that_are_known_are_what_they_would_be_anew(rounds: list[list[str]]) -> None:
    for texts in rounds:
        assert are_printable(texts) == all(map(str.isprintable, texts))
        assert tidy_all(texts) == [_tidy(text) for text in texts]
        assert [tidy(text) for text in texts] == [_tidy(text) for text in texts]


def test_what_is_known_takes_little_memory_whatever_a_feed_sends() -> None:
    for number in range(5_000):
        tidy_all([f"{number} " + "😀" * 250])
        tidy_all([f"{number} " + "long" * 1_000])
    assert sum(map(len, texts_of._known)) < 1_000_000


@given(ANY_TEXT)
def test_clause_28_what_is_printed_steers_no_terminal(text: str) -> None:
    shown = printable(text)
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}]
    assert len(shown) == len(text)


def test_nothing_unseen_stands_at_the_ends_of_a_line() -> None:
    assert tidy("\u200b \u2060Two\u200bwords\u00ad ") == "Two\u200bwords"
    assert tidy(" \u200b ") == ""


def test_a_letter_carries_thirty_marks_at_most() -> None:
    marked = tidy("a" + "\u0301\u0327" * 200 + "b")
    assert unicodedata.normalize("NFC", "a" + "\u0327" * 15 + "\u0301" * 15) in marked
    assert marked.endswith("b")
    assert len(unicodedata.normalize("NFD", marked)) == 1 + 30 + 1
    # No language has half as many: what one has stays.
    assert tidy("ệ" * 50) == "ệ" * 50


@given(ANY_TEXT | st.text("a é\u0301\u0323\u200b\xad\xa0\u0915\u094d", max_size=60))
def test_a_text_that_is_tidy_already_is_known_as_such(text: str) -> None:
    assert tidy(text) == _tidy(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/home/ada", "~"),
        ("/home/ada/news: cannot write", "~/news: cannot write"),
        ('"/home/ada/a", (/home/ada)', '"~/a", (~)'),
        ("/home/adam/news", "/home/adam/news"),
        ("/srv/home/ada/news", "/srv/home/ada/news"),
        ("https://x.example/home/ada", "https://x.example/home/ada"),
    ],
)
def test_a_home_is_not_shown(text: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    assert without_home(text) == shown
    monkeypatch.setenv("HOME", "/")
    assert without_home(text) == text
