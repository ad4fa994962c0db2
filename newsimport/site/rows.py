"""Read the headlines that a file holds, and join them with those of now; pure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsimport.models import Headline
from newsimport.site import frontmatter
from newsimport.site.frontmatter import parse_time
from newsimport.site.layout import find_headlines, flatten
from newsimport.site.markdown import safe_url
from newsimport.site.stamp import STAMP
from newsimport.site.wording import inert
from newsimport.source.googlenews import article_id
from newsimport.story.identity import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsimport.models import Value

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def headlines_in(text: str) -> list[Headline]:
    """Return the headlines that a file's text holds, none for one that is not ours.

    A file without rows has its own link alone. Raises FrontMatterError.
    """
    fields = frontmatter.read(text).fields
    if STAMP not in fields:
        return []
    return read_rows(list(find_headlines(fields))) or [
        Headline("", value)
        for place, value in flatten(fields).items()
        if isinstance(value, str) and article_id(value) and not place.endswith("google_link")
    ]


def rows_in_body(body: str) -> list[Headline]:
    """Return the headlines of a body in Google's own HTML, none for any other."""
    from newsimport.source.cluster import read_cluster, strip_publisher

    rows = list(read_cluster(body))
    if rows:
        rows[0] = rows[0]._replace(title=strip_publisher(rows[0].title, rows[0].publisher))
    return rows


def row_of(headline: Headline) -> str:
    """Return what makes a headline the same row again, though its wording may change."""
    return article_id(headline.given_url) or safe_url(headline.url) or inert(headline.title)


def words_of(headline: Headline) -> tuple[str, str, str]:
    """Return all that a reader sees of a headline, in the form in which files hold it."""
    return row_of(headline), inert(headline.title), inert(headline.publisher)


def read_rows(rows: Value | None) -> list[Headline]:
    """Return the headlines that a file holds, its user's edits among them."""
    return [
        Headline(
            str(row.get("title", "")),
            str(row.get("link", "")),
            str(row.get("publisher", "")),
            parse_time(row.get("first_seen")),
            str(row.get("google_link", "")),
        )
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, dict)
    ]


def join_rows(
    current: Sequence[Headline],
    earlier: Sequence[Headline],
    now: datetime,
    *,
    most: int,
    keep_gone: bool,
) -> tuple[tuple[Headline, ...], frozenset[str]]:
    """Return the headlines of now, in the feed's order, then those of before, latest first.

    These only with `keep_gone`, and `most` at the most. And the digests of those for which there
    is no room any more.
    """
    if not earlier:
        rows = [
            Headline(title, url, publisher, now, google_url)
            for title, url, publisher, _, google_url in current[:most]
        ]
        return tuple(rows), frozenset([digest(row_of(line)) for line in current[most:]])
    before = {row_of(headline): headline for headline in earlier}
    rows = [_again(line, before.get(row_of(line)), now) for line in current]
    if keep_gone:
        here = {row_of(headline) for headline in current}
        gone = [headline for headline in earlier if row_of(headline) not in here]
        gone.sort(key=lambda headline: headline.first_seen or _LONG_AGO, reverse=True)
        rows += gone
    return tuple(rows[:most]), frozenset(digest(row_of(headline)) for headline in rows[most:])


def _again(line: Headline, before: Headline | None, now: datetime) -> Headline:
    """Return a headline of now with what its file knows of it: its time, its true link."""
    if before is None:
        return line._replace(first_seen=now)
    if before.google_url and not line.google_url:
        line = line._replace(url=before.url, google_url=line.url)
    return line._replace(first_seen=before.first_seen or now)
