"""The picture of one pipeline: what Python kept, the packet it became, the replies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    tray, sent = _last_pipeline(found)
    if tray is None and sent is None:
        raise ValueError("nothing was buffered or sent in this recording")
    elapsed = ""
    if times and sent is not None and sent.answered is not None:
        elapsed = f"{(sent.answered - sent.at) / 1e6:.1f} ms"
    boxes = [
        box_of(step, "first", rows=ROWS, elapsed=elapsed)
        for step in (tray, sent)
        if step is not None
    ]
    title = _title(found, tray, sent)
    commands = sent.commands if sent is not None else tray.commands if tray else ()
    return _picture(title, boxes, commands, theme)


def _last_pipeline(found: Timeline) -> tuple[Buffered | None, Packet | None]:
    trays = [step for step in found.steps if isinstance(step, Buffered)]
    if not trays:
        return None, found.packets[-1] if found.packets else None
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
    sent = found.steps[last.packet] if last.packet is not None else None
    tray = Buffered(
        last.index, last.at, last.client, last.pipeline, whole, last.packet, last.dropped
    )
    return tray, sent if isinstance(sent, Packet) else None


def _title(found: Timeline, tray: Buffered | None, sent: Packet | None) -> Phrase:
    if sent is None:
        kept = len(tray.commands) if tray else 0
        return (Span(f"{count(kept, 'command')} in the buffer, nothing sent"),)
    number = count(len(tray.commands if tray else sent.commands), "command")
    start = Span(f"{number}, one packet, one round trip")
    ending = next((t.ending for t in found.transactions if t.step == sent.index), None)
    match ending:
        case "aborted":
            return (start, Span(": EXEC returned "), Span("nil", "bad"))
        case "committed":
            return (start, Span(": "), _ran(sent))
        case "refused":
            return (start, Span(": "), Span("EXEC ran none", "bad"))
        case _:
            return (start,)


def _ran(sent: Packet) -> Span:
    wrong = sum(isinstance(command.result, Exception) for command in sent.commands)
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
