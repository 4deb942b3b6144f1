"""Who may have changed a watched key: the recorded clients' own commands as witnesses.

The rules follow from what they can know:

- A suspect is a write to a watched key that was under way, at least in part, between
  WATCH and EXEC, and whose reply does not say that it changed nothing.
- ``certain`` means: that write began after WATCH was answered and was answered before
  EXEC was written, so it lies between them whatever the network did. That alone makes
  EXEC answer nil. A client that was not recorded may have been there first all the same.
- Two writes under way at once have no order that we could know. Then, and for anything
  less than certain, the words are "probably".
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate, chain
from typing import NamedTuple

from redislab.trace.effects import changes, changes_surely, may_write
from redislab.trace.loss import Loss
from redislab.trace.shorten import Cut
from redislab.trace.steps import Command, Packet, Transaction, Watch
from redislab.trace.verdict import Verdict


class _Write(NamedTuple):
    """A command that may have changed something, and while it was under way."""

    begun: int
    answered: float
    packet: Packet
    command: Command


class _Suspect(NamedTuple):
    packet: Packet
    command: Command
    key: bytes


class Journal:
    """The writes of the recorded clients."""

    def __init__(
        self, packets: dict[int, Packet], transactions: Iterable[Transaction]
    ) -> None:
        self._packets = packets
        known = {transaction.number: transaction for transaction in transactions}
        self._writes = _Writes(packets.values(), known)

    def verdict(self, loss: Loss, key: bytes | None = None) -> Verdict | None:
        """Who may have done it; None when nobody. ``key``: the one that changed, if that
        is known.
        """
        suspects = [
            suspect
            for suspect in _suspects(loss.watched, self._packets, self._writes)
            if key is None or suspect.key == key
        ]
        if not suspects:
            return None
        first = min(suspects, key=lambda one: (one.packet.at, one.command.number))
        watched = (watch for watch in loss.watched if first.key in watch.keys)
        certain = (
            any(_inside(first, watch, self._packets) for watch in watched)
            and changes_surely(first.command)
            and not isinstance(first.key, Cut)  # another key may begin the same way
            and not any(_overlap(first.packet, other.packet) for other in suspects)
        )
        return replace(
            loss.verdict,
            step=first.packet.index,
            culprit=first.command.client,
            command=first.command,
            key=first.key,
            certain=certain,
            cause="command",
        )


class _Writes:
    """Writes, to be found by when they were under way: there may be very many."""

    def __init__(self, packets: Iterable[Packet], known: dict[int, Transaction]) -> None:
        writes = [
            _Write(packet.at, math.inf if end is None else end, packet, command)
            for packet, end in ((packet, packet.answered) for packet in packets)
            for command in packet.commands
            if command.number > 0 and may_write(command) and _ran(command, known)
        ]
        writes.sort(key=lambda write: write.begun)
        self._open = [write for write in writes if write.answered == math.inf]
        self._done = [write for write in writes if write.answered < math.inf]
        self._begun = [write.begun for write in self._done]
        self._reach = list(accumulate((write.answered for write in self._done), max))
        """How far the writes up to each one reach: never less than before."""

    def between(self, start: int, end: float) -> Iterator[_Write]:
        """Those that were under way, at least in part, between the two times."""
        first = bisect_left(self._reach, start)
        last = bisect_right(self._begun, end)
        for write in chain(self._done[first:last], self._open):
            if write.answered >= start and write.begun <= end:
                yield write


def _suspects(
    watched: Iterable[Watch], packets: dict[int, Packet], writes: _Writes
) -> Iterator[_Suspect]:
    for watch in watched:
        start = packets[watch.first].at
        end = packets[watch.last].answered if watch.last in packets else None
        for write in writes.between(start, math.inf if end is None else end):
            if write.packet.index == watch.first and not _after_watch(write):
                continue
            for key in changes(write.command, watch.keys):
                yield _Suspect(write.packet, write.command, key)


def _after_watch(write: _Write) -> bool:
    """In the packet of the WATCH itself: whether the command stands behind the WATCH."""
    names = [command.name for command in write.packet.commands]
    return write.packet.commands.index(write.command) > names.index("WATCH")


def _ran(command: Command, known: dict[int, Transaction]) -> bool:
    """A queued command runs only when its EXEC commits."""
    if command.transaction is None:
        return True
    transaction = known.get(command.transaction)
    return transaction is not None and transaction.ending == "committed"


def _inside(suspect: _Suspect, watch: Watch, packets: dict[int, Packet]) -> bool:
    """Whether it ran between WATCH and EXEC on any reading of the times."""
    begun, done = packets[watch.first].answered, suspect.packet.answered
    if begun is None or done is None or suspect.packet.at < begun:
        return False
    return watch.last is None or watch.last not in packets or done <= packets[watch.last].at


def _overlap(one: Packet, other: Packet) -> bool:
    """Whether both were under way at once; on one connection the order is known."""
    if one.connection == other.connection:
        return False
    one_end, other_end = one.answered, other.answered
    return (one_end is None or other.at < one_end) and (
        other_end is None or one.at < other_end
    )
