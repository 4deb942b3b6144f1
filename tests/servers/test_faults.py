"""The fault proxy: what a client meets behind each fault, and that nothing stays behind."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from redislab import ConnectionError, Redis, TimeoutError, from_url
from redislab.servers import Proxy, faults
from redislab.servers.faults import (
    BlackHole,
    Call,
    Coalesce,
    Cut,
    Delay,
    Fault,
    Garbage,
    HalfClose,
    Split,
)


async def after(*chain: Fault, pieces: tuple[bytes, ...]) -> list[bytes]:
    """What comes out of faults when these pieces go in."""

    async def source() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    stream: Any = source()
    for fault in chain:
        stream = fault(stream)
    return [piece async for piece in stream if piece]


async def test_each_fault_does_to_the_bytes_what_its_name_says():
    two = (b"abc", b"def")
    called: list[int] = []
    assert await after(Split(2), pieces=two) == [b"ab", b"c", b"de", b"f"]
    assert await after(Coalesce(), pieces=two) == [b"abcdef"]
    assert await after(HalfClose(4), pieces=two) == [b"abc", b"d"]
    assert await after(BlackHole(4), pieces=two) == [b"abc", b"d"]
    assert await after(Garbage(b"!", 3), pieces=two) == [b"abc", b"!", b"def"]
    assert await after(Garbage(b"!"), pieces=two) == [b"!", b"abc", b"def"]
    assert await after(Call(lambda: called.append(1), 4), pieces=two) == [
        b"abc",
        b"d",
        b"ef",
    ]
    assert called == [1]
    with pytest.raises(faults._Broken):
        await after(Cut(4), pieces=two)


async def test_faults_compose():
    start = time.perf_counter()
    assert await after(Coalesce(), Split(3), Delay(0.01), pieces=(b"ab", b"cdef")) == [
        b"abc",
        b"def",
    ]
    assert time.perf_counter() - start >= 0.02


@pytest.mark.parametrize("chain", [(), (Split(),), (Coalesce(), Split(7)), (Delay(0.001),)])
async def test_a_link_that_only_reorders_time_gives_the_same_answers(url: str, chain):
    async with Proxy(url, requests=chain, replies=chain) as proxy:
        async with from_url(proxy.url) as client:
            assert await client.set("k", "v" * 100) is True
            pipe = client.pipeline().get("k").incr("n")
            assert await pipe.execute() == [b"v" * 100, 1]
        assert proxy.connections == 1


@pytest.mark.parametrize("fault", [Cut(), Cut(reset=True), HalfClose()])
async def test_a_link_that_ends_is_a_connection_error(url: str, fault: Fault):
    async with Proxy(url, replies=[fault]) as proxy, from_url(proxy.url) as client:
        with pytest.raises(ConnectionError):
            await client.ping()
        proxy.replies = ()
        assert await client.ping() is True


async def test_a_lie_is_no_answer(url: str):
    async with Proxy(url, replies=[Garbage()]) as proxy, from_url(proxy.url) as client:
        with pytest.raises(ConnectionError, match="not the Redis protocol"):
            await client.ping()
        proxy.replies = ()
        assert await client.ping() is True


async def test_a_frozen_link_is_silent_and_a_thawed_one_delivers(url: str):
    async with Proxy(url) as proxy, from_url(proxy.url, socket_timeout=0.2) as client:
        await client.ping()
        proxy.freeze()
        with pytest.raises(TimeoutError):
            await client.ping()
        proxy.thaw()
        assert await client.ping() is True


async def test_a_cut_ends_them_all_and_closed_doors_let_nobody_in(url: str):
    async with Proxy(url) as proxy, from_url(proxy.url) as client:
        await client.ping()
        proxy.accepts = False
        await proxy.cut()
        with pytest.raises(ConnectionError):
            await client.ping()
        proxy.accepts = True
        assert await client.ping() is True


async def test_a_unix_socket_lies_behind_it_as_well(valkey):
    async with Proxy(valkey.unix_url) as proxy, from_url(proxy.url) as client:
        assert await client.ping() is True


async def test_it_shows_no_password_and_says_when_it_is_not_open(valkey):
    proxy = Proxy(valkey.url)
    password = proxy.address.password
    assert password is not None
    with pytest.raises(RuntimeError, match="not open"):
        proxy.port  # noqa: B018
    async with proxy:
        assert password in proxy.url
        assert password not in repr(proxy)


async def test_a_closed_proxy_leaves_no_task(url: str):
    before = asyncio.all_tasks()
    async with Proxy(url) as proxy, from_url(proxy.url) as client:
        await client.ping()
        await client.blpop("none", timeout=0.01)
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before
    assert isinstance(client, Redis)
