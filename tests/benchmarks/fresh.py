"""What only a new process can tell: ``import``, the first reply, and the peak of memory.

Each figure comes from a process of its own, in which nothing has happened before. This
module is that process, too: ``python -m tests.benchmarks.fresh NAME WHAT``.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.benchmarks.clients import Client, Place
from tests.benchmarks.known import KNOWN
from tests.benchmarks.rounds import ROOT
from tests.benchmarks.workloads import KEY

COMMANDS = 100_000
STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")

FRESH = {
    "import": "import (ms)",
    "connect": "connect and first reply (ms)",
    "memory": f"peak memory of a pipeline of {COMMANDS:,} (MiB)",
}
"""Memory is left out where the kernel does not tell the peak (only Linux does)."""


def fresh(place: Place, clients: Sequence[str], rounds: int) -> dict[str, dict[str, float]]:
    """Medians, by figure, then by client."""
    known = [what for what in FRESH if what != "memory" or CLEAR.exists()]
    found: dict[str, dict[str, list[float]]] = {what: {} for what in known}
    for turn in range(rounds if clients else 0):
        first = turn % len(clients)
        for name in [*clients[first:], *clients[:first]]:
            for what in known:
                figure = _ask(place, name, what)
                found[what].setdefault(name, []).append(figure)
    return {
        what: {name: median(figures) for name, figures in by_client.items()}
        for what, by_client in found.items()
    }


def _ask(place: Place, name: str, what: str) -> float:
    command = ["-m", "tests.benchmarks.fresh", name, what]
    if what == "import":
        code = (
            "import time; start = time.perf_counter(); "
            f"import {KNOWN[name].module}; print(1e3 * (time.perf_counter() - start))"
        )
        command = ["-c", code]
    run = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        check=True,
        input=json.dumps(place),
        capture_output=True,
        text=True,
        timeout=120,
    )
    return float(run.stdout.splitlines()[-1])


async def _connect(client: Client) -> float:
    start = time.perf_counter()
    await client.open()
    await client.get(KEY)
    return 1e3 * (time.perf_counter() - start)


async def _memory(client: Client) -> float:
    """How far the process grows while it keeps, sends and answers; keys and values, which
    are the caller's, were there before.
    """
    keys = [f"bench:memory:{place % 1000}:{place}" for place in range(COMMANDS)]
    await client.open()
    await client.pipeline(keys[:1], keys[:1], False)
    before = _peak(anew=True)
    assert len(await client.pipeline(keys, keys, False)) == COMMANDS
    return _peak() - before


def _peak(*, anew: bool = False) -> float:
    """The most memory this process has had, in MiB. (``getrusage`` will not do: it begins
    with what the process had that started this one.)
    """
    if anew:
        CLEAR.write_text("5")
    (line,) = (line for line in STATUS.read_text().splitlines() if "VmHWM" in line)
    return int(line.split()[1]) / 1024


async def _tell(name: str, what: str) -> None:
    client = KNOWN[name](Place(*json.loads(sys.stdin.readline())))
    figure = await (_connect if what == "connect" else _memory)(client)
    await client.close()
    print(figure)


if __name__ == "__main__":
    asyncio.run(_tell(*sys.argv[1:]))
