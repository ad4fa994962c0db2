"""Run a command from a small process, and say what it used: a child counts its parent's memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass

_LAUNCH = """
import json, os, sys
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(pid, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


@dataclass(frozen=True)
class Used:
    """How a command ended: status, stderr, seconds of processor time, peak memory in MiB."""

    status: int
    err: str
    seconds: float
    mebibytes: float


def measure(*arguments: object, cwd: object, env: dict[str, str]) -> Used:
    """Run newsimport with arguments and return what it used; its stdout goes nowhere."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", _LAUNCH, sys.executable, "-m", "newsimport"]
        + [os.fspath(word) if isinstance(word, os.PathLike) else str(word) for word in arguments],
        capture_output=True,
        cwd=cwd,
        env=env,
        timeout=60,
        check=True,
    )
    status, seconds, kibibytes = json.loads(done.stdout.splitlines()[-1])
    return Used(status, done.stderr.decode(), seconds, kibibytes / 1024)
