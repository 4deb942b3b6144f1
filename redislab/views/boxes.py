"""Commands in boxes: a card for one command, a dashed tray for what is buffered, a packet
for what went out together, with the bracket from MULTI to EXEC.

A box knows its size before it is drawn, so that a layout can place it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from redislab.trace import NO_REPLY, Buffered, Command, Packet
from redislab.views import shapes
from redislab.views.lettering import SMALL, SMALL_CODE, code_width, plain_width
from redislab.views.markup import Element, element
from redislab.views.text import left_out
from redislab.views.words import answer, count, said

WORDS = 30
"""Cells of a command in a box."""
ANSWER = 22
"""Cells of a reply in a box."""
ROW = 25.0
PAD = 12.0
TITLE = 24.0
"""Room above a packet for what it is."""


@dataclass(frozen=True, slots=True)
class Box:
    """What one step looks like, and how large it is."""

    step: Buffered | Packet
    role: str
    width: float
    height: float
    title: str = ""
    """What stands above it."""
    note: str = ""
    """What stands in its corner: how long it took."""
    rows: int = 12

    @property
    def is_card(self) -> bool:
        return isinstance(self.step, Packet) and len(self.step.commands) == 1

    def draw(self, x: float, y: float) -> Iterator[Element]:
        """The box with its upper left corner at x, y; the title goes above."""
        if isinstance(self.step, Buffered):
            return _draw_tray(self, x, y)
        return _draw_card(self, x, y) if self.is_card else _draw_packet(self, x, y)


def box_of(
    step: Buffered | Packet,
    role: str,
    *,
    rows: int = 12,
    elapsed: str = "",
    packets: int = 1,
) -> Box:
    """The box for a step. ``rows``: commands to list; ``elapsed``: its round trip;
    ``packets``: how many it stands for.
    """
    if isinstance(step, Buffered):
        return _tray(step, role, rows)
    if len(step.commands) == 1:
        (command,) = step.commands
        width = max(
            code_width(said(command, WORDS)),
            code_width(f"→ {_answer(command)}", SMALL_CODE)
            + (plain_width(elapsed, SMALL) + 14 if elapsed else 0),
            66,
        )
        return Box(step, role, width + 2 * PAD, 50, note=elapsed)
    return _packet(step, role, rows, elapsed, packets)


# --- one command ------------------------------------------------------------------------


def _draw_card(box: Box, x: float, y: float) -> Iterator[Element]:
    (command,) = box.step.commands
    yield shapes.box(x, y, box.width, box.height, f"f-{box.role}-wash", f"s-{box.role}")
    yield shapes.text(
        x + PAD, y + 20, said(command, WORDS), "code", "strong", f"f-{box.role}"
    )
    yield element(
        "text",
        element("tspan", "→ ", class_="f-muted"),
        element("tspan", _answer(command), class_=f"f-{_tone(command)} strong"),
        x=x + PAD, y=y + 40, class_="small code",
    )  # fmt: skip
    if box.note:
        yield shapes.text(
            x + box.width - PAD + 2, y + 40, box.note, "small", "f-muted", anchor="end"
        )


# --- the tray ---------------------------------------------------------------------------


def _tray(step: Buffered, role: str, rows: int) -> Box:
    title = _tray_title(step)
    lines = [said(command, WORDS) for command in step.commands[:rows]]
    listed = len(lines) + (len(step.commands) > rows)
    width = max(plain_width(title, SMALL), *(code_width(line) + 16 for line in lines))
    if len(step.commands) > rows:
        width = max(width, plain_width(_more(step, rows)) + 16)
    return Box(step, role, width + 2 * PAD, 32 + listed * (ROW + 3) + 8, rows=rows)


def _tray_title(step: Buffered) -> str:
    return "buffered, then thrown away" if step.dropped else "buffered in Python, not sent"


def _draw_tray(box: Box, x: float, y: float) -> Iterator[Element]:
    assert isinstance(box.step, Buffered)
    yield shapes.box(x, y, box.width, box.height, "f-page", f"s-{box.role}", dashed=True)
    yield shapes.text(x + PAD, y + 21, _tray_title(box.step), "small", "f-muted")
    top = y + 32
    for command in box.step.commands[: box.rows]:
        yield shapes.box(x + 9, top, box.width - 18, ROW, f"f-{box.role}-wash", rx=6)
        said_ = said(command, WORDS)
        yield shapes.text(x + 20, top + 17.5, said_, "code", "strong", f"f-{box.role}")
        top += ROW + 3
    if len(box.step.commands) > box.rows:
        yield shapes.text(x + 20, top + 17, _more(box.step, box.rows), "f-muted")


def _more(step: Buffered, rows: int) -> str:
    return f"… {count(len(step.commands) - rows, 'more command')}"


# --- the packet -------------------------------------------------------------------------


def _packet(step: Packet, role: str, rows: int, elapsed: str, packets: int) -> Box:
    number = count(len(step.commands), "command")
    what = "one packet" if packets == 1 else f"{packets} packets"
    title = f"{what}: {number}, {count(step.size, 'byte')}"
    listed = list(_rows(step.commands, rows))
    width = max(
        plain_width(title, SMALL) + (plain_width(elapsed, SMALL) + 16 if elapsed else 0),
        *(_row_width(row) for row in listed),
    )
    height = len(listed) * ROW + 12
    return Box(step, role, width + 2 * PAD, height, title, elapsed, rows)


def _rows(commands: tuple[Command, ...], limit: int) -> Iterator[Command | str]:
    """The commands to list, and in the place of those left out how many they are."""
    gap = left_out(commands, limit)
    if not gap:
        yield from commands
        return
    last = len(commands) - 1
    yield from commands[: last - gap]
    hidden = commands[last - gap : last]
    errors = sum(isinstance(command.outcome, Exception) for command in hidden)
    wrong = f", {count(errors, 'error')} among them" if errors else ""
    yield f"… {count(gap, 'more command')}{wrong}"
    yield commands[last]


def _row_width(row: Command | str) -> float:
    if isinstance(row, str):
        return 30 + plain_width(row)
    answers = code_width("".join(f" → {text}" for text, _ in _answers(row)), SMALL_CODE)
    return _indent(row) + code_width(said(row, WORDS)) + 18 + answers


def _draw_packet(box: Box, x: float, y: float) -> Iterator[Element]:
    commands = box.step.commands
    yield shapes.text(x + 2, y - 8, box.title, "small", "f-muted")
    if box.note:
        yield shapes.text(
            x + box.width - 2, y - 8, box.note, "small", "f-muted", anchor="end"
        )
    yield shapes.box(x, y, box.width, box.height, f"f-{box.role}-wash")
    rows = list(_rows(commands, box.rows))
    last = commands[-1]
    if last.name == "EXEC" and _tone(last) == "conflict":
        yield _foot(box, x, y)
    yield element(
        "rect", x=x, y=y, width=box.width, height=box.height, rx=8,
        class_=f"s-{box.role}", fill="none", stroke_width=1.4,
    )  # fmt: skip
    for place, row in enumerate(rows):
        yield from _draw_row(box, row, x, y + 23 + place * ROW)
    for first, final in _brackets(rows):
        top, height = y + 18 + first * ROW, (final - first) * ROW
        yield shapes.line(f"M{x + 15:.1f} {top:.1f}h-5v{height:.1f}h5", box.role, 1.9)


def _foot(box: Box, x: float, y: float) -> Element:
    """The red ground of an EXEC that ran nothing, with the card's round corners."""
    height = ROW + 4
    return element(
        "path",
        d=(
            f"M{x:.1f} {y + box.height - height:.1f}h{box.width:.1f}v{height - 8:.1f}"
            f"a8 8 0 0 1 -8 8h{16 - box.width:.1f}a8 8 0 0 1 -8 -8z"
        ),
        class_="f-conflict-wash",
    )


