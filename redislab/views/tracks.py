"""What stands on the server's lane in one row: a track for each key worth following.

A track is a bar with the key's value, and over it a line for each client that watches the
key; on a line a band for each WATCH. Nothing is drawn here: ``server.py`` does that.
"""

from __future__ import annotations

from dataclasses import dataclass

from redislab.commands.table import keys as key_arguments
from redislab.trace import Packet, Timeline, Transaction, Verdict, Watch
from redislab.trace.effects import as_bytes, changes
from redislab.trace.values import Spell, spells
from redislab.views.layout import LEFT, RIGHT, Row

BAND = 31.0
BAR = 31.0
TRACK_GAP = 16.0
TRACKS = 3
LABELS = 30.0
PAD = 20.0


@dataclass(frozen=True, slots=True)
class Band:
    """A part of a watch that falls into one row."""

    watch: Watch
    x1: float
    x2: float
    opens: bool
    closes: bool
    verdict: Verdict | None
    ending: str | None
    dirty: float | None
    """From where it is hatched."""


@dataclass(frozen=True, slots=True)
class Track:
    """One key in one row: its bands, one line for each watching client, over its bar."""

    key: bytes
    lines: tuple[tuple[Band, ...], ...]
    spells: tuple[Spell, ...]
    top: float

    @property
    def bar(self) -> float:
        return self.top + BAND * len(self.lines)

    @property
    def bottom(self) -> float:
        return self.bar + BAR


@dataclass(frozen=True, slots=True)
class Server:
    """The server's lane in one row. All y count from the lane's upper edge."""

    timeline: Timeline
    row: Row
    first: int
    last: int
    """The steps this row stands for: those it shows, up to where the next row begins."""
    tracks: tuple[Track, ...]

    @property
    def height(self) -> float:
        return self.bottom + LABELS + 8

    @property
    def bottom(self) -> float:
        return self.tracks[-1].bottom if self.tracks else PAD + BAR


def tracked_keys(timeline: Timeline) -> tuple[bytes, ...]:
    """The keys worth a bar: the watched ones; without a WATCH those that were written;
    when all only read, what they read.
    """
    # A key that was changed under a watch must not be the one that is left out.
    blamed = [verdict.key for verdict in timeline.verdicts if verdict.key is not None]
    watched = [key for watch in timeline.watches for key in watch.keys]
    if watched:
        return tuple(dict.fromkeys([*blamed, *watched]))
    named = [
        (command, as_bytes(key))
        for packet in timeline.packets
        for command in packet.commands
        for key in key_arguments(command.arguments)
    ]
    written = [key for command, key in named if changes(command, (key,))]
    return tuple(dict.fromkeys(written or [key for _, key in named]))


def server(timeline: Timeline, row: Row, first: int, last: int) -> Server:
    """Work out the server's lane for the steps ``first`` to ``last`` in this row."""
    tracks: list[Track] = []
    top = PAD
    for key in tracked_keys(timeline)[:TRACKS]:
        lines = _lines(timeline, row, first, last, key)
        life = spells(key, timeline.packets, timeline.transactions)
        track = Track(key, lines, life, top)
        sent = [p.step for p in row.placed if isinstance(p.step, Packet)]
        if lines or any(touched(packet, track) for packet in sent):
            tracks.append(track)
            top = track.bottom + TRACK_GAP
    return Server(timeline, row, first, last, tuple(tracks))


def _lines(
    timeline: Timeline, row: Row, first: int, last: int, key: bytes
) -> tuple[tuple[Band, ...], ...]:
    by_client: dict[str, list[Band]] = {}
    for watch in timeline.watches:
        late = watch.last if watch.last is not None else last + 1
        if key in watch.keys and watch.first <= last and late >= first:
            band = _band(timeline, row, watch, first)
            by_client.setdefault(watch.client, []).append(band)
    return tuple(tuple(bands) for bands in by_client.values())


def _band(timeline: Timeline, row: Row, watch: Watch, first: int) -> Band:
    ticks = {placed.step.index: placed.tick for placed in row.placed}
    exec_ = next((t for t in timeline.transactions if _ends(t, watch)), None)
    number = exec_.number if exec_ else None
    verdict = next((v for v in timeline.verdicts if _is_about(v, watch, number)), None)
    x1 = ticks.get(watch.first, LEFT)
    return Band(
        watch,
        x1,
        RIGHT if watch.last is None else ticks.get(watch.last, RIGHT),
        watch.first in ticks,
        watch.last in ticks,
        verdict,
        exec_.ending if exec_ else None,
        _dirty_from(verdict, ticks, x1, first),
    )


def _ends(transaction: Transaction, watch: Watch) -> bool:
    return (transaction.connection, transaction.step) == (watch.connection, watch.last)


def _is_about(verdict: Verdict, watch: Watch, transaction: int | None) -> bool:
    return (
        verdict.transaction == transaction
        and verdict.watcher == watch.client
        and set(watch.keys) <= set(verdict.keys)
    )


def _dirty_from(
    verdict: Verdict | None, ticks: dict[int, float], x1: float, first: int
) -> float | None:
    """Where the hatch begins. All keys of a connection are lost at the first touch."""
    if verdict is None:
        return None
    if verdict.step is None:
        return x1
    if verdict.step in ticks:
        return ticks[verdict.step]
    return x1 if verdict.step < first else None


def touched(packet: Packet, track: Track) -> bool:
    """Whether a packet has to do with a track's key."""
    return any(
        as_bytes(key) == track.key
        for command in packet.commands
        for key in key_arguments(command.arguments)
    )
