"""Show which files a first import would write, without an output folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsimport.grouping import scope_of
from newsimport.run import layout_of, open_run
from newsimport.story.identity import story_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from newsimport.config import Settings, Source
    from newsimport.models import Feed, Story


def preview(
    feed: Feed, stories: Iterable[Story], settings: Settings, source: Source, now: datetime
) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each file that a first import of a feed's stories would write."""
    from tempfile import TemporaryDirectory

    layout = layout_of(settings, source)
    with TemporaryDirectory() as folder:
        elsewhere = settings._replace(
            out=Path(folder) / "out",
            state=None,
            site=layout.profile.name,
            dry_run=True,
        )
        with open_run(elsewhere, now) as run:
            run.aim(layout, source.section)
            for story in stories:
                key = story_key(scope_of(feed, story.entry) + story.entry.guid)
                shown = story._replace(image="") if settings.images == "none" else story
                path = run.writer.create(key, shown).path or ""
                yield path, run.site.store.read(path) or ""
