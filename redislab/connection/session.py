"""The conversation on one connection: who waits for which reply.

Rules of this file:
- Redis answers in the order it was asked. So the whole state is a queue: a command's
  Reply is appended when the command is sent, and each answer goes to the oldest.
- The queue belongs to the connection, not to the tasks. A cancelled call leaves its Reply
  in its place, where it swallows the answer that is still coming. That is why nobody can
  ever get somebody else's.
- An answer nobody asked for, or bytes that are no protocol, end the conversation before
  anything else is delivered.
- No sockets, no waiting, no clock: bytes come in by ``receive``, the end by ``lose``.
"""

from __future__ import annotations

from asyncio import Future, InvalidStateError
from collections import deque
from collections.abc import Callable
from itertools import islice
from typing import Any, TypeAlias, final

from redislab.exceptions import InvalidResponse, Outcome, RedisError, WatchError
from redislab.wire.decode import MORE, ProtocolError, Push, decoder
from redislab.wire.limits import HEADER, PUSH, begun, refuse_long_push, suspicious

Shape: TypeAlias = Callable[[Any], Any]
BatchShape: TypeAlias = Callable[[list[Any], bool], Any]
"""All raw answers of a batch, and whether any of them is or holds an error."""


Reply = Future
"""The answer to one command that is already on its way.

Await it, or collect several and await them later; cancelling it takes back the waiting,
not the command. It is asyncio's own Future and no class of ours: a task waits for exactly
that class by a shorter way.
"""

Single: TypeAlias = tuple[Reply[Any], Shape | None]
"""The place of one command: who waits, and what makes their result of the raw answer."""


@final
class Batch:
    """The place of many commands that were sent as one, and the answers so far."""

    __slots__ = ("answers", "expected", "reply", "shape", "whole", "writes")

    def __init__(
        self, reply: Reply[Any], expected: int, shape: BatchShape, writes: bool
    ) -> None:
        self.reply = reply
        self.expected = expected
        self.shape = shape
        self.writes = writes
        """It may change something, so after a loss nobody may simply try again."""
        self.answers: list[Any] = []
        self.whole = False
        """Its answers come out of the parser as one list: see ``Session.expect_batch``."""


Place: TypeAlias = Single | Batch


def reply_of(place: Place) -> Reply[Any]:
    """Who waits there."""
    return place.reply if isinstance(place, Batch) else place[0]


