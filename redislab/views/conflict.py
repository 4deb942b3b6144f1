"""The swim-lane picture of a recording: who did what, and how WATCH and EXEC ended.

Clients above and below, the server between them; what Python buffers is dashed, what is
sent is solid; arrows go to the server and back. The headline is the whole answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from redislab.events import Event
from redislab.trace import Buffered, Step, Timeline, timeline
from redislab.views import server, shapes
from redislab.views.arrows import arrows, endings, is_culprit, stars
from redislab.views.boxes import Box, box_of
from redislab.views.headline import byline, headline, plain, witness
from redislab.views.layout import LEFT, Lanes, Placed
from redislab.views.lesson import lesson
from redislab.views.lettering import NAME, fit_plain
from redislab.views.markup import Element
from redislab.views.picture import Picture, sheet
from redislab.views.score import System, score
from redislab.views.text import conflict_text
from redislab.views.theme import Theme
from redislab.views.words import count, name

WIDTH = 1000.0
HEAD = 84.0
LINE = 23.0
STEPS = 40
"""Steps drawn; of more, those that lead to the last refused EXEC, or the first ones."""
EVENTS = 6_000
"""Events looked at, the newest: a picture of a long recording must not take long."""


def conflict(
    recording: Iterable[Event], *, times: bool = False, theme: Theme = "auto"
) -> Picture:
    """Draw a recording, or the beginning of one.

    ``times``: milliseconds on the picture instead of step numbers. Without them the same
    scenario gives the same picture, byte for byte. ``theme``: ``auto`` follows the page
    or the system.
    """
    events = tuple(recording)
    found = timeline(events[-EVENTS:])
    earlier = len(events[:-EVENTS]) + getattr(recording, "dropped", 0)
    return _Drawing(found, times, _shown(found), earlier).picture(theme)


@dataclass(frozen=True, slots=True)
class _Drawing:
    timeline: Timeline
    times: bool
    shown: tuple[Step, ...]
    earlier: int
    """Events before those that were looked at."""

    @property
    def roles(self) -> shapes.Roles:
        """Two hues in turn: the name at the lane tells more than two clients apart."""
        lanes = enumerate(self.timeline.lanes)
        return {client: ("first", "second")[place % 2] for place, client in lanes}

    def picture(self, theme: Theme) -> Picture:
        lanes = Lanes(self.timeline.lanes)
        systems = list(score(self.timeline, self.shown, lanes, self._box, HEAD))
        bottom = systems[-1].bottom if systems else HEAD
        foot = list(self._foot(bottom + 27))
        height = bottom + 16 + LINE * len(foot)
        drawn = [*self._head(), *(e for s in systems for e in self._system(s)), *foot]
        title, text = plain(headline(self.timeline)), conflict_text(self.timeline)
        return sheet(WIDTH, height, title, text, theme, *drawn)

    def _system(self, system: System) -> Iterator[Element]:
        yield from self._lanes(system)
        yield from server.draw(system.server, system.middle, self.roles)
        for placed in system.row.placed:
            yield from arrows(system, placed)
        for placed in system.row.placed:
            yield from placed.box.draw(placed.x, system.top_of(placed))
        for placed in system.row.placed:
            yield from self._moment(system, placed)
            yield from stars(system, placed)
        yield from endings(system)

    # --- the frame -----------------------------------------------------------------

    def _head(self) -> Iterator[Element]:
        ended = [t.ending for t in self.timeline.transactions if t.ending is not None]
        lost = any(verdict.transaction is None for verdict in self.timeline.verdicts)
        x = 24.0
        if ended or lost:
            good = not lost and ended[-1] == "committed"
            yield from (shapes.tick if good else shapes.cross)(36, 40, 17)
            x = 66.0
        words = headline(self.timeline)
        yield shapes.headline(x, 37, words, self.roles, WIDTH - x - 20)
        yield shapes.phrase(x, 61, byline(self.timeline), self.roles, "f-muted")

    def _lanes(self, system: System) -> Iterator[Element]:
        for lane, (y, height) in system.edges.items():
            client = self.timeline.lanes[lane]
            role = self.roles[client]
            words = fit_plain(name(client), LEFT - 26 - 14, NAME)
            yield shapes.box(8, y, WIDTH - 16, height, "f-lane", rx=9)
            yield shapes.box(8, y, 5, height, f"f-{role}", rx=2.5)
            yield shapes.text(26, y + height / 2 + 6, words, "name", f"f-{role}")
        yield shapes.box(8, system.middle, WIDTH - 16, system.server.height, "f-lane", rx=9)
        y = system.middle + (system.server.bottom + 20) / 2
        yield shapes.text(26, y, "redis", "name", "f-ink")
        yield shapes.text(26, y + 18, "one thread", "small", "f-muted")

    def _foot(self, y: float) -> Iterator[Element]:
        for spans in lesson(self.timeline):
            yield shapes.phrase(26, y, spans, self.roles, "f-ink")
            y += LINE
        if words := self._small_print():
            yield shapes.text(26, y, words, "small", "f-muted")

    def _small_print(self) -> str:
        hidden = len(self.timeline.steps) - len(self.shown)
        parts = [
            f"{count(hidden, 'more step')} left out" if hidden else "",
            f"{count(self.earlier, 'earlier event')} not looked at" if self.earlier else "",
            "steps not to scale; times on the clients' clock" if self.times else "",
            witness(self.timeline),
        ]
        return " · ".join(part for part in parts if part)

    # --- steps and moments ---------------------------------------------------------

    def _box(self, step: Step) -> Box:
        elapsed = ""
        if self.times and not isinstance(step, Buffered) and step.answered is not None:
            elapsed = _milliseconds(step.answered - step.at)
        return box_of(step, self.roles[step.client], elapsed=elapsed)

    def _moment(self, system: System, placed: Placed) -> Iterator[Element]:
        """Under the tick: the number of the step, or its time."""
        step = placed.step
        if isinstance(step, Buffered):
            return
        words = f"step {step.index + 1}"
        if self.times:
            words = f"+{_milliseconds(step.at - self.timeline.packets[0].at)}"
        culprit = is_culprit(self.timeline, step)
        classes = ("small", "strong", "f-conflict") if culprit else ("small", "f-muted")
        y = system.middle + system.server.bottom + 20
        if system.lanes.is_above(placed.lane):
            yield shapes.text(placed.tick, y, words, *classes, anchor="middle")
        else:
            yield shapes.text(placed.tick + 15, y, words, *classes)


def _shown(found: Timeline) -> tuple[Step, ...]:
    if len(found.steps) <= STEPS:
        return found.steps
    refused = {t.number: t.step for t in found.transactions}
    ends = [refused.get(v.transaction or 0, 0) for v in found.verdicts]
    end = min(len(found.steps), max(STEPS, max(ends, default=0) + 2))
    return found.steps[end - STEPS : end]


def _milliseconds(nanoseconds: int) -> str:
    return f"{nanoseconds / 1e6:.1f} ms"
