"""The limit: what a program in Python can do at most.

A blocking socket, a hiredis reader, and the bytes of the request made beforehand: no
event loop, no task, no encoding. A client's share of this is how little it adds.
"""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import hiredis

from tests.benchmarks import workloads
from tests.benchmarks.clients import Client, Place
from tests.benchmarks.workloads import Workload

BUFFER = 1 << 20


class Limit(Client):
    name = "limit"
    distribution = "hiredis"
    module = "hiredis"
    is_plain = False

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.buffer = bytearray(BUFFER)
        self.reader: Any = hiredis.Reader(notEnoughData=self)

    async def open(self) -> None:
        host, port, password = self.place
        self.socket = socket.create_connection((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.exchange(_packed(("AUTH", password)), 1)

    async def close(self) -> None:
        self.socket.close()

    def exchange(self, request: bytes, replies: int) -> list[Any]:
        """Send a request; its replies."""
        self.socket.sendall(request)
        receive, buffer = self.socket.recv_into, self.buffer
        feed, gets = self.reader.feed, self.reader.gets
        found: list[Any] = []
        while len(found) < replies:
            reply = gets()
            if reply is self:  # there is not enough data
                feed(buffer, 0, receive(buffer))
            else:
                found.append(reply)
        return found

    def way(self, workload: Workload) -> Callable[[], Awaitable[None]] | None:
        if workload.name == "watch":
            return self._watch
        if workload.name == "hgetall":
            return partial(self._hash, _packed(("HGETALL", workloads.HASH)))
        if (packed := _request(workload)) is None:
            return None
        repeats = workload.operations if workload.name in ("get", "set") else 1
        return partial(self._repeat, repeats, *packed)

    async def _repeat(self, times: int, request: bytes, replies: int) -> None:
        for _ in range(times):
            self.exchange(request, replies)

    async def _hash(self, request: bytes) -> None:
        flat = iter(self.exchange(request, 1)[0])
        assert len(dict(zip(flat, flat, strict=True))) == workloads.LENGTH

    async def _watch(self) -> None:
        key = workloads.COUNTER
        look = _packed(("WATCH", key), ("GET", key))
        for _ in range(20):
            seen = int(self.exchange(look, 2)[1])
            change = _packed(("MULTI",), ("SET", key, seen + 1), ("EXEC",))
            self.exchange(change, 3)


def _request(workload: Workload) -> tuple[bytes, int] | None:
    """The bytes of a workload's request, and how many replies they get."""
    kind, _, number = workload.name.partition("-")
    get = _packed(("GET", workloads.KEY))
    match kind:
        case "get":
            return get, 1
        case "set":
            return _packed(("SET", workloads.KEY, workloads.VALUE)), 1
        case "tasks" | "gather":
            return get * workload.operations, workload.operations
        case "pipeline" | "exec":
            commands = zip(*workloads.pairs(int(number)), strict=True)
            request = _packed(*(("SET", *pair) for pair in commands))
            if kind == "pipeline":
                return request, int(number)
            return _packed(("MULTI",)) + request + _packed(("EXEC",)), int(number) + 2
        case "big":
            return _packed(("GET", workloads.BIG)), 1
        case "mget":
            return _packed(("MGET", *workloads.PARTS)), 1
        case "lrange":
            return _packed(("LRANGE", workloads.LIST, 0, -1)), 1
        case _:
            return None


def _packed(*commands: tuple[Any, ...]) -> bytes:
    return b"".join(map(hiredis.pack_command, commands))
