"""Find what headlines share in scripts that write no spaces between words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsimport.story.candidates import Phrases
    from newsimport.story.lines import Line


def gather(found: Phrases, lines: list[Line], language: str) -> None:
    """Add to `found` the phrases of the lines in Han, Kana, Thai and their like."""
