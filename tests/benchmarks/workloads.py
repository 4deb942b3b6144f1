"""What every client is asked to do.

A workload knows how to be done once: so many operations, with a check that the answers
are right. How often it is done in a sample is the worker's business.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tests.benchmarks.clients import Client

KEY, VALUE = "bench:value", "value-abcdef"
COUNTER = "bench:counter"
BIG, BIG_SIZE = "bench:big", 1 << 20
PARTS, PART_SIZE = [f"bench:part:{place}" for place in range(100)], 100 << 10
LIST, HASH, LENGTH = "bench:list", "bench:hash", 10_000
CONTENDERS = 8

Run = Callable[["Client"], Awaitable[None]]


class Workload(NamedTuple):
    name: str
    title: str
    operations: int
    """In one run."""
    run: Run


@cache
def pairs(size: int) -> tuple[list[str], list[str]]:
    """Keys and values of a pipeline, made once: making them is not what is measured."""
    keys = [f"bench:pipeline:{place}" for place in range(size)]
    return keys, [f"v-{place:08d}" for place in range(size)]


def stored() -> list[tuple[str, ...]]:
    """The commands that put there what the workloads read."""
    items = [f"item-{place:08d}" for place in range(LENGTH)]
    fields = [word for item in items for word in (item.replace("item", "field"), item)]
    return [
        ("SET", KEY, VALUE),
        ("SET", COUNTER, "0"),
        ("SET", BIG, "x" * BIG_SIZE),
        *(("SET", part, "y" * PART_SIZE) for part in PARTS),
        ("RPUSH", LIST, *items),
        ("HSET", HASH, *fields),
    ]


# --- one command after the other, and many tasks ------------------------------------------


async def _get(client: Client) -> None:
    get, value = client.get, None
    for _ in range(100):
        value = await get(KEY)
    _same(value)


async def _set(client: Client) -> None:
    put = client.set
    for _ in range(100):
        await put(KEY, VALUE)


def _tasks(count: int) -> Run:
    """Tasks that share one client, each awaiting one GET after the other."""

    async def run(client: Client) -> None:
        get = client.get

        async def task() -> None:
            value = None
            for _ in range(10):
                value = await get(KEY)
            _same(value)

        await asyncio.gather(*(task() for _ in range(count)))

    return run


async def _gather(client: Client) -> None:
    values = await asyncio.gather(*(client.get(KEY) for _ in range(100)))
    _same(values[-1])


# --- pipelines and transactions -----------------------------------------------------------


def _pipeline(size: int, *, transaction: bool = False) -> Run:
    async def run(client: Client) -> None:
        results = await client.pipeline(*pairs(size), transaction)
        assert len(results) == size
        assert results[-1] in (True, b"OK", "OK")

    return run


async def _watch(client: Client) -> None:
    for _ in range(20):
        await client.add_one(COUNTER)


async def _contended(client: Client) -> None:
    before = int(await client.get(COUNTER))
    await asyncio.gather(*(client.add_one(COUNTER) for _ in range(CONTENDERS)))
    assert int(await client.get(COUNTER)) == before + CONTENDERS, "an update was lost"


# --- big replies --------------------------------------------------------------------------


async def _big(client: Client) -> None:
    assert len(await client.get(BIG)) == BIG_SIZE


async def _parts(client: Client) -> None:
    values = await client.mget(PARTS)
    assert len(values) == len(PARTS)
    assert len(values[-1]) == PART_SIZE


async def _list(client: Client) -> None:
    assert len(await client.lrange(LIST)) == LENGTH


async def _hash(client: Client) -> None:
    found = await client.hgetall(HASH)
    assert isinstance(found, dict)
    assert len(found) == LENGTH


def _same(value: object) -> None:
    assert value in (VALUE, VALUE.encode()), value


WORKLOADS = {
    workload.name: workload
    for workload in (
        Workload("get", "one awaited GET after another", 100, _get),
        Workload("set", "one awaited SET after another", 100, _set),
        Workload("tasks-50", "50 tasks, one client", 500, _tasks(50)),
        Workload("tasks-500", "500 tasks, one client", 5_000, _tasks(500)),
        Workload("gather", "gather of 100 GETs", 100, _gather),
        *(
            Workload(f"pipeline-{size}", f"pipeline of {size:,}", size, _pipeline(size))
            for size in (100, 1_000, 10_000)
        ),
        *(
            Workload(
                f"exec-{size}",
                f"MULTI … EXEC of {size:,}",
                size,
                _pipeline(size, transaction=True),
            )
            for size in (100, 1_000, 10_000)
        ),
        Workload("watch", "WATCH, GET, MULTI, SET, EXEC", 20, _watch),
        Workload("watch-8", "the same, 8 tasks on one key", CONTENDERS, _contended),
        Workload("big", "GET of 1 MiB", 1, _big),
        Workload("mget", "MGET of 100 × 100 KiB", 1, _parts),
        Workload("lrange", "LRANGE of 10,000", 1, _list),
        Workload("hgetall", "HGETALL of 10,000", 1, _hash),
    )
}
