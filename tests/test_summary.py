"""A line and a few lines that say what a story is and who tells it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsimport.models import Headline
from newsimport.story import phrasebook
from newsimport.story.summary import describe, shorten, summarize


def cluster(*rows: str) -> tuple[Headline, ...]:
    parted = [row.rpartition(" | ") for row in rows]
    return tuple(
        Headline(title, f"https://news.example/{n}", publisher)
        for n, (title, _, publisher) in enumerate(parted)
    )


FERRY = cluster(
    "Norwegian ferry runs aground near Bergen, 40 rescued | Harbour Post",
    "Ferry from Norway runs aground near Bergen; 40 rescued | Coastline News",
    "Captain blames faulty radar for harbour accident near Bergen | The Daily Tide",
    "Why do ferries keep running aground? | Evening Star",
    "Opinion | Bergen deserves safer ferries than this one | The Daily Tide",
)


def test_the_description_is_the_lead_and_who_else_covers_it():
    assert describe(FERRY, "en-US") == (
        "Norwegian ferry runs aground near Bergen, 40 rescued. Also covered by Coastline News, The Daily Tide and Evening Star."
    )


def test_a_lone_headline_describes_itself():
    assert describe(FERRY[:1], "en") == "Norwegian ferry runs aground near Bergen, 40 rescued."


def test_names_that_do_not_fit_are_left_out():
    rows = (
        Headline("x" * 100, "", "A"),
        *(Headline("y", "", f"Publisher number {n}") for n in range(5)),
    )
    text = describe(rows, "en")
    assert len(text) <= 160
    assert text.endswith("Also covered by Publisher number 0 and Publisher number 1.")


def test_a_long_lead_is_cut_at_a_word():
    text = describe((Headline("harbour " * 40, "", "A"),), "en")
    assert text.endswith("harbour…")
    assert len(text) <= 160


def test_the_summary_leaves_out_copies_questions_and_opinion():
    assert summarize(FERRY, "en") == (
        "Norwegian ferry runs aground near Bergen, 40 rescued. Captain blames faulty radar for harbour accident near Bergen. "
        "Also covered by Coastline News, The Daily Tide and Evening Star."
    )


def test_opinion_is_told_when_there_is_nothing_else():
    assert summarize(FERRY[4:], "en").startswith("Opinion | Bergen deserves")


def test_a_lead_repeating_its_publisher_is_told_without_it():
    assert (
        describe(cluster("Harbour reopens - Harbour Post | Harbour Post", "Harbour open | B"), "en")
        == "Harbour reopens. Also covered by B."
    )


@pytest.mark.parametrize("language", phrasebook.languages())
def test_each_wording_names_everyone_in_order(language):
    text = phrasebook.also_covered_by(("Reuters", "Le Monde", "朝日新聞"), language)
    assert text.index("Reuters") < text.index("Le Monde") < text.index("朝日新聞")
    assert "{" not in text
    assert phrasebook.also_covered_by(("Reuters",), language).count("Reuters") == 1


@pytest.mark.parametrize(
    ("language", "names", "end"),
    [
        ("es", ("El Faro", "Idea"), "El Faro e Idea."),
        ("es", ("El Faro", "Hilo"), "El Faro e Hilo."),
        ("es", ("El Faro", "Marea"), "El Faro y Marea."),
        ("it", ("Il Molo", "Eco"), "Il Molo ed Eco."),
        ("it", ("Il Molo", "La Riva"), "Il Molo e La Riva."),
    ],
)
def test_and_changes_before_its_own_sound(language, names, end):
    assert phrasebook.also_covered_by(names, language).endswith(end)


def test_at_least_twenty_languages_and_names_alone_for_the_rest():
    assert len(phrasebook.languages()) >= 20
    assert phrasebook.also_covered_by(("A", "B"), "xx") == "A, B."
    assert phrasebook.also_covered_by((), "en") == ""


@pytest.mark.parametrize(
    ("language", "end"),
    [
        ("ja", "Bも報じています。"),
        ("de-AT", "Weitere Berichte: B."),
        ("es-419", "También lo publica B."),
        ("zh-TW", "B也有報導。"),
        ("pt-BR", "Também noticiado por B."),
    ],
)
def test_the_feeds_language_is_spoken(language, end):
    assert describe((Headline("x", "", "A"), Headline("y", "", "B")), language).endswith(end)


ROWS = st.lists(
    st.builds(Headline, st.text(max_size=200), st.just(""), st.text(max_size=20)), max_size=7
).map(tuple)


@given(ROWS, st.sampled_from(["en", "ja", "ar", "th", "", "xx-YY"]))
@settings(max_examples=300, deadline=None)
def test_any_cluster_has_a_description_of_160_characters_at_most(rows, language):
    assert len(describe(rows, language)) <= 160
    summarize(rows, language)


@given(st.text(max_size=300), st.integers(2, 160))
def test_what_is_cut_is_a_beginning(text, longest):
    cut = shorten(text, longest)
    assert len(cut) <= longest
    assert text.startswith(cut.removesuffix("…"))
