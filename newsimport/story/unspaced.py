"""Find what headlines share in scripts that write no spaces between words."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from newsimport.story import places
from newsimport.story.english import UNSPACED
from newsimport.story.letters import HAN, KANA, THAI, Ranges, fold, script_of
from newsimport.story.overlaps import Overlaps, Said, shared_grams
from newsimport.story.phrases import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsimport.story.lines import Line
    from newsimport.story.phrases import Phrases

_SHORTEST, _LONGEST = 2, 10
_LONGEST_THAI, _SHORTEST_THAI = 24, 4

# Function characters of Chinese, at which no word goes on, and Japanese and Chinese words that
# any story may use.
_CHINESE_CUTS = (
    "的了在是和与與對对及或被把將将从從到於于为為之也都就等而且则則但以向由让"
    "讓给給再又还還更最很不没沒吗嗎呢吧这這那哪某每各其它他她我你們们稱称"
)
_GENERIC = frozenset(
    """
発表 開始 会見 方針 問題 関係 判明 確認 検討 必要 可能 影響 注目 今後 以上 以下 最新 速報 動画
写真 今年 来年 昨年 午前 午後 予定 結果 理由 実施 対応 指摘 発言 発生 明らか 初めて 一部 状況 時間
本日 今日 昨日 明日 一方 見通し 記者 関係者 万円 億円 人目 期待 拡大 发布 宣布 表示 进行 可能 已经
记者 报道 最新 今日 首次 发现 成为 开始 进入 继续 关注 市场 市場 億元 亿元 万元 公布 回应 或将
トップ リスト ポイント レベル ページ ニュース テレビ オンライン デジタル メートル キロ パーセント
データ サービス システム スタート イベント メッセージ コメント インタビュー スピーチ チーム ハード
平均 展開 注意 可能性 史上 最優秀 診断 容疑 社会 衝撃 続伸 反落 高値 安値 逮捕 謝罪 報告 説明 批判
要求 声明 受賞 辞退 混乱 反発 参加 登場 公開 紹介 全国 地域 男性 女性 自宅 現場 被害 死亡 死者 負傷
事件 事故 近期 昨日 今年 明年 發布 宣佈 進行 已經 記者 報導 發現 成為 開始 進入 繼續 關注 回應 月日

