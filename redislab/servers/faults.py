"""Faults of a network, made to order: a proxy in front of a server, and what it does there.

    async with Proxy(server.url, replies=[Split()]) as proxy:
        client = redislab.from_url(proxy.url)

A fault takes a stream of bytes and gives a stream of bytes; in between it may wait, cut,
swallow or make things up. So faults compose: ``[Delay(0.1), Split()]`` is a slow link that
carries single bytes. ``requests`` is the way to the server, ``replies`` the way back. Each
connection starts with the faults that are set when it comes, and counts its own bytes.
"""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from socket import SO_LINGER, SOL_SOCKET
from types import TracebackType
from typing import Protocol, Self, TypeAlias
from urllib.parse import quote

from redislab.connection.address import parse_url

HOST = "127.0.0.1"
READ_SIZE = 1 << 16

Stream: TypeAlias = AsyncGenerator[bytes, None]


class Fault(Protocol):
    """What happens to the bytes of one direction of one connection."""

    def __call__(self, stream: Stream, /) -> Stream:
        """The bytes as they leave, given the bytes as they come."""
        ...


class _Broken(Exception):  # noqa: N818  it is no error here: somebody asked for it
    """The connection ends now, in both directions."""

    def __init__(self, reset: bool) -> None:
        self.reset = reset


@dataclass(frozen=True, slots=True)
class Delay:
    """Every piece of bytes arrives ``seconds`` later, one after the other."""

    seconds: float

    async def __call__(self, stream: Stream, /) -> Stream:
        """The same pieces, late."""
        async for data in stream:
            await asyncio.sleep(self.seconds)
            yield data


@dataclass(frozen=True, slots=True)
class Split:
    """Bytes arrive in pieces of ``size``: no reply comes whole."""

    size: int = 1

    async def __call__(self, stream: Stream, /) -> Stream:
        """The same bytes in small pieces, each seen on its own."""
        async for data in stream:
            for start in range(0, len(data), self.size):
                yield data[start : start + self.size]
                await asyncio.sleep(0)


@dataclass(frozen=True, slots=True)
class Coalesce:
    """Bytes are held back until none came for ``seconds``, and then arrive together."""

    seconds: float = 0.01

    async def __call__(self, stream: Stream, /) -> Stream:
        """The same bytes in fewer pieces."""
        held = b""
        coming = asyncio.ensure_future(anext(stream, None))
        try:
            while True:
                wait = self.seconds if held else None
                done, _ = await asyncio.wait({coming}, timeout=wait)
                if not done:
                    yield held
                    held = b""
                elif (data := coming.result()) is None:
                    break
                else:
                    held += data
                    coming = asyncio.ensure_future(anext(stream, None))
        finally:
            coming.cancel()
        if held:
            yield held


@dataclass(frozen=True, slots=True)
class Cut:
    """After ``after`` bytes the whole connection ends; with ``reset``, as after a crash."""

    after: int = 0
    reset: bool = False

    async def __call__(self, stream: Stream, /) -> Stream:
        """The first bytes, and then no connection."""
        async for data, here in _marked(stream, self.after):
            yield data
            if here:
                raise _Broken(self.reset)


@dataclass(frozen=True, slots=True)
class HalfClose:
    """After ``after`` bytes this direction ends in good order; the other one lives on."""

    after: int = 0

    async def __call__(self, stream: Stream, /) -> Stream:
        """The first bytes, and then the end."""
        async for data, here in _marked(stream, self.after):
            yield data
            if here:
                return


@dataclass(frozen=True, slots=True)
class BlackHole:
    """After ``after`` bytes nothing arrives any more, and nobody is told."""

    after: int = 0

    async def __call__(self, stream: Stream, /) -> Stream:
        """The first bytes, and then silence."""
        silent = False
        async for data, here in _marked(stream, self.after):
            if not silent:
                yield data
            silent = silent or here


@dataclass(frozen=True, slots=True)
class Garbage:
    """After ``after`` bytes come some that nobody sent."""

    data: bytes = b"garbage\r\n"
    after: int = 0

    async def __call__(self, stream: Stream, /) -> Stream:
        """All bytes, and a lie among them."""
        async for data, here in _marked(stream, self.after):
            yield data
            if here:
                yield self.data


@dataclass(frozen=True, slots=True)
class Call:
    """After ``after`` bytes ``action`` is called: ``Call(server.kill, after=20)``."""

    action: Callable[[], object]
    after: int = 0

    async def __call__(self, stream: Stream, /) -> Stream:
        """All bytes, and a deed among them."""
        async for data, here in _marked(stream, self.after):
            yield data
            if here:
                await asyncio.sleep(0.001)  # the bytes before it are to arrive
                self.action()


