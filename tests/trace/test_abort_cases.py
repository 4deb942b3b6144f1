"""Does this abort? What WATCH counts as a change, asked of each server and of the spy.

A key is prepared, alice watches it, somebody does one thing, alice executes. The table
says what EXEC answers; the spy must say the same, and name the command that did it.
"""

from __future__ import annotations

import shlex
from contextlib import suppress
from typing import Any, NamedTuple

import pytest

import redislab
from redislab.connection.address import parse_url
from redislab.events import ExecSeen, KeyTouched
from redislab.exceptions import ResponseError, WatchError
from redislab.trace.stream import Stream


class Case(NamedTuple):
    prepare: str
    does: str
    aborts: bool | dict[str, bool]
    """By the server's family where they differ."""
    who: str = "bob"
    doubtful: str = ""
    """The servers where the spy can say only that it may have been this."""


def case(
    prepare: str,
    does: str,
    aborts: bool | dict[str, bool],
    who: str = "bob",
    doubtful: str = "",
) -> Any:
    name = f"{does} by {who} after {prepare or 'nothing'}"
    return pytest.param(Case(prepare, does, aborts, who, doubtful), id=name)


LIST, SET_, HASH, ZSET = "RPUSH k a b", "SADD k a b", "HSET k f v", "ZADD k 1 a"

GROUP = "XADD k 1-1 f v ; XGROUP CREATE k g 0"

ABORTS = [
    case("SET k v", "SET k v", True),
    case("SET k v", "SET k w", True, who="alice"),
    case("SET k 1", "INCRBY k 0", True),
    case("SET k v", "APPEND k ''", True),
    case(HASH, "HSET k f v", True),
    case(LIST, "LSET k 0 a", True),
    case("SET k v", "GETSET k v", True),
    case("SET k v", "EXPIRE k 100", True),
    case("SET k v EX 100", "PERSIST k", True),
    case("SET k v", "GETEX k EX 100", True),
    case("SET k v", "DEL k", True),
    case("SET k v", "UNLINK k", True),
    case("SET k v", "GETDEL k", True),
    case("", "SET k v", True),
    case("", "RPUSH k v", True),
    case("SET o v", "RENAME o k", True),
    case("SET k v", "RENAME k o", True),
    case("SET o v", "COPY o k", True),
    case("SET k v", "MOVE k 5", True),
    case("SET k v", "FLUSHDB", True),
    case("SET k v", "FLUSHALL", True),
    case("SET k v", "FLUSHDB ASYNC", True),
    case("SET k v", "SWAPDB 0 5", True),
    case("SET k v", "EVAL \"return redis.call('SET', 'k', 'v')\" 0", True),
    case("SET k v", "EVAL \"return redis.call('SET', KEYS[1], 'v')\" 1 k", True),
    case("SET k v", "MULTI ; SET k v ; EXEC", True),
    case("", "XGROUP CREATE k g $ MKSTREAM", True, doubtful="redis valkey"),
    case("XADD k 1-1 f v", "XDEL k 1-1", True),
    case("HSET k f v", "HINCRBY k n 0", True),
    case("PFADD k a", "PFCOUNT k", True, doubtful="redis valkey"),
    case("RPUSH k a b", "LINSERT k BEFORE a z", True),
    case("RPUSH k a b", "LMOVE k k LEFT LEFT", True),
    case("RPUSH k a", "LMOVE k k LEFT RIGHT", True),
    case("SET k v", "SORT o STORE k", True),
    case("PFADD k a", "PFMERGE k", True),
    case("", "PFADD k", True),
    case("ZADD k 1 a", "ZUNIONSTORE k 1 k", True),
    case("SET k 1", "INCRBYFLOAT k 0", True),
    case("SET k v", "PSETEX k 1000 v", True),
    case("SADD k a", "SDIFFSTORE k o", True),
    case("SADD k a", "SINTERSTORE k k k", True),
    case(LIST, "LTRIM k 0 -1", {"redis": True, "valkey": False}, doubtful="valkey"),
    case(LIST, "LTRIM k 0 0", True, doubtful="valkey"),
    case(ZSET, "ZADD k 2 a", True),
    case(ZSET, "ZINCRBY k 1 a", True),
    case("PFADD k a", "PFADD k b", True),
    case("SET k v", "SETRANGE k 0 w", True),
    case("SET k v", "SET k w XX", True),
    case("RPUSH o a", "SORT o ALPHA STORE k", True),
    case("SADD o a", "SINTERSTORE k o", True),
    case("SET o v", "BITOP NOT k o", True),
    case("", "XADD k * f v", True),
]
DOES_NOT = [
    case("XADD k 1-1 f v", "XGROUP CREATE k g $", False),
    case(GROUP, "XGROUP CREATECONSUMER k g c", False),
    case(GROUP, "XGROUP SETID k g $", False),
    case(GROUP, "XGROUP DELCONSUMER k g c", False),
    case(GROUP, "XGROUP DESTROY k g", False),
    case(GROUP, "XSETID k 9-9", False),
    case(GROUP, "XREADGROUP GROUP g c STREAMS k >", False),
    case(GROUP, "XACK k g 1-1", False),
    case(GROUP, "XCLAIM k g c 0 1-1", False),
    case("XADD k 1-1 f v", "XGROUP CREATE new g $ MKSTREAM", False),
    case("XADD k 1-1 f v", "XTRIM k MAXLEN 9", False),
    case(ZSET, "ZINCRBY k 0 a", False),
    case("RPUSH k a b", "LINSERT k BEFORE z z", False),
    case("SET k v", "RENAME k k", False),
    case("SET k v", "EXPIRE k 100 GT", False),
    case("", "SORT o STORE k", False),
    case("SET k v", "BITFIELD k GET u8 0", False),
    case("GEOADD k 1 1 a", "GEOADD k 1 1 a", False),
    case("GEOADD k 1 1 a", "GEORADIUS k 1 1 5 km STORE o", False),
    case("ZADD k 1 a", "ZADD k GT 0 a", False),
    case("ZADD k 1 a", "ZREMRANGEBYSCORE k 5 6", False),
    case("SET k v", "GET k", False),
    case("SET k v", "SETNX k w", False),
    case("SET k v", "SET k w NX", False),
    case("", "SET k w XX", False),
    case(SET_, "SADD k a", False),
    case(ZSET, "ZADD k 1 a", False),
    case(HASH, "HSETNX k f w", False),
    case(SET_, "SREM k z", False),
    case(LIST, "LREM k 0 z", False),
    case("", "DEL k", False),
    case("SET k v", "PERSIST k", False),
    case("SET k v", "GETEX k", False),
    case("SET k v", "TOUCH k", False),
    case("SET k v", "SETRANGE k 0 ''", False),
    case("SET k v", "LPUSH k v", False),
    case("PFADD k a", "PFADD k a", False),
    case("SET k v", "MULTI ; SET k w ; DISCARD", False),
    case("SET k v", "SELECT 5 ; SET k w", False),
    case("", "FLUSHDB", False),
    case("SET o v", "FLUSHALL", False),
    case("SET k v", "FLUSHDB LATER", False),
    case("", "SWAPDB 0 5", False),
    case("SET k v", "SWAPDB 0 0", False),
    case("SET k v", "SWAPDB 5 6", False),
    case("SET k v", "EVAL \"return redis.call('GET', 'k')\" 0", False),
    case("SET k v", "OBJECT ENCODING k", False),
    case("SET k v", "WATCH k", False),
]


