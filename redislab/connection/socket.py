"""The socket: what asyncio calls, and how one is opened.

asyncio's buffered protocol reads straight into a buffer of ours, so the only copy of a
reply's bytes is the parser's own. The same code serves TCP, Unix sockets and TLS, and
any event loop.
"""

from __future__ import annotations

import asyncio
import ssl
from typing import Protocol

from redislab.connection.address import Address
from redislab.connection.manner import Manner

READ_SIZE = 1 << 16
READ_LIMIT = 1 << 20
WRITE_LIMIT = 1 << 20
"""Bytes a transport may hold back before we stop giving it more."""


class Listener(Protocol):
    """Whom a socket tells what happens to it."""

    def received(self, buffer: bytearray, size: int) -> None:
        """``size`` bytes lie in ``buffer``."""

    def pause(self, paused: bool) -> None:
        """The socket takes no more bytes for now, or takes them again."""

    def socket_lost(self, socket: Socket, error: Exception | None) -> None:
        """It has ended; by our side if we had it aborted."""


class Socket(asyncio.BufferedProtocol):
    """One socket's life."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._buffer = bytearray(READ_SIZE)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is open."""
        assert isinstance(transport, asyncio.WriteTransport)
        transport.set_write_buffer_limits(high=WRITE_LIMIT)

    def get_buffer(self, sizehint: int) -> bytearray:  # noqa: ARG002  asyncio's signature
        """Where the next bytes go."""
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Bytes have come. A full buffer means that more wait: read more at a time."""
        buffer = self._buffer
        self._listener.received(buffer, nbytes)
        if nbytes == len(buffer) < READ_LIMIT:
            self._buffer = bytearray(4 * len(buffer))

    def pause_writing(self) -> None:
        """The transport holds back WRITE_LIMIT bytes."""
        self._listener.pause(True)

    def resume_writing(self) -> None:
        """It has got rid of most of them."""
        self._listener.pause(False)

    def connection_lost(self, exc: Exception | None) -> None:
        """It is closed."""
        self._listener.socket_lost(self, exc)


async def open_socket(
    address: Address, manner: Manner, loop: asyncio.AbstractEventLoop, socket: Socket
) -> asyncio.Transport:
    """Connect; OSError or ssl.SSLError when that fails."""
    if address.path is not None:
        unix, _ = await loop.create_unix_connection(lambda: socket, address.path)
        return unix
    tls = manner.tls
    if tls is None and address.tls:
        tls = ssl.create_default_context()
    tcp, _ = await loop.create_connection(
        lambda: socket, address.host, address.port, ssl=tls
    )
    return tcp
