"""The server's own account, as the spy recorded it, worked into a recording.

Two things follow from it before any step is counted: who broke whose watch, exactly; and
which of two packets the server ran first when both were under way. A culprit that nobody
recorded gets a place among the events, too, so that it can be drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from redislab.events import (
    CommandIssued,
    Event,
    ExecSeen,
    KeyTouched,
    PacketWritten,
    SpyEnded,
    SpyStarted,
)


class Account:
    """What the server told about some events."""

    def __init__(self, events: Sequence[Event]) -> None:
        touches = [event for event in events if isinstance(event, KeyTouched)]
        self._touches = {touch.order: touch for touch in touches}
        self._execs = {
            event.transaction: event for event in events if isinstance(event, ExecSeen)
        }
        self._broken = {
            watch: touch for touch in touches if touch.certain for watch in touch.watches
        }
        spies = [event for event in events if isinstance(event, (SpyStarted, SpyEnded))]
        self.refusal: str | None = None
        """Why there was no account at all, in the server's words."""
        if spies and not any(isinstance(event, SpyStarted) for event in spies):
            self.refusal = getattr(spies[0], "reason", None)

    def __bool__(self) -> bool:
        return bool(self._touches or self._execs)

    def culprit(self, transaction: int) -> KeyTouched | None:
        """What made EXEC answer nil; None when nothing did or it may be one of several."""
        seen = self._execs.get(transaction)
        if seen is None or len(seen.touches) != 1:
            return None
        return self._touches.get(seen.touches[0])

    def saw_nothing(self, transaction: int) -> bool:
        """Whether the server told of this EXEC, and of nothing that could matter to it."""
        seen = self._execs.get(transaction)
        return seen is not None and not seen.ran and not seen.touches

    def broke(self, watches: Iterable[int]) -> KeyTouched | None:
        """What broke these watches, given as the numbers of their WATCH commands."""
        found = (self._broken.get(watch) for watch in watches)
        return next((touch for touch in found if touch is not None), None)

    # --- the server's order -------------------------------------------------------------

    def arranged(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """The events, each culprit between the WATCH it broke and the EXEC it spoilt."""
        if not self:
            return tuple(events)
        events = list(_with_outsiders(events))
        written = {
            number: place
            for place, event in enumerate(events)
            if isinstance(event, PacketWritten)
            for number in event.commands
        }
        execs = self._exec_commands(events)
        order: list[tuple[int, int]] = [(place, 0) for place in range(len(events))]
        for touch in self._touches.values():
            place = written.get(number_of(touch))
            if place is None:
                continue
            watches = [written[watch] for watch in touch.watches if watch in written]
            ends = [written[n] for n in execs.get(touch.order, ()) if n in written]
            if watches and place < max(watches):
                order[place] = (max(watches), 1)
            if ends and place > min(ends):
                order[place] = (min(ends), -1)
        return tuple(
            events[place] for place in sorted(range(len(order)), key=order.__getitem__)
        )

    def _exec_commands(self, events: Sequence[Event]) -> dict[int, list[int]]:
        """For each touch, by its order, the EXECs it spoilt, by their commands."""
        number = {
            event.transaction: event.command
            for event in events
            if isinstance(event, CommandIssued) and event.arguments == ("EXEC",)
        }
        found: dict[int, list[int]] = {}
        for transaction, seen in self._execs.items():
            for order in seen.touches:
                if transaction in number:
                    found.setdefault(order, []).append(number[transaction])
        return found


def _with_outsiders(events: Sequence[Event]) -> Iterator[Event]:
    """The events, and the packets of culprits that were not recorded."""
    for event in events:
        yield event
        if isinstance(event, KeyTouched) and event.command is None and event.arguments:
            number = number_of(event)
            name = event.name or event.address
            yield CommandIssued(event.at, name, number, number, event.arguments, 0)
            yield PacketWritten(event.at, name, number, (number,), b"", 0)


def number_of(touch: KeyTouched) -> int:
    """The number of its command. Nobody numbered those that were not recorded: they get
    negative ones.
    """
    return -touch.order if touch.command is None else touch.command
