"""The plain-text twin of every picture: the same facts, one line a command.

    EXEC returned nil: bob changed counter while alice was watching it
     1 alice  WATCH counter -> OK
     2 alice  GET counter -> "5"
     3 alice  (buffered) SET counter 6
     4 bob    INCR counter -> 6   <- changed the watched key
     5 alice  MULTI -> OK
                SET counter 6 -> QUEUED
              EXEC -> nil

No times, addresses or numbers of connections: the same scenario run twice gives the same
text, so a stored notebook can be tested against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from redislab.trace import Buffered, Command, Packet, Step, Timeline
from redislab.views.headline import headline, plain, witness
from redislab.views.lesson import lesson
from redislab.views.words import answer, count, name, said

COMMANDS = 12
"""Commands of one packet that are listed; of a longer one, the first of them."""
STEPS = 200


def conflict_text(timeline: Timeline) -> str:
    """A timeline in words: headline, numbered steps, lesson, what the verdict rests on."""
    lines = [plain(headline(timeline)), *_steps(timeline)]
    if note := witness(timeline):
        lines += [plain(phrase) for phrase in lesson(timeline)]
        lines.append(f"({note})")
    return "\n".join(lines)


def packet_text(title: str, commands: Iterable[Command]) -> str:
    """One pipeline in words: a title, and its commands with their replies."""
    return "\n".join([title, *_listed(tuple(commands))])


def left_out(commands: tuple[Command, ...], limit: int) -> int:
    """How many commands in the middle to leave out, so that ``limit`` rows are enough.

    The first ones stay, and the closing EXEC; leaving out a single one would save nothing.
    """
    return len(commands) - limit + 1 if len(commands) > limit else 0


def _steps(timeline: Timeline) -> Iterator[str]:
    touched = {verdict.step for verdict in timeline.verdicts}
    width = max((len(name(lane, 16)) for lane in timeline.lanes), default=0)
    for step in timeline.steps[:STEPS]:
        note = "   <- changed the watched key" if step.index in touched else ""
        first = f"{step.index + 1:2d} {name(step.client, 16):{width}}  "
        lines = list(_step(step))
        yield f"{first}{lines[0]}{note}"
        yield from (f"{' ' * len(first)}{line}" for line in lines[1:])
    if len(timeline.steps) > STEPS:
        yield f"   ... {count(len(timeline.steps) - STEPS, 'more step')}"


def _step(step: Step) -> Iterator[str]:
    if isinstance(step, Packet):
        yield from _listed(step.commands)
        return
    yield from (f"({_fate(step)}) {said(command)}" for command in step.commands[:COMMANDS])
    if len(step.commands) > COMMANDS:
        yield f"... {count(len(step.commands) - COMMANDS, 'more command')}"


def _fate(step: Buffered) -> str:
    return "buffered, then thrown away" if step.dropped else "buffered"


def _listed(commands: tuple[Command, ...]) -> Iterator[str]:
    gap = left_out(commands, COMMANDS)
    head = commands[: len(commands) - gap - 1] if gap else commands
    yield from (_line(command) for command in head)
    if gap:
        yield f"  ... {count(gap, 'more command')}"
        yield _line(commands[-1])


def _line(command: Command) -> str:
    framed = command.transaction is not None and command.name not in {"MULTI", "EXEC"}
    line = (
        f"{'  ' if framed else ''}{said(command)} -> {answer(command, command.reply, 80)}"
    )
    if command.outcome is not command.reply:
        line += f" -> {answer(command, command.result, 80)}"
    return line
