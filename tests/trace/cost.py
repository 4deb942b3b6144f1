"""What looking costs: CPU a command with no recorder, a recorder, tracking, and the spy.

    python -m tests.trace.cost

CPU of this process (client, recorder and the spy's thread) and of the server, in
microseconds a command: the median of ROUNDS rounds, the ways of looking taking turns.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import redislab
from tests.conftest import redis_binary

ROUNDS = 9
COMMANDS = 1_500

Client = redislab.Redis[bytes]
Workload = Callable[[Client], Awaitable[int]]

LOOKING: dict[str, Callable[[Client], AbstractContextManager[Any]]] = {
    "nobody": lambda client: nullcontext(),
    "recorder": redislab.record,
    "tracking": lambda client: redislab.record(client, tracking=True),
    "spy": lambda client: redislab.record(client, spy=True),
}


async def one_by_one(client: Client) -> int:
    for _ in range(COMMANDS):
        await client.set("key", "sixteen bytes...")
    return COMMANDS


async def long_values(client: Client) -> int:
    value = b"v" * 1024
    for _ in range(COMMANDS):
        await client.set("key", value)
    return COMMANDS


async def pipelined(client: Client) -> int:
    for _ in range(COMMANDS // 16):
        pipe = client.pipeline(transaction=False)
        for _ in range(16):
            pipe.set("key", "sixteen bytes...")
        await pipe.execute()
    return COMMANDS // 16 * 16


async def transactions(client: Client) -> int:
    """WATCH, GET, MULTI, SET, EXEC: five commands each."""
    for _ in range(COMMANDS // 5):
        async with client.pipeline() as pipe:
            await pipe.watch("key")
            await pipe.get("key")
            pipe.multi()
            await pipe.set("key", "sixteen bytes...").execute()
    return COMMANDS // 5 * 5


WORKLOADS: dict[str, Workload] = {
    "SET 16 B, one by one": one_by_one,
    "SET 1 KB, one by one": long_values,
    "SET 16 B, 16 a packet": pipelined,
    "WATCH transactions": transactions,
}


def server_cpu(pid: int) -> float:
    """Seconds of CPU a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure(server: redislab.Server, workload: Workload, looking: str) -> list[float]:
    """CPU of client and server in one round, in microseconds a command."""
    assert server.pid is not None
    async with redislab.from_url(server.url) as client:
        await client.ping()
        with LOOKING[looking](client):
            await workload(client)  # warm: connections, caches
            own, theirs = time.process_time(), server_cpu(server.pid)
            count = await workload(client)
            spent = time.process_time() - own, server_cpu(server.pid) - theirs
    return [seconds / count * 1e6 for seconds in spent]


async def report(server: redislab.Server) -> None:
    print(f"{server.version}: microseconds of CPU a command, client + server")
    print(f"{'':24}" + "".join(f"{name:>16}" for name in LOOKING))
    for name, workload in WORKLOADS.items():
        rounds: dict[str, list[list[float]]] = {looking: [] for looking in LOOKING}
        for _ in range(ROUNDS):
            for looking in LOOKING:
                rounds[looking].append(await measure(server, workload, looking))
        cells = [
            " + ".join(
                f"{statistics.median(side):.1f}" for side in zip(*found, strict=True)
            )
            for found in rounds.values()
        ]
        print(f"{name:24}" + "".join(f"{cell:>16}" for cell in cells), flush=True)


def main() -> None:
    with TemporaryDirectory() as folder:
        for binary in (None, redis_binary(Path(folder))):
            with redislab.Server(binary) as server:
                asyncio.run(report(server))


if __name__ == "__main__":
    main()
