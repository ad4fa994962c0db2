"""Build feeds in the shapes that Google has given them since 2009, with headlines of our own."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

WORLD = (
    "https://news.google.com/rss/topics/"
    "CAAqJggKIiBDQkFTRWdvSUwyMHZNRGx1YlY4U0FtVnVHZ0pWVXlnQVAB?hl=en-US&gl=US&ceid=US:en"
)
WORLD_PAGE = WORLD.replace("/rss/", "/")
START = datetime(2026, 1, 6, 8, 35, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """One publisher's headline."""

    title: str
    publisher: str
    link: str


def article_id(name: object) -> str:
    return "CBMi" + f"{name}-AU_yqL-".ljust(90, "x")


def article(name: object) -> str:
    return f"https://news.google.com/rss/articles/{article_id(name)}?oc=5"


def coverage(name: object) -> str:
    return f"https://news.google.com/stories/{article_id(name)}?hl=en-US&gl=US&ceid=US:en&oc=5"


HARBOUR = (
    Row("Harbour town votes to keep its last ferry", "The Quay Courier", article("h1")),
    Row("Ferry saved: 212 votes to 3", "Isle & Strait", article("h2")),
    Row("Why a ferry with nine passengers matters", "Tidewater Post - Coast", article("h3")),
)
BRIDGE = Row("Old bridge reopens after forty years", "The Quay Courier", article("b1"))


# ---------------------------------------------------------------- descriptions


def run(row: Row) -> str:
    link, title, publisher = (html.escape(part) for part in (row.link, row.title, row.publisher))
    return (
        f'<a href="{link}" target="_blank">{title}</a>&nbsp;&nbsp;'
        f'<font color="#6f6f6f">{publisher}</font>'
    )


def lone(row: Row) -> str:
    """2019 to today: a story with one publisher."""
    return run(row)


def modern(rows: tuple[Row, ...]) -> str:
    """2024 to today: a cluster."""
    return "<ol>" + "".join(f"<li>{run(row)}</li>" for row in rows) + "</ol>"


def with_coverage(
    rows: tuple[Row, ...], text: str = "View Full Coverage on Google News", name: object = "s"
) -> str:
    """2019 to 2023: a last row that leads to all articles, in the edition's language."""
    more = f'<li><strong><a href="{html.escape(coverage(name))}" target="_blank">{text}</a></strong></li>'
    return "<ol>" + "".join(f"<li>{run(row)}</li>" for row in rows) + more + "</ol>"


def lone_with_coverage(row: Row, name: object = "s") -> str:
    """2019 to 2024: the same without a list."""
    link = html.escape(coverage(name))
    return f'{run(row)}&nbsp;&nbsp;<strong><a href="{link}">Full coverage</a></strong>'


def table_2017(rows: tuple[Row, ...]) -> str:
    lead, *others = rows
    return (
        '<table border="0" cellpadding="2" cellspacing="3"><tr>'
        '<td><img src="https://pictures.example/1.jpg" border="1"></td>'
        '<td><ol style="list-style: none; margin: 0; padding: 0;">'
        f"<strong><li>{run(lead)}</li></strong>"
        + "".join(f"<li>{run(row)}</li>" for row in others)
        + '<a href="https://news.google.com/story/dAbC?hl=en&amp;ned=us">Full coverage</a>'
        "</ol></td></tr></table>"
    )


def table_2010(rows: tuple[Row, ...]) -> str:
    """2009 to 2015: a picture, the lead with a snippet, related headlines, bare publishers."""
    lead, *others = rows
    related = "".join(
        f'<font size="-1"><a href="{html.escape(row.link)}">{html.escape(row.title)}</a>'
        f'<font size="-1" color="#6f6f6f"><nobr>{html.escape(row.publisher)}</nobr></font></font><br />'
        for row in others
    )
    return (
        '<table border="0" cellpadding="2" cellspacing="7"><tr>'
        '<td width="80" align="center"><font style="font-size:85%">'
        '<a href="http://news.google.com/news/url?url=http%3A%2F%2Fphoto.example%2F1">'
        '<img src="//pictures.example/6.jpg" alt="" width="80" height="80" /><br />'
        '<font size="-2">The Picture Desk</font></a></font></td>'
        '<td valign="top"><font style="font-size:85%"><br /><div class="lh">'
        f'<a href="{html.escape(lead.link)}"><b>{html.escape(lead.title)}</b></a><br />'
        f'<font size="-1"><b><font color="#6f6f6f">{html.escape(lead.publisher)}</font></b></font><br />'
        '<font size="-1">The harbour was full when the count began, and <b>...</b></font><br />'
        f"{related}"
        '<font size="-1" class="p"><a href="http://news.google.com/news/url?url=http%3A%2F%2Fa.example">'
        "<nobr>Gull Radio</nobr></a>&nbsp;-"
        '<a href="http://news.google.com/news/url?url=http%3A%2F%2Fb.example"><nobr>Pier TV</nobr></a></font>'
        '<br /><font class="p" size="-1"><a class="p" href="http://news.google.com/news/more?ncl=d1">'
        "<nobr><b>all 212 news articles&nbsp;&raquo;</b></nobr></a></font>"
        "</div></font></td></tr></table>"
    )


