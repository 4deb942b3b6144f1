"""No server outlives its kernel, however the kernel ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from redislab.connection.address import parse_url
from redislab.exceptions import ConnectionError
from redislab.servers import Server, folder
from redislab.servers.ask import ask

HERE = Path(__file__).parent
GONE_WITHIN = 2.0  # seconds

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="PDEATHSIG is Linux's")


class Kernel:
    """A running ``kernel.py``, in a process group of its own, and its server."""

    def __init__(self, role: str = "") -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "kernel.py"), role],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            process_group=0,
            cwd=HERE.parents[1],
            env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
            text=True,
        )
        words = self.process.stdout.readline().split()
        assert words, self.process.stderr.read()
        self.server, self.folder, self.url = int(words[0]), Path(words[1]), words[2]

    def left_nothing(self, within: float = GONE_WITHIN) -> bool:
        return eventually(
            lambda: not runs(self.server) and not self.folder.exists(), within
        )


@pytest.fixture
def start_kernel() -> Iterator[Callable[..., Kernel]]:
    kernels = []

    def start(role: str = "") -> Kernel:
        kernels.append(Kernel(role))
        return kernels[-1]

    yield start
    for kernel in kernels:
        kernel.process.kill()
        kernel.process.communicate()


def eventually(true: Callable[[], bool], within: float = GONE_WITHIN) -> bool:
    deadline = time.monotonic() + within
    while not (result := true()) and time.monotonic() < deadline:
        time.sleep(0.005)
    return result


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def guard_of(server: Server) -> int:
    line = subprocess.run(
        ["ps", "-o", "ppid=", "-p", str(server.pid)], capture_output=True, check=True
    )
    return int(line.stdout)


def ping(url: str) -> list[bytes]:
    address, _ = parse_url(url)
    return ask((address.host, address.port), address.password, ("PING",))


def answers(url: str) -> bool:
    try:
        return ping(url) == [b"PONG"]
    except OSError:
        return False


# --- the kernel's end ---------------------------------------------------------------------


@pytest.mark.parametrize("attempt", range(5))
def test_a_killed_kernel_leaves_no_server_and_no_folder(start_kernel, attempt):
    kernel = start_kernel()
    assert ping(kernel.url) == [b"PONG"]
    kernel.process.kill()
    assert kernel.left_nothing()


def test_a_killed_ipykernel_leaves_no_server():
    """The real thing, once; `kernel_kills.py 20` does it twenty times."""
    run = subprocess.run(
        [sys.executable, str(HERE / "kernel_kills.py"), "1"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
    )
    assert "1 of 1 servers gone" in run.stdout, run.stdout + run.stderr


@pytest.mark.parametrize("role", ["", "crash"])
def test_a_kernel_that_ends_or_crashes_takes_its_server_along(start_kernel, role):
    kernel = start_kernel(role)
    kernel.process.communicate(timeout=10)
    assert not runs(kernel.server)
    assert not kernel.folder.exists()


def test_a_forked_worker_that_holds_the_pipe_does_not_keep_the_server(start_kernel):
    """The guard also looks at its parent, each second."""
    kernel = start_kernel("worker")
    kernel.process.kill()
    assert kernel.left_nothing(within=5)


def test_a_forked_child_that_stops_the_server_or_exits_does_not_end_it(start_kernel):
    kernel = start_kernel("fork")
    assert ping(kernel.url) == [b"PONG"]


def test_an_interrupt_of_the_whole_group_leaves_the_server_running(start_kernel):
    kernel = start_kernel()
    os.killpg(kernel.process.pid, signal.SIGINT)
    assert kernel.process.stdout.readline() == "interrupted\n"
    assert ping(kernel.url) == [b"PONG"]


# --- the guard's end ----------------------------------------------------------------------


@linux_only
def test_a_killed_guard_takes_the_server_along():
    with Server() as server:
        url, path = server.url, server.folder
        os.kill(guard_of(server), signal.SIGKILL)
        assert eventually(lambda: not answers(url))
    assert not path.exists()


@linux_only
def test_after_its_guard_was_killed_a_server_says_so_and_can_begin_anew():
    with Server() as server:
        os.kill(guard_of(server), signal.SIGKILL)
        assert eventually(lambda: server.pid is None)
        folder.sweep()
        with pytest.raises(ConnectionError, match="guard of this server is gone"):
            server.restart()
        server.start()
        assert ping(server.url) == [b"PONG"]


@linux_only
def test_a_guard_that_hangs_is_killed_and_its_work_done_for_it(monkeypatch):
    monkeypatch.setattr("redislab.servers.leash.PATIENCE", 0.1)
    with Server() as server:
        url, path = server.url, server.folder
        os.kill(guard_of(server), signal.SIGSTOP)
    assert eventually(lambda: not answers(url))
    assert not path.exists()


def test_a_terminated_guard_ends_the_server_and_removes_the_folder():
    with Server() as server:
        pid, path = server.pid, server.folder
        os.kill(guard_of(server), signal.SIGTERM)
        assert eventually(lambda: not runs(pid) and not path.exists())


def test_a_guard_started_by_a_thread_that_blocks_signals_still_hears_them():
    server = Server()

    def start() -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGCHLD})
        server.start()

    run_in_thread(start)
    with server:
        pid = server.pid
        os.kill(guard_of(server), signal.SIGTERM)
        assert eventually(lambda: not runs(pid))


def test_a_server_outlives_the_thread_that_started_it():
    """PDEATHSIG fires when the *thread* that forked ends: hence the guard forks."""
    server = Server()
    run_in_thread(server.start)
    with server:
        assert ping(server.url) == [b"PONG"]


def run_in_thread(function: Callable[[], object]) -> None:
    thread = threading.Thread(target=function)
    thread.start()
    thread.join()
