"""Let a wheel carry the manual pages, written from the commands that it carries."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ManualPages(BuildHookInterface):
    """Put each command's page where `man` looks for it: share/man of the environment."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Write the pages, as hatchling calls for it."""
        sys.path.insert(0, self.root)
        from newsimport.cli import main
        from newsimport.commands.manual import manual_pages

        self._folder = TemporaryDirectory()
        for name, text in manual_pages(main).items():
            path = Path(self._folder.name, name)
            path.write_text(text, encoding="ascii")
            build_data["shared_data"][str(path)] = f"share/man/man1/{name}"

    def finalize(self, *_build: Any) -> None:
        """Take away what was written, as hatchling calls for it."""
        self._folder.cleanup()
