"""A stream of runs of a topic feed, made from a seed, that moves as a recorded topic does."""

from __future__ import annotations

import html
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
STEP = timedelta(minutes=40)
TOPIC = "https://news.google.com/topics/CAAqJggKIiBDQkFTRWdvSUwyMHZNRGx1YlY4U0FtVnVHZ0pWVXlnQVAB?hl=en-US&amp;gl=US&amp;ceid=US:en"
BUSINESS = "https://news.google.com/topics/BUSINESS?hl=en-US&amp;gl=US&amp;ceid=US:en"

_PLACES = (
    "Arlen Bistrow Calder Dunmore Esk Farrow Galt Harrow Inver Jura Kell Lorne Morven Nairn".split()
)
_ACTS = "reopens harbour;bans night flights;votes on water law;finds lost ship;floods again;strikes rail deal".split(
    ";"
)
_PUBLISHERS = (
    "The Herald;Kurier & Co;Morning-Post;ABC - North;Le Relais;Northern Wire;Daily Lantern".split(
        ";"
    )
)


@dataclass
class Row:
    """An article: what a row of a cluster shows."""

    identifier: str
    title: str
    publisher: str

    @property
    def url(self) -> str:
        return f"https://news.google.com/rss/articles/{self.identifier}?oc=5"

    @property
    def markup(self) -> str:
        return (
            f'<a href="{self.url}" target="_blank">{html.escape(self.title, quote=False)}</a>'
            f'&nbsp;&nbsp;<font color="#6f6f6f">{html.escape(self.publisher, quote=False)}</font>'
        )


def item(rows: list[Row], published: datetime, guid: str = "") -> str:
    """An item in Google's own shape: its lead is the first row."""
    body = (
        rows[0].markup
        if len(rows) == 1
        else "<ol>" + "".join(f"<li>{r.markup}</li>" for r in rows) + "</ol>"
    )
    title = html.escape(f"{rows[0].title} - {rows[0].publisher}", quote=False)
    return (
        f"<item><title>{title}</title><link>{rows[0].url}</link>"
        f'<guid isPermaLink="false">{guid or rows[0].identifier}</guid>'
        f"<pubDate>{format_datetime(published, usegmt=True)}</pubDate>"
        f"<description>{html.escape(body, quote=False)}</description>"
        f'<source url="https://example.com">{html.escape(rows[0].publisher, quote=False)}</source></item>'
    )


def feed(items: list[str], title: str = "World", link: str = TOPIC) -> bytes:
    """A topic feed in Google's own shape."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><rss version="2.0"><channel>'
        f"<generator>NFE/5.0</generator><title>{title} - Latest - Google News</title><link>{link}</link>"
        f"<language>en-US</language><description>Google News</description>{''.join(items)}</channel></rss>"
    ).encode()


def row(story: int | str, number: int, title: str = "", publisher: str = "") -> Row:
    """The `number`th article of a story, always the same."""
    r = random.Random(f"{story} {number}")
    place = _PLACES[hash_of(story) % len(_PLACES)]
    identifier = "CBMi" + "".join(
        r.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-", k=90)
    )
    return Row(
        identifier,
        title or f"{place} {r.choice(_ACTS)}, {story}/{number}",
        publisher or r.choice(_PUBLISHERS),
    )


def hash_of(story: int | str) -> int:
    return random.Random(f"place {story}").randrange(1 << 30)


@dataclass
class Story:
    """A story of the stream: its articles so far, and the cluster that is shown now."""

    number: int
    opened: datetime
    rows: list[Row] = field(default_factory=list)
    guid: str = ""

    def move(self, r: random.Random) -> None:
        """Change the cluster as Google does: rows come, go and return; now and then a new lead."""
        made = hash_of(self.number) % 1000 + self.number * 1000
        for _ in range(r.choice((0, 0, 1, 1, 2))):
            if len(self.rows) > 3 and r.random() < 0.5:
                self.rows.pop(r.randrange(1, len(self.rows)))
            else:
                self.rows.insert(
                    r.randint(1, len(self.rows)), row(self.number, r.randrange(9) + made)
                )
        self.rows = list({x.identifier: x for x in self.rows}.values())
        if len(self.rows) >= 4 and r.random() < 0.15:  # a new guid, most of the cluster stays
            self.rows = [self.rows[2], *self.rows[:2], *self.rows[3:]]
            self.guid = self.rows[0].identifier


class Stream:
    """Runs of a feed, one after the other; `truth` tells the story of each guid."""

    def __init__(self, seed: int, stories: int = 12) -> None:
        self.random = random.Random(seed)
        self.now = START
        self.truth: dict[str, int] = {}
        self.made = 0
        self.stories = [self._new() for _ in range(stories)]

    def _new(self) -> Story:
        self.made += 1
        story = Story(self.made, self.now)
        size = self.random.choice((1, 3, 4, 5, 5, 5))
        made = hash_of(story.number) % 1000 + story.number * 1000
        story.rows = [row(story.number, made + n) for n in range(size)]
        story.guid = story.rows[0].identifier
        return story

    def run(self) -> bytes:
        """The feed as it is now; then time moves on."""
        self.random.shuffle(self.stories)
        items = []
        for story in self.stories:
            self.truth[story.guid] = story.number
            items.append(item(story.rows, story.opened, story.guid))
        document = feed(items)
        self.now += STEP
        for story in self.stories:
            story.move(self.random)
        if self.random.random() < 0.5:
            self.stories[self.random.randrange(len(self.stories))] = self._new()
        return document
