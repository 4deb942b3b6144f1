"""Calls cancelled at random, each asking for a word that no other asks for.

Whoever gets an answer compares it with the word. Seeds make a run repeatable.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from redislab import Redis, RedisError

Call = Callable[[Redis[bytes], bytes], Awaitable[bool]]
"""Asks for a word; gives whether the answer is the right one."""

WORKERS = 20


async def single(client: Redis[bytes], word: bytes) -> bool:
    return bool(await client.execute_command("ECHO", word) == word)


async def pipeline(client: Redis[bytes], word: bytes) -> bool:
    pipe: Any = client.pipeline(transaction=False)
    pipe.execute_command("ECHO", word).execute_command("ECHO", b"b" + word)
    return bool(await pipe.execute() == [word, b"b" + word])


async def transaction(client: Redis[bytes], word: bytes) -> bool:
    pipe: Any = client.pipeline()
    pipe.execute_command("ECHO", word).execute_command("ECHO", b"b" + word)
    return bool(await pipe.execute() == [word, b"b" + word])


async def watching(client: Redis[bytes], word: bytes) -> bool:
    async with client.pipeline() as pipe:
        await pipe.watch(word)
        right = await pipe.execute_command("ECHO", word) == word
        pipe.multi()
        pipe.execute_command("ECHO", b"b" + word)
        return bool(right and await pipe.execute() == [b"b" + word])


async def blocking(client: Redis[bytes], word: bytes) -> bool:
    await client.rpush(word, word)
    return bool(await client.blpop(word, timeout=5) == (word, word))


@dataclass
class Tally:
    """What became of the calls."""

    cancelled: int = 0
    answered: int = 0
    mismatched: int = 0
    failed: Counter[str] = field(default_factory=Counter)


async def storm(
    client: Redis[bytes], calls: list[Call], cancels: int, rng: random.Random
) -> Tally:
    """Call until ``cancels`` calls were cancelled, after 0 to 12 turns of the loop each."""
    tally = Tally()
    words = map(b"word-%d".__mod__, itertools.count())

    async def one() -> None:
        task = asyncio.ensure_future(rng.choice(calls)(client, next(words)))
        if rng.random() < 0.6:
            for _ in range(rng.randrange(12)):
                await asyncio.sleep(0)
            task.cancel()
        try:
            right = await task
        except asyncio.CancelledError:
            tally.cancelled += 1
        except RedisError as error:
            tally.failed[repr(error)] += 1
        else:
            tally.answered += 1
            tally.mismatched += not right

    async def worker() -> None:
        while tally.cancelled < cancels and not (tally.mismatched or tally.failed):
            await one()

    with suppress(TimeoutError):
        async with asyncio.timeout(60):
            await asyncio.gather(*(worker() for _ in range(WORKERS)))
    return tally
