"""Say who else covers a story, in the languages of Google News' editions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Wording(NamedTuple):
    """How a language says who else covers a story.

    `one` and `many` take the names at "{}"; `last` joins the last name, `comma` the others.
    """

    one: str
    many: str
    last: str
    comma: str = ", "


def _same(sentence: str, last: str, comma: str = ", ") -> Wording:
    return Wording(sentence, sentence, last, comma)


# A wording with a colon stands where the verb or the case would have to agree with the names.
WORDINGS = {
    "ar": _same("نقلت الخبر أيضًا: {}.", "، و", "، "),
    "bg": Wording("За това съобщава и {}.", "За това съобщават и {}.", " и "),
    "bn": _same("খবরটি আরও প্রকাশ করেছে: {}।", " ও "),
    "ca": Wording("També ho publica {}.", "També ho publiquen {}.", " i "),
    "cs": Wording("Píše o tom také {}.", "Píší o tom také {}.", " a "),
    "da": _same("Omtales også af {}.", " og "),
    "de": _same("Weitere Berichte: {}.", " und "),
    "el": _same("Καλύπτεται επίσης από: {}.", " και "),
    "en": _same("Also covered by {}.", " and "),
    "es": Wording("También lo publica {}.", "También lo publican {}.", " y "),
    "et": Wording("Sellest kirjutab ka {}.", "Sellest kirjutavad ka {}.", " ja "),
    "fa": Wording(
        "{} نیز این خبر را پوشش داده است.", "{} نیز این خبر را پوشش داده‌اند.", " و ", "، "
    ),
    "fi": Wording("Aiheesta kertoo myös {}.", "Aiheesta kertovat myös {}.", " ja "),
    "fil": _same("Iniulat din ng {}.", " at "),
    "fr": _same("Également couvert par {}.", " et "),
    "he": _same("סיקור נוסף: {}.", " ו-"),
    "hi": _same("{} ने भी ख़बर दी है।", " और "),
    "hr": Wording("O tome piše i {}.", "O tome pišu i {}.", " i "),
    "hu": _same("Erről írt még: {}.", " és "),
    "id": _same("Juga diberitakan oleh {}.", " dan "),
    "it": Wording("Ne parla anche {}.", "Ne parlano anche {}.", " e "),
    "ja": _same("{}も報じています。", "、", "、"),
    "ko": _same("{}도 보도했습니다.", ", "),
    "lt": _same("Apie tai taip pat rašo {}.", " ir "),
    "lv": _same("Par to raksta arī {}.", " un "),
    "ms": _same("Turut dilaporkan oleh {}.", " dan "),
    "nl": _same("Ook in het nieuws bij {}.", " en "),
    "no": _same("Omtales også av {}.", " og "),
    "pl": Wording("Pisze o tym także {}.", "Piszą o tym także: {}.", " i "),
    "pt": _same("Também noticiado por {}.", " e "),
    "ro": Wording("Despre subiect scrie și {}.", "Despre subiect scriu și {}.", " și "),
    "ru": Wording("Об этом также пишет {}.", "Об этом также пишут {}.", " и "),
    "sk": Wording("Píše o tom aj {}.", "Píšu o tom aj {}.", " a "),
    "sl": _same("O tem tudi: {}.", " in "),
    "sr": Wording("О томе пише и {}.", "О томе пишу и {}.", " и "),
    "sv": _same("Rapporteras även av {}.", " och "),
    "sw": _same("Pia imeripotiwa na {}.", " na "),
    "ta": _same("மேலும் செய்தி வெளியிட்டவை: {}.", ", "),
    "te": _same("ఇతర కథనాలు: {}.", ", "),
    "th": _same("{} ก็รายงานข่าวนี้เช่นกัน", " และ "),
    "tr": _same("Diğer kaynaklar: {}.", " ve "),
    "uk": Wording("Про це також пише {}.", "Про це також пишуть {}.", " та "),
    "ur": _same("یہ خبر {} نے بھی دی۔", " اور ", "، "),
    "vi": _same("{} cũng đưa tin.", " và "),
    "zh": _same("{}也有报道。", "和", "、"),
    "zh-Hant": _same("{}也有報導。", "和", "、"),
}
_NAMES_ALONE = Wording("{}.", "{}.", ", ")


def also_covered_by(names: Sequence[str], language: str) -> str:
    """Return a sentence that names who else covers a story, "" for no names.

    `language` is a primary subtag or "zh-Hant". Without a wording the names stand alone.
    """
    if not names:
        return ""
    wording = WORDINGS.get(language, _NAMES_ALONE)
    *others, last = names
    if not others:
        return wording.one.replace("{}", last)
    joint = wording.last
    # Spanish "y" and Italian "e" change before the same sound.
    if language == "es" and last.casefold().startswith(("i", "í", "hi")):
        joint = " e "
    elif language == "it" and last[:1] in "Ee":
        joint = " ed "
    return wording.many.replace("{}", wording.comma.join(others) + joint + last)
