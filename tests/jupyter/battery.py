"""One battery for every kernel there is: what a magic must be able to do anywhere.

    python -m tests.jupyter.battery
    python -m tests.jupyter.battery --python /path/to/python3.12 --python .../python3.13

Each interpreter needs ipykernel and redislab's dependencies; redislab itself is taken from
this tree. A row a check, a column a kernel; the exit code is 1 if anything failed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from redislab.servers import Server
from redislab.servers.ask import ask
from tests.jupyter.kernel import ROOT, Kernel

WITHIN = 0.2
"""Seconds in which the stop button must be answered."""
OVERHEAD_MS = 1.0


class Bench:
    """A kernel under test, and a way to talk behind its back."""

    def __init__(self, kernel: Kernel, server: Server, python: str) -> None:
        self.kernel = kernel
        self.server = server
        self.python = python
        self._password = server.url.partition("://:")[2].partition("@")[0]

    def tell(self, *command: str) -> bytes:
        (reply,) = ask(("127.0.0.1", self.server.port), self._password, command)
        return reply

    def blocked(self) -> None:
        """Wait until a client of the kernel waits in BLPOP."""
        deadline = time.monotonic() + 20
        while b"cmd=blpop" not in self.tell("CLIENT", "LIST"):
            assert time.monotonic() < deadline, "nobody waits in BLPOP"
            time.sleep(0.002)

    def says(self, cell: str, text: str) -> str:
        """Run a cell; it must give this text."""
        ran = self.kernel.run(cell)
        assert ran.status == "ok", f"{cell!r}: {ran.error} {ran.lines[:1]} {ran.stderr}"
        said = ran.text or ran.stdout.strip()
        assert said == text, f"{cell!r} gave {said!r}, not {text!r}"
        return "yes"


# --- the rows ----------------------------------------------------------------------------


def same_client(bench: Bench, _size: int) -> str:
    """a client that was awaited in a cell works in the magic"""
    bench.kernel.run("alice = %redis_client alice\nawait alice.set('k', 1)")
    bench.says("%redis --as alice INCR k", "(integer) 2")
    return bench.says("await alice.get('k')", "b'2'")


def time_out(bench: Bench, _size: int) -> str:
    """asyncio.timeout around it fires"""
    return bench.says(
        "import asyncio\n"
        "try:\n"
        "    async with asyncio.timeout(0.05):\n"
        "        %redis BLPOP nothing 0\n"
        "except TimeoutError:\n"
        "    print('in time')",
        "in time",
    )


def stop_button(bench: Bench, size: int) -> str:
    """the stop button is answered within 0.2 s, and the next cell works"""
    took = []
    for _ in range(max(1, size // 10)):
        cell = bench.kernel.send("%redis BLPOP nothing 0")
        bench.blocked()
        start = time.monotonic()
        bench.kernel.interrupt()
        ran = bench.kernel.collect(cell)
        took.append(time.monotonic() - start)
        assert ran.lines[:1] == ["Stopped."], ran.lines
        bench.says("%redis PING", "PONG")
    late = sum(seconds > WITHIN for seconds in took)
    assert not late, f"{late} of {len(took)} late, the last after {max(took):.3f} s"
    return f"{len(took)} of {len(took)}, {max(took):.2f} s"


def queued_cells(bench: Bench, size: int) -> str:
    """cells that are submitted meanwhile all run, in order"""
    return _queue(bench, size, "%redis BLPOP queue 0")


def queued_behind_a_function(bench: Bench, size: int) -> str:
    """also behind a magic in a function"""
    return _queue(bench, size, "def f():\n    x = %redis BLPOP queue 0\n    return x\nf()")


def background(bench: Bench, _size: int) -> str:
    """a task goes on while the magic waits"""
    return bench.says(
        "bob = %redis_client bob\n"
        "async def push():\n"
        "    await bob.rpush('queue', 'work')\n"
        "task = asyncio.create_task(push())\n"
        "%redis BLPOP queue 20",
        '1) "queue"\n2) "work"',
    )


def everywhere(bench: Bench, _size: int) -> str:
    """in def, async def, lambda, class, comprehension, %time, %%time, %timeit, run_cell"""
    magic = "get_ipython().run_line_magic('redis', 'INCR n')"
    cells = [
        "x = %redis INCR n\nx",
        "async def f():\n    x = %redis INCR n\n    return x\nawait f()",
        "def f():\n    x = %redis INCR n\n    return x\nf()",
        f"f = lambda: {magic}\nf()",
        f"[{magic} for _ in range(1)][0]",
        "class C:\n    x = %redis INCR n\nC.x",
        "%time %redis INCR n",
        "%%time\n%redis INCR n",
        "get_ipython().run_cell('%redis INCR n').result",
    ]
    bench.tell("DEL", "n")
    for number, cell in enumerate(cells, start=1):
        ran = bench.kernel.run(cell)
        assert ran.text == f"(integer) {number}", f"{cell!r}: {ran.lines} {ran.text}"
    ran = bench.kernel.run("%timeit -n 1 -r 1 %redis INCR n")
    assert ran.status == "ok", ran.lines
    ran = bench.kernel.run("%%capture out\n%redis INCR n")
    assert bench.tell("GET", "n") == b"%d" % (len(cells) + 2)
    return f"{len(cells) + 2} places"


def cell_magics(bench: Bench, _size: int) -> str:
    """%%redis, %%redis_pipeline and %%redis_transaction"""
    bench.says("%%redis\nSET a 1\nGET a", 'OK\n"1"')
    bench.says("%%redis_pipeline\nSET a 1\nGET a", '1) OK\n2) "1"')
    bench.says("%%redis_transaction --watch a\nGET a\nMULTI\nINCR a", '"1"\n1) (integer) 2')
    return bench.says("%%time\n%%redis\nGET a", '"2"')


def overhead(bench: Bench, size: int) -> str:
    """what a magic costs more than the bare call, in the median: under 1 ms"""
    ran = bench.kernel.run(
        "from statistics import median\n"
        "from time import perf_counter\n"
        "client = %redis_client\n"
        "bare, magic = [], []\n"
        f"for _ in range({size}):\n"
        "    start = perf_counter()\n"
        "    await client.execute_command('GET', 'k')\n"
        "    middle = perf_counter()\n"
        "    %redis GET k\n"
        "    end = perf_counter()\n"
        "    bare.append(middle - start)\n"
        "    magic.append(end - middle)\n"
        "print(1e3 * (median(magic) - median(bare)))"
    )
    assert ran.status == "ok", ran.lines
    more = float(ran.stdout)
    assert more < OVERHEAD_MS, f"{more:.2f} ms"
    return f"{more:.2f} ms"


def terminal(bench: Bench, _size: int) -> str:
    """terminal IPython"""
    done = subprocess.run(
        [bench.python, "-m", "IPython", "--simple-prompt", "--no-banner", "--quick"],
        input=(
            "%load_ext redislab\n"
            f"%redis_connect {bench.server.url}\n"
            "%redis SET k terminal\n"
            "%redis GET k\n"
            "await (await get_ipython().redislab.notebook.classroom.client()).get('k')\n"
        ),
        env={
            "PYTHONPATH": str(ROOT),
            "PATH": "/usr/bin:/bin",
            "HOME": tempfile.gettempdir(),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert '"terminal"' in done.stdout, done.stdout + done.stderr
    assert "b'terminal'" in done.stdout, done.stdout
    return "yes"


def _queue(bench: Bench, size: int, waiting: str) -> str:
    bench.kernel.run("ran = []")
    cell = bench.kernel.send(waiting)
    bench.blocked()
    behind = [bench.kernel.send(f"ran.append({n})") for n in range(size)]
    bench.tell("RPUSH", "queue", "work")
    assert bench.kernel.collect(cell).text == '1) "queue"\n2) "work"'
    lost = sum(bench.kernel.collect(sent).status != "ok" for sent in behind)
    assert not lost, f"{lost} of {size} lost"
    bench.says(f"ran == list(range({size}))", "True")
    return f"{size} of {size}"


ROWS: tuple[Callable[[Bench, int], str], ...] = (
    same_client,
    time_out,
    stop_button,
    queued_cells,
    queued_behind_a_function,
    background,
    everywhere,
    cell_magics,
    overhead,
    terminal,
)


def run(python: str, size: int) -> dict[str, str]:
    """Each row by its description: what it gave, or ``FAILED`` and why."""
    found = {}
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        kernel = Kernel(Path(folder), python)
        bench = Bench(kernel, server, python)
        try:
            kernel.run("%load_ext redislab\nimport asyncio")
            kernel.run(f"%redis_connect {server.url}")
            for row in ROWS:
                said = row.__doc__ or row.__name__
                try:
                    found[said] = row(bench, size)
                except Exception as error:
                    found[said] = f"FAILED: {error or type(error).__name__}"
        finally:
            kernel.stop()
    return found


def version(python: str) -> str:
    """``3.12.1, ipykernel 7.4.0``."""
    code = "import sys, ipykernel; print(sys.version.split()[0], ipykernel.__version__)"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    number, kernel = done.stdout.split()
    return f"Python {number}, ipykernel {kernel}"


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.jupyter.battery")
    parser.add_argument(
        "--python", action="append", help="an interpreter; more than one is fine"
    )
    parser.add_argument("--size", type=int, default=1000, help="cells to queue (1000)")
    options = parser.parse_args(words)
    failed = 0
    for python in options.python or [sys.executable]:
        print(version(python), flush=True)
        for said, gave in run(python, options.size).items():
            failed += gave.startswith("FAILED")
            print(f"  {gave:24} {said}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
