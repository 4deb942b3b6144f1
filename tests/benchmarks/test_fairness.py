"""Many share one client, and each gets a turn: counted in commands, not in seconds."""

from __future__ import annotations

import asyncio

import pytest

import redislab
from redislab.client.windows import IN_FLIGHT, WINDOW


@pytest.fixture
async def client(valkey):
    async with redislab.from_url(valkey.url) as client:
        yield client


async def test_a_thousand_tasks_go_on_side_by_side(client):
    """When the first has all its answers, nobody else lacks more than one in ten."""
    wanted = 20
    answered = [0] * 1_000
    behind = []

    async def task(place):
        for _ in range(wanted):
            await client.get("key")
            answered[place] += 1
        if not behind:
            behind.extend(answered)

    await asyncio.gather(*(task(place) for place in range(len(answered))))
    assert min(behind) >= wanted * 0.9


async def test_a_task_with_a_slow_neighbour_is_not_held_up(client):
    """One task sends fifty commands at a time, the others one: both get on."""
    answered = {"many": 0, "one": 0}
    done = asyncio.Event()

    async def many():
        for _ in range(20):
            await asyncio.gather(*(client.get("key") for _ in range(50)))
            answered["many"] += 1
        done.set()

    async def one():
        while not done.is_set():
            await client.get("key")
            answered["one"] += 1

    await asyncio.gather(many(), one())
    assert answered["one"] >= answered["many"] * 0.9


async def test_a_long_pipeline_lets_others_in_between(client):
    """A GET waits for the windows under way, and never for the whole pipeline."""
    total = 20 * WINDOW
    pipe = client.pipeline(transaction=False)
    for _ in range(total):
        pipe.get("key")
    seen = []
    results = pipe.execute(progress=lambda answered, _: seen.append(answered))
    between = 0
    while not results.done():
        await client.get("key")
        between += 1
    assert len(await results) == total
    assert between >= len(seen) // (IN_FLIGHT + 1)
