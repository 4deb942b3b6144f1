"""``%redis_monitor``: what the server runs, as it runs it, for a while.

Rules:
- A thread with an event loop and a connection of its own: later cells run meanwhile, and
  in a terminal, where no loop runs between cells, it works all the same.
- It ends after so many seconds or lines, when it is told to, and with the notebook.
- What is shown is redacted, and is text.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

from redislab.client.redis import Redis
from redislab.commands.secrets import redact
from redislab.connection.address import Address
from redislab.connection.connection import Connection
from redislab.connection.manner import Manner
from redislab.exceptions import RedisError, spoken
from redislab.trace.monitor_line import parse
from redislab.views.markup import visible
from redislab.wire.decode import MORE, ProtocolError, decoder

REDRAW_SECONDS = 0.1
STOP_SECONDS = 5.0


class Monitor:
    """Listens from ``start`` on; ``show`` is called with the text so far."""

    def __init__(
        self, client: Redis[Any], seconds: float, lines: int, show: Callable[[str], None]
    ) -> None:
        self._address = client.address
        self._seconds = seconds
        self._limit = lines
        self._show = show
        self.lines: list[str] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over: asyncio.Event | None = None
        self._listening = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._listen()), name="redislab-monitor", daemon=True
        )

    @property
    def is_on(self) -> bool:
        """Whether it still listens."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Listen; comes back when the server has said that it tells."""
        self._thread.start()
        self._listening.wait(STOP_SECONDS)

    def stop(self) -> None:
        """Listen no more; comes back when the connection is closed."""
        if self._loop is not None and self._over is not None and self.is_on:
            self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(STOP_SECONDS)

    async def _listen(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        connection = _Overhearing(self._address, self._heard)
        try:
            await connection.connect()
            connection.is_overhearing = True
            await connection.send(("MONITOR",))
            self._listening.set()
            await self._redraw_until_over()
            ending = f"(ended after {len(self.lines)} commands)"
        except RedisError as error:
            ending = f"(ended: {visible(str(error))})"
        finally:
            connection.close()
            self._listening.set()
        self._draw(ending)

    async def _redraw_until_over(self) -> None:
        assert self._over is not None
        drawn = 0
        self._draw()
        deadline = asyncio.get_running_loop().time() + self._seconds
        while not self._over.is_set() and asyncio.get_running_loop().time() < deadline:
            try:
                await asyncio.wait_for(self._over.wait(), REDRAW_SECONDS)
            except TimeoutError:
                if len(self.lines) > drawn:
                    drawn = len(self.lines)
                    self._draw()

    def _draw(self, ending: str = "(listening)") -> None:
        self._show("\n".join([*self.lines, ending]))

    def _heard(self, text: bytes) -> None:
        line = parse(text)
        if line is None or self._over is None or self._over.is_set():
            return
        said = spoken(redact(line.arguments), 120)
        self.lines.append(f"{line.address}  {visible(said)}")
        if len(self.lines) >= self._limit:
            self._over.set()


class _Overhearing(Connection):
    """A connection on which, after MONITOR, the server tells by itself."""

    def __init__(self, address: Address, tell: Callable[[bytes], None]) -> None:
        manner = Manner(client="monitor", timeout=None)
        super().__init__(address, manner, asyncio.get_running_loop())
        self.is_overhearing = False
        self._tell = tell
        self._decoder = decoder([])
        self._is_answered = False

    def received(self, buffer: bytearray, size: int) -> None:
        """The answer to MONITOR goes its usual way; what follows is told."""
        if not self.is_overhearing:
            super().received(buffer, size)
            return
        self._decoder.feed(buffer, 0, size)
        while (item := self._next()) is not MORE:
            if self._is_answered:
                if isinstance(item, bytes):
                    self._tell(item)
                continue
            self._is_answered = True
            data = (
                b"-%s\r\n" % str(item).encode()
                if isinstance(item, RedisError)
                else b"+OK\r\n"
            )
            super().received(bytearray(data), len(data))

    def _next(self) -> Any:
        try:
            return self._decoder.gets()
        except ProtocolError as error:
            self._lose(RedisError(str(error)))
            return MORE
