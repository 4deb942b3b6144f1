"""The bytes of a conversation: what would be sent, or what was sent and came back.

A connection of our own is tapped, so the bytes are the real ones and nobody else's are
among them. Secrets are hidden in what is shown of the sent side.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, NamedTuple

from redislab.client.redis import Redis
from redislab.commands.secrets import redact
from redislab.connection.address import Address
from redislab.connection.connection import Connection
from redislab.connection.manner import Manner
from redislab.connection.session import Reply
from redislab.exceptions import Outcome, RedisError
from redislab.jupyter.cell import Words
from redislab.views.wire import explained
from redislab.views.words import count
from redislab.wire.encode import encode


class Packet(NamedTuple):
    """What left in one write, and what came back for it."""

    sent: bytes
    heard: bytes | None = None
    """None when nothing was sent."""


class Exchange:
    """The packets of a cell, explained byte by byte."""

    def __init__(self, packets: Sequence[Packet]) -> None:
        self.packets = list(packets)

    def __repr__(self) -> str:
        parts = []
        for sent, heard in self.packets:
            way = "would be sent" if heard is None else "sent"
            parts.append(f"→ {count(len(sent), 'byte')} {way}\n{explained(sent)}")
            if heard is not None:
                back = f"← {count(len(heard), 'byte')} came back"
                parts.append(f"{back}\n{explained(heard)}")
        return "\n\n".join(parts)


Packets = Sequence[Sequence[Words]]
"""Commands, by the packet in which they leave together."""


def dry(packets: Packets) -> Exchange:
    """The bytes of the packets; nothing is sent."""
    return Exchange([Packet(_bytes(commands)) for commands in packets])


async def exchange(client: Redis[Any], packets: Packets) -> Exchange:
    """Send the packets one after the other, each when the one before is answered."""
    connection = _Tapped(client.address, Manner(client=client.name, timeout=None))
    done = []
    try:
        await connection.connect()
        for commands in packets:
            connection.heard.clear()
            replies = [connection.send(words) for words in commands]
            for reply in replies:
                await _settled(reply)
            done.append(Packet(_bytes(commands), bytes(connection.heard)))
    finally:
        connection.close()
    return Exchange(done)


class _Tapped(Connection):
    """A connection that keeps what it hears."""

    def __init__(self, address: Address, manner: Manner) -> None:
        super().__init__(address, manner, asyncio.get_running_loop())
        self.heard = bytearray()

    def received(self, buffer: bytearray, size: int) -> None:
        """Keep the bytes, then do what a connection does."""
        self.heard += buffer[:size]
        super().received(buffer, size)


async def _settled(reply: Reply[Any]) -> None:
    """Wait for the answer. An error reply is one, a lost connection is none."""
    try:
        await reply
    except RedisError as error:
        if error.outcome is not Outcome.DONE:
            raise


def _bytes(commands: Sequence[Words]) -> bytes:
    return b"".join(encode(redact(words)) for words in commands)
