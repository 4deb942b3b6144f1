"""The same faults for redis-py's asyncio client, beside ours.

Four figures that both clients can be asked for, since their methods have the same names:
answers to the wrong caller after random cancels, connections opened for 300 GETs of which
a third is cancelled, what one INCR does over a link that drops, and a second event loop.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import redislab
from redislab import Server
from redislab.connection.address import parse_url
from redislab.servers import Proxy
from redislab.servers.faults import Cut, Delay
from tests.reliability.durability import Armed

Make = Callable[[str], Any]


def _made_plainly(kind: Any) -> Make:
    """By its constructor, whose defaults redis-py's ``from_url`` does not have."""

    def make(url: str) -> Any:
        address, _ = parse_url(url)
        return kind(host=address.host, port=address.port, password=address.password)

    return make


def _clients() -> dict[str, Make]:
    """redis-py is imported only here: the tests do not need it."""
    import redis.asyncio

    return {
        f"redislab {redislab.__version__}": _made_plainly(redislab.Redis),
        f"redis-py {redis.__version__}": _made_plainly(redis.asyncio.Redis),
    }


CANCELS = 3_000


async def _cancelled(work: Awaitable[Any], turns: int) -> Any:
    """Cancel it after so many turns of the loop, unless it is done; gives its result."""
    task = asyncio.ensure_future(work)
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    return await task


async def wrong_answers(make: Make, server: Server, rng: random.Random) -> str:
    """Of calls that ask for a word each, how many got another, after 3,000 cancels."""
    client = make(server.url)
    words = map(b"word-%d".__mod__, itertools.count())
    cancelled = wrong = 0

    async def worker() -> None:
        nonlocal cancelled, wrong
        while cancelled < CANCELS:
            word = next(words)
            try:
                answer = await _cancelled(client.echo(word), rng.randrange(12))
                wrong += answer != word
            except asyncio.CancelledError:
                cancelled += 1

    async with asyncio.timeout(120):
        await asyncio.gather(*(worker() for _ in range(10)))
    await client.aclose()
    return f"{wrong} wrong of {cancelled:,} cancels"


async def connections_opened(make: Make, server: Server, rng: random.Random) -> str:
    """300 GETs one after the other, every third cancelled while its answer is coming."""
    async with Proxy(server.url, replies=[Delay(0.003)]) as proxy:
        client = make(proxy.url)
        for number in range(300):
            get = asyncio.ensure_future(client.get("k"))
            if number % 3 == 0:
                await asyncio.sleep(0.002)
                get.cancel()
            with suppress(asyncio.CancelledError):
                await get
        await client.aclose()
        return f"{proxy.connections}"


async def one_incr(make: Make, server: Server, rng: random.Random) -> str:
    """The link drops when the server has done it and before its answer arrives."""
    key = f"n{rng.random()}"
    replies = Armed()
    async with Proxy(server.url, replies=[replies]) as proxy:
        client = make(proxy.url)
        await client.ping()
        replies.fault = Cut(0, reset=True)
        proxy.replies = ()  # later connections are sound
        told = "no error"
        try:
            async with asyncio.timeout(20):
                await client.incr(key)
        except Exception as error:
            told = type(error).__name__
        await client.aclose()
    async with redislab.from_url(server.url) as witness:
        value = int(await witness.get(key) or 0)
    return f"{value} ({told})"


def second_loop(make: Make, server: Server) -> str:
    """The same client object in a second ``asyncio.run``."""
    client = make(server.url)

    async def use() -> None:
        await client.set("k", 1)

    asyncio.run(use())
    try:
        asyncio.run(use())
    except Exception as error:
        return f"fails: {error}"
    asyncio.run(client.aclose())
    return "works"


def compare(seed: int) -> str:
    """The table: a line for each figure, a column for each client."""
    ways: dict[str, Callable[[Make, Server], str]] = {
        "answers to the wrong caller": lambda make, server: asyncio.run(
            wrong_answers(make, server, random.Random(seed))
        ),
        "connections opened for 300 GETs, 100 of them cancelled": lambda make, server: (
            asyncio.run(connections_opened(make, server, random.Random(seed)))
        ),
        "value after one INCR over a link that drops": lambda make, server: asyncio.run(
            one_incr(make, server, random.Random())
        ),
        "a second event loop": second_loop,
    }
    clients = _clients()
    lines = [f"| | {' | '.join(clients)} |", f"|---|{'---|' * len(clients)}"]
    with Server() as server:
        for figure, way in ways.items():
            cells = [way(make, server) for make in clients.values()]
            lines.append(f"| {figure} | {' | '.join(cells)} |")
    return "\n".join([*lines, f"\nseed {seed}"])
