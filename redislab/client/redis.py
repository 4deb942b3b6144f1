"""The client: ``Redis``.

Rules of this file:
- A command method is a plain function (see ``redislab.commands``). It gives its command
  to a connection and returns a Reply that is already on its way.
- Which connection, the command table decides: nearly all share one; a command that may
  block gets one for itself; one that would change the shared connection for everybody is
  refused, with the way to do it properly.
- A client may be used in several event loops, one after the other or side by side. Each
  has its own pool of connections, since a socket belongs to one loop.
"""

from __future__ import annotations

import asyncio
import inspect
import ssl
import weakref
from asyncio import AbstractEventLoop
from asyncio.events import _get_running_loop as running_loop
from collections import deque
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Literal, Self, TypedDict, TypeVar, Unpack, overload

from redislab.client.lock import Lock
from redislab.client.monitor import Monitor
from redislab.client.observed import ObservedPipeline, attach
from redislab.client.pipeline import Pipeline
from redislab.client.pubsub import PubSub
from redislab.client.scan import ScanIterators
from redislab.client.script import Script
from redislab.commands import Key, T
from redislab.commands.replies import stays_bytes, text
from redislab.commands.table import SPECIAL, blocks, row
from redislab.connection.address import Address, parse_url
from redislab.connection.connection import Connection
from redislab.connection.listening import Listening
from redislab.connection.manner import MAX_BACKLOG, Manner
from redislab.connection.pool import Pool
from redislab.connection.session import Reply, Shape
from redislab.events import Observer, Observers
from redislab.exceptions import RedisError, WatchError

R = TypeVar("R")


class Options(TypedDict, total=False):
    """What ``Redis`` and ``from_url`` take by name. Times are in seconds."""

    unix_socket_path: str | None
    username: str | None
    client_name: str | None
    """The name the server is told, and the one in pictures."""
    socket_timeout: float | None
    """How long the server may owe an answer and say nothing; None: for ever."""
    socket_connect_timeout: float | None
    """For connecting and logging in, retries included."""
    max_connections: int
    """Connections of their own for blocking commands and WATCH, at most; more wait."""
    pool_timeout: float | None
    """How long they wait; None: for ever."""
    max_backlog: int
    """Bytes of commands that may wait for a server that takes none; further commands are
    refused (ConnectionError, NOT_SENT)."""
    protocol: Literal[2, 3] | None
    """RESP2 unless told otherwise: its maps are read twice as fast, and the replies of the
    command methods have the same form in both."""
    ssl: bool
    ssl_context: ssl.SSLContext | None


