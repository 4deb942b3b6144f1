"""Long batches, many tasks: nothing is lost, swapped or stuck."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from redislab import DataError, Redis

LONG = 100_000


@pytest.mark.parametrize("transaction", [False, True])
async def test_a_hundred_thousand_commands(client: Redis[bytes], transaction: bool):
    """No deadlock, and every answer at its place."""
    pipe: Any = client.pipeline(transaction=transaction)
    for number in range(LONG):
        pipe.execute_command("ECHO", number)
    results = await pipe.execute()
    assert results == [b"%d" % number for number in range(LONG)]


@pytest.mark.parametrize("transaction", [False, True])
async def test_others_get_their_turn_and_their_answers_during_a_long_batch(
    client: Redis[bytes], transaction: bool
):
    pipe: Any = client.pipeline(transaction=transaction)
    for number in range(30_000):
        pipe.execute_command("ECHO", number)
    long = pipe.execute()

    async def others(task: int) -> int:
        for number in range(20):
            word = b"%d-%d" % (task, number)
            assert await client.execute_command("ECHO", word) == word
            short: Any = client.pipeline()
            short.execute_command("ECHO", word).execute_command("ECHO", task)
            assert await short.execute() == [word, b"%d" % task]
        return task

    tasks = [asyncio.ensure_future(others(number)) for number in range(10)]
    assert await long == [b"%d" % number for number in range(30_000)]
    assert await asyncio.gather(*tasks) == list(range(10))


@pytest.mark.parametrize("seed", range(5))
async def test_the_server_sees_commands_in_the_order_of_the_calls(
    client: Redis[bytes], seed: int
):
    """Single ones, pipelines and transactions, awaited or not, short or long."""
    rng = random.Random(seed)
    number, sent = 0, []
    for _ in range(60):
        size = rng.choice([1, 1, 1, 3, 300, 700])
        numbers = list(range(number, number + size))
        number += size
        if size == 1:
            sent.append(client.rpush("l", numbers[0]))
        else:
            pipe: Any = client.pipeline(transaction=rng.random() < 0.5)
            for one in numbers:
                pipe.rpush("l", one)
            sent.append(pipe.execute())
        if rng.random() < 0.3:
            await sent[-1]
        elif rng.random() < 0.3:
            await asyncio.sleep(0)
    await asyncio.gather(*sent)
    assert await client.lrange("l", 0, -1) == [b"%d" % one for one in range(number)]


async def test_answers_of_all_sizes_come_whole(client: Redis[bytes]):
    """Across the borders of every buffer."""
    sizes = [0, 1, 65_535, 65_536, 65_537, 1 << 20, 5_000_000, 3]
    values = [bytes([number]) * size for number, size in enumerate(sizes)]
    for number, value in enumerate(values):
        client.set(f"k{number}", value)
    assert await client.mget([f"k{number}" for number in range(len(values))]) == values
    pipe: Any = client.pipeline()
    for number in range(len(values)):
        pipe.get(f"k{number}")
    assert await pipe.execute() == values


async def test_two_batches_started_together_are_not_mixed(client: Redis[bytes]):
    """Each transaction is contiguous on the server, whatever is sent beside it."""
    await client.set("k", 0)

    async def add(by: int) -> list[int]:
        pipe: Any = client.pipeline()
        for _ in range(1000):
            pipe.incrby("k", by)
        return await pipe.execute()  # type: ignore[no-any-return]  # the pipe is Any

    for results in await asyncio.gather(*(add(by) for by in (1, 1, 1, 1))):
        assert results == list(range(results[0], results[0] + 1000))


@pytest.mark.parametrize("transaction", [False, True])
@pytest.mark.parametrize("place", [0, 20_000, 29_999])
async def test_a_wrong_argument_in_a_long_batch_sends_nothing_of_it(
    client: Redis[bytes], transaction: bool, place: int
):
    pipe: Any = client.pipeline(transaction=transaction)
    for number in range(30_000):
        pipe.set(f"k{number}", None if number == place else "v")
    with pytest.raises(DataError):
        await pipe.execute()
    assert len(pipe) == 0
    assert await client.dbsize() == 0


async def test_a_cancelled_long_batch_leaves_the_client_in_order(client: Redis[bytes]):
    for transaction in False, True:
        pipe: Any = client.pipeline(transaction=transaction)
        for number in range(30_000):
            pipe.execute_command("ECHO", number)
        results = pipe.execute()
        await asyncio.sleep(0)
        results.cancel()
        assert await client.execute_command("ECHO", "after") == b"after"
