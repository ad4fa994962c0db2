"""A line and a few lines that say what a story is and who tells it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsimport.models import Headline
from newsimport.story import genres, phrasebook, summary
from newsimport.story.english import OF_GENRE
from newsimport.story.lines import read
from newsimport.story.summary import shorten


def describe(rows: tuple[Headline, ...], language: str) -> str:
    return summary.describe(rows, language)[0]


def summarize(rows: tuple[Headline, ...], language: str) -> str:
    return summary.describe(rows, language)[1]


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


@pytest.mark.parametrize("language", phrasebook.WORDINGS)
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
    assert len(phrasebook.WORDINGS) >= 20
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


@pytest.mark.parametrize(
    "row",
    [
        "Who let Bergen flood? | Ada Byrne | The Daily Tide",
        "Bergen deserves better ferries | Ada Byrne | The Daily Tide",
        "I was on the ferry that ran aground | Evening Star",
        "Ferries keep running aground. Here’s why | Evening Star",
        "Ferry aground: what now? A harbour in five charts | Evening Star",
        "Running aground: 7 things to know of ferries | Evening Star",
        "Ferry aground, live: harbour closed | Live | Evening Star",
    ],
)
def test_essays_explainers_and_columns_are_not_told_beside_news(row):
    (other,) = cluster(row)
    names = dict.fromkeys([other.publisher, "The Daily Tide"])
    assert summarize((FERRY[0], other, FERRY[2]), "en") == (
        "Norwegian ferry runs aground near Bergen, 40 rescued. "
        "Captain blames faulty radar for harbour accident near Bergen. "
        f"Also covered by {' and '.join(names)}."
    )


@pytest.mark.parametrize(
    ("row", "language", "told"),
    [
        ("EU sues ferry line over Bergen | A", "en", "EU sues ferry line over Bergen."),
        ("‘I saw it sink’: Bergen mourns | A", "en", "‘I saw it sink’: Bergen mourns."),
        ("Photos: Ferry sinks off Bergen | A", "en", "Ferry sinks off Bergen."),
        ("Ferry line sinks off Bergen | Norway | A", "en", "Ferry line sinks off Bergen."),
        ("Tide News | Ferry sinks off old Bergen | Tide", "en", "Ferry sinks off old Bergen."),
        ("Ich war auf der Fähre | A", "de", "Ich war auf der Fähre."),
    ],
)
def test_news_is_told_in_its_own_words(row, language, told):
    assert summarize(cluster(row), language) == told


def test_a_column_is_described_without_its_author():
    rows = cluster("Who let Bergen flood? | Ada Byrne | A", "Bergen under water | B")
    assert describe(rows, "en") == "Who let Bergen flood? Also covered by B."


def test_the_summary_begins_with_the_lead_and_goes_on_with_what_is_nearest():
    rows = cluster(
        "Ferry runs aground near Bergen | A",
        "A poet remembers the age of steam ferries | B",
        "Captain of ferry aground near Bergen blames radar fault | C",
        "Radar fault blamed for ferry accident near Bergen | D",
    )
    assert summarize(rows, "en") == (
        "Ferry runs aground near Bergen. Radar fault blamed for ferry accident near Bergen. "
        "A poet remembers the age of steam ferries. Also covered by B, C and D."
    )


def test_what_most_of_a_headline_says_already_is_not_told_again():
    rows = cluster(
        "Ferry overtakes tram as Bergen's busiest line | A",
        "Ferry set to overtake tram — and, yes, bus — and become Bergen's busiest line soon | B",
    )
    assert summarize(rows, "en") == (
        "Ferry overtakes tram as Bergen's busiest line. Also covered by B."
    )


def test_a_publisher_is_named_without_where_it_is_printed():
    rows = (*cluster("Ferry sinks | A"), Headline("Ferry lost", "", "Tide | Inkstack"))
    assert describe(rows, "en") == "Ferry sinks. Also covered by Tide."


HEADED = (
    "{}: Ferries collide off Bergen", "Ferries collide off Bergen | {}", "[{}] Ferries collide",
    "5 {} about the ferries of Bergen", "{} ferries collide off Bergen", "Ferries and {} in Bergen",
)  # fmt: skip


@pytest.mark.parametrize("language", [*sorted(genres.ONESELF), "ja", "zh", "ko", "ru", "ar", "tr"])
def test_a_word_of_a_genre_shows_that_it_may_be_one(language):
    """What spares most headlines the look at their genre spares none that has one."""
    words = genres.OPINION | genres.LIVE | genres.LISTED | genres.ASKS
    words |= genres.ONESELF.get(language, frozenset()) | {"here's why", "5"}
    for word in words:
        for said in (word, word.title(), word.upper()):
            for title in (form.format(said) for form in HEADED):
                [line], tongue, _ = read([Headline(title, "https://example.com/a", "A")], language)
                told = summary._is_news(line, tongue)
                line.tells |= OF_GENRE
                assert told == summary._is_news(line, tongue), title
