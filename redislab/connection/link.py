"""The socket under a connection: getting one, losing it, getting the next.

    nothing ──command──> connecting ──handshake──> ready ──loss──> nothing, or lost
                            └────── refused, after a few tries ──────┘

Rules of this file:
- A *lasting* link makes itself a new socket when a command comes and the old one is gone.
  Any other belongs to one user, who must know of the loss: it stays lost.
- When a socket is lost, what was in flight fails with the outcome UNKNOWN and is never
  sent again. What never left stays, and goes out on the next socket.
- When no socket is to be had, everything that waits fails with the outcome NOT_SENT.
- What waits for a socket is bounded; a command for which there is no room is refused.
- One coarse timer, not one a command: a server that owes a reply and says nothing for
  the whole time-out has lost the connection.
"""

from __future__ import annotations

import asyncio
import builtins
import ssl
import weakref
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from redislab.connection.address import Address
from redislab.connection.handshake import facts, hello, stranger, without_hello
from redislab.connection.manner import Manner
from redislab.connection.session import (
    Place,
    Reply,
    Session,
    fail,
    while_watching,
)
from redislab.connection.socket import Socket, open_socket
from redislab.events import Observers, number
from redislab.exceptions import (
    AuthenticationError,
    ConnectionError,
    InvalidResponse,
    Outcome,
    RedisError,
    ResponseError,
    TimeoutError,
)
from redislab.wire.encode import Arguments, encode

TICKS = 4
"""How often the timer looks within one time-out."""

_HOPELESS = (AuthenticationError, ssl.SSLError)
"""Another try would fail the same way."""


