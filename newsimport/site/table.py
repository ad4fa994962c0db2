"""Hold a story's headlines as rows of one form, spelled from their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.models import Value
from newsimport.site.quoting import within_quotes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsimport.models import Bare

_YAML = b'- title: "%s"\n  publisher: "%s"\n  link: "%s"\n  first_seen: %s'
_JSON = b'{"first_seen": "%s", "link": "%s", "publisher": "%s", "title": "%s"}'


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
        others = map(str.encode, links), map(str.encode, times)
        self._rows = [*zip(texts, texts[len(titles) :], *others, strict=False)]

    def yaml(self, margin: str) -> bytes:
        """Return the rows in block style, in UTF-8, `margin` before all lines but the first.

        b"" where a text needs more than quotes.
        """
        line = f"\n{margin}".encode()
        form = _YAML.replace(b"\n", line)
        return line.join([form % row for row in self._rows])

    def json(self) -> bytes:
        """Return the rows as JSON on one line, keys in order; b"" where a text needs more."""
        rows = [_JSON % row[::-1] for row in self._rows]
        return b"[%s]" % b", ".join(rows) if rows else b""
