"""Know territories by their names, abbreviations and demonyms: "Russian" is Russia."""

from __future__ import annotations

from functools import lru_cache

from newsimport.story.letters import fold

# ISO 3166 code, then the words that a headline may use for it and its people. Compiled by hand.
_ENGLISH = """
AF afghan afghans|AL albanian albanians|DZ algerian algerians|AO angolan angolans
|AR argentine argentinian argentines|AM armenian armenians
|AU australian australians aussie aussies|AT austrian austrians|AZ azerbaijani azeri
|BD bangladeshi bangladeshis|BE belgian belgians|BO bolivian bolivians|BA bosnian bosnians
|BR brazilian brazilians|GB british britons brits uk britain|BG bulgarian bulgarians|MM burmese
|KH cambodian cambodians|CM cameroonian|CA canadian canadians|CL chilean chileans|CN chinese
|CO colombian colombians|CD congolese drc|CR costa-rican|HR croatian croatians croat croats
|CU cuban cubans|CY cypriot cypriots|CZ czech czechs|DK danish danes dane|DO dominican dominicans
|EC ecuadorian ecuadorians|EG egyptian egyptians|ER eritrean eritreans|EE estonian estonians
|ET ethiopian ethiopians|EU eu|FI finnish finns|FR french frenchman|GA gabonese|GM gambian
|GE georgian georgians|DE german germans|GH ghanaian ghanaians|GR greek greeks
|GL greenlandic greenlanders greenlander|GT guatemalan guatemalans|GN guinean|GY guyanese
|HT haitian haitians|HN honduran hondurans|HU hungarian hungarians|IS icelandic icelanders
|IN indian indians|ID indonesian indonesians|IR iranian iranians|IQ iraqi iraqis|IE irish
|IL israeli israelis|IT italian italians|CI ivorian ivorians|JM jamaican jamaicans|JP japanese
|JO jordanian jordanians|KZ kazakh kazakhs|KE kenyan kenyans|XK kosovar kosovars
|KW kuwaiti kuwaitis|KG kyrgyz|LA laotian|LV latvian latvians|LB lebanese|LR liberian liberians
|LY libyan libyans|LT lithuanian lithuanians|MG malagasy|MY malaysian malaysians|ML malian malians
|MT maltese|MX mexican mexicans|MD moldovan moldovans|MN mongolian mongolians|ME montenegrin
|MA moroccan moroccans|MZ mozambican|NP nepali nepalis nepalese|NL dutch netherlands|NZ kiwi kiwis
|NI nicaraguan nicaraguans|NG nigerian nigerians|NE nigerien
|KP north-korean north-koreans n-korea n-korean|NO norwegian norwegians|OM omani
|PK pakistani pakistanis|PS palestinian palestinians palestine|PA panamanian panamanians
|PY paraguayan|PE peruvian peruvians|PH filipino filipinos philippine philippines|PL polish poles
|PT portuguese|QA qatari qataris|RO romanian romanians|RU russian russians|RW rwandan rwandans
|SA saudi saudis|SN senegalese|RS serbian serbians serb serbs|SL sierra-leonean
|SG singaporean singaporeans|SK slovak slovaks|SI slovenian slovene|SO somali somalis somalian
|ZA south-african south-africans|KR south-korean south-koreans s-korea s-korean|SS south-sudanese
|ES spanish spaniards spaniard|LK sri-lankan sri-lankans|SD sudanese|SE swedish swedes swede
|CH swiss|SY syrian syrians|TW taiwanese|TJ tajik|TZ tanzanian tanzanians|TH thai thais
|TN tunisian tunisians|TR turkish turks turkiye|TM turkmen|UG ugandan ugandans
|UA ukrainian ukrainians|AE emirati emiratis uae|UN un|US american americans usa america US
|UY uruguayan|UZ uzbek uzbeks|VA vatican|VE venezuelan venezuelans|VN vietnamese|YE yemeni yemenis
|ZM zambian zambians|ZW zimbabwean zimbabweans
"""
# Elsewhere a code stands before stems, which take the endings of the language.
_STEMS = {
    "de": """
AF afghan|AT österreich|AU australi|BE belgi|BR brasilian|GB brit britisch|BG bulgari|CA kanad
|CN chines|CO kolumbian|HR kroati|CU kuban|CZ tschech|DK dän|EG ägypti|FI finn finnisch|FR französ
|DE deutsch|GR griech|HU ungar|IN ind|IR iran|IQ irak|IE ir irisch|IL israel|IT italien|JP japan
|KP nordkorean|KR südkorean|LB liban|MX mexikan|NL niederländ|NO norweg|PK pakistan|PS palästinens
|PL poln|PT portugies|RO rumän|RU russ russisch|CH schweiz|RS serb|ES span|SE schwed|SY syr
|TW taiwan|TH thailänd|TR türk|UA ukrain|US amerikan us|VE venezolan|VN vietnames|AR argentin
|EU eu

""",
    "es": """
AF afgan|DE aleman alemán|AR argentin|AU australian|BE belg|BR brasileñ|GB británic britanic
|CA canadiens|CL chilen|CN chin|CO colombian|KR surcorean|KP norcorean|HR croat|CU cuban
|DK danes danés|EC ecuatorian|EG egipci|ES español|US estadounidens eeuu ee-uu|FR frances francés
|GR grieg|HU húngar|IN indi|IR iraní|IQ iraquí|IE irlandes irlandés|IL israelí|IT italian
|JP japones japonés|LB libanes libanés|MA marroquí|MX mexican|NO norueg|PK pakistaní|PS palestin
|PE peruan|PL polac|PT portugues portugués|RU rus|SY siri|SE suec|CH suiz|TR turc|UA ucranian
|UY uruguay|VE venezolan|VN vietnamit|EU ue

""",
    "fr": """
AF afghan|DE allemand|DZ algérien|US américain|AR argentin|AU australien|BE belge|BR brésilien
|GB britannique|CA canadien|CN chinois|CO colombien|CU cubain|DK danois|EG égyptien|ES espagnol
|FR français|GR grec|HU hongrois|IN indien|IR iranien|IQ irakien|IE irlandais|IL israélien
|IT italien|JP japonais|KP nord-coréen|KR sud-coréen|LB libanais|MA marocain|MX mexicain
|NL néerlandais|NO norvégien|PK pakistanais|PS palestinien|PL polonais|PT portugais|RU russe
|SY syrien|SE suédois|CH suisse|TN tunisien|TR turc|UA ukrainien|VE vénézuélien|VN vietnamien
|EU ue

""",
    "pt": """
AF afegã afegan|DE alem|AR argentin|AU australian|BE belg|BR brasileir|GB britânic|CA canadens
|CL chilen|CN chin chines|CO colombian|CU cuban|EG egípci|ES espanh
|US american norte-american estadunidens eua|FR frances|GR greg|IN indian|IR iranian|IQ iraquian
|IE irlandes|IL israelens|IT italian|JP japones|KP norte-corean|KR sul-corean|LB libanes
|MX mexican|NO norueg|PK paquistanes|PS palestin|PE peruan|PL polones|PT portugues|RU russ|SY síri
|SE suec|CH suíç|TR turc|UA ucranian|VE venezuelan|EU ue

""",
    "it": """
AF afghan|DE tedesc|US american statunitens usa|AR argentin|BE belg|BR brasilian|GB britannic
|CA canades|CN cines|KR sudcorean|KP nordcorean|EG egizian|FR frances|GR grec|IN indian|IR iranian
|IQ iracen|IE irlandes|IL israelian|IT italian|JP giappones|LB libanes|MX messican|PK pachistan
|PS palestines|PL polacc|PT portoghes|RU russ|ES spagnol|SY sirian|SE svedes|CH svizzer|TR turc
|UA ucrain|VE venezuelan|EU ue

""",
    "nl": """
US amerikaans|BE belgisch|GB brits|CN chinees chines|DE duits|FR frans|IR iraans|IL israëlisch
|IT italiaans|JP japans|NL nederlands|UA oekraïens|PS palestijns|PL pools|RU russisch|ES spaans
|SY syrisch|TR turks|EU eu

""",
    "ru": """
US американск сша|GB британск|CN китайск|DE немецк|FR французск|IR иранск|IL израильск
|IT итальянск|JP японск|UA украинск|PL польск|RU российск|ES испанск|SY сирийск|TR турецк|EU ес
|IN индийск|PS палестинск

""",
}
_ENDINGS = {
    "de": ("e", "er", "en", "es", "em", "", "isch", "ische", "ischer",
           "ischen", "isches", "ischem", "ern", "sche", "schen", "scher"),
    "es": ("o", "a", "os", "as", "e", "es", "", "ses", "sas"),
    "fr": ("", "e", "s", "es", "ne", "nes", "que", "ques", "cque", "sse"),
    "pt": ("o", "a", "os", "as", "e", "es", "", "ês", "esa", "ão", "ã", "ães", "ol",
           "ola", "óis", "is"),
    "it": ("o", "a", "i", "e", "he", "", "hi", "a", "no", "na", "ni", "ne"),
    "nl": ("", "e", "en"),
    "ru": ("ий", "ая", "ое", "ие", "ого", "ой", "ому", "их", "им", "ими", "ую", "ом",
           "", "ые", "ый", "ых"),
}  # fmt: skip
_GENITIVES = frozenset(("de", "sv", "no", "da", "nl"))
# What English headlines call a territory where CLDR prefers another name.
_ENGLISH_NAMES = {
    "TR": "Turkey", "CI": "Ivory Coast", "CD": "DR Congo", "CG": "Congo", "PS": "Palestine",
    "CZ": "Czech Republic",
    "HK": "Hong Kong", "MO": "Macau", "BA": "Bosnia", "CV": "Cape Verde",
    "SZ": "Eswatini", "MK": "North Macedonia",
}  # fmt: skip
# What headlines of a language prefer to any full name.
_SHORT = {
    "en": {"GB": "UK", "EU": "EU", "UN": "UN", "AE": "UAE", "VA": "Vatican"},
    "de": {"US": "USA", "GB": "Großbritannien", "EU": "EU", "UN": "UN"},
    "ja": {"US": "アメリカ", "EU": "EU", "UN": "国連"},
    "ar": {"SA": "السعودية", "AE": "الإمارات", "GB": "بريطانيا"},
    "ko": {"KR": "한국", "EU": "EU", "UN": "유엔"},
}
# Abbreviations and second names that a headline of any language uses as they stand.
_ANYWHERE = {"us": "US", "usa": "US"}
_HAN = {
    "ja": """
アメリカ:US 米国:US 米:US 英:GB 英国:GB 韓国:KR 北朝鮮:KP 中国:CN ロシア:RU ウクライナ:UA
台湾:TW 独:DE 仏:FR 米軍:US 米政府:US 米大統領:US
""",
    "ko": """
미국:US 미:US 영국:GB 중국:CN 북한:KP 한국:KR 일본:JP 러:RU 러시아:RU 대만:TW
""",
    "zh": """
美国:US 美國:US 美:US 中国:CN 中國:CN 英国:GB 英國:GB 日本:JP 韩国:KR 韓國:KR
朝鲜:KP 朝鮮:KP 台湾:TW 台灣:TW 香港:HK 澳门:MO
""",
    "ar": """
أمريكا:US أميركا:US الأمريكي:US الأمريكية:US الأميركي:US الأميركية:US أمريكي:US
أمريكية:US روسي:RU روسية:RU الروسي:RU الروسية:RU إسرائيلي:IL إسرائيلية:IL
الإسرائيلي:IL الإسرائيلية:IL إيراني:IR إيرانية:IR الإيراني:IR الإيرانية:IR
الفلسطيني:PS الفلسطينية:PS فلسطين:PS فلسطيني:PS الصيني:CN الصينية:CN
الأوكراني:UA الأوكرانية:UA السعودي:SA السعودية:SA المصري:EG المصرية:EG السوري:SY
السورية:SY اللبناني:LB اللبنانية:LB التركي:TR التركية:TR العراقي:IQ العراقية:IQ
اليمني:YE اليمنية:YE الإمارات:AE بريطانيا:GB
""",
}


