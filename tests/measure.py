"""Run a command from a small process, and say what it used: a child counts its parent's memory."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_MEMORY = Path("/dev/shm")
_ROOM = 3 << 30

_LAUNCH = """
import json, os, sys, time
feed = [(os.POSIX_SPAWN_OPEN, 0, sys.argv[1], os.O_RDONLY, 0)]
mute = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
began = time.perf_counter()
pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ, file_actions=feed + mute)
_, status, used = os.wait4(pid, 0)
wall = time.perf_counter() - began
cpu = used.ru_utime + used.ru_stime
print(json.dumps([os.waitstatus_to_exitcode(status), cpu, used.ru_maxrss / 1024, wall]))
"""


def memory() -> Path | None:
    """Return a folder in memory that has room for large sites; a busy disk's time is not ours."""
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM else None


@dataclass(frozen=True)
class Used:
    """How a command ended: status, stderr, seconds of processor time, peak memory in MiB."""

    status: int
    err: str
    seconds: float
    mebibytes: float
    wall: float = 0.0


def used_by(
    command: list[str],
    *,
    cwd: object,
    env: dict[str, str],
    stdin: object = os.devnull,
    timeout: float | None = None,
) -> Used:
    """Run a command, with a file as its stdin, and return what it used; its stdout goes nowhere."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", _LAUNCH, str(stdin), *command],
        capture_output=True,
        cwd=cwd,
        env=env,
        timeout=timeout,
        check=True,
    )
    status, seconds, mebibytes, wall = json.loads(done.stdout)
    return Used(status, done.stderr.decode(errors="replace"), seconds, mebibytes, wall)


def measure(*arguments: object, cwd: object, env: dict[str, str]) -> Used:
    """Run newsimport with arguments and return what it used; its stdout goes nowhere."""
    words = [os.fspath(x) if isinstance(x, os.PathLike) else str(x) for x in arguments]
    return used_by(
        [sys.executable, "-m", "newsimport", *words], cwd=cwd, env=env, timeout=60
    )  # fmt: skip
