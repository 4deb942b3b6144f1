"""What waits for a server that takes nothing is bounded, and says so."""

from __future__ import annotations

import asyncio

import pytest

from redislab import ConnectionError, Outcome, Redis
from tests.connection.peers import Talk, greet_and_echo, peer

LIMIT = 10_000
WORD = b"x" * 1000


async def test_more_than_may_wait_is_refused_and_the_rest_arrives_in_order():
    """Single commands and pipelines alike, before the server has answered HELLO."""
    go = asyncio.Event()

    async def late(talk: Talk) -> None:
        await go.wait()
        await greet_and_echo(talk)

    async with (
        peer(late) as server,
        Redis("127.0.0.1", server.port, max_backlog=LIMIT) as client,
    ):
        waiting = [client.execute_command("ECHO", WORD) for _ in range(9)]
        with pytest.raises(ConnectionError, match="wait already") as caught:
            await client.execute_command("ECHO", WORD)
        assert caught.value.outcome is Outcome.NOT_SENT
        assert "max_backlog" in caught.value.hint
        pipe = client.pipeline().set("k", WORD)
        with pytest.raises(ConnectionError, match="wait already"):
            await pipe.execute()
        go.set()
        assert await asyncio.gather(*waiting) == [WORD] * 9
        assert server.count(b"MULTI") == 0
        assert await client.execute_command("ECHO", WORD) == WORD


async def test_one_command_may_be_larger_than_all_that_may_wait():
    async with (
        peer(greet_and_echo) as server,
        Redis("127.0.0.1", server.port, max_backlog=LIMIT) as client,
    ):
        large = WORD * 100
        assert await client.execute_command("ECHO", large) == large


async def test_a_server_that_was_away_leaves_no_debt():
    """What was refused with it makes room for what comes after."""

    async def hang_up(talk: Talk) -> None:
        await talk.hear()

    async with (
        peer(*[hang_up] * 5, greet_and_echo) as server,
        Redis("127.0.0.1", server.port, max_backlog=LIMIT) as client,
    ):
        for _ in range(2):
            replies = [client.execute_command("ECHO", WORD) for _ in range(9)]
            answers = await asyncio.gather(*replies, return_exceptions=True)
        assert answers == [WORD] * 9
