"""Event loops, threads and the garbage collector: no socket is left, nothing hangs."""

from __future__ import annotations

import asyncio
import gc
import threading
import warnings
from typing import Any

import pytest

from redislab import Redis, from_url


@pytest.fixture(autouse=True)
def nothing_unclosed():
    """A socket that is found unclosed is a failure, also from a finalizer."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ResourceWarning)
        yield
        gc.collect()
    assert not [str(warning.message) for warning in caught]


async def count(client: Redis[bytes]) -> int:
    return await client.incr("counter")


def test_one_client_in_two_loops_after_each_other(url: str):
    client = from_url(url)
    assert asyncio.run(count(client)) == 1
    assert asyncio.run(count(client)) == 2

    async def end() -> int:
        async with client:
            return await count(client)

    assert asyncio.run(end()) == 3


def test_a_client_that_outlives_its_loop(url: str):
    client = from_url(url)

    async def use_everything() -> None:
        pipe: Any = client.pipeline()
        await pipe.watch("k")
        await client.blpop("none", timeout=0.01)
        client.get("unanswered")

    asyncio.run(use_everything())


def test_a_pipe_that_watched_in_a_dead_loop_is_dropped_quietly(url: str):
    client = from_url(url)
    pipe: Any = client.pipeline()

    async def watch() -> None:
        await pipe.watch("k")

    asyncio.run(watch())
    assert asyncio.run(count(client)) == 1


def test_one_client_in_two_threads_at_once(url: str):
    """Each loop has its own connections, and its own answers."""
    client = from_url(url)
    both_run = threading.Barrier(2)
    right: list[int] = []

    def run(thread: int) -> None:
        async def echo() -> None:
            await client.ping()
            both_run.wait(timeout=10)
            for number in range(300):
                word = b"%d-%d" % (thread, number)
                assert await client.execute_command("ECHO", word) == word
                pipe: Any = client.pipeline()
                assert await pipe.execute_command("ECHO", word).execute() == [word]
            right.append(thread)

        asyncio.run(echo())

    threads = [threading.Thread(target=run, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(right) == [0, 1]
    asyncio.run(client.aclose())


def test_a_command_without_a_running_loop_is_an_error_that_says_so(url: str):
    with pytest.raises(RuntimeError, match="needs a running event loop"):
        from_url(url).get("k")


# --- forgotten clients --------------------------------------------------------------------


def test_a_temporary_client_gives_its_answer_and_is_gone(url: str):
    async def main() -> bool:
        return await from_url(url).ping()

    assert asyncio.run(main()) is True


def test_a_forgotten_client_closes_its_sockets(url: str):
    """While its loop runs on, as in a notebook whose cell is run again."""

    async def main() -> None:
        async with from_url(url) as watcher:
            for _ in range(3):
                client = from_url(url)
                await client.ping()
                await client.blpop("none", timeout=0.01)
            del client
            async with asyncio.timeout(5):
                while (await watcher.info("clients"))["connected_clients"] != 1:
                    gc.collect()

    asyncio.run(main())


def test_a_client_forgotten_with_answers_on_their_way_still_gets_them(url: str):
    async def main() -> list[Any]:
        client = from_url(url)
        replies = [client.rpush("l", number) for number in range(100)]
        pipe: Any = client.pipeline()
        results = pipe.llen("l").execute()
        client.rpush("q", "job")
        job = client.blpop("q", timeout=5)
        del client, pipe
        gc.collect()
        return [await asyncio.gather(*replies), await results, await job]

    assert asyncio.run(main()) == [list(range(1, 101)), [100], (b"q", b"job")]


def test_a_forgotten_client_whose_only_call_was_cancelled(url: str):
    async def main() -> None:
        client = from_url(url)
        await client.ping()
        client.get("k").cancel()
        del client
        gc.collect()

    asyncio.run(main())


# --- closing ------------------------------------------------------------------------------


def test_a_close_fails_what_is_not_answered_and_makes_no_new_connection(url: str):
    """Sent, held back and not yet connected alike."""

    async def main() -> None:
        client = from_url(url)
        unconnected = [client.get("a"), client.blpop("q", timeout=0)]
        await client.aclose()
        await client.ping()
        shared = client._pool().shared
        sent, held = client.get("a"), client.get("b")
        await client.aclose()
        for reply in [*unconnected, sent, held]:
            with pytest.raises(ConnectionError, match="closed"):
                await reply
        await asyncio.sleep(0)
        assert shared._transport is None
        assert shared._connecting is None

    asyncio.run(main())


def test_a_closed_client_connects_anew_when_used(url: str):
    async def main() -> int:
        client = from_url(url)
        async with client:
            await count(client)
        async with client:
            return await count(client)

    assert asyncio.run(main()) == 2


def test_closing_twice_or_before_any_use_is_no_error(url: str):
    async def main() -> None:
        client = from_url(url)
        await client.aclose()
        await client.ping()
        await client.aclose()
        await client.aclose()

    asyncio.run(main())
