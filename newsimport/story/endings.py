"""Cut from a word what grammar puts at its ends: number, possession, particles, proclitics."""

from __future__ import annotations

from newsimport.story.english import READ_AS_ENGLISH


def stem_of(key: str, language: str) -> str:
    """Cut the endings of number from a folded word, to group "camera" with "cameras".

    Light on purpose: it never has to find a word's root, only to make equal what an editor
    would not list twice.
    """
    if len(key) < 4 or not key[-1].isalpha():
        return key
    if key.startswith("ال"):
        return key[2:]
    if language in READ_AS_ENGLISH:
        return _english_stem(key)
    if language in _IBERIAN and key.endswith("es") and len(key) > 5 and key[-3] not in "aeiout":
        return key[:-2]
    for ending in _ENDINGS.get(language, ()):
        if key.endswith(ending) and len(key) - len(ending) >= 4:
            return key[: -len(ending)]
    return key


def _english_stem(key: str) -> str:
    if key[-1] == "s":
        if key.endswith("ies") and len(key) > 4:
            return key[:-3] + "y"
        if key.endswith(("sses", "shes", "ches", "xes", "zes")):
            return key[:-2]
        if key[-2] not in "sui":
            key = key[:-1]
    # As either side of the Atlantic writes it: theatre, defence, labour.
    if key.endswith(_BRITISH) and len(key) > 5 and "-" not in key:
        for ending, other in _AMERICAN:
            if key.endswith(ending):
                return key[: -len(ending)] + other
    return key


_AMERICAN = (("tre", "ter"), ("ence", "ense"), ("our", "or"), ("isation", "ization"))
_BRITISH = tuple([ending for ending, _ in _AMERICAN])


_IBERIAN = frozenset(("es", "pt", "gl", "ca"))
_GERMANIC = ("en", "er", "es", "n", "e", "s")
_SLAVIC = tuple("аеиоуыюяьйіїaeiouyě")
_ENDINGS = {
    **dict.fromkeys(("de", "nl", "sv", "no", "da"), _GERMANIC),
    **dict.fromkeys(("ru", "uk", "pl", "cs", "sk", "bg", "sr", "hr", "sl"), _SLAVIC),
    **dict.fromkeys(_IBERIAN, ("s",)),
    "fr": ("s", "x"),
    "it": ("a", "e", "i", "o"),
}


# Korean particles that no noun of the news ends with, and Arabic proclitics before the article.
_PARTICLES = (
    "에서는",
    "에서도",
    "으로는",
    "에서",
    "에게",
    "으로",
    "까지",
    "부터",
    "에는",
    "에도",
    "라며",
    "라고",
    "를",
    "을",
)
_PARTICLES_IF_SEEN = ("의", "은", "는", "이", "가", "도", "만", "로", "과", "와", "에", "서")
_AFTER_LATIN = frozenset("은는이가을를의에도로와과만") | {"에서", "으로", "까지", "부터"}
_PROCLITICS = ("وال", "بال", "فال", "كال", "لل", "ولل")
_PROCLITICS_IF_SEEN = frozenset("وبلفك" + "והבלמשכ")


def without_particle(surface: str) -> str:
    """Return a Korean or Arabic word without what is surely a particle or proclitic."""
    last = surface[-1]
    if "\uac00" <= last <= "\ud7a3":
        head = surface.rstrip("".join(_AFTER_LATIN)) if surface[0].isascii() else surface
        if head != surface and head.isascii() and surface[len(head) :] in _AFTER_LATIN:
            return head
        for particle in _PARTICLES:
            if surface.endswith(particle) and len(surface) >= len(particle) + 2:
                return surface[: -len(particle)]
    elif "\u0620" <= surface[0] <= "\u064a" and len(surface) > 5:
        for proclitic in _PROCLITICS:
            if surface.startswith(proclitic):
                return "ال" + surface[len(proclitic) :]
    return surface


def may_be_inflected(text: str) -> bool:
    """Tell whether a word may have a particle or proclitic that others show to be one."""
    if "\uac00" <= text[-1] <= "\ud7a3":
        return len(text) > 2 and text.endswith(_PARTICLES_IF_SEEN)
    return text[0] in _PROCLITICS_IF_SEEN and len(text) > 3


_WITH_POSSESSIVE = frozenset(("en", "", "nl", "de", "id", "ms", "fil"))


def without_possessive(text: str, language: str) -> tuple[str, bool]:
    """Return a word without its possessive ending, and whether it had one."""
    if language in _WITH_POSSESSIVE and text[-2:] in {"'s", "’s"} and len(text) > 2:
        return text[:-2], True
    return text, False


def without_dots(bare: str) -> str:
    """Return a folded word without the dots of an abbreviation: "u.s."."""
    dotted = "." in bare and len(bare) < 8 and not any(char.isdigit() for char in bare)
    return bare.replace(".", "") if dotted else bare
