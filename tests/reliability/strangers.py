"""Peers that are no Redis, and URLs that are none."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from redislab import ConnectionError, Outcome, Redis
from redislab.client import redis as clients
from redislab.connection import link
from tests.connection.peers import Talk, close_at_once, peer
from tests.reliability.row import Row, Tally, Trial

SECRET = "hunter2"

PEERS: dict[str, tuple[bytes | None, str]] = {
    "HTTP": (b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", "HTTP"),
    "TLS": (b"\x15\x03\x01\x00\x02\x02\x46", "rediss://"),
    "SSH": (b"SSH-2.0-OpenSSH_9.6\r\n", "SSH"),
    "SMTP": (b"220 mail.example.org ESMTP\r\n", "mail"),
    "memcached": (b"ERROR\r\nERROR\r\n", "memcached"),
    "silent": (None, "says nothing"),
    "hangs up": (b"", "hung up"),
}


async def peers(trial: Trial) -> Tally:
    """Each is named within a second, nothing was sent, and no password is shown."""
    tally = Tally()
    slowest = 0.0

    async def meet(words: bytes | None, name: str) -> None:
        nonlocal slowest

        async def talk(talk: Talk) -> None:
            if words:
                await talk.say(words)
            while True:
                await talk.hear()

        async with (
            peer(talk if words != b"" else close_at_once) as stranger,
            Redis(
                "127.0.0.1", stranger.port, password=SECRET, socket_connect_timeout=0.5
            ) as client,
        ):
            start = time.perf_counter()
            try:
                await client.incr("n")
                tally.wrong += 1
            except ConnectionError as error:
                tally.wrong += name not in str(error)
                tally.wrong += error.outcome is not Outcome.NOT_SENT
                tally.wrong += SECRET in f"{error} {error.__cause__!r} {error.hint}"
            slowest = max(slowest, time.perf_counter() - start)
            tally.trials += 1

    for _ in range(trial.count):
        for words, name in PEERS.values():
            await meet(words, name)
    tally.lost = slowest > 1
    tally.figures.append(f"{len(PEERS)} kinds, named within {slowest:.2f} s")
    return tally


HOSTS = [
    *("h:65536", "h:-1", "h:1e3", "h:+1", "h: 1", "h:1:2", "[::1", "::1]", "h:63 79"),
    *("h:6379#@evil", "h/0@evil", "h?x=@evil", "h:0x1", "[v1.x]:y", "h:99999999999"),
]
QUERIES = [
    *("db=-1", "db=x", "db=1.5", "socket_timeout=soon", "protocol=three", "shell=rm"),
    *("decode_responses=maybe", "max_connections=many", "a=b", "host=evil", "port=1"),
    *("__class__=x", "max_backlog=1e9", "db=٣x", "retry=1", "ssl_cert_reqs=none"),
]
SCHEMES = [
    *("http", "https", "file", "javascript", "data", "ftp", "", "redis+srv", "rediss+x"),
    *("unixx", "REDIS ", "tcp", "ldap", "jdbc"),
]
PATHS = ["/x", "/-1", "/0/1", "/1.5", "/%00", "/٣x", "/0x1", "/ 1 2"]
URLS = [
    *(f"redis://:{SECRET}@{host}" for host in HOSTS),
    *(f"redis://:{SECRET}@h/0?{query}" for query in QUERIES),
    *(f"{scheme}://:{SECRET}@h/0" for scheme in SCHEMES),
    *(f"redis://:{SECRET}@h{path}" for path in PATHS),
    *(f"unix://:{SECRET}@host/path", "unix://", f"unix://:{SECRET}@", "redis"),
    *("", "://", f"//:{SECRET}@h"),
]


async def urls(trial: Trial) -> Tally:
    """Each is refused with a ValueError that says which part, and no password."""
    tally = Tally()
    for url in URLS[: trial.count]:
        tally.trials += 1
        try:
            Redis.from_url(url)
            tally.wrong += 1
            tally.figures.append(url.replace(SECRET, "***"))
        except ValueError as error:
            tally.wrong += SECRET in f"{error!r}{error.__cause__!r}"
    return tally


# --- the bugs ---------------------------------------------------------------------------


def naming_nobody() -> Any:
    """The bug: all strangers are just "not the Redis protocol"."""
    return patch.object(link, "stranger", lambda data: None)


@contextmanager
def quoting_the_url() -> Iterator[None]:
    """The bug: the error shows what was given."""
    parse = clients.parse_url

    def quote(url: str) -> Any:
        try:
            return parse(url)
        except ValueError:
            raise ValueError(f"not a usable URL: {url}") from None

    with patch.object(clients, "parse_url", quote):
        yield


ROWS = [
    Row(
        "peers",
        "web, TLS, SSH, mail servers, memcached, one that is silent, one that hangs up",
        peers,
        naming_nobody,
        full=10,
        short=1,
        control=1,
    ),
    Row(
        "urls",
        "URLs that are none, or name options that are none",
        urls,
        quoting_the_url,
        full=len(URLS),
        short=len(URLS),
        control=len(URLS),
    ),
]
