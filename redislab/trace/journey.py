"""Where a command's time goes: its way to the server and back, with a stopwatch.

    encode > queue > write > wait > read and parse > wake up

Rules of this file:
- It runs the client's own code, on a connection of its own that has the same settings.
  The stopwatch hangs where asyncio lets us: around the transport's write, on the protocol
  that is told of new bytes, and in the shape that every answer goes through.
- A figure is the median of many commands, one after the other, so that neither the first
  one's surprises nor a busy neighbour's moment count.
- How long the server worked, the server says (INFO commandstats). Nobody else can know.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter_ns
from typing import Any, Literal, Protocol

from redislab.commands.secrets import redact
from redislab.connection.address import Address
from redislab.connection.connection import Connection
from redislab.connection.manner import Manner
from redislab.connection.socket import Socket
from redislab.exceptions import RedisError
from redislab.wire.encode import Arguments, encode

TIMES = 300
WARM_UP = 30

Where = Literal["python", "system", "away"]


class Client(Protocol):
    """What is needed of ``redislab.Redis``, which this room may not import."""

    address: Address
    _manner: Manner


@dataclass(frozen=True, slots=True)
class Stage:
    """One part of the way."""

    name: str
    where: Where
    """In Python code, in a system call of ours, or out of our hands."""
    nanoseconds: float


@dataclass(frozen=True, slots=True)
class Journey:
    """A command's way, stage after stage."""

    command: Arguments
    times: int
    """How many commands the medians are of."""
    stages: tuple[Stage, ...]
    server: float | None
    """Nanoseconds of the wait in which the server ran the command, by its own account."""

    @property
    def total(self) -> float:
        """Nanoseconds from the call to the answer."""
        return sum(stage.nanoseconds for stage in self.stages)


async def follow(client: Client, *command: Any, times: int = TIMES) -> Journey:
    """Send a command so many times, one after the other, and see where its time goes.

    ``await follow(alice, "GET", "greeting")``. It runs for real: choose one that may be
    repeated. Raises what the command raises.
    """
    connection = _Timed(client.address, client._manner, asyncio.get_running_loop())
    try:
        await connection.connect()
        for _ in range(WARM_UP):
            await connection.timed(command)
        before = await _work(connection, command[0])
        found = [await connection.timed(command) for _ in range(times)]
        after = await _work(connection, command[0])
    finally:
        connection.close()
        await asyncio.sleep(0)  # the socket is closed in the loop's next turn
    encoding = median(_encoding(command) for _ in range(times))
    middles = [median(moments) for moments in zip(*found, strict=True)]
    stages = _stages(encoding, middles)
    return Journey(redact(command), times, stages, _each(before, after))


def _stages(encoding: float, middles: list[float]) -> tuple[Stage, ...]:
    before_write, write, wait, read, wake = middles
    return (
        Stage("encode", "python", encoding),
        Stage("queue", "python", max(0.0, before_write - encoding)),
        Stage("write", "system", write),
        Stage("wait", "away", wait),
        Stage("read and parse", "python", read),
        Stage("wake up", "python", wake),
    )


class _Timed(Connection):
    """A connection with a stopwatch. Only for one command at a time."""

    __slots__ = ("begun", "seen", "written")

    begun: int
    written: int
    seen: int

    async def timed(self, command: Arguments) -> tuple[int, int, int, int, int]:
        """One command: nanoseconds up to the write, in it, and in the stages after it."""
        parsed = 0

        def shape(answer: Any) -> Any:
            nonlocal parsed
            parsed = perf_counter_ns()
            return answer

        self.seen = 0
        start = perf_counter_ns()
        await self.send(command, shape)
        end = perf_counter_ns()
        return (
            self.begun - start,
            self.written - self.begun,
            self.seen - self.written,
            parsed - self.seen,
            end - parsed,
        )

    async def _open(self) -> None:
        await super()._open()
        assert self._transport is not None
        self.begun = self.written = self.seen = 0
        self._write = self._stopped(self._transport.write)
        self._socket = _TimedSocket(self)
        self._transport.set_protocol(self._socket)

    def _stopped(self, write: Callable[[bytes], None]) -> Callable[[bytes], None]:
        def stopped(data: bytes) -> None:
            self.begun = perf_counter_ns()
            write(data)
            self.written = perf_counter_ns()

        return stopped


class _TimedSocket(Socket):
    """Notes when it is asked for a buffer: bytes have come and are about to be read."""

    def __init__(self, connection: _Timed) -> None:
        super().__init__(connection)
        self._connection = connection

    def get_buffer(self, sizehint: int) -> bytearray:
        if not self._connection.seen:
            self._connection.seen = perf_counter_ns()
        return super().get_buffer(sizehint)


def _encoding(command: Arguments) -> int:
    """Nanoseconds to encode it, by itself: a pure function takes as long anywhere."""
    start = perf_counter_ns()
    encode(command)
    return perf_counter_ns() - start


async def _work(connection: Connection, name: Any) -> tuple[int, int] | None:
    """How often the server has run such commands, and for how many microseconds."""
    try:
        told = await connection.send(("INFO", "commandstats"))
    except RedisError:  # this user may not ask
        return None
    pattern = rb"cmdstat_%b:calls=(\d+),usec=(\d+)," % re.escape(str(name).lower().encode())
    found = re.search(pattern, bytes(told))
    return (int(found[1]), int(found[2])) if found else None


def _each(before: tuple[int, int] | None, after: tuple[int, int] | None) -> float | None:
    if before is None or after is None or after[0] == before[0]:
        return None
    return 1e3 * (after[1] - before[1]) / (after[0] - before[0])