# ---------------------------------------------------------------- feeds


def item(
    row: Row,
    description: str,
    *,
    guid: str | None = None,
    published: datetime | str | None = START,
    source: bool = True,
    more: str = "",
) -> str:
    """An RSS item as Google writes it. A guid of "" leaves the element out."""
    guid = article_id(row.title) if guid is None else guid
    parts = [f"<title>{html.escape(row.title)} - {html.escape(row.publisher)}</title>"]
    parts.append(f"<link>{html.escape(row.link)}</link>")
    if guid:
        parts.append(f'<guid isPermaLink="false">{html.escape(guid)}</guid>')
    if published:
        when = published if isinstance(published, str) else format_datetime(published, usegmt=True)
        parts.append(f"<pubDate>{when}</pubDate>")
    parts.append(f"<description>{html.escape(description, quote=False)}</description>")
    if source:
        parts.append(f'<source url="https://paper.example">{html.escape(row.publisher)}</source>')
    return "<item>" + "".join(parts) + more + "</item>"


def rss(*items: str, title: str = "World - Latest - Google News", link: str = WORLD_PAGE) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
        f"<generator>NFE/5.0</generator><title>{html.escape(title)}</title>"
        f"<link>{html.escape(link)}</link><language>en-US</language>"
        f"<description>Google News</description>{''.join(items)}</channel></rss>"
    )


def browser_copy(*items: tuple[Row, str]) -> str:
    """A feed saved from a browser's view of it: raw HTML, bare ampersands, undeclared entities."""
    written = "".join(
        f"<item><title>{row.title} - {row.publisher}</title><link>{row.link}</link>"
        f'<guid isPermaLink="false">{article_id(row.title)}</guid>'
        f"<pubDate>{format_datetime(START, usegmt=True)}</pubDate>"
        f"<description>{html.unescape(description).replace(chr(160), '&nbsp;')}</description>"
        f'<source url="https://paper.example">{row.publisher}</source></item>'
        for row, description in items
    )
    return (
        '<rss xmlns:media="http://search.yahoo.com/mrss/" version="2.0"><channel>'
        "<generator>NFE/5.0</generator><title>World - Latest - Google News</title>"
        f"<link>{WORLD_PAGE}</link><language>en-US</language>{written}</channel></rss>"
    )


def atom(*entries: tuple[Row, str]) -> str:
    """Google's Atom output: no source element, the cluster in <content>."""
    written = "".join(
        f"<entry><id>tag:news.google.com,2005:cluster={number}</id>"
        f'<title type="html">{html.escape(html.escape(row.title))} - {html.escape(row.publisher)}</title>'
        f'<link href="{html.escape(row.link)}" rel="alternate" type="text/html"/>'
        f"<updated>{(START + timedelta(minutes=number)).isoformat()}</updated>"
        f'<content type="html">{html.escape(description)}</content></entry>'
        for number, (row, description) in enumerate(entries)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>https://news.google.com/atom</id>'
        '<title type="html">Top stories - Google News</title>'
        '<link href="https://news.google.com/?hl=en-US&amp;gl=US&amp;ceid=US:en" rel="alternate"/>'
        f"{written}</feed>"
    )


def harbour(count: int = 3) -> str:
    """A feed of `count` lone stories, the newest first."""
    rows = [
        Row(f"Ferry number {number} leaves on time", "The Quay Courier", article(f"f{number}"))
        for number in range(count)
    ]
    return rss(
        *(
            item(row, lone(row), published=START - timedelta(hours=number))
            for number, row in enumerate(rows)
        )
    )


UNAVAILABLE = rss(
    "<item><title>This feed is not available.</title>"
    "<link>https://news.google.com/?fr_unfepa=1&amp;oc=5</link>"
    '<guid isPermaLink="false">news:unfepa</guid>'
    "<description>For other headlines see &lt;a href=&quot;https://news.google.com/&quot;&gt;"
    "Google News&lt;/a&gt;.</description></item>",
    title="Google News",
)
