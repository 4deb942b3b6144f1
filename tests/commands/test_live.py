"""Every command method on real servers: both protocols, raw and decoded."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from redislab import Redis, ResponseError
from redislab.commands.table import row
from redislab.servers import Server
from redislab.servers.binary import find_binary

from ..conftest import redis_binary
from .calls import CHAPTERS
from .calls.story import Call, Refused, Unsent, as_text, fits
from .conftest import method_of

ON_ONE_SERVER = sorted(set(CHAPTERS) - {"cluster", "families", "search"})

every_way = pytest.mark.parametrize(
    ("protocol", "decode"),
    [(2, False), (2, True), (3, False), (3, True)],
    ids=["RESP2-raw", "RESP2-text", "RESP3-raw", "RESP3-text"],
)


@every_way
@pytest.mark.parametrize("chapter", ON_ONE_SERVER)
async def test_every_reply_has_the_promised_shape(
    chapter: str, protocol: Any, decode: bool, url: str
) -> None:
    """The chapter from top to bottom, on an empty server."""
    async with Redis.from_url(url, protocol=protocol, decode_responses=decode) as client:
        assert not await wrong_replies(CHAPTERS[chapter], client, decode)


@every_way
async def test_every_reply_of_a_cluster_has_the_promised_shape(
    protocol: Any, decode: bool, node: str
) -> None:
    async with Redis.from_url(node, protocol=protocol, decode_responses=decode) as client:
        await come_up(client)
        assert not await wrong_replies(CHAPTERS["cluster"], client, decode)


async def wrong_replies(chapter: list[Call], client: Any, decode: bool) -> list[str]:
    """What did not come as promised, for people; nothing when all did."""
    known = {
        name.upper().replace("|", " ")
        for about in (await client.command()).values()
        for name in (about["name"], *about["subcommands"])
    }
    wrong = []
    for call in chapter:
        command = row(call.sent)
        assert command is not None
        if command.name not in known or isinstance(call.gives, Unsent):
            continue
        expected = as_text(call.gives) if decode else call.gives
        given: Any
        try:
            given = await method_of(client, call.method)(*call.given, **call.named)
        except ResponseError as error:
            given = error
        if isinstance(given, ResponseError):
            refused = isinstance(expected, Refused) and expected.words in str(given)
            fine = refused or call.newer
        else:
            fine = not isinstance(expected, Refused) and fits(given, expected)
        if not fine:
            wrong.append(f"{call} gave {given!r}, not {expected!r}")
    return wrong


# --- a server that is a cluster by itself --------------------------------------------


@pytest.fixture(scope="session")
def valkey_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from _node(find_binary().path, tmp_path_factory.mktemp("valkey-node"))


@pytest.fixture(scope="session")
def redis_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    binary = redis_binary(tmp_path_factory.mktemp("redis"))
    yield from _node(binary, tmp_path_factory.mktemp("redis-node"))


@pytest.fixture(scope="session", params=["valkey_node", "redis_node"])
def node(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(request.param).url
    return url


def _node(binary: Path, folder: Path) -> Iterator[Server]:
    """The same binary, started as a node of a cluster."""
    with socket.socket() as probe:  # a bus beside the default one, port + 10000
        probe.bind(("127.0.0.1", 0))
        bus = probe.getsockname()[1]
    script = folder / "server"
    options = f"--cluster-enabled yes --cluster-port {bus} --cluster-node-timeout 500"
    script.write_text(f'#!/bin/sh\nexec {binary} "$@" {options}\n')
    script.chmod(0o700)
    with Server(script) as server:
        yield server


async def come_up(client: Any) -> None:
    """Give a new node all slots. It serves nothing for some time, two seconds at most."""
    await client.cluster_addslotsrange(0, 16383)
    async with asyncio.timeout(10):
        while (await client.cluster_info())["cluster_state"] != "ok":  # noqa: ASYNC110  polled
            await asyncio.sleep(0.02)
