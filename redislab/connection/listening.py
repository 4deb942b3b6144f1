"""A connection on which the server speaks by itself: pub/sub messages, MONITOR's lines.

Rules of this file:
- Whatever the server says is *heard*: it goes into one deque in the order it came, pushes
  (RESP3) and replies (RESP2) alike. Nothing is matched with a command, so no time-out
  applies, and a server that is silent for a day is a server with nothing to say.
- To ``ask`` is to send a command and learn that its confirmations have been heard. They
  stay among the messages. An error reply goes to the asker instead.
- What is heard and not yet taken is bounded: reading stops when FULL bytes have come since
  the deque was last empty, and goes on when it is empty again. The server then keeps the
  rest, up to a limit of its own (``client-output-buffer-limit``), and hangs up beyond.
- A socket that ends is told once, by ``lost``. Whether to ``open`` another is not decided
  here.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, final

from redislab.connection.address import Address
from redislab.connection.connection import Connection
from redislab.connection.manner import Manner
from redislab.connection.session import Reply, Session
from redislab.exceptions import ConnectionError, InvalidResponse, RedisError
from redislab.wire.decode import MORE, ProtocolError
from redislab.wire.encode import Arguments, encode
from redislab.wire.limits import PUSH

FULL = 4 << 20
"""Bytes: some ten thousand short messages, and as objects a few times as much memory."""


@final
@dataclass(slots=True)
class Question:
    """A command that was sent, and how many of its confirmations are still to come."""

    kind: bytes | None
    """The first word of a confirmation; None: whatever comes first, and it is not kept."""
    left: int
    reply: Reply[None]


class Hearing(Session):
    """A session in which nothing that comes is an answer to one command."""

    __slots__ = ("asked", "heard")

    def __init__(self, heard: deque[Any]) -> None:
        super().__init__()
        self.heard = heard
        self.asked: deque[Question] = deque()

    def receive(
        self, data: bytearray, size: int, start: int = 0, checked: bool = False
    ) -> int:
        """Hear all that is whole. Gives 0: no reply was settled."""
        if data.find(PUSH, start, size) >= 0 and not checked:
            return self._receive_warily(data, size)
        before = len(self.heard)
        try:
            self._feed(data, start, size - start)
            self.heard.extend(iter(self._gets, MORE))  # a loop in C
        except (ProtocolError, MemoryError, TypeError) as error:
            raise InvalidResponse(f"not the Redis protocol: {error}") from None
        if self.asked or self._errors:
            self._confirm(before)
        return 0

    def _confirm(self, before: int) -> None:
        """Settle the questions that what came since ``before`` answers."""
        fresh = [self.heard.pop() for _ in range(len(self.heard) - before)]
        self._errors.clear()
        for item in reversed(fresh):
            question = self.asked[0] if self.asked else None
            if isinstance(item, RedisError):
                if question is None:
                    raise InvalidResponse(f"an error came that answers nothing: {item}")
                self._settle(item)
            elif question is None or question.kind is None:
                if question is None:
                    self.heard.append(item)
                else:
                    self._settle()
            else:
                self.heard.append(item)
                if isinstance(item, list) and item and item[0] == question.kind:
                    question.left -= 1
                    if not question.left:
                        self._settle()

    def _settle(self, error: RedisError | None = None) -> None:
        reply = self.asked.popleft().reply
        if reply.done():
            return
        if error is None:
            reply.set_result(None)
        else:
            reply.set_exception(error)

    def end_questions(self, error: RedisError | None = None) -> None:
        """Nobody waits for a confirmation any more."""
        while self.asked:
            self._settle(error and ConnectionError(*error.args))


class Listening(Connection):
    """A connection for one listener, who opens it again when it is lost."""

    __slots__ = ("_bytes", "_hearing", "_is_full", "_lost", "_news", "_refusal", "ended")

    def __init__(
        self,
        address: Address,
        manner: Manner,
        loop: asyncio.AbstractEventLoop,
        heard: deque[Any],
        *,
        news: Callable[[], object],
        lost: Callable[[RedisError], object],
    ) -> None:
        """``news`` is called after something was heard, ``lost`` after the socket ended.
        Both must be quick, and must not keep the listener alive.
        """
        manner = dataclasses.replace(manner, protocol=3, timeout=None)
        super().__init__(address, manner, loop, lasting=True)
        self.session = self._hearing = Hearing(heard)
        self._waiting = self.session.waiting
        self._expect = self.session.expect
        self._news = news
        self._lost = lost
        self._bytes = 0
        self._is_full = False
        self._refusal: RedisError | None = None
        self.ended = False
        """It was closed by our side, for good."""

    @property
    def is_open(self) -> bool:
        """Whether commands can be sent now."""
        return self._ready

    async def open(self) -> None:
        """Connect and log in; after a few tries, the error that says why not."""
        self._refusal = None
        self._wake()
        if self._connecting is not None:
            await asyncio.wait([self._connecting])
        if self._refusal is not None:
            raise self._refusal

    def ask(
        self, arguments: Arguments, kind: bytes | None = None, expected: int = 1
    ) -> Reply[None]:
        """Send a command on the open connection.

        The Reply is done when ``expected`` confirmations whose first word is ``kind`` have
        been heard, or without them when the buffer is full: they come in their turn. It
        fails with the server's error, or when the connection is lost.
        """
        reply: Reply[None] = Reply(loop=self.loop)
        self._hearing.asked.append(Question(kind, expected, reply))
        self._write(encode(arguments))
        if self._is_full:
            reply.set_result(None)
        return reply

    def read_on(self) -> None:
        """The listener has taken all there was: read again if reading had stopped."""
        if self._is_full:
            self._is_full = False
            if self._transport is not None:
                self._transport.resume_reading()

    def close(self) -> None:
        """End it for good."""
        self.ended = True
        super().close()

    # --- what the socket says ---------------------------------------------------------

    def received(self, buffer: bytearray, size: int) -> None:
        """Bytes have come; perhaps enough of them for now."""
        heard = self._hearing.heard
        if not heard:
            self._bytes = 0
        self._bytes += size
        super().received(buffer, size)
        if not heard:
            return
        if self._bytes >= FULL and self._transport is not None:
            self._is_full = True
            self._transport.pause_reading()
            for question in self._hearing.asked:
                if not question.reply.done():
                    question.reply.set_result(None)
        self._news()

    def _lose(self, error: RedisError) -> None:
        was_open = self._ready
        super()._lose(error)
        self._is_full = False
        self._hearing.end_questions(error)
        if was_open:
            self._lost(error)

    def _give_up(self, error: RedisError) -> None:
        super()._give_up(error)
        self._refusal = error
