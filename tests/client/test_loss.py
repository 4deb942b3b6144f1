"""A server that dies, comes back, or freezes: honest outcomes, and no command twice."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from redislab import (
    ConnectionError,
    Outcome,
    Redis,
    Server,
    TimeoutError,
    WatchError,
    from_url,
)

LIMIT = 0.3


@contextmanager
def frozen(server: Server) -> Iterator[None]:
    """It holds its sockets and answers nothing."""
    assert server.pid is not None
    os.kill(server.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server.pid, signal.SIGCONT)


async def lost(client: Redis[bytes]) -> None:
    """Wait until the end of the socket has reached the client."""
    async with asyncio.timeout(5):
        while client._pool().shared._ready:  # noqa: ASYNC110  it tells nobody
            await asyncio.sleep(0.001)


async def test_a_server_killed_with_commands_in_flight(private: Server):
    """Each has an unknown outcome, and the same client works again after a restart."""
    async with from_url(private.url) as client:
        await client.ping()
        pipe: Any = client.pipeline()
        assert private.pid is not None
        os.kill(private.pid, signal.SIGSTOP)
        replies = [client.incr("k"), client.incr("k"), pipe.incr("k").execute()]
        await asyncio.sleep(0)
        private.kill()
        for reply in replies:
            with pytest.raises(ConnectionError) as caught:
                await reply
            assert caught.value.outcome is Outcome.UNKNOWN
        private.restart()
        start = time.perf_counter()
        assert await client.incr("k") == 1
        assert time.perf_counter() - start < 1


async def test_a_server_that_is_down_and_comes_back(private: Server):
    async with from_url(private.url) as client:
        await client.set("k", 1)
        private.kill()
        await lost(client)
        with pytest.raises(ConnectionError, match="cannot connect") as caught:
            await client.incr("k")
        assert caught.value.outcome is Outcome.NOT_SENT
        private.restart()
        start = time.perf_counter()
        assert await client.incr("k") == 1
        assert time.perf_counter() - start < 1


async def test_a_restart_is_found_by_the_very_call_that_meets_it(private: Server):
    """A command that never left is sent when the server is there again."""
    async with from_url(private.url) as client:
        await client.ping()
        private.kill()
        await lost(client)
        reply = client.incr("k")
        await asyncio.to_thread(private.restart)
        assert await reply == 1


async def test_a_transaction_carries_on_after_a_restart(private: Server):
    """The loss while watching is a conflict like any other: nothing had run."""
    async with from_url(private.url) as client:
        tries = 0

        async def increment(pipe: Any) -> None:
            nonlocal tries
            tries += 1
            await pipe.get("k")
            if tries == 1:
                private.restart()
            await pipe.get("k")
            pipe.multi()
            pipe.incr("k")

        assert await client.transaction(increment, "k") == [1]
        assert tries == 2


async def test_a_frozen_server_is_a_time_out(private: Server):
    """Within half as long again as the limit; and when it thaws the client works."""
    async with from_url(private.url, socket_timeout=LIMIT) as client:
        await client.ping()
        pipe: Any = client.pipeline()
        watching: Any = client.pipeline()
        await watching.watch("k")
        with frozen(private):
            start = time.perf_counter()
            single, batch, read = (
                client.incr("k"),
                pipe.incr("k").execute(),
                watching.get("k"),
            )
            for reply in single, batch:
                with pytest.raises(TimeoutError, match="no answer") as caught:
                    await reply
                assert caught.value.outcome is Outcome.UNKNOWN
            with pytest.raises(WatchError):
                await read
            assert LIMIT <= time.perf_counter() - start < 1.5 * LIMIT + 0.1
        assert await client.ping() is True
        await watching.reset()


async def test_after_a_long_blocking_command_the_usual_limit_holds_again(private: Server):
    async with from_url(private.url, socket_timeout=LIMIT) as client:
        await client.rpush("q", "job")
        await client.blpop("q", timeout=60)
        pipe: Any = client.pipeline()
        await pipe.watch("k")
        assert client._pool().taken == 1
        with frozen(private):
            start = time.perf_counter()
            with pytest.raises(WatchError):
                await pipe.get("k")
            assert time.perf_counter() - start < 1.5 * LIMIT + 0.1


async def test_a_client_without_a_limit_waits(private: Server):
    async with from_url(private.url, socket_timeout=None) as client:
        await client.ping()
        with frozen(private):
            reply = client.ping()
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(asyncio.shield(reply), 2 * LIMIT)
        assert await reply is True


async def test_a_wrong_password_is_told_at_once_and_not_repeated(private: Server):
    address = private.address.replace("***", "wrong")
    async with from_url(address) as client:
        start = time.perf_counter()
        with pytest.raises(ConnectionError, match="WRONGPASS") as caught:
            await client.get("k")
        assert time.perf_counter() - start < 1
        assert type(caught.value).__name__ == "AuthenticationError"
        assert caught.value.outcome is Outcome.NOT_SENT
