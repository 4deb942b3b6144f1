"""A cancelled call: its answer is nobody else's, and nothing of it stays behind."""

from __future__ import annotations

import asyncio
import random
import time
from typing import Any

import pytest

from redislab import MaxConnectionsError, Redis, WatchError, from_url
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

SEED = random.randrange(2**32)

STORMS: dict[str, tuple[list[Call], int]] = {
    "single": ([single], 1000),
    "pipelines": ([pipeline, transaction], 1000),
    "watching": ([watching, single], 500),
    "all": ([single, pipeline, transaction, watching, blocking], 500),
}


async def connections_so_far(client: Redis[bytes]) -> int:
    return int((await client.info("stats"))["total_connections_received"])


@pytest.mark.parametrize("name", STORMS)
async def test_random_cancels_mix_up_no_answers(
    url: str, other: Redis[bytes], name: str, record_property: Any
):
    """Nor do they leave anything in flight, or cost a connection (but for BLPOP)."""
    calls, cancels = STORMS[name]
    print("seed", SEED)
    before = await connections_so_far(other)
    async with from_url(url) as client:
        tally = await storm(client, calls, cancels, random.Random(SEED))
        assert (tally.mismatched, dict(tally.failed)) == (0, {})
        assert tally.cancelled >= cancels
        assert tally.answered > 0
        assert await client.ping() is True
        pool = client._pool()
        assert not pool.shared.session.waiting
        assert pool.taken == 0
        if blocking not in calls:
            assert await connections_so_far(other) - before <= 1 + WORKERS


async def test_the_storm_catches_a_cancelled_call_that_leaves_the_queue(
    url: str, monkeypatch: pytest.MonkeyPatch
):
    """The control: with this bug planted, answers go to the wrong callers."""
    send = Connection.send

    def forgetful(self: Connection, *args: Any) -> Any:
        reply = send(self, *args)

        def leave(_: object) -> None:
            sent = list(self._waiting)[: len(self._waiting) - len(self._unsent)]
            if reply.cancelled() and reply in map(reply_of, sent):
                self._waiting.remove((reply, None))

        reply.add_done_callback(leave)
        return reply

    monkeypatch.setattr(Connection, "send", forgetful)
    async with from_url(url, socket_timeout=1) as client:
        tally = await storm(client, [single], 1000, random.Random(SEED))
        assert tally.mismatched or tally.failed


async def test_a_cancelled_call_is_sent_all_the_same(client: Redis[bytes]):
    """A cancel takes back the waiting, not the command."""
    await client.ping()
    replies = [client.rpush("l", number) for number in range(5)]
    for reply in replies[1:4]:
        reply.cancel()
    assert await replies[4] == 5


# --- blocking commands --------------------------------------------------------------------


async def clients_that_block(client: Redis[bytes]) -> int:
    return int((await client.info("clients"))["blocked_clients"])


async def blocked(client: Redis[bytes], count: int) -> None:
    """Wait until so many clients of the server block."""
    async with asyncio.timeout(5):
        while await clients_that_block(client) != count:
            pass


async def test_a_blocking_command_holds_up_nobody(client: Redis[bytes]):
    waiting = client.blpop("queue", timeout=0)
    await blocked(client, 1)
    assert await client.set("k", "v") is True
    assert await client.pipeline().get("k").execute() == [b"v"]
    await client.rpush("queue", "job")
    assert await waiting == (b"queue", b"job")


async def test_a_blocking_command_gives_its_connection_back(client: Redis[bytes]):
    for number in range(3):
        await client.rpush("queue", number)
        assert await client.blpop("queue", timeout=1) == (b"queue", b"%d" % number)
    assert (client._pool().idle, client._pool().taken) == (1, 0)


async def test_a_blocking_command_without_a_job_gives_none(client: Redis[bytes]):
    """Its own time-out is longer than the socket's, and no error."""
    async with Redis(  # type: ignore[call-overload]  # options of another client
        client.address.host,
        client.address.port,
        password=client.address.password,
        socket_timeout=0.25,
    ) as impatient:
        assert await impatient.blpop("none", timeout=0.4) is None
        pipe: Any = impatient.pipeline(transaction=False)
        assert await pipe.blpop("none", timeout=0.4).ping().execute() == [None, True]
        await pipe.watch("k")
        assert await pipe.blpop("none", timeout=0.4) is None


async def test_a_cancelled_blpop_gives_up_its_connection_and_takes_no_job(
    client: Redis[bytes],
):
    gone = client.blpop("queue", timeout=0)
    await blocked(client, 1)
    gone.cancel()
    await blocked(client, 0)
    await client.rpush("queue", "job")
    assert await client.blpop("queue", timeout=1) == (b"queue", b"job")
    assert (client._pool().idle, client._pool().taken) == (1, 0)


