"""Clause 18: the three-way merge of a field."""

from __future__ import annotations

import pytest

from newsimport.models import Bare
from newsimport.site.merge import body_fingerprint, fingerprint, fingerprints, managed, merge

BASE, OURS, EDIT = "as written", "as it is now", "as the user has it"


def merged(mine, new, base, **options):
    written = {"f": fingerprint(base)} if base is not None else {}
    theirs = {"f": mine} if mine is not None else {}
    return merge(theirs, "b", {"f": new}, "b", written | {"body": body_fingerprint("b")}, **options)


@pytest.mark.parametrize(
    ("mine", "new", "base", "change", "kept"),
    [
        (BASE, OURS, BASE, True, False),  # nobody touched it: take the new value
        (OURS, OURS, BASE, False, False),  # the user came to the same: adopt
        (EDIT, BASE, BASE, False, False),  # an edit, nothing new from us
        (EDIT, OURS, BASE, False, True),  # an edit, and news: keep, say so
        (None, OURS, BASE, False, True),  # deleted stays deleted
        (None, OURS, None, True, False),  # a field that is new with this version is added
        (EDIT, OURS, None, False, True),  # no memory of it: never replaced
        (BASE, BASE, BASE, False, False),
    ],
)
def test_a_field_is_merged_three_ways(mine, new, base, change, kept):
    plan = merged(mine, new, base)
    assert plan.changes == ({"f": new} if change else {})
    assert plan.kept == ({"f"} if kept else set())
    expected = (
        fingerprint(new)
        if (change or mine == new)
        else (fingerprint(base) if base is not None else None)
    )
    assert plan.written.get("f") == expected


def test_overwrite_takes_back_an_edit():
    assert merged(EDIT, OURS, BASE, overwrite=True).changes == {"f": OURS}
    assert merged(None, OURS, BASE, overwrite=True).changes == {"f": OURS}


@pytest.mark.parametrize(
    ("mine", "new", "base", "body", "kept"),
    [("x\n", "y\n", "x", "y\n", False), ("\r\nx\r\n", "y\n", "x\n", "y\n", False), ("z", "y", "x", None, True), ("y", "y\n", "x", None, False)],
)  # fmt: skip
def test_the_body_is_one_field(mine, new, base, body, kept):
    plan = merge({}, mine, {}, new, {"body": body_fingerprint(base)})
    assert plan.body == body
    assert plan.kept == ({"body"} if kept else set())


def test_a_body_without_memory_is_never_replaced():
    plan = merge({}, "x", {}, "y", {})
    assert (plan.body, plan.kept, plan.written) == (None, {"body"}, {})
    # A body that the user emptied is an edit as any other.
    plan = merge({}, "", {}, "y", {"body": body_fingerprint("x")})
    assert (plan.body, plan.kept) == (None, {"body"})


def test_overwrite_takes_back_an_edited_body():
    plan = merge({}, "z", {}, "y", {"body": body_fingerprint("x")}, overwrite=True)
    assert (plan.body, plan.kept) == ("y", frozenset())
    assert plan.written == {"body": body_fingerprint("y")}


def test_blanks_and_letters_around_a_body_are_no_line_ends():
    assert body_fingerprint("\r\n\na\r\n\n") == body_fingerprint("a")
    for edited in (" a", "a ", "\ta", "Xa", "aX"):
        assert body_fingerprint(edited) != body_fingerprint("a")


def test_digests_in_the_files_of_users_stay_what_they_are():
    """Each file carries them: another digest would turn every field into an edit."""
    assert fingerprint(None) == ""
    assert fingerprint("a") == fingerprint(Bare("a")) == body_fingerprint("a") == "QzkRxu"
    assert fingerprint(["é"]) == "hYckQa"
    assert fingerprint({"b": "1", "a": ["x"]}) == fingerprint({"a": ["x"], "b": "1"}) == "IXoG7q"
    assert fingerprints({"f": "a"}, b"x\n") == {"f": "QzkRxu", "body": "CnZR-C"}


def test_lists_and_maps_are_compared_by_value():
    fields = {"tags": ["a", "b"], "headlines": [{"title": "x", "link": "y"}]}
    written = fingerprints(fields, b"b")
    plan = merge(
        {"tags": ["a", "b"], "headlines": [{"link": "y", "title": "x"}]}, "b", fields, "b", written
    )
    assert not plan.changes and not plan.kept
    assert managed(fields, {"tags"}) == {"headlines": fields["headlines"]}
