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

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from redislab.events import (
    CommandBuffered,
    CommandIssued,
    Event,
    Observer,
    PacketWritten,
    PushReceived,
    ReplyReceived,
    WatchSet,
)
from redislab.trace.recording import LIMIT, Recording
from redislab.trace.shorten import shorten

PACKET = 1024
"""Bytes kept of one packet."""


class Observable(Protocol):
    """Whatever tells observers what it does: a client."""

    def attach(self, observer: Observer) -> object: ...
    def detach(self, observer: Observer) -> object: ...


class Recorder:
    """An observer: put what it hears, shortened, at the end of a recording."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording

    def __call__(self, event: Event) -> None:
        self.recording.append(_kept(event))


@contextmanager
def record(*clients: Observable, limit: int = LIMIT) -> Iterator[Recording]:
    """Record what these clients do inside the ``with`` block.

    Gives the recording, which grows while the block runs and stays as it is afterwards.
    ``limit`` is the number of events to keep; of more, the newest stay.
    """
    recorder = Recorder(Recording(limit=limit))
    attached: list[Observable] = []
    try:
        for client in clients:
            client.attach(recorder)
            attached.append(client)
        yield recorder.recording
    finally:
        for client in attached:
            client.detach(recorder)


def _kept(event: Event) -> Event:
    """The event with long values cut; the same object when there is nothing to cut."""
    match event:
        case CommandBuffered() | CommandIssued():
            return event._replace(arguments=tuple(map(shorten, event.arguments)))
        case ReplyReceived():
            return event._replace(value=shorten(event.value))
        case PacketWritten() if len(event.data) > PACKET:
            return event._replace(data=event.data[:PACKET])
        case WatchSet():
            return event._replace(keys=tuple(map(shorten, event.keys)))
        case PushReceived():
            return event._replace(items=tuple(map(shorten, event.items)))
        case _:
            return event
