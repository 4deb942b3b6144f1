"""Connections whose server tells when a key that was read on them has changed.

That is RESP3's client tracking. It shows who watches a key, while the program still fills
its pipeline, that the key has changed; not who changed it.

Rules of this file:
- Tracking costs the server memory and both sides messages. So only a pool whose client is
  observed by somebody who asks for it (``observer.tracking``) makes such connections, and
  it keeps none of them longer.
- WATCH reads nothing, so nothing is tracked by it. ``PTTL`` in the same packet is a read
  that leaves the key's age and frequency alone, and says how long the key will live.
- Never BCAST, whose news may come after EXEC's answer; never NOLOOP, which would keep
  silent about one's own writes, which make EXEC answer nil like anybody's.
"""

from __future__ import annotations

import asyncio
import dataclasses
import weakref
from time import perf_counter_ns
from typing import Any

from redislab.connection.address import Address
from redislab.connection.connection import Connection
from redislab.connection.manner import Manner
from redislab.events import PushReceived
from redislab.wire.encode import Arguments


def tracking_connection(
    address: Address, manner: Manner, loop: asyncio.AbstractEventLoop
) -> Connection:
    """A connection that turns tracking on as soon as it is up, if the server lets it."""
    manner = dataclasses.replace(manner, protocol=3, tracking=True)
    connection = Connection(address, manner, loop)
    known = weakref.ref(connection)

    def pushed(items: list[Any]) -> None:
        alive = known()
        if alive is not None and alive.observers is not None:
            now, client = perf_counter_ns(), alive.manner.client
            told = PushReceived(now, client, alive.number, tuple(items))
            alive.observers.emit(told)

    connection.session.hear_pushes(pushed)
    return connection


def hidden_reads(names: tuple[Any, ...]) -> list[Arguments]:
    """The reads that go with a WATCH of these keys."""
    return [("PTTL", name) for name in names]
