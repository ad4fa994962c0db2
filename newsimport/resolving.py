"""Ask for the publishers' links that files still lack, within a budget, and put them there."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsimport.models import LinksReport
from newsimport.pictures import find_pictures, looks_for_pictures
from newsimport.run import open_run
from newsimport.site.frontmatter import FrontMatterError
from newsimport.site.relink import Learned
from newsimport.site.rows import headlines_in
from newsimport.source.batchexecute import ORIGIN
from newsimport.stories import wanted_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsimport.config import Settings
    from newsimport.run import Run
    from newsimport.site.linkbook import Tidings, Wall
    from newsimport.site.store import Refused
    from newsimport.source.links import Resolution

# Seconds between two requests; a local double needs no rest.
_SPACING = 1.0
_TICK = 0.2
# A change of Google's answers is told once in this time, however often a run meets it.
_SAID_AGAIN = timedelta(days=1)
_BATCH = 256
# A link of Google's in front matter of any language, where no publisher's stands in its place.
_GOOGLES = re.compile(
    r"(?<!google_link)(?<!google_link[\"' ])[:=]\s*[\"']?"
    r"https?://news\.google\.[^\s\"']+/(?:articles|read)/"
)


def resolve_site(
    settings: Settings, now: datetime, stopped: Callable[[], bool] = lambda: False
) -> LinksReport:
    """Ask for the publishers' links that the files of an output folder still lack.

    Raises NewsimportError when nothing can be written at all.
    """
    with open_run(settings, now, stopped) as run:
        look_for_links(run)
        return resolve_links(run)


def resolve_links(run: Run) -> LinksReport:
    """Ask Google for links that are wanted, and put all that are known into their files.

    Everything that was written before is on the disk: a run that is killed here has lost nothing,
    and keeps each link that it was told.
    """
    settings, book = run.settings, run.book
    if settings.dry_run:
        left = book.count_waiting()
        return LinksReport(left=left, ended="dry-run", words=f"{left} links would be asked for.")
    most = _most_pictures(run)
    resolution = _ask(run, settings.resolve_budget - most)
    stories = _tell_files(run)
    room = settings.resolve_budget - len(resolution.found) - len(resolution.in_vain)
    pictures = find_pictures(run, max(room, 0))
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
        loud=_is_loud(run, resolution),
    )


def _most_pictures(run: Run) -> int:
    """Return how much of the budget is for pages: half at most, for there may be many links."""
    settings, book = run.settings, run.book
    if not looks_for_pictures(settings):
        return 0
    leads = book.count_waiting(leads=True) if settings.resolve_links else 0
    return min(settings.resolve_budget // 2, run.pictures.count_wanted() + leads)


def _ask(run: Run, budget: int) -> Resolution:
    from newsimport.source.cookies import read_cookies
    from newsimport.source.limits import Limits
    from newsimport.source.links import Manners, resolve
    from newsimport.source.web import PlainWeb

    settings, book = run.settings, run.book
    origin = settings.google or ORIGIN
    host = urlsplit(origin).netloc
    cookies = read_cookies(settings.cookie_file) if settings.cookie_file else ()
    web = PlainWeb(Limits(allow_private=settings.allow_private), cookies, run.stopped)
    wall = book.wall(host)
    began = time.monotonic()
    manners = Manners(
        now=lambda: run.site.now.astimezone(UTC) + timedelta(seconds=time.monotonic() - began),
        pause=lambda seconds: _pause(seconds, run.stopped),
        budget=budget,
        spacing=0 if settings.google else _SPACING,
        not_before=wall.until,
        blocks=wall.blocks,
    )

    def learn(identifier: str, url: str) -> None:
        book.learn(identifier, url)
        run.site.save()

    wanted = book.waiting(budget) if settings.resolve_links else []
    resolution = resolve(wanted, web, manners, on_found=learn, origin=origin)
    book.miss(resolution.in_vain)
    book.save_wall(host, _wall_after(wall, resolution))
    run.site.save()
    return resolution


def _wall_after(wall: Wall, resolution: Resolution) -> Wall:
    if not resolution.requests:
        return wall
    if resolution.ended == "cool-off":
        return wall._replace(until=resolution.cool_off_until, blocks=wall.blocks + 1)
    return wall._replace(until=None, blocks=0)


def _pause(seconds: float, stopped: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while not stopped() and (left := until - time.monotonic()) > 0:
        time.sleep(min(left, _TICK))


def _is_loud(run: Run, resolution: Resolution) -> bool:
    """Say whether a change of Google's answers is to be told now, and remember that it was."""
    if resolution.ended != "new-form":
        return False
    wall = run.book.wall("")
    if wall.said and run.site.now - wall.said < _SAID_AGAIN:
        return False
    run.book.save_wall("", wall._replace(said=run.site.now))
    run.site.save()
    return True


def _tell_files(run: Run) -> int:
    """Put the links that are known into the files that lack them; return how many changed."""
    count = 0
    told: dict[str, Tidings] = {}

    def settle(refused: list[Refused]) -> None:
        # A file that somebody else wrote at the same time is told at the next run.
        paths = {file.path for file in refused}
        for path, tidings in told.items():
            if path not in paths:
                run.book.told(tidings.story, tidings.urls)
        told.clear()

    for tidings in run.book.to_tell():
        known = run.site.ledger.story(tidings.story)
        if known and run.site.store.exists(known.path):
            outcome = run.writer.revise(known, Learned(tidings.urls))
            count += outcome.action == "updated"
            if tidings.lead and looks_for_pictures(run.settings):
                run.pictures.want(tidings.story, tidings.lead, "", run.site.now)
            # What cannot be read or changed now is told once it can.
            if outcome.action != "kept":
                told[known.path] = tidings
        if run.site.store.pending >= _BATCH:
            run.site.save(settle)
    run.site.save(settle)
    return count


def look_for_links(run: Run) -> None:
    """Find in the files that were not searched as they are now which links are still Google's."""
    if not run.site.store.is_as_left:
        run.book.search_again()
    for story in run.book.unsearched():
        known = run.site.ledger.story(story)
        text = run.site.store.read(known.path) if known else None
        if text is None:
            continue
        if _GOOGLES.search(text):
            try:
                run.book.want(story, wanted_of(headlines_in(text)), run.site.now)
            except FrontMatterError:
                continue
        run.book.note_search(story)
