"""Where each step stands: rows of swim lanes, the server's lane in the middle.

A step gets a place in its client's lane and, if something was sent, a *tick*: the point
on the server's lane where it arrives. Rules:

- Ticks stand in the order of the steps; what is buffered counts with its middle.
- Boxes in a lane do not overlap, and no arrow runs through a box of a nearer lane.
- What does not fit begins a new row, as in a score; a tray moves with its packet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from redislab.trace import Buffered, Packet, Step
from redislab.views.boxes import Box

LEFT = 118.0
RIGHT = 982.0
GAP = 18.0
TICKS = 46.0
"""The least distance of two ticks."""
REACH = 18.0
"""How far beside its tick an arrow begins and ends."""
STRETCH = 40.0
"""How much the gap before a step may grow to fill a row."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A box, its left edge, and where its arrow meets the server's lane."""

    box: Box
    lane: int
    x: float
    tick: float

    @property
    def step(self) -> Step:
        return self.box.step

    @property
    def right(self) -> float:
        return self.x + self.box.width

    @property
    def is_sent(self) -> bool:
        return isinstance(self.box.step, Packet)


@dataclass(frozen=True, slots=True)
class Lanes:
    """The clients: the first half above the server, the others below it."""

    names: tuple[str, ...]

    @property
    def above(self) -> int:
        return (len(self.names) + 1) // 2

    def is_above(self, lane: int) -> bool:
        return lane < self.above

    def nearer(self, lane: int) -> range:
        """The lanes between this one and the server."""
        if self.is_above(lane):
            return range(lane + 1, self.above)
        return range(self.above, lane)

    def farther(self, lane: int) -> range:
        """The lanes whose arrows pass this one."""
        if self.is_above(lane):
            return range(lane)
        return range(lane + 1, len(self.names))


@dataclass(slots=True)
class Row:
    """The steps of one row, and how far each lane is filled."""

    lanes: Lanes
    placed: list[Placed] = field(default_factory=list)

    def place(self, box: Box) -> Placed:
        """Where the box would stand at the end of this row."""
        lane = self.lanes.names.index(box.step.client)
        half = box.width / 2
        offset = min(70.0, half) if self.lanes.is_above(lane) else half
        if isinstance(box.step, Buffered):
            offset = half
        least = [LEFT]
        least += [p.right + GAP for p in self.placed if p.lane == lane]
        least += [p.tick + TICKS - offset for p in self.placed[-1:]]
        least += [self._clear_of(p, lane, offset) for p in self.placed]
        return Placed(box, lane, max(least), max(least) + offset)

    def _clear_of(self, other: Placed, lane: int, offset: float) -> float:
        """The least x that keeps arrows and boxes of two lanes of one side apart."""
        if other.lane in self.lanes.nearer(lane):
            return other.right + REACH + 8 - offset
        if other.lane in self.lanes.farther(lane) and other.is_sent:
            return other.tick + REACH + 10
        return LEFT

    def spread(self) -> Row:
        """The row with what is left over given to the gaps, so that it ends flush."""
        if len(self.placed) < 2:
            return self
        over = RIGHT - max(placed.right for placed in self.placed)
        each = min(STRETCH, over / (len(self.placed) - 1))
        moved = [
            replace(placed, x=placed.x + each * place, tick=placed.tick + each * place)
            for place, placed in enumerate(self.placed)
        ]
        return Row(self.lanes, moved)


def rows(steps: Iterable[Step], lanes: Lanes, box_of: Callable[[Step], Box]) -> list[Row]:
    """All steps, row by row."""
    done = [Row(lanes)]
    for step in steps:
        placed = done[-1].place(box_of(step))
        if placed.right > RIGHT and done[-1].placed:
            carried = _tray_of(step, done[-1])
            done.append(Row(lanes))
            for tray in carried:
                done[-1].placed.append(done[-1].place(tray.box))
            placed = done[-1].place(placed.box)
        done[-1].placed.append(placed)
    return [row.spread() for row in done if row.placed]


def _tray_of(step: Step, row: Row) -> list[Placed]:
    """The tray that this packet came from, taken out of the row's end, to go with it."""
    last = row.placed[-1]
    belongs = isinstance(last.step, Buffered) and last.step.packet == step.index
    return [row.placed.pop()] if belongs and len(row.placed) > 1 else []
