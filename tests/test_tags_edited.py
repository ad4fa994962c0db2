"""What editors mended in tags: names that were split, halves of phrases, verbs, bylines, tails."""

from __future__ import annotations

import pytest

from newsimport.story.tags import choose_tags, explain_tags

from .test_tags import cluster

MENDED = {
    "a columnist's byline": (
        ("Is Elkford safe? | Ada Byrne | A", "Leak in Elkford | B"),
        {"Elkford"},
        {"Ada Byrne"},
    ),
    "two columnists": (
        ("Pull it down | Ada Byrne and Jo van der Berg | A", "Dam leaks in Elkford | B"),
        {"Elkford"},
        {"Ada Byrne", "Jo van der Berg"},
    ),
    "a section that others speak of is a subject": (
        ("Dam leaks for a third day | Elkford Valley | A", "Elkford Valley in fear | B"),
        {"Elkford Valley"},
        set(),
    ),
    "a masthead before a headline": (
        ("Tide News | Clara Voss opens new dam at Elkford | Tide", "Voss in Elkford | B"),
        {"Elkford", "Clara Voss"},
        {"Tide News", "Tide"},
    ),
    "first and last name alone": (
        (
            "Voss opens the dam | A",
            "Happy new year, Clara? | B",
            "Clara Voss under fire | C",
            "Why Voss stays calm | D",
            "What Clara Voss says | E",
        ),
        {"Clara Voss"},
        {"Clara", "Voss"},
    ),
    "a first name that is a word": (
        ("PM Mark Oberon flies to Oslo | A", "Mark Oberon in Oslo | B", "Oslo greets Oberon | C"),
        {"Mark Oberon", "Oslo"},
        {"Oberon", "Mark"},
    ),
    "a quality before a people": (
        ("Incoming Danish leader vows reform | A", "Danish leader meets unions | B"),
        {"Denmark"},
        {"Incoming Danish", "Incoming"},
    ),
    "a compound before a place": (
        ("Drought-hit Kenya prays for rain | A", "Kenya waits for rain | B"),
        {"Kenya"},
        {"Drought-hit Kenya"},
    ),
    "a country's city": (
        (
            "Ferry sinks off Norway's Bergen | A",
            "Storm wrecks Norway's Bergen | B",
            "Bergen counts losses | C",
        ),
        {"Bergen", "Norway"},
        {"Norway's Bergen"},
    ),
    "what a country does": (
        (
            "Norway fires missiles over fjord | A",
            "Norway fires missiles again | B",
            "Missiles: Norway speaks | C",
        ),
        {"Norway", "missiles"},
        {"fires missiles", "Norway fires"},
    ),
    "what a country does to a number": (
        ("Norway releases 18 sailors | A", "Norway releases 18 held sailors | B"),
        {"Norway", "sailors"},
        {"Norway releases 18"},
    ),
    "a plural and its verb": (
        (
            "Thieves drill into vault | A",
            "Thieves drill vault in Bergen | B",
            "Vault thieves flee | C",
        ),
        {"thieves"},
        {"thieves drill"},
    ),
    "a phrase that one headline shows to be none of a verb": (
        (
            "Purple storm warning issued for Bergen | A",
            "Storm warnings in Bergen | B",
            "Storm warning lifted | C",
        ),
        {"storm warning", "Bergen"},
        {"storm"},
    ),
    "particles": (
        ("Karim Abd El Nour jailed | A", "Court jails Abd el-Nour | B", "Abd el-Nour speaks | C"),
        {"Karim Abd El Nour"},
        {"Abd", "Abd el-Nour"},
    ),
    "a title where others say the name": (
        ("Pope Linus prays for rain | A", "The pope prays | B", "Pope in tears over drought | C"),
        {"Pope Linus"},
        {"pope", "Pope"},
    ),
    "a day with a name": (
        ("Mauve Friday sales soar | A", "Shops rue Mauve Friday | B", "Is Mauve Friday over? | C"),
        {"Mauve Friday"},
        {"Mauve", "Friday"},
    ),
    "a day without a name": (
        ("Stocks slip Tuesday in Oslo | A", "Oslo stocks fell Tuesday | B"),
        {"Oslo"},
        {"Tuesday", "slip Tuesday"},
    ),
    "an honorific that is half of a name": (
        ("General Turbines sacks 900 | A", "Jobs go at General Turbines | B"),
        {"General Turbines"},
        {"Turbines"},
    ),
    "an honorific that is none": (
        ("General Oberon resigns | A", "Oberon steps down | B", "Why General Oberon quit | C"),
        {"Oberon"},
        {"General Oberon"},
    ),
    "an office within a run of capitals": (
        (
            "Bergen Mayor Kari Solheim Faces Anger Over Flood | A",
            "Bergen mayor Kari Solheim in tears | B",
        ),
        {"Bergen", "Kari Solheim"},
        {"Bergen Mayor Kari Solheim"},
    ),
    "a country in a name": (
        ("French Regatta won by Solheim | A", "Solheim takes French Regatta | B"),
        {"French Regatta"},
        {"France"},
    ),
    "a country in a name and out of it": (
        ("French Regatta won by Solheim | A", "France sees a French Regatta in rain | B"),
        {"French Regatta", "France"},
        set(),
    ),
    "a part of a place is another place": (
        (
            "Flu in Texas grows | A",
            "Texas flu tops 400 cases | B",
            "Texas needs help | C",
            "Child dies in West Texas | D",
        ),
        {"Texas"},
        {"West Texas"},
    ),
    "a version": (
        (
            "Orbix Phone 9 is thin | A",
            "Hands on the Orbix Phone 9 | B",
            "Why the Orbix Phone 9 costs more | C",
            "Orbix Phone gets a rival | D",
        ),
        {"Orbix Phone 9"},
        {"Orbix Phone"},
    ),
    "a country has one name": (
        ("Britons flee the rain | A", "Britain is wet | B"),
        {"UK"},
        {"Britain", "United Kingdom"},
    ),
    "a short Title Case name in a plain sentence": (
        (
            "Prime Minister Mark Oberon visits Oslo | A",
            "Danish Prime Minister Mark Oberon in Oslo for talks | B",
        ),
        {"Mark Oberon", "Oslo"},
        {"Oberon"},
    ),
    "a capital and its country": (
        ("Blasts in Danish capital Orrby | A", "Danish capital Orrby burns | B", "Orrby calm | C"),
        {"Orrby", "Denmark"},
        {"Danish capital Orrby"},
    ),
    "of is not always a link": (
        ("Ban deprives Japan of Zetalin | A", "Zetalin ban stuns Japan | B"),
        {"Japan", "Zetalin"},
        {"Japan of Zetalin"},
    ),
    "a middle name": (
        ("Ada Lovell Byrne mourns | A", "Ada Byrne in tears | B", "Why Ada Lovell Byrne quit | C"),
        {"Ada Lovell Byrne"},
        {"Ada Byrne", "Byrne"},
    ),
    "either side of the Atlantic": (
        ("The theatre of Orrby reopens | A", "Reopened: a theater in Orrby | B"),
        {"Orrby", "theater"},
        {"theatre"},
    ),
    "a part of an office": (
        ("Voss names Defence Minister Solheim | A", "New Defense Minister for Voss | B"),
        {"Voss"},
        {"Defence", "Defense", "Defence Minister", "Defense Minister"},
    ),
    "a paper with the name of its country": (
        ("Grim winter explains Danish anger | Denmark Herald | A", "Danish anger grows | B"),
        {"Denmark"},
        {"Denmark Herald", "Herald"},
    ),
    "a pope and his number": (
        (
            "Pope Linus prays for rain | A",
            "Rain comes for Pope Linus XIV | B",
            "Pope Linus XIV | C",
        ),
        {"Pope Linus XIV"},
        {"Pope Linus"},
    ),
    "what somebody says": (
        ("‘Drier than me’: Bergen jokes about rain | A", "Rain in Bergen | B"),
        {"Bergen"},
        {"Drier than me"},
    ),
    "a word in quotes that opens": (
        ("‘Extraordinary’ rain in Bergen | A", "Bergen under water | B"),
        {"Bergen"},
        {"Extraordinary"},
    ),
    "a list of anything": (
        ("Norway joins list of countries with visas | A", "On the list of countries: Norway | B"),
        {"Norway"},
        {"list of countries"},
    ),
    "a publisher by its initials": (
        ("Norway floods again - BHP | The Bergen Harbour Post", "BHP: Floods in Norway | B"),
        {"Norway"},
        {"BHP"},
    ),
    "a quality of names": (
        ("A Holy Week begins in Orrby | A", "The Holy Gate of Orrby opens | B", "Holy men | C"),
        {"Orrby"},
        {"Holy"},
    ),
    "a country beside a name": (
        ("Media Hail US Oberon Move | A", "Oberon in Oslo | B", "Why Oberon flew to Oslo | C"),
        {"Oberon", "Oslo"},
        {"US Oberon"},
    ),
    "a saying in quotes is no work": (
        ("An ‘Avoidable Mishap’: How Bergen Flooded Again | A", "Bergen floods | B"),
        {"Bergen"},
        {"Avoidable Mishap"},
    ),
}


