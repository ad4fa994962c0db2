"""Bring the stories of a feed into their files, and remember their items."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from newsimport.models import Outcome
from newsimport.pictures import want_picture, with_image

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from newsimport.config import Source
    from newsimport.grouping import Group
    from newsimport.models import Entry, Feed, Headline, Story
    from newsimport.run import Run
    from newsimport.site.ledger import Known


class Filing:
    """The way of one feed's stories into their files, in one run."""

    def __init__(self, run: Run, feed: Feed, source: Source) -> None:
        self._run = run
        self._feed = feed
        self._source = source

    @cached_property
    def _tell(self) -> Callable[[Entry, Sequence[Headline]], Story]:
        """What tells a story; a run that finds nothing new loads none of it."""
        from newsimport.stories import Naming, tell

        run, feed, source = self._run, self._feed, self._source
        rules = run.settings.tags.refined(source.tags)
        naming = Naming(rules, source.categories, run.settings.categories, run.writer.spellings)
        return lambda entry, headlines: tell(feed, entry, headlines, run.site.now, naming)

    def expect(self, groups: Iterable[Group]) -> None:
        """Look up the names that some stories will want, as far as they are new."""
        from newsimport.source.dates import usable_date

        run = self._run
        is_classic = run.settings.style == "classic"
        new = [group.members[0] for group in groups if group.known is None]
        titles = [one.entry.title if is_classic else one.headlines[0].title for one in new]
        dates = [usable_date(one.entry.published, run.site.now) for one in new]
        if new:
            run.writer.expect(zip(titles, dates, strict=True))

    def file(self, group: Group) -> list[Outcome]:
        """Write one story and remember its items."""
        run, known = self._run, group.known
        if known and known.state == "live" and not run.site.store.exists(known.path):
            known = run.site.find(known)
        # Before the file, for the file's own memory is made of it.
        if group.changed:
            for member in group.members:
                run.site.ledger.see(member.item, group.key, run.site.now, anew=member.anew)
        else:
            run.site.again += [member.digest for member in group.members]
        first = group.members[0].entry
        overwrites = run.settings.update == "overwrite"
        if known and known.state != "live" and not run.settings.resurrect:
            outcome = Outcome(first.guid, None, "skipped", _gone(known), first.title)
        elif known and known.state == "live" and not group.changed and not overwrites:
            outcome = Outcome(first.guid, known.path, "unchanged")
        else:
            outcome = self._write(group, known)
        self._note_links(group, known, outcome)
        merged = "unchanged" if outcome.action in {"created", "updated"} else outcome.action
        return [
            outcome,
            *(
                Outcome(
                    entry.guid, outcome.path, merged, f"the same story as {first.guid}", entry.title
                )
                for entry in (member.entry for member in group.members[1:])
            ),
        ]

    def _write(self, group: Group, known: Known | None) -> Outcome:
        """Tell a story, and create its file or bring what is new into it."""
        run, entry = self._run, group.members[0].entry
        story = self._tell(entry, group.headlines())
        shown = with_image(run, story)
        if known and known.state == "live":
            outcome = run.writer.update(known, shown, first=group.adopted) or _update_elsewhere(
                run, known, shown
            )
        else:
            items = () if known else [member.item for member in group.members]
            outcome = run.writer.create(group.key, shown, items)
        want_picture(run, group.key, story, anew=outcome.action == "created")
        return outcome

    def _note_links(self, group: Group, known: Known | None, outcome: Outcome) -> None:
        """Remember which links a story's file wants, or that it is to be searched for them."""
        run = self._run
        if run.settings.resolve_links and outcome.path:
            from newsimport.stories import wanted_of

            lines = group.headlines()[: run.settings.max_headlines]
            run.book.want(group.key, wanted_of(lines), run.site.now)
        elif known and outcome.action in {"created", "updated"}:
            run.book.search_again(group.key)


def _update_elsewhere(run: Run, known: Known, story: Story) -> Outcome:
    """Update a story whose place another file has taken, if its own is anywhere."""
    found = run.site.find(known)
    outcome = run.writer.update(found, story) if found.state == "live" else None
    return outcome or Outcome(story.guid, None, "skipped", _gone(found), story.title)


def _gone(known: Known) -> str:
    """Say why a story has no file, and how to have it again."""
    # A prune that was killed is finished by the next run that writes.
    is_pruned = known.state.startswith("prun")
    said = "its file was pruned" if is_pruned else "its file was deleted"
    return f"{said}; --resurrect writes it again"
