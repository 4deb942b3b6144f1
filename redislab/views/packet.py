"""The picture of one pipeline: what Python kept, the packet it became, the replies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from redislab.events import Event
from redislab.trace import Buffered, Command, Packet, Timeline, timeline
from redislab.views import shapes
from redislab.views.boxes import TITLE, Box, box_of
from redislab.views.headline import Phrase, Span, plain
from redislab.views.lettering import HEAD as HEAD_SIZE
from redislab.views.lettering import plain_width
from redislab.views.markup import Element
from redislab.views.picture import Picture, sheet
from redislab.views.text import packet_text
from redislab.views.theme import Theme
from redislab.views.words import count

MARGIN = 24.0
HEAD = 62.0
ARROW = 92.0
ROWS = 12


def packet(
    recording: Iterable[Event], *, times: bool = False, theme: Theme = "auto"
) -> Picture:
    """Draw the last pipeline in a recording: its tray, its packet with the bracket from
    MULTI to EXEC, its replies.

    A pipeline that is still buffering is a tray alone. ``times``: with the round trip.
    ``ValueError``: the recording has no pipeline and no packet.
    """
    found = timeline(recording)
    tray, packets = _last_pipeline(found)
    if tray is None and not packets:
        raise ValueError("nothing was buffered or sent in this recording")
    boxes = [] if tray is None else [box_of(tray, "first", rows=ROWS)]
    if packets:
        boxes.append(_sent(packets, times))
    title = _title(found, tray, packets)
    return _picture(title, boxes, boxes[-1].step.commands, theme)


def _sent(packets: tuple[Packet, ...], times: bool) -> Box:
    """A long pipeline leaves in several packets; they are one box."""
    whole = replace(
        packets[-1],
        at=packets[0].at,
        commands=tuple(command for packet in packets for command in packet.commands),
        size=sum(packet.size for packet in packets),
    )
    elapsed = ""
    if times and whole.answered is not None:
        elapsed = f"{(whole.answered - whole.at) / 1e6:.1f} ms"
    return box_of(whole, "first", rows=ROWS, elapsed=elapsed, packets=len(packets))


def _last_pipeline(found: Timeline) -> tuple[Buffered | None, tuple[Packet, ...]]:
    trays = [step for step in found.steps if isinstance(step, Buffered)]
    if not trays:
        return None, found.packets[-1:]
    # Other steps may have come in between, so that the pipeline has several trays; and
    # it may have been executed or reset before, so that not all of its trays belong here.
    last = trays[-1]
    fate = (last.pipeline, last.packet, last.dropped)
    whole = tuple(
        command
        for tray in trays
        if (tray.pipeline, tray.packet, tray.dropped) == fate
        for command in tray.commands
    )
    if last.packet is None:
        return replace(last, commands=whole), ()
    # MULTI or EXEC may be alone in the first or last packet: the transaction tells.
    numbers = {command.number for command in whole}
    transactions = {command.transaction for command in whole} - {None}
    packets = tuple(
        packet
        for packet in found.packets
        if any(
            c.number in numbers or c.transaction in transactions for c in packet.commands
        )
    )
    return replace(last, commands=whole), packets


def _title(found: Timeline, tray: Buffered | None, packets: tuple[Packet, ...]) -> Phrase:
    kept = (
        tray.commands if tray else tuple(c for packet in packets for c in packet.commands)
    )
    number = count(len(kept), "command")
    if not packets:
        return (Span(f"{number} in the buffer, nothing sent"),)
    last, several = packets[-1].index, len(packets) > 1
    way = f" in {len(packets)} packets" if several else ", one packet, one round trip"
    start = Span(f"{number}{way}")
    ending = next((t.ending for t in found.transactions if t.step == last), None)
    match ending:
        case "aborted":
            return (start, Span(": EXEC returned "), Span("nil", "bad"))
        case "committed":
            return (start, Span(": "), _ran(packets))
        case "refused":
            return (start, Span(": "), Span("EXEC ran none", "bad"))
        case _:
            return (start,)


def _ran(packets: tuple[Packet, ...]) -> Span:
    commands = [command for packet in packets for command in packet.commands]
    wrong = sum(isinstance(command.result, Exception) for command in commands)
    if wrong:
        return Span(f"EXEC ran, with {count(wrong, 'error')}", "bad")
    return Span("EXEC ran", "good")


def _picture(
    title: Phrase, boxes: list[Box], commands: tuple[Command, ...], theme: Theme
) -> Picture:
    width = sum(box.width for box in boxes) + ARROW * (len(boxes) - 1) + 2 * MARGIN
    words = plain(title)
    width = max(width, plain_width(words, HEAD_SIZE, bold=True) + 2 * MARGIN)
    height = _top(boxes) + max(box.height for box in boxes) + MARGIN
    return sheet(
        width, height, words, packet_text(words, commands), theme, *_draw(title, boxes)
    )


def _top(boxes: list[Box]) -> float:
    return HEAD + (TITLE if any(box.title for box in boxes) else 0)


def _draw(title: Phrase, boxes: list[Box]) -> Iterator[Element]:
    yield shapes.phrase(MARGIN, 40, title, {}, "head", "f-ink")
    x = MARGIN
    top = _top(boxes)
    for place, box in enumerate(boxes):
        if place:
            y = top + min(boxes[0].height, box.height) / 2
            yield from shapes.arrow(x - ARROW + 6, y, x - 6, y, "first", 2.2)
            yield shapes.text(
                x - ARROW / 2, y - 10, "execute()", "small", "f-muted", anchor="middle"
            )
        yield from box.draw(x, top)
        x += box.width + ARROW
