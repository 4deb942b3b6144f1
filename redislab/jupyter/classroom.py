"""The server and the clients of one notebook.

Rules:
- Nothing is started before the first command needs it.
- The server is the one that ``%redis_connect`` named, else the one in the environment
  variable REDIS_URL, else a private one, started for this notebook and gone with it.
- Every name is a client of its own, with its own connections, so that one notebook can
  play several users. The server is told the names (CLIENT SETNAME).
"""

from __future__ import annotations

import asyncio
import os
from typing import Any

from redislab.client.redis import Redis
from redislab.exceptions import ConnectionError, DataError
from redislab.servers.server import Server

EVERYDAY = "notebook"
"""The client that speaks when nobody is named."""


class Classroom:
    """Gives clients by name, all of one server."""

    def __init__(self) -> None:
        self._url: str | None = None
        self._server = Server()
        self._clients: dict[str, Redis[Any]] = {}

    async def client(self, name: str | None = None) -> Redis[Any]:
        """The client of this name, made when it is asked for the first time.

        Raises ServerNotFoundError when there is no server to start, and DataError for a
        URL that is none.
        """
        name = name or EVERYDAY
        if name not in self._clients:
            url = await self._server_url()
            self._clients.setdefault(name, _client(url, name))
        return self._clients[name]

    @property
    def known(self) -> list[Redis[Any]]:
        """The clients that were asked for so far."""
        return list(self._clients.values())

    async def connect(self, url: str | None) -> str:
        """Use another server from here on; gives its name for people.

        The clients made so far are closed. When the server cannot be reached the error
        is raised, and everything stays as it was.
        """
        before, self._url = self._url, url
        try:
            client = _client(await self._server_url(), EVERYDAY)
            await client.connect()
        except BaseException:
            self._url = before
            raise
        closed, self._clients = self._clients, {EVERYDAY: client}
        for old in closed.values():
            await old.aclose()
        return "a private server" if self.is_private else str(client.address)

    @property
    def server(self) -> Server:
        """The private server, started or not."""
        return self._server

    async def stop(self) -> None:
        """End the private server; nothing when there is none."""
        await asyncio.to_thread(self._server.stop)

    async def fresh(self) -> str:
        """A new private server with nothing in it; gives what ``connect`` gives."""
        await self.stop()
        return await self.connect(None)

    def name_way_on(self, error: ConnectionError) -> None:
        """Say in the hint that the private server is down, when that is why."""
        if self.is_private and self._clients and self._server.pid is None:
            error.hint = (
                "The private server is down: %redis_server start brings one up, and "
                "%redis_server status tells more."
            )

    @property
    def is_private(self) -> bool:
        """Whether the magics talk to a server of this notebook's own."""
        return self._url is None and "REDIS_URL" not in os.environ

    async def _server_url(self) -> str:
        if not self.is_private:
            return self._url or os.environ["REDIS_URL"]
        await asyncio.to_thread(self._start)
        return self._server.url

    def _start(self) -> None:
        """Start the private server, or bring it back; nothing when it is up."""
        if self._server.start().pid is None:  # somebody sent SHUTDOWN
            self._server.restart()


def _client(url: str, name: str) -> Redis[Any]:
    try:
        return Redis.from_url(url, client_name=name)
    except ValueError as error:
        raise DataError(
            str(error), hint="A URL looks like redis://user:password@host:6379/0."
        ) from None
