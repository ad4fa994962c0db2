"""Find newsimport.toml, and hold what it says: the defaults of a site and its feeds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsimport.filters import NO_FILTERS, Filters
from newsimport.models import NOTHING
from newsimport.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsimport.config import Source

FILE_NAME = "newsimport.toml"


class ConfigFile(NamedTuple):
    """What a configuration file says: values of options by their names, and feeds in its order."""

    path: Path | None = None
    defaults: Mapping[str, Any] = NOTHING
    feeds: tuple[Source, ...] = ()

    @property
    def filters(self) -> Filters:
        """The filters for all feeds."""
        found: Filters = self.defaults.get("filters", NO_FILTERS)
        return found


def find_config(start: Path) -> Path | None:
    """Return the nearest newsimport.toml in a folder or above it, None without one."""
    folder = start.absolute()
    for place in (folder, *folder.parents):
        if os.path.isfile(place / FILE_NAME):  # noqa: PTH113
            return place / FILE_NAME
    return None


def user_config(environ: Mapping[str, str]) -> Path:
    """Return where the user's own configuration is, by the XDG base directory specification."""
    base = Path(environ.get("XDG_CONFIG_HOME", ""))
    folder = base if base.is_absolute() else Path(environ.get("HOME", "~")) / ".config"
    return folder / "newsimport" / "config.toml"
