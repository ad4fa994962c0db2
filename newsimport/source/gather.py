"""Fetch many feeds side by side, a few at a time from one host, and give them out in order."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from newsimport.records import NamedTuple
from newsimport.source.fetch import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

AT_ONE_HOST = 2
# Seconds between the end of a request and the next one to the same host by the same pair of hands.
PAUSE = 0.5
# How long the others wait for a feed that is slow before they overtake it, in seconds.
_GRACE = 0.25
# Answers that wait to be written take memory: beyond this, no further ones are fetched.
_MOST_HELD = 32 << 20
_TICK = 0.1


class Errand(NamedTuple):
    """One feed to fetch: `host` is whose patience it takes, `run` fetches it."""

    host: str
    run: Callable[[], Answer]


class _Desk:
    """What the workers and the one who waits for them share, under one condition."""

    def __init__(self, errands: Sequence[Errand], jobs: int, pause: float) -> None:
        self.errands = errands
        self.jobs = jobs
        self.pause = pause
        self.lock = threading.Lock()
        self.arrived = threading.Condition(self.lock)
        self.freed = threading.Condition(self.lock)
        self.waiting = list(range(len(errands)))
        self.done: dict[int, Answer | BaseException] = {}
        self.busy: Counter[str] = Counter()
        self.free_at: dict[str, list[float]] = defaultdict(list)
        self.closed = False
        self.held = 0

    def next(self) -> int | None:
        """Return the first errand that may be run now, None when all must wait."""
        if len(self.done) >= 2 * self.jobs or self.held > _MOST_HELD:
            return None
        now = time.monotonic()
        full: set[str] = set()
        for place, number in enumerate(self.waiting):
            host = self.errands[number].host
            if host in full:
                continue
            resting = [free for free in self.free_at[host] if free > now]
            if self.busy[host] + len(resting) < AT_ONE_HOST:
                self.free_at[host] = resting
                self.busy[host] += 1
                return self.waiting.pop(place)
            full.add(host)
        return None

    def work(self) -> None:
        """Run errands until there are none left."""
        while True:
            with self.lock:
                while (number := self.next()) is None:
                    if self.closed or not self.waiting:
                        return
                    self.freed.wait(_TICK)
                if self.closed:
                    return
            errand = self.errands[number]
            try:
                result: Answer | BaseException = errand.run()
            except BaseException as error:  # noqa: BLE001 - it is raised where the answer is taken
                result = error
            with self.lock:
                self.done[number] = result
                self.held += _size(result)
                self.busy[errand.host] -= 1
                if self.pause:
                    self.free_at[errand.host].append(time.monotonic() + self.pause)
                self.arrived.notify()
                self.freed.notify()

    def take(self, number: int) -> Answer | BaseException:
        """Give out what an errand brought home."""
        with self.lock:
            result = self.done.pop(number)
            self.held -= _size(result)
            self.freed.notify()
        return result

    def close(self) -> None:
        """Begin no further errand."""
        with self.lock:
            self.closed = True
            self.waiting.clear()
            self.freed.notify_all()


def _size(result: Answer | BaseException) -> int:
    return len(result.body) if isinstance(result, Answer) else 0


def gather(
    errands: Sequence[Errand],
    jobs: int,
    stopped: Callable[[], bool] = lambda: False,
    pause: float = PAUSE,
) -> Iterator[tuple[int, Answer | BaseException]]:
    """Yield the number of each errand with its answer, or with what it raised.

    In the order of the errands, but for those that take longer: the others overtake them. Ends
    early when `stopped` says so, whatever is still under way.
    """
    desk = _Desk(errands, jobs, pause)
    hands = min(jobs, len(errands), AT_ONE_HOST * len({errand.host for errand in errands}))
    for _ in range(hands):
        threading.Thread(target=desk.work, daemon=True).start()
    left, late = set(range(len(errands))), set[int]()
    try:
        while left:
            number = _first_done(desk, left, late, stopped)
            if number is None:
                return
            left.discard(number)
            yield number, desk.take(number)
    finally:
        desk.close()


def _first_done(
    desk: _Desk, left: set[int], late: set[int], stopped: Callable[[], bool]
) -> int | None:
    """Wait for the next errand in order, or for one that may overtake it; None when stopped."""
    began = time.monotonic()
    with desk.lock:
        while not stopped():
            head = min(left - late, default=None)
            first = min(desk.done, default=None)
            if first is not None and (head is None or first <= head):
                return first
            if head is not None and first is not None and time.monotonic() - began >= _GRACE:
                late.add(head)
                continue
            desk.arrived.wait(_TICK)
    return None
