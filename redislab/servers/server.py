"""A private server: started for one lesson, gone with it.

    with redislab.Server() as server:
        client = redislab.from_url(server.url)

It is a real Valkey or Redis of one's own, in an empty private folder, with a random
password, on 127.0.0.1 and on a unix socket. Nothing of it outlives the Python process
that started it, however that ends: a guard sees to it (``guard.py``).
"""

from __future__ import annotations

import asyncio
import os
import threading
import weakref
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from redislab import exceptions
from redislab.servers import folder as folders
from redislab.servers.binary import find_binary
from redislab.servers.life import HOST, Life


class Server:
    """A private server; ``with`` and ``async with`` start and stop it.

    ``binary`` is the server to run; by default the one that ``redislab doctor`` names.
    ``appendonly`` has it write every change to its append-only file, for lessons on
    durability: after ``kill()`` and ``restart()`` the data is there again.

    ServerNotFoundError when this machine has no server binary.
    """

    def __init__(
        self, binary: str | os.PathLike[str] | None = None, *, appendonly: bool = False
    ) -> None:
        self._wish = binary
        self._appendonly = appendonly
        self._life: Life | None = None
        self._changing = threading.RLock()

    def start(self) -> Self:
        """Start the server and wait until it answers; nothing when it was started before.

        Each start gives a new folder, port and password. ConnectionError with the
        server's own last words when it does not come up.
        """
        with self._changing:
            if self._life is not None and not self._life.leash.holds:
                self.stop()
            if self._life is None:
                self._life = Life(find_binary(self._wish), appendonly=self._appendonly)
                self._forget = weakref.finalize(self, self._life.leash.drop)
                try:
                    self._life.come_up()
                except BaseException:  # an interrupt too must not leave a server behind
                    self.stop()
                    raise
        return self

    def stop(self) -> None:
        """End the server and remove its folder; nothing when it is stopped already."""
        with self._changing:
            if self._life is not None:
                self._life = None
                self._forget()

    def kill(self) -> None:
        """Kill the server as a crash would (SIGKILL); ``restart()`` brings it back."""
        with self._changing:
            self._started.leash.kill_server()

    def restart(self) -> Self:
        """End the server if it is up, and start it at the same address.

        What it kept in memory only is lost; with ``appendonly=True`` all is there again.
        """
        with self._changing:
            life = self._started
            life.leash.end_server()
            life.come_up(life.port)
        return self

    @property
    def url(self) -> str:
        """``redis://:password@127.0.0.1:port/0``: over TCP, where MONITOR and CLIENT LIST
        tell the clients apart. It holds the password: print ``address`` instead.
        """
        life = self._started
        return f"redis://:{life.password}@{HOST}:{life.port}/0"

    @property
    def unix_url(self) -> str:
        """``unix://:password@/path?db=0``: over the unix socket, a little faster."""
        life = self._started
        return f"unix://:{life.password}@{quote(str(life.folder / folders.SOCKET))}?db=0"

    @property
    def address(self) -> str:
        """``url`` with the password masked, to show to people."""
        return f"redis://:***@{HOST}:{self._started.port}/0"

    @property
    def port(self) -> int:
        """The TCP port on 127.0.0.1; the same after ``restart()``."""
        return self._started.port

    @property
    def folder(self) -> Path:
        """Where the server keeps its files, until ``stop()``."""
        return self._started.folder

    @property
    def pid(self) -> int | None:
        """The server's process id, None while it is down."""
        return None if self._life is None else self._life.leash.pid

    @property
    def version(self) -> str:
        """Family and number, ``valkey 9.1.2``."""
        return self._started.binary.version

    @property
    def _started(self) -> Life:
        if self._life is None:
            raise exceptions.ConnectionError(
                "this server is not started",
                hint="Call start(), or use it in a `with` block.",
            )
        return self._life

    def __repr__(self) -> str:
        life = self._life
        if life is None:
            return "<Server, not started>"
        state = "up" if self.pid is not None else "down"
        return f"<Server {life.binary.version} on {HOST}:{life.port}, {state}>"

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    async def __aenter__(self) -> Self:
        # In a thread, so that the event loop goes on. A thread cannot be cancelled: when
        # the task is, wait for it, and undo what it did.
        starting = asyncio.ensure_future(asyncio.to_thread(self.start))
        try:
            return await asyncio.shield(starting)
        except asyncio.CancelledError:
            with suppress(Exception):
                await starting
            await asyncio.to_thread(self.stop)
            raise

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await asyncio.to_thread(self.stop)
