"""The commands of every day: strings, keys, hashes, lists, sets, sorted sets, server."""

from __future__ import annotations

from datetime import datetime, timedelta

from .story import NOON, AnyOrder, Call, Pair, Refused, call, newer

CALLS: list[Call] = [
    # --- strings
    call("get", "k") >> ("GET", "k") >> None,
    call("get", b"\xff") >> ("GET", b"\xff") >> None,
    call("set", "k", "v") >> ("SET", "k", "v") >> True,
    call("set", "k", "v", 10) >> ("SET", "k", "v", "EX", 10) >> True,
    call("set", "k", "v", ex="10") >> ("SET", "k", "v", "EX", "10") >> True,
    call("set", "k", "v", ex=timedelta(minutes=1)) >> ("SET", "k", "v", "EX", 60) >> True,
    call("set", "k", "v", px=1500) >> ("SET", "k", "v", "PX", 1500) >> True,
    call("set", "k", "v", px=timedelta(seconds=1.5))
    >> ("SET", "k", "v", "PX", 1500)
    >> True,
    call("set", "k", "v", exat=NOON) >> ("SET", "k", "v", "EXAT", 1893499200) >> True,
    call("set", "k", "v", pxat=NOON) >> ("SET", "k", "v", "PXAT", 1893499200000) >> True,
    call("set", "k", "v", keepttl=True) >> ("SET", "k", "v", "KEEPTTL") >> True,
    call("set", "k", "v", nx=True) >> ("SET", "k", "v", "NX") >> None,
    call("set", "k", "v", xx=True, get=True) >> ("SET", "k", "v", "XX", "GET") >> b"v",
    call("set", "k", "v", get=True, ex=5) >> ("SET", "k", "v", "GET", "EX", 5) >> b"v",
    call("getset", "k", "v") >> ("GETSET", "k", "v") >> b"v",
    call("getex", "k") >> ("GETEX", "k") >> b"v",
    call("getex", "k", ex=5) >> ("GETEX", "k", "EX", 5) >> b"v",
    call("getex", "k", persist=True) >> ("GETEX", "k", "PERSIST") >> b"v",
    call("getdel", "k") >> ("GETDEL", "k") >> b"v",
    call("setnx", "k", "v") >> ("SETNX", "k", "v") >> True,
    call("setex", "k", 5, "v") >> ("SETEX", "k", 5, "v") >> True,
    call("setex", "k", timedelta(hours=1), "v") >> ("SETEX", "k", 3600, "v") >> True,
    call("psetex", "k", 5000, "v") >> ("PSETEX", "k", 5000, "v") >> True,
    call("psetex", "k", timedelta(seconds=5), "v") >> ("PSETEX", "k", 5000, "v") >> True,
    call("mget", "a", "b") >> ("MGET", "a", "b") >> [None, None],
    call("mget", ["a", "b"], "c") >> ("MGET", "a", "b", "c") >> [None, None, None],
    call("mget", "ab") >> ("MGET", "ab") >> [None],
    call("mget", b"ab") >> ("MGET", b"ab") >> [None],
    call("mset", {"a": 1, "b": 2}) >> ("MSET", "a", 1, "b", 2) >> True,
    call("msetnx", {"c": 1, "d": 2}) >> ("MSETNX", "c", 1, "d", 2) >> True,
    call("incr", "n") >> ("INCR", "n") >> 1,
    call("incr", "n", 5) >> ("INCRBY", "n", 5) >> 6,
    call("incrby", "n") >> ("INCRBY", "n", 1) >> 7,
    call("incrby", "n", amount=5) >> ("INCRBY", "n", 5) >> 12,
    call("decr", "n") >> ("DECR", "n") >> 11,
    call("decr", "n", 5) >> ("DECRBY", "n", 5) >> 6,
    call("decrby", "n", 5) >> ("DECRBY", "n", 5) >> 1,
    call("incrbyfloat", "f", 0.5) >> ("INCRBYFLOAT", "f", 0.5) >> 0.5,
    call("append", "k", "v") >> ("APPEND", "k", "v") >> 2,
    call("strlen", "k") >> ("STRLEN", "k") >> 2,
    call("getrange", "k", 0, -1) >> ("GETRANGE", "k", 0, -1) >> b"vv",
    call("setrange", "k", 1, "v") >> ("SETRANGE", "k", 1, "v") >> 2,
    # --- keys
    call("delete", "a", "b") >> ("DEL", "a", "b") >> 2,
    call("unlink", "a", "c") >> ("UNLINK", "a", "c") >> 1,
    call("exists", "k", "k") >> ("EXISTS", "k", "k") >> 2,
    call("touch", "k", "n") >> ("TOUCH", "k", "n") >> 2,
    call("type", "k") >> ("TYPE", "k") >> b"string",
    call("expire", "k", 10) >> ("EXPIRE", "k", 10) >> True,
    call("expire", "k", timedelta(minutes=1), gt=True) >> ("EXPIRE", "k", 60, "GT") >> True,
    call("expire", "k", 10, True) >> ("EXPIRE", "k", 10, "NX") >> False,
    call("expire", "k", 9, xx=True, lt=True) >> ("EXPIRE", "k", 9, "XX", "LT") >> True,
    call("pexpire", "k", 9000) >> ("PEXPIRE", "k", 9000) >> True,
    call("pexpire", "k", timedelta(seconds=9), nx=True)
    >> ("PEXPIRE", "k", 9000, "NX")
    >> False,
    call("expireat", "k", NOON) >> ("EXPIREAT", "k", 1893499200) >> True,
    call("expireat", "k", 1893499200, xx=True)
    >> ("EXPIREAT", "k", 1893499200, "XX")
    >> True,
    call("pexpireat", "k", NOON) >> ("PEXPIREAT", "k", 1893499200000) >> True,
    call("persist", "k") >> ("PERSIST", "k") >> True,
    call("ttl", "k") >> ("TTL", "k") >> int,
    call("pttl", "k") >> ("PTTL", "k") >> int,
    call("copy", "k", "copied") >> ("COPY", "k", "copied") >> True,
    call("copy", "k", "copied", 0, True)
    >> ("COPY", "k", "copied", "DB", 0, "REPLACE")
    >> True,
    call("rename", "copied", "named") >> ("RENAME", "copied", "named") >> True,
    call("renamenx", "named", "k") >> ("RENAMENX", "named", "k") >> False,
    call("keys") >> ("KEYS", "*") >> AnyOrder([b"d", b"f", b"k", b"n", b"named"]),
    call("keys", "k?") >> ("KEYS", "k?") >> [],
    call("scan") >> ("SCAN", 0) >> Pair(0, AnyOrder([b"d", b"f", b"k", b"n", b"named"])),
    call("scan", 0, "k*", 100, "string")
    >> ("SCAN", 0, "MATCH", "k*", "COUNT", 100, "TYPE", "string")
    >> (0, [b"k"]),
    call("randomkey") >> ("RANDOMKEY",) >> bytes,
    call("object", "ENCODING", "k") >> ("OBJECT", "ENCODING", "k") >> b"raw",
    call("object", "REFCOUNT", "nosuch") >> ("OBJECT", "REFCOUNT", "nosuch") >> None,
    call("wait", 0, 10) >> ("WAIT", 0, 10) >> 0,
    # --- hashes
    call("hset", "h", "f", "v") >> ("HSET", "h", "f", "v") >> 1,
    call("hset", "h", mapping={"f": 1, "g": 2}) >> ("HSET", "h", "f", 1, "g", 2) >> 1,
    call("hset", "h", "x", 1, {"y": 2}, ["z", 3])
    >> ("HSET", "h", "z", 3, "x", 1, "y", 2)
    >> 3,
    call("hset", "h", items=["f", 1, "g", 2]) >> ("HSET", "h", "f", 1, "g", 2) >> 0,
    call("hsetnx", "h", "f", "v") >> ("HSETNX", "h", "f", "v") >> 0,
    call("hget", "h", "f") >> ("HGET", "h", "f") >> b"1",
    call("hmget", "h", ["f", "nosuch"]) >> ("HMGET", "h", "f", "nosuch") >> [b"1", None],
    call("hmget", "h", "f", "nosuch") >> ("HMGET", "h", "f", "nosuch") >> [b"1", None],
    call("hgetall", "h")
    >> ("HGETALL", "h")
    >> {b"f": b"1", b"g": b"2", b"z": b"3", b"x": b"1", b"y": b"2"},
    call("hgetall", "nosuch") >> ("HGETALL", "nosuch") >> {},
    call("hkeys", "h") >> ("HKEYS", "h") >> [b"f", b"g", b"z", b"x", b"y"],
    call("hvals", "h") >> ("HVALS", "h") >> [b"1", b"2", b"3", b"1", b"2"],
    call("hlen", "h") >> ("HLEN", "h") >> 5,
    call("hexists", "h", "f") >> ("HEXISTS", "h", "f") >> True,
    call("hincrby", "h", "n") >> ("HINCRBY", "h", "n", 1) >> 1,
    call("hincrbyfloat", "h", "n", 0.5) >> ("HINCRBYFLOAT", "h", "n", 0.5) >> 1.5,
    call("hdel", "h", "x", "y") >> ("HDEL", "h", "x", "y") >> 2,
    # --- lists
    call("rpush", "l", "a", "b", "c", "d") >> ("RPUSH", "l", "a", "b", "c", "d") >> 4,
    call("lpush", "l", "a", 1) >> ("LPUSH", "l", "a", 1) >> 6,
    call("lpop", "l") >> ("LPOP", "l") >> b"1",
    call("lpop", "l", 1) >> ("LPOP", "l", 1) >> [b"a"],
    call("lpop", "nosuch", 1) >> ("LPOP", "nosuch", 1) >> None,
    call("rpop", "l") >> ("RPOP", "l") >> b"d",
    call("rpop", "l", 1) >> ("RPOP", "l", 1) >> [b"c"],
    call("llen", "l") >> ("LLEN", "l") >> 2,
    call("lrange", "l", 0, -1) >> ("LRANGE", "l", 0, -1) >> [b"a", b"b"],
    call("lindex", "l", 0) >> ("LINDEX", "l", 0) >> b"a",
    call("lset", "l", 0, "v") >> ("LSET", "l", 0, "v") >> True,
    call("linsert", "l", "BEFORE", "v", "u") >> ("LINSERT", "l", "BEFORE", "v", "u") >> 3,
    call("lrem", "l", 0, "u") >> ("LREM", "l", 0, "u") >> 1,
    call("ltrim", "l", 0, 5) >> ("LTRIM", "l", 0, 5) >> True,
    call("lmove", "l", "other") >> ("LMOVE", "l", "other", "LEFT", "RIGHT") >> b"v",
    call("blpop", "l", 1) >> ("BLPOP", "l", 1) >> (b"l", b"b"),
    call("blpop", ["nosuch", "other"], 1.5)
    >> ("BLPOP", "nosuch", "other", 1.5)
    >> (b"other", b"v"),
    call("brpop", "nosuch", 0.01) >> ("BRPOP", "nosuch", 0.01) >> None,
    # --- sets
    call("sadd", "s", "a", "b", "c") >> ("SADD", "s", "a", "b", "c") >> 3,
    call("sadd", "t", "b", "c", "d") >> ("SADD", "t", "b", "c", "d") >> 3,
    call("srem", "s", "c") >> ("SREM", "s", "c") >> 1,
    call("smembers", "s") >> ("SMEMBERS", "s") >> {b"a", b"b"},
    call("sismember", "s", "a") >> ("SISMEMBER", "s", "a") >> 1,
    call("scard", "s") >> ("SCARD", "s") >> 2,
    call("sinter", ["s", "t"]) >> ("SINTER", "s", "t") >> {b"b"},
    call("sunion", "s", "t") >> ("SUNION", "s", "t") >> {b"a", b"b", b"c", b"d"},
    call("sdiff", "s", "t") >> ("SDIFF", "s", "t") >> {b"a"},
    call("srandmember", "nosuch") >> ("SRANDMEMBER", "nosuch") >> None,
    call("srandmember", "nosuch", 2) >> ("SRANDMEMBER", "nosuch", 2) >> [],
    call("spop", "nosuch") >> ("SPOP", "nosuch") >> None,
    call("spop", "nosuch", 2) >> ("SPOP", "nosuch", 2) >> [],
    # --- sorted sets
    call("zadd", "z", {"a": 1, "b": 2.5}) >> ("ZADD", "z", 1, "a", 2.5, "b") >> 2,
    call("zadd", "z", {"a": 2, "c": 3}, xx=True, ch=True, gt=True)
    >> ("ZADD", "z", "XX", "CH", "GT", 2, "a", 3, "c")
    >> 1,
    call("zadd", "z", {"c": 3}, nx=True) >> ("ZADD", "z", "NX", 3, "c") >> 1,
    call("zadd", "z", {"a": 0.5}, incr=True) >> ("ZADD", "z", "INCR", 0.5, "a") >> 2.5,
    call("zadd", "z", {"a": 1}, incr=True, nx=True)
    >> ("ZADD", "z", "NX", "INCR", 1, "a")
    >> None,
    call("zadd", "z", {"b": 1}, lt=True) >> ("ZADD", "z", "LT", 1, "b") >> 0,
    call("zincrby", "z", 1.5, "a") >> ("ZINCRBY", "z", 1.5, "a") >> 4.0,
    call("zscore", "z", "a") >> ("ZSCORE", "z", "a") >> 4.0,
    call("zscore", "z", "nosuch") >> ("ZSCORE", "z", "nosuch") >> None,
    call("zrank", "z", "a") >> ("ZRANK", "z", "a") >> 2,
    call("zcard", "z") >> ("ZCARD", "z") >> 3,
    call("zcount", "z", "-inf", "(9") >> ("ZCOUNT", "z", "-inf", "(9") >> 3,
    call("zrange", "z", 0, -1) >> ("ZRANGE", "z", 0, -1) >> [b"b", b"c", b"a"],
    call("zrange", "z", 0, -1, withscores=True)
    >> ("ZRANGE", "z", 0, -1, "WITHSCORES")
    >> [(b"b", 1.0), (b"c", 3.0), (b"a", 4.0)],
    call("zrange", "z", 0, -1, desc=True)
    >> ("ZREVRANGE", "z", 0, -1)
    >> [b"a", b"c", b"b"],
    call("zrange", "z", 0, 9, byscore=True, offset=0, num=1)
    >> ("ZRANGE", "z", 0, 9, "BYSCORE", "LIMIT", 0, 1)
    >> [b"b"],
    call("zrange", "z", "+", "-", desc=True, bylex=True)
    >> ("ZRANGE", "z", "+", "-", "BYLEX", "REV")
    >> [b"a", b"c", b"b"],
    call("zrange", "z", 0, -1, True, True, int)
    >> ("ZREVRANGE", "z", 0, -1, "WITHSCORES")
    >> [(b"a", 4), (b"c", 3), (b"b", 1)],
    call("zrevrange", "z", 0, 1) >> ("ZREVRANGE", "z", 0, 1) >> [b"a", b"c"],
    call("zrevrange", "z", 0, 1, True)
    >> ("ZREVRANGE", "z", 0, 1, "WITHSCORES")
    >> [(b"a", 4.0), (b"c", 3.0)],
    call("zrangebyscore", "z", 1, "+inf")
    >> ("ZRANGEBYSCORE", "z", 1, "+inf")
    >> [b"b", b"c", b"a"],
    call("zrangebyscore", "z", 1, 9, 0, 2, True)
    >> ("ZRANGEBYSCORE", "z", 1, 9, "LIMIT", 0, 2, "WITHSCORES")
    >> [(b"b", 1.0), (b"c", 3.0)],
    call("zrem", "z", "b", "nosuch") >> ("ZREM", "z", "b", "nosuch") >> 1,
    call("zpopmin", "z") >> ("ZPOPMIN", "z") >> [(b"c", 3.0)],
    call("zpopmax", "z", 2) >> ("ZPOPMAX", "z", 2) >> [(b"a", 4.0)],
    call("zpopmax", "nosuch") >> ("ZPOPMAX", "nosuch") >> [],
    # --- publishing, scripts
    call("publish", "news", "hello") >> ("PUBLISH", "news", "hello") >> 0,
    call("eval", "return {KEYS[1], 7}", 1, "k", "x")
    >> ("EVAL", "return {KEYS[1], 7}", 1, "k", "x")
    >> [b"k", 7],
    call("script_load", "return 1")
    >> ("SCRIPT", "LOAD", "return 1")
    >> "e0e1f9fabfc9d4800c877a703b823ac0578ff8db",
    call("evalsha", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", 0)
    >> ("EVALSHA", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", 0)
    >> 1,
    # --- connection
    call("ping") >> ("PING",) >> True,
    call("echo", "hello") >> ("ECHO", "hello") >> b"hello",
    call("client_id") >> ("CLIENT", "ID") >> int,
    call("client_getname") >> ("CLIENT", "GETNAME") >> None,
    call("client_info") >> ("CLIENT", "INFO") >> dict,
    call("client_list") >> ("CLIENT", "LIST") >> list,
    call("client_list", "normal") >> ("CLIENT", "LIST", "TYPE", "normal") >> list,
    call("client_list", client_id=[1, 2]) >> ("CLIENT", "LIST", "ID", 1, 2) >> list,
    # --- server
    call("info") >> ("INFO",) >> dict,
    call("info", "server", "memory") >> ("INFO", "server", "memory") >> dict,
    call("dbsize") >> ("DBSIZE",) >> 8,
    call("time") >> ("TIME",) >> tuple,
    call("lastsave") >> ("LASTSAVE",) >> datetime,
    call("memory_usage", "k") >> ("MEMORY", "USAGE", "k") >> int,
    call("memory_usage", "k", 0) >> ("MEMORY", "USAGE", "k", "SAMPLES", 0) >> int,
    call("command_count") >> ("COMMAND", "COUNT") >> int,
    call("config_get") >> ("CONFIG", "GET", "*") >> dict,
    call("config_get", "databases", "appendonly")
    >> ("CONFIG", "GET", "databases", "appendonly")
    >> {"databases": "16", "appendonly": "no"},
    call("config_set", "timeout", 0) >> ("CONFIG", "SET", "timeout", 0) >> True,
    call("flushdb") >> ("FLUSHDB",) >> True,
    call("flushdb", True) >> ("FLUSHDB", "ASYNC") >> True,
    call("flushall") >> ("FLUSHALL",) >> True,
    call("flushall", asynchronous=True) >> ("FLUSHALL", "ASYNC") >> True,
    # --- what only the server can judge
    call("set", "k", "v", ex=0)
    >> ("SET", "k", "v", "EX", 0)
    >> Refused("ERR invalid expire time"),
    # --- options of newer servers
    call("zadd", "z", {"a": 2.5}) >> ("ZADD", "z", 2.5, "a") >> 1,
    newer(call("zrank", "z", "a", True) >> ("ZRANK", "z", "a", "WITHSCORE") >> [0, 2.5]),
]
