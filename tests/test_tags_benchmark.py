"""How good the tags are, and what they cost: clusters and gold tags of our own, in 8 languages.

Prints its figures (pytest -s). A gold tag is a list of spellings, parted by "/".
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from newsimport.models import Headline
from newsimport.story.tags import choose_tags, tag_key

if TYPE_CHECKING:
    from types import FrameType

# Language, the headlines ("title | publisher"), the gold tags. Every event is invented.
CLUSTERS = [
    (
        "en",
        """
Volcano near Reykjavik erupts for third time this year | Northern Herald
Iceland volcano: thousands flee Grindavik as lava nears | City Wire
Lava Reaches Edge of Grindavik as Iceland's Volcano Erupts Again | The Evening Ledger
Flights diverted after eruption close to Icelandic capital | Skyline Today
""",
        "Iceland; Grindavik; volcano; lava; Reykjavik",
    ),
    (
        "en",
        """
Maria Castellano wins mayoral race in Springfield | The Plainsman
Springfield elects Castellano, its first woman mayor | Radio Ten
What Maria Castellano's victory means for Springfield's schools | Civic Post
Castellano Defeats Doyle in Springfield Mayoral Race | Daily Lantern
""",
        "Maria Castellano/Castellano; Springfield; mayoral race/mayor",
    ),
    (
        "en",
        """
Halden Motors recalls 90,000 electric vans over battery fires | Wheel & Road
Battery fires force Halden Motors to recall electric vans | Market Hour
Halden recall: what owners of the Vela van should know | Consumer Desk
Shares of Halden Motors fall 8% after Vela recall | Ticker Tape
""",
        "Halden Motors/Halden; recall; battery fires; electric vans; Vela",
    ),
    (
        "de",
        """
Brand in Raffinerie bei Rostock: Hafen gesperrt | Küstenblatt
Großfeuer legt Hafen von Rostock lahm | Tagespost
Rostock: Feuerwehr bekämpft Brand in Raffinerie | Nordfunk
Nach dem Großfeuer in Rostock: Ministerin Petra Lindholm kündigt Prüfung an | Morgenkurier
""",
        "Rostock; Brand/Großfeuer; Raffinerie; Hafen; Petra Lindholm",
    ),
    (
        "de",
        """
Französische Bahn bestellt 50 Züge bei Siemens | Wirtschaftsbote
Siemens erhält Großauftrag aus Frankreich | Börsenblick
Frankreich kauft Züge von Siemens: Werk in Krefeld jubelt | Rheinische Woche
""",
        "Siemens; Frankreich; Züge; Großauftrag; Krefeld",
    ),
    (
        "es",
        """
Un terremoto de magnitud 6,4 sacude el norte de Chile | El Faro Diario
Chile: terremoto en Antofagasta deja tres heridos | Radio Andes
Antofagasta amanece sin luz tras el terremoto | La Voz del Puerto
El presidente chileno viaja a Antofagasta tras el sismo | Correo Sur
""",
        "Chile; terremoto/sismo; Antofagasta",
    ),
    (
        "es",
        """
Lucía Ferreiro gana el Premio Nadal con una novela sobre el mar | Letras Hoy
El Premio Nadal corona a Lucía Ferreiro | Gaceta de Norte
Lucía Ferreiro: "Escribí la novela en un faro" | Cultura Viva
""",
        "Lucía Ferreiro; Premio Nadal; novela",
    ),
    (
        "fr",
        """
Incendie dans le port de Marseille : deux blessés | La Dépêche du Quai
Marseille : un incendie ravage un entrepôt du port | Radio Calanque
Au port de Marseille, les pompiers maîtrisent l'incendie | Le Phare
""",
        "Marseille; incendie; port/port de Marseille",
    ),
    (
        "fr",
        """
L'Espagne bat l'Italie et file en finale | Sport Matin
Espagne-Italie : Diego Marín offre la finale aux Espagnols | Le Ballon
Diego Marín, héros de l'Espagne face à l'Italie | Tribune du Stade
""",
        "Espagne; Italie; Diego Marín; finale",
    ),
    (
        "pt",
        """
Enchentes em Porto Alegre deixam mil desabrigados | Folha do Sul
Porto Alegre: enchentes fecham aeroporto Salgado Filho | Rádio Guaíba Nova
Aeroporto Salgado Filho reabre após enchentes | Diário Gaúcho Novo
Governo do Brasil envia ajuda a Porto Alegre | Correio Central
""",
        "Porto Alegre; enchentes; aeroporto Salgado Filho/Salgado Filho; Brasil",
    ),
    (
        "pt",
        """
