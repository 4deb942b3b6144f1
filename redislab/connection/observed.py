"""A connection that says what it does.

Rules of this file:
- A connection nobody observes contains no trace of this file: observing changes the
  *class* of a live connection, and back, so the unobserved path has no flag to look at.
- An observed command is a batch of one, so every raw answer passes one place.
- Records are made after the fact and redacted here, before anybody sees them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import perf_counter_ns
from typing import Any, cast

from redislab.commands.secrets import redact, redact_reply
from redislab.connection.connection import Connection, Labels
from redislab.connection.session import (
    Batch,
    BatchShape,
    Reply,
    Shape,
    batch_of_one,
)
from redislab.events import (
    CommandIssued,
    ConnectionClosed,
    ConnectionOpened,
    Event,
    Observers,
    PacketWritten,
    ReplyReceived,
    number,
)
from redislab.exceptions import RedisError
from redislab.wire.encode import CHUNK, Arguments, encode

DATA_LIMIT = 4096
"""Bytes of a packet that its record keeps."""


def attach(connection: Connection, observers: Observers) -> None:
    """Make a connection tell ``observers`` what it does from now on."""
    connection.observers = observers
    if not isinstance(connection, ObservedConnection):
        connection.__class__ = ObservedConnection
        if connection._ready:
            ObservedConnection._announce(cast("ObservedConnection", connection))


def detach(connection: Connection) -> None:
    """Make it silent again, and as fast as it was."""
    if isinstance(connection, ObservedConnection):
        cast("Connection", connection).__class__ = Connection
    connection.observers = None


class _Packed(bytes):
    """Encoded commands that know their numbers and what may be shown of them."""

    numbers: tuple[int, ...]
    shown: bytes


class ObservedConnection(Connection):
    """The same conversation, told to observers."""

    __slots__ = ()

    def send(self, arguments: Arguments, shape: Shape | None = None) -> Reply[Any]:
        """As Connection.send, and told."""
        return self.send_batch([arguments], batch_of_one(shape), writes=False)

    def send_batch(
        self,
        commands: list[Arguments],
        shape: BatchShape,
        *,
        writes: bool = True,
        labels: Labels | None = None,
    ) -> Reply[Any]:
        """As Connection.send_batch, and told."""
        packed = [_pack(arguments) for arguments in commands]
        numbers = [number() for _ in commands] if labels is None else labels.numbers
        for own, arguments, data in zip(numbers, commands, packed, strict=True):
            self._tell_issued(own, arguments, len(data), labels)

        def told(answers: list[Any], failed: bool) -> Any:
            if self.observers is not None:  # else nobody listens any more
                self._tell_answers(numbers, commands, answers)
            return shape(answers, failed)

        reply: Reply[Any] = Reply(loop=self.loop)
        batch = Batch(reply, len(commands), told, writes)
        chunks = _joined(packed, numbers)
        self._hand_over(next(chunks) if len(packed) <= CHUNK else chunks, batch)
        return reply

    # --- telling ------------------------------------------------------------------------

    def _tell(self, event: Event) -> None:
        if self.observers is not None:
            self.observers.emit(event)

    def _tell_issued(
        self, own: int, arguments: Arguments, size: int, labels: Labels | None
    ) -> None:
        pipeline = labels.pipeline if labels else None
        transaction = labels.transaction if labels else None
        self._tell(
            CommandIssued(
                perf_counter_ns(),
                self.manner.client,
                self.number,
                own,
                redact(arguments),
                size,
                transaction,
                pipeline,
                labels is not None and own in labels.hidden,
            )
        )

    def _tell_answers(
        self, numbers: Sequence[int], commands: list[Arguments], answers: list[Any]
    ) -> None:
        now = perf_counter_ns()
        for own, arguments, answer in zip(numbers, commands, answers, strict=True):
            if arguments == ("EXEC",) and answer.__class__ is list:
                answer = list(map(redact_reply, commands[1:-1], answer))
            elif answer.__class__ is list:  # shaping will write its results into it
                answer = redact_reply(arguments, answer.copy())
            else:
                answer = redact_reply(arguments, answer)
            self._tell(ReplyReceived(now, self.manner.client, self.number, own, answer))

    def _put(self, pieces: list[bytes]) -> None:
        packed = [piece for piece in pieces if isinstance(piece, _Packed)]
        super()._put(pieces)
        numbers = tuple(own for piece in packed for own in piece.numbers)
        shown = b"".join(piece.shown for piece in packed)[:DATA_LIMIT]
        self._tell(
            PacketWritten(
                perf_counter_ns(),
                self.manner.client,
                self.number,
                numbers,
                shown,
                sum(map(len, pieces)),
            )
        )

    def _be_ready(self) -> None:
        super()._be_ready()
        self._announce()

    def _announce(self) -> None:
        server = self.server
        name = server.get("server", "redis")
        self._tell(
            ConnectionOpened(
                perf_counter_ns(),
                self.manner.client,
                self.number,
                server.get("id"),
                self.local_address(),
                self.address.database,
                server.get("proto", 2),
                f"{name} {server.get('version', '')}".strip(),
            )
        )

    def _lose(self, error: RedisError) -> None:
        if self._ready:
            self._tell(
                ConnectionClosed(
                    perf_counter_ns(), self.manner.client, self.number, str(error)
                )
            )
        super()._lose(error)


def _pack(arguments: Arguments) -> _Packed:
    packed = _Packed(encode(arguments))
    shown = redact(arguments)
    packed.shown = bytes(packed[:DATA_LIMIT]) if shown is arguments else encode(shown)
    return packed


def _joined(packed: list[_Packed], numbers: list[int]) -> Iterator[_Packed]:
    """The chunks of a batch, each with the numbers of its commands."""
    for start in range(0, len(packed), CHUNK):
        part = packed[start : start + CHUNK]
        chunk = _Packed(b"".join(part))
        chunk.numbers = tuple(numbers[start : start + CHUNK])
        chunk.shown = b"".join(one.shown for one in part)[:DATA_LIMIT]
        yield chunk
