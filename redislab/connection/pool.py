"""The connections of one client in one event loop.

Rules of this file:
- One *shared* connection carries the ordinary commands of all tasks: their replies come
  back in the order they were sent, so nobody needs a connection of their own for that.
- Whoever blocks the connection (BLPOP) or changes its state (WATCH) takes one for
  themselves and gives it back. When all are taken, they wait in line for a bounded time.
- A pool belongs to an event loop. The client makes another pool for another loop.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from math import inf
from typing import Any, TypeVar
from weakref import WeakSet

from redislab.connection.address import Address
from redislab.connection.connection import Connection, Labels
from redislab.connection.manner import Manner
from redislab.connection.observed import attach, detach
from redislab.connection.session import BatchShape, Reply, Shape
from redislab.connection.tracking import tracking_connection
from redislab.events import Observers
from redislab.exceptions import ConnectionError, MaxConnectionsError
from redislab.wire.encode import Arguments

R = TypeVar("R")


class Pool:
    """The shared connection, and up to ``limit`` others for one user at a time."""

    def __init__(
        self,
        address: Address,
        manner: Manner,
        loop: asyncio.AbstractEventLoop,
        *,
        limit: int,
        patience: float | None,
    ) -> None:
        self.address = address
        self.manner = manner
        self.loop = loop
        self.limit = limit
        self.patience = patience
        self.shared = Connection(address, manner, loop, lasting=True)
        self._idle: list[Connection] = []
        self._taken: set[Connection] = set()
        self._line: deque[asyncio.Future[Connection]] = deque()
        self._apart: WeakSet[Connection] = WeakSet()
        self._observers: Observers | None = None
        self._waits: list[float] = []

    @property
    def idle(self) -> int:
        """Connections that wait for a user."""
        return len(self._idle)

    @property
    def taken(self) -> int:
        """Connections that have a user now."""
        return len(self._taken)

    # --- taking and giving back ---------------------------------------------------------

    def acquire_nowait(self) -> Connection | None:
        """A connection for one user, or None when all are taken.

        It may still be connecting: what is sent on it goes out as soon as it can.
        """
        if len(self._taken) >= self.limit or self._line:
            return None
        return self._take()

    async def acquire(self) -> Connection:
        """A connection for one user, as soon as one is free.

        Raises MaxConnectionsError when none is for ``patience`` seconds.
        """
        connection = self.acquire_nowait()
        if connection is not None:
            return connection
        place: asyncio.Future[Connection] = self.loop.create_future()
        self._line.append(place)
        try:
            async with asyncio.timeout(self.patience):
                return await place
        except BaseException as error:
            if place in self._line:
                self._line.remove(place)
            elif place.done() and not place.cancelled() and place.exception() is None:
                self.release(place.result())  # it came just as the waiting ended
            if isinstance(error, TimeoutError):
                raise MaxConnectionsError(
                    f"all {self.limit} connections stayed in use for {self.patience:g} s"
                ) from None
            raise

    def release(self, connection: Connection) -> None:
        """Give a connection back. One that is lost is not kept."""
        if connection not in self._taken:
            return
        self._taken.remove(connection)
        connection.timeout = self.manner.timeout
        connection.watching = False
        if connection.lost is None and connection.manner.tracking == self._tracking:
            self._idle.append(connection)
        else:
            self._let_go(connection)
        self._call_next()

    def drop(self, connection: Connection) -> None:
        """Close a connection instead of giving it back.

        Its user before may still await an answer on it, which comes first.
        """
        if (last := connection.last_awaited()) is not None:
            last.add_done_callback(lambda _: self.drop(connection))
            return
        connection.close()
        self.release(connection)

    # --- commands that need a connection to themselves -----------------------------------

    def run_blocking(
        self, arguments: Arguments, shape: Shape | None, seconds: float
    ) -> Reply[Any]:
        """Send a command that the server may keep waiting for ``seconds``.

        Cancelling the Reply closes its connection: that is how the server learns that
        nobody waits any more.
        """

        def send(connection: Connection) -> Reply[Any]:
            connection.timeout = self._patience_for(seconds)
            return connection.send(arguments, shape)

        return self._run_alone(send)

    def run_waiting(
        self, arguments: Arguments, shape: Shape | None, seconds: float
    ) -> Reply[Any]:
        """Send a command that waits for what the shared connection wrote (WAIT).

        It has to be sent there, and whatever comes after it waits too. Meanwhile the
        server may be silent for longer.
        """
        self._waits.append(seconds)
        self._be_patient()
        reply = self.shared.send(arguments, shape)

        def over(_: object) -> None:
            self._waits.remove(seconds)
            self._be_patient()

        reply.add_done_callback(over)
        return reply

    def _be_patient(self) -> None:
        self.shared.timeout = self._patience_for(max(self._waits, default=0.0))

    def _patience_for(self, seconds: float) -> float | None:
        """The time-out where the server may wait ``seconds`` before it answers."""
        usual = self.manner.timeout
        return None if usual is None or seconds == inf else usual + seconds

    def run_batch(
        self, commands: list[Arguments], shape: BatchShape, labels: Labels | None
    ) -> Reply[Any]:
        """Send a batch that holds a blocking command."""

        def send(connection: Connection) -> Reply[Any]:
            connection.timeout = None
            return connection.send_batch(commands, shape, labels=labels)

        return self._run_alone(send)

    def _run_alone(self, send: Callable[[Connection], Reply[Any]]) -> Reply[Any]:
        connection = self.acquire_nowait()
        if connection is None:
            return self.later(self._run_when_free(send))
        return self._lend(connection, send)

    async def _run_when_free(self, send: Callable[[Connection], Reply[Any]]) -> Any:
        connection = await self.acquire()
        return await self._lend(connection, send)

    def _lend(
        self, connection: Connection, send: Callable[[Connection], Reply[Any]]
    ) -> Reply[Any]:
        """Take the connection back when the answer has come."""

        def take_back(reply: Reply[Any]) -> None:
            if reply.cancelled():
                self.drop(connection)
            else:
                self.release(connection)

        try:
            reply = send(connection)
        except BaseException:
            self.release(connection)
            raise
        reply.add_done_callback(take_back)
        return reply

    def later(self, work: Coroutine[Any, Any, R]) -> Reply[R]:
        """The result of ``work`` as a Reply; cancelling one cancels the other."""
        reply: Reply[R] = Reply(loop=self.loop)
        task = self.loop.create_task(work)

        def hand_over(task: asyncio.Task[R]) -> None:
            if reply.done():
                return
            if task.cancelled():
                reply.cancel()
            elif (error := task.exception()) is not None:
                reply.set_exception(error)
            else:
                reply.set_result(task.result())

        def pass_on(_: asyncio.Future[R]) -> None:
            if reply.cancelled():
                task.cancel()

        task.add_done_callback(hand_over)
        reply.add_done_callback(pass_on)
        return reply

    def _take(self) -> Connection:
        tracking = self._tracking
        while self._idle:
            connection = self._idle.pop()
            if connection.lost is None and connection.manner.tracking == tracking:
                break
            self._let_go(connection)
        else:
            make = tracking_connection if tracking else Connection
            connection = make(self.address, self.manner, self.loop)
            if self._observers is not None:
                attach(connection, self._observers)
        self._taken.add(connection)
        return connection

    @property
    def _tracking(self) -> bool:
        return self._observers is not None and self._observers.tracking

    def _let_go(self, connection: Connection) -> None:
        """Close a connection that is no longer one of ours, once all its answers came."""
        if (last := connection.last_awaited()) is not None:
            last.add_done_callback(lambda _: self._let_go(connection))
        else:
            connection.close()

    def _call_next(self) -> None:
        """A connection is free: it goes to the first in line who still waits."""
        while self._line and len(self._taken) < self.limit:
            place = self._line.popleft()
            if not place.done():
                place.set_result(self._take())

    # --- all of them --------------------------------------------------------------------

    def observe(self, observers: Observers | None) -> None:
        """Let the connections tell what they do, or stop that."""
        self._observers = observers
        for connection in self._all():
            if observers is None:
                detach(connection)
            else:
                attach(connection, observers)
        for connection in self._idle:
            if connection.manner.tracking and not self._tracking:
                self._let_go(connection)
        self._idle = [connection for connection in self._idle if connection.lost is None]

    def close_with(self, connection: Connection) -> None:
        """Close a connection, which its user made, when the pool is closed."""
        self._apart.add(connection)

    def close(self) -> None:
        """Close every connection; commands in flight fail, and so do those in line."""
        while self._line:
            place = self._line.popleft()
            if not place.done():
                place.set_exception(ConnectionError("the client was closed"))
        for connection in [*self._all(), *self._apart]:
            connection.close()
        self._idle.clear()
        self._taken.clear()

    def retire(self) -> None:
        """Close once every answer that somebody may wait for has come."""
        for connection in self._all():
            if (last := connection.last_awaited()) is not None:
                last.add_done_callback(lambda _: self.retire())
                return
        self.close()

    def abandon(self) -> None:
        """The loop is closed: let go of its sockets."""
        for connection in [*self._all(), *self._apart]:
            connection.abandon()

    def _all(self) -> list[Connection]:
        return [self.shared, *self._idle, *self._taken]
