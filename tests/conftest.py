"""The servers every test may use, and a census of what a test leaves behind."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from redislab.servers import Server
from redislab.servers.ask import ask


def redis_binary(folder: Path) -> Path:
    """Redis beside the embedded Valkey; skips the test on a machine without it.

    Debian's redis-tools holds it under another name, and starts no service.
    """
    if found := shutil.which("redis-server"):
        return Path(found)
    if not (found := shutil.which("redis-check-rdb")):
        pytest.skip("no redis-server on PATH (Debian: apt install redis-tools)")
    link = folder / "redis-server"
    link.symlink_to(found)
    return link


# One fixture a server, as pytest keeps only one parameter's value of a parametrised one
# at a time: in random order it would start a server for every other test.


@pytest.fixture(scope="session")
def valkey() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(redis_binary(tmp_path_factory.mktemp("redis"))) as server:
        yield server


@pytest.fixture(scope="session", params=["valkey", "redis"])
def server(request: pytest.FixtureRequest) -> Server:
    """A running private server: the test runs once on each kind."""
    server: Server = request.getfixturevalue(request.param)
    return server


GUESTS = ("alice", "ann", "eve", "guest", "student")
"""The users that tests make."""


@pytest.fixture
def url(server: Server) -> str:
    """The URL of an empty server that knows no user but the default one."""
    password = server.url.partition("://:")[2].partition("@")[0]
    clean = (("FLUSHALL",), ("ACL", "DELUSER", *GUESTS))
    ask(("127.0.0.1", server.port), password, *clean)
    return server.url


# --- the census ---------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def census() -> Iterator[None]:
    """Fail a test that leaves threads, child processes, sockets or pipes behind."""
    before = residents()
    yield
    deadline = time.monotonic() + 2
    while left := residents() - before:
        if time.monotonic() > deadline:
            pytest.fail(f"left behind: {', '.join(sorted(left))}")
        gc.collect()
        time.sleep(0.01)


def residents() -> set[str]:
    """What lives in this process now, each by a name that no two share."""
    found = {f"thread {thread.name}" for thread in threading.enumerate()}
    if sys.platform == "linux":
        for task in os.listdir("/proc/self/task"):
            children = Path(f"/proc/self/task/{task}/children")
            found |= {f"child process {pid}" for pid in _read(children).split()}
        found |= {
            f"open {kind}" for kind in map(_kind, os.listdir("/proc/self/fd")) if kind
        }
    return found


def _kind(descriptor: str) -> str:
    """``socket:[31337]`` or ``pipe:[4711]``; nothing for files, which imports open too."""
    try:
        target = os.readlink(f"/proc/self/fd/{descriptor}")
    except OSError:  # the one that listed the folder
        return ""
    return target if target.startswith(("socket:", "pipe:")) else ""


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the thread has just ended, or the kernel does not tell
        return ""
