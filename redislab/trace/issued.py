"""What the recorded clients sent, found again in the lines of the server.

A recorded client says which commands it puts on its way; the server has a line for each
that it runs, in the same order. It has none for a command that it refused unread, for
what ended with its transaction, and for some that only administrators send. So a line is
looked for from the oldest command on, and what lies before the one found is dropped.

Clients tell on the threads of their event loops, lines come on the spy's: hence the lock.
"""

from __future__ import annotations

import threading
from collections import deque

from redislab.commands.secrets import HIDDEN
from redislab.events import CommandIssued, ConnectionOpened, Event
from redislab.trace.effects import as_bytes
from redislab.trace.monitor_line import Line

LIMIT = 20_000
"""Commands kept for one connection. A line of one that was dropped is found no more."""


class Issued:
    """Commands on their way, by connection; and who is behind an address."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[int, deque[CommandIssued]] = {}
        self._connections: dict[str, int] = {}
        self._names: dict[str, str] = {}

    def note(self, event: Event) -> None:
        """A recorded client says what it does."""
        with self._lock:
            match event:
                case ConnectionOpened():
                    self._connections[event.address] = event.connection
                    self._names[event.address] = event.client
                case CommandIssued():
                    new: deque[CommandIssued] = deque(maxlen=LIMIT)
                    self._waiting.setdefault(event.connection, new).append(event)
                case _:
                    pass

    def connection(self, address: str) -> int | None:
        """The recorded connection at this address."""
        return self._connections.get(address)

    def name(self, address: str) -> str:
        """What the client at this address is called; empty when it has no name."""
        return self._names.get(address, "")

    def rename(self, address: str, name: str) -> None:
        """A client that is not recorded has told the server its name."""
        if address not in self._connections:
            self._names[address] = name

    def hear_name(self, line: Line) -> None:
        """A client may tell the server its name."""
        if line.name not in {"CLIENT", "HELLO"}:
            return
        words = [word.upper() for word in line.arguments[:-1]]
        if b"SETNAME" in words[1:]:
            name = line.arguments[words.index(b"SETNAME", 1) + 1]
            self.rename(line.address, name.decode("utf-8", "replace"))
        elif line.name == "HELLO":
            self.rename(line.address, "")

    def find(self, line: Line) -> CommandIssued | None:
        """The command this line is about, when a recorded client sent it."""
        connection = self._connections.get(line.address)
        if connection is None:
            return None
        with self._lock:
            waiting = self._waiting.get(connection, deque())
            for place, event in enumerate(waiting):
                if _same(event.arguments, line):
                    for _ in range(place + 1):
                        waiting.popleft()
                    return event
        return None


def _same(arguments: tuple[object, ...], line: Line) -> bool:
    """Whether a command is the one of the line. What is hidden may be anything."""
    if not arguments or as_bytes(arguments[0]).decode("latin-1").upper() != line.name:
        return False
    return len(arguments) == len(line.arguments) and all(
        given == HIDDEN or as_bytes(given) == sent
        for given, sent in zip(arguments[1:], line.arguments[1:], strict=True)
    )
