"""A recording as a Chrome trace: for chrome://tracing and https://ui.perfetto.dev.

One track a connection, and another where it had two packets under way at once. On them,
in microseconds since the first event:

    X      a packet, from its writing to the last of its replies
    i      commands that a pipeline kept, with nothing sent
    b e    a WATCH, from its packet to the one that ended it
    s f    an arrow from the packet that changed a watched key to the EXEC it spoilt

The format is the "Trace Event Format" of Chromium's tracing tools.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from redislab.events import Event
from redislab.exceptions import spoken
from redislab.trace.steps import NO_REPLY, Buffered, Command, Packet
from redislab.trace.timeline import Timeline, timeline
from redislab.trace.verdict import Verdict

Json = dict[str, Any]

NAME = 60
"""Characters of a packet's name."""


def chrome_trace(events: Iterable[Event]) -> Json:
    """The JSON object of a trace file."""
    heard = tuple(events)
    start = heard[0].at if heard else 0
    drawing = _Drawing(timeline(heard), start)
    return {"displayTimeUnit": "ms", "traceEvents": list(drawing.everything())}


class _Drawing:
    def __init__(self, found: Timeline, start: int) -> None:
        self._timeline = found
        self._start = start
        self._busy: dict[tuple[int, int], int] = {}
        """Until when a row of a connection is taken."""
        self._rows: dict[tuple[str, int, int], int] = {}
        """The track of a client's connection and row; its rows count from 0."""
        self._place = {packet.index: self._track(packet) for packet in self._packets()}

    def everything(self) -> Iterator[Json]:
        """All trace events; viewers sort them by time."""
        for packet in self._packets():
            yield self._packet(packet)
        for step in self._timeline.steps:
            if isinstance(step, Buffered):
                yield self._buffered(step)
        yield from self._watches()
        for number, verdict in enumerate(self._timeline.verdicts, 1):
            yield from self._arrow(number, verdict)
        yield from self._names()

    def _packets(self) -> tuple[Packet, ...]:
        return self._timeline.packets

    def _track(self, packet: Packet) -> int:
        """The first row of its connection that is free when the packet leaves."""
        row = 0
        while self._busy.get((packet.connection, row), 0) > packet.at:
            row += 1
        self._busy[packet.connection, row] = packet.answered or packet.at
        place = (packet.client, packet.connection, row)
        return self._rows.setdefault(place, len(self._rows) + 1)

    def _us(self, at: int) -> float:
        return (at - self._start) / 1000

    def _event(self, phase: str, name: str, at: int, track: int, **more: Any) -> Json:
        return {
            "ph": phase,
            "cat": "redis",
            "name": name,
            "ts": self._us(at),
            "pid": 1,
            "tid": track,
            **more,
        }

    def _packet(self, packet: Packet) -> Json:
        replies = {str(n): _told(c) for n, c in enumerate(packet.commands, 1)}
        end = packet.at if packet.answered is None else packet.answered
        return self._event(
            "X",
            _title(packet.commands),
            packet.at,
            self._place[packet.index],
            dur=(end - packet.at) / 1000,
            args={"bytes": packet.size, **replies},
        )

    def _buffered(self, step: Buffered) -> Json:
        own = (row for (client, _, _), row in self._rows.items() if client == step.client)
        name = f"buffered: {_title(step.commands)}"
        return self._event("i", name, step.at, next(own, 0), s="t")

    def _watches(self) -> Iterator[Json]:
        packets = {packet.index: packet for packet in self._packets()}
        last = max((packet.at for packet in packets.values()), default=self._start)
        for number, watch in enumerate(self._timeline.watches, 1):
            track = self._place[watch.first]
            name = spoken(("WATCH", *watch.keys), NAME)
            ended = packets.get(watch.last) if watch.last is not None else None
            end = last if ended is None else (ended.answered or ended.at)
            yield self._event("b", name, packets[watch.first].at, track, id=number)
            yield self._event("e", name, end, track, id=number)

    def _arrow(self, number: int, verdict: Verdict) -> Iterator[Json]:
        steps = {t.number: t.step for t in self._timeline.transactions}
        exec_ = steps.get(verdict.transaction or 0)
        if verdict.step is None or exec_ is None:
            return
        name = f"{verdict.label}: {verdict}"
        for phase, step in (("s", verdict.step), ("f", exec_)):
            at = self._timeline.steps[step].at
            yield self._event(phase, name, at, self._place[step], id=number, bp="e")

    def _names(self) -> Iterator[Json]:
        for (client, _, row), track in self._rows.items():
            name = client if row == 0 else f"{client} ({row + 1})"
            yield {
                "ph": "M",
                "name": "thread_name",
                "pid": 1,
                "tid": track,
                "args": {"name": name},
            }


def _title(commands: tuple[Command, ...]) -> str:
    if len(commands) == 1:
        return spoken(commands[0].arguments, NAME)
    names = f"{commands[0].name} … {commands[-1].name}"
    return f"{names} ({len(commands)} commands)"


def _told(command: Command) -> str:
    """A command and what came of it."""
    said = spoken(command.arguments, NAME)
    return said if command.outcome is NO_REPLY else f"{said} -> {_short(command.outcome)}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= NAME else f"{text[: NAME - 1]}…"