Benfica vence o Porto com golo de Rui Tavares | Bola Nova
Rui Tavares decide clássico: Benfica 1, Porto 0 | Jornal do Estádio
Clássico: Benfica bate Porto na Luz | A Voz Desportiva
""",
        "Benfica; Porto; Rui Tavares; clássico",
    ),
    (
        "ja",
        """
北海道で震度5強の地震、津波の心配なし 気象庁 | 北斗新聞
北海道で地震 震度5強 新幹線が一時停止 | 列島通信
気象庁「余震に注意」 北海道の地震で会見 | みなとテレビ
""",
        "北海道; 地震; 気象庁; 新幹線",
    ),
    (
        "ja",
        """
アオバ自動車、インドに電池工場を新設へ | 経産日報
インドで電池生産 アオバ自動車が工場 | 東西通信
アオバ自動車の電池工場、インド南部に | 車と暮らし
""",
        "アオバ自動車/アオバ; インド; 電池工場/電池",
    ),
    (
        "ko",
        """
한빛전자, 베트남에 반도체 공장 짓는다 | 새벽일보
한빛전자 베트남 공장 착공…반도체 투자 확대 | 경제나루
베트남 총리, 한빛전자 회장 만나 반도체 협력 논의 | 푸른뉴스
""",
        "한빛전자; 베트남; 반도체; 공장",
    ),
    (
        "ko",
        """
제주 산불 이틀째…주민 300명 대피 | 한라신문
제주 산불 진화율 80%, 헬기 20대 투입 | 바람방송
산불에 제주 공항 결항 속출 | 하늘뉴스
""",
        "제주; 산불; 제주 산불",
    ),
    (
        "ar",
        """
فيضانات في السودان تشرد آلاف الأسر | صحيفة النهر
السودان: فيضانات النيل تغمر الخرطوم | قناة الضفة
الخرطوم تستغيث بعد فيضانات النيل | وكالة الأفق
""",
        "السودان; فيضانات; الخرطوم; النيل/فيضانات النيل",
    ),
    (
        "ar",
        """
مصر تفتتح المتحف الكبير قرب الأهرامات | جريدة الوادي
المتحف الكبير في مصر يستقبل أول زواره | بوابة الفنون
زوار المتحف الكبير: يوم لا ينسى في مصر | مجلة السفر
""",
        "مصر; المتحف الكبير; الأهرامات",
    ),
]


def _read(rows: str) -> tuple[Headline, ...]:
    parted = (row.rpartition(" | ") for row in rows.strip().splitlines())
    return tuple(Headline(title, "", publisher) for title, _, publisher in parted)


def _f1(tags: tuple[str, ...], gold: list[set[str]]) -> float:
    hits = sum(any(tag_key(tag) in spellings for tag in tags) for spellings in gold)
    right = sum(any(tag_key(tag) in spellings for spellings in gold) for tag in tags)
    if not hits:
        return 0.0
    precision, recall = right / len(tags), hits / len(gold)
    return 2 * precision * recall / (precision + recall)


def _scores() -> dict[str, list[float]]:
    scores: dict[str, list[float]] = {}
    for language, rows, wanted in CLUSTERS:
        gold = [{tag_key(one.strip()) for one in tag.split("/")} for tag in wanted.split(";")]
        scores.setdefault(language, []).append(_f1(choose_tags(_read(rows), language), gold))
    return scores


def test_tags_reach_the_floor_in_each_language():
    means = {language: statistics.mean(found) for language, found in _scores().items()}
    print("\n" + "  ".join(f"{language} {100 * mean:.0f}" for language, mean in means.items()))
    assert len(means) == 8
    assert statistics.mean(means.values()) >= 0.85
    assert min(means.values()) >= 0.7


def _speed(markup: str) -> float:
    """Time other work of the same kind: 1 is the machine the budget is set for, 2 half as fast.

    Reading a list of headlines with BeautifulSoup runs as much of the interpreter over as much
    memory, so that a neighbour who takes the caches slows it as much as the choosing of tags.
    """
    began = time.process_time()
    BeautifulSoup(markup, "html.parser")
    return (time.process_time() - began) / 1.1e-3


def _stories() -> list[tuple[Headline, ...]]:
    rows = _read(CLUSTERS[0][1]) + _read(CLUSTERS[1][1]) + _read(CLUSTERS[2][1])
    return [rows[at : at + 5] for at in range(len(rows) - 5)]


# One event each, in scripts that write no spaces between words.
UNSPACED = {
    "th": """
