"""`newsimport doctor`: look over everything, for its user or for a bug report."""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsimport.commands.options import Folder, Place, config_option, from_environment
from newsimport.commands.output import print_json, print_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsimport.checkup import Finding
    from newsimport.config import Source
    from newsimport.configfile import ConfigFile

# So often in a row is a feed unlucky; more often, something is wrong with it.
_BAD_LUCK = 3


@from_environment
@click.command()
@config_option
@click.option("--out", type=Folder(), help="The folder of the stories' files.")
@click.option("--state", type=Place(), help="The ledger, if it is not in --out.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.pass_context
def doctor(
    ctx: click.Context, /, config: Path | None, out: Path | None, state: Path | None, as_json: bool
) -> None:
    """Show the site, the configuration, the ledger and the feeds, and what is wrong with them.

    What is wrong is marked with "!", with what to do below it; the exit status is 1 then. Nothing
    is asked of any server, and nothing changes. What it prints can be pasted into a bug report:
    there is no secret in it.

    \b
    Examples:
      newsimport doctor --out content/news
      newsimport doctor
    """
    findings = list(_look(ctx, config, out, state))
    sick = any(finding.wrong for finding in findings)
    if as_json:
        print_json({"version": 1, "ok": not sick, "findings": [_as_json(one) for one in findings]})
    else:
        for topic, group in groupby(findings, key=lambda finding: finding.topic):
            print_line(topic)
            for finding in group:
                mark = "!" if finding.wrong else " "
                print_line(f"{mark} {finding.name}: {finding.value}")
                if finding.advice:
                    print_line(f"    {finding.advice}")
    ctx.exit(int(sick))


def _as_json(finding: Finding) -> dict[str, Any]:
    names = ("topic", "name", "value", "wrong", "advice")
    return {name: getattr(finding, name) for name in names}


def _look(
    ctx: click.Context, config: Path | None, out: Path | None, state: Path | None
) -> Iterator[Finding]:
    """Yield all findings, as far as there is something to look at."""
    from newsimport.checkup import Finding, look_at_program
    from newsimport.commands.origins import resolved
    from newsimport.commands.settings import is_typed, load_config
    from newsimport.configfile import ConfigFile
    from newsimport.errors import NewsimportError
    from newsimport.text import without_home

    yield from look_at_program()
    topic, found = "configuration", ConfigFile()
    values: dict[str, Any] = {}
    try:
        found = load_config(config)
        if found.path is None:
            yield Finding(topic, "file", "none: `newsimport init` begins one")
        named = {"out": out, "state": state}
        given = {name: str(path) for name, path in named.items() if is_typed(ctx, name)}
        for name, value, said, origin in resolved(config, given):
            values[name] = value
            yield Finding(topic, name, f"{without_home(said)}  ({without_home(origin)})")
    except NewsimportError as error:
        advice = "mend it, or name another with --config"
        yield Finding(topic, "error", _safe(str(error)), wrong=True, advice=advice)
    except click.ClickException as error:
        advice = "mend that option, or that variable of the environment"
        yield Finding(topic, "error", _safe(error.format_message()), wrong=True, advice=advice)
    # Where the configuration is wrong, what the command line says still counts.
    out, state = values.get("out") or out, values.get("state") or state
    yield from _look_at_place(out, state, values.get("site", ""))
    yield from _look_at_feeds(found, out, state)


def _look_at_place(out: Path | None, state: Path | None, site: str) -> Iterator[Finding]:
    from newsimport.checkup import Finding, look_at_ledger, look_at_lock, look_at_site
    from newsimport.site.profiles import PROFILES, find_profile, find_root, is_site

    if out is None:
        out, why = _unnamed_folder()
        if out:
            yield Finding("configuration", "out", f"{out}  ({why})")
    place = out or Path()
    profile = PROFILES[site] if site else find_profile(place)
    known = bool(site) or is_site(place, profile)
    yield from look_at_site(out, profile, find_root(place, profile), known=known)
    if out:
        yield from look_at_ledger(out, state)
        yield look_at_lock(out)


def _unnamed_folder() -> tuple[Path | None, str]:
    """Return the folder to look at where none is named, and why it is this one."""
    from newsimport.commands.firstrun import usual_folder
    from newsimport.site.database import FILE_NAME

    if os.path.exists(FILE_NAME):  # noqa: PTH110 -- Path's own raises where it is not allowed to
        return Path(), "no other is known; its ledger is here"
    found = usual_folder()
    return (
        (found[1], f"no other is known; usual in a {found[0].name} site") if found else (None, "")
    )


def _safe(text: str) -> str:
    """Return an error's text as it may be shown to others."""
    from newsimport.source.urls import public_text
    from newsimport.text import without_home

    return without_home(public_text(text))


def _look_at_feeds(config: ConfigFile, out: Path | None, state: Path | None) -> Iterator[Finding]:
    from newsimport.checkup import Finding
    from newsimport.commands.feeds import feed_row, states_of
    from newsimport.errors import LedgerError

    topic = "feeds"
    if not config.feeds:
        yield Finding(topic, "configured", "none")
        return
    try:
        states = states_of(config, out, state)
    except LedgerError:  # told of before
        states = {}
    for source in config.feeds:
        row = feed_row(source, states.get(source.name))
        due = "never" if row["status"] == "gone" else row["due"] or "now"
        told = [row["status"] or "never asked", f"due {due}"]
        advice = ""
        if row["status"] == "gone":
            advice = "take it out of your feeds, or ask again with --force"
        elif fault := _fault(source, config.defaults.get("cookie_file")):
            told.append(_safe(fault))
            advice = "mend it in the configuration"
        elif row["failures"] >= _BAD_LUCK:
            told.append(f"failed {row['failures']} times in a row")
            advice = f"`newsimport fetch {source.name} --force -v` says why"
        edition = _edition(source.url)
        if edition is None:
            advice = advice or "`newsimport url --list-locales` lists the editions that exist"
        told += [edition if edition is not None else "no edition of Google News", row["url"]]
        yield Finding(topic, source.name, ", ".join(filter(None, told)), bool(advice), advice)


def _fault(source: Source, cookie_file: Path | None) -> str:
    """Say why a feed cannot be asked whatever its server says, "" where nothing is wrong."""
    from newsimport.errors import UsageError
    from newsimport.source.cookies import read_cookies
    from newsimport.source.urls import parse_target

    if "://" not in source.url:
        return ""
    try:
        parse_target(source.url)
        if jar := source.cookie_file or cookie_file:
            read_cookies(jar)
    except UsageError as error:
        return str(error)
    return ""


def _edition(url: str) -> str | None:
    """Return the edition of a feed of Google News, "" for another feed, None if it has none."""
    from urllib.parse import parse_qs, urlsplit

    from newsimport.source.editions import as_locale, edition_of
    from newsimport.source.googlenews import is_google_news

    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    words = [query.get(name, "") for name in ("hl", "gl", "ceid")]
    if not is_google_news(url) or not any(words):
        return ""
    edition = edition_of(*words)
    return f"edition {as_locale(edition)}" if edition else None
