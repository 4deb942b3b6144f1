"""The small signs that pictures are made of: arrows, flag, star, cross, hatch, brackets.

All take plain coordinates and give elements; a role is a name from the theme's palette.
Nothing here has an id, so that any number of pictures can stand on one page.
"""

from __future__ import annotations

import math

from redislab.views.headline import Phrase
from redislab.views.lettering import HEAD, code_width, plain_width
from redislab.views.markup import Element, element

Roles = dict[str, str]
"""The palette role of each client: ``{"alice": "first", "bob": "second"}``."""


def text(
    x: float, y: float, content: str, *classes: str, anchor: str | None = None
) -> Element:
    """One piece of text; ``anchor``: ``middle`` or ``end``."""
    return element("text", content, x=x, y=y, class_=" ".join(classes), text_anchor=anchor)


def phrase(x: float, y: float, spans: Phrase, roles: Roles, *classes: str) -> Element:
    """A phrase with its names in colour and its code in code."""
    parts: list[Element | str] = []
    for span in spans:
        own = {
            "code": "code f-ink",
            "bad": "f-conflict strong",
            "good": "f-ok strong",
            "strong": "strong",
            "client": "strong",
        }.get(span.manner, "")
        if span.client is not None:
            own = f"{own.removesuffix(' f-ink')} f-{roles.get(span.client, 'ink')}"
        parts.append(element("tspan", span.text, class_=own) if own else span.text)
    return element("text", *parts, x=x, y=y, class_=" ".join(classes))


def headline(x: float, y: float, spans: Phrase, roles: Roles, room: float) -> Element:
    """A phrase as a headline, in the largest of three sizes that fits."""
    width = sum(
        code_width(span.text, HEAD) if span.manner == "code" else _bold(span.text)
        for span in spans
    )
    size = "head" if width <= room else "head tight" if width * 0.8 <= room else "head tiny"
    return phrase(x, y, spans, roles, size, "f-ink")


def _bold(words: str) -> float:
    return plain_width(words, HEAD, bold=True)


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    *classes: str,
    rx: float = 8,
    dashed: bool = False,
) -> Element:
    """A rounded rectangle; a role for its border makes it a card."""
    return element(
        "rect",
        x=x, y=y, width=width, height=height, rx=rx,
        class_=" ".join(classes),
        stroke_width=1.4 if any(c.startswith("s-") for c in classes) else None,
        stroke_dasharray="5 4" if dashed else None,
    )  # fmt: skip


def line(path: str, role: str, width: float = 1.5, *, dashes: str | None = None) -> Element:
    return element(
        "path", d=path, fill="none", class_=f"s-{role}", stroke_width=width,
        stroke_dasharray=dashes, stroke_linecap="round",
    )  # fmt: skip


def arrow(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    role: str,
    width: float = 1.7,
    *,
    dashed: bool = False,
) -> tuple[Element, ...]:
    """A straight arrow; its point is at the second pair."""
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    along_x, along_y = (x2 - x1) / length, (y2 - y1) / length
    size = 5.5 + 1.5 * width
    base_x, base_y = x2 - along_x * size, y2 - along_y * size
    half = size * 0.48
    left = f"{base_x - along_y * half:.1f} {base_y + along_x * half:.1f}"
    right = f"{base_x + along_y * half:.1f} {base_y - along_x * half:.1f}"
    shaft = f"M{x1:.1f} {y1:.1f}L{base_x:.1f} {base_y:.1f}"
    return (
        line(shaft, role, width, dashes="4 4" if dashed else None),
        element("path", d=f"M{x2:.1f} {y2:.1f}L{left}L{right}Z", class_=f"f-{role}"),
    )


def flag(x: float, y: float, role: str) -> Element:
    """A pennant on a pole whose top is at x, y."""
    return element("path", d=f"M{x:.1f} {y:.1f}l15 6l-15 6z", class_=f"f-{role}")


def star(x: float, y: float, mark: str = "!", radius: float = 18) -> tuple[Element, ...]:
    """A burst with a mark: here a watched key was changed; ``?`` for probably here."""
    points = []
    for spike in range(24):
        reach = radius if spike % 2 == 0 else radius * 0.72
        angle = math.pi * spike / 12
        points.append(
            f"{x + reach * math.sin(angle):.1f},{y - reach * math.cos(angle):.1f}"
        )
    return (
        element(
            "polygon", points=" ".join(points), class_="f-conflict s-page", stroke_width=2
        ),
        text(x, y + 7.5, mark, "mark", "f-paper", anchor="middle"),
    )


def cross(x: float, y: float, radius: float = 13) -> tuple[Element, ...]:
    """A disc with a cross: refused."""
    arm = radius * 0.38
    strokes = (
        f"M{x - arm:.1f} {y - arm:.1f}l{2 * arm:.1f} {2 * arm:.1f}"
        f"m0 {-2 * arm:.1f}l{-2 * arm:.1f} {2 * arm:.1f}"
    )
    return (_disc(x, y, radius, "conflict"), line(strokes, "paper", radius * 0.2))


def tick(x: float, y: float, radius: float = 13) -> tuple[Element, ...]:
    """A disc with a check mark: it ran."""
    unit = radius * 0.2
    stroke = (
        f"M{x - 2.1 * unit:.1f} {y + 0.1 * unit:.1f}"
        f"l{1.5 * unit:.1f} {1.6 * unit:.1f}l{2.8 * unit:.1f} {-3.2 * unit:.1f}"
    )
    return (_disc(x, y, radius, "ok"), line(stroke, "paper", radius * 0.2))


def _disc(x: float, y: float, radius: float, role: str) -> Element:
    return element(
        "circle", cx=x, cy=y, r=radius, class_=f"f-{role} s-page", stroke_width=2
    )


def hatch(x: float, y: float, width: float, height: float) -> tuple[Element, ...]:
    """A hatched rectangle, drawn as lines cut at its edges: a pattern would need an id."""
    strokes = []
    start = -height + 4
    while start < width:
        low, high = max(start, 0.0), min(start + height, width)
        if high - low > 1:
            strokes.append(
                f"M{x + low:.1f} {y + height - (low - start):.1f}"
                f"L{x + high:.1f} {y + height - (high - start):.1f}"
            )
        start += 9
    ground = element("rect", x=x, y=y, width=width, height=height, class_="f-conflict-wash")
    if not strokes:
        return (ground,)
    bars = element(
        "path", d="".join(strokes), class_="s-hatch", fill="none", stroke_width=2.6
    )
    return (ground, bars)
