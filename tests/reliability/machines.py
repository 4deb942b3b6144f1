"""Servers and kernels as processes: started together, killed, interrupted, spied on."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import pwd
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from redislab import RedisError, Server
from redislab.servers import life
from redislab.servers.ask import ask
from tests.jupyter.kernel import Kernel
from tests.reliability.row import Row, Tally, Trial
from tests.servers import kernel_kills


def _password(server: Server) -> str:
    return server.url.partition("://:")[2].partition("@")[0]


async def starts(trial: Trial) -> Tally:
    """Servers started in parallel: each its own port, folder and data; all end."""
    tally = Tally(trials=trial.count)

    def start(number: int) -> Server:
        server = Server().start()
        ask(("127.0.0.1", server.port), _password(server), ("SET", "me", str(number)))
        return server

    def right(number: int, server: Server) -> bool:
        answer = ask(("127.0.0.1", server.port), _password(server), ("GET", "me"))
        return answer == [str(number).encode()]

    begin = time.perf_counter()
    with ThreadPoolExecutor(8) as workers:
        servers = list(workers.map(start, range(trial.count)))
        seconds = time.perf_counter() - begin
        tally.wrong = sum(not right(*pair) for pair in enumerate(servers))
        tally.wrong += trial.count - len({server.port for server in servers})
        processes = [server.pid for server in servers]
        folders = [server.folder for server in servers]
        list(workers.map(Server.stop, servers))
    tally.leaked = sum(pid is not None and kernel_kills.runs(pid) for pid in processes)
    tally.leaked += sum(folder.exists() for folder in folders)
    tally.figures.append(f"{1000 * seconds / trial.count:.0f} ms each, 8 at a time")
    return tally


async def kernel_deaths(trial: Trial) -> Tally:
    """kill -9 of a kernel: its server and folder are gone within two seconds."""
    tally = Tally()
    slowest = 0.0
    for _ in range(trial.count):
        with contextlib.redirect_stdout(io.StringIO()):
            seconds = await asyncio.to_thread(kernel_kills.outlived)
        slowest = max(slowest, seconds)
        tally.trials += 1
        tally.leaked += seconds >= kernel_kills.LIMIT
    tally.figures.append(f"gone within {slowest:.2f} s")
    return tally


# --- the stop button ----------------------------------------------------------------------

PLANT = ["pass"]
"""A cell that runs first: the control puts its bug there."""

PREPARE = """
import asyncio, itertools, redislab
client = redislab.from_url({url!r}, socket_timeout=2)
words, wrong, answered = itertools.count(), 0, 0
async def ask():
    global wrong, answered
    while True:
        word = b"%d" % next(words)
        pipe = client.pipeline().execute_command("ECHO", word)
        right = await client.execute_command("ECHO", word) == word
        right = await pipe.execute() == [word] and right
        wrong += not right
        answered += 2
