"""A long pipeline without a transaction goes in windows.

A million commands in one batch would keep every other task waiting for a million replies,
and hold both sides' buffers full. So they leave a window at a time, the next while the
one before is being answered: memory stays bounded, others get their turn between two
windows, and after a cancel the rest is never sent.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import Any, NamedTuple, TypeAlias

from redislab.client.results import Commands, Shapes, plain_results
from redislab.connection.connection import Connection, Labels
from redislab.connection.session import Reply
from redislab.exceptions import RedisError
from redislab.wire.encode import check_all

WINDOW = 10_000
"""Commands in one window."""

IN_FLIGHT = 2
"""Windows that may be under way: one is answered while the next is sent."""

Progress: TypeAlias = Callable[[int, int], object]
"""Called with how many commands are answered, of how many."""


class Load(NamedTuple):
    """What a pipeline has kept, and how it is to be sent."""

    connection: Connection
    commands: Commands
    shapes: Shapes
    decode: bool
    labels: Labels | None


async def windows(load: Load) -> AsyncIterator[list[Any]]:
    """The results, a window at a time; errors are in the lists."""
    check_all(load.commands)
    under_way: deque[Reply[list[Any]]] = deque()
    try:
        for start in range(0, len(load.commands), WINDOW):
            under_way.append(_send_window(load, start))
            if len(under_way) == IN_FLIGHT:
                yield await under_way.popleft()
        while under_way:
            yield await under_way.popleft()
    finally:
        for reply in under_way:
            reply.cancel()


def _send_window(load: Load, start: int) -> Reply[list[Any]]:
    part = slice(start, start + WINDOW)
    commands, labels = list(load.commands[part]), load.labels
    if labels is not None:
        labels = labels._replace(numbers=labels.numbers[part])
    shape = plain_results(commands, load.shapes[part], load.decode, False, start)
    return load.connection.send_batch(commands, shape, labels=labels)


async def run_in_windows(
    load: Load, raise_on_error: bool, progress: Progress | None
) -> list[Any]:
    """All results in one list. An error of the link carries those that did come."""
    results: list[Any] = []
    try:
        async for part in windows(load):
            results += part
            if progress is not None:
                progress(len(results), len(load.commands))
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
