"""Clients in other loops, threads and forks, after their end, and under observation."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from redislab import Redis, Server, from_url
from redislab.events import Observers
from tests.reliability.row import Row, Tally, Trial

AT_ONCE = 1.0
"""Seconds that any of these may take."""


async def lives(trial: Trial) -> Tally:
    """A second loop, a loop in another thread, a fork, use after close: all work."""
    tally = Tally()
    with Server() as server:
        for _ in range(trial.count):
            for life in (second_loop, other_thread, fork, after_close):
                start = time.perf_counter()
                try:
                    right = await asyncio.to_thread(life, server.url)
                except Exception as error:
                    right = False
                    tally.figures.append(f"{life.__name__}: {error!r}")
                tally.wrong += not right
                tally.lost += time.perf_counter() - start > AT_ONCE
                tally.trials += 1
            if tally.bad:
                break
    return tally


async def _use(client: Redis[Any], word: bytes) -> bool:
    async with asyncio.timeout(AT_ONCE):
        await client.pipeline().set(word, word).execute()
        return bool(await client.get(word) == word)


def second_loop(url: str) -> bool:
    client = from_url(url)
    return all(asyncio.run(_use(client, b"%d" % number)) for number in range(2))


def other_thread(url: str) -> bool:
    client = from_url(url)
    right: list[bool] = []

    def use_there() -> None:
        try:
            right.append(asyncio.run(_use(client, b"there")))
        except Exception:
            right.append(False)

    async def main() -> None:
        await _use(client, b"here")
        thread = threading.Thread(target=use_there)
        thread.start()
        while thread.is_alive():
            right.append(await _use(client, b"here"))
        await client.aclose()

    asyncio.run(main())
    return all(right) and len(right) > 1


def fork(url: str) -> bool:
    """The child uses the client its parent is using; both get their own answers."""
    client = from_url(url)

    async def main() -> bool:
        await _use(client, b"parent")
        child = os.fork()
        if child == 0:
            signal.alarm(5)
            os._exit(0 if _in_child(client) else 1)
        right = [await _use(client, b"parent") for _ in range(20)]
        _, status = await asyncio.to_thread(os.waitpid, child, 0)
        right.append(await _use(client, b"parent"))
        return status == 0 and all(right)

    return asyncio.run(main())


def _in_child(client: Redis[Any]) -> bool:
    try:
        return all(asyncio.run(_use(client, b"child")) for _ in range(3))
    except BaseException:
        return False


def after_close(url: str) -> bool:
    client = from_url(url)

    async def main() -> bool:
        await _use(client, b"before")
        await client.aclose()
        return await _use(client, b"after")

    return asyncio.run(main())


async def observers(trial: Trial) -> Tally:
    """Observers that raise at once, or some time later: no command notices."""
    tally = Tally()
    log = logging.getLogger("redislab")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with Server() as server:
            async with from_url(server.url) as client:
                while tally.trials < trial.count and not tally.wrong:
                    client.attach(_bomb(trial.rng.randrange(8)))
                    word = b"%d" % tally.trials
                    try:
                        pipe: Any = client.pipeline()
                        results = await pipe.set("k", word).get("k").execute()
                        tally.wrong += results[1] != word
                        tally.wrong += await client.get("k") != word
                    except ZeroDivisionError:
                        tally.wrong += 1
                    tally.trials += 3
    finally:
        log.setLevel(level)
    return tally


def _bomb(later: int) -> Callable[[Any], None]:
    events = iter(range(later))

    def explode(event: Any) -> None:
        if next(events, None) is None:
            raise ZeroDivisionError("an observer")

    return explode


# --- the bugs ---------------------------------------------------------------------------


@contextmanager
def clinging_to_the_first_loop() -> Iterator[None]:
    """The bug: the connection once made is used in every loop."""
    shared = Redis._shared

    def first(self: Redis[Any]) -> Any:
        return self._everyday or shared(self)

    with patch.object(Redis, "_shared", first):
        yield


@contextmanager
def trusting_observers() -> Iterator[None]:
    """The bug: what an observer raises goes up to the command."""

    def emit(self: Observers, event: Any) -> None:
        for observer in tuple(self._observers):
            observer(event)

    with patch.object(Observers, "emit", emit):
        yield


ROWS = [
    Row(
        "lives",
        "a second loop, another thread's loop, a fork, use after close",
        lives,
        clinging_to_the_first_loop,
        full=20,
        short=3,
        control=1,
    ),
    Row(
        "observers",
        "observers that raise, at once or later",
        observers,
        trusting_observers,
        full=10_000,
        short=600,
        control=100,
    ),
]