async def test_a_blpop_cancelled_before_it_is_sent_is_never_sent(client: Redis[bytes]):
    await client.rpush("queue", "job")
    client.blpop("queue", timeout=0).cancel()
    assert await client.blpop("queue", timeout=1) == (b"queue", b"job")


async def test_a_cancelled_blpop_spares_the_exec_before_it(client: Redis[bytes]):
    """A connection is given back while its EXEC is on the way."""
    pipe: Any = client.pipeline()
    await pipe.watch("k")
    pipe.multi()
    results = pipe.set("k", 1).execute()
    gone = client.blpop("queue", timeout=0)
    assert (client._pool().idle, client._pool().taken) == (0, 1)
    gone.cancel()
    assert await results == [True]
    await blocked(client, 0)
    assert (client._pool().idle, client._pool().taken) == (0, 0)


async def test_wait_is_answered_for_the_writes_before_it(url: str):
    """On the connection that made them, and with patience of its own."""
    async with from_url(url, socket_timeout=0.2) as client:
        await client.set("k", "v")
        assert await client.execute_command("WAIT", 1, 400) == 0
        assert client._pool().shared.timeout == 0.2


# --- the pool -----------------------------------------------------------------------------


async def test_when_all_connections_are_taken_one_waits_in_line(url: str):
    async with from_url(url, max_connections=2) as client:
        replies = [client.blpop(f"q{number}", timeout=0) for number in range(6)]
        for number in (1, 0, 2, 3, 5, 4):
            await client.rpush(f"q{number}", number)
        assert await asyncio.gather(*replies) == [
            (b"q%d" % number, b"%d" % number) for number in range(6)
        ]
        assert (client._pool().idle, client._pool().taken) == (2, 0)


async def test_a_watch_that_waited_in_line_watches(url: str, other: Redis[bytes]):
    async with from_url(url, max_connections=1) as client:
        holder = client.blpop("q", timeout=0)
        pipe: Any = client.pipeline()
        watching = pipe.watch("k")
        await other.rpush("q", "job")
        assert (await holder, await watching) == ((b"q", b"job"), True)
        await other.set("k", 1)
        pipe.multi()
        with pytest.raises(WatchError):
            await pipe.execute()


async def test_nobody_waits_in_line_for_ever(url: str):
    async with from_url(url, max_connections=1, pool_timeout=0.1) as client:
        holder = client.blpop("q", timeout=0)
        start = time.perf_counter()
        with pytest.raises(MaxConnectionsError, match="all 1 connections") as caught:
            await client.blpop("other", timeout=0)
        with pytest.raises(MaxConnectionsError):
            await client.pipeline().watch("k")
        assert 0.2 <= time.perf_counter() - start < 2
        assert "max_connections" in caught.value.hint
        await client.rpush("q", "job")
        assert await holder == (b"q", b"job")
        pipe = client.pipeline()
        assert await pipe.watch("k") is True


async def test_a_cancelled_place_in_line_is_the_next_ones(url: str):
    """Also when the connection came in the very turn of the cancel."""
    async with from_url(url, max_connections=1, pool_timeout=5) as client:
        pool = client._pool()
        first = await pool.acquire()
        second, third, fourth = (asyncio.ensure_future(pool.acquire()) for _ in range(3))
        await asyncio.sleep(0)
        second.cancel()
        pool.release(first)
        third.cancel()
        assert await fourth is first
        assert pool.taken == 1
        pool.release(first)


async def test_a_newcomer_does_not_take_a_connection_from_the_line(url: str):
    async with from_url(url, max_connections=1) as client:
        pool = client._pool()
        first = await pool.acquire()
        second = asyncio.ensure_future(pool.acquire())
        await asyncio.sleep(0)
        pool.release(first)
        assert pool.acquire_nowait() is None
        assert await second is first
        pool.release(first)


async def test_those_in_line_learn_of_a_close(url: str):
    client = from_url(url, max_connections=1)
    holder, waiting = client.blpop("q", timeout=0), client.blpop("q", timeout=0)
    await asyncio.sleep(0)
    await client.aclose()
    for reply in holder, waiting:
        with pytest.raises(ConnectionError, match="closed"):
            await reply


async def test_a_lost_connection_is_not_lent_again(
    client: Redis[bytes], other: Redis[bytes]
):
    await client.blpop("none", timeout=0.01)
    (idle,) = client._pool()._idle
    await other.execute_command("CLIENT", "KILL", "ID", idle.server["id"])
    await client.rpush("q", "job")
    async with asyncio.timeout(5):
        while idle.lost is None:
            await client.ping()
    assert await client.blpop("q", timeout=1) == (b"q", b"job")
