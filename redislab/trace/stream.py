"""The connection that hears all a server does: MONITOR and keyspace events in one stream.

A blocking socket that speaks RESP3, where pushes (the events) and lines (of MONITOR) come
in the order in which the server made them. On entering, the server is asked for MONITOR
before any setting is changed: whoever may not listen leaves no trace. On leaving,
``notify-keyspace-events`` is again what it was.
"""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from redislab.connection.address import Address
from redislab.connection.handshake import facts, hello
from redislab.connection.manner import Manner
from redislab.exceptions import ConnectionError, RedisError
from redislab.trace.monitor_line import Line, parse
from redislab.wire.decode import MORE, Push, decoder
from redislab.wire.encode import Argument, encode

EVENTS = "__keyspace@*__:*"
SETTING = "notify-keyspace-events"
NEEDED = "KA"
"""Events of each key, of all classes."""

CONNECT_SECONDS = 2.0
READ_SIZE = 1 << 16

_CHANNEL = re.compile(rb"__keyspace@(\d+)__:(.*)", re.DOTALL)


class KeyEvent:
    """``key k in database 0: set``."""

    __slots__ = ("database", "key", "name")

    def __init__(self, database: int, key: bytes, name: str) -> None:
        self.database = database
        self.key = key
        self.name = name


Item = KeyEvent | Line | object
"""An object of another class is the reply to something we asked."""


class Stream:
    """Made, it is connected and logged in; ``listen`` makes the server tell."""

    def __init__(self, address: Address, tls: ssl.SSLContext | None = None) -> None:
        self._address = address
        self._errors: list[RedisError] = []
        self._decoder = decoder(self._errors)
        self._borrowed = False
        self._socket = _connect(address, tls)
        try:
            manner = Manner(client_name="redislab-spy", protocol=3)
            server = facts(self.ask(*hello(address, manner)))
        except BaseException:
            self._socket.close()
            raise
        self.server = f"{server.get('server', 'redis')} {server.get('version', '')}".strip()

    def listen(self) -> None:
        """Have the server tell; RedisError when it refuses."""
        self.send("PSUBSCRIBE", EVENTS)
        while (item := self._read()).__class__ is not Push:
            if isinstance(item, RedisError):
                raise item
        self.ask("MONITOR")
        _settings.borrow(self)
        self._borrowed = True

    def names(self) -> dict[str, str]:
        """The names of the clients that the server has now, by their addresses."""
        text = self.ask("CLIENT", "LIST")
        lines = bytes(text).decode("utf-8", "replace").splitlines()
        clients = [dict(re.findall(r"([\w-]+)=(\S*)", line)) for line in lines]
        return {client.get("addr", ""): client.get("name", "") for client in clients}

    def finish(self) -> None:
        """Ask for the last answer: it comes behind all that has happened until now."""
        self.send("PING")

    def hang_up(self) -> None:
        """Have whoever reads find the end."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give back the setting and hang up."""
        try:
            if self._borrowed:
                self._socket.settimeout(CONNECT_SECONDS)
                _settings.give_back(self)
        except (OSError, RedisError):
            pass  # the server is gone, and its setting with it
        finally:
            self._socket.close()

    def items(self, seconds: float) -> Iterator[Item]:
        """What the server tells, one by one. TimeoutError when it tells nothing for so
        long; ConnectionError when it hangs up.
        """
        self._socket.settimeout(seconds)
        while True:
            item = self._read()
            if item.__class__ is Push:
                found = _CHANNEL.fullmatch(item[2]) if len(item) == 4 else None
                if found is not None:
                    yield KeyEvent(int(found[1]), found[2], item[3].decode("latin-1"))
            else:
                yield (parse(item) if isinstance(item, bytes) else None) or item

    def ask(self, *command: Argument) -> Any:
        """The reply to a command, whatever else is told meanwhile."""
        self.send(*command)
        while True:
            item = self._read()
            if item.__class__ is Push or (isinstance(item, bytes) and parse(item)):
                continue
            if isinstance(item, RedisError):
                raise item
            return item

    def send(self, *command: Argument) -> None:
        """Put a command on its way."""
        self._socket.sendall(encode(command))

    def _read(self) -> Any:
        while (item := self._decoder.gets()) is MORE:
            data = self._socket.recv(READ_SIZE)
            if not data:
                raise ConnectionError(f"{self._address} hung up on the spy")
            self._decoder.feed(data)
        self._errors.clear()
        return item


def _connect(address: Address, tls: ssl.SSLContext | None) -> socket.socket:
    try:
        plain = socket.create_connection((address.host, address.port), CONNECT_SECONDS)
        if not (address.tls or tls):
            return plain
        context = tls or ssl.create_default_context()
        return context.wrap_socket(plain, server_hostname=address.host)
    except OSError as error:
        raise ConnectionError(f"cannot connect to {address}: {error}") from error


class _Settings:
    """What the servers had in ``notify-keyspace-events`` before we came.

    Several streams may listen to one server: the first changes it, the last restores it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._before: dict[tuple[str, int], tuple[str, int]] = {}

    def borrow(self, stream: Stream) -> None:
        place = (stream._address.host, stream._address.port)
        with self._lock:
            known = self._before.get(place)
            if known is None:
                now = _setting(stream.ask("CONFIG", "GET", SETTING))
                if not ("K" in now and "A" in now):
                    stream.ask("CONFIG", "SET", SETTING, now + NEEDED)
                known = (now, 0)
            self._before[place] = (known[0], known[1] + 1)

    def give_back(self, stream: Stream) -> None:
        place = (stream._address.host, stream._address.port)
        with self._lock:
            before, users = self._before.pop(place)
            if users > 1:
                self._before[place] = (before, users - 1)
            elif not ("K" in before and "A" in before):
                stream.ask("CONFIG", "SET", SETTING, before)


_settings = _Settings()


def _setting(answer: Any) -> str:
    pairs = (
        answer
        if isinstance(answer, dict)
        else dict(zip(answer[::2], answer[1::2], strict=False))
    )
    return bytes(pairs.get(SETTING.encode(), b"")).decode("ascii", "replace")
