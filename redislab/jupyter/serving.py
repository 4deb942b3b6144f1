"""The magics that choose whom the others talk to: a server, and clients by name."""

from __future__ import annotations

from typing import Any

from redislab.client.redis import Redis
from redislab.exceptions import ConnectionError, DataError
from redislab.jupyter.failure import short
from redislab.jupyter.looking_arguments import CLIENT, CONNECT, SERVER
from redislab.jupyter.notebook import Notebook
from redislab.jupyter.values import Names


class ServerMagics:
    """``%redis_connect``, ``%redis_client`` and ``%redis_server``."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook

    @short
    async def redis_connect(self, line: str, names: Names) -> None:
        """``%redis_connect [URL]``: which server the magics talk to."""
        url = CONNECT.read(line, names).url
        print(f"connected to {await self.notebook.classroom.connect(url)}")

    @short
    async def redis_client(self, line: str, names: Names) -> Any:
        """``%redis_client [NAME]``: the client itself."""
        options = CLIENT.read(line, names)
        client = await self.notebook.classroom.client(options.client)
        return self.notebook.keep(options, client)

    @short
    async def redis_server(self, line: str, names: Names) -> None:
        """``%redis_server [status | start | stop | fresh]``."""
        action = SERVER.read(line, names).action
        classroom = self.notebook.classroom
        if action != "status" and not classroom.is_private:
            raise DataError(
                f"{action} is for a private server, and you connected to another one",
                hint="%redis_connect without a URL goes back to the private server.",
            )
        match action:
            case "start":
                print(f"connected to {await classroom.connect(None)}")
            case "stop":
                await classroom.stop()
                print("the private server is stopped; its data is gone")
            case "fresh":
                print(f"connected to {await classroom.fresh()}, which is new and empty")
                print("clients made before talk to it no more: ask %redis_client again")
            case _:
                await self._print_status()

    async def _print_status(self) -> None:
        classroom = self.notebook.classroom
        if classroom.is_private and classroom.server.pid is None:
            print("the private server is not running; the first command starts it")
            return
        client = await classroom.client()
        try:
            facts = await _facts(client)
        except ConnectionError as error:
            print(f"{client.address} does not answer: {error}")
            return
        kind = "private server" if classroom.is_private else "server"
        print(f"{kind} {client.address}")
        for name, value in facts.items():
            print(f"  {name:<8} {value}")
        known = ", ".join(sorted(known.name for known in classroom.known))
        print(f"  {'clients':<8} {known}")


async def _facts(client: Redis[Any]) -> dict[str, str]:
    text = bytes(await client.execute_command("INFO")).decode("utf-8", "replace")
    info = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
    name = info.get("server_name", "redis")
    version = info.get(f"{name}_version") or info.get("redis_version", "?")
    return {
        "version": f"{name} {version}",
        "mode": info.get("redis_mode") or info.get("server_mode", "?"),
        "role": info.get("role", "?"),
        "up": f"{int(info.get('uptime_in_seconds', 0)):,} s",
        "memory": info.get("used_memory_human", "?"),
        "keys": f"{await client.execute_command('DBSIZE'):,}",
    }
