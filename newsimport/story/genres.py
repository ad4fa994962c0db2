"""The words by which a headline shows that it is no news, in the languages of most editions."""

from __future__ import annotations

OPINION = frozenset(
    """
opinion op-ed editorial column commentary review opinión editorial columna tribuna tribune meinung
kommentar kolumne opinião opinie opinione analisi análisis analyse analysis 社説 コラム 사설 칼럼
社论 社論 评论 رأي мнение

""".split()
)
LIVE = frozenset(
    """
live liveblog live-updates updates ticker newsticker liveticker directo vivo direct direkt canlı
онлайн مباشر podcast quiz crossword 속보 ライブ 直播

""".split()
)


# Who says "I" in a headline, and not in quotes, writes an essay; who says "here's why" explains.
ONESELF = {
    "": frozenset(("i", "i'm", "i've")),
    "en": frozenset("i my me i'm i've i'd".split()),
    "de": frozenset("ich mein meine mich mir".split()),
    "fr": frozenset("je j'ai mon".split()),
    "es": frozenset(("yo",)),
    "pt": frozenset("eu meu minha".split()),
    "it": frozenset("io".split()),
}
# What a list counts.
LISTED = frozenset(
    """
things ways reasons takeaways takeaway facts questions tips lessons moments best top cosas claves
razones dinge gründe choses raisons coisas motivos cose motivi

""".split()
)
# What a question begins with.
ASKS = frozenset(
    """
how why what when where who which cómo por-qué qué wie warum was comment pourquoi

""".split()
)

# A headline that has none of these is news, unless it ends as a question; a few are no more than
# what is left of such a word when a headline is cut ("j'ai", "here's", a shouted "eu").
SIGNS = frozenset(("ai", "here", "here's", "EU")).union(
    OPINION, LIVE, LISTED, ASKS, *ONESELF.values()
)
