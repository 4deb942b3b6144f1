"""Calls that are cancelled, or whose time is up, at any moment of their life."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from redislab import Redis, RedisError, Server, from_url
from redislab.connection.connection import Connection
from redislab.connection.session import reply_of
from tests.client.storm import (
    WORKERS,
    Call,
    blocking,
    pipeline,
    single,
    storm,
    transaction,
    watching,
)
from tests.reliability.row import Row, Tally, Trial

CALLS: list[Call] = [single, pipeline, transaction, watching, blocking]
LONGEST = 0.003
"""Seconds a call may have."""


async def leftovers(client: Redis[Any], tasks: set[asyncio.Task[Any]]) -> int:
    """Places in queues, connections and tasks that are still held for nobody."""
    await asyncio.sleep(0.05)
    await client.ping()
    pool = client._pool()
    places = len(pool.shared.session.waiting)
    return places + pool.taken + len(asyncio.all_tasks() - tasks)


async def cancels(trial: Trial) -> Tally:
    """Random cancels over every kind of call; answers are compared with what was asked."""
    tally = Tally()
    with Server() as server:
        async with from_url(server.url, socket_timeout=2) as client:
            tasks = asyncio.all_tasks()
            answered = 0
            while tally.trials < trial.count and not tally.bad:
                batch = min(5000, trial.count - tally.trials)
                part = await storm(client, CALLS, batch, trial.rng)
                tally.trials += part.cancelled
                tally.wrong += part.mismatched
                tally.lost += sum(part.failed.values()) + max(0, batch - part.cancelled)
                answered += part.answered
            tally.leaked = await leftovers(client, tasks)
    tally.figures.append(f"{answered:,} other calls answered")
    return tally


async def deadlines(trial: Trial) -> Tally:
    """Random time limits of 0 to 3 ms, many of which fire as the answer comes."""
    tally = Tally()
    late: list[float] = []
    words = map(b"word-%d".__mod__, itertools.count())

    async def one(client: Redis[bytes]) -> None:
        limit = trial.rng.uniform(0, LONGEST)
        start = time.perf_counter()
        try:
            async with asyncio.timeout(limit):
                right = await trial.rng.choice(CALLS)(client, next(words))
            tally.wrong += not right
        except RedisError:  # before the built-in TimeoutError, which ours is, too
            tally.lost += 1
        except TimeoutError:
            late.append(time.perf_counter() - start - limit)
        tally.trials += 1

    async def worker(client: Redis[bytes]) -> None:
        while tally.trials < trial.count and not tally.bad:
            await one(client)

    with Server() as server:
        async with from_url(server.url, socket_timeout=2) as client:
            tasks = asyncio.all_tasks()
            await asyncio.gather(*(worker(client) for _ in range(WORKERS)))
            tally.leaked = await leftovers(client, tasks)
    late.sort()
    overshoot = 1000 * late[int(0.99 * len(late))] if late else 0.0
    tally.lost += overshoot > 20
    tally.figures.append(f"{len(late):,} fired, p99 {overshoot:.1f} ms late")
    return tally


@contextmanager
def leaving(method: str) -> Iterator[None]:
    """The bug: a cancelled call takes its place in the reply queue with it."""
    send = getattr(Connection, method)

    def forgetful(self: Connection, *args: Any, **options: Any) -> Any:
        reply = send(self, *args, **options)

        def leave(_: object) -> None:
            sent = list(self._waiting)[: len(self._waiting) - len(self._unsent)]
            for place in sent:
                if reply.cancelled() and reply_of(place) is reply:
                    self._waiting.remove(place)

        reply.add_done_callback(leave)
        return reply

    with patch.object(Connection, method, forgetful):
        yield


ROWS = [
    Row(
        "cancels",
        "a task cancelled at any await, over every kind of call",
        cancels,
        lambda: leaving("send"),
        full=100_000,
        short=2_000,
        control=3_000,
    ),
    Row(
        "deadlines",
        "a time limit of 0 to 3 ms, also just as the reply arrives",
        deadlines,
        lambda: leaving("send_batch"),
        full=100_000,
        short=2_000,
        control=3_000,
    ),
]
