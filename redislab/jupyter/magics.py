"""The magics that send what a cell says. Each is a coroutine: ``extension.py`` awaits it
or runs it. The magics that look at the server are in ``looking.py``.

Every error of ours leaves here as two lines, or as IPython's UsageError; whatever else is
raised is a fault in redislab and keeps its traceback.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import count
from typing import Any

from IPython.display import display

from redislab.client.redis import Redis
from redislab.exceptions import RedisError, WatchError
from redislab.jupyter.arguments import COMMANDS, PIPELINE, REDIS, TRANSACTION
from redislab.jupyter.cell import Line, Words, read_cell
from redislab.jupyter.failure import short, suggest_command, two_lines
from redislab.jupyter.format import Style
from redislab.jupyter.lint import note
from redislab.jupyter.notebook import Notebook
from redislab.jupyter.options import Options, as_words
from redislab.jupyter.result import (
    Answer,
    Answers,
    PipelineResult,
    Replies,
    TransactionResult,
    server_words,
)
from redislab.jupyter.running import (
    Ran,
    filled,
    in_a_pipeline,
    journeys,
    one_by_one,
    repeated,
    where,
)
from redislab.jupyter.script import check_names, read_script, run_script
from redislab.jupyter.tap import Packets, dry, exchange
from redislab.jupyter.values import Names
from redislab.trace.recorder import record
from redislab.trace.recording import Recording

PICTURED = 1_000
"""A cell of more lines is run, but not recorded and pictured."""


class Magics:
    """The magics of one notebook that send commands."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook

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
        packets = (
            [[(b"MULTI",), *commands, (b"EXEC",)]] if options.transaction else [commands]
        )
        if peek := await self._looked_at(client, commands, packets, options):
            return self.notebook.keep(options, peek)
        with (
            _on_show(client, options.live),
            self._recorded(client, len(lines)) as recording,
        ):
            ran: Ran = await repeated(
                lambda: in_a_pipeline(client, lines, commands, options),
                options,
                journeys(len(commands), 1 + bool(options.watch)),
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
        await lints.look(
            client,
            [line.words for line in lines],
            yes=options.yes,
        )
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
        if failure is not None and failure.index is not None and not ran.failure:
            failure.index += ran.reads
        return await self._finished(client, script.replying, options, result, failure)

    # --- what all of them do --------------------------------------------------------------

    async def _looked_at(
        self,
        client: Redis[Any],
        commands: Sequence[Words],
        packets: Packets,
        options: Namespace,
    ) -> Any:
        """Lints first; then what ``--dry-run`` or ``--wire`` gives instead of a run."""
        if options.dry_run:
            return dry(packets)
        await self.notebook.lints.look(client, commands, yes=options.yes)
        if options.wire:
            return await exchange(client, packets)
        for words in commands[:PICTURED]:
            self.notebook.lints.refuse_sharing(words)
        return None

    def _recorded(
        self, client: Redis[Any], lines: int, everybody: bool = False
    ) -> AbstractContextManager[Recording | None]:
        """Record the cell, if it is not too long to be looked at."""
        if lines > PICTURED:
            self.notebook.last = None
            return nullcontext()
        others = self.notebook.classroom.known if everybody else []
        return self._remembered(record(client, *(c for c in others if c is not client)))

    @contextmanager
    def _remembered(
        self, recording: AbstractContextManager[Recording]
    ) -> Iterator[Recording]:
        with recording as self.notebook.last:
            yield self.notebook.last

    async def _finished(
        self,
        client: Redis[Any],
        lines: Sequence[Line],
        options: Namespace,
        result: Replies,
        failure: RedisError | None,
    ) -> Any:
        """The result; or, when a command failed, all results shown and the error raised."""
        if failure is None:
            return self.notebook.keep(options, result)
        self.notebook.keep(options, result)
        display(result)  # type: ignore[no-untyped-call]  # IPython's, as below
        if failure.index is None:
            raise failure
        line, words = lines[failure.index], result.commands[failure.index]
        await suggest_command(client, words[0], failure)
        raise two_lines(failure, f"{where(line, words)}: {server_words(failure)}")


def _lines(spec: Options, cell: str) -> list[Line]:
    lines = read_cell(cell)
    if not lines:
        spec.error("the cell says nothing: write one command a line")
    return lines


def _read(spec: Options, cell: str, names: Names) -> tuple[list[Line], list[Words]]:
    lines = _lines(spec, cell)
    return lines, filled(lines, names)


def _check_pipeline(options: Namespace) -> None:
    if options.watch and not options.transaction:
        PIPELINE.error("--watch needs a transaction: leave --no-transaction out")
    if options.retry and not options.watch:
        PIPELINE.error("--retry needs --watch: without it nothing can conflict")


def _style(options: Namespace) -> Style:
    return Style(options.raw, options.decode)


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
