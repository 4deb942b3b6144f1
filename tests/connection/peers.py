"""Scripted servers on loopback, for what a real server will not do when asked.

A script is a coroutine that talks on one connection; the peer runs it for each.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

HELLO = b"*4\r\n$6\r\nserver\r\n$5\r\nredis\r\n$5\r\nproto\r\n:2\r\n"


class Talk:
    """One connection, seen from the server's side."""

    def __init__(
        self, peer: Peer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._peer = peer
        self._reader = reader
        self._writer = writer

    async def hear(self) -> list[bytes]:
        """The next command. EOFError when the client has gone."""
        count = int((await self._line())[1:])
        command = []
        for _ in range(count):
            size = int((await self._line())[1:])
            command.append((await self._reader.readexactly(size + 2))[:-2])
        self._peer.heard.append(command)
        return command

    async def _line(self) -> bytes:
        return await self._reader.readuntil(b"\r\n")

    async def say(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def greet(self) -> None:
        """Answer HELLO as a Redis would."""
        assert (await self.hear())[0] == b"HELLO"
        await self.say(HELLO)

    async def echo(self, count: int | None = None) -> None:
        """Answer each command with its last argument; ``count`` of them, or all."""
        while count is None or count > 0:
            word = (await self.hear())[-1]
            await self.say(b"$%d\r\n%b\r\n" % (len(word), word))
            count = None if count is None else count - 1

    def reset(self) -> None:
        """End it as a crash does (RST)."""
        linger = struct.pack("ii", 1, 0)
        self._writer.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, linger
        )
        self._writer.close()


class Peer:
    """What happened on all its connections."""

    def __init__(self) -> None:
        self.port = 0
        self.connections = 0
        self.heard: list[list[bytes]] = []

    def count(self, name: bytes) -> int:
        """How often a command came."""
        return sum(command[0] == name for command in self.heard)


Script = Callable[[Talk], Awaitable[None]]


@asynccontextmanager
async def peer(*scripts: Script) -> AsyncIterator[Peer]:
    """A server whose n-th connection runs the n-th script; the last one runs again."""
    state = Peer()
    tasks: set[asyncio.Task[None]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        script = scripts[min(state.connections, len(scripts) - 1)]
        state.connections += 1
        try:
            with suppress(EOFError, OSError, asyncio.CancelledError):
                await script(Talk(state, reader, writer))
        finally:
            writer.close()
            tasks.discard(task)

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def close_at_once(talk: Talk) -> None:
    """Hang up without a word."""


async def greet_and_echo(talk: Talk) -> None:
    await talk.greet()
    await talk.echo()
