"""A long pipeline without a transaction goes in windows.

A million commands in one batch would keep every other task waiting for a million replies,
and hold both sides' buffers full. So they leave a window at a time, the next while the
one before is being answered: memory stays bounded, others get their turn between two
windows, and after a cancel the rest is never sent.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeAlias

from redislab.client.results import Commands, Shapes, plain_results
from redislab.connection.connection import Connection
from redislab.connection.session import Reply
from redislab.exceptions import RedisError
from redislab.wire.encode import check_all

WINDOW = 10_000
"""Commands in one window."""

IN_FLIGHT = 2
"""Windows that may be under way: one is answered while the next is sent."""

Progress: TypeAlias = Callable[[int, int], object]
"""Called with how many commands are answered, of how many."""


async def windows(
    connection: Connection, commands: Commands, shapes: Shapes, decode: bool
) -> AsyncIterator[list[Any]]:
    """The results, a window at a time; errors are in the lists."""
    check_all(commands)
    under_way: deque[Reply[list[Any]]] = deque()
    try:
        for start in range(0, len(commands), WINDOW):
            part = list(commands[start : start + WINDOW])
            shape = plain_results(
                part, shapes[start : start + WINDOW], decode, False, start
            )
            under_way.append(connection.send_batch(part, shape))
            if len(under_way) == IN_FLIGHT:
                yield await under_way.popleft()
        while under_way:
            yield await under_way.popleft()
    finally:
        for reply in under_way:
            reply.cancel()


async def run_in_windows(
    connection: Connection,
    commands: Commands,
    shapes: Shapes,
    decode: bool,
    raise_on_error: bool,
    progress: Progress | None,
) -> list[Any]:
    """All results in one list. An error of the link carries those that did come."""
    results: list[Any] = []
    try:
        async for part in windows(connection, commands, shapes, decode):
            results += part
            if progress is not None:
                progress(len(results), len(commands))
    except RedisError as error:
        error.results = results
        raise
    if raise_on_error:
        raise_first(results)
    return results


def raise_first(results: list[Any]) -> None:
    """Raise the first error among the results, if there is one."""
    for result in results:
        if isinstance(result, (RedisError, UnicodeDecodeError)):
            if isinstance(result, RedisError):
                result.results = results
            raise result
