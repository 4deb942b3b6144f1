"""What happened, as facts: one small immutable record a kind.

The connection and the client say what they do by making these records; whoever wants
to know is an *observer*, a callable that takes one. The road runs one way: an observer
cannot hold, delay or change a command, and one that raises is dropped.

Rules every record keeps:
- ``at`` is a monotonic time in nanoseconds (``time.perf_counter_ns``), good for
  differences and order within one process, and for nothing else.
- ``client`` is the name of the client object (``alice``), ``connection`` the number of
  one socket's life in this process, ``command`` the number of one command in this
  process. The same number in CommandBuffered, CommandIssued, PacketWritten and
  ReplyReceived is the same command.
- ``arguments`` and ``data`` never hold a secret: they are redacted before the record is
  made (``redislab.commands.secrets``).
- New kinds and new fields may come; a reader skips what it does not know.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

log = logging.getLogger("redislab")

Mode = Literal["buffered", "watching"]
Ending = Literal["committed", "aborted", "refused", "failed", "discarded"]


class ConnectionOpened(NamedTuple):
    """A socket is up and its handshake is done."""

    at: int
    client: str
    connection: int
    server_id: int | None
    """CLIENT ID on the server, None when the server did not tell."""
    address: str
    """Our own end of the socket as the server's MONITOR prints it: ``127.0.0.1:37932``."""
    database: int
    protocol: int
    server: str
    """Family and version, ``valkey 9.1.2``."""


class ConnectionClosed(NamedTuple):
    at: int
    client: str
    connection: int
    reason: str


class CommandBuffered(NamedTuple):
    """A pipeline keeps a command; nothing was sent."""

    at: int
    client: str
    pipeline: int
    command: int
    arguments: tuple[Any, ...]
    size: int
    """Bytes it will have on the wire."""


class CommandIssued(NamedTuple):
    """A command was given to a connection; it is on its way or waits for the next write."""

    at: int
    client: str
    connection: int
    command: int
    arguments: tuple[Any, ...]
    size: int
    transaction: int | None = None
    """Which transaction it is a part of; MULTI and EXEC carry it too."""
    pipeline: int | None = None
    hidden: bool = False
    """Nobody asked for it: redislab sent it to see more."""


class PacketWritten(NamedTuple):
    """Bytes were handed to the operating system: one write for all these commands."""

    at: int
    client: str
    connection: int
    commands: tuple[int, ...]
    data: bytes
    """What went out, cut to the first 4096 bytes."""
    size: int


class ReplyReceived(NamedTuple):
    """The answer to one command, as it came: before shaping, text as bytes.

    Inside a transaction the answer to a command is the status QUEUED; its result is in
    the list that answers EXEC, at its place.
    """

    at: int
    client: str
    connection: int
    command: int
    value: Any
    """An error reply is the exception object."""


class PushReceived(NamedTuple):
    """A message the server sent by itself (RESP3)."""

    at: int
    client: str
    connection: int
    items: tuple[Any, ...]


class PipelineOpened(NamedTuple):
    at: int
    client: str
    pipeline: int
    transaction: bool


class PipelineMode(NamedTuple):
    """From keeping commands to sending them at once (WATCH), or back (MULTI)."""

    at: int
    client: str
    pipeline: int
    mode: Mode


class PipelineReset(NamedTuple):
    """Whatever was kept was thrown away, and the connection given back."""

    at: int
    client: str
    pipeline: int
    dropped: int
    """Commands that were buffered and never sent."""


class WatchSet(NamedTuple):
    """The server confirmed WATCH."""

    at: int
    client: str
    connection: int
    command: int
    keys: tuple[bytes, ...]


class WatchCleared(NamedTuple):
    """EXEC, DISCARD, UNWATCH or the end of the connection took all watches away."""

    at: int
    client: str
    connection: int
    reason: str


