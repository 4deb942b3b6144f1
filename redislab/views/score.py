"""How high everything stands: a score of systems, one below the other.

As in music, a *system* is all lanes over one row of steps: the clients above, the server,
the clients below. A client that does nothing in a row has no lane in its system.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from redislab.trace import Packet, Step, Timeline
from redislab.views.boxes import TITLE, Box
from redislab.views.layout import Lanes, Placed, Row, rows
from redislab.views.tracks import BAND, BAR, Server, Track, server, touched

LANE_PAD = 16.0
LEAST = 82.0
"""The least height of a lane."""
BETWEEN = 12.0
SYSTEM_GAP = 26.0


@dataclass(frozen=True, slots=True)
class System:
    """One row of the picture with all its heights."""

    timeline: Timeline
    lanes: Lanes
    row: Row
    server: Server
    edges: dict[int, tuple[float, float]]
    """For each client's lane its upper edge and its height."""
    middle: float
    """The upper edge of the server's lane."""
    bottom: float

    def top_of(self, placed: Placed) -> float:
        """The upper edge of a box: it stands on the side that looks at the server."""
        y, height = self.edges[placed.lane]
        if self.lanes.is_above(placed.lane):
            return y + height - LANE_PAD - placed.box.height
        return y + LANE_PAD + (TITLE if placed.box.title else 0)

    def edge_of(self, placed: Placed) -> float:
        """Where an arrow leaves a box."""
        y = self.top_of(placed)
        if self.lanes.is_above(placed.lane):
            return y + placed.box.height
        return y - (TITLE if placed.box.title else 0)

    def target_of(self, placed: Placed) -> float:
        """Where on the server's lane an arrow from this box ends."""
        above = self.lanes.is_above(placed.lane)
        packet = placed.step
        assert isinstance(packet, Packet)
        for track in self.server.tracks:
            line = _line_of(track, packet)
            if above and line is not None:
                return self.middle + track.top + line * BAND
            if touched(packet, track):
                return self.middle + (track.bar - 2 if above else track.bottom + 2)
        if above and self.server.tracks:
            return self.middle + self.server.tracks[0].top - 2
        return self.middle + (
            self.server.bottom - BAR - 2 if above else self.server.bottom + 2
        )

    def star_of(self, step: Step) -> float:
        """How high the star of a step stands that changed a watched key."""
        keys = [v.key for v in self.timeline.verdicts if v.step == step.index]
        bars = [track.bar for track in self.server.tracks if track.key in keys]
        return self.middle + (bars[0] if bars else self.server.bottom - BAR) + BAR / 2


def score(
    timeline: Timeline,
    steps: tuple[Step, ...],
    lanes: Lanes,
    box_of: Callable[[Step], Box],
    y: float,
) -> Iterator[System]:
    """The systems for these steps, the first one at ``y``."""
    placed = rows(steps, lanes, box_of)
    if not placed:
        return
    firsts = [row.placed[0].step.index for row in placed]
    lasts = [*(first - 1 for first in firsts[1:]), steps[-1].index]
    for row, first, last in zip(placed, firsts, lasts, strict=True):
        system = _system(timeline, lanes, row, server(timeline, row, first, last), y)
        yield system
        y = system.bottom + SYSTEM_GAP


def _system(timeline: Timeline, lanes: Lanes, row: Row, lane: Server, y: float) -> System:
    active = sorted({placed.lane for placed in row.placed})
    edges: dict[int, tuple[float, float]] = {}

    def stack(which: Iterable[int], y: float) -> float:
        for number in which:
            edges[number] = (y, _height(row, number))
            y += edges[number][1] + BETWEEN
        return y

    middle = stack([lane for lane in active if lanes.is_above(lane)], y)
    below = middle + lane.height + BETWEEN
    bottom = stack([lane for lane in active if not lanes.is_above(lane)], below)
    return System(timeline, lanes, row, lane, edges, middle, bottom - BETWEEN)


def _height(row: Row, lane: int) -> float:
    boxes = [placed.box for placed in row.placed if placed.lane == lane]
    tallest = max(box.height + (TITLE if box.title else 0) for box in boxes)
    return max(LEAST, tallest + 2 * LANE_PAD)


def _line_of(track: Track, packet: Packet) -> int | None:
    """The line of the band that this packet begins or ends."""
    for place, bands in enumerate(track.lines):
        if any(packet.index in {band.watch.first, band.watch.last} for band in bands):
            return place
    return None