class Redis(ScanIterators[T]):
    """An async client of one Redis or Valkey server.

    Making it sends nothing; the first command connects. It may live as long as the
    program; ``aclose``, or ``async with``, closes its connections when that matters.
    """

    @overload
    def __init__(
        self: Redis[str],
        host: str = ...,
        port: int = ...,
        db: int = ...,
        password: str | None = ...,
        *,
        decode_responses: Literal[True],
        **options: Unpack[Options],
    ) -> None: ...

    @overload
    def __init__(
        self: Redis[bytes],
        host: str = ...,
        port: int = ...,
        db: int = ...,
        password: str | None = ...,
        *,
        decode_responses: Literal[False] = ...,
        **options: Unpack[Options],
    ) -> None: ...

    def __init__(
        self,
        host: str = "localhost",
        port: int = 6379,
        db: int = 0,
        password: str | None = None,
        *,
        decode_responses: bool = False,
        **options: Unpack[Options],
    ) -> None:
        """See ``Options`` for the rest. ``decode_responses``: text in replies is str."""
        unknown = sorted(set(options) - set(Options.__annotations__))
        if unknown:
            raise TypeError(f"Redis() has no option {', '.join(unknown)}")
        self.address = Address(
            host=host,
            port=port,
            path=options.get("unix_socket_path"),
            database=db,
            username=options.get("username"),
            password=password,
            tls=options.get("ssl", False),
        )
        name = options.get("client_name")
        self.name = name or "redislab"
        self._manner = Manner(
            client=self.name,
            client_name=name,
            protocol=options.get("protocol") or 2,
            timeout=options.get("socket_timeout", 5.0),
            connect_timeout=options.get("socket_connect_timeout", 5.0),
            max_backlog=options.get("max_backlog", MAX_BACKLOG),
            tls=options.get("ssl_context"),
        )
        self._limit = options.get("max_connections", 64)
        self._patience = options.get("pool_timeout", 20.0)
        self._text = decode_responses
        self._observers = Observers()
        self._pools: dict[AbstractEventLoop, Pool] = {}
        self._everyday: Connection | None = None
        weakref.finalize(self, _let_go, self._pools)

    @overload
    @classmethod
    def from_url(
        cls, url: str, *, decode_responses: Literal[True], **options: Unpack[Options]
    ) -> Redis[str]: ...

    @overload
    @classmethod
    def from_url(
        cls, url: str, *, decode_responses: Literal[False] = ..., **options: Unpack[Options]
    ) -> Redis[bytes]: ...

    @classmethod
    def from_url(cls, url: str, **options: Any) -> Redis[Any]:
        """A client for ``redis://``, ``rediss://`` or ``unix://``; the URL's query may name
        options, and those given here come first. Raises ValueError for a bad URL.
        """
        address, named = parse_url(url)
        settings: dict[str, Any] = {
            "host": address.host,
            "port": address.port,
            "db": address.database,
            "password": address.password,
            "username": address.username,
            "unix_socket_path": address.path,
            "ssl": address.tls,
            **named,
            **options,
        }
        make: Any = cls  # its overloads are for callers, who know whether they decode
        client: Redis[Any] = make(**settings)
        return client

    def __repr__(self) -> str:
        return f"<Redis {self.name} at {self.address}>"

    # --- commands ---------------------------------------------------------------------

    def _run(self, args: tuple[Any, ...], shape: Shape | None = None) -> Reply[Any]:
        """Send a command on the connection it needs."""
        connection = self._everyday
        if connection is None or connection.loop is not running_loop():
            connection = self._shared()
        if self._text:
            shape = self._shaped(shape)
        if args[0] in SPECIAL:
            return self._run_special(args, shape)
        return connection.send(args, shape)

    def _run_special(self, args: tuple[Any, ...], shape: Shape | None) -> Reply[Any]:
        self._refuse_stateful(args)
        seconds = blocks(args)
        if seconds is None:
            return self._shared().send(args, shape)
        command = row(args)
        if command is not None and command.here:
            return self._pool().run_waiting(args, shape, seconds)
        return self._pool().run_blocking(args, shape, seconds)

    def execute_command(self, *args: Any) -> Reply[Any]:
        """Send any command, given as its words and arguments; gives the reply as it came.

        ``execute_command("OBJECT", "HELP")`` and ``execute_command("OBJECT HELP")`` are the
        same. Raises the server's error, and DataError before anything is sent.
        """
        return self._run(self._named(args))

    def _named(self, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """The command's name as the table knows it: separate words, upper case."""
        if not args:
            raise RedisError("execute_command() needs at least the name of a command")
        name, *rest = args
        if isinstance(name, bytes):
            name = name.decode("ascii", "replace")
        if not isinstance(name, str) or not name.strip():
            raise RedisError(f"the name of a command is text, not {name!r}")
        return (*name.upper().split(), *rest)

    def _refuse_stateful(self, args: tuple[Any, ...]) -> None:
        command = row(args)
        if command is not None and command.stateful:
            raise RedisError(
                f"{command.name} would change the connection that all commands share",
                hint=_PROPER_WAY.get(command.name.split()[0], _OWN_CONNECTION),
            )

    def _shaped(self, shape: Shape | None) -> Shape | None:
        """The shape, after decoding if this client decodes."""
        if not self._text or stays_bytes(shape):
            return shape
        return text if shape is None else _decoded(shape)

    # --- pipelines and transactions -----------------------------------------------------

    def pipeline(
        self, transaction: bool = True, shard_hint: str | None = None
    ) -> Pipeline[T]:
        """Commands that are kept and sent together; in one transaction unless told not to.

        ``shard_hint`` is there for redis-py's sake and means nothing.
        """
        del shard_hint
        pipe: Pipeline[T] = Pipeline(self, transaction)
        self._observe(pipe)
        return pipe

    async def transaction(
        self,
        func: Callable[[Pipeline[T]], Any],
        *watches: Any,
        shard_hint: str | None = None,
        value_from_callable: bool = False,
        watch_delay: float | None = None,
    ) -> Any:
        """Watch keys, let ``func`` read and buffer, execute; again if a key changed.

        ``func`` gets the pipe, reads with ``await``, calls ``pipe.multi()`` and buffers
        its writes; it may be a plain or an async function. Gives what EXEC gave, or what
        ``func`` returned with ``value_from_callable``. Between tries it waits
        ``watch_delay`` seconds. It tries until it succeeds: ``asyncio.timeout`` around it
        is the limit.
        Source: https://redis.io/docs/latest/develop/using-commands/transactions/
        """
        async with self.pipeline(True, shard_hint) as pipe:
            while True:
                try:
                    if watches:
                        await pipe.watch(*watches)
                    value = func(pipe)
                    if inspect.isawaitable(value) and value is not pipe:
                        value = await value
                    results = await pipe.execute()
                except WatchError:
                    await pipe.reset()
                    if watch_delay:
                        await asyncio.sleep(watch_delay)
                else:
                    return value if value_from_callable else results

    # --- scripts and locks --------------------------------------------------------------

    def register_script(self, script: str | bytes) -> Script:
        """A Lua script to be called like a function, also in pipelines. Sends nothing."""
        return Script(self, script)

    def lock(
        self,
        name: Key,
        timeout: float | None = None,
        sleep: float = 0.1,
        blocking: bool = True,
        blocking_timeout: float | None = None,
        lock_class: type[Lock] | None = None,
        thread_local: bool = True,
        raise_on_release_error: bool = True,
    ) -> Lock:
        """A lock among all clients: ``async with client.lock("name", timeout=30): ...``

        It is freed after ``timeout`` seconds, whatever became of its holder; None: never.
        To get it, tries are made every ``sleep`` seconds for ``blocking_timeout`` seconds,
        None: for ever; only one if not ``blocking``. ``thread_local=False`` lets any task
        release it. Without ``raise_on_release_error``, leaving the block too late only
        logs a warning. Sends nothing until it is acquired.
        """
        return (lock_class or Lock)(
            self,
            name,
            timeout=timeout,
            sleep=sleep,
            blocking=blocking,
            blocking_timeout=blocking_timeout,
            thread_local=thread_local,
            raise_on_release_error=raise_on_release_error,
        )

    # --- listening ----------------------------------------------------------------------

    def pubsub(self, *, ignore_subscribe_messages: bool = False) -> PubSub[T]:
        """A listener to what is published, on a connection of its own.

        ``ignore_subscribe_messages``: the server's confirmations are not among the
        messages.
        """
        return PubSub(self, self._text, ignore_subscribe_messages)

    def monitor(self) -> Monitor:
        """A listener to every command that the server runs, on a connection of its own:
        ``async with client.monitor() as monitor``. It slows the server for everybody.
        """
        return Monitor(self)

    def _listening(
        self,
        heard: deque[Any],
        news: Callable[[], object],
        lost: Callable[[RedisError], object],
    ) -> Listening:
        """A connection on which the server speaks by itself; closed with the client."""
        pool = self._pool()
        connection = Listening(
            self.address, self._manner, pool.loop, heard, news=news, lost=lost
        )
        pool.close_with(connection)
        return connection

    # --- observers ----------------------------------------------------------------------

    def attach(self, observer: Observer) -> None:
        """Call ``observer`` with every event (``redislab.events``) from now on."""
        self._observers.attach(observer)
        for pool in self._pools.values():
            pool.observe(self._observers)

    def detach(self, observer: Observer) -> None:
        """Call it no more."""
        self._observers.detach(observer)
        if not self._observers:
            for pool in self._pools.values():
                pool.observe(None)

    def _observe(self, pipe: Pipeline[Any, *tuple[Any, ...]]) -> None:
        """If somebody listens, let a pipeline tell from here on what it does."""
        if self._observers and not isinstance(pipe, ObservedPipeline):
            attach(pipe)

    # --- connections --------------------------------------------------------------------

    def _shared(self) -> Connection:
        """The connection that ordinary commands share in the running event loop."""
        connection = self._everyday = self._pool().shared
        return connection

    def _pool(self) -> Pool:
        """The connections of the running event loop."""
        loop = running_loop()
        if loop is None:
            raise RuntimeError(
                "a command needs a running event loop: await it in a notebook cell, or in "
                "a function that asyncio.run() runs"
            )
        pool = self._pools.get(loop)
        if pool is None:
            for other, old in list(self._pools.items()):
                if other.is_closed():
                    self._pools.pop(other, old).abandon()
            pool = self._pools[loop] = Pool(
                self.address, self._manner, loop, limit=self._limit, patience=self._patience
            )
            if self._observers:
                pool.observe(self._observers)
        return pool

    def _release(self, connection: Connection) -> None:
        if pool := self._pools.get(connection.loop):  # else the client was closed
            pool.release(connection)

    def _drop(self, connection: Connection) -> None:
        if pool := self._pools.get(connection.loop):
            pool.drop(connection)

    def _answered(self, value: R) -> Reply[R]:
        """A reply that needs no server."""
        loop = running_loop()
        reply: Reply[R] = Reply(loop=loop or self._pool().loop)
        reply.set_result(value)
        return reply

    def _later(self, work: Coroutine[Any, Any, R]) -> Reply[R]:
        """A reply that comes when ``work`` is done; cancelling one cancels the other."""
        return self._pool().later(work)

    async def connect(self) -> Self:
        """Connect now, to learn of a wrong address or password before the first command."""
        await self._shared().connect()
        return self

    async def aclose(self) -> None:
        """Close the connections. Commands in flight fail; a later command connects anew."""
        self._everyday = None
        here = running_loop()
        for loop, pool in list(self._pools.items()):
            if loop is here:
                pool.close()
            elif loop.is_closed():
                pool.abandon()
            else:
                loop.call_soon_threadsafe(pool.close)
        self._pools.clear()
        await asyncio.sleep(0)  # the sockets are closed in the loop's next turn

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()


def _decoded(shape: Shape) -> Shape:
    return lambda answer: shape(text(answer))


def _let_go(pools: dict[AbstractEventLoop, Pool]) -> None:
    """Nobody has the client any more: its sockets close once all answers have come."""
    for loop, pool in pools.items():
        if loop.is_closed():
            pool.abandon()
        else:
            loop.call_soon_threadsafe(pool.retire)
    pools.clear()


_OWN_CONNECTION = "It needs a connection of its own; redislab has no method for it yet."

_SUBSCRIBE = "pubsub = client.pubsub(); await pubsub.subscribe(...); async for m in pubsub."
_UNSUBSCRIBE = "Only a listener unsubscribes: await pubsub.unsubscribe(...)."

_PROPER_WAY = {
    "SUBSCRIBE": _SUBSCRIBE,
    "PSUBSCRIBE": _SUBSCRIBE.replace(".sub", ".psub"),
    "SSUBSCRIBE": _SUBSCRIBE.replace(".sub", ".ssub"),
    "UNSUBSCRIBE": _UNSUBSCRIBE,
    "PUNSUBSCRIBE": _UNSUBSCRIBE.replace(".un", ".pun"),
    "SUNSUBSCRIBE": _UNSUBSCRIBE.replace(".un", ".sun"),
    "MONITOR": "async with client.monitor() as monitor: async for command in monitor.",
    "WATCH": "Watch on a pipeline: pipe = client.pipeline(); await pipe.watch(...).",
    "UNWATCH": "Only a pipeline watches: await pipe.unwatch().",
    "MULTI": "client.pipeline() sends MULTI and EXEC around its commands by itself.",
    "EXEC": "client.pipeline() sends MULTI and EXEC around its commands by itself.",
    "DISCARD": "A pipeline drops its commands with reset(); nothing was sent.",
    "SELECT": "Make a client for the other database: Redis(db=1).",
    "AUTH": "Give username= and password= to Redis(), or put them in the URL.",
    "HELLO": "Choose the protocol with Redis(protocol=3).",
    "CLIENT": "Name a client with Redis(client_name=...).",
    "QUIT": "Close a client with await client.aclose().",
    "RESET": "Close a client with await client.aclose(); the next command connects anew.",
}
