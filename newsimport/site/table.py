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
        self._columns = titles, publishers, links, times
        rows: list[Value] = [
            {"title": title, "publisher": publisher, "link": link, "first_seen": time}
            for title, publisher, link, time in zip(*self._columns, strict=True)
        ]
        super().__init__(rows)
        self._quoted = quote_together([*titles, *publishers])

    def yaml(self, margin: str) -> str:
        """Return the rows in block style, `margin` before all lines but the first.

        "" where a text needs more than quotes.
        """
        inner = f"\n{margin}  "
        rows = [
            f'- title: {title}{inner}publisher: {publisher}{inner}link: "{link}"'
            f"{inner}first_seen: {time}"
            for title, publisher, link, time in self._cells()
        ]
        return f"\n{margin}".join(rows)

    def json(self) -> str:
        """Return the rows as JSON on one line, keys in order; "" where a text needs more."""
        rows = [
            f'{{"first_seen": "{time}", "link": "{link}", "publisher": {publisher}, '
            f'"title": {title}}}'
            for title, publisher, link, time in self._cells()
        ]
        return f"[{', '.join(rows)}]" if rows else ""

    def _cells(self) -> zip[tuple[str, str, str, str]]:
        quoted, (titles, _, links, times) = self._quoted or [], self._columns
        most = len(titles) if quoted else 0
        return zip(quoted[:most], quoted[most:], links[:most], times[:most], strict=True)
