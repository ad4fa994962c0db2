"""What each static site generator expects of a story's file, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsimport.models import Bare
from newsimport.site.markdown import COMMON

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Profile:
    """A site generator: how its files are named and what its front matter is called.

    `config_files` are those by which a site of it is known. `file_name` is a format of `slug` and
    `date`, `bundle` one for a story with a folder of its own, "" where there are none; `date_form`
    a strftime form for a time in UTC; `lastmod` the field that holds the time of the last change;
    `constants` fields that every file has, before all others. `markdown` names
    the rules by which text is escaped in a body.
    """

    name: str
    config_files: tuple[str, ...]
    file_name: str
    bundle: str
    date_form: str
    lastmod: str
    constants: Mapping[str, str]
    markdown: tuple[str, ...] = COMMON

    def date(self, when: datetime) -> Bare:
        """Return a time in UTC as this generator reads it, without quotes."""
        return Bare(when.strftime(self.date_form))


PROFILES: Mapping[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(
            name="hugo",
            config_files=(
                "hugo.toml",
                "hugo.yaml",
                "hugo.yml",
                "hugo.json",
                "config.toml",
                "config/_default",
            ),
            file_name="{slug}.md",
            bundle="{slug}/index.md",
            date_form="%Y-%m-%dT%H:%M:%SZ",
            lastmod="lastmod",
            constants={},
            markdown=(*COMMON, "emoji", "checkbox"),
        ),
        Profile(
            name="jekyll",
            config_files=("_config.yml", "_config.yaml", "_config.toml"),
            # Jekyll ignores, silently, a post whose name does not start with its date.
            file_name="{date}-{slug}.md",
            bundle="",
            date_form="%Y-%m-%d %H:%M:%S +0000",
            lastmod="last_modified_at",
            # Without a layout Jekyll publishes a bare fragment.
            constants={"layout": "post"},
            markdown=(*COMMON, "pipe", "definition", "maths", "footnote"),
        ),
    )
}
DEFAULT = PROFILES["hugo"]


def find_profile(out: Path) -> Profile:
    """Return the profile of the site that `out` lies in, known by its configuration file.

    Looks in `out` and in each folder above it; Hugo's where nothing is found.
    """
    folder = out.absolute()
    for place in (folder, *folder.parents):
        for profile in PROFILES.values():
            if any((place / name).exists() for name in profile.config_files):
                return profile
    return DEFAULT


def find_root(out: Path, profile: Profile) -> Path:
    """Return the folder of the site that `out` lies in, the one above `out` if none is known."""
    folder = out.absolute()
    for place in (folder, *folder.parents):
        if any((place / name).exists() for name in profile.config_files):
            return place
    return folder.parent