async def _marked(stream: Stream, after: int) -> AsyncGenerator[tuple[bytes, bool], None]:
    """The same bytes in pieces; the one that ends ``after`` bytes in is marked True."""
    if after == 0:
        yield b"", True
    async for data in stream:
        if 0 < after <= len(data):
            yield data[:after], True
            data = data[after:]
            after = 0
        after = max(0, after - len(data))
        if data:
            yield data, False


class Proxy:
    """A loopback TCP proxy in front of a server, for lessons and tests about bad networks.

    ``url`` is the server's; the proxy's own ``url`` has the same user, password and
    database. Set ``requests`` and ``replies`` anew at any time for the connections to come.
    Meanwhile ``freeze`` and ``thaw``, ``cut`` and ``accepts`` concern all of them.
    """

    def __init__(
        self, url: str, *, requests: Iterable[Fault] = (), replies: Iterable[Fault] = ()
    ) -> None:
        self.address, _ = parse_url(url)
        self.requests = tuple(requests)
        self.replies = tuple(replies)
        self.accepts = True
        """False: new connections are closed at once, as by a server that is gone."""
        self.connections = 0
        """How many came so far."""
        self._listener: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()
        self._flowing = asyncio.Event()
        self._flowing.set()

    @property
    def port(self) -> int:
        """The proxy's port on 127.0.0.1, while it is open."""
        if self._listener is None:
            raise RuntimeError("this proxy is not open: use it in an `async with` block")
        port: int = self._listener.sockets[0].getsockname()[1]
        return port

    @property
    def url(self) -> str:
        """Give this to a client. It holds the password."""
        user, password = self.address.username or "", self.address.password
        entry = "" if password is None else f"{quote(user, '')}:{quote(password, '')}@"
        return f"redis://{entry}{HOST}:{self.port}/{self.address.database}"

    def __repr__(self) -> str:
        way = f"{HOST}:{self.port}" if self._listener else "not open"
        return f"<Proxy {way} to {self.address}>"

    # --- all connections at once --------------------------------------------------------

    def freeze(self) -> None:
        """Nothing passes in either direction, and nobody is told: a half-open link."""
        self._flowing.clear()

    def thaw(self) -> None:
        """What was held back passes, and all that follows."""
        self._flowing.set()

    async def cut(self) -> None:
        """End every connection now, as a crash would: with a reset."""
        talks = list(self._talks)
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    # --- open and close -----------------------------------------------------------------

    async def __aenter__(self) -> Self:
        self._listener = await asyncio.start_server(self._accept, HOST, 0)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        await self.cut()

    async def _accept(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        talk = asyncio.current_task()
        assert talk is not None
        self._talks.add(talk)
        self.connections += 1
        try:
            if self.accepts:
                await self._relay(reader, writer)
        except asyncio.CancelledError:
            _reset(writer)  # by cut(), who waits for us; there is nothing else to cancel
        except OSError:
            pass  # the server is not there
        finally:
            writer.close()
            self._talks.discard(talk)

    async def _relay(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Both directions, until both have ended or one breaks the connection."""
        behind, ahead = await self._reach_server()
        ways = [
            asyncio.ensure_future(self._pump(reader, ahead, self.requests)),
            asyncio.ensure_future(self._pump(behind, writer, self.replies)),
        ]
        try:
            await asyncio.gather(*ways)
        except _Broken as broken:
            if broken.reset:
                _reset(writer)
                _reset(ahead)
        except asyncio.CancelledError:
            _reset(ahead)
            raise
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            ahead.close()

    async def _reach_server(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self.address.path is not None:
            return await asyncio.open_unix_connection(self.address.path)
        return await asyncio.open_connection(self.address.host, self.address.port)

    async def _pump(
        self,
        source: asyncio.StreamReader,
        target: asyncio.StreamWriter,
        faults: tuple[Fault, ...],
    ) -> None:
        """One direction: read, suffer, write."""
        stream = _read(source)
        for fault in faults:
            stream = fault(stream)
        with suppress(ConnectionError):
            async for data in stream:
                await self._flowing.wait()
                if data:
                    target.write(data)
                    await target.drain()
            target.write_eof()


async def _read(source: asyncio.StreamReader) -> Stream:
    while data := await source.read(READ_SIZE):
        yield data


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close with a TCP reset instead of a farewell."""
    sock = writer.get_extra_info("socket")
    if sock is not None and sock.fileno() >= 0:
        with suppress(OSError):  # a unix socket knows no reset
            sock.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
