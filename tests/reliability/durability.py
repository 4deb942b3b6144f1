"""Links that end and servers that die at every byte of a write, with the disk as truth.

A write's outcome must agree with what the server has on its disk afterwards: DONE is
there, NOT_SENT is not, UNKNOWN may be; and a transaction is there whole or not at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

from redislab import ConnectionError, Outcome, Redis, RedisError, Server, from_url
from redislab.connection import link, session
from redislab.servers import Proxy
from redislab.servers.ask import ask
from redislab.servers.faults import Call, Cut, Fault, Stream
from tests.reliability.row import Row, Tally, Trial


class Armed:
    """A fault that begins with the first byte after it was armed."""

    def __init__(self) -> None:
        self.fault: Fault | None = None
        self.passed = 0

    async def __call__(self, stream: Stream, /) -> Stream:
        async for data in stream:
            self.passed += len(data)
            if self.fault is None:
                yield data
            else:
                async for piece in self.fault(_again(data, stream)):
                    yield piece


async def _again(first: bytes, rest: Stream) -> Stream:
    yield first
    async for data in rest:
        yield data


class Write(NamedTuple):
    """A way to write ``names``, all or (a plain pipeline) from the first on."""

    names: int
    whole: bool
    send: Callable[[Redis[bytes], list[str]], Awaitable[Any]]


def _several(transaction: bool) -> Callable[[Redis[bytes], list[str]], Awaitable[Any]]:
    def send(client: Redis[bytes], names: list[str]) -> Awaitable[Any]:
        pipe: Any = client.pipeline(transaction)
        for name in names:
            pipe.set(name, "v")
        result: Awaitable[Any] = pipe.execute()
        return result

    return send


WRITES = [
    Write(1, True, lambda client, names: client.set(names[0], "v")),
    Write(3, False, _several(False)),
    Write(3, True, _several(True)),
]


class Scene:
    """A server that writes everything to disk, and a link to it that breaks on order."""

    def __init__(self, server: Server, tally: Tally) -> None:
        self.server = server
        self.tally = tally
        self.outcomes: dict[tuple[str, int], int] = {}
        self.number = 0

    def tell(self, *command: str) -> list[bytes]:
        password = self.server.url.partition("://:")[2].partition("@")[0]
        return ask(("127.0.0.1", self.server.port), password, command)

    def always_sync(self) -> None:
        self.tell("CONFIG", "SET", "appendfsync", "always")

    async def strike(self, write: Write, way: str, after: int, fault: Any) -> int:
        """One write with a fault so many bytes in; gives how many bytes went that way."""
        self.number += 1
        names = [f"{self.number:06}-{part}" for part in range(write.names)]
        armed = Armed()
        faults: Any = {way: [armed]}
        async with (
            Proxy(self.server.url, **faults) as proxy,
            from_url(proxy.url, socket_timeout=2) as client,
        ):
            await client.ping()
            armed.passed, armed.fault = 0, fault(after)
            try:
                await write.send(client, names)
                outcome = Outcome.DONE
            except RedisError as error:
                outcome = error.outcome
        if self.server.pid is None or fault is not _cut:
            await asyncio.to_thread(self.server.restart)
            self.always_sync()
        self.judge(write, names, outcome)
        return armed.passed

    def judge(self, write: Write, names: list[str], outcome: Outcome) -> None:
        there = [self.tell("EXISTS", name) == [b"1"] for name in names]
        count = sum(there)
        torn = there[:count] != [True] * count or (write.whole and 0 < count < len(there))
        allowed = {
            Outcome.DONE: count == len(there),
            Outcome.NOT_SENT: count == 0,
            Outcome.UNKNOWN: True,
        }
        self.tally.trials += 1
        self.tally.wrong += torn or not allowed[outcome]
        case = (outcome.name, count)
        self.outcomes[case] = self.outcomes.get(case, 0) + 1

    def words(self) -> str:
        told: dict[str, int] = {}
        for (outcome, _), times in self.outcomes.items():
            told[outcome] = told.get(outcome, 0) + times
        return ", ".join(f"{times} {outcome}" for outcome, times in sorted(told.items()))


def _cut(after: int) -> Fault:
    return Cut(after, reset=True)


async def _everywhere(
    trial: Trial, fault: Callable[[Scene], Callable[[int], Fault]]
) -> Tally:
    """The fault at every ``step``-th byte of request and reply of every kind of write."""
    tally = Tally()
    step = max(1, round(100 / trial.count))
    with Server(appendonly=True) as server:
        scene = Scene(server, tally)
        scene.always_sync()
        for write in WRITES:
            for way in ("requests", "replies"):
                size = await scene.strike(write, way, 0, lambda _: _pass)
                for after in range(trial.rng.randrange(step), size + 1, step):
                    await scene.strike(write, way, after, fault(scene))
    tally.figures.append(scene.words())
    return tally


async def _pass(stream: Stream, /) -> Stream:
    """No fault at all."""
    async for data in stream:
        yield data


async def cuts(trial: Trial) -> Tally:
    """The link is reset."""
    return await _everywhere(trial, lambda scene: _cut)


async def kills(trial: Trial) -> Tally:
    """The server is killed (SIGKILL) and started again from its append-only file."""
    return await _everywhere(
        trial, lambda scene: lambda after: Call(scene.server.kill, after)
    )


async def resets(trial: Trial) -> Tally:
    """INCRs while the link is reset at random: acked <= value <= acked + unknown."""
    tally = Tally()
    acked = unknown = 0

    async def worker(client: Redis[bytes]) -> None:
        nonlocal acked, unknown
        while tally.trials < trial.count:
            tally.trials += 1
            try:
                await client.incr("n")
                acked += 1
            except ConnectionError as error:
                unknown += error.outcome is Outcome.UNKNOWN

    async def resetting(proxy: Proxy) -> None:
        while True:
            await asyncio.sleep(trial.rng.uniform(0, 0.02))
            await proxy.cut()

    with Server() as server:
        async with Proxy(server.url) as proxy, from_url(proxy.url) as client:
            cutter = asyncio.ensure_future(resetting(proxy))
            try:
                await asyncio.gather(*(worker(client) for _ in range(10)))
            finally:
                cutter.cancel()
        async with from_url(server.url) as direct:
            value = int(await direct.get("n") or 0)
    tally.wrong += not acked <= value <= acked + unknown
    tally.figures.append(f"{acked:,} acked <= {value:,} <= + {unknown:,} unknown")
    return tally


# --- the bugs ---------------------------------------------------------------------------


@contextmanager
def claiming_not_sent() -> Iterator[None]:
    """The bug: whatever is lost is said never to have been sent."""
    fail = session.fail

    def lie(reply: Any, error: RedisError, outcome: Outcome) -> None:
        fail(reply, error, Outcome.NOT_SENT)

    with patch.object(session, "fail", lie), patch.object(link, "fail", lie):
        yield


@contextmanager
def acknowledging_too_early() -> Iterator[None]:
    """The bug: a lost write counts as done."""

    async def hope(self: Redis[Any], *args: Any) -> Any:
        try:
            return await self.execute_command("SET", *args)
        except ConnectionError:
            return True

    with patch.object(Redis, "set", hope):
        yield


@contextmanager
def trying_again() -> Iterator[None]:
    """The bug: a write whose outcome is unknown is sent once more."""

    async def again(self: Redis[Any], name: str) -> Any:
        while True:
            try:
                return await self.execute_command("INCR", name)
            except ConnectionError:
                pass

    with patch.object(Redis, "incr", again):
        yield


ROWS = [
    Row(
        "cuts",
        "the link is cut at every byte of request and reply: single, pipeline, MULTI",
        cuts,
        claiming_not_sent,
        full=100,
        short=10,
        control=10,
    ),
    Row(
        "kills",
        "kill -9 of the server at every byte of the same, appendfsync always",
        kills,
        acknowledging_too_early,
        full=100,
        short=4,
        control=10,
    ),
    Row(
        "resets",
        "INCRs while the link is reset at random; none is sent twice",
        resets,
        trying_again,
        full=10_000,
        short=2_000,
        control=10_000,
    ),
]
