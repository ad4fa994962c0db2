"""Front matter: what is written reads back, what is spliced leaves the rest as it was."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsimport.models import Bare, Single
from newsimport.site.frontmatter import FrontMatterError, nest, parse_time, read, write
from newsimport.site.quoting import quote, yaml_key
from newsimport.site.splice import splice
from newsimport.site.wording import inert

TEXT = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=60)
# Names that YAML takes for something else are quoted: see test_quoting.
NAME = st.from_regex(r"[a-z][a-z_]{0,9}", fullmatch=True).filter(
    lambda name: yaml_key(name) == name
)
VALUE = st.one_of(
    TEXT,
    st.lists(TEXT, min_size=1, max_size=4),
    st.lists(st.dictionaries(NAME, TEXT, min_size=1, max_size=3), min_size=1, max_size=3),
    st.dictionaries(NAME, TEXT, min_size=1, max_size=3),
)


def written(fields, body, form="yaml", *, spaced=()):
    """Return a new file as text."""
    return write(fields, body.encode(), form, spaced=spaced).decode()


@given(st.dictionaries(NAME, VALUE, max_size=6), TEXT, st.sampled_from(["yaml", "toml", "json"]))
@settings(deadline=None, max_examples=100)
def test_what_is_written_reads_back_equal(fields, body, form):
    text = written(fields, body, form)
    document = read(text)
    assert document.format == form
    assert document.fields == fields
    assert document.before + document.head + document.after + document.body == text
    assert document.body == body


@given(st.text(max_size=80))
def test_a_quoted_string_is_one_line_for_every_parser(text):
    quoted = quote(text.encode("utf-8", "replace").decode())
    assert "\n" not in quoted and "\r" not in quoted
    assert quoted[0] == quoted[-1] == '"'


@pytest.mark.parametrize(
    "text",
    ["12:30", "no", "1e3", "~", "null", "- a", "a: b", "a # b", "'", '"', "\\", "\\n", "%", "@", "`", "{{ x }}",
     "\x07", "\x85", "\u2028", "\ufeff", "🚀", "\U0001f3f4\U000e0067", "---", "trailing ", " leading", "", "é" * 500],
)  # fmt: skip
def test_traps_of_yaml_read_back(text):
    assert read(written({"title": text, "tags": [text]}, "")).fields == {
        "title": text,
        "tags": [text],
    }


def test_bare_and_single_quoted_scalars():
    text = written(
        {"date": Bare("2026-01-02"), "link": Single("it's"), "x": Single("a\x07b")},
        "",
        spaced={"link"},
    )
    assert text == "---\ndate: 2026-01-02\n\nlink: 'it''s'\nx: \"a\\x07b\"\n---\n"


def test_inert_text_makes_no_element_and_no_link():
    assert inert("<b>[x](javascript:y)![z][w]") == "‹b›[x] (javascript:y)! [z] [w]"
    assert (
        inert("Kim's “heroic” troops & co: $5bn [video]")
        == "Kim's “heroic” troops & co: $5bn [video]"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it has no front matter"),
        ("no front matter", "it has no front matter"),
        ("---\nnever: ends\n", "it has no front matter"),
        ("---\na: b\ntitle: [a\n---\n", r"its front matter is not valid YAML \(line \d\)"),
        ("---\n- a\n---\n", "its front matter is not a list of fields"),
        ("---\na: 1\na: 2\n---\n", "its front matter has a field twice, or one without a name"),
        ("---\n? [a]\n: 2\n---\n", "its front matter has a field twice, or one without a name"),
        ("---\na: &a\n  b: *a\n---\n", "its front matter contains itself"),
        ("+++\na = \n+++\n", "its front matter is not valid TOML: .*line 1"),
        ('{"a": }', "its front matter is not valid JSON: .*line 1"),
        ('{"a": ' * 100_000, "its front matter is not valid JSON: "),
    ],
    ids=lambda text: repr(text)[:30],
)  # fmt: skip
def test_the_user_reads_what_is_wrong_and_where(text, said):
    with pytest.raises(FrontMatterError, match=f"^{said}") as raised:
        read(text)
    assert raised.value.kind == "front-matter"


def test_the_line_that_is_named_is_the_files():
    with pytest.raises(FrontMatterError, match=r"\(line 4\)$"):
        read('---\na: b\nc: d\ne: "\\q"\n---\n')


AT = datetime(2026, 1, 2, 8, 35, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026-01-02T08:35:05Z", AT),
        ("2026-01-02 08:35:05 +0000", AT),
        ("2026-01-02 10:35:05 +0200", AT),
        ("2026-01-02 03:35:05 -0500", AT),
        ("2026-01-02T08:35:05", AT),
        (Bare("2026-01-02"), datetime(2026, 1, 2, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
        (None, None),
        (["2026-01-02"], None),
    ],
)
def test_times_of_both_generators(text, when):
    assert parse_time(text) == when
    assert when is None or parse_time(text).tzinfo


# ---------------------------------------------------------------- the three formats

DEEP = {
    "title": "a",
    "params.source.url": "u",
    "draft": Bare("false"),
    "none": [],
    "nothing": {},
    "tags": ["x", "y"],
    "lists": [["a", "b"], []],
    "rows": [{"t": "1", "more": {"k": "v"}}, {"t": "2", "each": [{"id": "3"}]}],
    "mixed": ["m", {"k": "v", "l": "w"}, {}],
    "params.last": "z",
}


def test_a_document_in_yaml():
    assert written(DEEP, "body\n", spaced={"tags"}) == (
        '---\ntitle: "a"\nparams:\n  source:\n    url: "u"\n  last: "z"\ndraft: false\nnone: []\n'
        'nothing: {}\n\ntags:\n- "x"\n- "y"\nlists:\n- - "a"\n  - "b"\n- []\nrows:\n- t: "1"\n'
        '  more:\n    k: "v"\n- t: "2"\n  each:\n  - id: "3"\nmixed:\n- "m"\n- k: "v"\n  l: "w"\n- {}\n---\nbody\n'
    )


def test_a_document_in_toml():
    assert written(DEEP, "body\n", "toml") == (
        '+++\ntitle = "a"\ndraft = false\nnone = []\nnothing = {}\ntags = ["x", "y"]\n'
        'lists = [["a", "b"], []]\nmixed = ["m", {k = "v", l = "w"}, {}]\n\n[params]\nlast = "z"\n\n'
        '[params.source]\nurl = "u"\n\n[[rows]]\nt = "1"\n\n[rows.more]\nk = "v"\n\n'
        '[[rows]]\nt = "2"\n\n[[rows.each]]\nid = "3"\n+++\nbody\n'
    )


def test_a_document_in_json():
    assert written(DEEP, "body\n", "json") == (
        '{\n  "title": "a",\n  "params": {\n    "source": {\n      "url": "u"\n    },\n    "last": "z"\n'
        '  },\n  "draft": false,\n  "none": [],\n  "nothing": {},\n  "tags": ["x", "y"],\n  "lists": [\n'
        '    ["a", "b"],\n    []\n  ],\n  "rows": [\n    {\n      "t": "1",\n      "more": {\n'
        '        "k": "v"\n      }\n    },\n    {\n      "t": "2",\n      "each": [\n        {\n'
        '          "id": "3"\n        }\n      ]\n    }\n  ],\n  "mixed": [\n    "m",\n    {\n'
        '      "k": "v",\n      "l": "w"\n    },\n    {}\n  ]\n}\nbody\n'
    )


@pytest.mark.parametrize("form", ["yaml", "toml", "json"])
def test_a_deep_document_reads_back_equal(form):
    assert read(written(DEEP, "body\n", form)).fields == nest(DEEP)


def test_a_place_is_no_field_and_map_at_once():
    with pytest.raises(AssertionError, match=r"^a\.b is a field and a map"):
        nest({"a": "x", "a.b": "y"})


NATIVE = {
    "t": "true",
    "f": "false",
    "n": "3",
    "x": "1.5",
    "u": "2026-01-02T08:35:05Z",
    "z": "2026-01-02T08:35:05+02:00",
    "d": "2026-01-02",
    "deep": {"list": ["true", {"k": "1"}]},
}


def test_values_of_toml_are_compared_as_the_text_that_stands_for_them():
    text = """+++
