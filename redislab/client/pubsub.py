"""Hearing what others publish: ``PubSub``.

    async with client.pubsub() as news:
        await news.subscribe("weather", sports=print_it)
        async for message in news:
            ...

Rules of this file:
- Redis publishes to whoever is there, once, and keeps nothing. So a listener whose
  connection was lost has missed something, and nobody knows what. It connects again, it
  subscribes again, and it says so: a message of type ``gap`` stands where something may
  be missing. Nothing hides it.
- A message is taken in one step without waiting. A cancelled ``get_message`` has taken
  none; whoever was given one has it.
- A slow listener costs bounded memory: see ``connection/listening.py``.
"""

from __future__ import annotations

import asyncio
import inspect
import weakref
from asyncio.events import _get_running_loop as running_loop
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Generic, Protocol, Self

from redislab.client.subscriptions import Handler, Message, Subscriptions
from redislab.commands import T
from redislab.commands.replies import text
from redislab.connection.backoff import Backoff
from redislab.connection.listening import Listening
from redislab.exceptions import ConnectionError, InvalidResponse, PubSubError, RedisError

RECONNECT_SECONDS = 60.0
"""How long a lost connection is sought again before whoever waits gets the error."""

PAUSES = Backoff(attempts=1_000, first=0.1, ceiling=2.0)
"""Between the rounds of that, each of which is a few tries."""

TURN = 1_000
"""Messages taken in a row before other tasks get their turn."""


class Desk(Protocol):
    """What a listener needs of its client."""

    def _listening(
        self,
        heard: deque[Any],
        news: Callable[[], object],
        lost: Callable[[RedisError], object],
    ) -> Listening: ...


