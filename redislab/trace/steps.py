"""What every view draws: commands, the steps they were taken in, and watches.

A *step* is what one client did at once: put commands into its buffer (Buffered), or hand
one packet to the network (Packet). Steps are numbered from 0, in order. Everything here is
a plain fact worked out of a recording by ``redislab.trace.timeline``; nothing is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from redislab.events import Ending


class Missing(Enum):
    """The place of an answer that is not in the recording."""

    REPLY = "no reply"


NO_REPLY = Missing.REPLY


@dataclass(frozen=True, slots=True)
class Command:
    """One command and what became of it."""

    number: int
    client: str
    arguments: tuple[Any, ...]
    connection: int | None = None
    """None while it was only buffered."""
    transaction: int | None = None
    reply: Any = NO_REPLY
    """The answer to this command itself: inside a transaction that is QUEUED."""
    result: Any = NO_REPLY
    """What it gave when EXEC ran it; only inside a committed transaction."""
    answered: int | None = None
    """When the reply came, in the nanoseconds of the events."""

    @property
    def name(self) -> str:
        """The first word, in capitals: ``SET``."""
        first = self.arguments[0] if self.arguments else ""
        text = first.decode("latin-1") if isinstance(first, bytes) else str(first)
        return text.upper()

    @property
    def outcome(self) -> Any:
        """What it gave in the end: the result of EXEC if there is one, else the reply."""
        return self.reply if self.result is NO_REPLY else self.result


@dataclass(frozen=True, slots=True)
class Buffered:
    """Commands that a pipeline kept in Python, one after the other; nothing was sent."""

    index: int
    at: int
    client: str
    pipeline: int
    commands: tuple[Command, ...]
    packet: int | None = None
    """The step that sent them, None when nothing (yet) did."""
    dropped: bool = False
    """They were thrown away by a reset."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One write: these commands left together."""

    index: int
    at: int
    client: str
    connection: int
    commands: tuple[Command, ...]
    size: int
    """Bytes on the wire."""

    @property
    def answered(self) -> int | None:
        """When the last reply came, None while one is missing."""
        times = [command.answered for command in self.commands]
        known = [time for time in times if time is not None]
        return max(known) if known and len(known) == len(times) else None


Step = Buffered | Packet


@dataclass(frozen=True, slots=True)
class Transaction:
    """One MULTI ... EXEC."""

    number: int
    client: str
    connection: int
    step: int
    """The packet with its EXEC (or DISCARD)."""
    commands: tuple[Command, ...]
    """The queued ones, without MULTI and EXEC."""
    ending: Ending | None
    """None while EXEC has no answer."""


@dataclass(frozen=True, slots=True)
class Watch:
    """A WATCH that the server confirmed, from that step to the one that ended it."""

    client: str
    connection: int
    keys: tuple[bytes, ...]
    first: int
    """The step with the WATCH."""
    last: int | None
    """The step that took it away; None while it stands."""
