"""Tell what can be a tag of a site at all: no publisher, no day, no kicker, no stray letter."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from newsimport.records import NamedTuple
from newsimport.story.kickers import is_kicker, publisher_keys
from newsimport.story.letters import HAN, fold, fold_table, script_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

# Months, but for those that are names or words as well ("May", "Mars").
_MONTHS = """
january february april june july september october november december jan feb apr jun jul aug sep
sept oct nov dec januar jänner februar märz juni juli oktober dezember
enero febrero marzo abril junio julio septiembre setiembre octubre noviembre diciembre
janvier février avril juin juillet août septembre octobre novembre décembre
gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
januari februari maart augustus augusti
январь января февраль февраля марта апрель апреля июнь июня июль июля августа сентябрь сентября
октябрь октября ноябрь ноября декабрь декабря
ocak şubat nisan haziran temmuz ağustos eylül kasım aralık
يناير فبراير مارس أبريل إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر

"""
# The days of the week, in full and as desks shorten them, in the languages of most editions
# (names as in Unicode CLDR). "Sun" and "Mar" are words of their own.
_WEEKDAYS = """
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
lunes martes miércoles jueves viernes sábado domingo
lundi mardi mercredi jeudi vendredi samedi dimanche
lunedì martedì mercoledì giovedì venerdì sabato domenica
segunda-feira terça-feira quarta-feira quinta-feira sexta-feira
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag
maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai
poniedziałek wtorek środa czwartek piątek niedziela
pondělí úterý středa čtvrtek pátek neděle pondelok utorok streda štvrtok piatok sobota nedeľa
hétfő kedd szerda csütörtök péntek szombat vasárnap
luni marți miercuri joi vineri sâmbătă duminică
pazartesi salı çarşamba perşembe cuma cumartesi pazar
понедельник вторник среда четверг пятница суббота воскресенье
понеділок вівторок середа п'ятниця субота неділя
понеделник вторник сряда четвъртък петък събота неделя
δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή
الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार
সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার
senin selasa rabu kamis jumat sabtu minggu
月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 月曜 火曜 水曜 木曜 金曜 土曜 日曜
星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 週一 週二 週三 週四 週五 週六 週日
周一 周二 周三 周四 周五 周六 周日
월요일 화요일 수요일 목요일 금요일 토요일 일요일
วันจันทร์ วันอังคาร วันพุธ วันพฤหัสบดี วันศุกร์ วันเสาร์ วันอาทิตย์

"""


@lru_cache(maxsize=512)
def tag_key(tag: str) -> str:
    """Return a tag folded, to know it again in another spelling ("Kim Jong-un", "KIM JONG UN")."""
    if tag.isascii() and tag.replace(" ", "").isalnum():
        return " ".join(tag.lower().split())
    return " ".join(
        "".join(
            c if c.isalnum() or not c.isascii() else "" if c in ".'" else " " for c in fold(tag)
        ).split()
    )


@lru_cache(maxsize=1)
def _days() -> frozenset[str]:
    # As `tag_key` folds them, one by one.
    days = fold_table(_WEEKDAYS + _MONTHS)
    return frozenset(day.replace("'", "").replace("-", " ") for day in days)


class Publishers(NamedTuple):
    """A publisher's names as tags would be written, spaces apart.

    "berlin.de" must not forbid "Berlin" where other headlines say it: such a name is unsure.
    """

    sure: AbstractSet[str]
    unsure: AbstractSet[str]


def publishers_of(names: Iterable[str]) -> list[Publishers]:
    """Return the names that no tag may have, for each publisher."""
    return [_names_of(name) for name in names]


@lru_cache(maxsize=512)
def _names_of(publisher: str) -> Publishers:
    whole = "".join(tag_key(publisher).split())
    keys = publisher_keys(publisher)
    if "." in publisher.strip(". "):
        return Publishers(frozenset((whole,)), keys)
    return Publishers(keys | {whole}, frozenset())


def why_unfit(tag: str, publishers: Iterable[Publishers], *, agreed: bool) -> str:
    """Return why `tag` can be no tag of a story, "" if it can.

    `agreed` says that more headlines than one have it.
    """
    joined, why = _why_unfit_anywhere(tag)
    for sure, unsure in publishers:
        if joined in sure or (joined in unsure and not agreed):
            return "a publisher of the story"
    return why


@lru_cache(maxsize=512)
def _why_unfit_anywhere(tag: str) -> tuple[str, str]:
    """Return the key of a tag without spaces, and why it can be no tag of any story."""
    key = tag_key(tag)
    joined = key.replace(" ", "")
    # "ß" is two letters when folded.
    if not key or (min(len(key), len(tag)) < 2 and script_of(key[0]) != HAN):
        return joined, "too short"
    if key in _days():
        return joined, "a day or a month"
    return joined, "a kicker" if is_kicker(tag) else ""
