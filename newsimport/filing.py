"""Bring one story of a feed into its file, and remember its items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsimport.config import Source
    from newsimport.grouping import Group
    from newsimport.models import Feed, Story
    from newsimport.run import Run
    from newsimport.site.ledger import Known
    from newsimport.stories import Naming

_DELETED = "its file was deleted; --resurrect writes it again"


def expect_stories(run: Run, groups: Iterable[Group]) -> None:
    """Look up the names that the stories of some items will want, as far as they are new."""
    from newsimport.source.dates import usable_date

    is_classic = run.settings.style == "classic"
    new = [group.members[0] for group in groups if group.known is None]
    titles = [one.entry.title if is_classic else one.headlines[0].title for one in new]
    dates = [usable_date(one.entry.published, run.site.now) for one in new]
    if new:
        run.writer.expect(zip(titles, dates, strict=True))


def file_story(run: Run, feed: Feed, group: Group, source: Source) -> list[Outcome]:
    """Write one story and remember its items."""
    known = group.known
    if known and known.state == "live" and not run.site.store.exists(known.path):
        known = run.site.find(known)
    first = group.members[0].entry.guid
    # Before the file, for the file's own memory is made of it.
    if group.changed:
        for member in group.members:
            run.site.ledger.see(member.item, group.key, run.site.now, anew=member.anew)
    else:
        run.site.again += [member.digest for member in group.members]
    if known and known.state != "live" and not run.settings.resurrect:
        outcome = Outcome(first, None, "skipped", _DELETED, group.members[0].entry.title)
    elif (
        known and known.state == "live" and not group.changed and run.settings.update != "overwrite"
    ):
        outcome = Outcome(first, known.path, "unchanged")
    else:
        # Here and below: a run that finds nothing new loads nothing that tells a story.
        from newsimport.pictures import want_picture, with_image
        from newsimport.stories import tell

        naming = _naming(run, source)
        story = tell(feed, group.members[0].entry, group.headlines(), run.site.now, naming)
        shown = with_image(run, story)
        if known and known.state == "live":
            outcome = run.writer.update(known, shown, first=group.adopted) or _update_elsewhere(
                run, known, shown
            )
        else:
            items = () if known else [member.item for member in group.members]
            outcome = run.writer.create(group.key, shown, items)
        want_picture(run, group.key, story, anew=outcome.action == "created")
    if run.settings.resolve_links and outcome.path:
        from newsimport.stories import wanted_of

        lines = group.headlines()[: run.settings.max_headlines]
        run.book.want(group.key, wanted_of(lines), run.site.now)
    elif known and outcome.action in {"created", "updated"}:
        run.book.search_again(group.key)
    merged = "unchanged" if outcome.action in {"created", "updated"} else outcome.action
    return [
        outcome,
        *(
            Outcome(entry.guid, outcome.path, merged, f"the same story as {first}", entry.title)
            for entry in (member.entry for member in group.members[1:])
        ),
    ]


def _naming(run: Run, source: Source) -> Naming:
    """Return how the stories of a feed are to be called; the site's tags are read but once."""
    from newsimport.stories import Naming

    rules = run.settings.tags.refined(source.tags)
    return Naming(rules, source.categories, run.settings.categories, run.writer.spellings)


def _update_elsewhere(run: Run, known: Known, story: Story) -> Outcome:
    """Update a story whose place another file has taken, if its own is anywhere."""
    found = run.site.find(known)
    outcome = run.writer.update(found, story) if found.state == "live" else None
    return outcome or Outcome(story.guid, None, "skipped", _DELETED, story.title)
