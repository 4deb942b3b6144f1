"""More than fits: into a link, into memory, into a long life."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from redislab import ConnectionError, RedisError, Server, from_url
from redislab.connection.link import Link
from redislab.connection.session import Session
from redislab.servers import Proxy
from redislab.wire import encode
from tests.reliability.row import Row, Tally, Trial

MEGABYTE = 1 << 20


def resident() -> int:
    """Bytes of this process that are in memory now."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Watermark:
    """The growth of this process while ``look`` was called."""

    def __init__(self) -> None:
        gc.collect()
        self._before = self._most = resident()

    def look(self) -> None:
        self._most = max(self._most, resident())

    @property
    def megabytes(self) -> float:
        return (self._most - self._before) / MEGABYTE


async def backlog(trial: Trial) -> Tally:
    """Seconds of writing to a black hole, as fast as 10 MB a second."""
    tally = Tally()
    bound = 8 * MEGABYTE
    refused = failed = 0

    def settled(reply: asyncio.Future[Any]) -> None:
        nonlocal failed
        failed += reply.exception() is not None

    with Server() as server:
        async with (
            Proxy(server.url) as proxy,
            from_url(proxy.url, socket_timeout=5, max_backlog=bound) as client,
        ):
            await client.ping()
            proxy.freeze()
            mark = Watermark()
            end = time.perf_counter() + trial.count
            while time.perf_counter() < end:
                for _ in range(100):
                    try:
                        reply = client.set("k", b"x" * 1000)
                        reply.add_done_callback(settled)
                        tally.trials += 1
                    except ConnectionError:
                        refused += 1
                        break
                await asyncio.sleep(0.01)
                mark.look()
                if mark.megabytes > 200:
                    break
            proxy.thaw()
            start = time.perf_counter()
            while time.perf_counter() - start < 2:
                try:
                    tally.lost = not await client.ping()
                    break
                except RedisError:
                    tally.lost = 1
                    await asyncio.sleep(0.01)
    tally.leaked = mark.megabytes > 20
    tally.figures.append(f"{refused:,} refused, +{mark.megabytes:.0f} MB")
    return tally


async def pipeline(trial: Trial) -> Tally:
    """A pipeline of megabytes, to a server that stands still in the middle."""
    tally = Tally()
    value = b"x" * MEGABYTE
    loop = asyncio.get_running_loop()
    with Server() as server:
        async with from_url(server.url, socket_timeout=20) as client:
            await client.ping()
            assert server.pid is not None
            mark = Watermark()
            pipe: Any = client.pipeline(transaction=False)
            for number in range(trial.count):
                pipe.set(f"k{number % 8}", value)
            results = pipe.execute()
            mark.look()
            os.kill(server.pid, signal.SIGSTOP)
            loop.call_later(0.3, os.kill, server.pid, signal.SIGCONT)
            while not results.done():
                mark.look()
                await asyncio.sleep(0.002)
            answers = await results
            tally.wrong = answers != [True] * trial.count
            tally.trials = trial.count
    tally.leaked = mark.megabytes > 64
    tally.figures.append(f"{trial.count:,} MB sent, +{mark.megabytes:.0f} MB")
    return tally


async def long_life(trial: Trial) -> Tally:
    """Commands, and a hundredth as many connects; the last third must leave nothing."""
    tally = Tally()
    part = trial.count // 3
    with Server() as server:
        async with from_url(server.url) as client:
            _, before, after = [await _live(server.url, client, part) for _ in range(3)]
    tally.trials = 3 * part
    sockets, tasks, objects, kilobytes = (b - a for a, b in zip(before, after, strict=True))
    tally.leaked = sockets + tasks + (objects > 200) + (kilobytes > 1000)
    tally.figures.append(
        f"{3 * _connects(part):,} connects; the last third left {sockets} sockets, "
        f"{tasks} tasks, {objects} objects, {kilobytes} kB"
    )
    return tally


def _connects(commands: int) -> int:
    return max(1, commands // 100)


async def _live(url: str, client: Any, commands: int) -> tuple[int, int, int, int]:
    """Open sockets, tasks, objects and kilobytes after so many commands."""
    for start in range(0, commands, 1000):
        size = min(1000, commands - start)
        pipe = client.pipeline(transaction=False)
        for number in range(size // 2):
            pipe.set("k", number)
        await pipe.execute()
        await asyncio.gather(*(client.get("k") for _ in range(size - size // 2)))
        del pipe
    for _ in range(_connects(commands)):
        async with from_url(url) as another:
            await another.ping()
    await asyncio.sleep(0.05)
    gc.collect()
    sockets = sum("socket:" in _target(number) for number in os.listdir("/proc/self/fd"))
    return sockets, len(asyncio.all_tasks()), len(gc.get_objects()), resident() // 1000


def _target(descriptor: str) -> str:
    try:
        return os.readlink(f"/proc/self/fd/{descriptor}")
    except OSError:  # the one that listed them
        return ""


# --- the bugs ---------------------------------------------------------------------------


@contextmanager
def taking_everything() -> Iterator[None]:
    """The bug: nobody counts what waits for a server that takes nothing."""

    def wave_through(self: Link, size: int) -> None:
        if not self._ready:
            self._wake()

    with patch.object(Link, "_queue_up", wave_through):
        yield


@contextmanager
def encoding_it_whole() -> Iterator[None]:
    """The bug: a batch stands in memory as bytes before it is sent."""
    with patch.object(encode, "EAGER_BYTES", 1 << 40):
        yield


@contextmanager
def keeping_everything() -> Iterator[None]:
    """The bug: a session remembers all it has received."""
    receive, kept = Session.receive, []

    def hoard(self: Session, data: bytearray, size: int) -> int:
        kept.append((self, [bytes(data[:size])]))
        return receive(self, data, size)

    with patch.object(Session, "receive", hoard):
        yield


ROWS = [
    Row(
        "backlog",
        "seconds of writing to a black hole: what waits is bounded",
        backlog,
        taking_everything,
        full=60,
        short=3,
        control=5,
    ),
    Row(
        "volume",
        "a pipeline of so many MB, to a server that stands still meanwhile",
        pipeline,
        encoding_it_whole,
        full=1_000,
        short=300,
        control=300,
    ),
    Row(
        "long life",
        "commands and connects: what the last third left behind",
        long_life,
        keeping_everything,
        full=1_000_000,
        short=30_000,
        control=60_000,
    ),
]