t = true
f = false
n = 3
x = 1.5
u = 2026-01-02T08:35:05+00:00
z = 2026-01-02T08:35:05+02:00
d = 2026-01-02
[deep]
list = [true, {k = 1}]
+++
"""
    for document in (read(text), read(text.replace("\n", "\r\n"))):
        assert document.fields == NATIVE
        assert document.root is None


def test_values_of_json_are_compared_as_the_text_that_stands_for_them():
    text = """{"t": true, "f": false, "n": 3, "x": 1.5, "u": "2026-01-02T08:35:05Z",
    "z": "2026-01-02T08:35:05+02:00", "d": "2026-01-02", "deep": {"list": [true, {"k": 1}]},
    "none": null}"""
    document = read("\ufeff" + text + "\r\n\nbody {}\r\n")
    assert document.fields == NATIVE | {"none": ""}
    assert (document.format, document.before, document.head) == ("json", "\ufeff", text)
    # One line end is the front matter's: blank lines are the body's, which an update replaces.
    assert (document.after, document.body) == ("\r\n", "\nbody {}\r\n")
    assert document.newline == "\r\n"


def test_values_of_yaml_are_the_text_that_stands_for_them():
    text = """---
a: ~
b: null
c: "null"
d: '~'
e: no
1: 2
m: {}
n: {k: [1, "x"]}
o:
p: &x [y]
q: *x
r: []
...
body
"""
    document = read(text)
    assert document.fields == {
        "a": "", "b": "", "c": "null", "d": "~", "e": "no", "1": "2", "m": {},
        "n": {"k": ["1", "x"]}, "o": "", "p": ["y"], "q": ["y"], "r": [],
    }  # fmt: skip
    assert (document.after, document.body, document.newline) == ("...\n", "body\n", "\n")


def test_an_anchor_that_is_used_again_is_the_users_own_matter():
    assert read("---\na: &x 1\nb: &x 2\nc: *x\n---\n").fields == {"a": "1", "b": "2", "c": "2"}


@pytest.mark.parametrize("text", ["---\n---\n", "---\n# only a remark\n---\n", "+++\n+++\n", "{}"])
def test_front_matter_may_be_empty(text):
    assert read(text).fields == {}


# ---------------------------------------------------------------- splicing

EDITED = """---
# my own remark
title: 'Mine'   # why I changed it
draft: true
tags:
  - "one"   # the first
  # about two
  - two
