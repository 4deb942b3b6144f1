"""The private folder: where it is made, and when the sweep takes it away."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest

from redislab.servers import find_binary, folder
from redislab.servers.ask import ask
from redislab.servers.life import _free_port


@pytest.fixture
def root(tmp_path_factory, monkeypatch):
    """A temporary folder of our own, short enough for a socket's path."""
    tmp_path_factory.getbasetemp()  # pytest's own goes where the others are
    with tempfile.TemporaryDirectory(prefix="t-") as path:
        monkeypatch.setattr(tempfile, "tempdir", path)
        yield path


def names(root: str) -> list[str]:
    return sorted(os.listdir(root))


def answers(socket: Path) -> bool:
    with suppress(OSError):
        return ask(str(socket), "secret", ("PING",)) == [b"PONG"]
    return False


def test_a_folder_in_use_is_not_swept(root):
    path, lock = folder.create()
    folder.sweep()
    assert names(root) == [path.name]
    os.close(lock)


def test_a_folder_that_nobody_holds_is_swept(root):
    path, lock = folder.create()
    (path / "appendonlydir").mkdir()
    (path / "appendonlydir" / "file").touch()
    os.close(lock)
    folder.sweep()
    assert names(root) == []


def test_a_folder_without_a_lock_is_swept_once_it_is_old(root):
    """A young one may be about to get its lock."""
    path, lock = folder.create()
    os.close(lock)
    (path / "lock").unlink()
    folder.sweep()
    assert names(root) == [path.name]
    past = time.time() - 3600
    os.utime(path, (past, past))
    folder.sweep()
    assert names(root) == []


def test_nothing_else_is_swept(root, tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "lock").touch()
    os.symlink(kept, os.path.join(root, "redislab-link"))
    os.mkdir(os.path.join(root, "other"))
    with open(os.path.join(root, "redislab-file"), "w"):
        pass
    folder.sweep()
    assert names(root) == ["other", "redislab-file", "redislab-link"]
    assert (kept / "lock").exists()


def test_the_folder_of_another_user_is_not_swept(root, monkeypatch):
    path, lock = folder.create()
    os.close(lock)
    me = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: me + 1)
    folder.sweep()
    assert names(root) == [path.name]


def test_a_server_without_a_guard_is_ended_with_its_folder(root):
    """On macOS a server survives the SIGKILL of its guard; here it never had one."""
    path, lock = folder.create()
    socket = path / "s.sock"
    config = folder.write_config(
        path, f"port {_free_port()}\nunixsocket {socket}\nrequirepass secret\nsave ''\n"
    )
    orphan = subprocess.Popen(
        [find_binary().path, config], cwd=path, stdout=subprocess.DEVNULL
    )
    try:
        while not answers(socket):
            assert orphan.poll() is None
            time.sleep(0.005)
        os.close(lock)
        folder.sweep()
        assert orphan.wait(5) == 0
        assert names(root) == []
    finally:
        orphan.kill()
        orphan.wait()


def test_the_sockets_path_stays_short_where_temporary_files_have_a_long_one(monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", "/var/" + "long" * 20)
    path, lock = folder.create()
    os.close(lock)
    try:
        assert len(os.fsencode(path / "s.sock")) < 100
    finally:
        folder.clear(path)
    assert not path.exists()


def test_rewriting_the_configuration_leaves_nothing_of_the_old_one(root):
    path, lock = folder.create()
    os.close(lock)
    folder.write_config(path, "port 1\nrequirepass secret\n")
    config = folder.write_config(path, "port 2\n")
    assert config.read_text() == "port 2\n"
