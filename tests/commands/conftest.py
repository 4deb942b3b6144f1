"""Raw words with a real server, and a class that only notes what its methods would run."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import hiredis
import pytest

from redislab.commands import Commands, Shape

Talk = Callable[..., Any]


@pytest.fixture
def connect(url: str) -> Iterator[Callable[[int], Talk]]:
    """``connect(3)("GET", "k")``: one command, its raw reply, in RESP2 or RESP3."""
    with ExitStack() as sockets:
        yield lambda protocol: _talk(url, protocol, sockets)


@pytest.fixture
def talk(connect: Callable[[int], Talk]) -> Talk:
    return connect(3)


def _talk(url: str, protocol: int, sockets: ExitStack) -> Talk:
    parts = urlsplit(url)
    peer = sockets.enter_context(socket.create_connection((parts.hostname, parts.port), 5))
    more = object()
    reader = hiredis.Reader(notEnoughData=more)

    def talk(*arguments: Any) -> Any:
        peer.sendall(hiredis.pack_command(arguments))
        while (reply := reader.gets()) is more:
            reader.feed(peer.recv(65536))
        return reply

    talk("HELLO", protocol, "AUTH", "default", parts.password)
    return talk


class Note(Commands[bytes]):
    """Runs nothing: a method gives (arguments, shape)."""

    def _run(self, args: tuple[Any, ...], shape: Shape | None = None) -> Any:
        return args, shape


def method_of(commands: Any, name: str) -> Callable[..., Any]:
    """``get``, or for a family ``json.get``: the method of that name."""
    family, dot, own = name.rpartition(".")
    method: Callable[..., Any] = getattr(
        getattr(commands, family)() if dot else commands, own
    )
    return method


def server_commands(talk: Talk) -> set[str]:
    """The names of all commands of a server, as our table has them."""
    rows = [one for row in talk("COMMAND") for one in (row, *row[9])]
    return {row[0].decode().upper().replace("|", " ") for row in rows}


@pytest.fixture
def note() -> Note:
    return Note()
