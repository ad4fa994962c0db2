"""Texts whose letters were decoded wrongly (source/encoding.py) are known by the bytes around them."""

from __future__ import annotations

import html

from hypothesis import example, given
from hypothesis import strategies as st

from newsimport.source.encoding import may_need_repair, repair

# What is said in UTF-8 that was read as Latin-1, what is said in windows-1252, and what only looks so.
PIECES = (
    "é",
    "Ã©",
    "â\x80\x99",
    "’",
    "\x92",
    "Â£",
    "£",
    "Â",
    "Ã",
    "ß",
    "a",
    " ",
    "日",
    "😀",
    "#",
    "&",
)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.integers(0, 200))
@example("Caf" + "Ã©", 0)
@example("£" * 100 + "\x92", 7)
@example("#" * 100 + "Ã©", 7)
def test_a_text_that_needs_repair_is_seen_in_the_bytes_of_the_feed(text: str, at: int) -> None:
    body = f"<a>{html.escape(text)}</a>".encode()
    if not any(may_need_repair(piece) for piece in (body[:at], body[at:])):
        assert repair(text) == text


@given(st.text(max_size=40))
def test_a_text_of_references_is_always_looked_at(text: str) -> None:
    body = "".join(f"&#{ord(character)};" for character in text).encode()
    assert may_need_repair(body) == bool(text)


def test_nothing_is_looked_at_that_needs_no_repair() -> None:
    title = "<title>Straße für 5 £ – “Élysée” № 7 #1</title>" + " " * 99
    assert not may_need_repair(title.encode())
    assert may_need_repair("<title>CafÃ©</title>".encode())
    assert may_need_repair("<title>it\x92s</title>".encode())
