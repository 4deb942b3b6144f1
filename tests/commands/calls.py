"""Every method called, the exact command it makes, and a story in which it gives a reply.

A call is (method, arguments, named arguments) beside the words it must send. The order of
methods is that of their classes. One line is all that a new command adds here.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple


class Call(NamedTuple):
    method: str
    given: tuple[Any, ...]
    named: dict[str, Any]
    sent: tuple[Any, ...]

    def __str__(self) -> str:
        named = "".join(f" {name}={value}" for name, value in self.named.items())
        return f"{self.method}{self.given}{named}"


class Making:
    """``call("get", "k") >> ("GET", "k")`` makes a Call."""

    def __init__(self, method: str, *given: Any, **named: Any) -> None:
        self.parts = (method, given, named)

    def __rshift__(self, sent: tuple[Any, ...]) -> Call:
        return Call(*self.parts, sent)


call = Making
NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)

CALLS: list[Call] = [
    # --- strings
    call("get", "k") >> ("GET", "k"),
    call("get", b"\xff") >> ("GET", b"\xff"),
    call("set", "k", "v") >> ("SET", "k", "v"),
    call("set", "k", "v", 10) >> ("SET", "k", "v", "EX", 10),
    call("set", "k", "v", ex="10") >> ("SET", "k", "v", "EX", "10"),
    call("set", "k", "v", ex=timedelta(minutes=1)) >> ("SET", "k", "v", "EX", 60),
    call("set", "k", "v", px=1500) >> ("SET", "k", "v", "PX", 1500),
    call("set", "k", "v", px=timedelta(seconds=1.5)) >> ("SET", "k", "v", "PX", 1500),
    call("set", "k", "v", exat=NOON) >> ("SET", "k", "v", "EXAT", 1893499200),
    call("set", "k", "v", pxat=NOON) >> ("SET", "k", "v", "PXAT", 1893499200000),
    call("set", "k", "v", keepttl=True) >> ("SET", "k", "v", "KEEPTTL"),
    call("set", "k", "v", nx=True) >> ("SET", "k", "v", "NX"),
    call("set", "k", "v", xx=True, get=True) >> ("SET", "k", "v", "XX", "GET"),
    call("set", "k", "v", get=True, ex=5) >> ("SET", "k", "v", "GET", "EX", 5),
    call("getset", "k", "v") >> ("GETSET", "k", "v"),
    call("getdel", "k") >> ("GETDEL", "k"),
    call("getex", "k") >> ("GETEX", "k"),
    call("getex", "k", ex=5) >> ("GETEX", "k", "EX", 5),
    call("getex", "k", persist=True) >> ("GETEX", "k", "PERSIST"),
    call("setnx", "k", "v") >> ("SETNX", "k", "v"),
    call("setex", "k", 5, "v") >> ("SETEX", "k", 5, "v"),
    call("setex", "k", timedelta(hours=1), "v") >> ("SETEX", "k", 3600, "v"),
    call("psetex", "k", 5000, "v") >> ("PSETEX", "k", 5000, "v"),
    call("psetex", "k", timedelta(seconds=5), "v") >> ("PSETEX", "k", 5000, "v"),
    call("mget", "a", "b") >> ("MGET", "a", "b"),
    call("mget", ["a", "b"], "c") >> ("MGET", "a", "b", "c"),
    call("mget", "ab") >> ("MGET", "ab"),
    call("mget", b"ab") >> ("MGET", b"ab"),
    call("mset", {"a": 1, "b": 2}) >> ("MSET", "a", 1, "b", 2),
    call("msetnx", {"c": 1, "d": 2}) >> ("MSETNX", "c", 1, "d", 2),
    call("incr", "n") >> ("INCR", "n"),
    call("incr", "n", 5) >> ("INCRBY", "n", 5),
    call("incrby", "n") >> ("INCRBY", "n", 1),
    call("incrby", "n", amount=5) >> ("INCRBY", "n", 5),
    call("decr", "n") >> ("DECR", "n"),
    call("decr", "n", 5) >> ("DECRBY", "n", 5),
    call("decrby", "n", 5) >> ("DECRBY", "n", 5),
    call("incrbyfloat", "f", 0.5) >> ("INCRBYFLOAT", "f", 0.5),
    call("append", "k", "v") >> ("APPEND", "k", "v"),
    call("strlen", "k") >> ("STRLEN", "k"),
    call("getrange", "k", 0, -1) >> ("GETRANGE", "k", 0, -1),
    call("setrange", "k", 1, "v") >> ("SETRANGE", "k", 1, "v"),
    # --- keys
    call("delete", "a", "b") >> ("DEL", "a", "b"),
    call("unlink", "a") >> ("UNLINK", "a"),
    call("exists", "k", "k") >> ("EXISTS", "k", "k"),
    call("touch", "k", "n") >> ("TOUCH", "k", "n"),
    call("type", "k") >> ("TYPE", "k"),
    call("expire", "k", 10) >> ("EXPIRE", "k", 10),
    call("expire", "k", timedelta(minutes=1), gt=True) >> ("EXPIRE", "k", 60, "GT"),
    call("expire", "k", 10, True) >> ("EXPIRE", "k", 10, "NX"),
    call("expire", "k", 9, xx=True, lt=True) >> ("EXPIRE", "k", 9, "XX", "LT"),
    call("pexpire", "k", 9000) >> ("PEXPIRE", "k", 9000),
    call("pexpire", "k", timedelta(seconds=9), nx=True) >> ("PEXPIRE", "k", 9000, "NX"),
    call("expireat", "k", NOON) >> ("EXPIREAT", "k", 1893499200),
    call("expireat", "k", 1893499200, xx=True) >> ("EXPIREAT", "k", 1893499200, "XX"),
    call("pexpireat", "k", NOON) >> ("PEXPIREAT", "k", 1893499200000),
    call("persist", "k") >> ("PERSIST", "k"),
    call("ttl", "k") >> ("TTL", "k"),
    call("pttl", "k") >> ("PTTL", "k"),
    call("copy", "k", "copied") >> ("COPY", "k", "copied"),
    call("copy", "k", "copied", 0, True) >> ("COPY", "k", "copied", "DB", 0, "REPLACE"),
    call("rename", "copied", "named") >> ("RENAME", "copied", "named"),
    call("renamenx", "named", "k") >> ("RENAMENX", "named", "k"),
    call("keys") >> ("KEYS", "*"),
    call("keys", "k?") >> ("KEYS", "k?"),
    call("scan") >> ("SCAN", 0),
    call("scan", 0, "k*", 100, "string")
    >> ("SCAN", 0, "MATCH", "k*", "COUNT", 100, "TYPE", "string"),
    call("randomkey") >> ("RANDOMKEY",),
    call("object", "ENCODING", "k") >> ("OBJECT", "ENCODING", "k"),
    call("object", "REFCOUNT", "nosuch") >> ("OBJECT", "REFCOUNT", "nosuch"),
    call("wait", 0, 10) >> ("WAIT", 0, 10),
    # --- hashes
    call("hset", "h", "f", "v") >> ("HSET", "h", "f", "v"),
    call("hset", "h", mapping={"f": 1, "g": 2}) >> ("HSET", "h", "f", 1, "g", 2),
    call("hset", "h", "x", 1, {"y": 2}, ["z", 3]) >> ("HSET", "h", "z", 3, "x", 1, "y", 2),
    call("hset", "h", items=["f", 1, "g", 2]) >> ("HSET", "h", "f", 1, "g", 2),
    call("hsetnx", "h", "f", "v") >> ("HSETNX", "h", "f", "v"),
    call("hget", "h", "f") >> ("HGET", "h", "f"),
    call("hmget", "h", ["f", "nosuch"]) >> ("HMGET", "h", "f", "nosuch"),
    call("hmget", "h", "f", "nosuch") >> ("HMGET", "h", "f", "nosuch"),
    call("hgetall", "h") >> ("HGETALL", "h"),
    call("hgetall", "nosuch") >> ("HGETALL", "nosuch"),
    call("hkeys", "h") >> ("HKEYS", "h"),
    call("hvals", "h") >> ("HVALS", "h"),
    call("hlen", "h") >> ("HLEN", "h"),
    call("hexists", "h", "f") >> ("HEXISTS", "h", "f"),
    call("hincrby", "h", "n") >> ("HINCRBY", "h", "n", 1),
    call("hincrbyfloat", "h", "n", 0.5) >> ("HINCRBYFLOAT", "h", "n", 0.5),
    call("hdel", "h", "x", "y") >> ("HDEL", "h", "x", "y"),
    # --- lists
    call("rpush", "l", "a", "b", "c", "d") >> ("RPUSH", "l", "a", "b", "c", "d"),
    call("lpush", "l", "a", 1) >> ("LPUSH", "l", "a", 1),
    call("lpop", "l") >> ("LPOP", "l"),
    call("lpop", "l", 1) >> ("LPOP", "l", 1),
    call("lpop", "nosuch", 1) >> ("LPOP", "nosuch", 1),
    call("rpop", "l") >> ("RPOP", "l"),
    call("rpop", "l", 1) >> ("RPOP", "l", 1),
    call("llen", "l") >> ("LLEN", "l"),
    call("lrange", "l", 0, -1) >> ("LRANGE", "l", 0, -1),
    call("lindex", "l", 0) >> ("LINDEX", "l", 0),
    call("lset", "l", 0, "v") >> ("LSET", "l", 0, "v"),
    call("linsert", "l", "BEFORE", "v", "u") >> ("LINSERT", "l", "BEFORE", "v", "u"),
    call("lrem", "l", 0, "u") >> ("LREM", "l", 0, "u"),
    call("ltrim", "l", 0, 5) >> ("LTRIM", "l", 0, 5),
    call("lmove", "l", "other") >> ("LMOVE", "l", "other", "LEFT", "RIGHT"),
    call("blpop", "l", 1) >> ("BLPOP", "l", 1),
    call("blpop", ["nosuch", "other"], 1.5) >> ("BLPOP", "nosuch", "other", 1.5),
    call("brpop", "nosuch", 0.01) >> ("BRPOP", "nosuch", 0.01),
    # --- sets
    call("sadd", "s", "a", "b", "c") >> ("SADD", "s", "a", "b", "c"),
    call("sadd", "t", "b", "c", "d") >> ("SADD", "t", "b", "c", "d"),
    call("srem", "s", "c") >> ("SREM", "s", "c"),
    call("smembers", "s") >> ("SMEMBERS", "s"),
    call("sismember", "s", "a") >> ("SISMEMBER", "s", "a"),
    call("scard", "s") >> ("SCARD", "s"),
    call("sinter", ["s", "t"]) >> ("SINTER", "s", "t"),
    call("sunion", "s", "t") >> ("SUNION", "s", "t"),
    call("sdiff", "s", "t") >> ("SDIFF", "s", "t"),
    call("srandmember", "nosuch") >> ("SRANDMEMBER", "nosuch"),
    call("srandmember", "nosuch", 2) >> ("SRANDMEMBER", "nosuch", 2),
    call("spop", "nosuch") >> ("SPOP", "nosuch"),
    call("spop", "nosuch", 2) >> ("SPOP", "nosuch", 2),
    # --- sorted sets
    call("zadd", "z", {"a": 1, "b": 2.5}) >> ("ZADD", "z", 1, "a", 2.5, "b"),
    call("zadd", "z", {"a": 2, "c": 3}, xx=True, ch=True, gt=True)
    >> ("ZADD", "z", "XX", "CH", "GT", 2, "a", 3, "c"),
    call("zadd", "z", {"c": 3}, nx=True) >> ("ZADD", "z", "NX", 3, "c"),
    call("zadd", "z", {"a": 0.5}, incr=True) >> ("ZADD", "z", "INCR", 0.5, "a"),
    call("zadd", "z", {"a": 1}, incr=True, nx=True) >> ("ZADD", "z", "NX", "INCR", 1, "a"),
    call("zadd", "z", {"b": 1}, lt=True) >> ("ZADD", "z", "LT", 1, "b"),
    call("zincrby", "z", 1.5, "a") >> ("ZINCRBY", "z", 1.5, "a"),
    call("zscore", "z", "a") >> ("ZSCORE", "z", "a"),
    call("zscore", "z", "nosuch") >> ("ZSCORE", "z", "nosuch"),
    call("zrank", "z", "a") >> ("ZRANK", "z", "a"),
    call("zcard", "z") >> ("ZCARD", "z"),
    call("zcount", "z", "-inf", "(9") >> ("ZCOUNT", "z", "-inf", "(9"),
    call("zrange", "z", 0, -1) >> ("ZRANGE", "z", 0, -1),
    call("zrange", "z", 0, -1, withscores=True) >> ("ZRANGE", "z", 0, -1, "WITHSCORES"),
    call("zrange", "z", 0, -1, desc=True) >> ("ZREVRANGE", "z", 0, -1),
    call("zrange", "z", 0, 9, byscore=True, offset=0, num=1)
    >> ("ZRANGE", "z", 0, 9, "BYSCORE", "LIMIT", 0, 1),
    call("zrange", "z", "+", "-", desc=True, bylex=True)
    >> ("ZRANGE", "z", "+", "-", "BYLEX", "REV"),
    call("zrange", "z", 0, -1, True, True, int) >> ("ZREVRANGE", "z", 0, -1, "WITHSCORES"),
    call("zrevrange", "z", 0, 1) >> ("ZREVRANGE", "z", 0, 1),
    call("zrevrange", "z", 0, 1, True) >> ("ZREVRANGE", "z", 0, 1, "WITHSCORES"),
    call("zrangebyscore", "z", 1, "+inf") >> ("ZRANGEBYSCORE", "z", 1, "+inf"),
    call("zrangebyscore", "z", 1, 9, 0, 2, True)
    >> ("ZRANGEBYSCORE", "z", 1, 9, "LIMIT", 0, 2, "WITHSCORES"),
    call("zpopmin", "z") >> ("ZPOPMIN", "z"),
    call("zpopmax", "z", 2) >> ("ZPOPMAX", "z", 2),
    call("zpopmax", "nosuch") >> ("ZPOPMAX", "nosuch"),
    call("zrem", "z", "a", "b") >> ("ZREM", "z", "a", "b"),
    # --- publishing, scripts
    call("publish", "news", "hello") >> ("PUBLISH", "news", "hello"),
    call("eval", "return {KEYS[1], 7}", 1, "k", "x")
    >> ("EVAL", "return {KEYS[1], 7}", 1, "k", "x"),
    call("script_load", "return 1") >> ("SCRIPT", "LOAD", "return 1"),
    call("evalsha", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", 0)
    >> ("EVALSHA", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", 0),
    # --- connection
    call("ping") >> ("PING",),
    call("echo", "hello") >> ("ECHO", "hello"),
    call("client_id") >> ("CLIENT", "ID"),
    call("client_getname") >> ("CLIENT", "GETNAME"),
    call("client_info") >> ("CLIENT", "INFO"),
    call("client_list") >> ("CLIENT", "LIST"),
    call("client_list", "normal") >> ("CLIENT", "LIST", "TYPE", "normal"),
    call("client_list", client_id=[1, 2]) >> ("CLIENT", "LIST", "ID", 1, 2),
    # --- server
    call("info") >> ("INFO",),
    call("info", "server", "memory") >> ("INFO", "server", "memory"),
    call("dbsize") >> ("DBSIZE",),
    call("time") >> ("TIME",),
    call("lastsave") >> ("LASTSAVE",),
    call("memory_usage", "k") >> ("MEMORY", "USAGE", "k"),
    call("memory_usage", "k", 0) >> ("MEMORY", "USAGE", "k", "SAMPLES", 0),
    call("command_count") >> ("COMMAND", "COUNT"),
    call("config_get") >> ("CONFIG", "GET", "*"),
    call("config_get", "maxmemory", "port") >> ("CONFIG", "GET", "maxmemory", "port"),
    call("config_set", "timeout", 0) >> ("CONFIG", "SET", "timeout", 0),
    call("flushdb") >> ("FLUSHDB",),
    call("flushdb", True) >> ("FLUSHDB", "ASYNC"),
    call("flushall") >> ("FLUSHALL",),
    call("flushall", asynchronous=True) >> ("FLUSHALL", "ASYNC"),
]

NEWER = [call("zrank", "z", "b", True) >> ("ZRANK", "z", "b", "WITHSCORE")]
"""Calls that Redis 7.0 does not know."""

REFUSED = [call("set", "k", "v", ex=0) >> ("SET", "k", "v", "EX", 0)]
"""Calls that are wrong in a way only the server judges: they are sent as they are."""
