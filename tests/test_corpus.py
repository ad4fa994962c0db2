"""Captured feeds, of Google News and others, come out as their markup says."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

from .conftest import Cli


def test_captured_feeds_have_no_fault(cli: Cli, shared: Path) -> None:
    done = subprocess.run(
        [sys.executable, shared / "corpus" / "check.py", "--newsimport", shlex.join(cli.program)],
        capture_output=True,
        text=True,
        check=False,
        env=cli.environment(),
        timeout=300,
    )
    assert done.stdout.splitlines()[-1].endswith(" 0 faults"), done.stdout + done.stderr
    assert "FAULT" not in done.stdout
    assert done.returncode == 0
