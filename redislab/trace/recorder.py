"""The observer that keeps what happened, and ``record``, the way to start one.

    with redislab.record(alice, bob) as recording:
        ...
    print(len(recording))

Rules:
- It hears about a command after the fact and can neither hold nor change it.
- It is bounded: the newest ``limit`` events stay, and ``recording.dropped`` counts the
  others; of each event only a bounded part stays (``redislab.trace.shorten``).
- It redacts nothing: secrets are gone before an event is made.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import product
from operator import is_
from typing import Any, Literal, Protocol

from redislab.connection.address import Address
from redislab.events import (
    CommandBuffered,
    CommandIssued,
    Event,
    KeyTouched,
    Observer,
    PacketWritten,
    PushReceived,
    ReplyReceived,
    WatchSet,
)
from redislab.trace.recording import LIMIT, Recording
from redislab.trace.shorten import shorten
from redislab.trace.spy import Spy, server_to_spy_on
from redislab.trace.timeline import timeline
from redislab.trace.verdict import Verdict

PACKET = 1024
"""Bytes kept of one packet."""


class Observable(Protocol):
    """Whatever tells observers what it does: a client."""

    @property
    def address(self) -> Address: ...
    def attach(self, observer: Observer) -> object: ...
    def detach(self, observer: Observer) -> object: ...


class Recorder:
    """An observer: put what it hears, shortened, at the end of a recording."""

    def __init__(self, recording: Recording, *, tracking: bool = False) -> None:
        self.recording = recording
        self.tracking = tracking
        """Whether watched keys should be tracked (``redislab.connection.tracking``)."""
        self.spy: Spy | None = None
        self._lock = threading.Lock()  # clients and the spy are on different threads

    def __call__(self, event: Event) -> None:
        kept = _kept(event)
        with self._lock:
            self.recording.append(kept)

    def verdict(self, transaction: int) -> Verdict | None:
        """Why EXEC refused this transaction, as far as the recording tells.

        With a spy it waits for the server's account, a twentieth of a second at most.
        """
        if self.spy is not None:
            self.spy.wait_for(transaction)
        verdicts = timeline(self.recording).verdicts
        return next((v for v in verdicts if v.transaction == transaction), None)


@contextmanager
def record(
    *clients: Observable,
    limit: int = LIMIT,
    spy: bool | Literal["anywhere"] = False,
    tracking: bool = False,
) -> Iterator[Recording]:
    """Record what these clients do inside the ``with`` block.

    Gives the recording, which grows while the block runs and stays as it is afterwards.
    ``limit`` is the number of events to keep; of more, the newest stay.

    ``spy=True`` also reads the server's own account of what it runs (MONITOR and keyspace
    events), so that a verdict on a refused EXEC is exact, whoever changed the key. It
    makes every command on that server slower while it lasts, and sets
    ``notify-keyspace-events``, which it sets back. So ``True`` is for a private server
    (``redislab.Server``); on any other it raises RedisError, and ``spy="anywhere"`` says
    that you may. A server that does not let it listen is no error: the recording says so,
    and verdicts rest on what is left.

    ``tracking=True`` has the server tell a watcher, while its pipeline still fills, that a
    key has changed, though not by whom; any user may ask for that. Pipelines that watch
    then speak RESP3 (raw replies of ``execute_command`` have its forms), and each WATCH
    takes a hidden PTTL of its keys along.
    """
    recorder = Recorder(Recording(limit=limit), tracking=tracking)
    with ExitStack() as stack:
        if spy:
            address = server_to_spy_on(
                [client.address for client in clients], anywhere=spy == "anywhere"
            )
            recorder.spy = Spy(address, recorder)
            stack.callback(recorder.spy.stop)
            recorder.spy.start()
        observers: list[Observer] = [recorder.spy, recorder] if recorder.spy else [recorder]
        for client, observer in product(clients, observers):
            client.attach(observer)
            stack.callback(client.detach, observer)
        yield recorder.recording


def _kept(event: Event) -> Event:
    """The event with long values cut; the same object when there is nothing to cut."""
    match event:
        case ReplyReceived():
            value = shorten(event.value)
            return event if value is event.value else event._replace(value=value)
        case CommandIssued() | CommandBuffered():
            arguments = _shortened(event.arguments)
            if arguments is event.arguments:
                return event
            return event._replace(arguments=arguments)
        case PacketWritten():
            return event if len(event.data) <= PACKET else _cut_packet(event)
        case WatchSet():
            return event._replace(keys=_shortened(event.keys))
        case PushReceived():
            return event._replace(items=_shortened(event.items))
        case KeyTouched():
            arguments = _shortened(event.arguments)
            return event._replace(key=shorten(event.key), arguments=arguments)
        case _:
            return event


def _shortened(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values as they are kept; the very tuple when none had to be cut."""
    kept = tuple(map(shorten, values))
    return values if all(map(is_, kept, values)) else kept


def _cut_packet(event: PacketWritten) -> PacketWritten:
    return event._replace(data=event.data[:PACKET])
