"""What the connected server knows, for Tab: its commands, and keys that begin so.

It is asked over a short connection of its own in a thread of its own: the shell asks while
its event loop may be busy with the cell that is running. No answer in time is no error.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from redislab.client.redis import Redis
from redislab.commands import table
from redislab.connection.address import Address
from redislab.exceptions import RedisError
from redislab.jupyter.docs import Doc, docs
from redislab.jupyter.keys import find
from redislab.jupyter.notebook import Notebook

KEYS = 50
LOOKED_AT = 5_000
SECONDS = 0.5
"""How long the server may take; then what is known without it is offered."""


class Known:
    """What the connected server knows, asked once for its commands, anew for keys."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._docs: dict[str, dict[str, Doc]] = {}
        self._thread: ThreadPoolExecutor | None = None

    def docs(self) -> dict[str, Doc]:
        """All commands; those of the table, undescribed, while no server is known."""
        known = self._notebook.classroom.known
        place = str(known[0].address) if known else ""
        if place and place not in self._docs:
            found = self._ask(docs, {})
            if found:
                self._docs[place] = found
        return self._docs.get(place) or _UNDESCRIBED

    def keys(self, start: str) -> list[str]:
        """Keys that begin so, as they would be typed."""
        escaped = re.sub(r"([*?\[\]\\])", r"\\\1", start)

        async def ask(client: Redis[Any]) -> tuple[list[bytes], bool]:
            return await find(client, f"{escaped}*", limit=KEYS, looked_at=LOOKED_AT)

        names, _ = self._ask(ask, ([], False))
        texts = (name.decode("utf-8", "replace") for name in names)
        return sorted(text for text in texts if text.isprintable() and not _quoted(text))

    def _ask(self, question: Callable[[Redis[Any]], Any], otherwise: Any) -> Any:
        known = self._notebook.classroom.known
        if not known:
            return otherwise
        address = known[0].address

        async def ask() -> Any:
            client = _client(address)
            try:
                async with asyncio.timeout(SECONDS):
                    return await question(client)
            finally:
                await client.aclose()

        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="redislab-completion")
        with suppress(RedisError, TimeoutError, OSError):
            return self._thread.submit(asyncio.run, ask()).result(2 * SECONDS)
        return otherwise


def _client(address: Address) -> Redis[bytes]:
    return Redis(
        address.host,
        address.port,
        address.database,
        address.password,
        username=address.username,
        unix_socket_path=address.path,
        ssl=address.tls,
        client_name="completion",
        socket_connect_timeout=SECONDS,
    )


_UNDESCRIBED = {
    name: Doc(name, "", "", "", [], {}) for name in table.COMMANDS if " " not in name
}


def _quoted(text: str) -> bool:
    """Whether it would have to be typed in quotes."""
    return not text or any(letter in text for letter in " \"'") or text.startswith("{")