class TransactionEnded(NamedTuple):
    """What EXEC said.

    ``committed``: every command ran; ``aborted``: a watched key had changed, none ran;
    ``refused``: EXECABORT, a command was wrong when it was queued, none ran;
    ``failed``: the link was lost; ``discarded``: DISCARD.
    """

    at: int
    client: str
    connection: int
    transaction: int
    ending: Ending


class SpyStarted(NamedTuple):
    """From here on the server's own account of what it runs is read, too."""

    at: int
    server: str
    """Family and version, ``valkey 9.1.2``."""


class SpyEnded(NamedTuple):
    """The spy hears no more, or was not let in."""

    at: int
    reason: str


class KeyTouched(NamedTuple):
    """The server touched a key that a recorded client watched; told by the spy."""

    at: int
    """When we heard of it, on our clock."""
    order: int
    """Its place among all that the spy heard: the server's own order."""
    server_us: int | None
    """When, on the server's clock: microseconds since 1970. Never compare it with ``at``.
    None for what the server did by itself between two commands."""
    database: int
    key: bytes
    change: str
    """The server's word for it: ``set``, ``del``, ``expired``, ``evicted``, ``flushdb``."""
    certain: bool
    """False when it may have left the key as it was: FLUSHDB where nobody knows whether
    the key existed."""
    address: str
    """Whose command it was, as MONITOR prints it; empty when it was the server itself."""
    name: str
    """That client's name, as far as it is known."""
    arguments: tuple[Any, ...]
    """The command; empty when it was the server itself."""
    command: int | None
    """Its number, when a recorded client sent it."""
    watches: tuple[int, ...]
    """The watches it broke, by the numbers of their WATCH commands."""


class ExecSeen(NamedTuple):
    """The server came to a recorded client's EXEC; told by the spy.

    Whatever could have mattered to this EXEC is in the recording before this record.
    """

    at: int
    order: int
    server_us: int
    connection: int
    transaction: int
    ran: bool
    """Whether queued commands were seen to run."""
    touches: tuple[int, ...]
    """Which KeyTouched records came between WATCH and EXEC, by their ``order``. The first
    that is certain is the last in it: after that nothing can matter."""


class Mark(NamedTuple):
    """A note somebody put into the recording."""

    at: int
    text: str


Event = (
    ConnectionOpened
    | ConnectionClosed
    | CommandBuffered
    | CommandIssued
    | PacketWritten
    | ReplyReceived
    | PushReceived
    | PipelineOpened
    | PipelineMode
    | PipelineReset
    | WatchSet
    | WatchCleared
    | TransactionEnded
    | SpyStarted
    | SpyEnded
    | KeyTouched
    | ExecSeen
    | Mark
)

Observer = Callable[[Event], object]

number = itertools.count(1).__next__
"""The next number for a connection, command, pipeline or transaction: one sequence for
the process, so that a number names one thing."""


class Observers:
    """The observers of one client. Its connections and pipelines hold it only while
    somebody listens.
    """

    def __init__(self) -> None:
        self._observers: list[Observer] = []

    def __bool__(self) -> bool:
        return bool(self._observers)

    @property
    def tracking(self) -> bool:
        """Whether an observer wants the server to tell when watched keys change."""
        return any(getattr(observer, "tracking", False) for observer in self._observers)

    def attach(self, observer: Observer) -> None:
        self._observers.append(observer)

    def detach(self, observer: Observer) -> None:
        if observer in self._observers:
            self._observers.remove(observer)

    def judges(self) -> list[Callable[[int], Any]]:
        """The observers that can say why EXEC refused a transaction: their ``verdict``."""
        found = (getattr(observer, "verdict", None) for observer in self._observers)
        return [judge for judge in found if judge is not None]

    def emit(self, event: Event) -> None:
        """Tell everyone. An observer that raises is dropped, and the log says so: what
        watches a command must never make it fail.
        """
        for observer in tuple(self._observers):
            try:
                observer(event)
            except Exception:
                self.detach(observer)
                log.exception("observer %r raised and was dropped", observer)
