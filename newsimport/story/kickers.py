"""Take from a headline what its desk put around it: kickers, tail markers, publishers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsimport.story.letters import fold, fold_table
from newsimport.story.words import MAX_CHARS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsimport.models import Headline

# Words that desks of many languages put before or after a headline. All words of a kicker
# must be of this list.
_KICKERS = """
newsmaker wrapup timeline refile corrected spotlight focus
exclusive opinion opinions live live-updates updates update updated updating watch video videos
breaking news analysis analyses editorial factbox explainer explained photos pictures gallery
podcast newsletter listen audio commentary column columnist interview fact check map maps graphic
graphics chart charts fact-check factcheck review reviews perspective letters letter blog liveblog
coverage latest report reports rumor rumors sources source recap highlights highlight game gallery
feature features special op-ed oped guest essay investigation insight briefing roundup transcript
read look see here now today tonight developing alert just in first on correction full first-look
to editor preview quiz poll obituary obituaries viewpoint comment q&a ap cnn reuters bbc nyt afp
sponsored subscriber only in-depth episode trailer official clip watch-live the big take daily
morning evening eilmeldung eil exklusiv kommentar meinung analyse interview liveblog live-ticker
liveticker ticker newsticker newsblog news-blog bericht reportage kolumne gastbeitrag podcast
bilder fotos porträt update live-blog newsticker news-ticker im überblick liveblog última hora
ultima hora directo en vivo opinión exclusiva exclusivo vídeo análisis editorial entrevista fotos
galería minuto a crónica reportaje tribuna columna direct vidéo vidéos entretien tribune éditorial
exclusif analyse opinion reportage récit enquête portrait décryptage infographie édito chronique
podcast photos info ao vivo vídeo análise opinião exclusivo entrevista urgente fotos veja assista
diretta ultimo ultim'ora video esclusiva editoriale intervista foto analisi commento uitgelegd
liveblog podcast opinie analyse column interview direkt just nu ledare analys kommentar срочно
видео фото эксклюзив мнение интервью онлайн молния canlı son dakika video foto galeri عاجل فيديو
بالفيديو صور بالصور مباشر حصري تحليل رأي شاهد 속보 단독 영상 사설 칼럼 인터뷰 종합 포토 르포 기획
특징주 오피니언 1보 2보 3보 핫스탁 速報 独自 動画 社説 解説 詳報 更新 単独 コラム インタビュー
写真 写真特集 号外 ライブ 快讯 快訊 独家 獨家 视频 影片 直播 评论 評論 社论 社論 专访 專訪 图集
財經 財経 时政 新聞 新闻

