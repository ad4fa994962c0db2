"""Tell how a run goes, feed by feed: to a person, to a program, and to a log."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Self, TextIO

import click

from newsimport.commands.output import is_terminal, say
from newsimport.models import AROUND_EDITS
from newsimport.text import printable

if TYPE_CHECKING:
    from newsimport.config import Settings
    from newsimport.errors import NewsimportError
    from newsimport.models import FeedReport, LinksReport

ACTIONS = ("created", "updated", "unchanged", "kept", "skipped")


class Teller:
    """Says failures always, the rest on a terminal or when asked (clause 29).

    As JSON, the report is written while the run goes on, so that it takes the memory of a feed or
    two and is whole however the run ends: version 1 of its format, to which fields may be added and
    none changed.
    """

    def __init__(self, *, as_json: bool, quiet: bool, verbose: bool) -> None:
        self.told = 0
        self._as_json = as_json
        self._verbose = verbose
        self._shown = verbose or (is_terminal(sys.stderr) and not quiet and not as_json)
        self.shows_progress = not (quiet or as_json)
        self._dry_run = False
        self._began = self._ended = False
        self.has_lost_log = False
        self._log: TextIO | None = None
        self._log_format = "text"
        self._early: dict[int, str] = {}
        self._next = 0
        self._written = 0

    def begin(self, settings: Settings) -> None:
        """Begin to tell of a run. Raises WriteError when its log cannot be written."""
        from newsimport.errors import WriteError

        self._dry_run = settings.dry_run
        self._log_format = settings.log_format
        if settings.log_file and not settings.dry_run:
            try:
                settings.log_file.parent.mkdir(parents=True, exist_ok=True)
                self._log = settings.log_file.open("a", encoding="utf-8")
            except OSError as error:
                raise WriteError.at(settings.log_file, error) from error
        self._open(str(settings.out), settings.dry_run)

    def _open(self, out: str, dry_run: bool) -> None:
        if self._as_json and not self._began:
            head = {"version": 1, "out": out, "dry_run": dry_run}
            click.echo(_dump(head)[:-2] + ',\n "feeds": [', nl=False)
        self._began = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._log:
            self._log.close()
            self._log = None

    # ------------------------------------------------------------ one feed

    def tell(self, feed: FeedReport) -> None:
        """Tell how the import of one feed went."""
        if self._as_json:
            self._put_in_order(feed)
        self.told += 1
        self._write_log(feed)
        if feed.error:
            if self._shown or not feed.hushed:
                lasting = f" ({feed.note})" if feed.note else ""
                say(f"newsimport: {feed.source}: {feed.error}{lasting}")
        elif self._shown:
            self._tell_more(feed)

    def _put_in_order(self, feed: FeedReport) -> None:
        """Write the report of a feed after those of all that were asked for before it."""
        text = _dump(_as_json(feed)).replace("\n", "\n  ")
        if feed.place is None:
            self._write_feed(text)
            return
        self._early[feed.place] = text
        while self._next in self._early:
            self._write_feed(self._early.pop(self._next))
            self._next += 1

    def _write_feed(self, text: str) -> None:
        click.echo(f"{',' if self._written else ''}\n  {text}", nl=False)
        self._written += 1

    def _tell_more(self, feed: FeedReport) -> None:
        if feed.status == "ok" and feed.note:
            say(f"{feed.source}: {feed.note}")
        for outcome in feed.outcomes if self._verbose else ():
            because = f" ({outcome.reason})" if outcome.reason else ""
            story = outcome.path or _shorten(outcome.title or outcome.guid)
            say(f"{outcome.action}: {story}{because}")
        for warning in feed.warnings:
            say(f"{feed.source}: warning: {warning}")
        say(f"{feed.source}: {_summary(feed)}{' (dry run)' if self._dry_run else ''}")

    def _write_log(self, feed: FeedReport) -> None:
        if self._log is None:
            return
        from datetime import UTC, datetime

        when = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if self._log_format == "json":
            record = {"time": when, **_as_json(feed)}
            del record["stories"]
            self._put(_dump(record, indent=None))
            return
        self._put(f"{when} {feed.status} {feed.source}: {feed.error or _summary(feed)}")
        for warning in feed.warnings:
            self._put(f"{when} warning {feed.source}: {warning}")

    def _put(self, line: str) -> None:
        """Write a line of the log; a full disk must not stop the run that it tells of."""
        log = self._log
        assert log is not None
        try:
            log.write(printable(line) + "\n")
            log.flush()
        except OSError as error:
            self._log = None
            self.has_lost_log = True
            say(f"newsimport: {log.name}: the log cannot be written: {error.strerror or error}")

    # ------------------------------------------------------------ the end

    def end(self, status: int, count: int, links: LinksReport | None = None) -> None:
        """Tell how the run ended, after `count` feeds were to be imported."""
        if self._as_json:
            self._close({"exit": status, "links": links_as_json(links)})
        if links:
            tell_links(links, shown=self._shown)
        if status in {130, 143}:
            done = f"after {self.told} of {count} feeds"
            where = done if self.told < count else "within the last feed"
            say(f"newsimport: stopped {where}; the next run goes on")

    def fail(self, error: NewsimportError) -> None:
        """Tell that the run could not go on; the error itself is for the caller to say."""
        if self._as_json and not self._ended:
            self._open("", self._dry_run)
            told = {"kind": error.kind, "message": str(error)}
            self._close({"exit": error.status, "error": told})

    def _close(self, rest: dict[str, Any]) -> None:
        self._ended = True
        for place in sorted(self._early):
            self._write_feed(self._early.pop(place))
        click.echo(("\n ]" if self._written else "]") + ",\n" + _dump(rest)[2:])


def tell_links(report: LinksReport, *, shown: bool) -> None:
    """Say how asking for links went, where it is to be said."""
    if report.loud or (shown and report.words):
        say(f"newsimport: {report.words}")
    if shown and (report.found or report.stories):
        say(f"links: {report.found} found, {report.stories} files changed, {report.left} left")


def links_as_json(report: LinksReport | None) -> dict[str, Any] | None:
    """Return a report of links in version 1 of its format."""
    if report is None:
        return None
    names = ("found", "left", "stories", "pictures", "requests", "ended", "words")
    return {name: getattr(report, name) for name in names}


def _shorten(text: str) -> str:
    """Return a title or a guid to be shown: Google's guids have up to a thousand characters."""
    return text if len(text) <= 80 else text[:79] + "…"


def _dump(document: dict[str, Any], indent: int | None = 1) -> str:
    import json

    return json.dumps(document, ensure_ascii=False, indent=indent)


def _counts(feed: FeedReport) -> dict[str, int]:
    return {action: feed.counts.get(action, 0) for action in ACTIONS}


def _summary(feed: FeedReport) -> str:
    if feed.status != "ok":
        return feed.note or "not modified"
    counted = {action: f"{count} {action}" for action, count in _counts(feed).items() if count}
    if around := feed.counts.get(AROUND_EDITS):
        counted["updated"] += f" ({around} kept your edits)"
    return ", ".join(counted.values()) or "no items"


def _as_json(feed: FeedReport) -> dict[str, Any]:
    return {
        "source": feed.source,
        "status": feed.status,
        "error": {"kind": feed.error_kind, "message": feed.error} if feed.error else None,
        "note": feed.note,
        "warnings": list(feed.warnings),
        "counts": _counts(feed),
        "stories": [
            {
                "guid": item.guid,
                "path": item.path,
                "action": item.action,
                "reason": item.reason,
            }
            for item in feed.outcomes
        ],
    }