""".split()
)
_COUNTED = frozenset("年月日時分秒人回目万億兆円元号位歳岁歲度割倍社件台個个点點次名第")


# Katakana, its middle dot, its small letters and all other kana, kanji with the rarer of them,
# what is Thai or written like it, and all others.
_KINDS = Ranges(
    ("\u30fb", "\u30fb", "m"),
    ("\u30a1", "\u30fc", "k"),
    ("\u31f0", "\u31ff", "s"),
    ("\u3040", "\u30ff", "i"),
    ("\u4e00", "\u9fff", "h"),
    ("\u3400", "\u4dbf", "r"),
    ("\u3005", "\u3005", "r"),
    ("\U00020000", "\U0003134f", "r"),
    ("\u0e00", "\u0eff", "t"),
    ("\u1000", "\u109f", "t"),
    ("\u1780", "\u17ff", "t"),
)
# Kanji with katakana is cut apart: "イスラエル軍" is found whole only when it is repeated.
_RUN = re.compile("[kms]{2,40}|[hr]+|t+")
_MIXED = re.compile("(k{2,20})(h{1,8})")


def gather(found: Phrases, lines: list[Line], language: str) -> None:
    """Add to `found` the phrases of the lines in Han, Kana, Thai and their like."""
    # What is the same in several headlines is read once; a bit stands for each that says it.
    texts: dict[str, int] = {}
    for line in lines:
        if line.tells & UNSPACED and line.text:
            texts[line.text] = texts.get(line.text, 0) | 1 << line.number
    if not texts:
        return
    kinds = [text.translate(_KINDS) for text in texts]
    if language not in {"ja", "zh", "zh-Hant", "th"}:
        language = _guess(frozenset("".join(kinds)))
    _places(found, lines, texts, language)
    shared, whole = _shared(texts, kinds, language)
    for part in _longest(shared):
        if part not in _GENERIC:
            said = _with_ending(part, texts) if language == "ja" else part
            _note(found, said, shared[part], lines, _first(texts, part))
    for run, spot in whole.items():
        if run not in shared and len(run) > 2 and run not in _GENERIC:
            _note(found, run, 1 << spot[0], lines, spot)


# The runs of a headline in scripts of a kind, with whether each follows a number.
_Runs = list[tuple[str, bool]]


def _shared(
    texts: dict[str, int], kinds: list[str], language: str
) -> tuple[dict[str, int], dict[str, tuple[int, int]]]:
    """Return the parts that two headlines say, and where each run in Kana is first said.

    Parts are left out that a longer one outdoes, as `Overlaps` has it.
    """
    masks: dict[str, int] = {}
    whole: dict[str, tuple[int, int]] = {}
    han: list[tuple[_Runs, int]] = []
    thai: list[tuple[_Runs, int]] = []
    for (text, by), kind in zip(texts.items(), kinds, strict=True):
        han.append(([], by))
        thai.append(([], by))
        for run, at in _runs(text, kind, language):
            if kind[at] not in "kms":
                written = thai if kind[at] == "t" else han
                written[-1][0].append((run, at > 0 and text[at - 1].isdigit()))
                continue
            whole.setdefault(run, (_lowest(by), at))
            # Katakana is spelling: a part of a run is no word, but for what a middle dot parts.
            for part in {run, *run.split("・")}:
                if len(part) >= _SHORTEST:
                    masks[part] = masks.get(part, 0) | by
        for mixed in _MIXED.finditer(kind):
            # "トヨタ自動車": the kanji after a katakana name may belong to it.
            for end in range(mixed.end(1) + 2, mixed.end() + 1):
                part = text[mixed.start() : end]
                masks[part] = masks.get(part, 0) | by
    shared = {part: mask for part, mask in masks.items() if mask & (mask - 1)}
    shared |= _overlaps(han, language, _SHORTEST, _LONGEST)
    shared |= _overlaps(thai, language, _SHORTEST_THAI, _LONGEST_THAI)
    return shared, whole


def _lowest(mask: int) -> int:
    return (mask & -mask).bit_length() - 1


def _overlaps(
    written: list[tuple[_Runs, int]], language: str, shortest: int, longest: int
) -> dict[str, int]:
    texts = [("\n".join([run for run, _ in runs]), by) for runs, by in written]
    grams = shared_grams(texts, shortest)
    if not grams:
        return {}
    bounded = _in_thai if shortest == _SHORTEST_THAI else _in_han
    said = []
    for (text, by), (runs, _) in zip(texts, written, strict=True):
        opens, closes = bounded(text, runs)
        _keep_words(opens, closes, runs, language)
        said.append(Said(text, bytes(opens), bytes(closes), by))
    return Overlaps(said, grams, shortest, longest).found


def _in_han(text: str, runs: _Runs) -> tuple[bytearray, bytearray]:
    """Return where a word may begin and end: what counts belongs to the number before it."""
    opens = bytearray([char not in _COUNTED for char in text])
    closes = bytearray([True, *[char not in "年月日第" for char in text]])
    begin = 0
    for run, counts in runs:
        if not counts:
            opens[begin] = True
        begin += len(run) + 1
    return opens, closes


def _in_thai(text: str, runs: _Runs) -> tuple[bytearray, bytearray]:
    """Return where a syllable may begin and end: not at a mark, nor after a leading vowel."""
    edges = bytearray(
        [
            char not in _MARKS and before not in _LEADING
            for before, char in zip("\n" + text, text, strict=False)
        ]
    )
    closes = edges + b"\1"
    end = -1
    for run, _ in runs:
        end += len(run) + 1
        closes[end] = True
    return edges, closes


def _keep_words(opens: bytearray, closes: bytearray, runs: _Runs, language: str) -> None:
    """Let parts begin and end with words only, in runs whose words can be told."""
    begin = 0
    for run, _ in runs:
        starts = _word_starts(run, language)
        if starts:
            thai = script_of(run[0]) == THAI
            for at in range(len(run)):
                is_start = at in starts
                opens[begin + at] = is_start and (thai or opens[begin + at])
                if at:
                    closes[begin + at] = is_start and (thai or closes[begin + at])
        begin += len(run) + 1


def _guess(kinds: frozenset[str]) -> str:
    if not kinds.isdisjoint("kmsi"):
        return "ja"
    return "th" if "t" in kinds else "zh"


def _places(found: Phrases, lines: list[Line], texts: dict[str, int], language: str) -> None:
    folded = {text: fold(text) for text in texts}
    everything = "\n".join(folded.values())
    for name, code in _names_by_first(language, frozenset(everything)):
        if name not in everything:
            continue
        for number, line in enumerate(lines):
            at = folded.get(line.text, "").find(name)
            if at >= 0:
                phrase = found.setdefault("@" + code, Phrase(("@" + code,), place=code))
                phrase.proven |= 1 << number
                phrase.say(number, at, line.text[at : at + len(name)], line.weight)


def _names_by_first(language: str, characters: frozenset[str]) -> list[tuple[str, str]]:
    """Return the names of territories that begin with one of some characters, the longest first."""
    names = _names_at(language)
    spots = sorted([at for first in characters & names.keys() for at in names[first]])
    within = places.names_within(language)
    return [within[at] for at in spots]


@lru_cache(maxsize=8)
def _names_at(language: str) -> dict[str, list[int]]:
    """Return where in `places.names_within` names begin with a character."""
    found: dict[str, list[int]] = {}
    for at, (name, _) in enumerate(places.names_within(language)):
        found.setdefault(name[0], []).append(at)
    return found


def _runs(text: str, kinds: str, language: str) -> Iterator[tuple[str, int]]:
    cuts = language.startswith("zh")
    for match in _RUN.finditer(kinds):
        run, start = text[match.start() : match.end()], match.start()
        if cuts and script_of(run[0]) == HAN:
            for uncut in _uncut().finditer(run):
                yield uncut[0], start + uncut.start()
        # "・・・" is how Japanese trails off: no word.
        elif word := run.strip("・"):
            yield word, start


@lru_cache(maxsize=1)
def _uncut() -> re.Pattern[str]:
    return re.compile(f"[^{_CHINESE_CUTS}]{{{_SHORTEST},}}")


# Of Thai: what is written above, below or behind a consonant, and the vowels before one.
_MARKS = frozenset(map(chr, (*range(0x0E30, 0x0E3B), *range(0x0E45, 0x0E4F))))
_LEADING = frozenset("เแโใไ")


def _word_starts(run: str, language: str) -> frozenset[int]:
    """Return where words begin by budoux, if the extra is installed; empty if it is not."""
    parser = _parser(language)
    if parser is None or len(run) < 2 * _SHORTEST:
        return frozenset()
    starts, at = {0}, 0
    for chunk in parser.parse(run):
        at += len(chunk)
        starts.add(at)
    return frozenset(starts)


@lru_cache(maxsize=4)
def _parser(language: str) -> Any:
    # Only Thai gains: in Chinese and Japanese what headlines repeat already shows the words.
    if language != "th":
        return None
    try:
        import budoux
    except ImportError:
        return None
    return budoux.load_default_thai_parser()


def _longest(shared: dict[str, int]) -> list[str]:
    """Drop the parts that are only ever, or but for a fifth, said within one longer part."""
    kept: list[str] = []
    # What is kept, by how many headlines say it.
    longer: dict[int, str] = {}
    parts = sorted(shared, key=lambda part: (-len(part), part))
    for _, alike in groupby(parts, key=len):
        new: dict[int, list[str]] = {}
        for part in alike:
            count = shared[part].bit_count()
            for other, texts in longer.items():
                if 5 * other >= 4 * count and part in texts:
                    break
            else:
                kept.append(part)
                new.setdefault(count, []).append(part)
        for count, some in new.items():
            longer[count] = "\n".join([longer.get(count, ""), *some])
    return kept


# With these a noun goes on that is made of a verb: 通行止め, 値上げ, 運転見合わせ.
_NOUN_ENDINGS = frozenset("めきりけいえみげちびれせわつじ")


def _with_ending(part: str, texts: Iterable[str]) -> str:
    """Return a Japanese word with the kana that follows it wherever it is said."""
    if script_of(part[-1]) != HAN:
        return part
    for _ in range(2):
        after = {text[at + len(part) :][:1] for text in texts if (at := text.find(part)) >= 0}
        if len(after) != 1 or (char := after.pop()) not in _NOUN_ENDINGS:
            break
        part += char
    return part


def _first(texts: dict[str, int], part: str) -> tuple[int, int]:
    for text, by in texts.items():
        at = text.find(part)
        if at >= 0:
            return _lowest(by), at
    return 0, 0


def _note(found: Phrases, text: str, mask: int, lines: list[Line], spot: tuple[int, int]) -> None:
    key = fold(text)
    phrase = found.get(key)
    if phrase is None:
        phrase = found[key] = Phrase(tuple(key))
    phrase.name |= script_of(text[0]) == KANA or len(text) > 2
    phrase.proven |= mask
    for number, line in enumerate(lines):
        if mask >> number & 1:
            phrase.say(number, spot[1], text, line.weight)
