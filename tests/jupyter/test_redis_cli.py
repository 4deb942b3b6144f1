"""Our text beside redis-cli's own, for the same commands on the same server."""

import shutil
import subprocess

import pytest

from redislab import Redis
from redislab.exceptions import ResponseError
from redislab.jupyter.cell import split
from redislab.jupyter.format import AS_REDIS_CLI, Style, answer
from redislab.views.markup import visible

pytestmark = pytest.mark.skipif(
    shutil.which("redis-cli") is None,
    reason="no redis-cli on PATH (Debian: apt install redis-tools)",
)

COMMANDS = r"""
PING
PING OK
ECHO "hello\n\x00\xff\"world\""
SET k v
SET k v2 GET
SET k v3 NX
SET k "" XX
GET k
GET nothing
GETSET k OK
GET k
APPEND k more
STRLEN k
SETRANGE k 0 abc
GETRANGE k 0 2
MSET a 1 b 2
MGET a b nothing
INCR a
INCRBYFLOAT a 0.5
DECRBY b 7
SETEX e 100 v
TTL e
PERSIST e
EXISTS a b nothing
TYPE a
TYPE nothing
RENAME a c
OBJECT ENCODING c
OBJECT HELP
HSET h f1 v1 f2 v2
HGETALL h
HGETALL nothing
HKEYS h
HGET h f1
HMGET h f1 nothing
HINCRBYFLOAT h n 1.5
RPUSH l 1 2 3 4 5 6 7 8 9 10 11
LRANGE l 0 -1
LRANGE l 5 1
LSET l 0 x
LPOP l
LPOP l 2
LTRIM l 0 2
LLEN l
SADD s only
SMEMBERS s
SISMEMBER s only
SMISMEMBER s only other
ZADD z 1 one 2.5 two
ZRANGE z 0 -1 WITHSCORES
ZSCORE z two
ZSCORE z nothing
ZRANK z two
XADD x 1-1 f v
XADD x 2-1 f v g w
XRANGE x - +
XGROUP CREATE x g 0
XREADGROUP GROUP g me COUNT 1 STREAMS x >
XPENDING x g
XINFO GROUPS x
PFADD p a
PFCOUNT p
PFMERGE q p
GEOADD geo 13.361389 38.115556 Palermo
GEOPOS geo Palermo nobody
EVAL "return {1, {2, 'three', {}}, redis.status_reply('fine')}" 0
EVAL "return redis.error_reply('MINE no')" 0
SCRIPT EXISTS 0000000000000000000000000000000000000000
CONFIG GET maxmemory
CONFIG SET maxmemory 128mb
CONFIG GET nothing
LPUSH c x
INCR h
GET
FLUSHDB
DBSIZE
RANDOMKEY
KEYS *
SWAPDB 0 1
NOSUCH command
COPY a aa
GETEX k EX 100
GETDEL nothing
EXPIRE nothing 10
EXPIRETIME nothing
LPOS nothing x
LPOS nothing x COUNT 0
RPUSH ll a b c
LMPOP 2 nothing ll LEFT COUNT 2
LMPOP 1 nothing LEFT
LINSERT ll BEFORE c x
BLPOP ll 1
BLMPOP 0.01 1 nothing LEFT
SADD s1 1 2 3
SINTERCARD 2 s1 s1
SORT s1 DESC
SORT s1 BY nothing GET #
ZADD zz 1 a 2 b 3 c
ZADD zz INCR 5 a
ZADD zz NX INCR 5 a
ZMSCORE zz a nothing
ZRANGE zz 0 -1
ZRANGEBYSCORE zz -inf +inf WITHSCORES LIMIT 0 2
ZMPOP 1 zz MIN
ZPOPMAX zz
ZRANDMEMBER nothing
ZINTER 2 zz zz WITHSCORES
BITFIELD bits SET u8 0 255 GET u8 0
BITCOUNT bits
SETBIT bits 7 0
BITPOS bits 0
GEOADD places 13.361389 38.115556 Palermo 15.087269 37.502669 Catania
GEODIST places Palermo Catania km
GEODIST places Palermo nowhere
GEOHASH places Palermo
GEOSEARCH places FROMMEMBER Palermo BYRADIUS 200 km ASC WITHCOORD WITHDIST
XADD xx 1-1 f v
XADD xx 2-1 f v2
XLEN xx
XREVRANGE xx + - COUNT 1
XREAD COUNT 1 STREAMS xx 0
XREAD STREAMS xx 9
XGROUP CREATE xx g 0
XREADGROUP GROUP g me STREAMS xx >
XPENDING xx g - + 10 someone
XACK xx g 1-1
XAUTOCLAIM xx g other 0 0 JUSTID
XINFO GROUPS xx
XDEL xx 1-1
XTRIM xx MAXLEN 0
HRANDFIELD nothing 2
HSETNX h1 f v
HSTRLEN h1 f
HSCAN h1 0
SCAN 0 MATCH nothing*
SSCAN s1 0
LCS k k
LCS k k IDX
SUBSTR k 0 1
OBJECT REFCOUNT k
OBJECT FREQ k
MEMORY USAGE nothing
ACL WHOAMI
COMMAND GETKEYS MSET a 1 b 2
COMMAND COUNT nothing
WAIT 0 10
PUBSUB CHANNELS
PUBSUB NUMSUB a b
PUBLISH channel message
EVAL "return 1.9" 0
EVAL "return false" 0
EVAL "return {'a', {1, {2, {}}}, false}" 0
EVALSHA 0000000000000000000000000000000000000000 0
FUNCTION LIST
SCRIPT LOAD "return 1"
LATENCY LATEST
MOVE k 0
RENAMENX k k2
TOUCH k2 nothing
UNLINK k2
PEXPIRE k2 1
DUMP nothing
RESTORE k 0 nonsense
INCRBY s1 1
SETRANGE k -1 x
LRANGE
"""
LINES = [line for line in COMMANDS.split("\n") if line]
LOST = ("SMEMBERS", "GEOPOS", "GEOSEARCH")
"""Parsed, a RESP3 set is a list, and a double has no more digits than it needs."""
STATUS_WITHIN = 'EVAL "return {1'
"""A status inside a script's answer: nobody but the wire tells it from a string."""