@pytest.mark.parametrize("fault", MENDED)
def test_what_an_editor_would_not_print(fault):
    rows, wanted, unwanted = MENDED[fault]
    tags = choose_tags(cluster(*rows), "en")
    assert set(tags) >= wanted
    assert not unwanted & set(tags)


ELSEWHERE = {
    "a genitive": (
        "de",
        ("Norwegens Stromnetz wankt | A", "Stromnetz: Norwegen friert | B"),
        {"Norwegen", "Stromnetz"},
        {"Norwegens", "Norwegens Stromnetz"},
    ),
    "a name that opens": ("de", ("Solheim eröffnet Werk in Bergen | A",), {"Solheim"}, set()),
    "a weak noun": (
        "de",
        ("Ein Drittel der Fähren in Bergen rostet | A",),
        {"Bergen"},
        {"Drittel"},
    ),
    "a verb that opens": (
        "es",
        ("Muere Clara Vossa, pionera del faro | A",),
        {"Clara Vossa"},
        {"Muere Clara Vossa"},
    ),
    "a participle": ("es", ("Detenido un capitán en Bergen | A",), {"Bergen"}, {"Detenido"}),
    "a noun by its ending": (
        "es",
        ("Confesión en Bergen por el faro | A",),
        {"Bergen"},
        {"Confesión"},
    ),
    "an article": ("es", ("Tres barcos llegan a La Mareta | A",), {"La Mareta"}, {"Mareta"}),
    "a preposition": (
        "es",
        ("Recado de Solheim al Atleti | A",),
        {"Atleti"},
        {"Solheim al Atleti"},
    ),
    "a name and its verb": (
        "pt",
        ("Vossa sanciona lei do farol | A", "Farol: Vossa sanciona projeto | B"),
        {"Vossa", "farol"},
        {"Vossa sanciona", "sanciona"},
    ),
    "a phrase with an article": (
        "fr",
        ("Réforme des phares : le débat | A", "Vossart défend la réforme des phares | B"),
        {"réforme des phares"},
        {"réforme", "phares"},
    ),
    "a quality that opens": (
        "de",
        ("Schwerer Sturm tobt über Elkfurt | A", "Sturm in Elkfurt | B"),
        {"Sturm", "Elkfurt"},
        {"Schwerer Sturm"},
    ),
    "a club": (
        "de",
        ("Der FC Elkfurt siegt beim FC Harbach | A", "FC Harbach verliert gegen Elkfurt | B"),
        {"FC Harbach"},
        {"FC"},
    ),
    "a country's short name in Arabic": (
        "ar",
        ("السعودية تعلن فتح الميناء | A", "ميناء في السعودية | B"),
        {"السعودية"},
        {"المملكة العربية السعودية", "تعلن"},
    ),
    "a paper's name in Japanese": (
        "ja",
        ("港で火災、船員避難：海風新聞 Web | 甲", "港の火災で船員避難（海風テレビ） | 乙"),
        {"火災"},
        {"Web", "テレビ", "新聞"},
    ),
    "a section in Japanese": (
        "ja",
        (
            "カモメ号が座礁、船員救助へ｜社会｜地域のニュース | 甲",
            "カモメ号座礁、船員無事 | 市況 | 乙",
        ),
        {"カモメ"},
        {"ニュース", "社会", "市況"},
    ),
    "one name of a country in Japanese": (
        "ja",
        ("アメリカが港を封鎖 | 甲", "米国、港の封鎖を発表 | 乙"),
        {"アメリカ"},
        {"アメリカ合衆国", "米国"},
    ),
}


@pytest.mark.parametrize("fault", ELSEWHERE)
def test_what_no_editor_would_print_elsewhere(fault):
    language, rows, wanted, unwanted = ELSEWHERE[fault]
    tags = choose_tags(cluster(*rows), language)
    assert set(tags) >= wanted
    assert not unwanted & set(tags)


def test_a_story_has_three_tags_if_its_headlines_prove_names():
    rows = cluster("The ferry sinks | A", "A ferry sinks near Bergen | B", "Oslo sends divers | C")
    assert set(choose_tags(rows, "en")) >= {"ferry", "Bergen"}
    assert "UP" not in choose_tags(cluster("Ferry sinks | A", "Ferry is a UP ship | B"), "en")


def test_what_fell_says_why():
    rows, _, _ = MENDED["a country in a name"]
    why = {one.text: one.why for one in explain_tags(cluster(*rows), "en")}
    assert why["France"] == "only within French Regatta"
    rows, _, _ = MENDED["particles"]
    why = {one.text: one.why for one in explain_tags(cluster(*rows), "en")}
    assert why["Abd"] == "a part of names"
