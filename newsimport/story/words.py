"""Know of each word of a headline what can be known of it alone."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from newsimport.records import NamedTuple
from newsimport.story import english, genres, places
from newsimport.story.endings import (
    may_be_inflected,
    stem_of,
    without_dots,
    without_particle,
    without_possessive,
)
from newsimport.story.letters import CASED, HAN, KANA, THAI, fold, fold_all, script_of
from newsimport.story.standing import (
    CUT,
    NAME,
    NUMBER,
    OR_CUT,
    OR_GUESS,
    OR_SUBJECT,
    SHOUTED,
    SMALL,
    SUBJECT,
    may_be_name,
    small_role,
)
from newsimport.story.stopwords import ends_as_common, stop_words, weak_words

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

# Nothing of a headline beyond this is read: no headline is longer, and a bound on the
# input is what bounds the time on a hostile one.
MAX_CHARS = 400


class Facts(NamedTuple):
    """What a cluster asks of all words of its headlines at once, so that it may take it in columns.

    `topic` is the stem of a word of weight, but for the ISO 3166 code of a territory or its people;
    "" for others. `sign` is what the word is to its phrase and what stands around it, as
    `standing` has it; `case` counts it if it is long enough to tell the case of a headline by;
    `tells` is the word's.
    """

    word: Word
    stem: str
    topic: str
    sign: int
    case: int
    tells: int


# What a word adds to the count of a headline's words by their case: one sum for the three, for no
# headline has so many words.
CAPITAL, PLAIN, UPPER = 1, 1 << 10, 1 << 20


class Word:
    """What a word of a headline is by itself; nobody changes it.

    `text` is as written, without a possessive ending; `key` is folded, `stem` groups its forms.
    `rank` is that of `english.rank_of`, `loose` that of `english.loose_rank`, `tells` that of
    `english.tells_of`; `camel` has capitals within; `full` is what it abbreviates.
    """

    __slots__ = (
        "camel",
        "capital",
        "full",
        "key",
        "loose",
        "number",
        "possessive",
        "rank",
        "script",
        "shouted",
        "stem",
        "stop",
        "tells",
        "text",
    )

    def __init__(self, surface: str, language: str) -> None:
        if not surface.isascii():
            surface = without_particle(surface)
        known = _known_in(language)
        text, self.possessive = without_possessive(surface, language)
        bare, first = fold(text), text[0]
        key = without_dots(bare) if "." in bare else bare
        script, shouted = script_of(first), len(text) > 1 and text.isupper()
        stop = bare in known.stop_words or (
            not first.isascii() and bare in _stop_words_of_script(first)
        )
        if stop and shouted and key in _KEEP_STOP_WHEN_SHOUTED:
            # "WHO" in a headline that does not shout is no pronoun, so it must not share its key.
            stop, key = False, key.upper()
        number = first.isdigit() or (first in "$€£¥" and len(text) > 1)
        stop = stop or (len(text) == 1 and script != HAN and not number and not first.isupper())
        capital = first.isupper() or (not text.islower() and any(map(str.isupper, text[1:4])))
        self.text, self.key, self.stem = text, key, stem_of(key, language)
        self.capital, self.shouted, self.number, self.stop = capital, shouted, number, stop
        self.script = script
        self.camel = capital and not (shouted or text[1:].islower()) and _is_camel(text)
        self.rank = self.loose = 0
        self.full = ""
        if language in english.READ_AS_ENGLISH:
            self.rank = 0 if stop else english.rank_of(bare, capital=capital)
            if capital:
                self.loose = 0 if stop else english.loose_rank(bare, self.rank)
                self.full = english.in_full(text)
        elif not stop:
            self.rank = 1 if bare in known.weak_words else 0
            self.loose = 2 if capital and ends_as_common(bare, language) else 0
        self.tells = english.tells_of(key)
        if key in known.signs:
            self.tells |= english.OF_GENRE
        if key.casefold() in known.opening:
            self.tells |= english.OPENS_PLACE | english.OF_PEOPLE * (not capital)
        if capital and "-" in text and _is_pair(text):
            self.tells |= english.A_PAIR
        if script != CASED:
            self.tells |= _tells_of_script(script, text)


def _is_camel(text: str) -> bool:
    """Tell whether a capital follows what is none: "iPhone", "McDonald"."""
    return any(c > b for b, c in pairwise(map(str.isupper, text)))


@lru_cache(maxsize=512)
def facts_of(surface: str, language: str) -> Facts:
    """Return what is known of one word in a language (a primary subtag, "" for unknown)."""
    word = Word(surface, language)
    if word.stop:
        return Facts(word, word.stem, "", _role_alone(word), 0, word.tells)
    case = 0
    if len(word.key) > 3 and not word.number:
        case = (CAPITAL if word.capital else PLAIN) + UPPER * word.shouted
    topic = _known_in(language).codes.get(word.key) or word.stem
    return Facts(word, word.stem, topic, _role_alone(word), case, word.tells)


class _Known(NamedTuple):
    """What is known of a language's words, all of them folded.

    `codes` are those of territories by their names, `opening` the words that such names begin
    with, `signs` those that show a headline's genre.
    """

    stop_words: Container[str]
    weak_words: Container[str]
    codes: Mapping[str, str]
    opening: Container[str]
    signs: Container[str]


@lru_cache(maxsize=64)
def _known_in(language: str) -> _Known:
    return _Known(
        _folded_stop_words(language),
        frozenset(fold_all(weak_words(language))),
        places.territories(language),
        places.opening_words(language),
        genres.SIGNS.union(map(fold, genres.SIGNS)),
    )


def _is_pair(text: str) -> bool:
    """Tell whether the halves may be names of their own: "Yankees-Mets"."""
    left, _, right = text.partition("-")
    return len(left) > 2 and len(right) > 2 and right[0].isupper() and "-" not in right


def _role_alone(word: Word) -> int:
    """Return the role of a word whatever its headline, one of UNSURE where that decides."""
    if word.stop:
        if word.capital and may_be_name(word.key):
            return SMALL
        return small_role(word.key, shouted=word.shouted)
    if word.number:
        return NUMBER if word.key[0].isdigit() else CUT
    if word.script != CASED:
        return CUT if word.script in {HAN, KANA, THAI} else SUBJECT
    if not word.capital:
        return CUT if word.rank == 3 else SUBJECT
    return NAME if word.camel else _role_in_doubt(word)


def _role_in_doubt(word: Word) -> int:
    if word.shouted:
        return SHOUTED
    if "-" in word.key and word.rank == 2:
        return SUBJECT
    if word.loose > 0:
        return OR_CUT if word.loose == 3 else OR_SUBJECT
    return OR_SUBJECT if word.loose else OR_GUESS


def _tells_of_script(script: int, text: str) -> int:
    """Return what a word in a script without case tells by being in it."""
    if script in {HAN, KANA, THAI}:
        return english.UNSPACED
    return english.INFLECTED if may_be_inflected(text) else 0


def bare_if_seen(word: Word, seen: set[str]) -> str:
    """Return an INFLECTED word without its particle or proclitic, if a key is what is left."""
    text = word.text
    if "\uac00" <= text[-1] <= "\ud7a3":
        return text[:-1] if text[:-1] in seen else text
    return text[1:] if fold(text[1:]) in seen else text


_KEEP_STOP_WHEN_SHOUTED = frozenset("us who it may march sun eu am un".split())


@lru_cache(maxsize=64)
def _folded_stop_words(language: str) -> frozenset[str]:
    return frozenset(fold_all(stop_words(language)))


# A headline in another script than the feed's is in another language: most likely these.
_LANGUAGES_OF_SCRIPTS = (
    ("\u0370", "\u03ff", ("el",)),
    ("\u0400", "\u052f", ("ru", "uk")),
    ("\u0590", "\u05ff", ("he",)),
    ("\u0600", "\u06ff", ("ar", "fa")),
    ("\u0900", "\u097f", ("hi",)),
    ("\uac00", "\ud7a3", ("ko",)),
)


def _stop_words_of_script(char: str) -> frozenset[str]:
    for first, last, languages in _LANGUAGES_OF_SCRIPTS:
        if first <= char <= last:
            return _folded_stop_words_of(languages)
    return frozenset()


@lru_cache(maxsize=16)
def _folded_stop_words_of(languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*map(_folded_stop_words, languages))
