"""Find the parts that texts share, in time that grows with the texts and not with their parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    # So many characters in a row, and which texts say them, as bits.
    _Grams = dict[tuple[str, ...], int]


class Said(NamedTuple):
    """A text of runs: no part goes on from one to the next, which a line's end parts.

    A part may begin at i if `opens[i]`, and end before i if `closes[i]`. `by` has a bit set for
    each headline that says the text.
    """

    text: str
    opens: bytes
    closes: bytes
    by: int


def shared_grams(texts: Sequence[tuple[str, int]], size: int) -> _Grams:
    """Return the sequences of `size` characters that two headlines say, and which do.

    `texts` are as in `Said`, with the headlines that say them. What has none shares nothing.
    """
    said: set[tuple[str, ...]] = set()
    again: set[tuple[str, ...]] = set()
    each: list[tuple[set[tuple[str, ...]], int]] = []
    for text, by in texts:
        grams = set(_grams_of(text, size))
        again |= grams if by & (by - 1) else said & grams
        said |= grams
        each.append((grams, by))
    found: _Grams = {}
    for grams, by in each if again else ():
        for gram in grams & again:
            if "\n" not in gram:
                found[gram] = found.get(gram, 0) | by
    return found


def _grams_of(text: str, size: int) -> Iterator[tuple[str, ...]]:
    return zip(*[text[at:] for at in range(size)], strict=False)


class Overlaps:
    """The parts that two headlines share, of a shortest and a longest length.

    Of `found`, those are left out that a longer one outdoes: it has them within, and as many
    headlines say it.
    """

    __slots__ = ("_grams", "_longest", "_seen", "_shortest", "_texts", "found")

    def __init__(self, texts: list[Said], grams: _Grams, shortest: int, longest: int) -> None:
        self._texts = texts
        self._grams = grams
        self._shortest = shortest
        self._longest = longest
        self._seen: set[tuple[str, bytes]] = set()
        self.found: dict[str, int] = {}
        for said in texts:
            self._look_through(said)

    def _look_through(self, said: Said) -> None:
        """Find the parts of a text, the longest at each place first."""
        text, opens, closes, _ = said
        masks = [*map(self._grams.get, _grams_of(text, self._shortest))]
        # To where the same headlines say on what is said, and to where any two do.
        same = [*range(1, len(masks) + 1)]
        far = [at + self._shortest for at in range(len(masks))]
        for at in range(len(masks) - 2, -1, -1):
            if masks[at] == masks[at + 1]:
                same[at] = same[at + 1]
            if masks[at + 1]:
                far[at] = far[at + 1]
        # How far that goes which so many headlines say, from this place or from one before.
        reach = [0] * (max([one.by for one in self._texts]).bit_length() + 1)
        for begin, mask in enumerate(masks):
            if not mask or not opens[begin]:
                continue
            end = min(far[begin], begin + self._longest)
            # What another text says as well was looked through there.
            window = text[begin:end], closes[begin : end + 1]
            if end > reach[mask.bit_count()] and window not in self._seen:
                self._seen.add(window)
                self._look_from(said, begin, self._stretches(begin, masks, same), reach)

    def _stretches(
        self, begin: int, masks: Sequence[int | None], same: list[int]
    ) -> list[tuple[int, int, int]]:
        """Return how many headlines may say what goes on from here, from one end to another."""
        found: list[tuple[int, int, int]] = []
        shortest = self._shortest
        last = min(len(masks), begin + self._longest - shortest + 1)
        at, both = begin, -1
        while at < last and (both := both & (masks[at] or 0)) & (both - 1):
            end = min(same[at], last)
            found.append((both.bit_count(), at + shortest, end + shortest - 1))
            at = end
        return found

    def _look_from(
        self, said: Said, begin: int, stretches: list[tuple[int, int, int]], reach: list[int]
    ) -> None:
        text, closes, most = said.text, said.closes, 1
        for count, first, last in reversed(stretches):
            for end in range(last, first - 1, -1):
                if count <= most or end <= reach[count]:
                    break
                if closes[end]:
                    by = self._said_by(text[begin:end]).bit_count()
                    most = max(most, by)
                    while by > 1 and reach[by] < end:
                        reach[by] = end
                        by -= 1

    def _said_by(self, part: str) -> int:
        """Return which headlines say a part, and note it if two do."""
        by = self.found.get(part, 0)
        if by:
            return by
        size = len(part)
        for text, opens, closes, mask in self._texts:
            at = text.find(part)
            while at >= 0:
                if opens[at] and closes[at + size]:
                    by |= mask
                    break
                at = text.find(part, at + 1)
        if by & (by - 1):
            self.found[part] = by
        return by
