"""Name the sections of Google News: their words in URLs, their mids, their names by language."""

from __future__ import annotations

import unicodedata

# Knowledge graph ids, read from the topic ids that Google itself links to (reference: the ids of
# /topics/ URLs in public repositories, decoded).
MIDS = {
    "WORLD": "/m/09nm_",
    "BUSINESS": "/m/09s1f",
    "TECHNOLOGY": "/m/07c1v",
    "ENTERTAINMENT": "/m/02jjt",
    "SPORTS": "/m/06ntj",
    "SCIENCE": "/m/06mq7",
    "HEALTH": "/m/0kt51",
}
NATION = "NATION"
# What /headlines/section/topic/ takes.
WORDS = (*MIDS, NATION)

# Sections that have a topic id and no word in URLs. Editions outside the United States often have
# one section for science and technology.
HEADLINES, SCIENCE_AND_TECHNOLOGY = "HEADLINES", "SCIENCE_AND_TECHNOLOGY"
MIDS_WITHOUT_WORD = {HEADLINES: "/m/05jhg", SCIENCE_AND_TECHNOLOGY: "/m/0ffw5f"}

# Google's own ids of these sections name the country, of every other topic the language alone.
MIDS_BY_COUNTRY = {*MIDS.values(), *MIDS_WITHOUT_WORD.values()} - {MIDS["HEALTH"]}