class PubSub(Generic[T]):
    """Subscriptions on a connection of their own; made by ``client.pubsub()``."""

    def __init__(self, client: Desk, text: bool, ignore_subscribe_messages: bool) -> None:
        self.ignore_subscribe_messages = ignore_subscribe_messages
        self._client = client
        self._text = text
        self._channels: Subscriptions[T] = Subscriptions("", text)
        self._patterns: Subscriptions[T] = Subscriptions("p", text)
        self._shards: Subscriptions[T] = Subscriptions("s", text)
        self._kinds = (self._channels, self._patterns, self._shards)
        self._owners = {"message": self._channels, "smessage": self._shards}
        self._leavers = {kind.opposite: kind for kind in self._kinds}
        self._heard: deque[Any] = deque()
        self._waiters: list[asyncio.Future[None]] = []
        self._taken = 0
        self._connections: list[Listening] = []
        self._restoring: asyncio.Task[RedisError | None] | None = None
        self._gap: str | None = None
        self._trouble: RedisError | None = None
        weakref.finalize(self, _let_go, self._connections)

    @property
    def subscribed(self) -> bool:
        """Whether there is any subscription whose end has not been confirmed."""
        return any(kind.handlers for kind in self._kinds)

    # --- subscribing ------------------------------------------------------------------

    async def subscribe(self, *channels: Any, **handlers: Handler[T]) -> None:
        """``SUBSCRIBE channel ...``: hear what is published there from now on.

        Names are given alone, or as keywords with a function, plain or async, which then
        gets the messages. When this returns, the server has confirmed; its confirmations
        come as messages, too. Raises the server's error, and ConnectionError.
        https://valkey.io/commands/subscribe/
        """
        await self._subscribe(self._channels, channels, handlers)

    async def psubscribe(self, *patterns: Any, **handlers: Handler[T]) -> None:
        """``PSUBSCRIBE pattern ...``: as ``subscribe``, to every channel that matches.

        https://valkey.io/commands/psubscribe/
        """
        await self._subscribe(self._patterns, patterns, handlers)

    async def ssubscribe(self, *channels: Any, **handlers: Handler[T]) -> None:
        """``SSUBSCRIBE channel ...``: as ``subscribe``, to channels of a cluster's shard.

        https://valkey.io/commands/ssubscribe/
        """
        await self._subscribe(self._shards, channels, handlers)

    async def unsubscribe(self, *channels: Any) -> None:
        """``UNSUBSCRIBE channel ...``: hear no more from these, or from all channels.

        https://valkey.io/commands/unsubscribe/
        """
        await self._unsubscribe(self._channels, channels)

    async def punsubscribe(self, *patterns: Any) -> None:
        """``PUNSUBSCRIBE pattern ...``: the end of these patterns, or of all.

        https://valkey.io/commands/punsubscribe/
        """
        await self._unsubscribe(self._patterns, patterns)

    async def sunsubscribe(self, *channels: Any) -> None:
        """``SUNSUBSCRIBE channel ...``: the end of these shard channels, or of all.

        https://valkey.io/commands/sunsubscribe/
        """
        await self._unsubscribe(self._shards, channels)

    async def _subscribe(
        self, kind: Subscriptions[T], args: tuple[Any, ...], named: dict[str, Handler[T]]
    ) -> None:
        handlers: dict[T, Handler[T] | None] = dict.fromkeys(kind.names(args))
        handlers.update(zip(kind.names(tuple(named)), named.values(), strict=True))
        if not handlers:
            raise PubSubError(f"{kind.kind}() needs at least one name")
        new = [name for name in handlers if name not in kind.handlers]
        connection = self._connection()
        kind.add(handlers)
        try:
            if not connection.is_open:
                await self._restored()
                return
            try:
                await self._ask(connection, kind, kind.kind, list(handlers))
            except ConnectionError:  # lost meanwhile; it is subscribed to with the others
                await self._restored()
        except RedisError:
            for name in new:
                kind.handlers.pop(name, None)
            raise

    async def _unsubscribe(self, kind: Subscriptions[T], args: tuple[Any, ...]) -> None:
        names = kind.names(args) or kind.wanted()
        kind.leaving.update(name for name in names if name in kind.handlers)
        connection = self._connections[0] if self._connections else None
        if connection is None or not connection.is_open:
            kind.forget_leaving()
            self._wake()
        elif names:
            with suppress(ConnectionError):  # lost: then there is no subscription any more
                await self._ask(connection, kind, kind.opposite, names)

    def _ask(
        self, connection: Listening, kind: Subscriptions[T], word: str, names: list[T]
    ) -> Awaitable[None]:
        return connection.ask(kind.command(word, names), word.encode(), len(names))

    # --- hearing ----------------------------------------------------------------------

    async def get_message(
        self,
        ignore_subscribe_messages: bool = False,
        timeout: float | None = 0.0,  # noqa: ASYNC109  redis-py's signature
    ) -> Message[T] | None:
        """The next message, or None if there is none within ``timeout`` seconds.

        ``timeout=None`` waits for ever, or until nothing is subscribed to any more. What a
        handler takes and what is ignored does not end the waiting. Raises ConnectionError
        when the connection was lost and cannot be had again; the next call tries again.
        """
        if not self._connections:
            raise RuntimeError("get_message() before subscribe() would wait for nothing")
        hidden = ignore_subscribe_messages or self.ignore_subscribe_messages
        heard = self._heard
        deadline = None if not timeout else asyncio.get_running_loop().time() + timeout
        while True:
            while heard:
                if self._taken >= TURN:
                    self._taken = 0
                    await asyncio.sleep(0)
                    continue
                self._taken += 1
                message, handler = self._shaped(heard.popleft())
                if handler is not None:
                    outcome = handler(message)
                    if inspect.isawaitable(outcome):
                        await outcome
                elif not (hidden and message["type"].endswith("subscribe")):
                    return message
            if timeout is None and not self.subscribed:
                return None
            if not await self._more(deadline, at_once=timeout is not None and timeout <= 0):
                return None

    async def listen(self) -> AsyncIterator[Message[T]]:
        """Every message, until nothing is subscribed to any more."""
        while self.subscribed:
            message = await self.get_message(timeout=None)
            if message is not None:
                yield message

    def __aiter__(self) -> AsyncIterator[Message[T]]:
        return self.listen()

    async def run(
        self, *, exception_handler: Callable[[Exception, PubSub[T]], Any] | None = None
    ) -> None:
        """Give messages to their handlers, until nothing is subscribed to or this task is
        cancelled.

        Raises PubSubError if a name has no handler. What a handler raises ends it, unless
        ``exception_handler(error, pubsub)``, plain or async, takes the error.
        """
        for kind in self._kinds:
            for name, handler in kind.handlers.items():
                if handler is None:
                    raise PubSubError(f"{name!r} was subscribed to without a handler")
        while self.subscribed:
            try:
                await self.get_message(ignore_subscribe_messages=True, timeout=None)
            except Exception as error:
                if exception_handler is None:
                    raise
                outcome = exception_handler(error, self)
                if inspect.isawaitable(outcome):
                    await outcome

    def _shaped(self, item: Any) -> tuple[Message[T], Handler[T] | None]:
        """What was heard as a message, and whose it is."""
        if type(item) is dict:
            return item, None  # type: ignore[return-value]  # the gap, a message already
        if self._text:
            item = text(item)
        try:
            kind, *pattern, channel, content = item
            word: str = kind if self._text else kind.decode()
        except (TypeError, ValueError, AttributeError):
            raise InvalidResponse(f"no pub/sub message: {item!r:.80}") from None
        message: Message[T] = {
            "type": word,
            "pattern": pattern[0] if pattern else None,
            "channel": channel,
            "data": content,
        }
        if word in self._owners:
            return message, self._owners[word].handlers.get(channel)
        if pattern:
            return message, self._patterns.handlers.get(pattern[0])
        if word in self._leavers:
            self._leavers[word].forget(channel)
        return message, None

    async def _more(self, deadline: float | None, *, at_once: bool) -> bool:
        """Wait until something is heard; False when the time is over."""
        if not self._connections:  # closed meanwhile
            return False
        self._taken = 0
        self._connections[0].read_on()
        if (trouble := self._trouble) is not None:
            self._trouble = None
            raise _own(trouble)
        if self.subscribed and not self._connection().is_open:
            self._restore()
        if at_once:
            await asyncio.sleep(0)
            await asyncio.sleep(0)  # the loop looks at its sockets between two turns
            return bool(self._heard)
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        try:
            async with asyncio.timeout_at(deadline):
                await waiter
        except TimeoutError:
            return bool(self._heard)
        finally:
            self._waiters.remove(waiter)
        return True

    def _wake(self) -> None:
        """There is something to hear, or to know."""
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)

    # --- the connection ---------------------------------------------------------------

    def _connection(self) -> Listening:
        """The connection, or another where that one can never be used again."""
        if self._connections:
            connection = self._connections[0]
            if not connection.ended and connection.loop is running_loop():
                return connection
            self._connections.clear()
            _close(connection)
            self._restoring = None
            if self.subscribed:
                self._gap = self._gap or "the client was closed, or used in another loop"
        news, lost = weakref.WeakMethod(self._wake), weakref.WeakMethod(self._lost)

        def on_news() -> None:
            if (wake := news()) is not None:
                wake()

        def on_loss(error: RedisError) -> None:
            if (tell := lost()) is not None:
                tell(error)

        self._connections.append(self._client._listening(self._heard, on_news, on_loss))
        return self._connections[0]

    def _lost(self, error: RedisError) -> None:
        """The connection has ended: seek another, unless our side ended it."""
        if not self.subscribed:
            return
        self._gap = str(error)
        if self._connections and self._connections[0].ended:
            self._trouble = error
            self._wake()
        else:
            self._restore()

    def _restore(self) -> asyncio.Task[RedisError | None]:
        """Connect and subscribe to all that is wanted, if that is not under way."""
        if self._restoring is None or self._restoring.done():
            connection = self._connection()
            self._restoring = connection.loop.create_task(self._seek(connection))
        return self._restoring

    async def _restored(self) -> None:
        error = await asyncio.shield(self._restore())
        if error is not None:
            raise _own(error)

    async def _seek(self, connection: Listening) -> RedisError | None:
        """Try until it succeeds or the time is over; then the error."""
        patience = RECONNECT_SECONDS if self._gap is not None else 0.0
        deadline = connection.loop.time() + patience
        for pause in PAUSES.pauses():
            try:
                await connection.open()
                await self._subscribe_again(connection)
            except RedisError as error:
                lasting = not isinstance(error, ConnectionError) or connection.ended
                if lasting or connection.loop.time() + pause > deadline:
                    self._trouble = error
                    break
            else:
                self._trouble = None
                break
            await asyncio.sleep(pause)
        self._wake()
        return self._trouble

    async def _subscribe_again(self, connection: Listening) -> None:
        """On a fresh connection: say that something may be missing, then go on."""
        if (reason := self._gap) is not None:
            self._gap = None
            gap = {"type": "gap", "pattern": None, "channel": None, "data": reason}
            self._heard.append(gap)
        asked = []
        for kind in self._kinds:
            kind.forget_leaving()
            if names := kind.wanted():
                asked.append(self._ask(connection, kind, kind.kind, names))
        for error in await asyncio.gather(*asked, return_exceptions=True):
            if error is not None:
                raise error

    async def aclose(self) -> None:
        """End all subscriptions and close the connection. What was heard and not taken is
        dropped; who waits gets None. The object may subscribe again.
        """
        if self._restoring is not None:
            self._restoring.cancel()
            self._restoring = None
        for kind in self._kinds:
            kind.handlers.clear()
            kind.leaving.clear()
        self._gap = self._trouble = None
        connections = self._connections[:]
        self._connections.clear()
        for connection in connections:
            _close(connection)
        self._heard.clear()
        self._wake()
        await asyncio.sleep(0)  # the socket is closed in the loop's next turn

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()


def _own(error: RedisError) -> RedisError:
    """An exception object of its own for each who gets the error."""
    return type(error)(*error.args, outcome=error.outcome, hint=error.hint)


def _close(connection: Listening) -> None:
    if connection.loop.is_closed():
        connection.abandon()
    elif connection.loop is running_loop():
        connection.close()
    else:
        connection.loop.call_soon_threadsafe(connection.close)


def _let_go(connections: list[Listening]) -> None:
    """Nobody has the listener any more."""
    for connection in connections:
        _close(connection)
