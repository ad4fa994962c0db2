"""Fetching side by side: order, hosts, and one that hangs delays none."""

from __future__ import annotations

import threading
import time

import pytest

from newsimport.errors import TemporaryError
from newsimport.source.fetch import Answer
from newsimport.source.gather import Errand, gather


class Host:
    """Counts how many are with it at a time."""

    def __init__(self, seconds: float = 0.02) -> None:
        self.seconds = seconds
        self.now = self.most = 0
        self.times: list[tuple[float, float]] = []
        self._lock = threading.Lock()

    def ask(self) -> Answer:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        began = time.monotonic()
        time.sleep(self.seconds)
        with self._lock:
            self.now -= 1
            self.times.append((began, time.monotonic()))
        return Answer(b"x", "")


def test_answers_come_in_order() -> None:
    def run(number: int) -> Answer:
        time.sleep(0.01 * (number % 3))
        return Answer(str(number).encode(), "")

    errands = [Errand(f"h{n}", lambda n=n: run(n)) for n in range(40)]
    got = [
        (number, result.body)
        for number, result in gather(errands, 16)
        if isinstance(result, Answer)
    ]
    assert got == [(n, str(n).encode()) for n in range(40)]


def test_two_at_a_time_to_one_host_with_a_pause_between() -> None:
    host = Host()
    errands = [Errand("one", host.ask) for _ in range(8)]
    list(gather(errands, 16, pause=0.05))
    assert host.most == 2
    begins = sorted(began for began, _ in host.times)
    ends = sorted(ended for _, ended in host.times)
    for begin, end in zip(begins[2:], ends, strict=False):
        assert begin - end >= 0.045


def test_hosts_do_not_wait_for_each_other() -> None:
    all_there = threading.Barrier(16, timeout=60)

    def ask() -> Answer:
        all_there.wait()
        return Answer(b"x", "")

    errands = [Errand(f"h{n}", ask) for n in range(16)]
    assert [type(result) for _, result in gather(errands, 16)] == [Answer] * 16


def test_no_more_than_jobs_at_a_time() -> None:
    host = Host()
    errands = [Errand(f"h{n}", host.ask) for n in range(30)]
    list(gather(errands, jobs=3))
    assert host.most <= 3


def test_one_that_hangs_is_overtaken() -> None:
    free = threading.Event()

    def hang() -> Answer:
        free.wait(10)
        return Answer(b"late", "")

    errands = [Errand("slow", hang), *(Errand(f"h{n}", Host().ask) for n in range(20))]
    order = []
    for number, _ in gather(errands, 16):
        order.append(number)
        if len(order) == 20:
            free.set()
    assert order == [*range(1, 21), 0]


def test_what_an_errand_raises_is_given_out_in_its_place() -> None:
    def fail() -> Answer:
        raise TemporaryError("no")

    results = dict(
        gather([Errand("a", Host().ask), Errand("b", fail), Errand("c", Host().ask)], 16)
    )
    assert [type(results[n]) for n in range(3)] == [Answer, TemporaryError, Answer]


def test_answers_that_wait_to_be_written_are_few() -> None:
    done: list[int] = []

    def run(number: int) -> Answer:
        done.append(number)
        return Answer(bytes(1 << 20), "")

    errands = [Errand(f"h{n}", lambda n=n: run(n)) for n in range(200)]
    given = gather(errands, 4)
    next(given)
    time.sleep(0.3)
    assert len(done) <= 1 + 2 * 4 + 4
    given.close()


@pytest.mark.parametrize("under_way", [0, 1])
def test_it_stops_when_told_to(under_way: int) -> None:
    stop = threading.Event()
    free, ended = threading.Event(), threading.Event()

    def hang() -> Answer:
        free.wait(60)
        ended.set()
        return Answer(b"", "")

    errands = [Errand("quick", Host(0).ask)] * under_way + [Errand("slow", hang)]
    threading.Timer(0.2, stop.set).start()
    assert len(list(gather(errands, 16, stopped=stop.is_set))) == under_way
    assert not ended.is_set()
    free.set()
