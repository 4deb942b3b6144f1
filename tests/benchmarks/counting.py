"""What an operation costs, counted instead of timed.

Seconds depend on the neighbours; how many functions are called, how many lines of ours
run and how often the socket is written to do not. A count that grows is a regression,
whatever the clock says; that it stays the same is no proof that nothing became slower,
which is what ``python -m tests.benchmarks`` is for.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import redislab

OURS = str(Path(redislab.__file__).parent)
TRIES = 3
"""The least of so many counts: now and then a timer or a split packet adds a little."""

Work = Callable[[], Awaitable[object]]


class Cost(NamedTuple):
    calls: float
    """Functions called, Python's and C's, by us and by asyncio."""
    lines: float
    """Lines run in redislab's own files."""
    writes: float
    """System calls that sent something."""


async def cost(work: Work, operations: int = 1) -> Cost:
    """What one operation of ``work`` costs; writes are counted for all of them together."""
    await work()  # what happens only the first time is no part of it
    found = [await _once(work) for _ in range(TRIES)]
    calls, lines, writes = map(min, zip(*found, strict=True))
    return Cost(calls / operations, lines / operations, writes)


async def _once(work: Work) -> Cost:
    with _called() as calls:
        await work()
    with _lines() as lines, _written() as writes:
        await work()
    return Cost(len(calls), len(lines), len(writes))


@contextmanager
def _called() -> Iterator[list[None]]:
    seen: list[None] = []

    def look(frame: FrameType, event: str, argument: Any) -> None:
        if event in ("call", "c_call"):
            seen.append(None)

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        yield seen
    finally:
        sys.setprofile(before)


@contextmanager
def _lines() -> Iterator[list[None]]:
    seen: list[None] = []

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line":
            seen.append(None)
        return line

    def look(frame: FrameType, event: str, argument: Any) -> Any:
        return line if frame.f_code.co_filename.startswith(OURS) else None

    before = sys.gettrace()
    sys.settrace(look)
    try:
        yield seen
    finally:
        sys.settrace(before)


@contextmanager
def _written() -> Iterator[list[int]]:
    """The sizes of what asyncio's transports give to their sockets."""
    sizes: list[int] = []
    real = socket.socket.send

    def send(self: socket.socket, data: Any, *flags: int) -> int:
        sizes.append(len(data))
        return real(self, data, *flags)

    socket.socket.send = send  # type: ignore[method-assign, assignment]  # put back below
    try:
        yield sizes
    finally:
        del socket.socket.send  # the class inherits the real one
