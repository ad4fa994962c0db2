"""Hold a story's headlines as rows of one form, spelled from their columns."""

from __future__ import annotations

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
        super().__init__(
            {"title": title, "publisher": publisher, "link": link, "first_seen": time}
            for title, publisher, link, time in zip(titles, publishers, links, times, strict=True)
        )
        # None where a text needs more than quotes.
        texts = within_quotes([*titles, *publishers]) or ()
        self._rows = [*zip(texts, texts[len(titles) :], links, times, strict=False)]

    def yaml(self, margin: str) -> str:
        """Return the rows in block style, `margin` before all lines but the first.

        "" where a text needs more than quotes.
        """
        line = f"\n{margin}"
        rows = [
            f'- title: "{title}"{line}  publisher: "{publisher}"'
            f'{line}  link: "{link}"{line}  first_seen: {time}'
            for title, publisher, link, time in self._rows
        ]
        return line.join(rows)

    def json(self) -> str:
        """Return the rows as JSON on one line, keys in order; "" where a text needs more."""
        rows = [
            f'{{"first_seen": "{time}", "link": "{link}", '
            f'"publisher": "{publisher}", "title": "{title}"}}'
            for title, publisher, link, time in self._rows
        ]
        return f"[{', '.join(rows)}]" if rows else ""
