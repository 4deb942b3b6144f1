"""Recordings written by hand, in the order of events that the client keeps.

    story = Story()
    story.send("alice", "WATCH", "counter", reply=b"OK")
    story.buffer("alice", "SET", "counter", 6)
    story.execute("alice", reply=None)

Time is a count: every event is one microsecond after the one before.
"""

from __future__ import annotations

import itertools
from typing import Any

from redislab.events import (
    CommandBuffered,
    CommandIssued,
    Event,
    PacketWritten,
    PipelineReset,
    ReplyReceived,
    TransactionEnded,
    WatchCleared,
    WatchSet,
)
from redislab.trace.recording import Recording

CONNECTIONS = {"alice": 1, "bob": 2, "carol": 3, "dave": 4}


class Story:
    def __init__(self) -> None:
        self.events: list[Event] = []
        self._clock = itertools.count(1_000, 1_000)
        self._numbers = itertools.count(1)
        self._trays: dict[str, list[CommandBuffered]] = {}
        self._pipelines: dict[str, int] = {}

    @property
    def recording(self) -> Recording:
        return Recording(self.events)

    def begin(self, client: str, *commands: tuple[Any, ...]) -> tuple[int, ...]:
        """Write one packet; give the numbers of its commands."""
        numbers = tuple(self._issue(client, command) for command in commands)
        self._write(client, numbers)
        return numbers

    def end(self, client: str, number: int, reply: Any) -> None:
        """The reply to one command arrives."""
        connection = CONNECTIONS.get(client, 99)
        self._add(ReplyReceived, client, connection, number, reply)
        issued = next(e for e in self.events if getattr(e, "command", 0) == number)
        if issued.arguments[:1] == ("WATCH",) and reply == b"OK":
            keys = tuple(
                key if isinstance(key, bytes) else key.encode()
                for key in issued.arguments[1:]
            )
            self._add(WatchSet, client, connection, number, keys)

    def send(self, client: str, *command: Any, reply: Any = b"OK") -> None:
        """One command goes out and is answered before anything else happens."""
        (number,) = self.begin(client, command)
        self.end(client, number, reply)

    def buffer(self, client: str, *command: Any) -> None:
        """A pipeline of this client keeps a command."""
        pipeline = self._pipelines.setdefault(client, next(self._numbers))
        number = next(self._numbers)
        self._add(CommandBuffered, client, pipeline, number, command, 30)
        self._trays.setdefault(client, []).append(self.events[-1])

    def execute(self, client: str, reply: Any = None, refusal: Any = None) -> None:
        """The pipeline of this client sends MULTI ... EXEC. ``reply`` is EXEC's answer."""
        self.answer_exec(client, self.begin_exec(client), reply, refusal)

    def begin_exec(self, client: str) -> tuple[int, ...]:
        """MULTI ... EXEC goes out."""
        transaction = next(self._numbers)
        kept = self._trays.pop(client, [])
        self._pipelines.pop(client, None)
        numbers = (
            self._issue(client, ("MULTI",), transaction),
            *(self._issue(client, e.arguments, transaction, e.command) for e in kept),
            self._issue(client, ("EXEC",), transaction),
        )
        self._write(client, numbers)
        return numbers

    def answer_exec(
        self, client: str, numbers: tuple[int, ...], reply: Any, refusal: Any = None
    ) -> None:
        """OK, QUEUED ..., and the answer to EXEC."""
        connection = CONNECTIONS.get(client, 99)
        self._add(ReplyReceived, client, connection, numbers[0], b"OK")
        for number in numbers[1:-1]:
            self._add(ReplyReceived, client, connection, number, refusal or b"QUEUED")
        self._add(ReplyReceived, client, connection, numbers[-1], reply)
        ending = "aborted" if reply is None else "committed"
        if isinstance(reply, Exception):
            ending = "refused"
        transaction = next(
            e.transaction
            for e in self.events
            if isinstance(e, CommandIssued) and e.command == numbers[-1]
        )
        self._add(TransactionEnded, client, connection, transaction, ending)
        self._add(WatchCleared, client, connection, "EXEC")

    def flush(self, client: str, *replies: Any) -> None:
        """The pipeline of this client goes out as it is, without MULTI."""
        kept = self._trays.pop(client)
        self._pipelines.pop(client)
        numbers = tuple(self._issue(client, e.arguments, None, e.command) for e in kept)
        self._write(client, numbers)
        for number, reply in zip(numbers, replies, strict=True):
            self.end(client, number, reply)

    def reset(self, client: str) -> None:
        """The pipeline throws away what it kept."""
        dropped = len(self._trays.pop(client, []))
        self._add(PipelineReset, client, self._pipelines.pop(client, 0), dropped)

    def unwatch(self, client: str) -> None:
        self.send(client, "UNWATCH")
        self._add(WatchCleared, client, CONNECTIONS[client], "UNWATCH")

    def _issue(
        self,
        client: str,
        command: tuple[Any, ...],
        transaction: int | None = None,
        number: int | None = None,
    ) -> int:
        number = number or next(self._numbers)
        self._add(
            CommandIssued,
            client,
            CONNECTIONS.get(client, 99),
            number,
            tuple(command),
            30,
            transaction,
        )
        return number

    def _write(self, client: str, numbers: tuple[int, ...]) -> None:
        connection, size = CONNECTIONS.get(client, 99), 30 * len(numbers)
        self._add(PacketWritten, client, connection, numbers, b"", size)

    def _add(self, kind: Any, *fields: Any) -> None:
        self.events.append(kind(next(self._clock), *fields))


def conflict() -> Story:
    """The classic: bob increments what alice watches, and her EXEC is refused."""
    story = Story()
    story.send("alice", "WATCH", "counter", reply=b"OK")
    story.send("alice", "GET", "counter", reply=b"5")
    story.buffer("alice", "SET", "counter", 6)
    story.send("bob", "INCR", "counter", reply=6)
    story.execute("alice", reply=None)
    return story


def retried() -> Story:
    """The conflict, and alice's second attempt, which goes through."""
    story = conflict()
    story.send("alice", "WATCH", "counter", reply=b"OK")
    story.send("alice", "GET", "counter", reply=b"6")
    story.buffer("alice", "SET", "counter", 7)
    story.execute("alice", reply=[b"OK"])
    return story