# The first name is the one to show. Names are plain dictionary words of each language; a word that
# means two sections in one language stands at the more usual one.
_NAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "WORLD": {
        "en": ("World", "International"),
        "ar": ("العالم",),
        "bg": ("Свят",),
        "bn": ("বিশ্ব", "আন্তর্জাতিক"),
        "cs": ("Svět", "Zahraničí"),
        "de": ("International", "Welt", "Weltweit", "Ausland"),
        "el": ("Κόσμος",),
        "es": ("Internacional", "Mundo"),
        "fr": ("International", "Monde"),
        "he": ("עולם", "העולם"),
        "hi": ("दुनिया", "विश्व"),
        "hu": ("Külföld", "Világ"),
        "id": ("Dunia", "Internasional"),
        "it": ("Mondo", "Esteri"),
        "ja": ("世界", "国際"),
        "ko": ("세계", "국제"),
        "lt": ("Pasaulis",),
        "lv": ("Pasaule", "Pasaulē"),
        "ml": ("ലോകം",),
        "mr": ("जग",),
        "nl": ("Buitenland", "Wereld"),
        "no": ("Verden",),
        "pl": ("Świat",),
        "pt": ("Mundo", "Internacional"),
        "ro": ("Internațional", "Lume"),
        "ru": ("В мире", "Мир"),
        "sk": ("Svet", "Zahraničie"),
        "sl": ("Svet",),
        "sr": ("Свет",),
        "sv": ("Världen", "Utrikes"),
        "ta": ("உலகம்",),
        "te": ("ప్రపంచం",),
        "th": ("ต่างประเทศ", "โลก"),
        "tr": ("Dünya",),
        "uk": ("Світ", "У світі"),
        "vi": ("Thế giới",),
        "zh-hans": ("全球", "国际", "世界"),
        "zh-hant": ("全球", "國際"),
    },
    "NATION": {
        "en": ("Nation",),
        "de": ("Inland",),
        "es": ("Nacional",),
        "fr": ("National",),
        "it": ("Italia", "Interni"),
        "ja": ("国内",),
        "ko": ("국내", "대한민국"),
        "nl": ("Binnenland",),
        "pt": ("Nacional",),
    },
    "BUSINESS": {
        "en": ("Business",),
        "ar": ("أعمال", "الأعمال", "اقتصاد"),
        "bg": ("Бизнес",),
        "bn": ("ব্যবসা", "বাণিজ্য"),
        "cs": ("Ekonomika", "Byznys"),
        "de": ("Wirtschaft",),
        "el": ("Επιχειρήσεις", "Οικονομία"),
        "es": ("Economía", "Negocios"),
        "fr": ("Économie", "Affaires"),
        "he": ("עסקים",),
        "hi": ("कारोबार", "व्यापार"),
        "hu": ("Gazdaság", "Üzlet"),
        "id": ("Bisnis", "Ekonomi"),
        "it": ("Economia", "Affari"),
        "ja": ("ビジネス", "経済"),
        "ko": ("비즈니스", "경제"),
        "lt": ("Verslas",),
        "lv": ("Bizness",),
        "ml": ("ബിസിനസ്സ്",),
        "mr": ("व्यवसाय",),
        "nl": ("Economie", "Zakelijk"),
        "no": ("Økonomi", "Næringsliv"),
        "pl": ("Biznes", "Gospodarka"),
        "pt": ("Negócios", "Economia"),
        "ro": ("Afaceri", "Economie"),
        "ru": ("Бизнес", "Экономика"),
        "sk": ("Ekonomika", "Biznis"),
        "sl": ("Gospodarstvo",),
        "sr": ("Бизнис", "Економија"),
        "sv": ("Ekonomi", "Affärer"),
        "ta": ("வணிகம்",),
        "te": ("వ్యాపారం",),
        "th": ("ธุรกิจ",),
        "tr": ("İş Dünyası", "İş", "Ekonomi"),
        "uk": ("Бізнес", "Економіка"),
        "vi": ("Kinh doanh", "Kinh tế"),
        "zh-hans": ("商业", "财经"),
        "zh-hant": ("商業", "財經"),
    },
    "TECHNOLOGY": {
        "en": ("Technology", "Tech"),
        "ar": ("تكنولوجيا", "التكنولوجيا"),
        "bg": ("Технологии",),
        "bn": ("প্রযুক্তি",),
        "cs": ("Technologie",),
        "de": ("Technik", "Technologie"),
        "el": ("Τεχνολογία",),
        "es": ("Tecnología",),
        "fr": ("Technologie", "Technologies", "High-Tech"),
        "he": ("טכנולוגיה",),
        "hi": ("तकनीक", "प्रौद्योगिकी"),
        "hu": ("Technológia",),
        "id": ("Teknologi",),
        "it": ("Tecnologia",),
        "ja": ("テクノロジー", "技術"),
        "ko": ("기술",),
        "lt": ("Technologijos",),
        "lv": ("Tehnoloģijas",),
        "ml": ("സാങ്കേതികവിദ്യ",),
        "mr": ("तंत्रज्ञान",),
        "nl": ("Technologie", "Techniek"),
        "no": ("Teknologi",),
        "pl": ("Technologia", "Technika"),
        "pt": ("Tecnologia",),
        "ro": ("Tehnologie",),
        "ru": ("Технологии", "Техника"),
        "sk": ("Technológie",),
        "sl": ("Tehnologija",),
        "sr": ("Технологија",),
        "sv": ("Teknik", "Teknologi"),
        "ta": ("தொழில்நுட்பம்",),
        "te": ("సాంకేతికం",),
        "th": ("เทคโนโลยี",),
        "tr": ("Teknoloji",),
        "uk": ("Технології",),
        "vi": ("Công nghệ",),
        "zh-hans": ("科技", "技术"),
        "zh-hant": ("科技", "技術"),
    },
    "ENTERTAINMENT": {
        "en": ("Entertainment",),
        "ar": ("ترفيه", "الترفيه"),
        "bg": ("Развлечения",),
        "bn": ("বিনোদন",),
        "cs": ("Zábava", "Kultura"),
        "de": ("Unterhaltung",),
        "el": ("Ψυχαγωγία",),
        "es": ("Entretenimiento", "Espectáculos"),
        "fr": ("Divertissement", "Culture"),
        "he": ("בידור",),
        "hi": ("मनोरंजन",),
        "hu": ("Szórakozás", "Szórakoztatás"),
        "id": ("Hiburan",),
        "it": ("Intrattenimento", "Spettacoli"),
        "ja": ("エンタメ", "エンターテインメント"),
        "ko": ("엔터테인먼트", "연예"),
        "lt": ("Pramogos",),
        "lv": ("Izklaide",),
        "ml": ("വിനോദം",),
        "mr": ("मनोरंजन",),
        "nl": ("Entertainment", "Amusement"),
        "no": ("Underholdning",),
        "pl": ("Rozrywka",),
        "pt": ("Entretenimento",),
        "ro": ("Divertisment",),
        "ru": ("Развлечения", "Культура"),
        "sk": ("Zábava",),
        "sl": ("Zabava", "Razvedrilo"),
        "sr": ("Забава",),
        "sv": ("Nöje",),
        "ta": ("பொழுதுபோக்கு",),
        "te": ("వినోదం",),
        "th": ("บันเทิง",),
        "tr": ("Eğlence",),
        "uk": ("Розваги",),
        "vi": ("Giải trí",),
        "zh-hans": ("娱乐",),
        "zh-hant": ("娛樂",),
    },
    "SPORTS": {
        "en": ("Sports", "Sport"),
        "ar": ("رياضة", "الرياضة"),
        "bg": ("Спорт",),
        "bn": ("খেলা", "খেলাধুলা"),
        "cs": ("Sport",),
        "de": ("Sport",),
        "el": ("Αθλητισμός", "Σπορ"),
        "es": ("Deportes",),
        "fr": ("Sports", "Sport"),
        "he": ("ספורט",),
        "hi": ("खेल",),
        "hu": ("Sport",),
        "id": ("Olahraga",),
        "it": ("Sport",),
        "ja": ("スポーツ",),
        "ko": ("스포츠",),
        "lt": ("Sportas",),
        "lv": ("Sports",),
        "ml": ("കായികം",),
        "mr": ("क्रीडा",),
        "nl": ("Sport",),
        "no": ("Sport",),
        "pl": ("Sport",),
        "pt": ("Esportes", "Desporto"),
        "ro": ("Sport", "Sporturi"),
        "ru": ("Спорт",),
        "sk": ("Šport",),
        "sl": ("Šport",),
        "sr": ("Спорт",),
        "sv": ("Sport",),
        "ta": ("விளையாட்டு",),
        "te": ("క్రీడలు",),
        "th": ("กีฬา",),
        "tr": ("Spor",),
        "uk": ("Спорт",),
        "vi": ("Thể thao",),
        "zh-hans": ("体育",),
        "zh-hant": ("體育",),
    },
    "SCIENCE": {
        "en": ("Science",),
        "ar": ("علوم", "العلوم"),
        "bg": ("Наука",),
        "bn": ("বিজ্ঞান",),
        "cs": ("Věda",),
        "de": ("Wissenschaft",),
        "el": ("Επιστήμη",),
        "es": ("Ciencia",),
        "fr": ("Science", "Sciences"),
        "he": ("מדע",),
        "hi": ("विज्ञान",),
        "hu": ("Tudomány",),
        "id": ("Sains",),
        "it": ("Scienza", "Scienze"),
        "ja": ("科学",),
        "ko": ("과학",),
        "lt": ("Mokslas",),
        "lv": ("Zinātne",),
        "ml": ("ശാസ്ത്രം",),
        "mr": ("विज्ञान",),
        "nl": ("Wetenschap",),
        "no": ("Vitenskap",),
        "pl": ("Nauka",),
        "pt": ("Ciência",),
        "ro": ("Știință", "Științe"),
        "ru": ("Наука",),
        "sk": ("Veda",),
        "sl": ("Znanost",),
        "sr": ("Наука",),
        "sv": ("Vetenskap",),
        "ta": ("அறிவியல்",),
        "te": ("విజ్ఞానం",),
        "th": ("วิทยาศาสตร์",),
        "tr": ("Bilim",),
        "uk": ("Наука",),
        "vi": ("Khoa học",),
        "zh-hans": ("科学",),
        "zh-hant": ("科學",),
    },
    "HEALTH": {
        "en": ("Health",),
        "ar": ("صحة", "الصحة"),
        "bg": ("Здраве",),
        "bn": ("স্বাস্থ্য",),
        "cs": ("Zdraví",),
        "de": ("Gesundheit",),
        "el": ("Υγεία",),
        "es": ("Salud",),
        "fr": ("Santé",),
        "he": ("בריאות",),
        "hi": ("सेहत", "स्वास्थ्य"),
        "hu": ("Egészség",),
        "id": ("Kesehatan",),
        "it": ("Salute",),
        "ja": ("健康", "ヘルスケア"),
        "ko": ("건강",),
        "lt": ("Sveikata",),
        "lv": ("Veselība",),
        "ml": ("ആരോഗ്യം",),
        "mr": ("आरोग्य",),
        "nl": ("Gezondheid",),
        "no": ("Helse",),
        "pl": ("Zdrowie",),
        "pt": ("Saúde",),
        "ro": ("Sănătate",),
        "ru": ("Здоровье",),
        "sk": ("Zdravie",),
        "sl": ("Zdravje",),
        "sr": ("Здравље",),
        "sv": ("Hälsa",),
        "ta": ("ஆரோக்கியம்",),
        "te": ("ఆరోగ్యం",),
        "th": ("สุขภาพ",),
        "tr": ("Sağlık",),
        "uk": ("Здоров'я", "Здоров’я"),
        "vi": ("Sức khỏe",),
        "zh-hans": ("健康",),
        "zh-hant": ("健康",),
    },
    HEADLINES: {
        "en": ("Headlines",),
        "de": ("Schlagzeilen",),
        "es": ("Titulares",),
        "fr": ("À la une",),
        "it": ("In primo piano",),
        "ja": ("ヘッドライン",),
        "ko": ("헤드라인",),
        "pt": ("Destaques", "Manchetes"),
        "zh-hans": ("头条",),
        "zh-hant": ("焦點",),
    },
    SCIENCE_AND_TECHNOLOGY: {
        "en": ("Science & technology", "Science and technology"),
        "de": ("Wissenschaft & Technik", "Wissenschaft und Technik"),
        "es": ("Ciencia y tecnología",),
        "fr": ("Science et technologie", "Sciences et technologies"),
        "it": ("Scienza e tecnologia",),
        "ja": ("科学 & テクノロジー", "科学＆テクノロジー"),
        "ko": ("과학/기술",),
        "nl": ("Wetenschap en technologie",),
        "pl": ("Nauka i technika",),
        "pt": ("Ciência e tecnologia",),
        "ru": ("Наука и техника",),
        "zh-hans": ("科学技术",),
        "zh-hant": ("科學與科技",),
    },
}


