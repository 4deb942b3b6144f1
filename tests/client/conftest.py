"""Clients of an empty private server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from redislab import Redis, Server, from_url


@pytest.fixture
async def client(url: str) -> AsyncIterator[Redis[bytes]]:
    """alice, on each kind of server."""
    async with from_url(url, client_name="alice") as client:
        yield client


@pytest.fixture
async def other(url: str) -> AsyncIterator[Redis[bytes]]:
    """bob, on the same server."""
    async with from_url(url, client_name="bob") as client:
        yield client


@pytest.fixture
def private() -> Iterator[Server]:
    """A server that a test may freeze and kill."""
    with Server() as server:
        yield server
