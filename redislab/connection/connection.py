"""One conversation with one server: commands go down, replies come up.

    send ──> encode ──> [ held until the next write ] ──> socket
    reply <── session <── decode <────────────────────── socket

Rules of this file:
- ``send`` is a plain function. When it returns, the command has its place in the reply
  queue and its bytes are written or wait for the next write.
- Bytes wait (``_held``) while the socket is not ready, not taking more, or a flush is
  already due. Everything that waits leaves in one write. After a batch of replies the
  flush is scheduled right behind the tasks those replies wake, so what they all send
  next leaves together; a lone caller, whose replies come one by one, is written at once.
- How the socket comes and goes is the subject of ``link.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from redislab.connection.link import Link
from redislab.connection.session import (
    Batch,
    BatchShape,
    Reply,
    Shape,
    reply_of,
)
from redislab.exceptions import RedisError
from redislab.wire.encode import Arguments, encode, encode_all

TURN = 8
"""Chunks of a long batch written before the loop's other work gets its turn."""

FIRST_BYTES = 64
"""Enough to tell what kind of server a stranger is."""

SHORT_COMMAND = 64
"""Bytes that a command of a long batch counts for, which is not encoded before its turn."""


class Labels(NamedTuple):
    """What a pipeline knows of its batch and an observer wants to hear."""

    numbers: list[int]
    pipeline: int
    transaction: int | None
    hidden: frozenset[int] = frozenset()
    """Those of the numbers that are no command of the user's."""


class Connection(Link):
    """A reply queue and its socket, in one event loop."""

    __slots__ = ()

    # --- sending ----------------------------------------------------------------------

    def send(self, arguments: Arguments, shape: Shape | None = None) -> Reply[Any]:
        """Put one command on its way.

        DataError if it cannot be encoded; ConnectionError, with nothing sent, when the
        socket takes nothing and ``max_backlog`` bytes wait for it already.
        """
        data = encode(arguments)
        reply: Reply[Any] = Reply(loop=self.loop)
        if self._held:
            if not self._flowing:
                self._queue_up(len(data))
            self._unsent.append(data)
        elif self._sequential and not self._waiting:
            self._write(data)
        else:
            self._unsent.append(data)
            self._held = True
            self._call_soon(self._flush)
        self._expect((reply, shape))
        return reply

    async def connect(self) -> None:
        """Be connected, or raise why not. Sends PING: only an answer proves it."""
        await self.send(("PING",))

    def send_batch(
        self,
        commands: list[Arguments],
        shape: BatchShape,
        *,
        writes: bool = True,
        labels: Labels | None = None,  # noqa: ARG002  for whoever observes
    ) -> Reply[Any]:
        """Put many commands on their way as one; their answers come as one list.

        ``writes``: after a loss the batch may have changed something, so the error must
        not read as "try again".
        """
        data = encode_all(commands)
        reply: Reply[Any] = Reply(loop=self.loop)
        self._hand_over(data, Batch(reply, len(commands), shape, writes))
        return reply

    def _hand_over(self, data: bytes | Iterator[bytes], batch: Batch) -> None:
        """Data that may be written now, or has to wait its turn."""
        if not self._flowing:
            short = batch.expected * SHORT_COMMAND
            self._queue_up(len(data) if isinstance(data, bytes) else short)
        alone = self._sequential and not self._waiting
        self._unsent.append(data)
        if self._ready:
            self.session.expect_batch(batch)
        else:
            self._expect(batch)
        if not self._held:
            self._held = True
            if alone:
                self._flush()
            else:
                self._call_soon(self._flush)

    def _flush(self) -> None:
        """Write all that waits, as far as the socket takes it."""
        if not self._ready or self._paused or self._stream is not None:
            return  # whoever ends that state comes back here
        ready: list[bytes] = []
        for item in self._unsent:
            if not isinstance(item, bytes):
                self._stream = item
                break
            ready.append(item)
        if self._stream is None:
            self._unsent.clear()
            self._backlog = 0
            self._held = False
        else:
            del self._unsent[: len(ready) + 1]
        if ready:
            self._put(ready)
        if self._stream is not None:
            self._pump()

    def _put(self, pieces: list[bytes]) -> None:
        """One write."""
        self._write(pieces[0] if len(pieces) == 1 else b"".join(pieces))

    def _pump(self) -> None:
        """Write the next chunks of a long batch, then let the loop do other things."""
        stream = self._stream
        if stream is None or not self._ready:
            return
        for _ in range(TURN):
            if self._paused:
                return  # resume_writing goes on
            chunk = next(stream, None)
            if chunk is None:
                self._stream = None
                self._call_soon(self._flush)
                return
            self._put([chunk])
        self._call_soon(self._pump)

    # --- what the socket says ---------------------------------------------------------

    def received(self, buffer: bytearray, size: int) -> None:
        """``size`` bytes lie in ``buffer``: settle what they answer."""
        self._heard = True
        try:
            count = self._receive(buffer, size)
        except RedisError as error:
            self._distrust(error, bytes(buffer[: min(size, FIRST_BYTES)]))
            return
        if count == 1 and not self._waiting:
            self._sequential = True
        elif count:
            self._sequential = False
            if not self._held:
                self._held = True
                self._call_soon(self._flush)

    def pause(self, paused: bool) -> None:
        """The socket takes no more for now, or takes bytes again."""
        self._paused = paused
        self._flowing = self._ready and not paused
        self._held = True
        if not paused:
            if self._stream is not None:
                self._pump()
            else:
                self._flush()

    def last_awaited(self) -> Reply[Any] | None:
        """The last reply that somebody may still wait for."""
        replies = map(reply_of, reversed(self._waiting))
        return next((reply for reply in replies if not reply.done()), None)
