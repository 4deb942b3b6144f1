"""The magics that send what a cell says. Each is a coroutine: ``extension.py`` awaits it
or runs it. The magics that look at the server are in ``looking.py``.

Every error of ours leaves here as two lines, or as IPython's UsageError; whatever else is
raised is a fault in redislab and keeps its traceback.
"""

from __future__ import annotations

from argparse import Namespace
from itertools import count
from typing import Any

from redislab.client.windows import WINDOW
from redislab.exceptions import WatchError
from redislab.jupyter.arguments import COMMANDS, PIPELINE, REDIS, TRANSACTION
from redislab.jupyter.cell import Line, Words, read_cell
from redislab.jupyter.failure import short, suggest_command
from redislab.jupyter.format import Style
from redislab.jupyter.lint import note
from redislab.jupyter.options import Options, as_bytes, as_words
from redislab.jupyter.result import (
    Answer,
    Answers,
    PipelineResult,
    TransactionResult,
)
from redislab.jupyter.running import (
    Ran,
    filled,
    in_a_pipeline,
    journeys,
    one_by_one,
    repeated,
)
from redislab.jupyter.script import check_names, read_script, run_script
from redislab.jupyter.sending import Sending, on_show
from redislab.jupyter.values import Names


class Magics(Sending):
    """``%redis``, ``%%redis``, ``%%redis_pipeline``, ``%%redis_transaction``."""

    @short
    async def redis(self, line: str, names: Names) -> Any:
        """``%redis COMMAND``: one command, one reply."""
        options = REDIS.read(line, names)
        command = as_words(options.command)
        if not command:
            REDIS.error("which command? For example: %redis PING")
        client = await self.notebook.classroom.client(options.client)
        if peek := await self._looked_at(client, [command], [[command]], options):
            return self.notebook.keep(options, peek)
        with self._recorded(client, 1):
            ran = await repeated(
                lambda: one_by_one(client, [command], options), options, journeys(1, 1)
            )
        if ran.failure is not None:
            await suggest_command(client, command[0], ran.failure)
            raise ran.failure
        return self.notebook.keep(options, Answer(command, ran.replies[0], _style(options)))

    @short
    async def redis_cell(self, line: str, cell: str, names: Names) -> Any:
        """``%%redis``: the commands of the cell, one after the other."""
        options = COMMANDS.read(line, names)
        lines, commands = _read(COMMANDS, cell, names)
        client = await self.notebook.classroom.client(options.client)
        packets = [[words] for words in commands]
        if peek := await self._looked_at(client, commands, packets, options):
            return self.notebook.keep(options, peek)
        with self._recorded(client, len(lines)) as recording:
            ran = await repeated(
                lambda: one_by_one(client, commands, options),
                options,
                journeys(len(commands), len(commands)),
            )
        labels = [line.label for line in lines]
        result = Answers(
            commands, ran.replies, recording, labels=labels, style=_style(options)
        )
        return await self._finished(client, lines, options, result, ran.failure)

    @short
    async def redis_pipeline(self, line: str, cell: str, names: Names) -> Any:
        """``%%redis_pipeline``: the commands of the cell as one packet."""
        options = PIPELINE.read(line, names)
        _check_pipeline(options)
        lines, commands = _read(PIPELINE, cell, names)
        for said, words in zip(lines, commands, strict=True):
            self.notebook.lints.refuse_framing(said.number, words)
        client = await self.notebook.classroom.client(options.client)
        packets = _packets(commands, options)
        if peek := await self._looked_at(client, commands, packets, options):
            return self.notebook.keep(options, peek)
        with (
            on_show(client, options.live),
            self._recorded(client, len(lines), everybody=bool(options.watch)) as recording,
        ):
            ran: Ran = await repeated(
                lambda: in_a_pipeline(client, lines, commands, options),
                options,
                journeys(len(commands), len(packets)),
            )
        labels = [line.label for line in lines]
        result = PipelineResult(
            commands, ran.replies, recording, labels=labels, style=_style(options)
        )
        failure = ran.failure or next(iter(result.errors.values()), None)
        return await self._finished(client, lines, options, result, failure)

    @short
    async def redis_transaction(self, line: str, cell: str, names: Names) -> Any:
        """``%%redis_transaction``: WATCH, reads, MULTI, writes, EXEC; again on conflict."""
        options = TRANSACTION.read(line, names)
        lints = self.notebook.lints
        lines = _lines(TRANSACTION, cell)
        script = read_script(lines, lints, bool(options.watch))
        check_names(script, names)
        client = await self.notebook.classroom.client(options.client)
        await lints.look(client, [line.words for line in lines], yes=options.yes)
        with self._recorded(client, len(lines), everybody=True) as recording:
            for tries in count(1):
                try:
                    ran = await run_script(
                        client, script, names, lints, options.watch, options.delay / 1000
                    )
                    break
                except WatchError as error:
                    if tries > options.retry:
                        raise
                    note(f"try {tries}: {error}. Once more from WATCH.")
        result = TransactionResult(
            ran.commands,
            ran.replies,
            recording,
            reads=ran.reads,
            tries=tries,
            labels=[line.label for line in script.replying],
            style=_style(options),
        )
        failure = ran.failure or next(iter(result.errors.values()), None)
        if failure is not None and failure.index is not None:
            failure.index += ran.reads  # what was queued comes behind what was read
        return await self._finished(client, script.replying, options, result, failure)


def _lines(spec: Options, cell: str) -> list[Line]:
    lines = read_cell(cell)
    if not lines:
        spec.error("the cell says nothing: write one command a line")
    return lines


def _read(spec: Options, cell: str, names: Names) -> tuple[list[Line], list[Words]]:
    lines = _lines(spec, cell)
    return lines, filled(lines, names)


def _packets(commands: list[Words], options: Namespace) -> list[list[Words]]:
    """How a pipeline leaves: WATCH first, then all in one, or in the client's windows."""
    watch: list[list[Words]] = []
    if options.watch:
        watch.append([(b"WATCH", *as_bytes(options.watch))])
    if options.transaction:
        return [*watch, [(b"MULTI",), *commands, (b"EXEC",)]]
    return [commands[at : at + WINDOW] for at in range(0, len(commands), WINDOW)]


def _check_pipeline(options: Namespace) -> None:
    if options.watch and not options.transaction:
        PIPELINE.error("--watch needs a transaction: leave --no-transaction out")
    if options.retry and not options.watch:
        PIPELINE.error("--retry needs --watch: without it nothing can conflict")


def _style(options: Namespace) -> Style:
    return Style(options.raw, options.decode)
