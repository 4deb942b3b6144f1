"""An operation costs no more than it did: counts, not times, so the machine may be busy.

A budget is what was counted, and a few hundredths more, which is the room that Python's
versions need. If a change costs more and is worth it, raise the budget in that commit;
if it saves something, lower it, or the next one may spend it.
"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

import redislab
from redislab.client.pipeline import Pipeline
from redislab.connection.connection import Connection
from tests.benchmarks.counting import Cost, cost

TASKS, EACH = 50, 10


async def get(client):
    for _ in range(EACH):
        await client.get("key")


async def tasks(client):
    async def task():
        for _ in range(EACH):
            await client.get("key")

    await asyncio.gather(*(task() for _ in range(TASKS)))


async def watch(client):
    pipe = client.pipeline()
    await pipe.watch("key")
    await pipe.get("key")
    pipe.multi()
    pipe.set("key", 1)
    await pipe.execute()


def pipeline(size, transaction=False):
    async def run(client):
        pipe = client.pipeline(transaction=transaction)
        for number in range(size):
            pipe.set(f"key:{number}", "value")
        await pipe.execute()

    return run


BUDGETS: dict[str, tuple[Any, int, Cost]] = {
    "get": (get, EACH, Cost(76, 43, EACH)),
    "50 tasks": (tasks, TASKS * EACH, Cost(31.2, 29, 2 * EACH)),
    "pipeline of 256": (pipeline(256), 256, Cost(4.7, 7.9, 1)),
    "pipeline of 1,000": (pipeline(1_000), 1_000, Cost(4.4, 7.5, 2)),
    "MULTI … EXEC of 1,000": (pipeline(1_000, True), 1_000, Cost(4.4, 7.5, 2)),
    "WATCH to EXEC": (watch, 1, Cost(319, 340, 3)),
}


async def counted(client, name):
    work, operations, _ = BUDGETS[name]
    return await cost(lambda: work(client), operations)


def over_budget(found, name):
    """Which figures are above their budget."""
    budget = BUDGETS[name][2]
    return [
        what for what, much, most in zip(Cost._fields, found, budget, strict=True)
        if much > most
    ]  # fmt: skip


@pytest.fixture
async def client(valkey):
    async with redislab.from_url(valkey.url) as client:
        yield client


@pytest.mark.parametrize("name", BUDGETS)
async def test_an_operation_stays_within_its_budget(client, name):
    found = await counted(client, name)
    assert not over_budget(found, name), found


# --- the check itself: would it notice? ---------------------------------------------------


async def test_a_task_for_each_command_is_noticed(valkey):
    """What makes other clients slow: a coroutine and a time-out around each command."""

    class Slow(redislab.Redis):
        async def get(self, name):
            async with asyncio.timeout(5):
                return await super().get(name)

    async with Slow.from_url(valkey.url) as slow:
        assert "calls" in over_budget(await counted(slow, "get"), "get")


async def test_a_hook_for_each_command_is_noticed(client, monkeypatch):
    """One function that does nothing, called for each command."""
    send = Connection.send

    def hooked(self, *arguments):
        return send(self, *arguments)

    monkeypatch.setattr(Connection, "send", hooked)
    assert "calls" in over_budget(await counted(client, "50 tasks"), "50 tasks")


async def test_a_look_more_for_each_kept_command_is_noticed(client, monkeypatch):
    """One condition, asked whenever a pipeline keeps a command."""
    run = Pipeline._run
    monkeypatch.setattr(Pipeline, "_run", lambda self, *a: len(self) < 0 or run(self, *a))
    name = "pipeline of 1,000"
    assert "calls" in over_budget(await counted(client, name), name)


async def test_a_write_for_each_command_is_noticed(client):
    """Without waiting for what the other tasks send, each of them writes."""
    await client.ping()
    client._everyday._call_soon = lambda flush: flush()
    assert "writes" in over_budget(await counted(client, "50 tasks"), "50 tasks")


# --- nobody looks -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["get", "50 tasks", "pipeline of 256"])
async def test_an_observer_that_has_gone_leaves_nothing(client, name):
    """Before anybody looked and after everybody has gone, the same lines run."""
    before = await counted(client, name)
    with redislab.record(client):
        watched = await counted(client, name)
    assert await counted(client, name) == before
    assert watched.lines > before.lines


async def test_an_unobserved_client_is_made_of_the_plain_classes(client):
    """There is no flag on the way: who is observed has another class for that time."""
    await client.ping()
    assert type(client._everyday) is Connection
    with redislab.record(client):
        assert type(client._everyday) is not Connection
        assert type(client.pipeline()) is not Pipeline
    assert type(client._everyday) is Connection
    assert type(client.pipeline()) is Pipeline
