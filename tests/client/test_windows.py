"""Long pipelines without a transaction: windows, progress, and results as a stream."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from redislab import Redis, RedisError, WrongTypeError
from redislab.client.windows import WINDOW

COUNT = 2 * WINDOW + 500


def echoes(client: Redis[bytes], count: int = COUNT) -> Any:
    """A pipeline that answers with 0, 1, 2 ..."""
    pipe: Any = client.pipeline(transaction=False)
    for number in range(count):
        pipe.execute_command("ECHO", number)
    return pipe


async def test_progress_is_told_after_each_window(client: Redis[bytes]):
    told: list[tuple[int, int]] = []
    results = await echoes(client).execute(progress=lambda *step: told.append(step))
    assert results == [b"%d" % number for number in range(COUNT)]
    assert told == [(WINDOW, COUNT), (2 * WINDOW, COUNT), (COUNT, COUNT)]


async def test_results_can_be_had_one_by_one(client: Redis[bytes]):
    pipe = echoes(client)
    results = [result async for result in pipe.stream()]
    assert results == [b"%d" % number for number in range(COUNT)]
    assert len(pipe) == 0


async def test_leaving_the_stream_early_keeps_the_rest_from_being_sent(
    client: Redis[bytes],
):
    pipe: Any = client.pipeline(transaction=False)
    for _ in range(4 * WINDOW):
        pipe.incr("k")
    stream = pipe.stream()
    assert await anext(stream) == 1
    await stream.aclose()
    assert int(await client.get("k") or 0) < 4 * WINDOW
    assert await client.execute_command("ECHO", "after") == b"after"


async def test_a_cancel_keeps_the_rest_from_being_sent(client: Redis[bytes]):
    pipe: Any = client.pipeline(transaction=False)
    for _ in range(4 * WINDOW):
        pipe.incr("k")
    results = pipe.execute()
    await asyncio.sleep(0)
    results.cancel()
    await asyncio.sleep(0)
    assert int(await client.get("k") or 0) < 4 * WINDOW
    assert await client.execute_command("ECHO", "after") == b"after"


@pytest.mark.parametrize("place", [3, WINDOW + 3])
async def test_an_error_in_any_window_names_its_place_in_the_whole(
    client: Redis[bytes], place: int
):
    await client.set("s", "v")
    pipe: Any = client.pipeline(transaction=False)
    for number in range(WINDOW + 10):
        if number == place:
            pipe.lpush("s", 1)
        else:
            pipe.execute_command("ECHO", number)
    with pytest.raises(
        WrongTypeError, match=rf"^Command # {place + 1} \(LPUSH s 1\)"
    ) as caught:
        await pipe.execute()
    assert caught.value.index == place
    assert caught.value.results is not None
    assert caught.value.results[-1] == b"%d" % (WINDOW + 9)


@pytest.mark.parametrize("raise_on_error", [True, False])
async def test_an_error_in_the_stream(client: Redis[bytes], raise_on_error: bool):
    await client.set("s", "v")
    pipe: Any = client.pipeline(transaction=False)
    pipe.get("s").lpush("s", 1).get("s")
    results = []
    try:
        async for result in pipe.stream(raise_on_error):
            results.append(result)  # noqa: PERF401  what came before the error counts
    except WrongTypeError:
        assert raise_on_error
    assert len(results) == (1 if raise_on_error else 3)


async def test_a_transaction_cannot_be_streamed(client: Redis[bytes]):
    with pytest.raises(RedisError, match="transaction=False"):
        await anext(client.pipeline().stream())
