"""A pipeline that says what it does.

A pipeline is made plain, and changes its *class* when somebody observes its client: when
it is made, or at its next ``watch`` or ``execute``. A command method of an unobserved
pipeline has no flag to look at.
"""

from __future__ import annotations

from functools import partial
from time import perf_counter_ns
from typing import Any, cast

from redislab.client.pipeline import Pipeline
from redislab.commands import T
from redislab.commands.secrets import redact
from redislab.connection.connection import Connection, Labels
from redislab.connection.session import BatchShape, Reply, Shape
from redislab.connection.tracking import hidden_reads
from redislab.events import (
    CommandBuffered,
    Ending,
    Event,
    Mode,
    PipelineMode,
    PipelineOpened,
    PipelineReset,
    TransactionEnded,
    WatchCleared,
    WatchSet,
    number,
)
from redislab.exceptions import (
    ConnectionError,
    DataError,
    RedisError,
    TimeoutError,
    WatchError,
)
from redislab.wire.encode import encode


def attach(pipe: Pipeline[Any, *tuple[Any, ...]]) -> None:
    """Make a pipeline tell the client's observers what it does from now on."""
    pipe.__class__ = ObservedPipeline
    cast("ObservedPipeline[Any]", pipe)._begin()


class ObservedPipeline(Pipeline[T]):
    """The same pipeline, told to the client's observers."""

    _number: int
    _numbers: list[int]

    def _begin(self) -> None:
        """Tell that it is there, and what it has kept so far."""
        self._number = number()
        self._numbers = []
        now, client = perf_counter_ns(), self._client.name
        self._tell(PipelineOpened(now, client, self._number, self._transaction))
        for args in self._commands:
            self._tell_kept(args)

    def _tell(self, event: Event) -> None:
        self._client._observers.emit(event)

    def _run(self, args: tuple[Any, ...], shape: Shape | None = None) -> Any:
        result = super()._run(args, shape)
        if result is self:
            self._tell_kept(args)
        return result

    def _tell_kept(self, args: tuple[Any, ...]) -> None:
        own = number()
        self._numbers.append(own)
        now, client = perf_counter_ns(), self._client.name
        self._tell(
            CommandBuffered(now, client, self._number, own, redact(args), _size(args))
        )

    def _watch_keys(self, connection: Connection, names: tuple[Any, ...]) -> Reply[bool]:
        own = number()

        batch: list[tuple[Any, ...]] = [("WATCH", *names)]
        if connection.manner.tracking:
            batch += hidden_reads(names)
        hidden = [number() for _ in batch[1:]]

        def confirmed(answers: list[Any], failed: bool) -> bool:
            if failed and isinstance(answers[0], RedisError):
                raise answers[0]
            now, client = perf_counter_ns(), self._client.name
            keys = tuple(_as_sent(key) for key in names)
            self._tell(WatchSet(now, client, connection.number, own, keys))
            return True

        self._tell_mode("watching")
        labels = Labels([own, *hidden], self._number, None, frozenset(hidden))
        return connection.send_batch(batch, confirmed, writes=False, labels=labels)

    def unwatch(self) -> Reply[bool]:
        """As Pipeline.unwatch, and told."""
        if self._connection is not None:
            now, client = perf_counter_ns(), self._client.name
            self._tell(WatchCleared(now, client, self._connection.number, "UNWATCH"))
            self._tell_mode("buffered")
        return super().unwatch()

    def multi(self) -> None:
        """As Pipeline.multi, and told."""
        super().multi()
        self._tell_mode("buffered")

    def _tell_mode(self, mode: Mode) -> None:
        self._tell(PipelineMode(perf_counter_ns(), self._client.name, self._number, mode))

    def _send_all(
        self,
        batch: list[tuple[Any, ...]],
        shape: BatchShape,
        labels: Labels | None = None,  # noqa: ARG002  they are made here
    ) -> Reply[Any]:
        if batch is self._commands:
            return super()._send_all(batch, shape, self._labels())
        transaction = number()
        numbers = [number(), *self._numbers, number()]
        connection = self._connection or self._client._shared()
        watched = self._watched

        def told(ending: Ending) -> None:
            now, client, place = perf_counter_ns(), self._client.name, connection.number
            self._tell(TransactionEnded(now, client, place, transaction, ending))
            if watched:
                self._tell(WatchCleared(now, client, place, "EXEC"))

        def shaped(answers: list[Any], failed: bool) -> Any:
            try:
                results = shape(answers, failed)
            except WatchError as error:
                told("aborted")
                judges = self._client._observers.judges()
                error.judges = [partial(judge, transaction) for judge in judges]
                raise
            except RedisError as error:
                told("committed" if error.results is not None else "refused")
                raise
            told("committed")
            return results

        reply = super()._send_all(batch, shaped, Labels(numbers, self._number, transaction))

        def lost(_: object) -> None:
            if not reply.cancelled() and isinstance(
                reply.exception(), (ConnectionError, TimeoutError)
            ):
                told("failed")

        reply.add_done_callback(lost)
        return reply

    def _labels(self) -> Labels:
        return Labels(self._numbers, self._number, None)

    def reset(self) -> Reply[None]:
        """As Pipeline.reset, and told."""
        if self._commands or self._connection is not None:
            now, client = perf_counter_ns(), self._client.name
            if self._connection is not None:
                number = self._connection.number
                self._tell(WatchCleared(now, client, number, "UNWATCH"))
            self._tell(PipelineReset(now, client, self._number, len(self._commands)))
        return super().reset()

    def _empty(self) -> None:
        super()._empty()
        self._numbers = []


def _size(args: tuple[Any, ...]) -> int:
    """Bytes on the wire; 0 for what cannot be sent, which ``execute`` will say."""
    try:
        return len(encode(args))
    except DataError:
        return 0


def _as_sent(key: Any) -> bytes:
    return key if isinstance(key, bytes) else str(key).encode()