@pytest.mark.parametrize("protocol", [2, 3])
async def test_our_text_is_redis_clis_text(valkey, protocol):
    """Both run all commands in order on an emptied server."""
    async with Redis.from_url(valkey.url, protocol=protocol) as client:
        await client.flushall()
        ours = [await said(client, line) for line in LINES]
        await client.flushall()
        theirs = ask_redis_cli(valkey.unix_url, protocol)
    different = [
        (line, our, their)
        for line, our, their in zip(LINES, ours, theirs, strict=True)
        if our != their
        and not line.startswith(STATUS_WITHIN)
        and not (protocol == 3 and line.startswith(LOST))
    ]
    assert different == []
    assert len(LINES) > 150


async def test_our_raw_text_is_redis_clis_raw_text(valkey):
    """With --raw; except that what a terminal would obey is written out."""
    async with Redis.from_url(valkey.url) as client:
        await client.flushall()
        ours = [await said(client, line, Style(raw=True)) for line in LINES]
        await client.flushall()
        theirs = ask_redis_cli(valkey.unix_url, 2, "--raw")
    different = [
        (line, our, their)
        for line, our, their in zip(LINES, ours, theirs, strict=True)
        if our.strip("\n") != visible(their, keep="\n\t")
    ]
    assert different == []


async def said(client, line, style=AS_REDIS_CLI):
    command = split(line)
    try:
        return answer(command, await client.execute_command(*command), style)
    except ResponseError as error:
        return answer(command, error, style)


def ask_redis_cli(unix_url, protocol, form="--no-raw"):
    """Its answers in its terminal form, one a command."""
    password, _, path = unix_url.removeprefix("unix://:").partition("@")
    answers = []
    for line in LINES:
        done = subprocess.run(
            ["redis-cli", f"-{protocol}", form, "-s", path.partition("?")[0]],
            input=f"{line}\n",
            env={"REDISCLI_AUTH": password},
            capture_output=True,
            text=True,
            errors="backslashreplace",
            timeout=10,
            check=True,
        )
        answers.append(done.stdout.strip("\n"))
    return answers