"""
_BRACKETS = {
    "[": "]",
    "【": "】",
    "(": ")",
    "（": "）",
    "〈": "〉",
    "《": "》",
    "［": "］",
    "<": ">",
}
_SPLIT_WORDS = re.compile(r"[^\s|:·/,!]+")


@lru_cache(maxsize=1)
def _kicker_words() -> frozenset[str]:
    return frozenset(fold_table(_KICKERS))


@lru_cache(maxsize=1024)
def is_kicker(text: str) -> bool:
    """Tell whether all words of `text` are such as desks put around headlines."""
    known, word = _kicker_words(), None
    for word in _SPLIT_WORDS.finditer(fold(text)):
        if word[0].strip("()[]'\"") not in known:
            return False
    return word is not None


@lru_cache(maxsize=512)
def publisher_key(name: str) -> str:
    """Return a publisher's name to compare by: folded, without "The" and a domain's ending."""
    key = fold(name).strip().removeprefix("the ").removeprefix("www.")
    head, dot, tail = key.rpartition(".")
    if dot and tail.isalpha() and 2 <= len(tail) <= 4 and " " not in head:
        key = head
    return "".join(filter(str.isalnum, key))


@lru_cache(maxsize=512)
def publisher_keys(name: str) -> frozenset[str]:
    """Return the keys of a publisher's name and of its parts ("Iran International | ایران").

    A name of three words is known by its initials as well ("WSJ").
    """
    parts = [name, *re.split(r"\s+[–—-]\s+|\s*\|\s*", name)]
    words = [word for word in fold(name).split() if word not in {"the", "of", "and", "&"}]
    if len(words) > 2 and all(word.isalpha() for word in words):
        parts.append("".join(word[0] for word in words))
    return frozenset(key for part in parts if (key := publisher_key(part)))


def _is_tail(text: str, publishers: frozenset[str]) -> bool:
    if is_kicker(text):
        return True
    key = publisher_key(text)
    if not key or key in publishers:
        return bool(key)
    size = len(key)
    for name in publishers:
        if (size > 2 and key in name) or (
            len(name) > 3 and name in key and size < 2 * len(name) + 6
        ):
            return True
    return False


def _is_masthead(parts: list[str], publishers: frozenset[str]) -> bool:
    """Tell "Harbour News | Ferries collide off Bergen" from a headline that names a publisher."""
    return len(parts) == 2 and len(parts[1].split()) > 3 and _is_tail(parts[0], publishers)


@lru_cache(maxsize=1)
def _tail_mark() -> re.Pattern[str]:
    return re.compile(r"\s+[|–—\-·•»]+\s+|\s*[|｜]\s*|(?<=[^\s!-~])-\s")


# Each eastern tail begins with one of these.
_EASTERN_SIGNS = frozenset("|｜/／（([［：")


@lru_cache(maxsize=1)
def _eastern_tail() -> re.Pattern[str]:
    # What desks of East Asia put behind a headline: where it was printed, a section, a page, a
    # date. A pipe parts sections there, a wide colon a paper's name, wide brackets either.
    return re.compile(
        r"(?:\s*[|｜/／]\s*[^|｜。！？]{1,14}"
        r"|\s*[（(](?:[^（）()]|（[^（）]*）){1,24}[）)]"
        r"|\s*[\[［][\d/:：. ]+[\]］]"
        r"|\s*：[^：。「」]{0,16}(?:新聞|新闻|日報|日报|ニュース|スポーツ|テレビ|オンライン|デジタル|放送|通信|网|網)[^：。「」]{0,12})$"
    )


def _without_eastern_tail(text: str) -> str:
    """Cut the tails of a headline in Han, Kana or Hangul, as long as enough of it is left."""
    if _EASTERN_SIGNS.isdisjoint(text):
        return text
    for _ in range(4):
        tail = _eastern_tail().search(text)
        if not tail or tail.start() < 8 or not text[: tail.start()].strip()[-1:] > "\u2e7f":
            break
        text = text[: tail.start()].rstrip()
    return text


@lru_cache(maxsize=1)
def _wire_mark() -> re.Pattern[str]:
    # As agencies mark their copy: "UPDATE 2-Fed raises rates", "FACTBOX-Who is who".
    return re.compile(r"([A-Z]{4,12})(?: \d{1,2})?-(?=\S)")


# Each tail mark has one of these: to look for the marks themselves takes long.
_has_mark = re.compile(r"[|｜–—·•»-](?:(?<=[|｜])|(?=\s))").search


# Without one of these, a headline that no bracket opens or closes has nothing around it.
_SIGNS_IN_ASCII = "-:|"
_SIGNS = _SIGNS_IN_ASCII + "：｜/／–—·•»"
_CLOSING = frozenset("]】)）］")


def _may_be_dressed(text: str) -> bool:
    # Some looks for a sign take no longer than a search for one of them, and nothing to be made.
    for sign in _SIGNS_IN_ASCII if text.isascii() else _SIGNS:
        if sign in text:
            return True
    return text[:1] in _BRACKETS or text[-1:] in _CLOSING


def _split_at_marks(text: str) -> list[str]:
    """Return the parts of a text, to compare the first and last with what desks put there."""
    mark = _has_mark(text)
    if not mark:
        return [text]
    # Before the first mark, and a character before its blanks, nothing needs a look.
    plain = max(0, len(text[: mark.start()].rstrip("|｜–—-·•»").rstrip()) - 1)
    parts = _tail_mark().split(text[plain:])
    parts[0] = text[:plain] + parts[0]
    return parts


def _strip_brackets(text: str) -> str:
    while text[:1] in _BRACKETS:
        end = text.find(_BRACKETS[text[0]], 1, 30)
        if end < 0 or not (end < 12 or is_kicker(text[1:end])):
            break
        rest = text[end + 1 :].strip()
        if not rest:
            break
        text = rest
    if text[-1:] in "]】)）":
        start = max(text.rfind(mark) for mark in "[【(（")
        if start > 0 and is_kicker(text[start + 1 : -1]):
            text = text[:start].rstrip()
    return text


def bare_headlines(rows: Sequence[Headline]) -> list[str]:
    """Return a cluster's headlines in their own words, without kickers and publishers."""
    texts = [row.title[:MAX_CHARS].strip() or row.title[:MAX_CHARS] for row in rows]
    for at, text in enumerate(texts):
        if _may_be_dressed(text):
            texts[at] = _undressed(text, rows) or rows[at].title[:MAX_CHARS]
    return texts


