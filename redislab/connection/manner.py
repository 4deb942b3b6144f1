"""How a client wants its connections held: names, protocol, time-outs."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from typing import Literal

from redislab.connection.backoff import Backoff

MAX_BACKLOG = 64 << 20


@dataclass(frozen=True, slots=True)
class Manner:
    """Times are in seconds; None is for ever."""

    client: str = "redislab"
    """The client's name in events and pictures."""
    client_name: str | None = None
    """The name the server is told (CLIENT SETNAME)."""
    protocol: Literal[2, 3] = 2
    timeout: float | None = 5.0
    """How long the server may owe an answer and say nothing."""
    connect_timeout: float | None = 5.0
    """For connecting and logging in, all tries together."""
    backoff: Backoff = field(default_factory=Backoff)
    tracking: bool = False
    """Have the server tell when a key that was read has changed; needs protocol 3."""
    max_backlog: int = MAX_BACKLOG
    """Bytes of commands that may wait while the socket takes none: one more is refused."""
    tls: ssl.SSLContext | None = None
