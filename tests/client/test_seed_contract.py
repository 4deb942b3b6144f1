"""The contract the client was built to, line for line."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from redislab import Redis, WatchError


async def test_chained_and_awaited_commands_are_one_pipeline(client: Redis[bytes]):
    """Awaiting a buffered command gives the pipe; not awaiting it buffers it as well."""
    async with await client.pipeline(transaction=True) as pipe:
        pipe = await (await pipe.flushdb()).set("foo", "bar")
        await pipe.set("bar", "foo")
        pipe.get("foo").get("bar")
        res = await pipe.execute()
    assert res == [True, True, True, b"bar", b"foo"]


async def test_a_pipeline_is_made_without_await_too(client: Redis[bytes]):
    async with client.pipeline() as pipe:
        assert await pipe.set("foo", "bar").get("foo").execute() == [True, b"bar"]


async def test_without_a_transaction(client: Redis[bytes]):
    pipe = client.pipeline(transaction=False)
    pipe.set("foo", "bar")
    await pipe.get("foo")
    assert await pipe.execute() == [True, b"bar"]


async def increment(client: Redis[bytes], tries: list[int]) -> None:
    """The loop of the documentation."""
    async with await client.pipeline() as pipe:
        while True:
            tries.append(1)
            try:
                await pipe.watch("SEQ")
                value = int(await pipe.get("SEQ")) + 1
                pipe.multi()
                pipe.set("SEQ", value)
                await pipe.execute()
                break
            except WatchError:
                continue
            finally:
                await pipe.reset()


async def test_the_watch_loop(client: Redis[bytes]):
    await client.set("SEQ", 41)
    await increment(client, [])
    assert await client.get("SEQ") == b"42"


async def test_the_watch_loop_of_many_tasks_loses_no_increment(client: Redis[bytes]):
    await client.set("SEQ", 0)
    tries: list[int] = []
    await asyncio.gather(*(increment(client, tries) for _ in range(10)))
    assert await client.get("SEQ") == b"10"
    assert len(tries) > 10


async def test_the_watch_loop_tries_again_after_a_conflict(
    client: Redis[bytes], other: Redis[bytes]
):
    await client.set("SEQ", 0)
    tries = 0
    async with await client.pipeline() as pipe:
        while True:
            tries += 1
            try:
                await pipe.watch("SEQ")
                value = int(await pipe.get("SEQ")) + 1
                if tries == 1:
                    await other.set("SEQ", 100)
                pipe.multi()
                pipe.set("SEQ", value)
                await pipe.execute()
                break
            except WatchError:
                continue
            finally:
                await pipe.reset()
    assert tries == 2
    assert await client.get("SEQ") == b"101"


async def test_a_transaction_function(client: Redis[bytes]):
    await client.set("SEQ", 1)

    async def client_side_incr(pipe: Any) -> None:
        value = int(await pipe.get("SEQ"))
        pipe.multi()
        await pipe.set("SEQ", value + 1)

    assert await client.transaction(client_side_incr, "SEQ") == [True]
    assert await client.get("SEQ") == b"2"


async def test_a_plain_transaction_function(client: Redis[bytes]):
    """It cannot read, but it can write; returning the pipe is fine too."""

    def write(pipe: Any) -> Any:
        pipe.multi()
        return pipe.set("a", 1).set("b", 2)

    assert await client.transaction(write, "a", "b") == [True, True]


async def test_a_transaction_that_watches_nothing(client: Redis[bytes]):
    assert await client.transaction(lambda pipe: pipe.set("a", 1)) == [True]


async def test_what_the_function_returned_instead_of_the_results(client: Redis[bytes]):
    async def read(pipe: Any) -> str:
        value = await pipe.get("k")
        pipe.multi()
        pipe.set("k", "new")
        return f"it was {value!r}"

    results = await client.transaction(
        read, "k", shard_hint="any", value_from_callable=True, watch_delay=0.01
    )
    assert results == "it was None"


@pytest.mark.parametrize("watch_delay", [None, 0.01])
async def test_a_transaction_runs_its_function_again_after_a_conflict(
    client: Redis[bytes], other: Redis[bytes], watch_delay: float | None
):
    tries = 0

    async def disturbed(pipe: Any) -> None:
        nonlocal tries
        tries += 1
        value = int(await pipe.get("SEQ") or 0)
        if tries < 4:
            await other.incr("SEQ")
        pipe.multi()
        pipe.set("SEQ", value + 1)

    assert await client.transaction(disturbed, "SEQ", watch_delay=watch_delay) == [True]
    assert (tries, await client.get("SEQ")) == (4, b"4")


async def test_an_error_in_the_function_ends_the_transaction(client: Redis[bytes]):
    """And gives the connection back, no longer watching."""

    async def fail(pipe: Any) -> None:
        await pipe.get("SEQ")
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        await client.transaction(fail, "SEQ")
    assert client._pool().taken == 0
