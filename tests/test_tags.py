"""What an editor would call a story, chosen from its headlines alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsimport.models import Headline
from newsimport.story import cutting
from newsimport.story.kickers import is_kicker, publisher_key
from newsimport.story.tags import Candidate, TagRules, choose_tags, explain_tags, tag_key


def cluster(*rows: str) -> tuple[Headline, ...]:
    """Make headlines of "title | publisher" rows."""
    parted = [row.rpartition(" | ") for row in rows]
    return tuple(
        Headline(title, f"https://news.example/{n}", publisher)
        for n, (title, _, publisher) in enumerate(parted)
    )


HARBOUR = cluster(
    "Norwegian ferry runs aground near Bergen, 40 rescued | Harbour Post",
    "Rescue crews free ferry stranded off Bergen | The Daily Tide",
    "Norway ferry accident: Captain Ingrid Solheim blames faulty radar | Coastline News",
    "Ferry Captain Ingrid Solheim Questioned After Bergen Grounding | Evening Star",
)


def test_names_and_shared_subjects_become_tags():
    assert set(choose_tags(HARBOUR, "en-US")) >= {"Bergen", "ferry", "Norway", "Ingrid Solheim"}


def test_a_demonym_counts_for_its_country():
    rows = cluster(
        "Peruvian glacier retreats again | A", "Glacier in Peru loses a tenth of its ice | B"
    )
    assert "Peru" in choose_tags(rows, "en")
    assert "Peruvian" not in choose_tags(rows, "en")


def test_abbreviations_become_the_country():
    rows = cluster(
        "U.S. and Kenya sign port deal | A", "Kenya port pact with US signed in Mombasa | B"
    )
    assert set(choose_tags(rows, "en")) >= {"United States", "Kenya"}
    assert choose_tags(cluster("Tell us about your trip | A", "Join us today | B"), "en") == ()


def test_a_short_name_joins_its_long_form():
    rows = cluster(
        "Minister Clara Voss resigns over bridge collapse | A",
        "Voss steps down after bridge report | B",
        "Who will follow Clara Voss? | C",
    )
    tags = choose_tags(rows, "en")
    assert "Clara Voss" in tags
    assert "Voss" not in tags


@pytest.mark.parametrize("variant", ["Min-ho", "Min Ho", "Min-Ho"])
def test_spellings_of_one_name_are_one_tag(variant):
    rows = cluster(
        f"Park {variant} wins chess title in Oslo | A",
        "Park Min Ho takes Oslo chess crown | B",
        "Chess: Park Min Ho triumphs | C",
    )
    tags = choose_tags(rows, "en")
    assert [tag_key(tag) for tag in tags].count("park min ho") == 1


def test_initials_join_the_name_they_stand_for():
    rows = cluster(
        "Global Tide Institute warns of higher floods | A",
        "Floods to double, says GTI | B",
        "The Global Tide Institute and its critics | C",
    )
    tags = choose_tags(rows, "en")
    assert "Global Tide Institute" in tags
    assert "GTI" not in tags


def test_a_quoted_title_is_a_tag():
    rows = cluster(
        "'The Salt Orchard' opens to long queues | A",
        "Review: ‘The Salt Orchard’ is a quiet triumph | B",
        "Director of “The Salt Orchard” on her second film | C",
    )
    assert "The Salt Orchard" in choose_tags(rows, "en")


def test_a_title_begins_where_a_word_may():
    inches = cluster(
        'Nordvik 65" Aurelia and 55" Corvina screens on sale in Bergen | A',
        'Nordvik 65" Aurelia and 55" Corvina screens return to Bergen shops | B',
    )
    assert not any("and" in tag.split() for tag in choose_tags(inches, "en"))
    dashed = cluster(
        "Harbour bill passed—“Long Haul” for dockers in Bergen | A",
        "Harbour bill is law in Bergen | B",
    )
    assert "Long Haul" not in choose_tags(dashed, "en")


@pytest.mark.parametrize("language", ["ja", "zh", "en", ""])
@pytest.mark.parametrize(
    "title", ["雨の街・・・", "・・・雨の街", "雨・・・街", "・・", "街 ・・ フェリー"]
)
def test_dots_that_trail_off_are_no_word(title, language):
    tags = choose_tags(cluster(f"{title} | A", f"{title} フェリー欠航 | B"), language)
    assert not any(tag.startswith("・") or tag.endswith("・") for tag in tags)


def test_near_copies_do_not_outvote_two_independent_headlines():
    copies = [
        f"Senator Doyle opposes the dam project in Elkford valley | Paper {n}" for n in range(4)
    ]
    rows = cluster(
        *copies, "Elkford braces for vote on water | X", "Elkford farmers march for water | Y"
    )
    assert choose_tags(rows, "en")[0] == "Elkford"


def test_publishers_kickers_and_weekdays_are_no_tags():
    rows = cluster(
        "Exclusive: Harbour Post reporter freed on Monday | Harbour Post",
        "LIVE: Reporter of Harbour Post freed Monday | Tide",
        "Opinion | What the Harbour Post case tells us - Tide | Tide",
    )
    assert not {tag_key(tag) for tag in choose_tags(rows, "en")} & {
        "harbour post",
        "tide",
        "monday",
        "exclusive",
        "live",
        "opinion",
    }


def test_a_publishers_domain_does_not_forbid_a_city():
    rows = cluster(
        "Tram crash in Oslo injures six | oslo.no",
        "Oslo tram derails at rush hour | B",
        "Six hurt as tram leaves rails in Oslo | C",
    )
    assert "Oslo" in choose_tags(rows, "en")


@pytest.mark.parametrize(
    ("language", "rows", "wanted"),
    [
        (
            "ja",
            (
                "トヨタ、福岡に電池工場を建設へ | 甲新聞",
                "福岡に新工場 トヨタが電池生産 | 乙通信",
                "電池工場の建設地は福岡 トヨタ社長が会見 | 丙テレビ",
            ),
            {"トヨタ", "福岡"},
        ),
        (
            "ko",
            (
                "현대차, 울산에 배터리 공장을 짓는다 | 가나일보",
                "울산 배터리 공장 착공…현대차 투자 확대 | 다라신문",
                "현대차가 울산에 공장 | 마바뉴스",
            ),
            {"현대차", "울산"},
        ),
        (
            "zh-CN",
            (
                "重庆发布暴雨红色预警 | 甲报",
                "暴雨袭击重庆 地铁停运 | 乙网",
                "重庆地铁因暴雨停运 | 丙台",
            ),
            {"重庆", "暴雨"},
        ),
        (
            "ar",
            (
                "زلزال يضرب المغرب قرب مراكش | أ",
                "المغرب: زلزال قرب مراكش | ب",
                "هزة أرضية في مراكش | ج",
            ),
            {"المغرب", "مراكش"},
        ),
        (
            "de",
            (
                "Russische Raketen treffen Odessa | A",
                "Odessa nach russischem Angriff ohne Strom | B",
            ),
            {"Russland", "Odessa"},
        ),
        (
            "fr",
            ("L'Italie ferme le port de Gênes | A", "Gênes : le port italien reste fermé | B"),
            {"Italie", "Gênes"},
        ),
        (
            "es",
            ("El presidente chileno visita Valparaíso | A", "Chile: incendio en Valparaíso | B"),
            {"Chile", "Valparaíso"},
        ),
    ],
)
def test_each_script_has_its_way(language, rows, wanted):
    assert set(choose_tags(cluster(*rows), language)) >= wanted


@pytest.mark.parametrize(
    ("rows", "wanted", "unwanted"),
    [
        # A last name as another desk writes it.
        (
            (
                "Vadym Korolenkko opens dam | A",
                "Korolenko at the dam | B",
                "Dam: Korolenko speaks | C",
            ),
            "Vadym Korolenkko",
            {"Korolenko"},
        ),
        # Surnames that stand first.
        (
            (
                "Park Min Ho visits Oslo | A",
                "Oslo greets Korea's Park | B",
                "In Oslo, Park speaks | C",
            ),
            "Park Min Ho",
            {"Park"},
        ),
        (
            ("Blackout hits Hamburg | A", "Hamburgers ask why | B", "Hamburg lights up again | C"),
            "Hamburg",
            {"Hamburgers"},
        ),
        (
            (
                "Judge stops plan | A",
                "US judge rules on plan | B",
                "US judge speaks | C",
                "Judge in doubt | D",
            ),
            "judge",
            {"US judge"},
        ),
        # A noun that needs company, in company.
        (
            ("Health care costs soar | A", "Who pays for health care? | B", "Health first | C"),
            "health care",
            {"health"},
        ),
        (
            ("Kenya rail deal ends at the Great Lakes | A", "Lake Victoria rail deal signed | B"),
            "rail deal",
            {"Lake", "Lakes"},
        ),
        (
            ("FACTBOX-Dam of Elkford | A", "UPDATE 2-Elkford dam breaks | B"),
            "Elkford",
            {"FACTBOX-Dam", "UPDATE"},
        ),
        # In another language than the feed's.
        (
            (
                "Thaw in Elkford | A",
                "جسر في الخرطوم | B",
                "مطار في الخرطوم | C",
                "и снова Омск и Тверь | D",
            ),
            "الخرطوم",
            {"في", "и"},
        ),
        (
            ("Flut im März in Elkford | A", "März: Elkford trocknet | B"),
            "Elkford",
            {"März"},
        ),
    ],
)
def test_what_an_editor_would_mend(rows, wanted, unwanted):
    tags = choose_tags(cluster(*rows), "en")
    assert wanted in tags
    assert not unwanted & set(tags)


def test_japanese_words_keep_their_ends():
    rows = cluster(
        "大雪で高速道路の通行止め続く | 甲",
        "通行止めは午後まで 大雪の影響 | 乙",
        "大雪、通行止めに困惑 | 丙",
    )
    tags = choose_tags(rows, "ja")
    assert "通行止め" in tags
    assert "通行止" not in tags
    rows = cluster("日経平均が続伸 | 甲", "続伸の日経平均、高値 | 乙", "日経平均 3日ぶり高値 | 丙")
    assert choose_tags(rows, "ja")[0] == "日経平均"


def test_a_lone_headline_has_its_names():
    assert choose_tags(cluster("Comet that Vera Lindqvist found passes over Chile | A"), "en")[
        :2
    ] == ("Vera Lindqvist", "Chile")


def test_nothing_to_say_is_no_tag():
    assert choose_tags((), "en") == ()
    assert choose_tags(cluster(" | A", "??? | B"), "en") == ()


def test_the_users_hand():
    rules = TagRules(
        aliases={"Bergen": "Bergen (Norway)"},
        stop=("FERRY",),
        always=("Shipping",),
        limit=3,
    )
    tags = choose_tags(HARBOUR, "en", rules=rules)
    assert tags[0] == "Shipping"
    assert "Bergen (Norway)" in tags
    assert "ferry" not in tags
    assert len(tags) == 3
    assert choose_tags(HARBOUR, "en", rules=TagRules(none=True)) == ()


def test_a_tag_keeps_the_sites_spelling():
    assert "BERGEN" in choose_tags(HARBOUR, "en", known={tag_key("Bergen"): "BERGEN"})
    assert tag_key("Kim Jong-un") == tag_key("KIM JONG UN") == "kim jong un"


def test_every_candidate_is_explained():
    explained = explain_tags(HARBOUR, "en")
    assert tuple(one.text for one in explained if one.kept) == choose_tags(HARBOUR, "en")
    assert all(isinstance(one, Candidate) and one.why for one in explained)
    ferry = next(one for one in explained if one.text == "ferry")
    assert ferry.headlines == 4


WORDS = st.sampled_from(
    "Kim Un Putin Monday Exclusive LIVE the of Russia russian U.S. 'Dune' Opinion | : - 2026 $5 Reuters Paris Hilton Saint-Denis 東京 "
    "トヨタ 서울에서 المغرب d'Ivoire Москва Яндекс Watch women's x".split()
)
TITLES = st.one_of(st.lists(WORDS, max_size=12).map(" ".join), st.text(max_size=60))
PUBLISHERS = st.sampled_from(["Reuters", "The Monday", "Paris Match", "kim.com", "", "東京新聞"])
CLUSTERS = st.lists(
    st.builds(Headline, TITLES, st.just("https://a.example/"), PUBLISHERS), max_size=7
).map(tuple)
LANGUAGES = st.sampled_from(
    ["en-US", "de", "fr", "es-419", "ja", "ko", "zh-TW", "ar", "th", "ru", "", "xx"]
)
WEEKDAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}


@given(CLUSTERS, LANGUAGES)
@settings(max_examples=300, deadline=None)
def test_what_no_tag_ever_is(rows, language):
    tags = choose_tags(rows, language)
    assert len(tags) <= 5
    assert len({tag_key(tag) for tag in tags}) == len(tags)
    names = {publisher_key(row.publisher) for row in rows if "." not in row.publisher}
    for tag in tags:
        assert publisher_key(tag) not in names - {""}
        assert tag_key(tag) not in WEEKDAYS
        assert not is_kicker(tag)
        assert len(tag) > 1 or ord(tag) > 0x2E80
        assert tag == tag.strip()


@given(CLUSTERS.filter(len), st.randoms(use_true_random=False), LANGUAGES)
@settings(max_examples=300, deadline=None)
def test_the_order_below_the_lead_changes_no_tag(rows, random, language):
    below = list(rows[1:])
    random.shuffle(below)
    assert set(choose_tags((rows[0], *below), language)) == set(choose_tags(rows, language))


@pytest.mark.parametrize(
    "hostile",
    [
        "a",
        "A ",
        "'",
        "‘a",
        "a-",
        "A-B",
        "U.",
        "東",
        "สวัสดี",
        "|",
        " | ",
        "[",
        "é́",
        "1 ",
        "가나 ",
        "ال",
        "\u0301",
        "''s ",
        "（あ",
        "x | Aa, ",
        "Black Friday ",
        "General ",
        "Norway fires ",
    ],
)
def test_a_hostile_headline_costs_no_more_than_a_long_one(hostile):
    rows = [Headline(hostile * (10_000 // len(hostile)), "", hostile) for _ in range(5)]
    began = time.process_time()  # seconds of this process, whatever else the machine does
    choose_tags(rows, "en")
    choose_tags(rows, "")
    assert time.process_time() - began < 1.0


def test_a_headline_without_blanks_is_not_kept_as_a_word_is() -> None:
    parts = cutting._parts_of("xx")
    cutting.cut(" ".join(["ferry", *(f"{n}," + "a,б," * 100 for n in range(50))]), "xx")
    assert list(parts) == ["ferry"]