def _draw_row(box: Box, row: Command | str, x: float, y: float) -> Iterator[Element]:
    if isinstance(row, str):
        yield shapes.text(x + 34, y, row, "f-muted")
        return
    tone = box.role
    if row.name == "EXEC" and _tone(row) == "conflict":
        tone = "conflict"
    yield shapes.text(
        x + PAD + _indent(row), y, said(row, WORDS), "code", "strong", f"f-{tone}"
    )
    answers: list[Element] = []
    for text, role in _answers(row):
        answers.append(element("tspan", " → ", class_="f-muted"))
        answers.append(element("tspan", text, class_=f"f-{role} strong"))
    yield element(
        "text", *answers, x=x + box.width - PAD, y=y, class_="small code", text_anchor="end"
    )


def _indent(command: Command) -> float:
    if command.transaction is None:
        return 0
    return 10 if command.name in {"MULTI", "EXEC", "DISCARD"} else 24


def _brackets(rows: list[Command | str]) -> Iterator[tuple[int, int]]:
    """First and last row of each MULTI ... EXEC."""
    first = None
    for place, row in enumerate(rows):
        if isinstance(row, str) or row.transaction is None:
            continue
        if row.name == "MULTI":
            first = place
        elif row.name in {"EXEC", "DISCARD"} and first is not None:
            yield first, place
            first = None


# --- answers ----------------------------------------------------------------------------


def _answer(command: Command) -> str:
    return answer(command, command.reply, ANSWER)


def _answers(command: Command) -> Iterator[tuple[str, str]]:
    """The reply, and for a queued command that ran its result, each with its role."""
    yield _answer(command), _tone_of(command, command.reply)
    if command.result is not NO_REPLY:
        role = "conflict" if isinstance(command.result, Exception) else "ok"
        yield answer(command, command.result, ANSWER - 6), role


def _tone(command: Command) -> str:
    return _tone_of(command, command.reply)


def _tone_of(command: Command, value: object) -> str:
    if isinstance(value, Exception) or (command.name == "EXEC" and value is None):
        return "conflict"
    if value is NO_REPLY or (command.transaction and value == b"QUEUED"):
        return "muted"
    return "ok" if command.name == "EXEC" else "ink"
