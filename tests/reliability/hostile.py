"""Replies nobody should believe, and arguments that try to be commands."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from redislab import (
    DataError,
    InvalidResponse,
    Redis,
    RedisError,
    ResponseError,
    Server,
    from_url,
)
from redislab.connection import connection as connections
from redislab.connection import session as sessions
from redislab.wire import encode as encoder
from tests.connection.peers import Talk, greet_and_echo, peer
from tests.connection.test_session import ask
from tests.reliability.row import Row, Tally, Trial
from tests.reliability.volume import Watermark

HANG = 0.05
"""Seconds of our own work that one piece of bytes may cause."""

STREAM = 25
"""Replies in one stream."""

# --- fuzz -------------------------------------------------------------------------------


def reply(rng: random.Random, depth: int = 0) -> bytes:
    """A reply of any kind, nested now and then."""
    number = rng.choice([0, 1, -1, 7, 2**31, -(2**63), 2**63 - 1])
    text = rng.randbytes(rng.randrange(12))
    word = re.sub(rb"[\r\n]", b".", text)
    kinds = [
        b"+%b\r\n" % word,
        b"-ERR %b\r\n" % word,
        b":%d\r\n" % number,
        b"$%d\r\n%b\r\n" % (len(text), text),
        rng.choice([b"$-1\r\n", b"*-1\r\n", b"_\r\n", b"#t\r\n", b"#f\r\n", b"*0\r\n"]),
        rng.choice([b",1.5\r\n", b",inf\r\n", b",-inf\r\n", b"(123456789012345678901\r\n"]),
        b"=%d\r\ntxt:%b\r\n" % (len(text) + 4, text),
    ]
    if depth < 4 and rng.random() < 0.3:
        size = rng.randrange(4)
        kind = rng.choice([b"*", b"~", b">", b"%"])
        items = [reply(rng, depth + 1) for _ in range(size * (2 if kind == b"%" else 1))]
        return b"%b%d\r\n%b" % (kind, size, b"".join(items))
    return rng.choice(kinds)


def stream(rng: random.Random) -> bytes:
    """Several replies; most often with something broken."""
    data = bytearray(b"".join(reply(rng) for _ in range(STREAM)))
    for _ in range(rng.randrange(3)):
        place = rng.randrange(len(data))
        match rng.randrange(4):
            case 0:
                data[place] = rng.randrange(256)
            case 1:
                del data[place : place + rng.randrange(1, 9)]
            case 2:
                data[place:place] = rng.randbytes(rng.randrange(1, 9))
            case _:
                data[place:place] = b"%d" % rng.choice([0, 9, 2**31, 2**63, 10**30])
        if not data:
            break
    return bytes(data)


class Listening:
    """What a session makes of bytes, in pieces of any size."""

    def __init__(self) -> None:
        self.pushes: list[str] = []
        self.session = sessions.Session(lambda items: self.pushes.append(repr(items)))
        self.replies = [ask(self.session) for _ in range(3 * STREAM)]
        self.slowest = 0.0

    def hear(self, data: bytes, cuts: list[int]) -> tuple[Any, ...]:
        ending = "open"
        for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True):
            piece = bytearray(data[start:end])
            begin = time.thread_time()
            try:
                self.session.receive(piece, len(piece))
            except InvalidResponse:
                ending = "refused"
                break
            finally:
                self.slowest = max(self.slowest, time.thread_time() - begin)
        settled = [_plain(one) for one in self.replies if one.done()]
        for one in self.replies:
            one.cancel()
        return ending, settled, self.pushes


def _plain(settled: asyncio.Future[Any]) -> str:
    error = settled.exception()
    return repr(settled.result()) if error is None else repr(error)


async def fuzz(trial: Trial) -> Tally:
    """Each stream whole, byte by byte, and in random pieces: the same comes out."""
    tally = Tally()
    mark = Watermark()
    slowest, refused = 0.0, 0
    while tally.trials < trial.count and not tally.wrong:
        data = stream(trial.rng)
        cuts = sorted(trial.rng.choices(range(len(data) + 1), k=5))
        heard = []
        for pieces in ([], list(range(1, len(data))), cuts):
            listening = Listening()
            heard.append(listening.hear(data, pieces))
            slowest = max(slowest, listening.slowest)
        tally.wrong += not heard[0] == heard[1] == heard[2]
        refused += heard[0][0] == "refused"
        tally.trials += STREAM
        if tally.trials % 10_000 == 0:
            mark.look()
            await asyncio.sleep(0)
    tally.lost = slowest > HANG
    tally.leaked = mark.megabytes > 64
    tally.figures.append(
        f"{refused:,} streams refused, slowest piece {1000 * slowest:.0f} ms, "
        f"+{mark.megabytes:.0f} MB"
    )
    return tally


# --- bombs ------------------------------------------------------------------------------

LENGTHS = [10**7, 2**31 - 1, 2**32 - 1, 2**32, 2**63 - 1, 2**63]
"""An array or a set of 2^31 - 1 is missing: see the README for what it costs."""

BOMBS = [
    b">10000000\r\n",
    *(b"%c%d\r\n" % (kind, length) for kind in b"%>$" for length in LENGTHS),
    *(b"%c%d\r\n" % (kind, LENGTHS[0]) for kind in b"*~"),
    *(b"%c%d\r\n" % (kind, length) for kind in b"*~" for length in LENGTHS[2:]),
    b"*1\r\n" * 5000,
    b"%1\r\n+a\r\n" * 5000,
    b"*2\r\n" * 5000,
    b">2\r\n" * 5000,
    b"*3\r\n:1\r\n>100000000\r\n",
    b">9999\r\n" * 8,
    b"*1000000\r\n" * 8,
    b"$-2\r\n",
    b"*-2\r\n",
    b":" + b"9" * 10_000 + b"\r\n",
]
NESTED = "local t = {} for i = 1, 5000 do t = {t} end return t"


async def bombs(trial: Trial) -> Tally:
    """Lengths up to 2^63 and nesting of 5,000: an error within the time-out, no memory."""
    tally = Tally()
    mark = Watermark()

    async def thrown(bomb: bytes) -> None:
        async def throw(talk: Talk) -> None:
            await talk.greet()
            await talk.hear()
            await talk.say(bomb)
            await talk.hear()

        async with (
            peer(throw, greet_and_echo) as liar,
            Redis("127.0.0.1", liar.port, socket_timeout=1) as client,
        ):
            try:
                await client.get("k")
                tally.wrong += 1
            except RedisError:
                tally.trials += 1
            right = await client.get("next") == b"next"
            tally.lost += not right

    async def look() -> None:
        while True:
            mark.look()
            await asyncio.sleep(0.02)

    looking = asyncio.ensure_future(look())
    await asyncio.gather(*map(thrown, BOMBS[: trial.count]))
    looking.cancel()
    with Server() as server:
        async with from_url(server.url) as client:
            tally.trials += 1
            try:
                await client.execute_command("EVAL", NESTED, 0)
                tally.wrong += 1
            except (InvalidResponse, ResponseError):
                tally.lost += not await client.ping()
    tally.leaked = mark.megabytes > 64
    tally.figures.append(f"+{mark.megabytes:.0f} MB")
    return tally


# --- injection --------------------------------------------------------------------------

PIECES = [
    b"\r\n",
    b"\0",
    b"*3",
    b"$3\r\n",
    b"\xff\xfe",
    b" ",
    b"FLUSHALL",
    b"'",
    b'"',
    b"x",
]


async def injection(trial: Trial) -> Tally:
    """Argument lists full of protocol: one argument stays one, one command one."""
    tally = Tally()
    rng = trial.rng
    with Server() as server:
        async with from_url(server.url, socket_timeout=2) as client:
            await client.set("witness", 1)
            while tally.trials < trial.count and not tally.wrong:
                lists: list[Any] = [
                    [b"".join(rng.choices(PIECES, k=rng.randrange(6))) for _ in range(3)]
                    for _ in range(100)
                ]
                tally.wrong += sum(
                    parsed(connections.encode(("ECHO", *words))) != [b"ECHO", *words]
                    for words in lists
                )
                echoes = [client.execute_command("ECHO", words[0]) for words in lists]
                answers = await asyncio.gather(*echoes, return_exceptions=True)
                tally.wrong += answers != [words[0] for words in lists]
                tally.trials += len(lists)
            stats = await client.info("commandstats")
            calls = stats["cmdstat_echo"]["calls"]
            tally.wrong += calls != tally.trials or not await client.get("witness")
    tally.figures.append(f"the server counted {calls:,}")
    return tally


def parsed(data: bytes) -> list[bytes]:
    """The arguments of one command as a server reads them."""
    head, _, rest = data.partition(b"\r\n")
    words = []
    for _ in range(int(head[1:])):
        size, _, rest = rest.partition(b"\r\n")
        words.append(rest[: int(size[1:])])
        rest = rest[int(size[1:]) + 2 :]
    return words if not rest else [*words, rest]


# --- wrong types --------------------------------------------------------------------------

WRONG: list[Any] = [
    *(
        None,
        True,
        False,
        [],
        [1],
        (),
        (1,),
        {},
        {"a": 1},
        set(),
        {1},
        frozenset(),
        object(),
    ),
    *(1j, range(3), iter([]), print, len, int, Exception("e"), NotImplemented, ...),
    *(random, b"".join, lambda: 0, slice(1), type, "\ud800", zip(), re.compile("a")),
]


async def types(trial: Trial) -> Tally:
    """Values of 30 wrong types: a DataError before a byte is written."""
    tally = Tally()
    async with (
        peer(greet_and_echo) as server,
        Redis("127.0.0.1", server.port) as client,
    ):
        await client.get("ready")
        before = len(server.heard)
        for value in WRONG[: trial.count]:
            tally.trials += 1
            pipe: Any = client.pipeline()
            for send in (
                lambda: client.execute_command("SET", "k", value),  # noqa: B023
                lambda: pipe.execute_command("SET", "k", value).execute(),  # noqa: B023
            ):
                try:
                    await send()
                    tally.wrong += 1
                except DataError:
                    pass
        await client.get("done")
        tally.wrong += len(server.heard) != before + 1
    tally.figures.append(f"{len(server.heard) - before - 1} commands written")
    return tally


# --- the bugs ---------------------------------------------------------------------------


@contextmanager
def forgetting_the_rest() -> Iterator[None]:
    """The bug: a piece that ends within a line is thrown away."""
    receive = sessions.Session.receive

    def receive_lines(self: Any, data: bytearray, size: int, *more: Any) -> int:
        whole = size if data[size - 1 : size] != b"\r" else size - 1
        return receive(self, data, whole, *more)

    with patch.object(sessions.Session, "receive", receive_lines):
        yield


@contextmanager
def believing_any_length() -> Iterator[None]:
    """The bug: the guard before the parser is gone."""
    with patch.object(sessions, "suspicious", lambda data, size: iter(())):
        yield


def _inline(arguments: Any) -> bytes:
    words = (word if isinstance(word, bytes) else str(word).encode() for word in arguments)
    return b" ".join(words) + b"\r\n"


def joining_with_blanks() -> Any:
    """The bug: arguments are sent without their lengths."""
    return patch.object(connections, "encode", _inline)


def writing_anything() -> Any:
    """The bug: whatever it is, str() makes it a value."""
    return patch.object(encoder, "_packable", lambda value, position: str(value))


ROWS = [
    Row(
        "fuzz",
        "broken replies: whole = byte by byte = random pieces",
        fuzz,
        forgetting_the_rest,
        full=1_000_000,
        short=10_000,
        control=5_000,
    ),
    Row(
        "bombs",
        "lengths up to 2^63, pushes of 10^8, nesting of 5,000, Lua's, too",
        bombs,
        believing_any_length,
        full=len(BOMBS),
        short=len(BOMBS),
        control=1,
    ),
    Row(
        "injection",
        "keys and values made of CRLF, NUL, *3 and FLUSHALL",
        injection,
        joining_with_blanks,
        full=20_000,
        short=1_000,
        control=500,
    ),
    Row(
        "types",
        "values of types that Redis cannot hold",
        types,
        writing_anything,
        full=len(WRONG),
        short=len(WRONG),
        control=len(WRONG),
    ),
]
