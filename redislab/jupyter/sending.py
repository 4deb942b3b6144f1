"""What every magic does that sends commands: look first, record, show what came of it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from IPython.display import display

from redislab.client.redis import Redis
from redislab.exceptions import RedisError
from redislab.jupyter.cell import Line, Words
from redislab.jupyter.failure import suggest_command, two_lines
from redislab.jupyter.notebook import Notebook
from redislab.jupyter.result import Replies, server_words
from redislab.jupyter.running import where
from redislab.jupyter.tap import Packets, dry, exchange
from redislab.trace.recorder import record
from redislab.trace.recording import Recording

PICTURED = 1_000
"""A cell of more lines is run, but not recorded and pictured."""


class Sending:
    """Magics of one notebook that send commands."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook

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
        for words in commands:
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
        kept = self.notebook.keep(options, result)
        if failure is None:
            return kept
        display(result)  # type: ignore[no-untyped-call]  # IPython's, as below
        if failure.index is None:
            raise failure
        line, words = lines[failure.index], result.commands[failure.index]
        await suggest_command(client, words[0], failure)
        raise two_lines(failure, f"{where(line, words)}: {server_words(failure)}")


@contextmanager
def on_show(client: Redis[Any], wanted: bool) -> Iterator[None]:
    """With ``--live``: a live view of the client stands above the result."""
    if not wanted:
        yield
        return
    from redislab.jupyter.live import Live  # widgets are loaded by those who want one

    with Live(client) as live:
        display(live)  # type: ignore[no-untyped-call]
        yield
