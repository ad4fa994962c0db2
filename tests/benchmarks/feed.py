"""Write feeds of any size, in Google's shape, with headlines in nine scripts that share words."""

from __future__ import annotations

import base64
import random
from datetime import timedelta
from typing import TYPE_CHECKING

from newsimport.source.protobuf import to_base64url, write_fields
from tests.stream import START, Row, feed, item

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Words of the headlines of one story: how they are joined, and the words.
_TONGUES = {
    "en": (" ", "harbour ferry council votes strike night bridge repairs water law budget rail deal school roof storm coast museum loan doctors union early retirement fishing quota islands airport noise appeal judge orders inquiry"),
    "fr": (" ", "Évreux grève des éboueurs dès lundi la préfète s’inquiète forêt brûlée réouverture du musée après dégâts côte océan pêche"),
    "de": (" ", "Straßenbahn in Münster fällt aus Bürgermeister prüft größere Brücke Übergang gesperrt Wärmenetz Förderung für Städte"),
    "pl": (" ", "Łódź rada miasta głosuje nad żeglugą późną nocą most znów zamknięty śnieg opóźnia pociągi związkowcy ogłaszają"),
    "el": (" ", "λιμάνι απεργία γέφυρα πλοίο δήμαρχος νέος νόμος για το νερό καθυστερήσεις στα τρένα μουσείο"),
    "ru": (" ", "порт снова закрыт паром мост городской совет голосует за бюджет шторм побережье музей поезд"),
    "ar": (" ", "الميناء يغلق العبارة المجلس يصوت على قانون المياه الجسر الجديد المتحف القطار العاصفة"),
    "hi": (" ", "बंदरगाह फिर खुला नौका पुल परिषद ने मतदान किया पानी कानून रेल समझौता संग्रहालय"),
    "ja": ("", "港町 連絡船 存続 を 議会 が 可決 橋 再開 大雪 で 列車 遅れ 美術館 修復 水道"),
    "ko": (" ", "항구 여객선 운항 재개 시의회 다리 보수 예산 통과 폭설 열차 지연 박물관"),
}  # fmt: skip
# Most feeds are of one language; two thirds of these headlines are English.
_SHARES = [*["en"] * 18, *_TONGUES]
_PLACES = "Arlen Bistrow Calder Dunmore Esk Farrow Galt Harrow Inver Jura Kell Lorne".split()
_FRAMES = ("{}",) * 8 + ("“{}”", "{}?", "{} – live", "‘{}’, says mayor", "{}: Q&A", "It's {}")
_PUBLISHERS = "The Herald;Kurier & Co;Morning-Post;ABC - North;Le Relais;Northern Wire;Daily Lantern;Isle & Strait;Gazeta Łąki;Η Ακτή;Портовый вестник;صحيفة المرفأ;तट समाचार;港湾新聞;항구일보;Tidewater <Post>;O'Hara's Paper;Channel 6".split(
    ";"
)
_SIZES = (1, 2, 3, 4, 5, 5, 5, 5, 5, 6, 7, 9)


# Bytes of the secret part of an article's id: as long as Google's, or short enough for a file name.
LONG, SHORT = (90, 120, 120, 150, 210), (30,)


def _row(r: random.Random, tongue: str, core: list[str], ids: tuple[int, ...]) -> Row:
    """An article on a story: the story's own words among others, and an id."""
    joint, words = _TONGUES[tongue]
    said = core + r.choices(words.split(), k=r.randint(2, 8))
    r.shuffle(said)
    title = r.choice(_FRAMES).format(joint.join(said))
    secret = b"AU_yqL" + base64.urlsafe_b64encode(r.randbytes(r.choice(ids)))
    return Row(
        to_base64url(write_fields((1, 19), (4, secret))),
        title[:1].upper() + title[1:],
        r.choice(_PUBLISHERS),
    )


def items(count: int, ids: tuple[int, ...] = LONG) -> Iterator[str]:
    """Yield so many items, the newest first, always the same."""
    r = random.Random(8)
    published = START
    for _ in range(count):
        tongue = r.choice(_SHARES)
        core = [r.choice(_PLACES), *r.choices(_TONGUES[tongue][1].split(), k=2)]
        published -= timedelta(seconds=r.randint(20, 3000))
        yield item([_row(r, tongue, core, ids) for _ in range(r.choice(_SIZES))], published)


def write_feed(path: Path, count: int, ids: tuple[int, ...] = LONG) -> None:
    """Write a feed of so many items to a file, without holding it in memory."""
    head, tail = feed([]).split(b"</channel>")
    with path.open("wb") as file:
        file.write(head)
        file.writelines(one.encode() for one in items(count, ids))
        file.write(b"</channel>" + tail)
