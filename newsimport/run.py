"""Open an output folder for a run, and hold what the run's steps share."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from newsimport.errors import UsageError
from newsimport.site.layout import make_layout
from newsimport.site.profiles import PROFILES, find_profile
from newsimport.site.site import open_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from newsimport.config import Settings, Source
    from newsimport.site.layout import Layout
    from newsimport.site.linkbook import LinkBook
    from newsimport.site.picturebook import PictureBook
    from newsimport.site.site import Site
    from newsimport.site.writer import Writer


class Run:
    """What the steps of one run share; `stopped` says whether to finish early.

    A run that has nothing to write needs no writer, and mostly no books: each is made when it is
    first asked for.
    """

    def __init__(
        self,
        settings: Settings,
        layouts: tuple[Layout, ...],
        site: Site,
        stopped: Callable[[], bool],
    ) -> None:
        self.settings = settings
        self.site = site
        self.stopped = stopped
        self._layouts = layouts
        self._aim = layouts[0], ""

    def layout_for(self, source: Source) -> Layout:
        """Return where everything of a feed's stories goes."""
        return layout_of(self.settings, source) if source.front_matter else self._layouts[0]

    @cached_property
    def writer(self) -> Writer:
        """What writes the stories of this run."""
        from newsimport.site.writer import Writer

        site = self.site
        writer = Writer(self.settings, self._layouts, site.store, site.ledger, site.now)
        writer.aim(*self._aim)
        return writer

    def aim(self, layout: Layout, section: str) -> None:
        """Write from now on as a layout has it, new stories into a section of the output folder."""
        self._aim = layout, section
        if "writer" in self.__dict__:
            self.writer.aim(layout, section)

    @cached_property
    def book(self) -> LinkBook:
        """What is known of publishers' links."""
        from newsimport.site.linkbook import LinkBook

        return LinkBook(self.site.ledger)

    @cached_property
    def pictures(self) -> PictureBook:
        """Which images are wanted."""
        from newsimport.site.picturebook import PictureBook

        return PictureBook(self.site.ledger)


@contextmanager
def open_run(
    settings: Settings, now: datetime, stopped: Callable[[], bool] = lambda: False
) -> Iterator[Run]:
    """Open the output folder of `settings` for a run at the time `now`, aware, in UTC.

    Raises NewsimportError when nothing can be written there at all.
    """
    if settings.style == "classic" and settings.resolve_links:
        raise UsageError(
            "style classic has Google's links alone: --resolve-links and resolve are for modern"
        )
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
        yield Run(settings, layouts, site, stopped)


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
