"""Whatever feeds and users do in whatever order: no edit lost, no story twice."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from newsimport.site.frontmatter import read

from .folder import Folder
from .stream import BUSINESS, START, feed, item, row

LEDGER = ".newsimport.sqlite3"


class Stories(RuleBasedStateMachine):
    """A folder, the feeds it is fed, and what its user expects of it."""

    @initialize(site=st.sampled_from(["hugo", "jekyll"]))
    def begin(self, site):
        self.place = Path(tempfile.mkdtemp())
        self.folder = Folder(self.place, site=site)
        self.clusters: list[list[int]] = []  # story -> the rows that are shown now, the lead first
        self.guids: list[str] = []
        self.next_row: list[int] = []
        self.paths: dict[int, str] = {}  # story -> where its file is
        self.marks: dict[int, set[str]] = {}  # story -> what its user put into the file
        self.deleted: set[int] = set()
        # Stories under a guid that no run has seen: until one has, only what they share with
        # the cluster that it saw last tells whose they are (clause 12), so it stays as it is.
        self.renamed: set[int] = set()
        self.edits = 0
        self.feeds = [("World", None)]

    def document(self, title, link):
        items = [
            item([row(story, n) for n in rows], START, self.guids[story])
            for story, rows in enumerate(self.clusters)
        ]
        return feed(items, title, link) if link else feed(items, title)

    @rule(size=st.integers(1, 6))
    def a_story_comes(self, size):
        story = len(self.clusters)
        self.clusters.append(list(range(size)))
        self.next_row.append(size)
        self.guids.append(row(story, 0).identifier)

    def pick(self, data, stories):
        return data.draw(st.sampled_from(sorted(stories)))

    def settled(self, least=1):
        """The stories of so many headlines whose clusters may change."""
        return [
            story
            for story, rows in enumerate(self.clusters)
            if len(rows) >= least and story not in self.renamed
        ]

    @precondition(lambda self: self.settled())
    @rule(data=st.data())
    def a_cluster_grows(self, data):
        story = self.pick(data, self.settled())
        self.clusters[story].append(self.next_row[story])
        self.next_row[story] += 1

    @precondition(lambda self: self.settled(2))
    @rule(data=st.data())
    def a_cluster_shrinks(self, data):
        story = self.pick(data, self.settled(2))
        self.clusters[story].pop(data.draw(st.integers(0, len(self.clusters[story]) - 1)))

    @precondition(lambda self: any(len(rows) >= 3 for rows in self.seen_clusters()))
    @rule(data=st.data())
    def a_story_comes_under_a_new_guid(self, data):
        seen = self.seen_clusters()
        story = self.pick(data, [n for n, rows in enumerate(seen) if len(rows) >= 3])
        rows = seen[story]
        self.clusters[story] = rows[1:] + rows[:1]
        self.guids[story] = row(story, self.clusters[story][0]).identifier
        self.renamed.add(story)

    def seen_clusters(self):
        """The clusters as the last run saw them."""
        return getattr(self, "seen", [])

    @rule(second=st.booleans())
    def a_run(self, second):
        title, link = ("Business", BUSINESS) if second else ("World", None)
        report = self.folder.run(self.document(title, link))
        by_guid = {guid: story for story, guid in enumerate(self.guids)}
        assert report.keys() == by_guid.keys()
        for guid, (path, action, reason) in report.items():
            story = by_guid[guid]
            if story in self.deleted:
                assert action == "skipped", (action, reason)
            elif story in self.paths:
                assert path == self.paths[story], reason
                assert action in {"updated", "unchanged", "kept"}
            else:
                assert action == "created", (action, reason)
                self.paths[story] = path
        self.seen = [list(rows) for rows in self.clusters]
        self.renamed.clear()
        files, mtimes = self.folder.files(), self.folder.mtimes()
        self.folder.run(self.document(title, link))
        assert (self.folder.files(), self.folder.mtimes()) == (files, mtimes)

    def live(self):
        return [story for story in self.paths if story not in self.deleted]

    def rewrite(self, story, change):
        path = self.folder.out / self.paths[story]
        text = path.read_bytes().decode()
        path.write_bytes(change(text).encode())

    @precondition(lambda self: self.live())
    @rule(data=st.data(), field=st.sampled_from(["title", "description", "summary"]))
    def the_user_edits_a_field(self, data, field):
        story = self.pick(data, self.live())
        self.edits += 1
        mark = f"{field}: 'my {self.edits}th'  # {field} is mine\n"
        old = {m for m in self.marks.get(story, set()) if m.startswith(field)}
        self.rewrite(
            story, lambda text: re.sub(rf"^{field}: .*\n", mark, text, count=1, flags=re.MULTILINE)
        )
        self.marks[story] = (self.marks.get(story, set()) - old) | {mark}

    @precondition(lambda self: self.live())
    @rule(data=st.data())
    def the_user_edits_a_body(self, data):
        story = self.pick(data, self.live())
        self.edits += 1
        mark = f"My {self.edits}th paragraph.\n"
        self.rewrite(story, lambda text: text + mark)
        self.marks.setdefault(story, set()).add(mark)

    @precondition(lambda self: self.live())
    @rule(data=st.data())
    def the_user_adds_a_key_and_a_comment(self, data):
        story = self.pick(data, self.live())
        self.edits += 1
        mark = f"# remark {self.edits}\nkey{self.edits}: [ 1,2 ]\n"
        self.rewrite(story, lambda text: text.replace("publisher:", mark + "publisher:", 1))
        self.marks.setdefault(story, set()).add(mark)

    @precondition(lambda self: len(self.live()) > 3)
    @rule(data=st.data())
    def the_user_deletes_a_file(self, data):
        if len(self.deleted) >= 1:  # that more than half go at once is another test's matter
            return
        story = self.pick(data, self.live())
        self.a_run(second=False)  # a rebuilt ledger knows all but what was deleted before
        (self.folder.out / self.paths[story]).unlink()
        self.deleted.add(story)
        self.a_run(second=False)

    @precondition(lambda self: self.live())
    @rule(data=st.data())
    def the_user_renames_a_file(self, data):
        story = self.pick(data, self.live())
        self.edits += 1
        to = f"mine-{self.edits}.md"
        (self.folder.out / self.paths[story]).rename(self.folder.out / to)
        self.paths[story] = to

    @precondition(lambda self: not self.deleted)
    @rule()
    def the_ledger_is_lost(self):
        (self.folder.out / LEDGER).unlink(missing_ok=True)

    @invariant()
    def no_edit_is_lost_and_no_story_is_there_twice(self):
        if not hasattr(self, "folder"):
            return
        files = self.folder.files() if self.folder.out.exists() else {}
        assert set(files) == {self.paths[story] for story in self.live()}
        for story, marks in self.marks.items():
            if story not in self.deleted:
                text = files[self.paths[story]]
                assert all(mark in text for mark in marks), (story, marks)
                read(text)

    def teardown(self):
        shutil.rmtree(getattr(self, "place", "/nonexistent"), ignore_errors=True)


TestStories = Stories.TestCase
TestStories.settings = settings(
    max_examples=20,
    stateful_step_count=25,
    phases=[Phase.generate, Phase.reuse],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
