"""A run over many feeds of a local server that answers late, beside the ideal.

Each feed has a loopback address of its own (127.x.y.z), so that the limit for a host does not
bind. The ideal is what no program could better: the latency of all feeds, shared by the jobs, or
the time that the same feeds take when they are read from files, whichever is more.
"""

from __future__ import annotations

import select
import shutil
import socket
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsimport.config import Settings
from tests.scripted import feed_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.runs import Bench
    from tests.measure import Used

LATENCY = 0.05


class LateServer:
    """Answers every request on any loopback address after a while; one thread for all."""

    def __init__(self, latency: float, items: int = 1) -> None:
        self.latency, self.items = latency, items
        self._answers: dict[str, bytes] = {}
        self._socket = socket.create_server(("0.0.0.0", 0), backlog=1024)
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def body(self, address: str) -> bytes:
        name = address.replace(".", "-")
        return feed_of(*(f"{name}-{n}" for n in range(self.items)), title=f"Feed {name}")

    def _answer(self, address: str) -> bytes:
        # Kept, so that the server's own time does not count as latency.
        if address not in self._answers:
            body = self.body(address)
            head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)
            self._answers[address] = head + body
        return self._answers[address]

    def _serve(self) -> None:
        due: list[tuple[float, socket.socket]] = []
        reading: dict[socket.socket, None] = {}
        while True:
            wait = max(0.0, due[0][0] - time.monotonic()) if due else 1
            ready, _, _ = select.select([self._socket, *reading], [], [], wait)
            for source in ready:
                if source is self._socket:
                    connection, _ = self._socket.accept()
                    reading[connection] = None
                else:
                    del reading[source]
                    source.recv(65536)
                    due.append((time.monotonic() + self.latency, source))
            while due and due[0][0] <= time.monotonic():
                _, connection = due.pop(0)
                connection.sendall(self._answer(connection.getsockname()[0]))
                connection.close()


@dataclass(frozen=True)
class ManyFeeds:
    """So many feeds, and what each run over them used: over HTTP, and from files."""

    feeds: int
    http: list[Used]
    file: list[Used]

    @property
    def ideal(self) -> float:
        """Seconds that no program could better."""
        return max(self.feeds * LATENCY / Settings().jobs, min(used.wall for used in self.file))

    @property
    def ratios(self) -> list[float]:
        return [used.wall / self.ideal for used in self.http]

    def as_markdown(self) -> str:
        lines = [
            "| feeds | from | seconds | ÷ ideal | CPU, s | peak, MiB |",
            "|---|---|---|---|---|---|",
        ]
        for kind, runs in (("HTTP, after 50 ms", self.http), ("files", self.file)):
            best = min(runs, key=lambda used: used.wall)
            lines.append(
                f"| {self.feeds:,} | {kind} | {best.wall:.2f} | {best.wall / self.ideal:.2f}"
                f" | {best.seconds:.2f} | {best.mebibytes:.1f} |"
            )
        return "\n".join([*lines, f"\nIdeal: {self.ideal:.2f} s, with {Settings().jobs} jobs."])


def measure_feeds(bench: Bench, feeds: int, runs: int) -> ManyFeeds:
    """Import so many feeds of one item over HTTP and from files, in turns; another load only adds."""
    server = LateServer(LATENCY)
    folder = bench.folder / "feeds"
    folder.mkdir()
    configs = _write_configs(folder, server, feeds)
    found: dict[str, list[Used]] = {kind: [] for kind in configs}
    for number in range(runs):
        print(f"turn {number + 1} of {runs}: {feeds:,} feeds", file=sys.stderr)
        for kind, config in configs.items():
            found[kind].append(bench.newsimport("fetch", "--config", config))
            written = len(list((folder / kind).glob("*.md")))
            assert written == feeds, f"{kind}: {written} files of {feeds}"
            shutil.rmtree(folder / kind)
    return ManyFeeds(feeds, **found)


def _write_configs(folder: Path, server: LateServer, feeds: int) -> dict[str, Path]:
    tables = {"http": "", "file": ""}
    for number in range(feeds):
        address = f"127.1.{number // 250}.{number % 250 + 1}"
        path = folder / f"{address}.xml"
        path.write_bytes(server.body(address))
        for kind, url in (("http", f"http://{address}:{server.port}/"), ("file", path)):
            tables[kind] += f'[[feeds]]\nname = "f{number}"\nurl = "{url}"\n'
    for kind, text in tables.items():
        head = f'[defaults]\nout = "{kind}"\nsite = "hugo"\nallow_private = true\n'
        (folder / f"{kind}.toml").write_text(head + text)
    return {kind: folder / f"{kind}.toml" for kind in tables}