class Link(ABC):
    """What a connection is made of, and its way from one socket to the next."""

    __slots__ = (
        "__weakref__",
        "_backlog",
        "_call_soon",
        "_connecting",
        "_ended",
        "_expect",
        "_flowing",
        "_greeting",
        "_heard",
        "_held",
        "_oldest",
        "_paused",
        "_ready",
        "_receive",
        "_sequential",
        "_silent",
        "_socket",
        "_stream",
        "_timer",
        "_transport",
        "_unsent",
        "_waiting",
        "_write",
        "address",
        "lasting",
        "loop",
        "lost",
        "manner",
        "number",
        "observers",
        "server",
        "session",
        "timeout",
        "watching",
    )

    def __init__(
        self,
        address: Address,
        manner: Manner,
        loop: asyncio.AbstractEventLoop,
        *,
        lasting: bool = False,
    ) -> None:
        self.address = address
        self.manner = manner
        self.loop = loop
        self.lasting = lasting
        self.timeout = manner.timeout
        self.number = number()
        self.observers: Observers | None = None
        self.server: dict[str, Any] = {}
        self.lost: RedisError | None = None
        self.watching = False
        self.session = Session()
        self._greeting = Session()
        self._waiting = self.session.waiting
        self._expect = self.session.expect
        self._receive = self.session.receive
        self._call_soon = loop.call_soon
        self._unsent: list[bytes | Iterator[bytes]] = []
        self._stream: Iterator[bytes] | None = None
        self._backlog = 0
        self._held = True
        self._ready = False
        self._paused = False
        self._flowing = False
        self._sequential = True
        self._socket: Socket | None = None
        self._transport: asyncio.Transport | None = None
        self._write: Callable[[bytes], None] = _no_socket
        self._ended: RedisError | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._oldest: Place | None = None
        self._heard = False
        self._silent = 0

    @abstractmethod
    def received(self, buffer: bytearray, size: int) -> None:
        """``size`` bytes lie in ``buffer``."""

    @abstractmethod
    def pause(self, paused: bool) -> None:
        """The socket takes no more for now, or takes bytes again."""

    @abstractmethod
    def _flush(self) -> None:
        """Write all that waits, now that a socket is ready."""

    # --- connecting -------------------------------------------------------------------

    def _wake(self) -> None:
        """Start connecting, unless that is under way or over for good."""
        if self.lost is not None:
            self._call_soon(self._refuse_waiting)
        elif self._connecting is None and not self._ready:
            self._connecting = self.loop.create_task(self._connect())

    def _queue_up(self, size: int) -> None:
        """The socket takes nothing now: what comes waits for it, while there is room."""
        if not self._unsent:
            self._backlog = 0
        elif self._backlog + size > self.manner.max_backlog:
            raise ConnectionError(
                f"{self.address} takes no commands, and {self._backlog:,} bytes of them "
                "wait already",
                hint="Await replies before you send more, or raise max_backlog.",
            )
        self._backlog += size
        if not self._ready:
            self._wake()

    async def _connect(self) -> None:
        try:
            await self._connect_in_time()
        except Exception as error:  # a bad host name is a UnicodeError, for example
            why = _cannot_connect(self.address, error, reached=self._transport is not None)
            self._drop_socket()
            self._give_up(why)
        except asyncio.CancelledError:
            self._drop_socket()
            self._give_up(ConnectionError("the client was closed while it connected"))
            raise
        finally:
            self._connecting = None

    async def _connect_in_time(self) -> None:
        pauses = self.manner.backoff.pauses()
        async with asyncio.timeout(self.manner.connect_timeout):
            while True:
                try:
                    await self._open()
                except (OSError, ConnectionError) as error:
                    self._drop_socket()
                    pause = next(pauses, None)
                    if pause is None or isinstance(error, _HOPELESS):
                        raise
                    await asyncio.sleep(pause)
                else:
                    self._be_ready()
                    self._flush()
                    return

    async def _open(self) -> None:
        """A new socket, logged in.

        What waits has not been sent, so nothing can answer it: the handshake has a queue
        of its own.
        """
        self._greeting = Session()
        self._receive = self._greeting.receive
        self._ended = None
        self._socket = Socket(self)
        self._transport = await open_socket(
            self.address, self.manner, self.loop, self._socket
        )
        if self._socket is None:  # it has ended already: whoever speaks first is no Redis
            raise self._ended or ConnectionError("it hung up at once")
        self._write = self._transport.write
        try:
            answer = await self._ask(hello(self.address, self.manner))
        except ResponseError as error:
            if "max number of clients" in str(error):
                raise  # it knows HELLO, and has no place for us
            answer = {"proto": 2}
            for command in without_hello(self.address, self.manner):
                await self._ask(command)
        self.server = facts(answer)
        if self.address.database:
            await self._ask(("SELECT", self.address.database))
        if self.manner.tracking:
            with suppress(ResponseError):  # then it does not tell, and that is all
                await self._ask(("CLIENT", "TRACKING", "ON"))
        if self._transport is None:
            raise ConnectionError(f"connection to {self.address} lost in the handshake")

    async def _ask(self, arguments: Arguments) -> Any:
        """A command of the handshake: before everything that waits."""
        reply: Reply[Any] = Reply(loop=self.loop)
        self._greeting.expect((reply, None))
        self._write(encode(arguments))
        return await reply

    def _be_ready(self) -> None:
        self._ready = True
        self._flowing = not self._paused
        self._receive = self.session.receive
        self._sequential = True
        self._silent = 0
        if self.manner.timeout is not None:
            self._tick()

    def local_address(self) -> str:
        """Our end of the socket, as the server's MONITOR and CLIENT LIST print it."""
        if self.address.path is not None:
            return f"unix:{self.address.path}"
        name = self._transport.get_extra_info("sockname") if self._transport else None
        if not name:
            return ""
        host, port = name[:2]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    # --- losing -----------------------------------------------------------------------

    def socket_lost(self, socket: Socket, error: Exception | None) -> None:
        """The socket ended by itself."""
        if socket is self._socket:
            where = f"connection to {self.address} lost"
            if not self._ready:
                where = "it hung up before it said who it is"
            reason = where + (f": {error}" if error else "")
            lost = ConnectionError(reason)
            lost.__cause__ = error
            self._lose(lost)

    def _distrust(self, error: RedisError, first_bytes: bytes) -> None:
        """What came is no answer. Before the handshake is done, it may be a stranger's."""
        if not self._ready and (name := stranger(first_bytes)) is not None:
            error = InvalidResponse(f"not the Redis protocol: this seems to be {name}")
        self._lose(error)

    def close(self) -> None:
        """End the conversation; a lasting connection may start another."""
        closed = ConnectionError("the client was closed")
        if self._connecting is not None:
            self._connecting.cancel()
        if not self.lasting and self.lost is None:
            self.lost = closed
        for _ in self._unsent:
            fail(self._waiting.pop(), closed, Outcome.NOT_SENT)
        self._unsent.clear()
        self._lose(closed)

    def abandon(self) -> None:
        """Let go of a socket whose event loop is closed.

        Its transport can only be closed by a turn of that loop. So we do what that turn
        would have done, where asyncio lets us, and spare the user a ResourceWarning.
        """
        transport, self._transport = self._transport, None
        self._ready = False
        self._flowing = False
        self._socket = None
        self._write = _no_socket
        self._waiting.clear()
        close_now = getattr(transport, "_call_connection_lost", None)
        if close_now is not None:
            close_now(None)

    def _lose(self, error: RedisError) -> None:
        """Fail what is in flight; keep what never left; be ready for a next socket."""
        if self._ready and not self.lasting and self.lost is None:
            self.lost = while_watching(error) if self.watching else error
        self._ended = error
        self._drop_socket()
        unsent = len(self._unsent)
        self._greeting.lose(error, 0, watching=False)
        self.session.lose(error, unsent, self.watching)
        if unsent:
            self._wake()

    def _drop_socket(self) -> None:
        transport, self._transport = self._transport, None
        self._socket = None
        self._stream = None
        self._ready = False
        self._paused = False
        self._flowing = False
        self._held = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if transport is not None:
            self.number = number()  # of the next socket's life
            self._write = _no_socket
            transport.abort()

    def _give_up(self, error: RedisError) -> None:
        """No socket is to be had: nothing that waits was sent, and its callers learn it."""
        if not self.lasting:
            self.lost = error
        self._refuse_waiting(error)

    def _refuse_waiting(self, error: RedisError | None = None) -> None:
        why = error or self.lost or ConnectionError("this connection is closed")
        self._unsent.clear()
        self.session.restart()
        while self._waiting:
            fail(self._waiting.popleft(), why, Outcome.NOT_SENT)

    # --- time -------------------------------------------------------------------------

    def _tick(self) -> None:
        """Has anything been heard since the last look, if an answer is owed?"""
        limit = self.timeout
        pause = (self.manner.timeout or 1.0) / TICKS
        oldest = self._waiting[0] if self._waiting else None
        if oldest is None or oldest is not self._oldest or self._heard:
            self._silent = 0
        else:
            self._silent += 1
            if limit is not None and self._silent * pause >= limit:
                self._lose(TimeoutError(f"no answer from {self.address} for {limit:g} s"))
                return
        self._oldest = oldest
        self._heard = False
        self._timer = self.loop.call_later(pause, _tick_of, weakref.ref(self))


def _no_socket(data: bytes) -> None:
    raise AssertionError(f"{len(data)} bytes were written while no socket was open")


def _cannot_connect(address: Address, error: Exception, *, reached: bool) -> RedisError:
    """The error that says where to, and why not."""
    if isinstance(error, AuthenticationError):
        return error
    reason, hint = str(error), None
    if isinstance(error, builtins.TimeoutError):
        reason = "no answer in time"
        if reached:
            reason += "; something listens there and says nothing"
    elif isinstance(error, ssl.SSLError):
        hint = "Does the server speak TLS on this port? redis:// is the plain protocol."
    elif isinstance(error, InvalidResponse):
        hint = error.hint
    lost = ConnectionError(f"cannot connect to {address}: {reason}", hint=hint)
    lost.__cause__ = error
    return lost


def _tick_of(connection: weakref.ref[Any]) -> None:
    """The timer must not keep a connection alive that everybody has forgotten."""
    alive = connection()
    if alive is not None:
        alive._tick()
