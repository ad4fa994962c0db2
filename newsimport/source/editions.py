"""List the editions of Google News and find the one that a locale means."""

from __future__ import annotations

import re

from newsimport.errors import UsageError
from newsimport.records import NamedTuple


class Edition(NamedTuple):
    """One edition: `hl`, `gl` and `ceid` as Google's URLs have them, `name` in its own words."""

    hl: str
    gl: str
    ceid: str
    name: str


# Google's own "Language & region" list, as two public projects recorded it independently: the
# ceid_list of SearXNG's google_news engine and the googlenewsCodes of FeedDeck; the hl values are
# those of Google's web URLs (Chromium-based browsers carry the same table). MY:ms is in neither
# list; public feeds of it carry Malay channel titles. PE:es is left out: it is PE:es-419.
_TABLE = """
en-US US US:en English (United States)
en-GB GB GB:en English (United Kingdom)
en-AU AU AU:en English (Australia)
en-BW BW BW:en English (Botswana)
en-CA CA CA:en English (Canada)
en-ET ET ET:en English (Ethiopia)
en-GH GH GH:en English (Ghana)
en-IN IN IN:en English (India)
en-ID ID ID:en English (Indonesia)
en-IE IE IE:en English (Ireland)
en-IL IL IL:en English (Israel)
en-KE KE KE:en English (Kenya)
en-LV LV LV:en English (Latvia)
en-MY MY MY:en English (Malaysia)
en-NA NA NA:en English (Namibia)
en-NZ NZ NZ:en English (New Zealand)
en-NG NG NG:en English (Nigeria)
en-PK PK PK:en English (Pakistan)
en-PH PH PH:en English (Philippines)
en-SG SG SG:en English (Singapore)
en-ZA ZA ZA:en English (South Africa)
en-TZ TZ TZ:en English (Tanzania)
en-UG UG UG:en English (Uganda)
en-ZW ZW ZW:en English (Zimbabwe)
id ID ID:id Bahasa Indonesia (Indonesia)
ms-MY MY MY:ms Bahasa Melayu (Malaysia)
cs CZ CZ:cs Čeština (Česko)
de DE DE:de Deutsch (Deutschland)
de AT AT:de Deutsch (Österreich)
de CH CH:de Deutsch (Schweiz)
es ES ES:es Español (España)
es-419 AR AR:es-419 Español (Argentina)
es-419 CL CL:es-419 Español (Chile)
es-419 CO CO:es-419 Español (Colombia)
es-419 CU CU:es-419 Español (Cuba)
es-419 US US:es-419 Español (Estados Unidos)
es-419 MX MX:es-419 Español (México)
es-419 PE PE:es-419 Español (Perú)
es-419 VE VE:es-419 Español (Venezuela)
fr FR FR:fr Français (France)
fr BE BE:fr Français (Belgique)
fr-CA CA CA:fr Français (Canada)
fr MA MA:fr Français (Maroc)
fr SN SN:fr Français (Sénégal)
fr CH CH:fr Français (Suisse)
it IT IT:it Italiano (Italia)
lv LV LV:lv Latviešu (Latvija)
lt LT LT:lt Lietuvių (Lietuva)
hu HU HU:hu Magyar (Magyarország)
nl NL NL:nl Nederlands (Nederland)
nl BE BE:nl Nederlands (België)
no NO NO:no Norsk (Norge)
pl PL PL:pl Polski (Polska)
pt-BR BR BR:pt-419 Português (Brasil)
pt-PT PT PT:pt-150 Português (Portugal)
ro RO RO:ro Română (România)
sk SK SK:sk Slovenčina (Slovensko)
sl SI SI:sl Slovenščina (Slovenija)
sv SE SE:sv Svenska (Sverige)
vi VN VN:vi Tiếng Việt (Việt Nam)
tr TR TR:tr Türkçe (Türkiye)
el GR GR:el Ελληνικά (Ελλάδα)
bg BG BG:bg Български (България)
ru RU RU:ru Русский (Россия)
ru UA UA:ru Русский (Украина)
sr RS RS:sr Српски (Србија)
uk UA UA:uk Українська (Україна)
he IL IL:he עברית (ישראל)
ar AE AE:ar العربية (الإمارات العربية المتحدة)
ar SA SA:ar العربية (المملكة العربية السعودية)
ar LB LB:ar العربية (لبنان)
ar EG EG:ar العربية (مصر)
mr IN IN:mr मराठी (भारत)
hi IN IN:hi हिन्दी (भारत)
bn BD BD:bn বাংলা (বাংলাদেশ)
bn IN IN:bn বাংলা (ভারত)
ta IN IN:ta தமிழ் (இந்தியா)
te IN IN:te తెలుగు (భారతదేశం)
ml IN IN:ml മലയാളം (ഇന്ത്യ)
th TH TH:th ไทย (ไทย)
zh-CN CN CN:zh-Hans 中文 (中国)
zh-TW TW TW:zh-Hant 中文 (台灣)
zh-HK HK HK:zh-Hant 中文 (香港)
ja JP JP:ja 日本語 (日本)
ko KR KR:ko 한국어 (대한민국)
"""