ชาวบ้านริมแม่น้ำอพยพหลังเขื่อนดินแตกกลางดึก | ข่าวลุ่มน้ำ
เขื่อนดินแตกน้ำท่วมหมู่บ้านริมแม่น้ำนับร้อยหลัง | วิทยุชาวนา
ผู้ว่าฯสั่งอพยพชาวบ้านหลังน้ำท่วมหมู่บ้านริมแม่น้ำ | หนังสือพิมพ์รุ่งอรุณ
ทหารช่วยชาวบ้านติดบนหลังคาหลังเขื่อนดินแตก | ช่องสายฝน
กรมอุตุเตือนฝนตกหนักซ้ำพื้นที่น้ำท่วมริมแม่น้ำ | เมฆวันนี้
""",
    "zh": """
河口新桥通车首日车流超过十万辆交警提醒错峰出行 | 江岸晚报
河口新桥正式通车两岸居民步行上桥庆祝 | 渡口新闻
新桥通车后渡轮停航老船长最后一次过江 | 船家周刊
两岸居民盼二十年河口新桥终于通车 | 河口电台
交警提醒河口新桥通车首日实行单双号限行 | 路况快报
""",
}


def _as_written(rows: tuple[Headline, ...]) -> tuple[Headline, ...]:
    return rows


def _copied(rows: tuple[Headline, ...]) -> tuple[Headline, ...]:
    return tuple([row._replace(title=rows[0].title) for row in rows])


def _nearly_copied(rows: tuple[Headline, ...]) -> tuple[Headline, ...]:
    return tuple([row._replace(title=rows[0].title + row.title[:2]) for row in rows])


def _steps(language: str, stories: list[tuple[Headline, ...]]) -> float:
    """Return how many steps of the interpreter a story takes: no load changes that."""
    count = 0

    def trace(frame: FrameType, event: str, _argument: object) -> object:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        for story in stories:
            choose_tags(story, language)
    finally:
        sys.settrace(before)
    return count / len(stories)


@pytest.mark.parametrize("language", ["en", ""])
def test_a_story_of_five_headlines_takes_few_steps(language):
    for story in _stories():
        choose_tags(story, language)
    steps = _steps(language, _stories())
    print(f"\n{language or 'no language'}: {steps:.0f} steps a story")
    # 25,000 steps are 0.2 ms on the machine that the budget of 0.3 ms is set for.
    assert 1_000 < steps < 32_000


@pytest.mark.parametrize("dressed", [_as_written, _copied, _nearly_copied])
@pytest.mark.parametrize("language", [*UNSPACED])
def test_a_story_without_spaces_takes_few_more_steps_than_an_english_one(language, dressed):
    # A Thai word is longest, and its syllables may be cut anywhere: each part of each headline
    # read would be 13 times an English story, and 3 times in Chinese.
    most = {"th": 5, "zh": 2.5}[language]
    rows = _read(UNSPACED[language])
    # Each row leads once: what was read last is known, and read no second time.
    leads = [dressed(rows[at:] + rows[:at]) for at in range(len(rows))]
    for tongue, stories in ((language, leads), ("en", _stories())):
        for story in stories:
            assert choose_tags(story, tongue)
    steps, plain = _steps(language, leads), _steps("en", _stories())
    print(f"\n{language}, {dressed.__name__}: {steps:.0f} steps a story, {plain:.0f} in English")
    assert 1_000 < steps < most * plain


@pytest.mark.parametrize("language", ["en", ""])
def test_a_story_of_five_headlines_costs_a_third_of_a_millisecond(language):
    stories = _stories()
    assert all(len(story) == 5 and choose_tags(story, language) for story in stories)
    markup = "".join(f"<li><a href='/'>{row.title}</a></li>" for story in stories for row in story)
    costs, speeds = [], []
    # The quickest of many rounds, of the stories and of the measure alike: load disturbs some
    # rounds, and a measure that was once disturbed excuses no story.
    for _ in range(40):
        speeds.append(_speed(markup))
        began = time.process_time()
        for story in stories:
            choose_tags(story, language)
        costs.append((time.process_time() - began) / len(stories))
    cost = min(costs) / max(1.0, min(speeds))
    print(
        f"\n{language or 'no language'}: {1000 * cost:.3f} ms a story, the machine {min(speeds):.2f}"
    )
    assert cost < 0.0003