@lru_cache(maxsize=64)
def _keys_of(publishers: tuple[str, ...]) -> frozenset[str]:
    return frozenset(key for name in publishers for key in publisher_keys(name) if len(key) > 1)


def _undressed(text: str, rows: Sequence[Headline]) -> str:
    text = _strip_brackets(text)
    if not text.isascii() and max(text) > "\u2e7f":
        text = _without_eastern_tail(text)
    for _ in range(3):
        if "-" in text and (wire := _wire_mark().match(text)) and is_kicker(wire[1]):
            text = text[wire.end() :]
            continue
        head, colon, rest = text.partition(":")
        if colon and len(head) < 40 and is_kicker(head) and rest.strip():
            text = rest.strip()
            continue
        parts = _split_at_marks(text)
        if len(parts) < 2:
            break
        publishers = _keys_of(tuple([row.publisher for row in rows]))
        if _is_tail(parts[-1], publishers):
            text = text[: text.rstrip().rfind(parts[-1])].rstrip(" |–—-·•»｜")
        elif is_kicker(parts[0]) or ("|" in text and _is_masthead(parts, publishers)):
            text = text[len(parts[0]) :].lstrip(" |–—-·•»｜")
        else:
            break
    return text


@lru_cache(maxsize=1)
def _byline() -> re.Pattern[str]:
    # As papers sign opinion: "Where did the summer go? | Ada Byron and Jo van der Berg". A curved
    # apostrophe, beyond Latin-1, would make it take twice as long to compile.
    name = r"[^\W\d_a-z][\w.'-]+"
    small = r"(?:and|und|et|e|y|en|och|og|de|da|di|del|von|van|der|den|le|la|al|bin|&)"
    return re.compile(rf"\s\|\s({name}(?:,? (?:{small} )*{name}){{1,5}})$")


def signature(text: str) -> str:
    """Return what ends a bare headline as a byline would ("| Ada Byron"), "" for nothing.

    By its form alone: a section of two words ("| Premier League") looks the same.
    """
    if "|" not in text:
        return ""
    found = _byline().search(text.replace("’", "'"))
    signed = found and found[1][0].isupper() and " " in text[: found.start()].strip()
    return text[slice(*found.span(1))] if found and signed else ""


def without_publisher(title: str, publishers: list[str]) -> str:
    """Return a headline without its publishers' names at its end, kickers kept."""
    text = title.strip()
    if not _has_mark(text):
        return text
    keys = _keys_of(tuple(publishers))
    for _ in range(2):
        parts = _split_at_marks(text)
        if len(parts) < 2 or publisher_key(parts[-1]) not in keys:
            break
        text = text[: text.rfind(parts[-1])].rstrip(" |–—-·•»｜")
    return text or title.strip()