@lru_cache(maxsize=64)
def _tables(language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return folded name to code, and code to the name to show, of a language."""
    from newsimport.story.territories import CODES, NAMES

    shown, codes = {}, {}
    names = NAMES.get(language, "")
    folded = fold(names).split("|")
    for code, name, key in zip(CODES.split("|"), names.split("|"), folded, strict=False):
        shown[code] = name.partition(" (")[0].partition(" - ")[0]
        codes[key.partition(" (")[0].partition(" - ")[0]] = code
        if " (" in key:
            codes[key.partition(" (")[2].rstrip(")")] = code
    if language == "en":
        shown.update(_ENGLISH_NAMES)
        codes.update((fold(name), code) for code, name in _ENGLISH_NAMES.items())
    shown.update(_SHORT.get(language, {}))
    codes.pop("", None)
    return codes, shown


@lru_cache(maxsize=64)
def _peoples(language: str) -> dict[str, str]:
    found = dict(_ANYWHERE)
    if language == "en":
        for entry in _ENGLISH.replace("\n", "").split("|"):
            code, *words = entry.split()
            found.update((fold(word.replace("-", " ")), code) for word in words)
    for entry in _STEMS.get(language, "").replace("\n", "").split("|"):
        code, *stems = entry.split() or ("",)
        for stem in stems:
            stem = fold(stem.replace("-", " ") if language == "es" else stem)  # noqa: PLW2901
            found.update((stem + fold(ending), code) for ending in _ENDINGS[language])
    if language in _GENITIVES:
        # "Deutschlands Stromnetz": a genitive without an apostrophe.
        names = _tables(language)[1].items()
        found.update(
            (fold(name) + "s", code) for code, name in names if " " not in name and name[-1:] != "s"
        )
    for pair in _HAN.get(language, "").split():
        word, _, code = pair.partition(":")
        found[fold(word)] = code
    return found


@lru_cache(maxsize=64)
def territories(language: str) -> dict[str, str]:
    """Return the ISO 3166 codes of all folded names, abbreviations and demonyms."""
    return {**_peoples(language or "en"), **_tables(_table_of(language))[0]}


def territory(key: str, language: str) -> str:
    """Return the ISO 3166 code of a folded name, abbreviation or demonym, "" for none."""
    return territories(language).get(key, "")


def is_name(key: str, language: str) -> bool:
    """Tell whether a folded phrase is a territory's own name, not its people's."""
    return key in _tables(_table_of(language))[0]


@lru_cache(maxsize=64)
def last_words(language: str) -> frozenset[str]:
    """Return the folded words that territories' own names end with."""
    return frozenset(key.rpartition(" ")[2] for key in _tables(_table_of(language))[0])


@lru_cache(maxsize=64)
def first_words(language: str) -> frozenset[str]:
    """Return the folded words that names of territories of several words begin with."""
    return frozenset(
        key.partition(" ")[0]
        for key in (*_tables(_table_of(language))[0], *_peoples(language or "en"))
        if " " in key
    )


@lru_cache(maxsize=64)
def opening_words(language: str) -> frozenset[str]:
    """Return the folded words that are a territory's name or people, or may open one."""
    return first_words(language) | {key for key in territories(language) if " " not in key}


def name_of(code: str, language: str) -> str:
    """Return the name to show for an ISO 3166 code, "" for an unknown one."""
    return _tables(_table_of(language))[1].get(code, "")


def _table_of(language: str) -> str:
    return _SAME_TABLE.get(language, language)


_SAME_TABLE = {"": "en", "nb": "no", "nn": "no", "iw": "he", "in": "id"}


@lru_cache(maxsize=64)
def names_within(language: str) -> tuple[tuple[str, str], ...]:
    """Return (folded name, code) of a language that writes no spaces, the longest first."""
    codes, _ = _tables(_table_of(language))
    both = {
        **{k: v for k, v in _peoples(language).items() if len(k) > 1 and not k.isascii()},
        **codes,
    }
    return tuple(
        sorted(
            ((k, v) for k, v in both.items() if len(k) > 1), key=lambda pair: (-len(pair[0]), pair)
        )
    )
