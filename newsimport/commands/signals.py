"""End a run in order when it is told to end (clause 22)."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    Handler = Callable[[int, FrameType | None], object] | int | None

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopper:
    """Catches SIGINT and SIGTERM: the file in hand is finished, then the run stops.

    A second signal ends the run at once; the next run converges all the same.
    """

    def __init__(self) -> None:
        self.received = 0
        self._before: dict[int, Handler] = {}

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._receive) for number in _SIGNALS}
        return self

    def _receive(self, number: int, _frame: FrameType | None) -> None:
        if self.received:
            raise SystemExit(self.status)
        self.received = number

    def stopped(self) -> bool:
        """Say whether a signal has come."""
        return bool(self.received)

    @property
    def status(self) -> int:
        """The exit status that says which signal came: 130 or 143."""
        return 128 + self.received

    def __exit__(self, *_exception: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
