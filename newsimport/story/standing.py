"""Say what a word is to its phrase, as far as the word itself says it."""

from __future__ import annotations

# It ends a phrase, joins two names, counts, is a subject or a name. A guess is a name if a capital
# that proves nothing ("Storm" in a Title Case headline) were one.
CUT, LINK, NUMBER, SUBJECT, GUESS, NAME = range(6)
# From here on the headline decides: its small letters prove a capital to be that of a name, and
# where nothing is proven, a word is what it would be as a word. `SHOUTED` is a name wherever not
# all shout; for a `SMALL` word ("La Palma", "First Republic") all that stands around it tells.
OR_CUT, OR_SUBJECT, OR_GUESS, SHOUTED, SMALL = range(6, 11)
# With its role a word has as signs what stands around it: that a phrase ends before it, and that a
# sentence may begin with it; that a phrase ends behind it, and that a sentence may. If that alone
# is set, the dot of an abbreviation is behind it, which ends both only if more follows.
ROLE = 15
APART, OPENING, PARTED, ENDED = 16, 32, 64, 128


def _judging(*roles: int) -> bytes:
    """Return the roles of signs, those that are UNSURE but for SMALL being these."""
    judged = [*range(OR_CUT), *roles, *range(SMALL, ROLE + 1)]
    return bytes([judged[sign & ROLE] for sign in range(256)])


WHERE_PROVEN = _judging(NAME, NAME, NAME, NAME)
WHERE_LOOSE = _judging(CUT, SUBJECT, GUESS, NAME)

_LINKS = frozenset(
    """
of the de del di da do dos das du des la le el los las al bin ibn von van der den ter y und e et
and & zu of-the

""".split()
)
# Small words that a capital in a plain sentence shows to be part of a name: "Mega Millions".
COUNTING = frozenset(
    """
one two three four five six seven eight nine ten first second third last million millions billions
hundred thousand more most up down out day home

""".split()
)
# Articles and prepositions whose capital within a sentence makes them a part of a name.
ARTICLES = frozenset("el la los las le les de del di da van von den der ter os as il lo".split())


def small_role(key: str, *, shouted: bool) -> int:
    """Return the role of a small word (a folded one) that is no part of a name."""
    return LINK if key in _LINKS and not shouted else CUT


def may_be_name(key: str) -> bool:
    """Tell whether a capital may make a name of a small word (a folded one)."""
    return key in COUNTING or key in ARTICLES
