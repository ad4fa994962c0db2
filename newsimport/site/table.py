"""Hold a story's headlines as rows of one form, spelled from their columns."""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING

from newsimport.models import Value
from newsimport.site.quoting import within_quotes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsimport.models import Bare


class Table(list[Value]):
    """Headlines as front matter holds them, each a map of title, publisher, link and first_seen.

    They take most of a file: what stands in every row is not looked at row by row. `links` are made
    of the signs of an address alone, `times` need no quotes in YAML.
    """

    def __init__(
        self,
        titles: Sequence[str],
        publishers: Sequence[str],
        links: Sequence[str],
        times: Sequence[Bare],
    ) -> None:
        rows: list[Value] = [
            {"title": title, "publisher": publisher, "link": link, "first_seen": time}
            for title, publisher, link, time in zip(titles, publishers, links, times, strict=True)
        ]
        super().__init__(rows)
        # In UTF-8, none where a text needs more than quotes.
        texts = [text.encode() for text in within_quotes([*titles, *publishers]) or ()]
        self._titles, self._publishers = texts[: len(titles)], texts[len(titles) :]
        self._links = [link.encode() for link in links]
        self._times = [time.encode() for time in times]

    def yaml(self, margin: str) -> bytes:
        """Return the rows in block style, in UTF-8, `margin` before all lines but the first.

        b"" where a text needs more than quotes.
        """
        line = f"\n{margin}".encode()
        rows = zip(
            repeat(line + b'- title: "'), self._titles,
            repeat(b'"' + line + b'  publisher: "'), self._publishers,
            repeat(b'"' + line + b'  link: "'), self._links,
            repeat(b'"' + line + b"  first_seen: "), self._times,
            strict=False,
        )  # fmt: skip
        return b"".join(chain.from_iterable(rows))[len(line) :]

    def json(self) -> bytes:
        """Return the rows as JSON on one line, keys in order; b"" where a text needs more."""
        rows = zip(
            repeat(b'"}, {"first_seen": "'), self._times,
            repeat(b'", "link": "'), self._links,
            repeat(b'", "publisher": "'), self._publishers,
            repeat(b'", "title": "'), self._titles,
            strict=False,
        )  # fmt: skip
        joined = b"".join(chain.from_iterable(rows))
        return b"[" + joined[len(b'"}, ') :] + b'"}]' if self._titles else b""
