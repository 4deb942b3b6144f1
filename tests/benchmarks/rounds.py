"""The rounds: every client does every workload, again and again, in turn.

A machine has better and worse moments. So nobody is measured for long at a time: in each
round every client does the same short sample, a different one first each time, and only
figures of the same round are held against each other.
"""

from __future__ import annotations

import json
import select
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

from redislab.servers import Server
from redislab.servers.ask import ask
from tests.benchmarks.clients import Place
from tests.benchmarks.workloads import WORKLOADS, stored

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0
WARM_UP = 0.03


class Sample(NamedTuple):
    """One client, one workload, one round."""

    round: int
    rate: float
    """Operations a second."""
    cpu: float
    """Microseconds of processor time an operation, the server's not counted."""
    instructions: float | None


Samples = dict[str, dict[str, list[Sample]]]
"""By workload, then by client."""


def measure(
    server: Server,
    clients: Sequence[str],
    workloads: Iterable[str],
    *,
    rounds: int,
    seconds: float,
    tell: Callable[[str], object],
) -> Samples:
    """All samples. ``tell`` hears of each workload, and of each client that cannot."""
    place = fill(server)
    samples: Samples = {}
    with ExitStack() as stack:
        workers = {name: stack.enter_context(Worker(name, place)) for name in clients}
        for workload in workloads:
            tell(WORKLOADS[workload].title)
            samples[workload] = _one_workload(workers, workload, rounds, seconds, tell)
    return samples


def fill(server: Server) -> Place:
    """Put there what the workloads read; gives where that is."""
    parts = urlsplit(server.url)
    assert parts.hostname is not None
    assert parts.password is not None
    place = Place(parts.hostname, server.port, parts.password)
    ask((place.host, place.port), place.password, *stored(), timeout=10.0)
    return place


def _one_workload(
    workers: dict[str, Worker],
    workload: str,
    rounds: int,
    seconds: float,
    tell: Callable[[str], object],
) -> dict[str, list[Sample]]:
    able: list[str] = []
    counts: dict[str, float | None] = {}
    for name, worker in workers.items():
        warm = worker.ask(workload, seconds=WARM_UP)
        if "error" in warm:
            tell(f"  without {name}: {warm['error']}")
            worker.restart()
        else:
            able.append(name)
            counts[name] = worker.ask(workload, count=True).get("instructions")
    found: dict[str, list[Sample]] = {name: [] for name in able}
    for turn in range(rounds):
        first = turn % max(1, len(able))
        for name in able[first:] + able[:first]:
            answer = workers[name].ask(workload, seconds=seconds)
            if "error" in answer:
                tell(f"  {name} failed in round {turn + 1}: {answer['error']}")
                workers[name].restart()
                continue
            done = answer["operations"]
            rate, cpu = done / answer["seconds"], answer["cpu"] / done * 1e6
            found[name].append(Sample(turn, rate, cpu, counts[name]))
    return found


class Worker:
    """The process of one client."""

    def __init__(self, name: str, place: Place) -> None:
        self._name = name
        self._place = place

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.worker", self._name],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            bufsize=1,
        )
        self._say(self._place)
        return self

    def ask(
        self, workload: str, *, seconds: float = 0.0, count: bool = False
    ) -> dict[str, Any]:
        """What the worker answers, or an ``error`` of our own."""
        assert self._process.stdout is not None
        if self._process.poll() is not None:
            return {"error": "has ended"}
        self._say({"workload": workload, "seconds": seconds, "count": count})
        ready, _, _ = select.select([self._process.stdout], [], [], PATIENCE)
        if not ready:
            self._process.kill()
            return {"error": f"did not answer for {PATIENCE:g} s"}
        line = self._process.stdout.readline()
        answer: dict[str, Any] = json.loads(line) if line else {"error": "has ended"}
        return answer

    def restart(self) -> None:
        """What failed may be of no use any more: the next workload gets a new process."""
        self.__exit__(None, None, None)
        self.__enter__()

    def _say(self, message: object) -> None:
        assert self._process.stdin is not None
        try:
            print(json.dumps(message), file=self._process.stdin)
        except BrokenPipeError:  # it has ended, as the next reading will tell
            return

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._process as process:  # waits, and closes the pipes
            if process.stdin is not None:
                try:
                    process.stdin.close()
                except BrokenPipeError:
                    process.kill()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