class Session:
    """The reply queue of one connection, and the parser that feeds it."""

    __slots__ = ("_errors", "_feed", "_gets", "_has_data", "_push", "expect", "waiting")

    def __init__(self, push: Callable[[list[Any]], object] | None = None) -> None:
        self.waiting: deque[Place] = deque()
        self.expect = self.waiting.append
        self._push = push
        self.restart()

    def hear_pushes(self, push: Callable[[list[Any]], object]) -> None:
        """Give ``push`` what the server says by itself; before anything is received."""
        self._push = push

    def restart(self) -> None:
        """Forget half-read bytes: a new socket starts a new stream."""
        for place in self.waiting:
            if isinstance(place, Batch):
                place.whole = False
        self._errors: list[RedisError] = []
        reader = decoder(self._errors)
        self._feed: Callable[..., None] = reader.feed
        self._gets = reader.gets
        self._has_data = reader.has_data

    def expect_batch(self, batch: Batch) -> None:
        """Append a batch.

        With nothing before it in the queue, and no push messages to come in between, its
        answers are simply the next ones. So the parser is told that they are one array,
        by the header the server did not send, and builds the list by itself.
        """
        if self._push is None and not self.waiting and not self._has_data():
            self._feed(b"*%d\r\n" % batch.expected)
            batch.whole = True
        self.expect(batch)

    def receive(
        self, data: bytearray, size: int, start: int = 0, checked: bool = False
    ) -> int:
        """Take the bytes up to ``size`` and settle every Reply whose answer is now whole.

        Returns how many were. Raises InvalidResponse when the stream can no longer be
        trusted; the connection must then be closed.
        """
        if data.find(PUSH, start, size) >= 0 and not checked:
            return self._receive_warily(data, size)
        count = 0
        gets = self._gets
        waiting = self.waiting
        errors = self._errors
        try:
            self._feed(data, start, size - start)
            while (answer := gets()) is not MORE:
                if answer.__class__ is Push:
                    self._pushed(answer)
                    continue
                place = waiting.popleft()
                if type(place) is Batch:
                    count += self._collect(place, answer)
                    continue
                count += 1
                reply, shape = place
                if errors:  # it is one, or there is one somewhere inside it
                    errors.clear()
                    deliver(reply, shape, answer)
                    continue
                try:
                    reply.set_result(answer if shape is None else shape(answer))
                except InvalidStateError:
                    pass  # its caller has gone; the answer was taken from the stream
                except Exception:
                    deliver(reply, shape, answer)
        except IndexError:
            raise InvalidResponse("a reply came that no command had asked for") from None
        except (ProtocolError, MemoryError, TypeError) as error:  # a list as a map's key
            raise InvalidResponse(f"not the Redis protocol: {error}") from None
        return count

    def _receive_warily(self, data: bytearray, size: int) -> int:
        """As ``receive``, where a push message may claim to have too many items.

        Once the parser has taken all that comes before, it holds no rest exactly if the
        next byte begins a reply.
        """
        count = start = 0
        header = b""
        for place in suspicious(data, size):
            count += self.receive(data, place, start, checked=True)
            start = place
            if not self._has_data():
                header = bytes(data[place : min(place + HEADER, size)])
                refuse_long_push(header)
        count += self.receive(data, size, start, checked=True)
        if begun(header):
            self._look_again(header)
        return count

    def _look_again(self, header: bytes) -> None:
        """The bytes ended within the length of a push: the next ones tell the rest."""
        feed = self._feed

        def feed_warily(data: bytes | bytearray, start: int, size: int) -> None:
            self._feed = feed
            longer = header + data[start : start + min(size, HEADER)]
            refuse_long_push(longer)
            if begun(longer):
                self._look_again(longer)
            feed(data, start, size)

        self._feed = feed_warily

    def lose(self, error: RedisError, unsent: int, watching: bool) -> None:
        """The socket is gone: fail what was in flight, keep the last ``unsent`` waiting.

        A command in flight may have run, so its outcome is unknown, and nobody sends it
        again. One that never left keeps its place for the next socket. A read made while
        ``watching`` may be repeated, from WATCH on: it fails as a WatchError.
        """
        waiting = self.waiting
        again = while_watching(error)
        for _ in range(len(waiting) - unsent):
            place = waiting.popleft()
            repeatable = watching and not (isinstance(place, Batch) and place.writes)
            fail(place, again if repeatable else error, Outcome.UNKNOWN)
        self.restart()

    def _collect(self, batch: Batch, answer: Any) -> int:
        """Take as many of the batch's answers as have come; all of them settle it."""
        if batch.whole:
            batch.answers = answer
        answers = batch.answers
        if not batch.whole:
            answers.append(answer)
        more = islice(iter(self._gets, MORE), batch.expected - len(answers))
        if self._push is None:
            answers.extend(more)  # a loop in C: no push message can lie in between
        else:
            for answer in more:
                if answer.__class__ is Push:
                    self._pushed(answer)
                else:
                    answers.append(answer)
        if len(answers) < batch.expected:
            self.waiting.appendleft(batch)
            return 0
        failed = bool(self._errors)
        self._errors.clear()
        if not batch.reply.done():
            try:
                batch.reply.set_result(batch.shape(answers, failed))
            except Exception as error:
                batch.reply.set_exception(error)
        return 1

    def _pushed(self, items: list[Any]) -> None:
        if self._push is None:
            raise InvalidResponse("a push message came on a connection without pushes")
        self._push(items)


def deliver(reply: Reply[Any], shape: Shape | None, answer: Any) -> None:
    """Settle one Reply, whatever the answer and its shape have in store."""
    if reply.done():
        return
    try:
        reply.set_result(shaped(answer, shape))
    except (RedisError, UnicodeDecodeError) as error:
        reply.set_exception(error)


def shaped(answer: Any, shape: Shape | None) -> Any:
    """What the caller of one command gets; an error is raised.

    A RedisError out of a shape is the call's result. Anything else out of it means that
    this server's answer has another form than we know: better as it came than not at all.
    """
    if isinstance(answer, RedisError):
        raise answer
    if shape is None:
        return answer
    try:
        return shape(answer)
    except (RedisError, UnicodeDecodeError):
        raise
    except Exception:
        return answer


def batch_of_one(shape: Shape | None) -> BatchShape:
    """For a single command that goes as a batch."""
    return lambda answers, _: shaped(answers[0], shape)


def while_watching(error: RedisError) -> WatchError:
    """A loss while keys were watched: begin again from WATCH."""
    return WatchError(f"the connection was lost while watching: {error}")


def fail(place: Place, error: RedisError, outcome: Outcome) -> None:
    """Each waiting caller gets an exception object of its own: tracebacks do not mix."""
    reply = reply_of(place)
    if not reply.done():
        own = type(error)(*error.args, outcome=outcome, hint=error.hint)
        own.__cause__ = error.__cause__
        reply.set_exception(own)
