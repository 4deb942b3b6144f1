"""Pipelines: commands kept in Python, then sent as one packet.

    pipe.set("a", 1).get("a")        kept; nothing was sent
    await pipe.execute()             MULTI SET GET EXEC in one write, the results in a list

Rules of this file:
- A kept command gives the pipe itself, so calls chain; awaiting the pipe changes nothing.
- ``watch`` takes a connection for this pipe alone and switches to sending at once: the
  reads between WATCH and MULTI must come back before anything is decided. ``multi``
  switches back to keeping.
- MULTI ... EXEC leave in one write. So a transaction without WATCH needs no connection of
  its own: nobody's command can come in between.
- Replies come in order, so a connection can be given back as soon as the last command is
  written; whoever takes it next simply waits behind it.
- No good result is lost: the error of one command carries all the others' results.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVarTuple, overload

from redislab.client.results import (
    name_unsendable,
    plain_results,
    transaction_results,
)
from redislab.client.windows import (
    WINDOW,
    Load,
    Progress,
    raise_first,
    run_in_windows,
    windows,
)
from redislab.commands import Commands, T
from redislab.commands.replies import ok
from redislab.commands.table import SPECIAL, blocks, row
from redislab.connection.connection import Connection, Labels
from redislab.connection.session import BatchShape, Reply, Shape, batch_of_one
from redislab.exceptions import DataError, RedisError

Ts = TypeVarTuple("Ts")

if TYPE_CHECKING:
    from redislab.client.kept import Chain
    from redislab.client.redis import Redis
else:

    class Chain(Commands[T], Generic[T, *Ts]):
        """At run time the command methods; type checkers read ``kept.pyi``."""


MULTI: tuple[Any, ...] = ("MULTI",)
EXEC: tuple[Any, ...] = ("EXEC",)


class Pipeline(Chain[T, *Ts]):
    """Commands that are sent together. Made by ``Redis.pipeline``.

    For type checkers each chained command adds its result to ``Ts``:
    ``pipe.set("a", 1).get("a").execute()`` gives ``tuple[bool | None, bytes | None]``. At
    run time the results are a list.
    """

    def __init__(self, client: Redis[T], transaction: bool = True) -> None:
        self._client = client
        self._transaction = transaction
        self._commands: list[tuple[Any, ...]] = []
        self._shapes: list[Shape | None] = []
        self._connection: Connection | None = None
        self._watched: tuple[Any, ...] = ()
        self._immediate = False
        self._explicit = False
        self._blocking = False
        self._scripts: set[str] = set()
        """Digests of scripts that a kept command brings along: see ``script.py``."""

    # --- keeping ----------------------------------------------------------------------

    def _run(self, args: tuple[Any, ...], shape: Shape | None = None) -> Any:
        """Keep a command and give the pipe, or after WATCH send it and give its Reply."""
        if args[0] in SPECIAL:
            self._client._refuse_stateful(args)
            self._blocking = self._blocking or blocks(args) is not None
        if self._immediate:
            return self._send_now(args, shape)
        self._commands.append(args)
        self._shapes.append(shape)
        return self

    def execute_command(self, *args: Any) -> Any:
        """Keep, or after WATCH send, any command: its words and arguments as they are."""
        return self._run(self._client._named(args))

    def __len__(self) -> int:
        """How many commands are kept."""
        return len(self._commands)

    def __bool__(self) -> bool:
        """Always true: an empty pipeline is still a pipeline."""
        return True

    def __await__(self) -> Generator[None, None, Self]:
        """The pipe itself, at once: ``await pipe.set(...)`` reads like the client's."""
        yield from ()
        return self

    def __repr__(self) -> str:
        mode = "watching" if self._immediate else "buffered"
        kind = "transaction" if self._transaction or self._explicit else "no transaction"
        return f"<Pipeline of {self._client.name}: {len(self)} commands, {mode}, {kind}>"

    # --- watching ---------------------------------------------------------------------

    def watch(self, *names: Any) -> Reply[bool]:
        """Watch keys: if one of them changes before ``execute``, it runs nothing.

        Sends ``WATCH name ...`` on a connection of this pipe's own, at once, as all that
        follows until ``multi``. Gives True. More keys may be watched later.
        Raises RedisError after ``multi``; MaxConnectionsError when no connection is free.
        Source: https://redis.io/docs/latest/commands/watch/
        """
        self._client._observe(self)
        if self._explicit:
            raise RedisError("Cannot issue a WATCH after a MULTI")
        if not names:
            raise RedisError("watch() needs the names of the keys to watch")
        if self._connection is not None and self._connection.lost is not None:
            self._release()
        if self._connection is None:
            connection = self._client._pool().acquire_nowait()
            if connection is None:
                return self._client._later(self._watch_when_free(names))
            self._pin(connection)
        assert self._connection is not None
        self._watched += names
        return self._watch_keys(self._connection, names)

    def _watch_keys(self, connection: Connection, names: tuple[Any, ...]) -> Reply[bool]:
        return connection.send(("WATCH", *names), ok)

    async def _watch_when_free(self, names: tuple[Any, ...]) -> bool:
        """All connections are taken: wait for one."""
        pool = self._client._pool()
        connection = await pool.acquire()
        if self._connection is None:
            self._pin(connection)
        else:  # another watch() of this pipe was quicker
            pool.release(connection)
        self._watched += names
        return await self._watch_keys(self._connection or connection, names)

    def _pin(self, connection: Connection) -> None:
        connection.watching = True
        self._connection = connection
        self._immediate = True

    def unwatch(self) -> Reply[bool]:
        """Stop watching and sending at once. Gives True, also when nothing was watched.

        Sends ``UNWATCH`` if keys are watched.
        Source: https://redis.io/docs/latest/commands/unwatch/
        """
        connection = self._connection
        if connection is None:
            return self._client._answered(True)
        reply = connection.send(("UNWATCH",), ok)
        connection.watching = False
        self._release()
        return reply

    def multi(self) -> None:
        """From here on keep commands again; ``execute`` sends them as a transaction.

        Sends nothing. Raises RedisError when called twice, or when commands are kept that
        no WATCH came before.
        """
        if self._explicit:
            raise RedisError("Cannot issue nested calls to MULTI")
        if self._commands:
            raise RedisError("Commands without an initial WATCH have already been issued")
        self._explicit = True
        self._immediate = False

    def _send_now(self, args: tuple[Any, ...], shape: Shape | None) -> Reply[Any]:
        """A command between WATCH and MULTI."""
        assert self._connection is not None
        if self._blocking:  # the server may be silent for long, and rightly
            self._connection.timeout = None
        shape = self._client._shaped(shape)
        command = row(args)
        if command is not None and command.readonly:
            return self._connection.send(args, shape)
        # A write that is lost on its way may have run: no WatchError, no trying again.
        return self._connection.send_batch([args], batch_of_one(shape))

    # --- executing --------------------------------------------------------------------

    @overload
    def execute(  # type: ignore[overload-overlap]  # the one for no chain comes first
        self: Pipeline[T], raise_on_error: bool = ..., *, progress: Progress | None = ...
    ) -> Reply[list[Any]]: ...

    @overload
    def execute(
        self, raise_on_error: bool = ..., *, progress: Progress | None = ...
    ) -> Reply[tuple[*Ts]]: ...

    def execute(
        self, raise_on_error: bool = True, *, progress: Progress | None = None
    ) -> Reply[Any]:
        """Send all that is kept, in one packet; gives the results, in order.

        In a transaction the packet is ``MULTI ... EXEC``. The pipe is empty afterwards and
        can be used again. Without a transaction, more than 10,000 commands leave in
        windows of that many, and ``progress(answered, total)`` is called after each.

        The first error of a command is raised, with its ``index``, its ``command`` and all
        ``results``; with ``raise_on_error=False`` it stays at its place in the list.
        Raises WatchError when a watched key had changed: nothing ran. ConnectionError with
        an ``outcome`` when the link was lost.
        Source: https://redis.io/docs/latest/commands/exec/
        """
        self._client._observe(self)
        transaction = self._transaction or self._explicit
        if not self._commands and (self._connection is None or not transaction):
            self._release()
            return self._client._answered([])
        commands, shapes = self._commands, self._shapes
        if (len(commands) > WINDOW or progress) and not transaction and not self._blocking:
            run = run_in_windows(self._taken(), raise_on_error, progress)
            return self._client._later(run)
        if transaction:
            shape = transaction_results(
                commands, shapes, self._client._text, raise_on_error, self._watched
            )
            batch = [MULTI, *commands, EXEC]
        else:
            shape = plain_results(commands, shapes, self._client._text, raise_on_error)
            batch = commands
        return self._send_all(batch, shape)

    async def stream(self, raise_on_error: bool = True) -> AsyncIterator[Any]:
        """The results one after the other, as they come: ``async for r in pipe.stream()``.

        For a pipeline whose results need not all be in memory. It is sent in windows of
        10,000 commands; leaving the loop early keeps the rest from being sent. Raises
        RedisError for a transaction, whose results come all at once.
        """
        if self._transaction or self._explicit:
            raise RedisError("stream() needs a pipeline made with transaction=False")
        self._client._observe(self)
        async for part in windows(self._taken()):
            for result in part:
                if raise_on_error:
                    raise_first([result])
                yield result

    def _taken(self) -> Load:
        """All that is kept, and where to send it; the pipe is empty afterwards."""
        connection = self._connection or self._client._shared()
        text, labels = self._client._text, self._labels()
        taken = Load(connection, self._commands, self._shapes, text, labels)
        self._release()
        return taken

    def _labels(self) -> Labels | None:
        """For observers; here nobody listens."""
        return None

    def _send_all(
        self, batch: list[tuple[Any, ...]], shape: BatchShape, labels: Labels | None = None
    ) -> Reply[Any]:
        plain = batch is self._commands
        connection = self._connection
        try:
            if connection is None and plain and self._blocking:
                return self._client._pool().run_batch(batch, shape, labels)
            if connection is None:
                return self._client._shared().send_batch(batch, shape, labels=labels)
            if connection.lost is not None:
                raise connection.lost
            reply = connection.send_batch(batch, shape, labels=labels)
            connection.watching = plain  # EXEC ends it
            return reply
        except DataError as error:
            name_unsendable(error, self._commands)
            raise
        finally:
            self._release()

    # --- the end ----------------------------------------------------------------------

    def reset(self) -> Reply[None]:
        """Throw away what is kept, stop watching, give the connection back.

        Sends ``UNWATCH`` if keys are watched, and does not wait for the answer: it never
        hangs, and a cancel has nothing to interrupt.
        """
        self._release()
        return self._client._answered(None)

    def aclose(self) -> Reply[None]:
        """The same as ``reset``."""
        return self.reset()

    def _empty(self) -> None:
        self._commands = []
        self._shapes = []
        self._watched = ()
        self._explicit = False
        self._immediate = False
        self._blocking = False
        self._scripts.clear()

    def _release(self) -> None:
        """Be as new; the connection goes back to the pool, and watches nothing."""
        self._empty()
        connection, self._connection = self._connection, None
        if connection is None:
            return
        if connection.watching and connection.lost is None:
            connection.send(("UNWATCH",)).cancel()  # its place stays and takes the answer
        self._client._release(connection)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.reset()

    def __del__(self) -> None:
        """A pipe that was dropped while it watched still gives its connection back."""
        connection = self._connection
        if connection is not None and not connection.loop.is_closed():
            connection.loop.call_soon_threadsafe(self._client._drop, connection)
