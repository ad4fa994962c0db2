"""Look over a site, its output folder and its ledger, and say what is wrong with what to do."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsimport.errors import LedgerError
from newsimport.site.database import FILE_NAME
from newsimport.site.lock import NAME as LOCK_NAME
from newsimport.text import without_home

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from newsimport.site.ledger import Known, Ledger
    from newsimport.site.profiles import Profile

_VERSION = re.compile(r"\d+\.\d+(?:\.\d+)?")
_PATIENCE = 20
# Less room than this on the disk is as good as none.
_ROOM = 16 << 20
# So many files are named at most.
_NAMED = 3
_LOCKS = {
    "free": "free",
    "held": "another run is writing there now",
    "left": "a run was killed; the next one goes on",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was looked at; `advice` says what to do about it where it is `wrong`."""

    topic: str
    name: str
    value: str
    wrong: bool = False
    advice: str = ""


def look_at_program() -> Iterator[Finding]:
    """Tell which newsimport this is, and on what it runs."""
    import platform
    import sqlite3
    from importlib.metadata import PackageNotFoundError, requires, version

    from newsimport import __version__

    topic = "program"
    yield Finding(topic, "newsimport", __version__)
    yield Finding(topic, "Python", platform.python_version())
    yield Finding(topic, "system", platform.platform())
    yield Finding(topic, "SQLite", sqlite3.sqlite_version)
    if proxies := [name for name in os.environ if name.lower().endswith("_proxy")]:
        yield Finding(topic, "proxy", f"{', '.join(sorted(proxies))} of the environment")
    try:
        needed = [need for need in requires("newsimport") or () if ";" not in need]
        names = [re.split(r"[^\w.-]", need)[0] for need in needed]
        found = ", ".join(f"{name} {version(name)}" for name in names)
    except PackageNotFoundError:
        return
    yield Finding(topic, "packages", found)


# ---------------------------------------------------------------- the site


def look_at_site(
    out: Path | None, profile: Profile, root: Path, *, known: bool
) -> Iterator[Finding]:
    """Tell which site an output folder lies in, and whether files can be written there.

    `out` is None where none is named. `known` says that the generator is known by the site's files
    or by the configuration.
    """
    topic = "site"
    if known:
        yield Finding(topic, "folder", shown(root))
        yield Finding(topic, "generator", f"{profile.name}, {installed(profile, root)}")
    else:
        yield Finding(
            topic, "generator", "none found", wrong=True,
            advice=f"run this in the folder of your site, or say with --site whose files are "
            f"wanted: without that they are {profile.name}'s",
        )  # fmt: skip
    if out is None:
        yield Finding(topic, "stories", "no folder is named; give --out")
    else:
        yield _look_at_folder(out)


def _look_at_folder(out: Path) -> Finding:
    import shutil

    topic, name = "site", "stories"
    # Here and below: Path's own, on older Pythons, raise where a folder cannot be entered.
    places = (out.absolute(), *out.absolute().parents)
    there = next(place for place in places if os.path.exists(place))  # noqa: PTH110
    if not there.is_dir():
        return Finding(
            topic, name, f"{shown(out)}: {shown(there)} is no folder", wrong=True,
            advice="name another with --out",
        )  # fmt: skip
    if not os.access(there, os.W_OK | os.X_OK):
        return Finding(
            topic, name, f"{shown(out)}: it cannot be written to", wrong=True,
            advice=f"give yourself the right to enter {shown(there)} and to write to it, or name "
            "another folder",
        )  # fmt: skip
    if fault := _fault(out):
        return Finding(
            topic, name, f"{shown(out)}: {fault}", wrong=True, advice="name another with --out"
        )
    if shutil.disk_usage(there).free < _ROOM:
        return Finding(
            topic, name, f"{shown(out)}: its disk is full", wrong=True, advice="make room on it"
        )
    return Finding(
        topic, name, shown(out) if there == out.absolute() else f"{shown(out)}, to be made"
    )


def _fault(out: Path) -> str:
    """Say why a path cannot be, as one whose name is too long; "" where nothing is wrong."""
    try:
        out.stat()
    except FileNotFoundError:
        return ""
    except OSError as error:
        return error.strerror or str(error)
    return ""


