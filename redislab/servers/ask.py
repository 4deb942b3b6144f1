"""Ask a private server something over a plain blocking socket, without the client.

For the moments when the client would be too much: is the server up, end it, flush it.
One connection, a few commands, one reply each; the replies are those that are a line or
a bulk string.
"""

from __future__ import annotations

import os
import socket
from typing import BinaryIO

from redislab import exceptions

Address = str | tuple[str, int]
"""The path of a unix socket, or host and port."""


def ask(
    address: Address, password: str, *commands: tuple[str, ...], timeout: float = 1.0
) -> list[bytes]:
    """The replies to ``commands``; the first error reply is raised, like a lost connection.

    ``timeout`` is in seconds, for each step on the socket. OSError when nobody listens.
    """
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as sock:
        sock.settimeout(timeout)
        sock.connect(address)
        with sock.makefile("rb") as replies:
            sock.sendall(b"".join(map(_packet, [("AUTH", password), *commands])))
            return [_reply(replies) for _ in range(1 + len(commands))][1:]


def _packet(command: tuple[str, ...]) -> bytes:
    words = [os.fsencode(word) for word in command]
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%b\r\n" % (len(w), w) for w in words)


def _reply(replies: BinaryIO) -> bytes:
    line = replies.readline()
    if not line.endswith(b"\r\n"):
        raise exceptions.ConnectionError("the server closed the connection")
    kind, text = line[:1], line[1:-2]
    if kind == b"-":
        raise exceptions.server_error(text.decode(errors="replace"))
    return replies.read(int(text) + 2)[:-2] if kind == b"$" else text
