"""A transaction cell, read and run: WATCH, reads, MULTI, what is queued, EXEC.

    WATCH stock
    seen: GET stock      at once, on a connection of this transaction's own
    MULTI
    SET copy {seen}      kept, sent in one packet with MULTI and EXEC

Rules:
- ``{seen}`` is the reply of the labelled line above, or else a Python value; that every
  name has one is checked before anything is sent.
- Without WATCH nothing holds a connection, and what stands before MULTI is an ordinary
  command.
- An error says which line it is of.
"""

from __future__ import annotations

import asyncio
from collections import ChainMap
from collections.abc import Sequence
from typing import Any, NamedTuple

from redislab.client.pipeline import Pipeline
from redislab.client.redis import Redis
from redislab.commands.positions import upper
from redislab.commands.secrets import redact
from redislab.exceptions import DataError, Outcome, RedisError, WatchError, spoken
from redislab.jupyter.cell import Line, Name, Words
from redislab.jupyter.failure import two_lines
from redislab.jupyter.lint import Lints, note
from redislab.jupyter.options import as_bytes
from redislab.jupyter.values import Names, argument, fill


class Script(NamedTuple):
    """The lines of a transaction cell."""

    before: tuple[Line, ...]
    """WATCH and reads, in their order."""
    queued: tuple[Line, ...]

    @property
    def replying(self) -> list[Line]:
        """The lines whose replies the cell gives: WATCH, MULTI and EXEC say only OK."""
        return [line for line in (*self.before, *self.queued) if _name(line) != "WATCH"]


class Ran(NamedTuple):
    """One run of a script that came to its end."""

    commands: list[Words]
    replies: list[Any]
    reads: int
    failure: RedisError | None
    """Why EXEC ran nothing, other than a conflict."""


def read_script(lines: Sequence[Line], lints: Lints, watches: bool) -> Script:
    """Part the lines at MULTI. DataError when they cannot be a transaction."""
    names = [_name(line) for line in lines]
    if "MULTI" not in names:
        if lints.wants("no-multi"):
            raise DataError(
                "the cell has no MULTI: nothing would be queued, and EXEC would fail",
                hint="Put MULTI behind the reads and in front of the writes.",
            )
        return Script((), tuple(lines))
    at = names.index("MULTI")
    behind = list(lines[at + 1 :])
    if behind and _name(behind[-1]) == "EXEC":
        behind.pop()
    for line in behind:
        if _name(line) in {"MULTI", "EXEC", "WATCH", "DISCARD"}:
            raise DataError(
                f"line {line.number}: {_name(line)} has no place between MULTI and EXEC",
                hint="One cell is one transaction: WATCH, reads, MULTI, writes, EXEC.",
            )
    script = Script(tuple(lines[:at]), tuple(behind))
    reads = [line for line in script.before if _name(line) != "WATCH"]
    if reads and not watches and "WATCH" not in names[:at] and lints.wants("no-watch"):
        note(
            f"line {reads[0].number} reads before MULTI, and nothing is watched: what it "
            "read may be changed by others before EXEC."
        )
    return script


def check_names(script: Script, names: Names) -> None:
    """DataError for the first line with a name that has no value and no label."""
    labels: set[str] = set()
    for line in (*script.before, *script.queued):
        for word in line.words:
            if isinstance(word, Name) and word not in labels:
                argument(word, names)
        if line in script.before and line.label:
            labels.add(line.label)


async def run_script(
    client: Redis[Any],
    script: Script,
    names: Names,
    lints: Lints,
    watch: Sequence[str],
    delay: float,
) -> Ran:
    """Run it once. Raises WatchError when a watched key was changed."""
    watched = list(as_bytes(watch))
    seen: dict[str, Any] = {}
    known = ChainMap(seen, dict(names))
    ran = Ran([], [], sum(_name(line) != "WATCH" for line in script.before), None)
    async with client.pipeline() as pipe:
        if watched:
            await pipe.watch(*watched)
        for line in script.before:
            words = fill(line.words, known)
            await asyncio.sleep(delay)
            if _name(line) == "WATCH":
                await _at(line, words, pipe.watch(*words[1:]))
                watched += words[1:]
                continue
            lints.note_own_write(words, watched)
            reply = await _at(
                line, words, (pipe if watched else client).execute_command(*words)
            )
            ran.commands.append(words)
            ran.replies.append(reply)
            if line.label:
                seen[line.label] = reply
        pipe.multi()
        _queue(pipe, script, known, ran)
        await asyncio.sleep(delay)
        return await _exec(pipe, ran)


def _queue(pipe: Pipeline[Any], script: Script, names: Names, ran: Ran) -> None:
    for line in script.queued:
        words = fill(line.words, names)
        ran.commands.append(words)
        pipe.execute_command(*words)


async def _exec(pipe: Pipeline[Any], ran: Ran) -> Ran:
    try:
        ran.replies.extend(await pipe.execute(raise_on_error=False))
    except WatchError:
        raise
    except RedisError as error:
        if error.outcome is not Outcome.DONE:
            raise
        return ran._replace(failure=error)
    return ran


async def _at(line: Line, words: Words, reply: Any) -> Any:
    """The reply to a line that is sent at once; its error says which line it is."""
    try:
        return await reply
    except RedisError as error:
        raise two_lines(
            error, f"line {line.number}, {spoken(redact(words))}: {error}"
        ) from None


def _name(line: Line) -> str:
    word = line.words[0]
    return "" if isinstance(word, Name) else upper(word)
