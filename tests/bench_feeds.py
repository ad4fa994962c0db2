"""Measure a run over many feeds of a local server that answers late: time and memory.

    python -m tests.bench_feeds [--feeds 1000] [--items 1] [--latency 0.05] [--jobs 16]

Each feed has a loopback address of its own (127.x.y.z), so that the limit for a host does not
bind. The ideal is what no program could better: the latency of all feeds, shared by the jobs, or
the processor time that the same feeds take when they are read from files, whichever is more.
"""

from __future__ import annotations

import argparse
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.scripted import feed_of

ROOT = Path(__file__).parents[1]


class LateServer:
    """Answers every request on any loopback address after a while; one thread for all."""

    def __init__(self, items: int, latency: float) -> None:
        self.items, self.latency = items, latency
        self._socket = socket.create_server(("0.0.0.0", 0), backlog=1024)
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def body(self, address: str) -> bytes:
        name = address.replace(".", "-")
        return feed_of(*(f"{name}-{n}" for n in range(self.items)), title=f"Feed {name}")

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
                body = self.body(connection.getsockname()[0])
                connection.sendall(
                    b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body
                )
                connection.close()


def run(config: Path, jobs: int) -> dict[str, float]:
    """Run one import; return its seconds, processor seconds and peak MiB."""
    launch = (
        "import json, os, sys, time; began = time.perf_counter()\n"
        "pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)\n"
        "_, status, used = os.wait4(pid, 0)\n"
        "print(json.dumps({'status': status, 'seconds': time.perf_counter() - began,"
        " 'cpu': used.ru_utime + used.ru_stime, 'mebibytes': used.ru_maxrss / 1024}))\n"
    )
    words = ["fetch", "--config", str(config), "--jobs", str(jobs)]
    done = subprocess.run(
        [sys.executable, "-c", launch, sys.executable, "-m", "newsimport", *words],
        capture_output=True, text=True, check=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    measured: dict[str, float] = json.loads(done.stdout)
    assert measured.pop("status") == 0, done.stderr
    return measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--items", type=int, default=1)
    parser.add_argument("--latency", type=float, default=0.05)
    parser.add_argument("--jobs", type=int, default=16)
    given = parser.parse_args()
    server = LateServer(given.items, given.latency)
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as name:
        folder = Path(name)
        tables = {"http": "", "file": ""}
        for number in range(given.feeds):
            address = f"127.1.{number // 250}.{number % 250 + 1}"
            path = folder / f"{address}.xml"
            path.write_bytes(server.body(address))
            for kind, url in (("http", f"http://{address}:{server.port}/"), ("file", str(path))):
                tables[kind] += f'[[feeds]]\nname = "f{number}"\nurl = "{url}"\n'
        measured = {}
        for kind, text in tables.items():
            config = folder / f"{kind}.toml"
            config.write_text(f'[defaults]\nout = "{kind}"\nallow_private = true\n{text}')
            measured[kind] = run(config, given.jobs)
        ideal = max(given.feeds * given.latency / given.jobs, measured["file"]["seconds"])
        print(
            f"{given.feeds} feeds of {given.items} items, {given.latency * 1000:.0f} ms, {given.jobs} jobs"
        )
        for kind, values in measured.items():
            print(
                f"  {kind}  " + "   ".join(f"{name} {value:7.2f}" for name, value in values.items())
            )
        print(f"  ideal {ideal:7.2f}   ratio {measured['http']['seconds'] / ideal:5.2f}")


if __name__ == "__main__":
    main()