neighbour = asyncio.create_task(ask())
"""


async def stops(trial: Trial) -> Tally:
    """The stop button at random moments of cells that talk to a server all the time."""
    tally = Tally()
    with Server() as server, _kernel() as kernel:
        assert kernel.run(PLANT[0]).status == "ok"
        assert kernel.run(PREPARE.format(url=server.url)).status == "ok"
        for _ in range(trial.count):
            cell = kernel.send("await asyncio.gather(*(ask() for _ in range(3)))")
            await asyncio.sleep(trial.rng.uniform(0.02, 0.06))
            kernel.interrupt()
            ran = await asyncio.to_thread(kernel.collect, cell)
            tally.lost += ran.status != "error"
            tally.trials += 1
            if ran.error not in ("KeyboardInterrupt", "CancelledError"):
                tally.wrong += 1
                tally.figures.append(ran.error)
                break
        wrong, answered, alive = kernel.run(
            "print(wrong, answered, int(await client.ping() and not neighbour.done()))"
        ).stdout.split()
    tally.wrong += int(wrong)
    tally.lost += alive != "1"
    tally.figures.append(f"{int(answered):,} answers compared")
    return tally


async def notebook(trial: Trial) -> Tally:
    """kill -9 of the private server under a notebook: the next cell says so, and how on."""
    tally = Tally()
    with _kernel() as kernel:
        kernel.run("%load_ext redislab")
        kernel.run(PLANT[0])
        for _ in range(trial.count):
            kernel.run("%redis SET k v")
            told = kernel.run("info = %redis INFO server\nprint(info.value.decode())")
            (pid,) = (
                int(line.partition(":")[2])
                for line in told.stdout.splitlines()
                if line.startswith("process_id:")
            )
            os.kill(pid, signal.SIGKILL)
            await asyncio.to_thread(_wait_for_end, pid)
            failed = kernel.run("%redis GET k")
            words = "\n".join(failed.lines)
            tally.wrong += failed.status != "error" or len(failed.lines) != 2
            tally.wrong += "%redis_server start" not in words
            kernel.run("%redis_server start")
            tally.lost += kernel.run("%redis PING").text != "PONG"
            tally.trials += 1
    tally.figures.append(words.replace("\n", " / "))
    return tally


def _wait_for_end(pid: int) -> None:
    while kernel_kills.runs(pid):
        time.sleep(0.005)


@contextmanager
def _kernel() -> Iterator[Kernel]:
    with tempfile.TemporaryDirectory() as folder:
        kernel = Kernel(Path(folder))
        try:
            yield kernel
        finally:
            kernel.stop()


# --- another user of the same machine -----------------------------------------------------


async def intruders(trial: Trial) -> Tally:
    """Another user tries the port, the unix socket, the configuration, and ``ps``."""
    tally = Tally()
    if os.getuid() != 0:
        tally.trials = trial.count
        tally.figures.append("not tried: only root can become another user")
        return tally
    "localhost".encode("idna")  # that user may not read where this codec is
    nobody = pwd.getpwnam("nobody").pw_uid
    with Server() as server:
        ways = _ways_in(server)
        for _ in range(trial.count):
            for way in ways:
                tally.wrong += _as_user(nobody, way)
                tally.trials += 1
    return tally


def _ways_in(server: Server) -> list[Callable[[], bool]]:
    password = _password(server)
    unix = next(server.folder.glob("*.sock*"), server.folder / "redis.sock")

    def port() -> bool:
        with socket.create_connection(("127.0.0.1", server.port), 1) as sock:
            sock.sendall(b"PING\r\n")
            return sock.recv(100).startswith(b"+PONG")

    def unix_socket() -> bool:
        with socket.socket(socket.AF_UNIX) as sock:
            sock.connect(str(unix))
        return True

    def files() -> bool:
        return bool(os.listdir(server.folder))

    def processes() -> bool:
        for line in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if password.encode() in line.read_bytes():
                    return True
        return False

    return [port, unix_socket, files, processes]


def _as_user(user: int, way: Callable[[], bool]) -> bool:
    """Whether ``way`` let that user in."""
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
            os._exit(1 if way() else 0)
        except OSError:
            os._exit(0)
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


# --- the bugs ---------------------------------------------------------------------------


@contextmanager
def one_port_for_all() -> Iterator[None]:
    """The bug: a port that is taken is not left for another."""
    port = life._free_port()
    with (
        patch.object(life, "_free_port", lambda: port),
        patch.object(life, "PORT_ATTEMPTS", 1),
    ):
        yield


def no_guard() -> Any:
    """The bug: the server is a plain child of the kernel, and nobody looks after it."""
    start = (
        "import subprocess, tempfile\n"
        "from redislab.servers import find_binary\n"
        "class server: folder = tempfile.mkdtemp()\n"
        "words = ['timeout', '10', str(find_binary().path), '--port', '0', '--save', '']\n"
        "process = subprocess.Popen(words + ['--unixsocket', server.folder + '/s'],"
        " stdout=subprocess.DEVNULL)\n"
        "server.pid = process.pid"
    )
    return patch.object(kernel_kills, "START", start)


@contextmanager
def planted(cell: str) -> Iterator[None]:
    before, PLANT[0] = PLANT[0], cell
    try:
        yield
    finally:
        PLANT[0] = before


def leaving_in_the_kernel() -> Any:
    """The bug: an interrupted call takes its place in the reply queue with it."""
    return planted(
        "from tests.reliability.cancels import leaving\n"
        "bugs = leaving('send'), leaving('send_batch')\n"
        "for bug in bugs: bug.__enter__()"
    )


def saying_nothing_of_use() -> Any:
    """The bug: the error of a dead server has no hint."""
    return planted(
        "from redislab.jupyter.classroom import Classroom\n"
        "Classroom.name_way_on = lambda self, error: None"
    )


@contextmanager
def without_a_password() -> Iterator[None]:
    """The bug: whoever finds the port is let in."""
    config = life.Life._config

    def open_house(self: Any) -> str:
        lines = config(self).splitlines()
        return "\n".join(line for line in lines if "requirepass" not in line) + "\n"

    def ask_nobody(address: Any, password: str, *commands: Any, **options: Any) -> Any:
        with contextlib.suppress(RedisError):  # there is no password to be told
            return ask(address, password, *commands, **options)
        return [b"PONG"]

    with (
        patch.object(life.Life, "_config", open_house),
        patch.object(life, "ask", ask_nobody),
    ):
        yield


ROWS = [
    Row(
        "starts",
        "servers started in parallel",
        starts,
        one_port_for_all,
        full=200,
        short=10,
        control=10,
    ),
    Row(
        "kernel deaths",
        "kill -9 of a Jupyter kernel: does its server outlive it?",
        kernel_deaths,
        no_guard,
        full=20,
        short=1,
        control=1,
    ),
    Row(
        "stops",
        "the notebook's stop button at any moment",
        stops,
        leaving_in_the_kernel,
        full=1_000,
        short=20,
        control=60,
    ),
    Row(
        "notebook",
        "kill -9 of the private server in the middle of a notebook",
        notebook,
        saying_nothing_of_use,
        full=20,
        short=1,
        control=1,
    ),
    Row(
        "intruders",
        "another user of the machine: port, unix socket, files, ps",
        intruders,
        without_a_password,
        full=20,
        short=2,
        control=1,
    ),
]
