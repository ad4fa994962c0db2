"""Ask for the publishers' links that files still lack, within a budget, and put them there."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsimport.models import LinksReport
from newsimport.pictures import find_pictures, looks_for_pictures
from newsimport.site.linkbook import LinkBook, Wall
from newsimport.site.relink import Learned
from newsimport.source.batchexecute import ORIGIN
from newsimport.source.googlenews import article_id, url_in_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsimport.config import Settings
    from newsimport.models import Headline
    from newsimport.site.site import Site
    from newsimport.site.store import Refused
    from newsimport.site.writer import Writer
    from newsimport.source.links import Resolution

# Seconds between two requests; a local double needs no rest.
_SPACING = 1.0
_TICK = 0.2
# A change of Google's answers is told once in this time, however often a run meets it.
_SAID_AGAIN = timedelta(days=1)
_BATCH = 256
# A link of Google's in front matter of any language, where no publisher's stands in its place.
_GOOGLES = re.compile(r"(?<![\w])link[\"']?\s*[:=]\s*[\"']?https?://news\.google\.")


def wanted_of(headlines: Iterable[Headline]) -> list[str]:
    """Return the article ids whose publishers' links Google alone knows, in their order.

    "" stands where the link is known.
    """
    found = ("" if line.google_url else article_id(line.url) for line in headlines)
    return ["" if identifier and url_in_id(identifier) else identifier for identifier in found]


def resolve_links(
    settings: Settings, site: Site, writer: Writer, stopped: Callable[[], bool]
) -> LinksReport:
    """Ask Google for links that are wanted, and put all that are known into their files.

    Everything that was written before is on the disk: a run that is killed here has lost nothing,
    and keeps each link that it was told.
    """
    book = LinkBook(site.ledger)
    if settings.dry_run:
        left = book.count_waiting()
        return LinksReport(left=left, ended="dry-run", words=f"{left} links would be asked for.")
    most = _most_pictures(settings, book)
    resolution = _ask(settings, site, book, stopped, settings.resolve_budget - most)
    stories = _tell_files(settings, site, book, writer)
    room = settings.resolve_budget - len(resolution.found) - len(resolution.in_vain)
    pictures = find_pictures(settings, site, book, writer, stopped, max(room, 0))
    left = book.count_waiting()
    words = resolution.words
    if not words and left:
        words = f"{left} links are left for a later run."
    return LinksReport(
        found=len(resolution.found),
        left=left,
        stories=stories,
        pictures=pictures,
        requests=resolution.requests,
        ended=resolution.ended if resolution.ended != "done" or not left else "budget",
        words=words,
        loud=_is_loud(site, book, resolution),
    )


def _most_pictures(settings: Settings, book: LinkBook) -> int:
    """Return how much of the budget is for pages: half at most, for there may be many links."""
    if not looks_for_pictures(settings):
        return 0
    leads = book.count_waiting(leads=True) if settings.resolve_links else 0
    return min(settings.resolve_budget // 2, book.count_pictures() + leads)


def _ask(
    settings: Settings, site: Site, book: LinkBook, stopped: Callable[[], bool], budget: int
) -> Resolution:
    from newsimport.source.cookies import read_cookies
    from newsimport.source.limits import Limits
    from newsimport.source.links import Manners, resolve
    from newsimport.source.web import PlainWeb

    origin = settings.google or ORIGIN
    host = urlsplit(origin).netloc
    cookies = read_cookies(settings.cookie_file) if settings.cookie_file else ()
    web = PlainWeb(Limits(allow_private=settings.allow_private), cookies, stopped)
    wall = book.wall(host)
    began = time.monotonic()
    manners = Manners(
        now=lambda: site.now.astimezone(UTC) + timedelta(seconds=time.monotonic() - began),
        pause=lambda seconds: _pause(seconds, stopped),
        budget=budget,
        spacing=0 if settings.google else _SPACING,
        not_before=wall.until,
        blocks=wall.blocks,
    )

    def learn(identifier: str, url: str) -> None:
        book.learn(identifier, url)
        site.save()

    wanted = book.waiting(budget) if settings.resolve_links else []
    resolution = resolve(wanted, web, manners, on_found=learn, origin=origin)
    book.miss(resolution.in_vain)
    book.save_wall(host, _wall_after(wall, resolution))
    site.save()
    return resolution


def _wall_after(wall: Wall, resolution: Resolution) -> Wall:
    if not resolution.requests:
        return wall
    if resolution.ended == "cool-off":
        return replace(wall, until=resolution.cool_off_until, blocks=wall.blocks + 1)
    return replace(wall, until=None, blocks=0)


def _pause(seconds: float, stopped: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while not stopped() and (left := until - time.monotonic()) > 0:
        time.sleep(min(left, _TICK))


def _is_loud(site: Site, book: LinkBook, resolution: Resolution) -> bool:
    """Say whether a change of Google's answers is to be told now, and remember that it was."""
    if resolution.ended != "new-form":
        return False
    wall = book.wall("")
    if wall.said and site.now - wall.said < _SAID_AGAIN:
        return False
    book.save_wall("", replace(wall, said=site.now))
    site.save()
    return True


def _tell_files(settings: Settings, site: Site, book: LinkBook, writer: Writer) -> int:
    """Put the links that are known into the files that lack them; return how many changed."""
    count = 0
    told: dict[str, tuple[str, dict[str, str]]] = {}

    def settle(refused: list[Refused]) -> None:
        # A file that somebody else wrote at the same time is told at the next run.
        paths = {file.path for file in refused}
        for story, (path, urls) in told.items():
            if path not in paths:
                book.told(story, urls)
        told.clear()

    for story, urls in book.to_tell().items():
        known = site.ledger.story(story)
        if known and site.store.exists(known.path):
            outcome = writer.revise(known, Learned(urls))
            count += outcome.action == "updated"
            if looks_for_pictures(settings):
                book.want_picture(story, next(iter(urls.values())), "", site.now)
            told[story] = known.path, urls
        if site.store.pending >= _BATCH:
            site.save(settle)
    site.save(settle)
    return count


def look_for_links(site: Site, writer: Writer, now: datetime) -> None:
    """Find in the files of all stories which links are still Google's."""
    book = LinkBook(site.ledger)
    for known in list(site.ledger.stories("live")):
        text = site.store.read(known.path) or ""
        if _GOOGLES.search(text):
            book.want(known.key, wanted_of(writer.headlines_in(text)), now)
