"""What the command says of itself: each command, each option, with its default and an example."""

from __future__ import annotations

import re

import click
import pytest

from newsimport.cli import COMMANDS, main
from newsimport.commands.manual import contexts
from newsimport.commands.sections import OTHERS, SECTIONS, Sectioned, sections_of

from .conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
# So many options can be read through; more need headings.
FEW = 10


ALL = list(contexts(main))
BY_PATH = pytest.mark.parametrize("ctx", ALL, ids=[ctx.command_path for ctx in ALL])
CHOSEN = [ctx for ctx in ALL if not isinstance(ctx.command, click.Group)]


def options(ctx: click.Context) -> list[click.Option]:
    return [
        param
        for param in ctx.command.get_params(ctx)
        if isinstance(param, click.Option) and not param.hidden
    ]


def test_all_commands_are_found() -> None:
    assert {ctx.info_name for ctx in ALL if ctx.parent and ctx.parent.parent is None} == set(COMMANDS)  # fmt: skip
    assert {"newsimport feeds import", "newsimport fetch"} <= {ctx.command_path for ctx in ALL}


@BY_PATH
def test_each_command_says_what_it_does_and_shows_an_example(ctx: click.Context) -> None:
    shown = ctx.get_help()
    first = (ctx.command.help or "").split("\n")[0]
    assert re.fullmatch(r"[A-Z].{15,}[.:,;)\w]", first), first
    assert re.search(rf"^  Examples?:\n    {ctx.command_path}\b", shown, re.MULTILINE)


@BY_PATH
def test_each_option_has_help_that_is_a_sentence(ctx: click.Context) -> None:
    for option in options(ctx):
        text = (option.help or "").strip()
        assert re.match(r"[A-Z]", text), (option.opts, text)
        assert text.endswith("."), (option.opts, text)
        record = option.get_help_record(ctx)
        assert record is not None
        assert record[0] in " ".join(ctx.get_help().split()) or record[0] in ctx.get_help()


@BY_PATH
def test_each_default_is_shown_once(ctx: click.Context) -> None:
    for option in options(ctx):
        default = option.get_default(ctx)
        shown = (option.get_help_record(ctx) or ("", ""))[1]
        assert shown.count("[default") <= 1, shown
        is_value = not (option.is_flag or option.multiple or default in {None, ""})
        if is_value and default is not click.core.UNSET:
            assert "default: " in shown, shown


@pytest.mark.parametrize("ctx", CHOSEN, ids=[ctx.command_path for ctx in CHOSEN])
def test_many_options_stand_in_sections(ctx: click.Context) -> None:
    if len(options(ctx)) <= FEW:
        return
    assert isinstance(ctx.command, Sectioned)
    found = sections_of(ctx.command, ctx)
    assert [param.opts[-1] for param in found.pop(OTHERS)] == ["--help"]
    shown = ctx.get_help()
    at = [shown.index(f"\n{title}:\n") for title in found]
    assert at == sorted(at)


def test_sections_name_options_that_there_are() -> None:
    there = {option.name for ctx in ALL for option in options(ctx)}
    named = [name for names in SECTIONS.values() for name in names]
    assert len(named) == len(set(named))
    assert set(named) <= there


def test_the_list_of_commands_says_the_same_as_each_command() -> None:
    shown = ALL[0].get_help()
    for name, text in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(text)}$", shown, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_in_the_readme(name: str) -> None:
    assert f"newsimport {name}" in README
