"""The magics that look: at keys, at the server's own help, at how the last cell went."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from IPython.display import display

from redislab.connection.private import is_private
from redislab.exceptions import DataError, ResponseError
from redislab.jupyter.cell import read_cell
from redislab.jupyter.docs import Doc, docs
from redislab.jupyter.failure import nearest, short, two_lines
from redislab.jupyter.keys import Keys, overview
from redislab.jupyter.lint import LINTS, note
from redislab.jupyter.looking_arguments import (
    EXPLAIN,
    HELP,
    KEYS,
    LINT,
    LOAD,
    MONITOR,
    TRACE,
)
from redislab.jupyter.monitor import Monitor
from redislab.jupyter.notebook import Notebook
from redislab.jupyter.options import Options
from redislab.jupyter.result import server_words
from redislab.jupyter.running import filled, where
from redislab.jupyter.story import Explanation, Trace
from redislab.jupyter.values import Names
from redislab.trace.recording import Recording
from redislab.views.words import count


class LookingMagics:
    """The magics of one notebook that look and change nothing (``%redis_load`` apart)."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self._monitor: Monitor | None = None

    @short
    async def redis_keys(self, line: str, names: Names) -> Any:
        """``%redis_keys [PATTERN]``."""
        options = KEYS.read(line, names)
        client = await self.notebook.classroom.client()
        found: Keys = await overview(client, options.pattern, options.type, options.limit)
        return self.notebook.keep(options, found)

    @short
    async def redis_help(self, line: str, names: Names) -> Doc:
        """``%redis_help COMMAND``."""
        name = " ".join(HELP.read(line, names).command).upper()
        client = await self.notebook.classroom.client()
        try:
            known = await docs(client, name.replace(" ", "|"))
        except ResponseError as error:
            raise DataError(
                f"this server does not document its commands: {error}",
                hint="It does since Redis 7.0. Look at https://valkey.io/commands/.",
            ) from None
        for found in known.values():
            return found
        close = nearest(name, await docs(client))
        hint = f"Did you mean {close}?" if close else "%redis COMMAND LIST names them all."
        raise DataError(f"the server has no command {name}", hint=hint)

    @short
    async def redis_explain(self, line: str, names: Names) -> Explanation:
        """``%redis_explain [RECORDING]``: why did EXEC run nothing?"""
        return Explanation(self._recording(EXPLAIN, line, names))

    @short
    async def redis_trace(self, line: str, names: Names) -> Trace:
        """``%redis_trace [RECORDING]``."""
        return Trace(self._recording(TRACE, line, names))

    @short
    async def redis_load(self, line: str, names: Names) -> None:
        """``%redis_load FILE``: its commands in a pipeline."""
        options = LOAD.read(line, names)
        text = await asyncio.to_thread(_read, options.file)
        lines = read_cell(text, first=1)
        commands = filled(lines, {})
        client = await self.notebook.classroom.client(options.client)
        await self.notebook.lints.look(client, commands, yes=options.yes)
        pipe = client.pipeline(transaction=False)
        for words in commands:
            pipe.execute_command(*words)
        replies = await pipe.execute(raise_on_error=False)
        wrong = [n for n, reply in enumerate(replies) if isinstance(reply, ResponseError)]
        print(f"{count(len(commands), 'command')}, {count(len(wrong), 'error')}")
        if wrong:
            failure: ResponseError = replies[wrong[0]]
            said = where(lines[wrong[0]], commands[wrong[0]])
            raise two_lines(failure, f"{said}: {server_words(failure)}")

    @short
    async def redis_monitor(self, line: str, names: Names) -> None:
        """``%redis_monitor``: the cell ends, and its output goes on for a while."""
        options = MONITOR.read(line, names)
        self.stop_monitor()
        if options.off:
            return
        client = await self.notebook.classroom.client()
        await client.connect()
        if not is_private(client.address):
            note(f"MONITOR slows {client.address} down for everybody while it lasts")
        shown = display(_Text("(listening)"), display_id=True)  # type: ignore[no-untyped-call]
        self._monitor = Monitor(
            client,
            options.seconds,
            options.lines,
            lambda text: shown.update(_Text(text)),
        )
        self._monitor.start()

    def stop_monitor(self) -> None:
        """Listen no more, if somebody does."""
        if self._monitor is not None:
            self._monitor.stop()
            self._monitor = None

    @short
    async def redis_lint(self, line: str, names: Names) -> None:
        """``%redis_lint [on | off] [NAME ...]``."""
        options = LINT.read(line, names)
        unknown = [name for name in options.lints if name not in LINTS]
        if unknown:
            LINT.error(f"unknown note: {unknown[0]}; there are {', '.join(LINTS)}")
        off = self.notebook.lints.off
        if options.switch == "on":
            off.difference_update(options.lints or LINTS)
        elif options.switch == "off":
            off.update(options.lints or LINTS)
        for name, what in LINTS.items():
            print(f"{'off' if name in off else 'on ':3} {name:<13} {what}")

    def _recording(self, spec: Options, line: str, names: Names) -> Recording:
        """The recording of that name, or the last cell's."""
        name = spec.read(line, names).recording
        if name is None:
            if self.notebook.last is None:
                raise DataError(
                    "no cell has been recorded yet",
                    hint="Run a cell with a magic first, or give the name of a recording.",
                )
            return self.notebook.last
        found = names.get(name)
        if not isinstance(found, Recording):
            raise DataError(
                f"{name} is no recording",
                hint="with redislab.record(alice, bob) as story: ... makes one.",
            )
        return found


def _read(path: str) -> str:
    try:
        return Path(path).expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            f"{path} cannot be read: {error}", hint="Is the path right?"
        ) from None


class _Text:
    """Text that is shown as it is."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text
