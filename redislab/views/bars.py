"""Bars, to hold figures against each other: who is faster, where the time goes.

Groups of horizontal bars. Each group has a scale of its own, since only what stands in
one group is to be compared; a bar may begin where another ends, and so tell of a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from redislab.views import shapes
from redislab.views.headline import Span
from redislab.views.lettering import SMALL, cells, fit_plain, plain_width
from redislab.views.markup import Element, visible
from redislab.views.picture import Picture, sheet
from redislab.views.theme import Theme

WIDTH = 1000.0
MARGIN = 24.0
HEAD = 66.0
ROW = 25.0
THICK = 17.0
GAP = 16.0
TITLE = 290.0
LEAST = 2.0
"""Width of a bar that would be too short to see."""
LABEL, WORDS = 190.0, 400.0
"""What the words before and behind a bar may take; the rest is the bar's."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure: its length, the words at its end, and the palette role it is drawn in."""

    label: str
    value: float
    words: str
    role: str = "first"
    start: float = 0.0
    """Where it begins."""


@dataclass(frozen=True, slots=True)
class Group:
    """Bars of one scale, and what they are about."""

    bars: tuple[Bar, ...]
    title: str = ""
    note: str = ""


def bars(
    headline: str, groups: Sequence[Group], *, note: str = "", theme: Theme = "auto"
) -> Picture:
    """Draw groups of bars under a headline; ``note`` is the small print below."""
    drawn = list(_draw(headline, groups, note))
    height = HEAD + sum(map(_height, groups)) + (2 * MARGIN - GAP if note else MARGIN - GAP)
    return sheet(WIDTH, height, headline, _text(headline, groups, note), theme, *drawn)


def _height(group: Group) -> float:
    return ROW * max(len(group.bars), 2 if group.note else 1) + GAP


def _draw(headline: str, groups: Sequence[Group], note: str) -> Iterator[Element]:
    yield shapes.headline(MARGIN, 40, (Span(headline),), {}, WIDTH - 2 * MARGIN)
    every = [bar for group in groups for bar in group.bars]
    title = TITLE if any(group.title for group in groups) else 0.0
    label = max((plain_width(_label(bar)) for bar in every), default=0.0)
    after = max((plain_width(_words(bar)) for bar in every), default=0.0)
    left = MARGIN + title + label + 10
    room = WIDTH - MARGIN - after - 10 - left
    top = HEAD
    for group in groups:
        if group.title:
            words = fit_plain(visible(group.title), TITLE - 10)
            yield shapes.text(MARGIN, top + 14, words, "strong", "f-ink")
        if group.note:
            words = fit_plain(visible(group.note), TITLE - 10, SMALL)
            yield shapes.text(MARGIN, top + 33, words, "small", "f-muted")
        yield from _group(group, left, room, top)
        top += _height(group)
    if note:
        yield shapes.text(MARGIN, top + MARGIN - GAP + 8, note, "small", "f-muted")


def _group(group: Group, left: float, room: float, top: float) -> Iterator[Element]:
    whole = max((bar.start + bar.value for bar in group.bars), default=0.0) or 1.0
    for bar in group.bars:
        y = top + 14
        x = left + room * bar.start / whole
        width = max(LEAST, room * bar.value / whole)
        yield shapes.text(left - 10, y, _label(bar), "f-ink", anchor="end")
        yield shapes.box(x, y - 13, width, THICK, f"f-{bar.role}", rx=3)
        yield shapes.text(x + width + 10, y, _words(bar), "f-ink")
        top += ROW


def _label(bar: Bar) -> str:
    return fit_plain(visible(bar.label), LABEL)


def _words(bar: Bar) -> str:
    return fit_plain(visible(bar.words), WORDS)


def _text(headline: str, groups: Sequence[Group], note: str) -> str:
    every = [bar for group in groups for bar in group.bars]
    width = max((cells(bar.label) for bar in every), default=0)
    lines = [headline]
    for group in groups:
        if group.title:
            lines.append(f"{group.title} ({group.note})" if group.note else group.title)
        lines += [f"  {bar.label:{width}}  {bar.words}" for bar in group.bars]
    return "\n".join(visible(line) for line in [*lines, *([note] if note else [])])
