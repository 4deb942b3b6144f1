"""WATCH against others who write the same key, and random programs against a dict."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from redislab import Redis, Server, from_url
from redislab.client.pipeline import Pipeline
from redislab.commands.replies import ok
from redislab.connection.session import Session
from tests.client.test_model import Model, check
from tests.client.test_model import run as run_steps
from tests.reliability.row import Row, Tally, Trial

CLIENTS = 8
STEPS = 30


async def watch_race(trial: Trial) -> Tally:
    """Several clients each read, add one and write: not one addition is lost."""
    tally = Tally()
    each = max(1, trial.count // CLIENTS)

    async def add_one(pipe: Any) -> None:
        nonlocal tries
        tries += 1
        seen = int(await pipe.get("n") or 0)
        pipe.multi()
        pipe.set("n", seen + 1)

    async def adder(client: Redis[bytes]) -> None:
        for _ in range(each):
            await client.transaction(add_one, "n")

    tries = 0
    with Server() as server:
        async with AsyncExitStack() as stack:
            clients = [
                await stack.enter_async_context(from_url(server.url))
                for _ in range(CLIENTS)
            ]
            await asyncio.gather(*map(adder, clients))
            value = int(await clients[0].get("n") or 0)
    tally.trials = CLIENTS * each
    tally.wrong = abs(value - tally.trials)
    tally.figures.append(f"{CLIENTS} clients x {each} = {value:,}, {tries:,} tries")
    return tally


async def model(trial: Trial) -> Tally:
    """Programs of 30 random commands, sent in five ways; a dict knows the answers."""
    tally = Tally()
    with Server() as server:
        async with from_url(server.url) as client:
            for _ in range(trial.count):
                await client.flushall()
                world = Model(trial.rng)
                left = STEPS
                while left:
                    size = min(left, trial.rng.randrange(1, 8))
                    left -= size
                    steps = [world.step() for _ in range(size)]
                    results = await run_steps(client, steps, trial.rng)
                    for step, result in zip(steps, results, strict=True):
                        tally.wrong += not _agrees(step, result)
                tally.trials += 1
    return tally


def _agrees(step: Any, result: Any) -> bool:
    try:
        check(step, result)
    except AssertionError:
        return False
    return True


# --- the bugs ---------------------------------------------------------------------------


@contextmanager
def watching_nothing() -> Iterator[None]:
    """The bug: WATCH is answered and never sent."""

    def pretend(self: Any, connection: Any, names: Any) -> Any:
        return connection.send(("ECHO", "OK"), ok)

    with patch.object(Pipeline, "_watch_keys", pretend):
        yield


@contextmanager
def swapping() -> Iterator[None]:
    """The bug: now and then two who wait for an answer change places."""
    receive = Session.receive

    def swap(self: Session, data: bytearray, size: int) -> int:
        if len(self.waiting) > 1:
            self.waiting[0], self.waiting[1] = self.waiting[1], self.waiting[0]
        return receive(self, data, size)

    with patch.object(Session, "receive", swap):
        yield


ROWS = [
    Row(
        "races",
        "WATCH, read, write against others who do the same",
        watch_race,
        watching_nothing,
        full=4_000,
        short=160,
        control=160,
    ),
    Row(
        "model",
        "programs of 30 random commands, sent in five ways, against a dict",
        model,
        swapping,
        full=2_000,
        short=50,
        control=50,
    ),
]
