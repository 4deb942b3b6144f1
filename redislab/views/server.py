"""The server's lane, drawn: bars with values, and bands for what is being watched.

A band begins with a flag and is green while the key is as it was; a star stands where it
was changed; from there to EXEC it is hatched. EXEC ends it with a cross or a check mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from redislab.trace import NO_REPLY
from redislab.trace.values import Spell
from redislab.views import shapes
from redislab.views.layout import LEFT, RIGHT
from redislab.views.lettering import code_width, plain_width
from redislab.views.markup import Element, element
from redislab.views.tracks import BAND, BAR, PAD, Band, Server, Track
from redislab.views.words import name, value_of_key

EDGE = 8.0
"""How far a bar begins before the first box."""
STAR = 14.0
"""Room for a star at the beginning of a spell."""


def draw(lane: Server, y: float, roles: shapes.Roles) -> Iterator[Element]:
    """Bars and bands; ``y`` is the lane's upper edge. Signs come later, over the arrows."""
    if not lane.tracks:
        left, right = LEFT - EDGE, RIGHT + 1
        yield shapes.box(left, y + PAD, right - left, BAR, "f-page", "s-line", rx=6)
    ticks = [placed.tick for placed in lane.row.placed if placed.is_sent]
    for track in lane.tracks:
        yield from _draw_bar(lane, track, y, ticks, roles)
        for place, bands in enumerate(track.lines):
            for band in bands:
                yield from _draw_band(band, track, y + track.top + place * BAND, y, ticks)


def _draw_bar(
    lane: Server, track: Track, y: float, ticks: list[float], roles: shapes.Roles
) -> Iterator[Element]:
    left, right, top = LEFT - EDGE, RIGHT + 1, y + track.bar
    yield shapes.box(left, top, right - left, BAR, "f-page", "s-line", rx=6)
    starred = {
        verdict.step for verdict in lane.timeline.verdicts if verdict.step is not None
    }
    for spell, x1, x2 in _spell_spans(lane, track, left, right):
        role = roles.get(spell.client or "", "")
        if role and x2 - x1 > 2:
            yield element(
                "rect", x=x1, y=top + 1, width=x2 - x1 - 1, height=BAR - 2,
                class_=f"f-{role}-wash",
            )  # fmt: skip
        begin = x1 + (STAR if spell.step in starred else 0)
        yield from _value(spell, track.key, begin, x2, ticks, top + 20.5, role)


def _spell_spans(
    lane: Server, track: Track, left: float, right: float
) -> Iterator[tuple[Spell, float, float]]:
    """The spells in this row, each from where it begins to where the next one does."""
    ticks = {placed.step.index: placed.tick for placed in lane.row.placed}
    known = [s for s in track.spells if s.step is None or s.step <= lane.last]
    begun = [ticks.get(-1 if s.step is None else s.step, left) for s in known]
    ends = [*begun[1:], right]
    for spell, x1, x2 in zip(known, begun, ends, strict=True):
        if x2 > x1:
            yield spell, x1, x2


def _value(
    spell: Spell, key: bytes, x1: float, x2: float, ticks: list[float], y: float, role: str
) -> Iterator[Element]:
    """``counter = 5`` where it fits between the arrows, else ``5``, else nothing."""
    shown, joint = "", ""
    if spell.value is not NO_REPLY:
        shown, joint = value_of_key(spell.value), " = "
    elif spell.step is not None:
        shown, joint = "changed", " "
    for label, between in ((name(key, 20), joint), ("", "")):
        width = code_width(label + between + shown) + 26
        fitting = [room for room in stretches(x1, x2, ticks) if room[1] - room[0] >= width]
        if fitting:
            yield element(
                "text",
                label,
                element("tspan", between, class_="f-muted"),
                element("tspan", shown, class_=f"strong f-{role or 'ink'}"),
                x=fitting[0][0] + 16, y=y, class_="code f-ink",
            )  # fmt: skip
            return


def _draw_band(
    band: Band, track: Track, top: float, y: float, ticks: list[float]
) -> Iterator[Element]:
    pole = y + track.bar + BAR
    clean = band.x2 if band.dirty is None else max(band.x1, min(band.dirty, band.x2))
    if clean > band.x1:
        yield element(
            "rect", x=band.x1, y=top, width=clean - band.x1, height=BAND, class_="f-ok-wash"
        )
        yield shapes.line(f"M{band.x1:.1f} {top:.1f}H{clean:.1f}", "ok", 2.2)
        yield from _label(_watching(band, track), widest(band.x1, clean, ticks), top, "ok")
    if band.dirty is not None and band.x2 > clean:
        yield from shapes.hatch(clean, top, band.x2 - clean, BAND)
        yield shapes.line(f"M{clean:.1f} {top:.1f}H{band.x2:.1f}", "conflict", 2.2)
        end = band.x2 - (16 if band.closes else 0)
        yield from _label(_dirty(band), widest(clean + 6, end, ticks), top, "conflict")
    if band.opens:
        yield shapes.line(f"M{band.x1:.1f} {top:.1f}V{pole:.1f}", "ok", 2.2)
        yield shapes.flag(band.x1, top + 3, "ok")


def _watching(band: Band, track: Track) -> tuple[str, ...]:
    client, key = name(band.watch.client, 14), name(track.key, 16)
    return (f"{client} is watching {key}", f"{client} is watching", "watching")


def _dirty(band: Band) -> tuple[str, ...]:
    if band.verdict is not None and band.verdict.step is None:
        return ("changed in here, unseen", "changed", "dirty")
    return ("dirty",)


def _label(
    choices: tuple[str, ...], room: tuple[float, float], top: float, role: str
) -> Iterator[Element]:
    """The longest choice that fits, on a patch that covers what runs behind it."""
    x1, x2 = room
    for words in choices:
        width = plain_width(words, bold=True)
        if width + 16 > x2 - x1:
            continue
        middle = (x1 + x2) / 2
        yield shapes.box(
            middle - width / 2 - 7, top + 5, width + 14, BAND - 9, f"f-{role}-wash", rx=9
        )
        yield shapes.text(middle, top + 21, words, "strong", f"f-{role}", anchor="middle")
        return


def widest(x1: float, x2: float, ticks: list[float]) -> tuple[float, float]:
    """The widest stretch between x1 and x2 that no arrow crosses."""
    return max(stretches(x1, x2, ticks), key=lambda room: room[1] - room[0])


def stretches(x1: float, x2: float, ticks: list[float]) -> list[tuple[float, float]]:
    """The stretches between x1 and x2 that no arrow crosses."""
    marks = [x1, *sorted(tick for tick in ticks if x1 < tick < x2), x2]
    return [
        (a + (6 if a != x1 else 0), b - (6 if b != x2 else 0)) for a, b in pairwise(marks)
    ]