def name_of_mid(mid: str, language: str) -> str:
    """Return the name of the section whose knowledge graph id is `mid`, in `language`.

    `language` is a BCP 47 tag; a language without a name of its own gets the English one.
    "" for a mid that is no section.
    """
    return name_of_word(word_of_mid(mid), language)


def word_of_mid(mid: str) -> str:
    """Return the word (WORLD) of the section whose knowledge graph id is `mid`, "" if none."""
    known = {**MIDS, **MIDS_WITHOUT_WORD}
    return next((word for word, its_mid in known.items() if its_mid == mid), "")


def name_of_word(word: str, language: str) -> str:
    """Return the name of the section `word` (WORLD) in `language`, else in English; "" if none."""
    names = _NAMES.get(word)
    if names is None:
        return ""
    return next(names[tag][0] for tag in _fallbacks(language) if tag in names)


def word_of_name(name: str, language: str = "") -> str:
    """Return the word in URLs (WORLD) for a section's `name`, in any case; "" when unknown.

    A name of `language` is preferred, then English, then any other language.
    """
    wanted = _folded(name)
    word = wanted.upper().replace(" ", "_")
    if word in _NAMES:
        return word
    for tag in _fallbacks(language):
        for word, names in _NAMES.items():
            if wanted in map(_folded, names.get(tag, ())):
                return word
    for word, names in _NAMES.items():
        if any(wanted in map(_folded, known) for known in names.values()):
            return word
    return ""


def is_name_of(name: str, word: str) -> bool:
    """Tell whether `name` is one of the section `word` (WORLD) in any language, in any case."""
    return any(_folded(name) in map(_folded, names) for names in _NAMES.get(word, {}).values())


def _folded(name: str) -> str:
    # Turkish has i with and without a dot in both cases; without the dot they are all one.
    plain = unicodedata.normalize("NFC", name).replace("\u0130", "i").casefold()
    return " ".join(plain.replace("\u0131", "i").split())


def _fallbacks(language: str) -> tuple[str, ...]:
    tag = language.lower().replace("_", "-")
    primary = tag.split("-", 1)[0]
    if primary == "zh":
        hant = any(part in {"hant", "tw", "hk", "mo"} for part in tag.split("-"))
        return ("zh-hant" if hant else "zh-hans", "en")
    return ("no" if primary in {"nb", "nn"} else primary, "en")
