"""How far a request may go."""

from __future__ import annotations

from newsimport.records import NamedTuple

# Clause 2.
MAX_REDIRECTS = 5
# Clause 3.
MAX_BYTES = 8 << 20
CONNECT_SECONDS = 10.0
TOTAL_SECONDS = 30.0
# The most that an image may have to be downloaded.
LARGEST_IMAGE = 5 * 1024 * 1024


class Limits(NamedTuple):
    """How far a request may go: decoded bytes, seconds, and whether to addresses not global."""

    max_bytes: int = MAX_BYTES
    connect: float = CONNECT_SECONDS
    total: float = TOTAL_SECONDS
    allow_private: bool = False


# What a tree takes before its first tag, in tags.
TREE = 20


def most_tree_size(html: str) -> int:
    """Return how much of some HTML may have to become a tree, in tags."""
    return html.count("<") + len(html) // 100 + TREE
