"""What can go wrong, in the user's words, with the exit status that it means."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta
    from typing import Self


class NewsimportError(Exception):
    """An expected failure: one line for the user.

    `kind` is a stable word for programs (`fetch --json`); `status` is the
    exit status of clause 32, in the numbers of sysexits.h.
    """

    kind = "error"
    status = 1

    def because_of(self, error: Exception) -> Self:
        """Return this with the status of a device's fault, if that is what it comes from."""
        if isinstance(error, OSError) and error.errno == errno.EIO:
            self.status = LedgerError.status
        return self


class UsageError(NewsimportError):
    """The command was called in a way that cannot work."""

    kind = "usage"
    status = 2


class FilterError(NewsimportError):
    """A filter of the user's cannot be applied to what a feed holds; the other feeds go on."""

    kind = "usage"
    status = 2


class FeedError(NewsimportError):
    """What was read is no feed."""

    kind = "not-a-feed"
    status = 65


class BlockedError(NewsimportError):
    """The feed is gone, blocked, or behind a consent page."""

    kind = "blocked"
    status = 69


class UnaskedError(BlockedError):
    """The address may not be asked as things are, and no server was."""


class GoneError(BlockedError):
    """The server says that the feed is gone for good."""

    kind = "gone"


class WriteError(NewsimportError):
    """A file of the site cannot be written."""

    kind = "cannot-write"
    status = 73

    @classmethod
    def at(cls, path: object, error: OSError, verb: str = "write") -> Self:
        """Return the fault for the user that one of the system is at a path."""
        return cls(f"{path}: cannot {verb}: {error.strerror or error}").because_of(error)


class LedgerError(NewsimportError):
    """The ledger, or what it stands on, has a fault."""

    kind = "ledger"
    status = 74


class TemporaryError(NewsimportError):
    """It may work later: the network, an overloaded server, another run's lock.

    `retry_after` is how long the server wants to be left alone, None where it did not say.
    """

    kind = "try-again"
    status = 75
    retry_after: timedelta | None = None


def nearest(word: str, known: Sequence[str]) -> str:
    """Return "; did you mean …?" with the most similar of some words, or which there are."""
    from difflib import get_close_matches

    found = get_close_matches(word.lower(), known, 1, 0.5)
    return f"; did you mean {found[0]!r}?" if found else f"; known are {', '.join(known)}"