def installed(profile: Profile, root: Path) -> str:
    """Return a generator's version in words, by asking its program or by the site's packages."""
    if isinstance(profile.version, str):
        return _package_version(root / "node_modules" / profile.version / "package.json")
    import shutil
    import subprocess

    name, *words = profile.version
    program = shutil.which(name)
    if not program:
        return "not installed"
    try:
        done = subprocess.run(  # noqa: S603
            [program, *words],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        return f"installed, but it does not run ({type(error).__name__})"
    found = _VERSION.search(done.stdout.decode("utf-8", "replace"))
    return f"version {found[0]}" if found else "installed, but it does not tell its version"


def _package_version(path: Path) -> str:
    import json

    try:
        found = _VERSION.search(str(json.loads(path.read_bytes())["version"]))
    except (OSError, ValueError, KeyError, TypeError):
        found = None
    return f"version {found[0]}" if found else "not installed"


# ---------------------------------------------------------------- the ledger


def look_at_ledger(out: Path, state: Path | None) -> Iterator[Finding]:
    """Tell what the ledger of an output folder remembers, and whether it is whole."""
    from newsimport.site.ledger import Ledger

    topic, path = "ledger", state or out / FILE_NAME
    if not os.path.exists(path):  # noqa: PTH110
        yield Finding(topic, "file", f"{shown(path)}: none yet, the first run makes it")
        return
    yield Finding(topic, "file", f"{shown(path)}, {path.stat().st_size >> 10} KiB")
    try:
        with Ledger(path, copy=True) as ledger:
            yield from _look_into(ledger, out)
    except LedgerError as error:
        yield Finding(topic, "health", "broken", wrong=True, advice=without_home(str(error)))


def _look_into(ledger: Ledger, out: Path) -> Iterator[Finding]:
    from newsimport.site.linkbook import LinkBook
    from newsimport.site.picturebook import PictureBook

    topic = "ledger"
    faults = ledger.faults()
    yield Finding(
        topic, "health", "; ".join(faults[:3]) or "whole", wrong=bool(faults),
        advice="move it away and run again: it is rebuilt from the site's files" if faults else "",
    )  # fmt: skip
    live = list(ledger.stories("live"))
    states = {state: len(list(ledger.stories(state))) for state in ("deleted", "pruned")}
    told = ", ".join([f"{len(live)} with a file", *(f"{n} {name}" for name, n in states.items())])
    yield Finding(topic, "stories", told)
    missing = sum(not os.path.isfile(out / one.path) for one in live)  # noqa: PTH113
    if missing:
        yield Finding(
            topic, "missing", f"{missing} of {len(live)} files", wrong=2 * missing > len(live),
            advice="is the disk mounted, and --out right? A file that you deleted does not come "
            "back; one that you moved is found at the next run",
        )  # fmt: skip
    if broken := _broken(live, out):
        named = ", ".join(broken[:_NAMED]) + (", …" if broken[_NAMED:] else "")
        yield Finding(
            topic, "broken", f"{len(broken)} of {len(live)} files: {named}", wrong=True,
            advice="`newsimport status FILE` says what is wrong; no run changes them until then",
        )  # fmt: skip
    waiting, pictures = LinkBook(ledger).count_waiting(), PictureBook(ledger).count_wanted()
    pruning = [*ledger.stories("pruning"), *ledger.stories("pruning all")]
    pending = [f"{waiting} links", f"{pictures} images", f"{len(pruning)} files to remove"]
    yield Finding(topic, "pending", ", ".join(pending))


def _broken(stories: Iterable[Known], out: Path) -> list[str]:
    """Return the paths of the stories' files that cannot be read any more."""
    from newsimport.site.edits import fault_of
    from newsimport.site.store import Store

    with Store(out, dry_run=True) as store:
        return [known.path for known in stories if fault_of(store, known.path)]


def look_at_lock(out: Path) -> Finding:
    """Tell whether a run is under way in an output folder, or was killed there."""
    from newsimport.site.lock import look

    topic, name, path = "ledger", "lock", out / LOCK_NAME
    if not os.path.exists(path):  # noqa: PTH110
        return Finding(topic, name, "free")
    try:
        found = look(path)
    except OSError as error:
        return Finding(
            topic, name, f"{shown(path)}: cannot read: {error.strerror or error}", wrong=True,
            advice="give yourself the right to read and to write it",
        )  # fmt: skip
    return Finding(topic, name, _LOCKS[found])


# ---------------------------------------------------------------- what may be shown


def shown(path: Path) -> str:
    """Return a path as it may be shown to others."""
    return without_home(str(path))
