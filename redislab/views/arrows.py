"""What runs between the lanes, and the signs over it: requests and replies, the step from
tray to packet, the star where a key was changed, the cross or check mark at EXEC.
"""

from __future__ import annotations

from collections.abc import Iterator

from redislab.trace import Buffered, Packet, Step, Timeline
from redislab.views import shapes
from redislab.views.layout import REACH, RIGHT, Placed
from redislab.views.lettering import plain_width
from redislab.views.markup import Element
from redislab.views.score import System
from redislab.views.tracks import BAND, Band


def arrows(system: System, placed: Placed) -> Iterator[Element]:
    """The arrows of one step. The one that changed a watched key has a thick red one."""
    if isinstance(placed.step, Buffered):
        yield from _handover(system, placed)
        return
    tick, edge = placed.tick, system.edge_of(placed)
    if is_culprit(system.timeline, placed.step):
        above = system.lanes.is_above(placed.lane)
        point = system.star_of(placed.step) + (-20 if above else 20)
        yield from shapes.arrow(tick, edge, tick, point, "conflict", 3)
        return
    point = system.target_of(placed)
    yield from shapes.arrow(tick - REACH, edge, tick - 3, point, placed.box.role)
    if placed.step.answered is not None:
        back = "conflict" if _is_refused(system.timeline, placed.step) else placed.box.role
        yield from shapes.arrow(tick + 4, point, tick + REACH, edge, back, 1.4, dashed=True)


def _handover(system: System, placed: Placed) -> Iterator[Element]:
    """From the tray to the packet it became, when they stand side by side."""
    assert isinstance(placed.step, Buffered)
    after = [p for p in system.row.placed if p.lane == placed.lane and p.x > placed.x]
    if after and after[0].step.index == placed.step.packet:
        y = system.top_of(placed) + placed.box.height / 2
        yield from shapes.arrow(placed.right + 1, y, after[0].x - 1, y, placed.box.role)


def stars(system: System, placed: Placed) -> Iterator[Element]:
    """The star of a step that changed a watched key; with ``?`` when it only may have."""
    if isinstance(placed.step, Packet) and is_culprit(system.timeline, placed.step):
        blamed = [v for v in system.timeline.verdicts if v.step == placed.step.index]
        mark = "!" if all(verdict.certain for verdict in blamed) else "?"
        yield from shapes.star(placed.tick, system.star_of(placed.step), mark)


def endings(system: System) -> Iterator[Element]:
    """A cross or a check mark where EXEC ends a band."""
    for track in system.server.tracks:
        for place, line in enumerate(track.lines):
            y = system.middle + track.top + place * BAND + BAND / 2
            for band in line:
                if band.closes and band.ending is not None:
                    yield from _ending(system, band, y)


def _ending(system: System, band: Band, y: float) -> Iterator[Element]:
    committed = band.ending == "committed"
    yield from (shapes.tick if committed else shapes.cross)(band.x2, y)
    words = "EXEC runs" if committed else "EXEC runs nothing"
    end = band.x2 + 20 + plain_width(words, bold=True)
    later = [p.tick for p in system.row.placed if p.is_sent and p.tick > band.x2]
    if end < min([*(tick - REACH for tick in later), RIGHT]):
        role = "f-ok" if committed else "f-conflict"
        yield shapes.text(band.x2 + 20, y + 5, words, "strong", role)


def is_culprit(timeline: Timeline, step: Step) -> bool:
    """Whether this step changed a key that somebody watched."""
    return any(verdict.step == step.index for verdict in timeline.verdicts)


def _is_refused(timeline: Timeline, step: Step) -> bool:
    return any(
        t.step == step.index and t.ending in {"aborted", "refused"}
        for t in timeline.transactions
    )
