"""Clauses 22 to 24: full and read-only disks, locks, symlinks, signals, missing system calls."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from newsimport.config import Source
from newsimport.errors import TemporaryError, WriteError
from newsimport.site import folders, store
from newsimport.site.folders import PathFolder
from newsimport.site.lock import NAME, Lock, look
from newsimport.site.store import Store

from .folder import Folder
from .stream import START, feed, item, row

ONE_RUN = str(Path(__file__).with_name("one_run.py"))
FEED = feed([item([row(n, k) for k in range(4)], START) for n in range(12)])


def start(feed_file, out, *prefix):
    command = [
        *prefix,
        sys.executable,
        ONE_RUN,
        "modern",
        str(feed_file),
        str(out),
        str(int(START.timestamp())),
    ]
    environment = os.environ | {"PYTHONPATH": str(Path(ONE_RUN).parents[1])}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


def finish(process):
    _, err = process.communicate(timeout=60)
    return process.returncode, err


@pytest.fixture
def feed_file(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_bytes(FEED)
    return path


@pytest.fixture
def expected(tmp_path, feed_file):
    out = tmp_path / "expected"
    assert finish(start(feed_file, out)) == (0, "")
    return {path.name: path.read_bytes() for path in out.glob("*.md")}


def whole(out, expected):
    for path in out.glob("*.md"):
        assert path.read_bytes() == expected[path.name]


# ---------------------------------------------------------------- full, read-only


@pytest.fixture
def small_disk(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    if (
        os.geteuid()
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=4m", "none", place],
            check=False,
            capture_output=True,
        ).returncode
    ):
        pytest.skip("a small disk can only be mounted by root")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.parametrize("size", range(8, 96, 8))
def test_a_full_disk_is_said_and_the_next_run_converges(small_disk, feed_file, expected, size):
    subprocess.run(["mount", "-o", f"remount,size={size}k", small_disk], check=True)
    out = small_disk / "out"
    status, err = finish(start(feed_file, out))
    assert status in {73, 74}, err
    assert len(err.splitlines()) == 1 and str(out) in err
    assert "No space left" in err or "full" in err
    whole(out, expected)
    subprocess.run(["mount", "-o", "remount,size=4m", small_disk], check=True)
    assert finish(start(feed_file, out)) == (0, "")
    assert {path.name: path.read_bytes() for path in out.glob("*.md")} == expected
    assert not list(out.glob(".newsimport-*.tmp"))


def test_a_read_only_disk_is_said(small_disk, feed_file, expected):
    out = small_disk / "out"
    out.mkdir()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    status, err = finish(start(feed_file, out))
    assert status == 73
    assert str(out) in err and "Read-only" in err
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    assert finish(start(feed_file, out)) == (0, "")
    whole(out, expected)


def test_an_output_that_is_a_file_is_said(tmp_path, feed_file):
    (tmp_path / "out").write_text("")
    status, err = finish(start(feed_file, tmp_path / "out"))
    assert status == 73 and str(tmp_path / "out") in err


def test_a_ledger_that_is_none_is_said(tmp_path, feed_file):
    out = tmp_path / "out"
    out.mkdir()
    (out / ".newsimport.sqlite3").write_bytes(b"not a database, by any means " * 40)
    status, err = finish(start(feed_file, out))
    assert status == 74 and ".newsimport.sqlite3" in err and "move it away" in err
    assert not list(out.glob("*.md"))


# ---------------------------------------------------------------- two runs at once


def test_two_runs_started_together_fifty_times(tmp_path, feed_file, expected):
    for n in range(50):
        out = tmp_path / f"out{n}"
        ends = [finish(process) for process in [start(feed_file, out), start(feed_file, out)]]
        assert 0 in {status for status, _ in ends} <= {0, 75}
        assert all("another run" in err for status, err in ends if status)
        assert {path.name: path.read_bytes() for path in out.glob("*.md")} == expected
        shutil.rmtree(out)


def test_a_run_beside_another_writes_nothing(tmp_path, feed_file, expected):
    out = tmp_path / "out"
    out.mkdir()
    with Lock(out / NAME):
        status, err = finish(start(feed_file, out))
        assert status == 75 and "another run" in err
        assert [path.name for path in out.iterdir()] == [NAME]
    assert finish(start(feed_file, out)) == (0, "")
    assert {path.name: path.read_bytes() for path in out.glob("*.md")} == expected


def test_the_second_run_waits_as_long_as_it_is_told(tmp_path):
    path = tmp_path / NAME
    with Lock(path):
        with pytest.raises(TemporaryError) as caught, Lock(path):
            pass
        assert caught.value.status == 75
        began = time.monotonic()
        with pytest.raises(TemporaryError), Lock(path, 0.3):
            pass
        assert time.monotonic() - began >= 0.3
    held = Lock(path)
    held.__enter__()
    threading.Timer(0.2, held.__exit__).start()
    with Lock(path, 10):
        pass


def test_a_lock_tells_of_a_run_that_did_not_end(tmp_path):
    path = tmp_path / NAME
    with Lock(path) as lock:
        lock.begin()
    with Lock(path) as lock:
        assert lock.was_left and not lock.note
        lock.begin()
        lock.end("a note")
    with Lock(path) as lock:
        assert not lock.was_left and lock.note == "a note"


def test_to_look_at_a_lock_changes_nothing_and_is_in_nobodys_way(tmp_path, monkeypatch):
    import fcntl

    path = tmp_path / NAME
    with pytest.raises(FileNotFoundError):
        look(path)
    assert not path.exists()
    with Lock(path) as lock:
        assert look(path) == "held"
        lock.begin()
        assert look(path) == "held"
    assert look(path) == "left"
    with Lock(path) as lock:
        lock.end("a note")
    path.chmod(0o400)
    before = path.stat()
    assert look(path) == "free"
    assert path.stat() == before
    with path.open() as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        monkeypatch.setattr(time, "sleep", lambda _: looking.close())
        with Lock(path):
            pass


@pytest.mark.parametrize("answer", [errno.ENOLCK, None])
def test_without_file_locks_a_file_is_the_lock(tmp_path, monkeypatch, answer):
    import fcntl

    def no_lock(*_):
        raise OSError(answer, "no locks here")

    if answer:
        monkeypatch.setattr(fcntl, "flock", no_lock)
    else:
        monkeypatch.setitem(sys.modules, "fcntl", None)
    path = tmp_path / NAME
    with Lock(path), pytest.raises(TemporaryError), Lock(path):
        pass
    with Lock(path):
        assert look(path) == "held"
    assert look(path) == "free"
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    path.with_name(NAME + ".owner").write_text(str(process.pid))
    with Lock(path):  # its owner is gone
        pass
    assert not path.with_name(NAME + ".owner").exists()


# ---------------------------------------------------------------- signals


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("at", [1, 5])
def test_a_signal_ends_the_run_in_order_and_the_next_goes_on(
    tmp_path, feed_file, number, status, at
):
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "newsimport",
        "fetch",
        str(feed_file),
        "--out",
        str(out),
        "--json",
    ]
    environment = os.environ | {"PYTHONPATH": str(Path(ONE_RUN).parents[1])}
    inject = [
        "strace",
        "-f",
        "-o",
        "/dev/null",
        "-e",
        "trace=fsync",
        "-e",
        f"inject=fsync:signal={number}:when={at}",
    ]
    stopped = subprocess.run(
        [*inject, *command], capture_output=True, text=True, env=environment, check=False
    )
    assert stopped.returncode == status, stopped.stderr
    assert not list(out.glob(".newsimport-*.tmp"))
    again = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    assert '"exit": 0' in again.stdout
    assert len(list(out.glob("*.md"))) == 12


# ---------------------------------------------------------------- symlinks


def test_a_symlink_in_the_way_is_refused(tmp_path):
    folder = Folder(tmp_path, site="hugo")
    ((path, *_),) = folder.run(feed([item([row(1, 0)], START)])).values()
    secret = tmp_path / "secret.md"
    secret.write_text((folder.out / path).read_text())
    (folder.out / path).unlink()
    (folder.out / path).symlink_to(secret)
    before = secret.read_bytes()
    folder.run(feed([item([row(1, 0), row(1, 1)], START)]))
    assert secret.read_bytes() == before
    dangling = tmp_path / "made.md"
    (folder.out / "Morven.md").symlink_to(dangling)
    folder.run(feed([item([row(9, 0, "Morven", "A")], START)]))
    assert not dangling.exists()


def test_a_linked_folder_below_is_not_walked(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    with Store(tmp_path / "out") as files:
        (tmp_path / "out" / "sub").symlink_to(tmp_path / "elsewhere")
        files.create("sub/x.md", b"text")
        with pytest.raises(WriteError):
            files.flush()
    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize("descriptors", [True, False])
def test_no_folder_is_made_behind_a_symlink(tmp_path, monkeypatch, descriptors):
    if not descriptors:
        monkeypatch.setattr(folders, "has_descriptors", lambda: False)
    (tmp_path / "elsewhere").mkdir()
    folder = Folder(tmp_path, site="hugo")
    folder.out.mkdir()
    (folder.out / "tech").symlink_to(tmp_path / "elsewhere")
    source = Source(str(folder.feed_file), section="tech/sub")
    with pytest.raises(WriteError, match=r"content/tech/sub/.*: a symlink is in the way"):
        folder.run(FEED, sources=(), feeds=(source,))
    assert not list((tmp_path / "elsewhere").iterdir())


# ---------------------------------------------------------------- somebody else at the same time


def test_a_file_edited_during_the_run_is_left_alone(tmp_path):
    (tmp_path / "a.md").write_text("one")
    with Store(tmp_path) as files:
        assert files.read("a.md") == "one"
        files.replace("a.md", "one", "two")
        files.create("b.md", b"ours")
        (tmp_path / "a.md").write_text("mine")
        (tmp_path / "b.md").write_text("mine too")
        refused = files.flush()
    assert {(r.path, r.is_new) for r in refused} == {("a.md", False), ("b.md", True)}
    assert (tmp_path / "a.md").read_text() == "mine"
    assert (tmp_path / "b.md").read_text() == "mine too"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b.md"]


def test_such_a_story_is_seen_to_by_the_next_run(tmp_path, monkeypatch):
    folder = Folder(tmp_path, site="hugo")
    ((path, *_),) = folder.run(feed([item([row(1, 0)], START)])).values()
    put = Store.flush

    def meanwhile(self):
        with (folder.out / path).open("a") as file:
            file.write("my line\n")
        (folder.out / "other.md").write_text("mine\n")
        return put(self)

    document = feed([item([row(1, 0), row(1, 1)], START), item([row(2, 0, "Other", "A")], START)])
    with monkeypatch.context() as patch:
        patch.setattr(Store, "flush", meanwhile)
        report = folder.run(document)
    assert {action for _, action, _ in report.values()} == {"skipped"}
    assert folder.files()["other.md"] == "mine\n"
    report = folder.run(document)
    assert sorted(action for _, action, _ in report.values()) == ["created", "updated"]
    assert "my line\n" in folder.files()[path] and folder.files()["other.md"] == "mine\n"


# ---------------------------------------------------------------- systems that lack a call


@pytest.mark.parametrize("missing", ["link", "descriptors", "both"])
def test_where_a_call_is_missing_the_promise_is_kept(tmp_path, monkeypatch, missing):
    if missing != "link":
        monkeypatch.setattr(folders, "has_descriptors", lambda: False)
    if missing != "descriptors":

        def no_link(*_, **__):
            raise OSError(errno.EOPNOTSUPP, "no links here")

        monkeypatch.setattr(os, "link", no_link)
    folder = Folder(tmp_path, site="hugo")
    report = folder.run(FEED)
    assert {action for _, action, _ in report.values()} == {"created"}
    path = next(iter(folder.files()))
    (folder.out / "sub").mkdir()
    (folder.out / path).rename(folder.out / "sub" / path)
    grown = FEED.replace(row(3, 0).title.encode(), b"Said anew")
    actions = [action for _, action, _ in folder.run(grown).values()]
    assert actions.count("updated") == 1 and actions.count("unchanged") == 11
    with Store(folder.out) as files:
        files.create(f"sub/{path}", b"not mine")
        assert [r.is_new for r in files.flush()] == [True]
    assert (folder.out / "sub" / path).read_text() != "not mine"
    assert not list(folder.out.rglob(".newsimport-*.tmp"))


def test_paths_refuse_symlinks_too(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "flink").symlink_to(tmp_path / "file")
    folder = PathFolder(tmp_path)
    with pytest.raises(OSError, match="symlink"):
        folder.below("link")
    with pytest.raises(OSError, match="not a folder"):
        folder.below("file")
    with pytest.raises(OSError, match="symlink"):
        folder.open("flink", os.O_RDONLY)
    assert not folders.is_file(folder, "flink") and folders.is_file(folder, "file")
    assert store.open_folder(tmp_path).names()
