"""Ways to lose a server, and how soon after the healing its client is back."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

from redislab import RedisError, Server, from_url
from redislab.connection.link import Link
from redislab.servers import Proxy
from redislab.servers.faults import BlackHole, Cut, Garbage, HalfClose
from tests.reliability.durability import Armed
from tests.reliability.row import Row, Tally, Trial

PATIENCE = 0.2
"""Seconds the client waits for an answer; a silent link is noticed no sooner."""

BACK_WITHIN = 1.0
OUTAGE = 0.05
PHASES = ["not connected", "idle", "in flight"]


class Scene(NamedTuple):
    server: Server
    proxy: Proxy
    replies: Armed


async def restart(scene: Scene) -> None:
    scene.server.kill()
    await asyncio.sleep(OUTAGE)
    await asyncio.to_thread(scene.server.restart)


async def reset(scene: Scene) -> None:
    await scene.proxy.cut()


async def refuse(scene: Scene) -> None:
    scene.proxy.accepts = False
    await scene.proxy.cut()
    await asyncio.sleep(OUTAGE)
    scene.proxy.accepts = True


async def freeze(scene: Scene) -> None:
    scene.proxy.freeze()
    await asyncio.sleep(OUTAGE)
    scene.proxy.thaw()


def strike(fault: Any) -> Callable[[Scene], Awaitable[None]]:
    """It strikes what is on its way or comes next, and no later connection."""

    async def arm(scene: Scene) -> None:
        scene.replies.fault = fault
        await asyncio.sleep(OUTAGE)
        scene.proxy.replies = ()

    return arm


OUTAGES: dict[str, Callable[[Scene], Awaitable[None]]] = {
    "restart": restart,
    "reset": reset,
    "refuse": refuse,
    "freeze": freeze,
    "cut": strike(Cut(3)),
    "half-close": strike(HalfClose(1)),
    "black hole": strike(BlackHole(2)),
    "garbage": strike(Garbage()),
}


async def outages(trial: Trial) -> Tally:
    """Eight outages in three phases of a connection's life, each several times."""
    tally = Tally()
    slowest = 0.0
    with Server() as server:
        for _, name, phase in itertools.product(range(trial.count), OUTAGES, PHASES):
            await asyncio.sleep(trial.rng.uniform(0, 0.005))
            seconds = await recovery(server, phase, OUTAGES[name])
            slowest = max(slowest, seconds)
            tally.trials += 1
            if seconds > BACK_WITHIN:
                tally.lost += 1
                tally.figures.append(f"{name}, {phase}: {seconds:.1f} s")
                break
    tally.figures.append(f"back within {slowest:.2f} s")
    return tally


async def recovery(server: Server, phase: str, outage: Any) -> float:
    """Seconds from the healing to the next answer."""
    replies = Armed()
    async with (
        Proxy(server.url, replies=[replies]) as proxy,
        from_url(proxy.url, socket_timeout=PATIENCE) as client,
    ):
        if phase != "not connected":
            await client.ping()
        under_way = [client.incr("n") for _ in range(5)] if phase == "in flight" else []
        await outage(Scene(server, proxy, replies))
        healed = time.perf_counter()
        while time.perf_counter() - healed < 2 * BACK_WITHIN:
            try:
                await client.ping()
                break
            except RedisError:
                await asyncio.sleep(0.01)
        seconds = time.perf_counter() - healed
        await asyncio.gather(*under_way, return_exceptions=True)
    return seconds


# --- the bugs ---------------------------------------------------------------------------


@contextmanager
def staying_down() -> Iterator[None]:
    """The bug: a connection that was lost once is never made anew."""
    wake = Link._wake

    def only_once(self: Link) -> None:
        if self.server:
            self.lost = RedisError("lost for good")
        wake(self)

    with patch.object(Link, "_wake", only_once):
        yield


ROWS = [
    Row(
        "outages",
        "restart, reset, refusal, freeze, cut, half-close, black hole, garbage, "
        "before, between and during commands",
        outages,
        staying_down,
        full=20,
        short=1,
        control=1,
    ),
]
