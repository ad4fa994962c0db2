"""What a run loads: cron starts a thousand a day, and most of them have nothing to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.scripted import Reply, Request, ScriptedServer, feed_of, reply

# Of the standard library and of our libraries, what no run needs that reads feeds of today.
HEAVY = frozenset(
    """
dataclasses logging tempfile random subprocess http email ssl queue hashlib zoneinfo encodings.idna
feedparser bs4 lxml ruamel.yaml slugify tomlkit nh3 jinja2
""".split()
)
# What a run needs only where a feed is read, where it brings something, and where files are there
# that the ledger does not know.
READERS = frozenset({"newsimport.reading", "newsimport.source.feed", "newsimport.grouping"})
WRITERS = frozenset(
    {"newsimport.site.writer", "newsimport.story.tags", "newsimport.source.cluster", "json", "html"}
)
RECALL = frozenset({"newsimport.site.recall", "newsimport.site.linked"})
# The standard library's client of HTTP loads these, whatever the address.
CLIENT = frozenset({"http", "email", "ssl", "random"})
ASKING = frozenset({"socket", "newsimport.source.fetch", "newsimport.source.wire"})


def loaded(cli: Cli, *arguments: object) -> set[str]:
    """Return the modules that a run of the command has loaded at its end."""
    program = (
        "import sys\nfrom newsimport.cli import main\ntry: main()\nfinally: print(*sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        # Where coverage is measured, its own modules would be loaded as well.
        env={k: v for k, v in cli.environment().items() if not k.startswith("COVERAGE_")},
        cwd=cli.folder,
    )
    assert not done.stderr
    return set(done.stdout.split())


@pytest.fixture
def server() -> ScriptedServer:
    def answer(request: Request) -> Reply:
        if "if-none-match" in request.headers:
            return reply(b"", 304, ETag='"x"')
        return reply(feed_of(1), ETag='"x"', Cache_Control="max-age=3600")

    with ScriptedServer(answer) as server:
        yield server


def test_what_a_run_over_a_file_loads(cli: Cli, tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(feed_of(1))
    first = loaded(cli, "fetch", feed, "--out", "out")
    assert not (HEAVY | RECALL | ASKING - {"newsimport.source.fetch"}) & first
    assert first >= READERS | WRITERS - {"json", "html"}
    again = loaded(cli, "fetch", feed, "--out", "out")
    assert not (HEAVY | RECALL | WRITERS) & again
    assert again >= READERS
    (cli.folder / "out" / ".newsimport.sqlite3").unlink()
    assert loaded(cli, "fetch", feed, "--out", "out") >= RECALL


def test_what_a_run_over_the_network_loads(cli: Cli, server: ScriptedServer) -> None:
    (cli.folder / "newsimport.toml").write_text(
        f'[defaults]\nout = "out"\nallow_private = true\n[[feeds]]\nname = "a"\nurl = "{server.url}/"\n'
    )
    assert (HEAVY - CLIENT) & loaded(cli, "fetch") == set()
    not_modified = loaded(cli, "fetch", "--force")
    assert not (HEAVY - CLIENT | READERS | WRITERS | RECALL) & not_modified
    assert not_modified >= ASKING
    assert not (HEAVY | READERS | WRITERS | RECALL | ASKING) & loaded(cli, "fetch")
    assert len(server.requests) == 2


def test_slugs_in_latin_script_load_no_table_of_all_others() -> None:
    program = (
        "import sys\nfrom newsimport.site.slug import make_slug\n"
        "for title in sys.argv[1:]: print(make_slug(title), 'text_unidecode' in sys.modules)\n"
    )
    titles = ("Élysée – “Straße 5°” für Łódź’s Ærø", "Привет")
    done = subprocess.run(
        [sys.executable, "-c", program, *titles], capture_output=True, text=True, check=True
    )
    assert done.stdout == "elysee-strasse-5deg-fur-lodzs-aero False\nprivet True\n"


def test_nothing_is_collected_while_the_program_is_loaded() -> None:
    program = (
        "import gc, sys\nfound = []\ngc.callbacks.append(lambda phase, _: found.append(phase))\n"
        "enable, disable = gc.enable, gc.disable\n"
        "gc.enable = lambda: (print(found), enable())\n"
        "gc.disable = lambda: (found.clear(), disable())\n"
        "from newsimport.__main__ import run\nsys.argv[1:] = ['--version']\n"
        "try: run()\nfinally: print(gc.isenabled(), gc.get_threshold()[0])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    first, _version, last = done.stdout.splitlines()
    assert (first, last) == ("[]", "True 30000")


def test_the_command_goes_by_the_name_that_it_was_called_by() -> None:
    program = (
        "import sys\nfrom newsimport.__main__ import run\nsys.argv = ['/bin/ni', '-h']\nrun()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("Usage: ni [OPTIONS]")
