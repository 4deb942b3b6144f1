"""What client tracking told: which watched key changed, and when one was to expire.

The news comes on the watcher's own connection (``redislab.connection.tracking``), before
the answer to its EXEC. It names a key, and nobody. It may be wrong in one way: a write to
a key of the same name in another database looks the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from redislab.events import (
    CommandIssued,
    ConnectionClosed,
    Event,
    PacketWritten,
    PushReceived,
    ReplyReceived,
    TransactionEnded,
    WatchCleared,
    WatchSet,
)

MISSING = -2
"""What PTTL answers when there is no such key; -1 when it has no time to live."""


class Tracked:
    """What tracking told about the watches in some events, by the numbers of WATCH."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._changed: dict[int, bytes] = {}
        self._deadlines: dict[int, dict[bytes, int]] = {}
        self._standing: dict[int, list[WatchSet]] = {}
        """The watches of each connection that stand."""
        self._asked: dict[int, CommandIssued] = {}
        self._lives: dict[tuple[int, bytes], tuple[int, int]] = {}
        """By connection and key, what the last hidden read said, and when it was sent."""
        for event in events:
            self._take(event)

    def changed(self, watches: Iterable[int]) -> bytes | None:
        """The watched key that changed first, as the server told; None when it did not."""
        found = (self._changed.get(watch) for watch in watches)
        return next((key for key in found if key is not None), None)

    def expired(self, watches: Iterable[int], at: int) -> bytes | None:
        """A watched key whose time to live was over by then."""
        lives = (self._deadlines.get(watch, {}) for watch in watches)
        over = ((end, key) for ends in lives for key, end in ends.items() if end <= at)
        return min(over, default=(0, None))[1]

    def _take(self, event: Event) -> None:
        match event:
            case CommandIssued() if event.hidden:
                self._asked[event.command] = event
            case ReplyReceived() if event.command in self._asked:
                asked = self._asked.pop(event.command)
                if isinstance(event.value, int):
                    place = (event.connection, _as_sent(asked.arguments[1]))
                    self._lives[place] = (event.value, asked.at)
            case WatchSet():
                self._standing.setdefault(event.connection, []).append(event)
                self._deadlines[event.command] = dict(self._ends(event))
            case PushReceived() if event.items[:1] == (b"invalidate",):
                self._invalidated(event)
            case TransactionEnded() | WatchCleared() | ConnectionClosed():
                self._standing.pop(event.connection, None)
            case _:
                pass

    def _ends(self, watch: WatchSet) -> Iterator[tuple[bytes, int]]:
        """When the watched keys' times to live are over, on our clock at the earliest."""
        for key in watch.keys:
            life, at = self._lives.get((watch.connection, key), (MISSING, 0))
            if life >= 0:
                yield key, at + life * 1_000_000

    def _invalidated(self, push: PushReceived) -> None:
        keys = push.items[1] if len(push.items) > 1 else ()
        for watch in self._standing.get(push.connection, ()):
            for key in watch.keys:
                life, _ = self._lives.get((push.connection, key), (MISSING, 0))
                flushed = keys is None and life != MISSING
                if flushed or key in (keys or ()):
                    self._changed.setdefault(watch.command, key)


def without_hidden(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events of what the program itself did."""
    hidden = {
        e.command: e.size for e in events if isinstance(e, CommandIssued) and e.hidden
    }
    if not hidden:
        return events
    return tuple(_visible(events, hidden))


def _visible(events: Iterable[Event], hidden: dict[int, int]) -> Iterator[Event]:
    for event in events:
        match event:
            case CommandIssued() | ReplyReceived() if event.command in hidden:
                continue
            case PacketWritten():
                own = tuple(n for n in event.commands if n not in hidden)
                less = sum(hidden.get(n, 0) for n in event.commands)
                yield event._replace(commands=own, size=event.size - less)
            case _:
                yield event


def _as_sent(key: object) -> bytes:
    return key if isinstance(key, bytes) else str(key).encode()
