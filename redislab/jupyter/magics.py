"""What our magics do. Each is a coroutine: ``extension.py`` awaits it or runs it.

Every error of ours leaves here as two lines, or as IPython's UsageError; whatever else is
raised is a fault in redislab and keeps its traceback.
"""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from IPython.display import display

from redislab.client.pipeline import Pipeline
from redislab.client.redis import Redis
from redislab.commands.secrets import redact
from redislab.exceptions import Outcome, RedisError, spoken
from redislab.jupyter.arguments import CLIENT, CONNECT, PIPELINE, REDIS, as_words
from redislab.jupyter.cell import Line, read_cell
from redislab.jupyter.classroom import Classroom
from redislab.jupyter.failure import suggest_command, two_lines
from redislab.jupyter.result import Answer, PipelineResult, server_words
from redislab.trace.recorder import record
from redislab.trace.recording import Recording

FILLING_SECONDS = 3.0
"""How long ``--live`` takes at most to fill the buffer."""
FILLING_STEP = 0.4
PICTURED = 1_000
"""A cell of more lines is run, but not recorded and pictured."""


class Magics:
    """The magics of one notebook."""

    def __init__(self) -> None:
        self.classroom = Classroom()

    async def redis(self, line: str) -> Answer:
        """``%redis COMMAND``: one command, one reply."""
        try:
            options = REDIS.read(line)
            command = as_words(options.command)
            if not command:
                REDIS.error("which command? For example: %redis PING")
            client = await self.classroom.client(options.client)
            try:
                return Answer(command, await client.execute_command(*command))
            except RedisError as error:
                await suggest_command(client, command[0], error)
                raise
        except RedisError as error:
            raise two_lines(error) from None

    async def redis_pipeline(self, line: str, cell: str) -> PipelineResult:
        """``%%redis_pipeline``: the commands of the cell as one packet."""
        try:
            options = PIPELINE.read(line)
            if options.watch and not options.transaction:
                PIPELINE.error("--watch needs a transaction: leave --no-transaction out")
            lines = read_cell(cell)
            if not lines:
                PIPELINE.error("the cell says nothing: write one command a line")
            client = await self.classroom.client(options.client)
            return await _run(client, lines, options)
        except RedisError as error:
            raise two_lines(error) from None

    async def redis_connect(self, line: str) -> None:
        """``%redis_connect [URL]``: which server the magics talk to."""
        try:
            print(f"connected to {await self.classroom.connect(CONNECT.read(line).url)}")
        except RedisError as error:
            raise two_lines(error) from None

    async def redis_client(self, line: str) -> Redis[Any]:
        """``%redis_client [NAME]``: the client itself."""
        try:
            return await self.classroom.client(CLIENT.read(line).client)
        except RedisError as error:
            raise two_lines(error) from None


async def _run(
    client: Redis[Any], lines: Sequence[Line], options: Namespace
) -> PipelineResult:
    """Run the lines of a cell. When a command fails, what the others gave is shown before
    the error is raised.
    """
    with _on_show(client, options.live), _recorded(client, lines) as recording:
        values, failure = await _execute(client, lines, options)
    result = PipelineResult([line.words for line in lines], values, recording)
    failure = failure or next(iter(result.errors.values()), None)
    if failure is None:
        return result
    display(result)  # type: ignore[no-untyped-call]  # IPython's, as below
    if failure.index is None:
        raise failure
    line = lines[failure.index]
    await suggest_command(client, line.words[0], failure)
    raise two_lines(failure, f"{_where(line)}: {server_words(failure)}")


async def _execute(
    client: Redis[Any], lines: Sequence[Line], options: Namespace
) -> tuple[list[Any], RedisError | None]:
    """The replies; or none, and why the server ran nothing."""
    async with client.pipeline(options.transaction) as pipe:
        if options.watch:
            await pipe.watch(*options.watch)
            pipe.multi()
        await _fill(pipe, lines, slowly=options.live)
        try:
            return await pipe.execute(raise_on_error=False), None
        except RedisError as error:
            if error.outcome is not Outcome.DONE:
                raise
            return [], error


async def _fill(pipe: Pipeline[Any], lines: Sequence[Line], slowly: bool) -> None:
    """Buffer the commands. Raises before anything is sent if one may not be buffered."""
    step = min(FILLING_STEP, FILLING_SECONDS / len(lines)) if slowly else 0
    for line in lines:
        try:
            pipe.execute_command(*line.words)
        except RedisError as error:
            raise two_lines(error, f"{_where(line)}: {error}") from None
        if step:
            await asyncio.sleep(step)


def _recorded(
    client: Redis[Any], lines: Sequence[Line]
) -> AbstractContextManager[Recording | None]:
    return record(client) if len(lines) <= PICTURED else nullcontext()


def _where(line: Line) -> str:
    return f"line {line.number}, {spoken(redact(line.words))}"


@contextmanager
def _on_show(client: Redis[Any], wanted: bool) -> Iterator[None]:
    """With ``--live``: a live view of the client stands above the result."""
    if not wanted:
        yield
        return
    from redislab.jupyter.live import Live  # widgets are loaded by those who want one

    with Live(client) as live:
        display(live)  # type: ignore[no-untyped-call]
        yield