def say(stranger: Stream, script: str) -> None:
    """Commands one after the other, as a stranger to redislab sends them."""
    for line in filter(None, script.split(" ; ")):
        with suppress(ResponseError):  # a refused command is a case, too
            stranger.ask(*shlex.split(line))


def spoken_by(case: Case) -> tuple[bytes, ...]:
    """The one command of the case that can have done it."""
    lines = [line for line in case.does.split(" ; ") if line not in {"MULTI", "EXEC"}]
    return tuple(word.encode() for word in shlex.split(lines[-1]))


class Story(NamedTuple):
    error: WatchError | None
    seen: ExecSeen
    touches: list[KeyTouched]


async def play(url: str, case: Case) -> Story:
    """Prepare, watch, do, execute; alice is recorded with a spy, bob is a stranger."""
    stranger = Stream(parse_url(url)[0])
    async with redislab.from_url(url, client_name="alice") as alice:
        error = None
        with redislab.record(alice, spy=True) as recording:
            say(stranger, f"CLIENT SETNAME bob ; FLUSHALL ; {case.prepare}")
            async with alice.pipeline() as pipe:
                await pipe.watch("k")
                if case.who == "bob":
                    say(stranger, case.does)
                else:
                    await pipe.execute_command(*shlex.split(case.does))
                pipe.multi()
                pipe.ping()
                try:
                    await pipe.execute()
                except WatchError as found:
                    error = found
    stranger.close()
    (seen,) = (event for event in recording if isinstance(event, ExecSeen))
    return Story(error, seen, [e for e in recording if isinstance(e, KeyTouched)])


def answer(case: Case, server: redislab.Server) -> bool:
    family = server.version.split()[0]
    return case.aborts if isinstance(case.aborts, bool) else case.aborts[family]


@pytest.mark.parametrize("case", ABORTS)
async def test_the_spy_names_who_made_exec_run_nothing(url, server, case):
    error, _, touches = await play(url, case)
    if not answer(case, server):
        assert error is None
        assert not any(touch.certain for touch in touches)
        return
    assert error is not None
    verdict = error.verdict
    assert (verdict.level, verdict.key, verdict.culprit) == ("exact", b"k", case.who)
    assert verdict.command.arguments == spoken_by(case)
    doubtful = server.version.split()[0] in case.doubtful
    assert [touch.certain for touch in touches] == [not doubtful]


@pytest.mark.parametrize("case", DOES_NOT)
async def test_the_spy_blames_nobody_when_exec_runs(url, case):
    error, seen, touches = await play(url, case)
    assert error is None
    assert seen.ran
    assert not any(touch.certain for touch in touches)


async def test_a_deadline_in_the_past_deletes_on_redis_and_expires_on_valkey(url, server):
    case = Case("SET k v", "EXPIREAT k 1", True)
    error, _, _ = await play(url, case)
    assert error is not None
    assert (error.verdict.level, error.verdict.key) == ("exact", b"k")
    if server.version.startswith("valkey"):
        assert (error.verdict.cause, error.verdict.culprit) == ("expired", None)
    else:
        assert (error.verdict.cause, error.verdict.culprit) == ("command", "bob")
