"""The spy: the server's own account of who touched which watched key.

It reads a ``Stream`` in a thread of its own, because a spy that stops reading makes the
server keep what it has not read, without limit. It replays the server's rules for WATCH
(``replay.py``) and puts what concerns the recorded clients into the recording.

Rules:
- It costs: every command of every client of that server takes a few microseconds more,
  and long values much more. So it is off unless asked for, off when the block ends, and
  off by itself after SECONDS or LINES.
- It hears values, too. What it puts into a recording is redacted and only ever about a
  key that a recorded client watched.
- It needs TCP: MONITOR shows all clients of a unix socket as one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import perf_counter_ns

from redislab.commands.secrets import redact
from redislab.connection.address import Address
from redislab.connection.private import is_private
from redislab.events import Event, ExecSeen, KeyTouched, SpyEnded, SpyStarted
from redislab.exceptions import RedisError
from redislab.trace.issued import Issued
from redislab.trace.monitor_line import Line
from redislab.trace.replay import Exec, Finding, Replay, Touch
from redislab.trace.stream import KeyEvent, Stream

SECONDS = 600.0
LINES = 1_000_000
PATIENCE_SECONDS = 0.05
"""How long a verdict may wait for the spy; it is mostly there before the reply."""
STOP_SECONDS = 1.0
"""How long the server may take to tell the rest."""

JUDGED = 10_000
"""Transactions whose judgement may still be asked for."""

Sink = Callable[[Event], object]


def server_to_spy_on(addresses: Sequence[Address], anywhere: bool) -> Address:
    """The one server of these clients; RedisError when nobody may listen to it."""
    places = {(address.host, address.port, address.path) for address in addresses}
    if len(places) != 1:
        raise RedisError(f"the spy listens to one server, not to {len(places)}")
    (address, *_) = addresses
    if address.path is not None:
        raise RedisError(
            "the spy cannot tell the clients of a unix socket apart",
            hint="Connect over TCP: a private server's url, not its unix_url.",
        )
    if not (anywhere or is_private(address)):
        raise RedisError(
            f"{address} is not a private server of this process",
            hint="The spy slows every client of a server and sets notify-keyspace-events "
            'for a while. If you may do that here, say record(..., spy="anywhere").',
        )
    return address


class Spy:
    """Listens from ``start`` to ``stop``; called with the clients' events meanwhile."""

    def __init__(
        self,
        address: Address,
        sink: Sink,
        *,
        seconds: float = SECONDS,
        lines: int = LINES,
    ) -> None:
        self._address = address
        self._sink = sink
        self._seconds = seconds
        self._lines = lines
        self._issued = Issued()
        self._judged: dict[int, None] = {}
        self._news = threading.Condition()
        self._leaving = False
        self._stream: Stream | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen. When the server refuses, the recording says so, and that is all."""
        try:
            stream = Stream(self._address)
        except (OSError, RedisError) as error:
            self._tell(SpyEnded(perf_counter_ns(), str(error)))
            return
        try:
            for address, name in stream.names().items():
                self._issued.rename(address, name)
            stream.listen()
        except (OSError, RedisError) as error:
            stream.close()
            self._tell(SpyEnded(perf_counter_ns(), str(error)))
            return
        self._stream = stream
        self._tell(SpyStarted(perf_counter_ns(), stream.server))
        self._thread = threading.Thread(
            target=self._listen, args=(stream,), name="redislab-spy", daemon=True
        )
        self._thread.start()

    def __call__(self, event: Event) -> None:
        """What a recorded client says: who it is, and what it sends."""
        if self._thread is not None:
            self._issued.note(event)

    def wait_for(self, transaction: int, seconds: float = PATIENCE_SECONDS) -> bool:
        """Whether the server's account of this transaction's EXEC is in the recording."""
        with self._news:
            self._news.wait_for(
                lambda: transaction in self._judged or self._thread is None, seconds
            )
            return transaction in self._judged

    def stop(self) -> None:
        """Hear what has happened until now, then listen no more."""
        thread = self._thread
        if thread is None or self._stream is None:
            return
        self._leaving = True
        with suppress(OSError):  # it has hung up already
            self._stream.finish()
        thread.join(STOP_SECONDS)
        if thread.is_alive():  # the server says nothing any more
            self._stream.hang_up()
            thread.join()

    # --- in the thread --------------------------------------------------------------------

    def _listen(self, stream: Stream) -> None:
        try:
            reason = self._read(stream)
        except TimeoutError:
            reason = "its time was over"
        except (OSError, RedisError) as error:
            reason = str(error)
        finally:
            stream.close()
        self._tell(SpyEnded(perf_counter_ns(), reason))
        with self._news:
            self._thread = None
            self._news.notify_all()

    def _read(self, stream: Stream) -> str:
        """Read until there is a reason to stop."""
        replay = Replay(_unsure(stream.server))
        end = time.monotonic() + self._seconds
        for heard, item in enumerate(stream.items(self._seconds), 1):
            if isinstance(item, KeyEvent):
                self._report(replay.event(item.database, item.key, item.name))
            elif isinstance(item, Line):
                transaction = self._recognise(item)
                self._report(replay.line(item), transaction)
            elif self._leaving:
                return "the recording ended"
            if heard >= self._lines:
                return f"it had heard {heard} lines"
            if heard % 64 == 0 and time.monotonic() > end:
                return "its time was over"
        raise AssertionError("a stream has no end but an error")

    def _recognise(self, line: Line) -> int | None:
        """Whose line it is; gives the transaction it is a part of."""
        self._issued.hear_name(line)
        sent = self._issued.find(line)
        if sent is None:
            return None
        line.command = sent.command
        return sent.transaction

    def _report(self, found: list[Finding], transaction: int | None = None) -> None:
        """Tell what concerns the recorded clients."""
        for finding in found:
            if isinstance(finding, Touch):
                self._tell_touch(finding)
            elif transaction is not None:
                self._tell_exec(finding, transaction)

    def _tell_touch(self, touch: Touch) -> None:
        numbers = (watch.command for watch in touch.watches)
        broken = tuple(number for number in numbers if number is not None)
        if not broken:
            return
        line = touch.line
        address = line.address if line else ""
        self._tell(
            KeyTouched(
                perf_counter_ns(),
                touch.order,
                touch.server_us,
                touch.database,
                touch.key,
                touch.event,
                touch.certain,
                address,
                self._issued.name(address),
                redact(line.arguments) if line else (),
                line.command if line else None,
                broken,
            )
        )

    def _tell_exec(self, seen: Exec, transaction: int) -> None:
        connection = self._issued.connection(seen.line.address)
        if connection is None:
            return
        now, us = perf_counter_ns(), seen.line.server_us
        order, ran, touches = seen.order, seen.ran, seen.touches
        self._tell(ExecSeen(now, order, us, connection, transaction, ran, touches))
        with self._news:
            self._judged[transaction] = None
            if len(self._judged) > JUDGED:
                del self._judged[next(iter(self._judged))]
            self._news.notify_all()

    def _tell(self, event: Event) -> None:
        self._sink(event)


def _unsure(server: str) -> frozenset[str]:
    """Events that this server tells although a watched key may be as it was."""
    return _OF_GROUPS | {"ltrim"} if server.startswith("valkey") else _OF_GROUPS


_OF_GROUPS = frozenset(
    {
        "xgroup-create",  # touches only when it makes the stream, too
        "xgroup-createconsumer",
        "xgroup-delconsumer",
        "xgroup-destroy",
        "xgroup-setid",
        "xsetid",
    }
)
