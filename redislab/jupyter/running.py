"""Running the commands of a cell: one by one or as a pipeline, repeated, delayed, timed.

Whatever was answered is kept: a run gives its replies together with the error that ended
it, and the magic shows both.
"""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import Awaitable, Callable, Sequence
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple, TypeVar

from redislab.client.pipeline import Pipeline
from redislab.client.redis import Redis
from redislab.commands.secrets import redact
from redislab.exceptions import DataError, Outcome, RedisError, WatchError, spoken
from redislab.jupyter.cell import Line, Words
from redislab.jupyter.failure import two_lines
from redislab.jupyter.lint import note
from redislab.jupyter.options import as_bytes
from redislab.jupyter.values import Names, fill
from redislab.views.words import count

T = TypeVar("T")

FILLING_SECONDS = 3.0
"""How long ``--live`` takes at most to fill the buffer."""
FILLING_STEP = 0.4


class Ran(NamedTuple):
    """What came of the commands of a cell."""

    replies: list[Any]
    failure: RedisError | None
    """What ended it early; its ``index`` is the command's."""


def filled(lines: Sequence[Line], names: Names) -> list[Words]:
    """The commands of the lines. DataError, with the line, if a value cannot be sent."""
    commands = []
    for line in lines:
        try:
            commands.append(fill(line.words, names))
        except DataError as error:
            error.args = (f"line {line.number}: {error}",)
            raise
    return commands


async def one_by_one(
    client: Redis[Any], commands: Sequence[Words], options: Namespace
) -> Ran:
    """Each when the one before is answered, until one fails."""
    replies: list[Any] = []
    for index, words in enumerate(commands):
        await far(options)
        try:
            replies.append(await client.execute_command(*words))
        except RedisError as error:
            error.index = index
            return Ran(replies, error)
    return Ran(replies, None)


async def in_a_pipeline(
    client: Redis[Any], lines: Sequence[Line], commands: Sequence[Words], options: Namespace
) -> Ran:
    """All in one packet; again from WATCH when a watched key was changed."""
    for left in range(options.retry, -1, -1):
        try:
            return await _once(client, lines, commands, options)
        except WatchError as error:
            if not left:
                return Ran([], error)
            note(f"{error}. Once more from WATCH.")
    raise AssertionError("the last try returns or raises")


async def _once(
    client: Redis[Any], lines: Sequence[Line], commands: Sequence[Words], options: Namespace
) -> Ran:
    async with client.pipeline(options.transaction) as pipe:
        if options.watch:
            await far(options)
            await pipe.watch(*as_bytes(options.watch))
            pipe.multi()
        await _fill(pipe, lines, commands, slowly=options.live)
        await far(options)
        try:
            return Ran(await pipe.execute(raise_on_error=False), None)
        except WatchError:
            raise
        except RedisError as error:
            if error.outcome is not Outcome.DONE:
                raise
            return Ran([], error)


async def _fill(
    pipe: Pipeline[Any], lines: Sequence[Line], commands: Sequence[Words], slowly: bool
) -> None:
    """Buffer the commands. Raises before anything is sent if one may not be buffered."""
    step = min(FILLING_STEP, FILLING_SECONDS / len(lines)) if slowly else 0
    for line, words in zip(lines, commands, strict=True):
        try:
            pipe.execute_command(*words)
        except RedisError as error:
            raise two_lines(error, f"{where(line, words)}: {error}") from None
        if step:
            await asyncio.sleep(step)


def where(line: Line, words: Words) -> str:
    """``line 3, INCR text``, for an error."""
    return f"line {line.number}, {spoken(redact(words))}"


async def far(options: Namespace) -> None:
    """``--delay``: the way to a server that is farther away than ours."""
    if options.delay:
        await asyncio.sleep(options.delay / 1000)


async def repeated(run: Callable[[], Awaitable[T]], options: Namespace, what: str) -> T:
    """``--repeat`` and ``--time``: the last result. It is ``what`` that took the time."""
    took = []
    for _ in range(options.repeat):
        start = perf_counter()
        result = await run()
        took.append(1e3 * (perf_counter() - start))
    if options.time:
        print(f"{what}: {timing(took)}")
    return result


def timing(milliseconds: Sequence[float]) -> str:
    """In words: ``0.41 ms``, and the spread of several.

    >>> timing([0.5, 0.25, 1.0])
    '0.5 ms (median of 3; 0.25 to 1)'
    """
    middle = f"{median(milliseconds):.3g} ms"
    if len(milliseconds) == 1:
        return middle
    low, high = min(milliseconds), max(milliseconds)
    return f"{middle} (median of {len(milliseconds)}; {low:.3g} to {high:.3g})"


def journeys(commands: int, round_trips: int) -> str:
    """What was timed: ``3 commands, 1 round trip``."""
    return f"{count(commands, 'command')}, {count(round_trips, 'round trip')}"
