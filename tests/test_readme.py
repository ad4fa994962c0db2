"""What the README shows is what happens: each command and each output, as it stands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import LOOPBACK_OPTIONS, ROOT, Cli, FeedServer
from .sites import SITES, command_of

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
WORLD = (ROOT / "examples" / "world.xml").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCKS if name == language]


def as_pattern(shown: str) -> re.Pattern[str]:
    """Return what matches a shown text, where … stands for whatever was left out."""
    return re.compile(".*?".join(map(re.escape, shown.split("…"))), re.DOTALL)


@pytest.fixture
def checkout(tmp_path: Path, cli: Cli) -> Path:
    """A copy of what the README's commands touch, with `newsimport` where it says it is."""
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / "examples", folder / "examples")
    for site in ("hugo-site/content", "jekyll-site/_posts"):
        shutil.rmtree(folder / "examples" / site, ignore_errors=True)
    program = folder / ".venv" / "bin" / "newsimport"
    program.parent.mkdir(parents=True)
    program.write_text(
        "#!/bin/sh\n"
        f'case "$*" in *127.0.0.1*) set -- "$@" {" ".join(LOOPBACK_OPTIONS)};; esac\n'
        f'exec {sys.executable} -m newsimport "$@"\n'
    )
    program.chmod(0o755)
    if hugo := command_of(SITES["hugo"]):
        program.with_name("hugo").symlink_to(hugo[0])
    return folder


def shell(cli: Cli, checkout: Path, script: str, folder: str = "") -> str:
    """Run lines in a shell, as a user in the checkout would; return all that it said."""
    path = os.pathsep.join([str(checkout / ".venv" / "bin"), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=checkout / folder,
        env=cli.environment(PATH=path),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


def ask_here(config: Path, url: str) -> None:
    """Let the feed that `newsimport init` begins with be read from this machine."""
    text = config.read_text(encoding="utf-8")
    line = re.compile(r'^url = "https://news\.google\.com/.*"$', re.MULTILINE)
    assert len(line.findall(text)) == 1
    here = f'url = "{url}"\nallow_private = true'
    config.write_text(line.sub(here, text), encoding="utf-8")


def test_the_two_commands_are_the_ones_that_ci_runs() -> None:
    install, test = (block.strip() for block in blocks("sh"))
    for command in (install, test):
        assert "\n" not in command
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")
        assert "break-system-packages" not in command
    assert install.endswith("newsimport fetch examples/world.xml --out content")
    assert test.endswith(".venv/bin/pytest")
    assert "[test]" in test


def test_the_first_command_imports_the_example(cli: Cli, checkout: Path) -> None:
    command = blocks("sh")[0].strip().rpartition(" && ")[2]
    assert shell(cli, checkout, command) == ""
    assert f"where {len(list((checkout / 'content').glob('*.md')))} files appear" in README


def test_before(cli: Cli) -> None:
    [shown] = blocks("xml")
    # The item is one line in the feed; here it is broken between elements and words.
    whole = re.sub(r"\n(?=target)", " ", shown).replace("\n", "").removesuffix("…")
    found = as_pattern(whole).search(WORLD)
    assert found, whole
    assert len(found[0]) < 4000


def test_after(cli: Cli, checkout: Path) -> None:
    [shown] = blocks("markdown")
    shell(cli, checkout, blocks("sh")[0].strip().rpartition(" && ")[2])
    name = re.search(r"becomes `(content/[^`]+)`", README)
    assert name
    text = (checkout / name[1]).read_text(encoding="utf-8")
    assert as_pattern(shown).fullmatch(text), text


@pytest.mark.parametrize("number", range(len(blocks("console"))))
def test_every_command_and_what_it_says(
    cli: Cli, checkout: Path, server: FeedServer, number: int
) -> None:
    url = server.serve(WORLD)
    folder = ""
    for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", blocks("console")[number], re.MULTILINE):  # fmt: skip
        first = command.partition(" ")[0]
        if command.startswith("FEED="):
            assert re.fullmatch(r"FEED='https://news\.google\.com/rss/[^']+'", command)
            continue
        if first == "cd":
            folder = command.removeprefix("cd ")
            assert (checkout / folder).is_dir()
            continue
        if first in {"hugo", "jekyll"} and not command_of(SITES[first]):
            pytest.skip(f"{first} is not installed")
        if command == "newsimport fetch":
            ask_here(checkout / folder / "newsimport.toml", url)
        said = shell(cli, checkout, command.replace("$FEED", url), folder)
        assert as_pattern(shown).fullmatch(said), f"$ {command}\n{said}"
    if "$FEED" in blocks("console")[number]:
        assert len(list((checkout / "content" / "news").glob("*.md"))) > 40


@pytest.mark.parametrize("number", range(len(blocks("toml"))))
def test_every_configuration_is_one(cli: Cli, tmp_path: Path, number: int) -> None:
    (tmp_path / "newsimport.toml").write_text(blocks("toml")[number], encoding="utf-8")
    (tmp_path / "feed.xml").write_text(WORLD, encoding="utf-8")
    run = cli("feeds", "list", cwd=tmp_path)
    assert run.status == 0, run.err
    run = cli("fetch", "./feed.xml", "--out", "news", "--dry-run", cwd=tmp_path)
    assert run.status == 0, run.err


def test_every_option_of_the_table_is_one(cli: Cli) -> None:
    rows = re.findall(r"^\| (`-.*?) \|", README, re.MULTILINE)
    options = [word for row in rows for word in re.findall(r"`(--?[\w-]+)", row)]
    assert len(options) >= 12
    said = cli("fetch", "--help").out
    for option in options:
        assert re.search(rf"(?:^|[\s,]){re.escape(option)}\b", said), option


def test_every_command_is_mentioned() -> None:
    from newsimport.cli import COMMANDS

    for name in COMMANDS:
        assert re.search(rf"newsimport {name}\b", README), name


def test_the_exit_statuses_are_those_of_the_errors() -> None:
    from newsimport import errors

    shown = {int(n) for row in re.findall(r"^\| ([\d, ]+) \|", README, re.MULTILINE) for n in row.split(",")}  # fmt: skip
    known = {
        value.status
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, errors.NewsimportError)
    }
    assert known <= shown
    assert shown - known <= {0, 70, 130, 143}


def test_every_link_of_the_readme_leads_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
    for target in re.findall(r"`(examples/[\w./-]+)`", README):
        assert (ROOT / target).exists(), target
    headings = re.findall(r"^#+ (.*)$", README, re.MULTILINE)
    places = {re.sub(r"[^\w -]", "", text.lower()).replace(" ", "-") for text in headings}
    linked = set(re.findall(r"\]\(#([^)]+)\)", README))
    assert linked <= places
    chapters = re.findall(r"^## (.*)$", README.partition("## Install")[2], re.MULTILINE)
    assert len(chapters) == sum(f"[{chapter}](#" in README for chapter in chapters)


def test_the_changelog_knows_this_version() -> None:
    from newsimport import __version__

    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "keepachangelog.com" in changelog
    assert "## [Unreleased]" in changelog or f"## [{__version__}]" in changelog
