"""Whatever is in a body, it is done or refused within 2 s and 150 MB, in one line (clauses 8, 9)."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Cli
from .hostile.inputs import CASES, Case
from .measure import measure

# Processor time: what else this machine does is no fault of the body.
SECONDS = 2.0
MEBIBYTES = 150


def test_there_are_enough_and_no_two_of_a_name() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_clause_8_and_9_hostile_body(case: Case, cli: Cli, tmp_path: Path) -> None:
    body = tmp_path / "body"
    body.write_bytes(case.make())
    used = measure("inspect", body, cwd=tmp_path, env=cli.environment())
    assert used.status == case.status, used.err
    assert case.says in used.err
    assert len(used.err.splitlines()) == (1 if case.status else 0), used.err
    assert used.seconds < SECONDS
    assert used.mebibytes < MEBIBYTES
