"""What a story's file is called never meets what a generator or a file system means by a name."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsimport.site import slug as slugs
from newsimport.site.layout import make_layout
from newsimport.site.profiles import PROFILES
from newsimport.site.slug import MAX_SLUG_BYTES, make_slug, make_slug_in_script

from .feeds import START, Row, article, item, lone, rss
from .hostile_strings import STRINGS
from .test_layout import Folder

# Hugo's section pages, names that Windows keeps, what hides a file, what leads elsewhere.
TRAPS = ("index", "_index", "INDEX", "Index!", "con", "NUL", "com1", "..", ".", ".hidden", "#hash", "🚀")  # fmt: skip


@pytest.mark.parametrize("title", [*TRAPS, *STRINGS], ids=lambda title: repr(title)[:30])
def test_a_slug_is_short_plain_and_no_name_of_another_meaning(title: str) -> None:
    slug = make_slug(title)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
    assert len(slug.encode()) <= MAX_SLUG_BYTES


@given(st.text())
def test_any_title_gives_such_a_slug(title: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", make_slug(title))


@pytest.mark.parametrize("site", PROFILES)
def test_files_of_such_titles_are_all_there_and_apart(site: str, tmp_path: Path) -> None:
    folder = Folder(tmp_path, site=site)
    titles = (*TRAPS, "Abc def", "abc DEF", "ABC-def")
    rows = [Row(title, "Paper", article(f"t{n}")) for n, title in enumerate(titles)]
    items = "".join(item(row, lone(row), guid=f"g{n}") for n, row in enumerate(rows))
    actions = folder.run(rss(items))
    assert actions == ["created"] * len(titles)
    names = [path.relative_to(folder.out).as_posix() for path in folder.out.rglob("*.md")]
    # Also where a file system, or an address, knows no case.
    assert len({name.casefold() for name in names}) == len(titles)
    layout = make_layout(PROFILES[site])
    bare = re.escape(layout.file_name("SLUG", START)).replace("SLUG", "(?P<slug>.+)")
    for name in names:
        found = re.fullmatch(bare, name)
        assert found, name
        assert not name.startswith((".", "#", "_"))
        assert found["slug"] not in {"index", "con", "nul", "com1"}
    for word in ("index", "con", "nul", "com1"):
        assert re.search(rf"\b{word}-[a-z2-7]{{8}}\b", " ".join(names)), names


@settings(deadline=None)  # the first to come loads slugify
@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=200))
@example('It\'s 1, 2,000 & 3 - "so" (they) say_')
@example("Q&A; AT&T &amp; &b &; &#; &#x41; &#65;")
@example("Q&A: AT&T, S&P 500 & more; &c")
@example("x" * 80 + " y")
@example("x" * 79 + " y")
@example("x" * 100)
@example("a-" * 60)
def test_plain_titles_have_the_slugs_that_slugify_gives(title):
    if slugs._PLAIN.fullmatch(title):
        assert slugs.slug_plain(title) == slugs.slug_any(title)
    assert make_slug(title) == slugs.slug_any(title)


@settings(deadline=None)
@given(st.text(max_size=200))
@example("Trump’s ‘plan’ – 1,’2 and 3，4… “so”")
@example(
    "\u0623\u0633\u0639\u0627\u0631 \u0627\u0644\u0631\u0626\u064a\u0633 \u0623\u0652\u0654\u0323\u0655"
)
@example("\u0626\u0301\u0654 \u0654\u0301 \u1e69\u0654\u0323")
@example("שָׁלוֹם مُحَمَّد Ünïcödé ﬁ ½ Привет 日本 한국")
@example("a\u0301\u0323 \u0323\u0301 &amp; ＆amp; &#39;")
def test_titles_that_are_spelled_in_ascii_have_the_slugs_that_slugify_gives(title):
    plain = slugs.spell(title)
    if slugs._PLAIN.fullmatch(plain) and not title.isascii():
        assert slugs.slug_plain(plain) == slugs.slug_any(title)


def test_each_character_is_spelled_as_slugify_spells_it():
    for code in (*range(0x80, 0x3400), *range(0xF900, 0x10000)):
        title = f"a{chr(code)}b 1{chr(code)}2"
        if slugs._PLAIN.fullmatch(plain := slugs.spell(title)):
            assert slugs.slug_plain(plain) == slugs.slug_any(title), hex(code)


# ---------------------------------------------------------------- in the title's own script


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("हिन्दी समाचार में नई योजना", "हिन्दी-समाचार-में-नई-योजना"),
        ("ประเทศไทย: ข่าว", "ประเทศไทย-ข่าว"),
        ("Москва: Путин’s plan", "москва-путинs-plan"),
        ("日本、台風で「被害」拡大", "日本-台風で-被害-拡大"),
        ("می\u200cخواهم خبر", "می-خواهم-خبر"),
        ("ΚΌΣΜΟΣ, Straße & İstanbul", "κόσμος-straße-istanbul"),
        ("ＦＵＬＬ １,０００ ｶﾞ", "full-1000-ガ"),
        ("Cafe\u0301 1\ufe0f\u20e3 ❤\ufe0f \u0301", "café-1"),
        ("It's R&amp;D", "it-s-r-d"),
        ("🚀", ""),
        ("Index!", "index"),
    ],
)
def test_clause_15_a_slug_may_keep_its_titles_script(title: str, slug: str) -> None:
    assert make_slug_in_script(title) == slug


@given(st.text() | st.text("aAİıßΣςσ\u0301\u0307\u0323\u200d' -.&#ガｶﾞक्षि"))
@example("\u0301" * 40)
@example("е\u0301" * 60)
@example("日" * 40)
@example("日" * 26 + " 日本")
def test_such_a_slug_is_short_seen_and_the_same_again(title: str) -> None:
    slug = make_slug_in_script(title)
    assert len(slug.encode()) <= MAX_SLUG_BYTES
    assert slug.isprintable()
    assert slug == slug.lower() == normalize("NFC", slug)
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert all(any(map(str.isalnum, word)) for word in slug.split("-") if slug)
    assert not set(slug) & set("/\\.:*?\"<>|'&#% ")


@pytest.mark.parametrize("site", PROFILES)
def test_files_of_any_script_are_all_there_and_apart(site: str, tmp_path: Path) -> None:
    folder = Folder(tmp_path, site=site, unicode_slugs=True)
    titles = ("Κόσμος", "κόσμοσ", "Straße", "strasse", "नई", "日" * 40, "日" * 41, "🚀")
    rows = [Row(title, "Paper", article(f"t{n}")) for n, title in enumerate(titles)]
    items = "".join(item(row, lone(row), guid=f"g{n}") for n, row in enumerate(rows))
    assert folder.run(rss(items)) == ["created"] * len(titles)
    names = {path.name for path in folder.out.rglob("*.md")}
    # Also where a file system folds the case of letters as far as Unicode knows one.
    assert len({name.casefold() for name in names}) == len(titles)
    assert max(len(name.encode()) for name in names) < 120
    assert any("κόσμος" in name for name in names)
    assert folder.run(rss(items)) == ["unchanged"] * len(titles)
