"""Open an output folder for a run, and hold what the run's steps share."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsimport.errors import UsageError
from newsimport.site.layout import make_layout
from newsimport.site.linkbook import LinkBook
from newsimport.site.picturebook import PictureBook
from newsimport.site.profiles import PROFILES, find_profile
from newsimport.site.site import open_site
from newsimport.site.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from newsimport.config import Settings, Source
    from newsimport.site.layout import Layout
    from newsimport.site.site import Site


@dataclass(frozen=True, slots=True)
class Run:
    """What the steps of one run share; `stopped` says whether to finish early."""

    settings: Settings
    site: Site
    writer: Writer
    book: LinkBook
    pictures: PictureBook
    stopped: Callable[[], bool]


@contextmanager
def open_run(
    settings: Settings, now: datetime, stopped: Callable[[], bool] = lambda: False
) -> Iterator[Run]:
    """Open the output folder of `settings` for a run at the time `now`, aware, in UTC.

    Raises NewsimportError when nothing can be written there at all.
    """
    if settings.style == "classic" and settings.resolve_links:
        raise UsageError("style classic has Google's links alone: leave out --resolve-links")
    layouts = layouts_of(settings)
    now = now.replace(microsecond=0)
    with open_site(
        settings.out,
        settings.state,
        now,
        layouts=layouts,
        classic=settings.style == "classic",
        dry_run=settings.dry_run,
        lock_timeout=settings.lock_timeout,
    ) as site:
        writer = Writer(settings, layouts, site.store, site.ledger, now)
        yield Run(settings, site, writer, LinkBook(site.ledger), PictureBook(site.ledger), stopped)


def layouts_of(settings: Settings) -> tuple[Layout, ...]:
    """Return all layouts of a site, its own first. Raises UsageError for what cannot be."""
    feeds = (layout_of(settings, feed) for feed in settings.feeds if feed.front_matter)
    own = layout_of(settings)
    return (own, *(layout for layout in feeds if layout != own))


def layout_of(settings: Settings, source: Source | None = None) -> Layout:
    """Return where everything of a story goes. Raises UsageError for what cannot be.

    Where a generator has a folder for each story, images that are downloaded go there.
    """
    profile = PROFILES[settings.site] if settings.site else find_profile(settings.out)
    holds_images = settings.images == "download" and settings.style != "classic"
    return make_layout(
        profile,
        (source and source.front_matter) or settings.front_matter,
        form=settings.format,
        path=settings.path,
        body=settings.body,
        bundle=settings.bundle or (holds_images and bool(profile.bundle)),
    )
