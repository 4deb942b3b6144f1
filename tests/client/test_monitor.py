"""Hearing every command that a server runs."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from redislab import ConnectionError, NoPermissionError, Redis, Server, from_url
from redislab.client.monitor import Monitor


async def hear(monitor: Monitor, command: str) -> Any:
    """The next command that begins so."""
    async with asyncio.timeout(5):
        async for heard in monitor:
            if heard["command"].startswith(command):
                return heard
    raise AssertionError("listen() ended")


async def test_commands_have_redis_pys_shape(client: Redis[bytes]):
    """When, in which database, from where, and the words."""
    async with client.monitor() as monitor:
        await client.set("greeting", 'say "hi"')
        heard = await hear(monitor, "SET")
    assert heard["command"] == 'SET greeting say "hi"'
    assert heard["time"] > 1e9
    address = client._shared().local_address()
    assert (heard["db"], heard["client_type"]) == (0, "tcp")
    assert f"{heard['client_address']}:{heard['client_port']}" == address


async def test_commands_come_in_order_and_once(client: Redis[bytes]):
    """A thousand of a pipeline, none missing."""
    pipe: Any = client.pipeline(transaction=False)
    for number in range(1_000):
        pipe.echo(number)
    async with client.monitor() as monitor:
        await pipe.execute()
        numbers = [(await hear(monitor, "ECHO"))["command"] for _ in range(1_000)]
    assert numbers == [f"ECHO {number}" for number in range(1_000)]


async def test_scripts_and_unix_sockets(private: Server):
    """A script's commands come from "lua", a socket's from its path."""
    async with from_url(private.unix_url) as client, client.monitor() as monitor:
        await client.eval("return redis.call('GET', KEYS[1])", 1, "k")
        whole = await hear(monitor, "EVAL")
        inner = await hear(monitor, "GET")
    assert whole["client_type"] == whole["client_address"] == "unix"
    assert whole["client_port"]
    assert (inner["client_address"], inner["client_port"]) == ("lua", "")


async def test_a_loss_ends_it(client: Redis[bytes]):
    """What was heard comes first, then the error; no silent hole."""
    async with client.monitor() as monitor:
        await client.set("k", 1)
        await hear(monitor, "SET")
        await client.execute_command("CLIENT", "KILL", "SKIPME", "yes")
        with pytest.raises(ConnectionError, match="lost"):
            await hear(monitor, "GET")


async def test_a_cancelled_wait_takes_no_command(client: Redis[bytes]):
    """The next one gets it."""
    async with client.monitor() as monitor:
        waiting = asyncio.create_task(hear(monitor, "SET"))
        await asyncio.sleep(0)
        waiting.cancel()
        await client.set("k", 1)
        assert (await hear(monitor, "SET"))["command"] == "SET k 1"


async def test_a_refusal_is_raised(private: Server):
    """A user who may not listen learns so on entering."""
    async with from_url(private.url) as client:
        await client.execute_command(
            *("ACL SETUSER", "ann", "on", ">pw", "+@all", "-monitor", "~*")
        )
        _, _, place = private.url.partition("@")
        async with from_url(f"redis://ann:pw@{place}") as ann:
            with pytest.raises(NoPermissionError):
                async with ann.monitor():
                    pass


async def test_outside_the_block_nothing_is_heard(client: Redis[bytes]):
    """A RuntimeError says where a monitor listens."""
    with pytest.raises(RuntimeError, match="async with"):
        await client.monitor().next_command()