description: >-
  folded
  text

summary: |
  block
# last words
flow: [a, b]
none:
---
Body stays.
"""


def spliced(text, changes, order=(), body=None):
    return splice(read(text), changes, list(order), body)


def test_a_scalar_changes_alone():
    assert spliced(EDITED, {"title": "New"}) == EDITED.replace("'Mine'", '"New"')


def test_a_list_keeps_its_indent_comments_and_the_items_that_stay():
    after = spliced(EDITED, {"tags": ["two", "three"]})
    assert '  # about two\n  - two\n  - "three"\ndescription' in after
    assert after.replace('  # about two\n  - two\n  - "three"\n', "") == EDITED.replace(
        '  - "one"   # the first\n  # about two\n  - two\n', ""
    )


def test_an_emptied_list_keeps_its_comments():
    after = spliced(EDITED, {"tags": []})
    assert "tags: []\n  # about two\ndescription" in after
    assert read(after).fields["tags"] == []


@pytest.mark.parametrize("name", ["description", "summary", "flow", "none"])
def test_other_spellings_of_a_value_are_replaced_whole(name):
    value = ["x"] if name == "flow" else "x"
    after = spliced(EDITED, {name: value})
    fields = read(after).fields
    assert fields[name] == value
    assert {k: v for k, v in fields.items() if k != name} == {
        k: v for k, v in read(EDITED).fields.items() if k != name
    }
    assert "# last words\n" in after and "# my own remark\n" in after


def test_new_fields_stand_behind_their_predecessors():
    after = spliced(
        EDITED,
        {"image": "i", "lastmod": Bare("2026-01-01")},
        ["title", "lastmod", "image", "draft"],
    )
    assert 'it\nlastmod: 2026-01-01\nimage: "i"\ndraft: true\n' in after


def test_crlf_and_a_byte_order_mark_stay():
    text = "\ufeff" + EDITED.replace("\n", "\r\n")
    after = spliced(text, {"tags": ["x"], "new": "y"}, body="a\nb\n")
    assert after.startswith("\ufeff---\r\n") and after.endswith("---\r\na\r\nb\r\n")
    assert "\n" not in after.replace("\r\n", "")


def test_toml_and_json_are_spliced_too():
    toml = '+++\n# mine\ntitle = "a"\ntags = ["x"] # here\n[params]\nk = 1\n+++\nbody\n'
    after = spliced(toml, {"title": "b", "tags": ["y", "z"]})
    assert after == toml.replace('"a"', '"b"').replace('["x"]', '["y", "z"]')
    json = '{\n  "title": "a",\n  "n": {"title": 1},\n  "tags": ["x"]\n}\n\nbody\n'
    after = spliced(json, {"title": "b", "new": ["y"]})
    assert after == json.replace('"a"', '"b"').replace('["x"]', '["x"],\n  "new": ["y"]')


@given(st.dictionaries(NAME, VALUE, min_size=1, max_size=6), st.data())
@settings(deadline=None, max_examples=60)
def test_a_splice_reads_back_as_the_old_fields_with_the_changes(fields, data):
    names = data.draw(
        st.lists(st.sampled_from([*fields, "added", "lastmod"]), unique=True, max_size=4)
    )
    changes = {name: data.draw(VALUE) for name in names}
    text = written(fields, "the body")
    after = spliced(text, changes, [*fields, "added", "lastmod"])
    assert read(after).fields == fields | changes
    assert read(after).body == "the body"
    if set(changes) <= set(fields):
        assert after == written(fields | changes, "the body")


# ---------------------------------------------------------------- our own form, read fast


def reference(head):
    """What ruamel.yaml makes of it, or None when it cannot be read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsimport.site.canonical.compose", lambda _head: None)
        try:
            return read(f"---\n{head}---\n")
        except FrontMatterError:
            return None


