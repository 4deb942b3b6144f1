r"""Hearing every command that a server runs: ``Monitor``.

    async with client.monitor() as monitor:
        async for command in monitor:
            print(command["command"])

The server writes one line a command, which becomes a dict of redis-py's shape:

    1795359924.694724 [0 127.0.0.1:38080] "SET" "k" "caf\xc3\xa9"

Rules of this file:
- MONITOR slows the server for everybody, and shows values. It is on only inside the block.
- A lost connection ends it with ConnectionError: a log with a hole is no log.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any, Self, TypedDict

from redislab.client.pubsub import Desk
from redislab.connection.listening import Listening
from redislab.exceptions import InvalidResponse, RedisError

_LINE = re.compile(
    r"(\d+\.\d+) \[(\d+) (lua|unix:.*?|\[[^\]]+\]:\d+|[^\] ]+)\] (.*)", re.DOTALL
)
_WORD = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)


class Heard(TypedDict):
    """A command that the server ran."""

    time: float
    """Seconds since 1970, on the server's clock."""
    db: int
    client_address: str
    """Whose: a host, ``unix``, or ``lua`` for a command that a script called."""
    client_port: str
    """Its port; behind ``unix`` the socket's path."""
    client_type: str
    """``tcp``, ``unix`` or ``lua``."""
    command: str
    """Its words with spaces between; bytes beyond ASCII as the server escapes them."""


class Monitor:
    """A listener to one server; made by ``client.monitor()``."""

    def __init__(self, client: Desk) -> None:
        self._client = client
        self._heard: deque[Any] = deque()
        self._connection: Listening | None = None
        self._error: RedisError | None = None
        self._news = asyncio.Event()

    async def __aenter__(self) -> Self:
        """Send MONITOR. Raises the server's refusal, or ConnectionError."""
        self._error = None
        self._heard.clear()
        connection = self._client._listening(self._heard, self._news.set, self._lost)
        try:
            await connection.open()
            await connection.ask(("MONITOR",))
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
            await asyncio.sleep(0)  # the socket is closed in the loop's next turn

    async def next_command(self) -> Heard:
        """The next command. Raises ConnectionError when the connection was lost."""
        if self._connection is None:
            raise RuntimeError("a monitor listens inside `async with client.monitor()`")
        while not self._heard:
            if self._error is not None:
                raise self._error
            self._connection.read_on()
            self._news.clear()
            await self._news.wait()
        return _parse(self._heard.popleft())

    async def listen(self) -> AsyncIterator[Heard]:
        """Every command, until you leave the loop."""
        while True:
            yield await self.next_command()

    def __aiter__(self) -> AsyncIterator[Heard]:
        return self.listen()

    def _lost(self, error: RedisError) -> None:
        self._error = error
        self._news.set()


def _parse(line: Any) -> Heard:
    match = _LINE.fullmatch(line.decode("utf-8", "replace")) if line else None
    if match is None:
        raise InvalidResponse(f"no line of MONITOR: {line!r:.80}")
    time, database, client, words = match.groups()
    if client == "lua":
        address, port, kind = "lua", "", "lua"
    elif client.startswith("unix:"):
        address, port, kind = "unix", client.removeprefix("unix:"), "unix"
    else:
        address, _, port = client.rpartition(":")
        kind = "tcp"
    return {
        "time": float(time),
        "db": int(database),
        "client_address": address,
        "client_port": port,
        "client_type": kind,
        "command": " ".join(_WORD.findall(words)).replace('\\"', '"'),
    }
