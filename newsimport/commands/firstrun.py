"""Find a place for the stories of a first run, and ask whether it is meant."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsimport.commands.output import is_terminal, say
from newsimport.errors import UsageError

if TYPE_CHECKING:
    from newsimport.site.profiles import Profile

_ADVICE = "where to? Give --out FOLDER, or write `out` into newsimport.toml"


def usual_folder() -> tuple[Profile, Path] | None:
    """Return the site at hand and where its news usually are, None where there is no site."""
    from newsimport.site.profiles import find_profile, find_root, is_site, news_folder

    here = Path()
    profile = find_profile(here)
    if not is_site(here, profile):
        return None
    return profile, Path(os.path.relpath(find_root(here, profile) / news_folder(profile)))


def choose_folder() -> Path:
    """Return the folder that suits the site at hand, if its user agrees on a terminal.

    Raises UsageError, with the advice, where there is no site, nobody to ask, or no agreement.
    """
    found = usual_folder()
    if found is None:
        raise UsageError(_ADVICE)
    profile, folder = found
    advice = f"{_ADVICE}; in this {profile.name} site, --out {folder} suits"
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        raise UsageError(advice)
    say(f"This is a {profile.name} site. No --out was given: the stories would go into {folder}.")
    if not click.confirm("Write them there?", default=True, err=True):
        raise UsageError(advice)
    say("`newsimport init` writes it down, so that you are not asked again.")
    return folder
