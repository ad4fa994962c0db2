"""Hold a story's headlines as rows of one form, spelled from their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.models import Value
from newsimport.site.quoting import quote_together

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
        # None where a text needs more than quotes.
        self._cells: list[tuple[str, str, str, str]] = []
        if quoted := quote_together([*titles, *publishers]):
            most = len(titles)
            self._cells += zip(quoted[:most], quoted[most:], links, times, strict=True)

    def yaml(self, margin: str) -> str:
        """Return the rows in block style, `margin` before all lines but the first.

        "" where a text needs more than quotes.
        """
        inner = f"\n{margin}  "
        rows = [
            f'- title: {title}{inner}publisher: {publisher}{inner}link: "{link}"'
            f"{inner}first_seen: {time}"
            for title, publisher, link, time in self._cells
        ]
        return f"\n{margin}".join(rows)

    def json(self) -> str:
        """Return the rows as JSON on one line, keys in order; "" where a text needs more."""
        rows = [
            f'{{"first_seen": "{time}", "link": "{link}", "publisher": {publisher}, '
            f'"title": {title}}}'
            for title, publisher, link, time in self._cells
        ]
        return f"[{', '.join(rows)}]" if rows else ""
