"""From a client's events to a view that is redrawn now and then.

A client may make a hundred thousand events in a second; a browser can follow a few
hundred. So the feed
- keeps only what a screen can show: of one packet or one buffer the first commands, and
  their number (``totals``), in a recording of bounded length;
- asks for a redraw at most twenty times a second, and once more, for the whole view,
  when nothing has happened for that long.

It is an observer, so events come on whatever thread the client's loop runs on; the redraw
always happens on the loop the feed was made with, the notebook's own.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from redislab.events import (
    CommandBuffered,
    CommandIssued,
    Event,
    PacketWritten,
    PipelineReset,
    ReplyReceived,
)
from redislab.trace import Recorder, Recording, Timeline, timeline

INTERVAL_SECONDS = 0.05
COMMANDS = 24
"""Kept of one packet or one buffer, apart from MULTI and EXEC."""
EVENTS = 1_000

T = TypeVar("T")


class Feed:
    """Collects events; calls ``redraw(whole)`` when there is something to show."""

    def __init__(
        self, redraw: Callable[[bool], None], home: asyncio.AbstractEventLoop
    ) -> None:
        self._redraw = redraw
        self._home = home
        self._record = Recorder(Recording(limit=EVENTS))
        self._thinned = _Thinned()
        self._lock = threading.Lock()
        self._changed = False
        self._timer_runs = False

    def __call__(self, event: Event) -> None:
        with self._lock:
            thin = self._thinned.keep(event)
            if thin is not None:
                self._record(thin)
            self._changed = True
            if self._timer_runs:
                return
            self._timer_runs = True
        self._home.call_soon_threadsafe(self._start_timer)

    def look(self) -> tuple[Timeline, dict[int, int]]:
        """What happened, and how many commands each packet or buffer has, by the number
        of its first one.
        """
        with self._lock:
            events = tuple(self._record.recording)
            totals = dict(self._thinned.totals)
        return timeline(events), totals

    def _start_timer(self) -> None:
        self._home.call_later(INTERVAL_SECONDS, self._tick)

    def _tick(self) -> None:
        with self._lock:
            changed, self._changed = self._changed, False
            self._timer_runs = changed
        if changed:
            self._start_timer()
        self._redraw(not changed)


class _Thinned:
    """Decides which events to keep; knows what belongs together."""

    def __init__(self) -> None:
        self.totals: dict[int, int] = {}
        self._kept: dict[int, None] = {}
        self._waiting: Counter[tuple[str, int]] = Counter()
        """Commands so far in each pipeline's buffer and towards each connection's next
        packet.
        """
        self._first: dict[int, int] = {}
        """The first command in each pipeline's buffer."""
        self._left_out: dict[int, range] = {}
        """The numbers of each pipeline's commands that were too many."""

    def keep(self, event: Event) -> Event | None:
        """The event, or a smaller one, or None when it is one too many."""
        match event:
            case CommandBuffered():
                return self._buffered(event)
            case CommandIssued():
                return self._issued(event)
            case PacketWritten():
                return self._written(event)
            case ReplyReceived():
                return event if event.command in self._kept else None
            case PipelineReset():
                self._emptied(event.pipeline)
                return event
            case _:
                return event

    def _emptied(self, pipeline: int) -> None:
        self._waiting.pop(("pipeline", pipeline), None)
        self._first.pop(pipeline, None)

    def _buffered(self, event: CommandBuffered) -> CommandBuffered | None:
        place = ("pipeline", event.pipeline)
        self._waiting[place] += 1
        if self._waiting[place] == 1:
            self._first[event.pipeline] = event.command
        _note(self.totals, self._first[event.pipeline], self._waiting[place])
        if self._waiting[place] > COMMANDS:
            known = self._left_out.get(event.pipeline)
            first = known.start if known else event.command
            _note(self._left_out, event.pipeline, range(first, event.command + 1))
            return None
        self._left_out.pop(event.pipeline, None)
        _note(self._kept, event.command, None)
        return event

    def _issued(self, event: CommandIssued) -> CommandIssued | None:
        if event.pipeline is not None:
            self._emptied(event.pipeline)
            if event.command in self._left_out.get(event.pipeline, ()):
                return None
        if event.command in self._kept:
            return event
        place = ("connection", event.connection)
        self._waiting[place] += 1
        if self._waiting[place] > COMMANDS and _name(event) != "EXEC":
            return None
        _note(self._kept, event.command, None)
        return event

    def _written(self, event: PacketWritten) -> PacketWritten:
        self._waiting.pop(("connection", event.connection), None)
        kept = tuple(number for number in event.commands if number in self._kept)
        if kept:
            _note(self.totals, kept[0], len(event.commands))
        return event._replace(commands=kept, data=b"")


def _note(known: dict[int, T], number: int, value: T) -> None:
    """Remember, and forget what is older than the recording."""
    known[number] = value
    if len(known) > EVENTS:
        del known[next(iter(known))]


def _name(event: CommandIssued) -> str:
    return str(event.arguments[0]).upper()
