"""Every client the runner knows, by name; first ours, which the others are held to."""

from __future__ import annotations

from tests.benchmarks.clients import (
    Client,
    Coredis,
    Glide,
    Redislab,
    RedislabRecorded,
    RedisPy,
    RedisPyTuned,
)
from tests.benchmarks.limit import Limit

KNOWN: dict[str, type[Client]] = {
    client.name: client
    for client in (
        Redislab,
        RedislabRecorded,
        RedisPy,
        RedisPyTuned,
        Coredis,
        Glide,
        Limit,
    )
}


def installed() -> list[str]:
    """The names of those that can run here."""
    return [name for name, client in KNOWN.items() if client.is_installed()]
