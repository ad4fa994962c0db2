"""Say in a sentence or two what a story is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsimport.models import Headline


def describe(headlines: Sequence[Headline], language: str) -> str:  # noqa: ARG001
    """Return the lead headline."""
    return headlines[0].title


def summarize(headlines: Sequence[Headline], language: str) -> str:  # noqa: ARG001
    """Return up to three headlines."""
    return " · ".join(headline.title for headline in headlines[:3])
