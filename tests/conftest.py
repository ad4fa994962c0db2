"""What tests share: the command as a user runs it, a server of feeds, golden files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import newsimport

# A job in the background of a script ignores SIGINT, and so would each command that tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
# Options that every call with an address of this machine needs.
LOOPBACK_OPTIONS = ("--allow-private",)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="Write golden files anew, then read the diff."
    )


@pytest.fixture(scope="session")
def shared() -> Path:
    """The captured feeds that lie beside some checkouts and belong to others than us."""
    folder = Path(os.environ.get("NEWSIMPORT_SHARED") or ROOT.parent / "shared")
    if not (folder / "corpus").is_dir():
        pytest.skip("no folder `shared` beside the checkout (or in NEWSIMPORT_SHARED)")
    return folder


# ---------------------------------------------------------------- the command


@dataclass(frozen=True)
class Run:
    """How a run of the command ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Cli:
    """Runs the command in a process of its own, with this interpreter."""

    folder: Path
    program: tuple[str, ...] = (sys.executable, "-m", "newsimport")

    def command(self, *arguments: object) -> list[str]:
        words = [str(argument) for argument in arguments]
        local = any("127.0.0.1" in word or "localhost" in word for word in words)
        return [*self.program, *words, *(LOOPBACK_OPTIONS if local else ())]

    def environment(self, **more: str) -> dict[str, str]:
        # Neither the user's settings nor a proxy have a say in what a test sees.
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.upper().endswith("_PROXY") and not name.startswith(("NEWSIMPORT_", "XDG_"))
        }
        # The very package that these tests import, from wherever the command is run.
        package = str(Path(newsimport.__file__).parents[1])
        path = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")]))
        return {**inherited, "HOME": str(self.folder), "PYTHONPATH": path, **more}

    def __call__(
        self,
        *arguments: object,
        stdin: bytes = b"",
        cwd: Path | None = None,
        env: dict[str, str] | None = None,
        timeout: float = 60,
    ) -> Run:
        done = subprocess.run(
            self.command(*arguments),
            input=stdin,
            capture_output=True,
            cwd=cwd or self.folder,
            env=self.environment(**(env or {})),
            timeout=timeout,
            check=False,
        )
        return Run(done.returncode, done.stdout.decode(), done.stderr.decode())

    def on_terminal(
        self,
        *arguments: object,
        env: dict[str, str] | None = None,
        cwd: Path | None = None,
        keys: str = "",
    ) -> Run:
        """Run the command with stdout and stderr on a terminal; `err` is all that it showed.

        With `keys`, stdin is on it too, and these are typed.
        """
        import pty

        ours, theirs = pty.openpty()
        child = subprocess.Popen(
            self.command(*arguments),
            stdin=theirs if keys else subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
            cwd=cwd or self.folder,
            env=self.environment(**{"TERM": "xterm", **(env or {})}),
        )
        os.close(theirs)
        os.write(ours, keys.encode())
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # Linux says so when the last writer has gone
                break
            if not piece:
                break
            shown += piece
        os.close(ours)
        return Run(child.wait(60), "", shown.decode())


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    home = tmp_path / "home"
    home.mkdir()
    return Cli(home)


# ---------------------------------------------------------------- a server


@dataclass
class Page:
    """What the server answers at one address."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class FeedServer:
    """A real HTTP server on a port of its own: what it gives is `pages`, what it got `requests`."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.requests.append((self.path, dict(self.headers.items())))
                page = server.pages.get(self.path, Page(b"nothing here", 404))
                self.send_response(page.status)
                headers = {"Content-Length": str(len(page.body)), **page.headers}
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(page.body)

            def log_message(self, *_arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def serve(
        self, body: bytes | str, path: str = "/feed.xml", status: int = 200, **headers: str
    ) -> str:
        """Give `body` at `path` from now on; return its address.

        Headers are named as keywords: `content_type="text/xml"`.
        """
        content = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        self.pages[path] = Page(content, status, {"Content-Type": "application/rss+xml", **named})
        return self.address + path

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def server() -> Any:
    running = FeedServer()
    yield running
    running.close()


# ---------------------------------------------------------------- golden files


@dataclass(frozen=True)
class Golden:
    """Whole outputs, kept as files and compared byte for byte."""

    update: bool

    def check(self, name: str, text: str) -> None:
        path = GOLDEN / name
        if self.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            return
        assert path.exists(), f"no golden file {name}: pytest --update-golden makes it"
        assert text == path.read_bytes().decode()

    def check_folder(self, name: str, texts: dict[str, str]) -> None:
        """Compare all files of a folder; one too many is a difference as well."""
        folder = GOLDEN / name
        if self.update and folder.is_dir():
            for path in folder.iterdir():
                path.unlink()
        for file_name, text in texts.items():
            self.check(f"{name}/{file_name}", text)
        assert sorted(texts) == sorted(path.name for path in folder.iterdir())


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    return Golden(request.config.getoption("--update-golden"))
