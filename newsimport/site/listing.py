"""Write a list of all stories as one JSON file, for templates that want them as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.models import Bare, Value
from newsimport.site import frontmatter
from newsimport.site.frontmatter import FrontMatterError, json_text
from newsimport.site.layout import flatten, layout_of_file
from newsimport.site.profiles import FIELDS
from newsimport.site.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from newsimport.site.layout import Layout
    from newsimport.site.ledger import Ledger
    from newsimport.site.lock import Lock


def list_stories(store: Store, ledger: Ledger, layouts: Sequence[Layout]) -> list[Value]:
    """Return all stories that have a file, as their files have them now, the newest first.

    Each is a map of `path` and the fields of a story under their own names, wherever they stand.
    """
    stories: list[dict[str, Value]] = []
    for known in ledger.stories("live"):
        try:
            fields = frontmatter.read(store.read(known.path) or "").fields
        except FrontMatterError:
            continue
        layout = layout_of_file(layouts, flatten(fields))
        found = {name: layout.value(fields, name) for name in (*FIELDS, "lastmod", "sources")}
        story: dict[str, Value] = {"path": known.path}
        story |= {name: value for name, value in found.items() if value is not None}
        if story.get("draft") in {"true", "false"}:
            story["draft"] = Bare(story["draft"])
        stories.append(story)
    stories.sort(key=lambda story: (str(story.get("date", "")), str(story["path"])), reverse=True)
    return list(stories)


def write_stories(path: Path, stories: list[Value], lock: Lock) -> None:
    """Write a list of stories, whole or not at all, and not if it is there already.

    In a form of JSON that YAML reads equally, as Jekyll reads `_data/*.json`. `lock` is that of the
    stories' folder. Raises WriteError.
    """
    text = json_text(stories) + "\n"
    with Store(path.parent) as folder:
        if lock.was_left:
            folder.remove_leftovers()
        before = folder.read(path.name)
        if before == text:
            return
        lock.begin()
        if before is None:
            folder.create(path.name, text.encode())
        else:
            folder.replace(path.name, before, text)
        folder.flush()  # what somebody else wrote there at the same time stays until the next run
