"""Our text beside redis-cli's own, for the same commands on the same server."""

import shutil
import subprocess

import pytest

from redislab import Redis
from redislab.exceptions import ResponseError
from redislab.jupyter.cell import split
from redislab.jupyter.format import answer

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
"""
LINES = [line for line in COMMANDS.split("\n") if line]
STATUS_WITHIN = 'EVAL "return {1'
"""A status inside a script's answer: nobody but the wire tells it from a string."""


async def test_our_text_is_redis_clis_text(valkey):
    """Both run all commands in order on an emptied server."""
    async with Redis.from_url(valkey.url) as client:
        await client.flushall()
        ours = [await said(client, line) for line in LINES]
        await client.flushall()
        theirs = ask_redis_cli(valkey.unix_url)
    different = [
        (line, our, their)
        for line, our, their in zip(LINES, ours, theirs, strict=True)
        if our != their and not line.startswith(STATUS_WITHIN)
    ]
    assert different == []


async def said(client, line):
    command = split(line)
    try:
        return answer(command, await client.execute_command(*command))
    except ResponseError as error:
        return answer(command, error)


def ask_redis_cli(unix_url):
    """Its answers in its terminal form, one a command."""
    password, _, path = unix_url.removeprefix("unix://:").partition("@")
    answers = []
    for line in LINES:
        done = subprocess.run(
            ["redis-cli", "--no-raw", "-s", path.partition("?")[0]],
            input=f"{line}\n",
            env={"REDISCLI_AUTH": password},
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
        answers.append(done.stdout.strip("\n"))
    return answers
