"""A run over many feeds holds a few of them at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from .benchmarks.many_feeds import LateServer
from .conftest import Cli
from .measure import measure

ITEMS = 1000


def peak(cli: Cli, folder: Path, server: LateServer, feeds: int, urls: str) -> float:
    """Return the MiB that a run over so many feeds takes at the most."""
    folder.mkdir()
    tables = []
    for number in range(feeds):
        address = f"127.1.{number // 250}.{number % 250 + 1}"
        url = f"http://{address}:{server.port}/"
        if urls == "paths":
            url = str(folder / f"{number}.xml")
            Path(url).write_bytes(server.body(address))
        tables.append(f'[[feeds]]\nname = "f{number}"\nurl = "{url}"\nlimit = 0\n')
    config = folder / "newsimport.toml"
    config.write_text(f'[defaults]\nout = "news"\nallow_private = true\n{"".join(tables)}')
    used = measure("fetch", "--jobs", 2, "--config", config, cwd=folder, env=cli.environment())
    assert used.status == 0, used.err
    return used.mebibytes


@pytest.mark.parametrize("urls", ["addresses", "paths"])
def test_ten_times_the_feeds_take_no_more_memory(cli: Cli, tmp_path: Path, urls: str) -> None:
    server = LateServer(0, ITEMS)
    few = peak(cli, tmp_path / "few", server, 5, urls)
    many = peak(cli, tmp_path / "many", server, 50, urls)
    assert many < few + 8 < 100, (few, many)
