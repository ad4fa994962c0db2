"""The manual pages: written from the commands, clean for every formatter, and installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, distribution

import click
import pytest

from newsimport.cli import COMMANDS, main
from newsimport.commands.manual import contexts, manual_pages

PAGES = manual_pages(main)
PLACE = "share/man/man1/"


def as_read(page: str, tmp_path) -> str:
    """Return a page as `man` shows it, without what makes it bold, on lines as long as it likes."""
    path = tmp_path / "page.1"
    path.write_text(page, encoding="ascii")
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-P-c", "-P-b", "-P-u", "-rLL=2000n", path],
        capture_output=True,
        check=True,
        env={"PATH": "/usr/bin:/bin"},
    )
    assert done.stderr == b""
    return " ".join(done.stdout.decode().split())


def test_each_command_has_a_page():
    assert set(PAGES) >= {"newsimport.1", *(f"newsimport-{name}.1" for name in COMMANDS)}
    assert "newsimport-feeds-import.1" in PAGES


@pytest.mark.skipif(not shutil.which("groff"), reason="needs groff")
@pytest.mark.parametrize("ctx", list(contexts(main)), ids=lambda ctx: ctx.command_path)
def test_a_page_says_what_help_says(ctx: click.Context, tmp_path):
    page = PAGES[ctx.command_path.replace(" ", "-") + ".1"]
    shown = as_read(page, tmp_path)
    for option in ctx.command.get_params(ctx):
        if record := option.get_help_record(ctx):
            for text in record:
                assert " ".join(text.replace("`", "").split()) in shown
    for line in (ctx.command.help or "").replace("\b", "").splitlines():
        if line.strip() not in {"Example:", "Examples:"}:
            assert " ".join(line.replace("`", "").split()) in shown
    for word in re.findall(r"newsimport[\w-]*(?=\(1\))", shown):
        assert f"{word}.1" in PAGES


def test_text_is_never_taken_for_a_request():
    @click.command(help=".TH x\n\n'so /etc/passwd\n\n`\\fB` – a\\b ^~")
    def odd() -> None: ...

    page = manual_pages(odd)["newsimport.1"]
    assert page.isascii()
    lines = page.splitlines()
    assert r"\&.TH x" in lines
    assert r"\[aq]so /etc/passwd" in lines
    assert r"\fB\[rs]fB\fR \[u2013] a\[rs]b \[ha]\[ti]" in lines


def test_the_pages_that_are_installed_are_those_of_the_commands():
    try:
        installed = distribution("newsimport")
    except PackageNotFoundError:
        pytest.skip("newsimport is not installed")
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    if origin.get("dir_info", {}).get("editable"):
        pytest.skip("newsimport is installed in place, with the pages of that day")
    found = [path for path in installed.files or () if PLACE in path.as_posix()]
    assert {path.name: path.locate().read_text(encoding="ascii") for path in found} == PAGES