EDITIONS = tuple(Edition(*line.split(" ", 3)) for line in _TABLE.strip().splitlines())
DEFAULT = EDITIONS[0]

# Older or other codes for the same language or country.
_LANGUAGE_ALIASES = {"iw": "he", "in": "id", "nb": "no", "nn": "no"}
_COUNTRY_ALIASES = {"UK": "GB"}
# Where a language alone means one of its editions although no country has its code.
_HOME = {"en": "US", "zh": "CN"}
# Whose readers follow which other languages, for those that Google News does not have.
_RELATED = {
    "be": ("ru", "uk"),
    "bs": ("sr", "sl"),
    "ca": ("es",),
    "da": ("no", "sv"),
    "et": ("lv", "en"),
    "eu": ("es",),
    "fi": ("sv", "no"),
    "gl": ("es", "pt"),
    "hr": ("sr", "sl"),
    "is": ("no", "en"),
    "mk": ("bg", "sr"),
}


def find_edition(locale: str) -> Edition:
    """Return the edition that `locale` means: en-GB, en_gb, GB:en, pt-BR, de, nb-NO.

    A language alone means its only edition or the one of its home country (de is DE:de). Raises
    UsageError for a pair that Google does not have, with the nearest that it has.
    """
    language, region = _language_and_region(locale)
    found = [edition for edition in EDITIONS if _language(edition) == language]
    if region:
        found = [e for e in found if region in (e.gl, e.ceid.rpartition("-")[2])]
    elif len(found) > 1:
        found = [e for e in found if e.gl == _HOME.get(language, language.upper())]
    if len(found) == 1:
        return found[0]
    nearest = ", ".join(f"{as_locale(near)} {near.name}" for near in nearest_editions(locale))
    raise UsageError(
        f"Google News has no edition {locale[:40]!r}; the nearest are {nearest}; "
        "`newsimport url --list-locales` lists them all"
    )


def edition_of(hl: str, gl: str, ceid: str) -> Edition | None:
    """Return the edition that the parameters of a URL name; ceid decides, None if none does."""
    from_pair = f"{hl.partition('-')[0]}-{gl}" if hl and gl else hl
    for locale in filter(None, (ceid, from_pair)):
        try:
            return find_edition(locale)
        except UsageError:
            continue
    return None


def as_locale(edition: Edition) -> str:
    """Return the name of `edition` as --locale takes it: en-GB, de-AT, es-MX, zh-TW."""
    return f"{_language(edition)}-{edition.gl}"


def nearest_editions(locale: str) -> tuple[Edition, ...]:
    """Return the three editions most like `locale`.

    Those of its country and its language come first, then those of related languages, then those
    that are spelled most like it.
    """
    language, region = _language_and_region(locale)
    country = _COUNTRY_ALIASES.get(region, region)
    related = _RELATED.get(language, ())
    spelled = f"{language}-{country}"

    def likeness(edition: Edition) -> tuple[int, int, float]:
        same_country, same_language = edition.gl == country, _language(edition) == language
        if same_country or same_language:
            return 2 * same_country + same_language, 0, 0
        if _language(edition) in related:
            return 0, -related.index(_language(edition)), 1
        return 0, -len(related), _ratio(spelled, as_locale(edition))

    # sorted() keeps the table's order, the larger editions first, among equals.
    return tuple(sorted(EDITIONS, key=likeness, reverse=True)[:3])


def _ratio(one: str, other: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio()


def topic_language(edition: Edition) -> str:
    """Return the language as Google's topic ids of this edition have it.

    Read from public ids: en for the United States, en-GB for every other English, iw for Hebrew,
    hl for the rest.
    """
    if edition.hl.startswith("en-"):
        return "en" if edition.gl == "US" else "en-GB"
    return "iw" if edition.hl == "he" else edition.hl


def _language(edition: Edition) -> str:
    return edition.hl.split("-", 1)[0]


def _language_and_region(locale: str) -> tuple[str, str]:
    """Split a locale or a ceid; the region is a country, 419, 150, or "" when it is not said."""
    text = locale.strip()[:40]
    first, colon, second = text.partition(":")
    if colon:
        text = f"{second}-{first}"
    language, *rest = text.replace("_", "-").split("-")
    parts = [part.upper() for part in rest]
    regions = [part for part in parts if re.fullmatch(r"[A-Z]{2}|[0-9]{3}", part)]
    if not regions and "HANT" in parts:
        regions = ["TW"]
    language = language.casefold()
    return _LANGUAGE_ALIASES.get(language, language), regions[-1] if regions else ""
