"""The picture of one command's way: what takes how long, each stage behind the other."""

from __future__ import annotations

from redislab.trace.journey import Journey, Stage
from redislab.views.bars import Bar, Group, bars
from redislab.views.lettering import fit
from redislab.views.picture import Picture
from redislab.views.theme import Theme
from redislab.views.words import shown

_ROLES = {"python": "first", "system": "second", "away": "muted"}
_MEANING = {
    "encode": "arguments become bytes",
    "queue": "a place in the reply queue",
    "write": "a system call",
    "wait": "there and back, and the server",
    "read and parse": "a system call, then hiredis",
    "wake up": "the event loop resumes the task",
}


def journey(measured: Journey, *, theme: Theme = "auto") -> Picture:
    """Draw what ``redislab.trace.follow`` measured.

    The lengths are the reader's own machine's, so the picture differs from run to run.
    """
    drawn: list[Bar] = []
    begin = 0.0
    for stage in measured.stages:
        words = f"{_microseconds(stage.nanoseconds)} · {_MEANING[stage.name]}"
        role = _ROLES[stage.where]
        drawn.append(Bar(stage.name, stage.nanoseconds, words, role, begin))
        if stage.name == "wait" and measured.server is not None:
            drawn.append(_server(stage, measured.server, begin))
        begin += stage.nanoseconds
    return bars(
        _headline(measured), [Group(tuple(drawn))], note=_note(measured), theme=theme
    )


def _headline(measured: Journey) -> str:
    command = fit(" ".join(shown(word, 16) for word in measured.command), 32)
    took = f"{command} took {_microseconds(measured.total)}"
    if measured.server is not None:
        return f"{took}; the server worked for {_microseconds(measured.server)}"
    waiting = sum(s.nanoseconds for s in measured.stages if s.where == "away")
    return f"{took}; {waiting / measured.total:.0%} of it was waiting"


def _note(measured: Journey) -> str:
    return (
        "blue: Python; grey: out of our hands; green: the server. "
        f"Medians of {measured.times} commands, one after the other."
    )


def _server(wait: Stage, nanoseconds: float, begin: float) -> Bar:
    """Somewhere in the wait; we do not know where, so it stands in the middle."""
    start = begin + max(0.0, wait.nanoseconds - nanoseconds) / 2
    words = f"{_microseconds(nanoseconds)} of the wait · by its own account"
    return Bar("server at work", nanoseconds, words, "ok", start)


def _microseconds(nanoseconds: float) -> str:
    """Two digits are all that a median on a busy machine is good for."""
    microseconds = nanoseconds / 1e3
    if microseconds < 0.1:
        return "< 0.1 µs"
    return f"{microseconds:.2g} µs" if microseconds < 99.5 else f"{microseconds:.0f} µs"