def places(node):
    """All that reading and splicing look at in a node."""
    if node.id == "scalar":
        return (
            node.start_mark.index,
            node.end_mark.index,
            node.start_mark.line,
            node.style in {"|", ">"},
        )
    children = [x for pair in node.value for x in (pair if isinstance(pair, tuple) else (pair,))]
    column = node.start_mark.column if node.id == "sequence" else 0
    return (node.id, column, bool(node.flow_style), [places(child) for child in children])


LINES = st.lists(
    st.sampled_from(
        ["a: b", "a:", 'b: "x"', "c: 'it''s'", "- x", '- "y\\"z"', "- k: v", "  k: v", '  l: "w"', "", "d: []", "- []",
         "e: 2026-01-02 08:35:05 +0000", "f: null", "g: a: b", "h: x #y", "# c", "i:  two", "- - x", "  - x", 'j: "\\n"', "k: true", "-", "l: 'a", "m: {}", "n: a b", "o: 12:30"]
    ),
    max_size=8,
)  # fmt: skip


@given(LINES, st.sampled_from(["\n", "\r\n"]))
@settings(deadline=None, max_examples=400)
def test_our_own_form_is_read_as_ruamel_yaml_reads_it(lines, newline):
    from newsimport.site import canonical

    head = "".join(line + newline for line in lines)
    ours = canonical.compose(head)
    if ours is None or not head.strip():
        return
    theirs = reference(head)
    assert theirs is not None
    assert read(f"---\n{head}---\n").fields == theirs.fields
    assert places(ours) == places(theirs.root)


@given(st.dictionaries(NAME, VALUE, min_size=1, max_size=6))
@settings(deadline=None, max_examples=100)
def test_what_we_write_of_ordinary_text_is_in_our_own_form(fields):
    from newsimport.site import canonical

    text = written(fields, "")
    head = text.removeprefix("---\n").removesuffix("---\n")
    ours = canonical.compose(head)
    if ours is None:
        # only for what quoting had to escape
        # or for a name that a parser would take for a boolean
        assert re.search(r"\\[^\"\\]|^ *(- )?\"", head, re.MULTILINE)
    else:
        assert places(ours) == places(reference(head).root)
