"""How a recorded cell went: its packets in time, and why its EXEC ran nothing."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from redislab.trace.recording import Recording
from redislab.trace.steps import Packet
from redislab.trace.timeline import Timeline, timeline
from redislab.views.words import count, said

if TYPE_CHECKING:
    from redislab.views.picture import Picture

PACKETS = 50


class Trace:
    """The packets of a recording: when, whose, how many bytes, how long to the answer."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording

    @cached_property
    def timeline(self) -> Timeline:
        """The recording, worked out."""
        return timeline(self.recording)

    @property
    def round_trips(self) -> int:
        """How often somebody sent something and waited."""
        return len(self.timeline.packets)

    @property
    def bytes_sent(self) -> int:
        """All packets together."""
        return sum(packet.size for packet in self.timeline.packets)

    def __repr__(self) -> str:
        packets = self.timeline.packets
        if not packets:
            return "nothing was sent"
        lines = [_line(packet, packets[0].at) for packet in packets[:PACKETS]]
        if len(packets) > PACKETS:
            lines.append(f"… and {len(packets) - PACKETS} more packets")
        commands = sum(len(packet.commands) for packet in packets)
        total = (
            f"{count(self.round_trips, 'round trip')}, {count(commands, 'command')}, "
            f"{count(self.bytes_sent, 'byte')} sent"
        )
        return "\n".join([*lines, total])

    @property
    def picture(self) -> Picture:
        """The same as swim lanes."""
        from redislab.views.conflict import conflict

        return conflict(self.recording)

    def _repr_html_(self) -> str:
        from redislab.views.markup import element

        return f"{element('pre', repr(self))}{self.picture._repr_html_()}"


class Explanation:
    """Why EXEC ran nothing: what the recorded clients' commands can tell."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        endings = [t.ending for t in timeline(recording).transactions]
        self.ending = endings[-1] if endings else None
        """How the last transaction ended; None when there was none."""

    @property
    def picture(self) -> Picture:
        """Who did what, and which write changed the watched key."""
        from redislab.views.conflict import conflict

        return conflict(self.recording)

    def __repr__(self) -> str:
        match self.ending:
            case None:
                return "There was no EXEC in what was recorded."
            case "committed":
                return "EXEC ran: nothing to explain."
        return self.picture.text

    def _repr_html_(self) -> str | None:
        return self.picture._repr_html_() if self.ending == "aborted" else None


def _line(packet: Packet, start: int) -> str:
    took = ""
    if packet.answered is not None:
        took = f", answered after {(packet.answered - packet.at) / 1e6:.2f} ms"
    first = said(packet.commands[0], 50)
    more = f" and {len(packet.commands) - 1} more" if packet.commands[1:] else ""
    return (
        f"{(packet.at - start) / 1e6:8.2f} ms  {packet.client}: {first}{more}, "
        f"{count(packet.size, 'byte')}{took}"
    )
