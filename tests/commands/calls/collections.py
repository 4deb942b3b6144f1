"""Hashes, lists, sets and sorted sets, beyond every day; fields that expire."""

from __future__ import annotations

from datetime import timedelta

from .story import NOON, AnyOrder, Call, Pair, call, newer

CALLS: list[Call] = [
    # --- hashes
    call("hmset", "h", {"f": "v", "g": 1}) >> ("HMSET", "h", "f", "v", "g", 1) >> True,
    call("hstrlen", "h", "f") >> ("HSTRLEN", "h", "f") >> 1,
    call("hrandfield", "h") >> ("HRANDFIELD", "h") >> bytes,
    call("hrandfield", "h", 5) >> ("HRANDFIELD", "h", 5) >> AnyOrder([b"f", b"g"]),
    call("hrandfield", "h", 5, True)
    >> ("HRANDFIELD", "h", 5, "WITHVALUES")
    >> AnyOrder([(b"f", b"v"), (b"g", b"1")]),
    call("hrandfield", "none", 5, True) >> ("HRANDFIELD", "none", 5, "WITHVALUES") >> [],
    call("hscan", "h") >> ("HSCAN", "h", 0) >> (0, {b"f": b"v", b"g": b"1"}),
    call("hscan", "h", 0, "f*", 10)
    >> ("HSCAN", "h", 0, "MATCH", "f*", "COUNT", 10)
    >> (0, {b"f": b"v"}),
    newer(
        call("hscan", "h", no_values=True)
        >> ("HSCAN", "h", 0, "NOVALUES")
        >> Pair(0, AnyOrder([b"f", b"g"]))
    ),
    # --- fields that expire
    call("hexpire", "h", 100, "f", "none")
    >> ("HEXPIRE", "h", 100, "FIELDS", 2, "f", "none")
    >> [1, -2],
    call("hexpire", "h", timedelta(minutes=1), "f", nx=True)
    >> ("HEXPIRE", "h", 60, "NX", "FIELDS", 1, "f")
    >> [0],
    call("hpexpire", "h", timedelta(seconds=1.5), "g", lt=True)
    >> ("HPEXPIRE", "h", 1500, "LT", "FIELDS", 1, "g")
    >> [1],
    call("hexpireat", "h", NOON, "f")
    >> ("HEXPIREAT", "h", 1893499200, "FIELDS", 1, "f")
    >> [1],
    call("hpexpireat", "h", NOON, "f", xx=True)
    >> ("HPEXPIREAT", "h", 1893499200000, "XX", "FIELDS", 1, "f")
    >> [1],
    call("hexpiretime", "h", "f", "none")
    >> ("HEXPIRETIME", "h", "FIELDS", 2, "f", "none")
    >> [1893499200, -2],
    call("hpexpiretime", "h", "f")
    >> ("HPEXPIRETIME", "h", "FIELDS", 1, "f")
    >> [1893499200000],
    call("httl", "h", "f") >> ("HTTL", "h", "FIELDS", 1, "f") >> list,
    call("hpttl", "h", "f") >> ("HPTTL", "h", "FIELDS", 1, "f") >> list,
    call("hpersist", "h", "f", "none")
    >> ("HPERSIST", "h", "FIELDS", 2, "f", "none")
    >> [1, -2],
    call("hgetex", "h", "f", "none")
    >> ("HGETEX", "h", "FIELDS", 2, "f", "none")
    >> [b"v", None],
    call("hgetex", "h", "f", ex=10)
    >> ("HGETEX", "h", "EX", 10, "FIELDS", 1, "f")
    >> [b"v"],
    call("hgetex", "h", "f", persist=True)
    >> ("HGETEX", "h", "PERSIST", "FIELDS", 1, "f")
    >> [b"v"],
    call("hsetex", "h", "x", 1, px=5000)
    >> ("HSETEX", "h", "PX", 5000, "FIELDS", 1, "x", 1)
    >> 1,
    call("hsetex", "h", mapping={"y": 2}, items=["z", 3], data_persist_option="FXX")
    >> ("HSETEX", "h", "FXX", "FIELDS", 2, "z", 3, "y", 2)
    >> 0,
    call("hsetex", "h", "x", 1, keepttl=True)
    >> ("HSETEX", "h", "KEEPTTL", "FIELDS", 1, "x", 1)
    >> 1,
    call("hgetdel", "h", "x", "none")
    >> ("HGETDEL", "h", "FIELDS", 2, "x", "none")
    >> [b"1", None],
    # --- lists
    call("lpushx", "none", "a") >> ("LPUSHX", "none", "a") >> 0,
    call("rpushx", "none", "a", "b") >> ("RPUSHX", "none", "a", "b") >> 0,
    call("rpush", "l", "a", "b", "a", "c") >> ("RPUSH", "l", "a", "b", "a", "c") >> 4,
    call("lpos", "l", "a") >> ("LPOS", "l", "a") >> 0,
    call("lpos", "l", "z") >> ("LPOS", "l", "z") >> None,
    call("lpos", "l", "a", -1) >> ("LPOS", "l", "a", "RANK", -1) >> 2,
    call("lpos", "l", "a", count=0, maxlen=2)
    >> ("LPOS", "l", "a", "COUNT", 0, "MAXLEN", 2)
    >> [0],
    call("rpoplpush", "l", "m") >> ("RPOPLPUSH", "l", "m") >> b"c",
    call("rpoplpush", "none", "m") >> ("RPOPLPUSH", "none", "m") >> None,
    call("brpoplpush", "l", "m", 1) >> ("BRPOPLPUSH", "l", "m", 1) >> b"a",
    call("brpoplpush", "none", "m", 0.01) >> ("BRPOPLPUSH", "none", "m", 0.01) >> None,
    call("blmove", "l", "m", 1) >> ("BLMOVE", "l", "m", "LEFT", "RIGHT", 1) >> b"a",
    call("blmove", "l", "m", 1, "RIGHT", "LEFT")
    >> ("BLMOVE", "l", "m", "RIGHT", "LEFT", 1)
    >> b"b",
    call("lmpop", 2, "l", "m", direction="LEFT")
    >> ("LMPOP", 2, "l", "m", "LEFT")
    >> [b"m", [b"b"]],
    call("lmpop", 1, "m", direction="RIGHT", count=2)
    >> ("LMPOP", 1, "m", "RIGHT", "COUNT", 2)
    >> [b"m", [b"a", b"c"]],
    call("lmpop", 1, "none", direction="LEFT") >> ("LMPOP", 1, "none", "LEFT") >> None,
    call("blmpop", 1, 1, "m", direction="LEFT")
    >> ("BLMPOP", 1, 1, "m", "LEFT", "COUNT", 1)
    >> [b"m", [b"a"]],
    call("blmpop", 0.01, 1, "none", direction="LEFT", count=2)
    >> ("BLMPOP", 0.01, 1, "none", "LEFT", "COUNT", 2)
    >> None,
    call("lmovem", "l", "m") >> ("LMOVEM", "l", "m", "LEFT", "RIGHT") >> list,
    call("lmovem", "l", "m", "RIGHT", "LEFT", 3, "EXACTLY", "BULK")
    >> ("LMOVEM", "l", "m", "RIGHT", "LEFT", "EXACTLY", 3, "BULK")
    >> list,
    call("blmovem", "l", "m", 1.5, count=3, ordering="OBO")
    >> ("BLMOVEM", "l", "m", "LEFT", "RIGHT", 1.5, "COUNT", 3, "OBO")
    >> list,
    # --- sets
    call("sadd", "s", "a", "b", "c") >> ("SADD", "s", "a", "b", "c") >> 3,
    call("sadd", "t", "b", "c", "d") >> ("SADD", "t", "b", "c", "d") >> 3,
    call("smismember", "s", "a", "d") >> ("SMISMEMBER", "s", "a", "d") >> [1, 0],
    call("smismember", "s", ["a", "d"], "b")
    >> ("SMISMEMBER", "s", "a", "d", "b")
    >> [1, 0, 1],
    call("smove", "s", "t", "a") >> ("SMOVE", "s", "t", "a") >> True,
    call("smove", "s", "t", "none") >> ("SMOVE", "s", "t", "none") >> False,
    call("sscan", "s") >> ("SSCAN", "s", 0) >> Pair(0, AnyOrder([b"b", b"c"])),
    call("sscan", "s", 0, "b*", 9)
    >> ("SSCAN", "s", 0, "MATCH", "b*", "COUNT", 9)
    >> (0, [b"b"]),
    call("sinterstore", "d", ["s", "t"]) >> ("SINTERSTORE", "d", "s", "t") >> 2,
    call("sunionstore", "d", "s", "t") >> ("SUNIONSTORE", "d", "s", "t") >> 4,
    call("sdiffstore", "d", "t", "s") >> ("SDIFFSTORE", "d", "t", "s") >> 2,
    call("sintercard", 2, ["s", "t"]) >> ("SINTERCARD", 2, "s", "t", "LIMIT", 0) >> 2,
    call("sintercard", 2, ["s", "t"], 1) >> ("SINTERCARD", 2, "s", "t", "LIMIT", 1) >> 1,
    call("sunioncard", 2, ["s", "t"], approx=True)
    >> ("SUNIONCARD", 2, "s", "t", "APPROX", "LIMIT", 0)
    >> 4,
    call("sdiffcard", 2, ["t", "s"], 5) >> ("SDIFFCARD", 2, "t", "s", "LIMIT", 5) >> 2,
    # --- sorted sets
    call("zadd", "z", {"a": 1, "b": 2, "c": 2.5})
    >> ("ZADD", "z", 1, "a", 2, "b", 2.5, "c")
    >> 3,
    call("zadd", "y", {"b": 10, "d": 0}) >> ("ZADD", "y", 10, "b", 0, "d") >> 2,
    call("zadd", "e", {"a": 0, "b": 0, "c": 0})
    >> ("ZADD", "e", 0, "a", 0, "b", 0, "c")
    >> 3,
    call("zrevrank", "z", "a") >> ("ZREVRANK", "z", "a") >> 2,
    call("zrevrank", "z", "none") >> ("ZREVRANK", "z", "none") >> None,
    newer(
        call("zrevrank", "z", "c", True, int)
        >> ("ZREVRANK", "z", "c", "WITHSCORE")
        >> [0, 2]
    ),
    call("zmscore", "z", ["a", "none"]) >> ("ZMSCORE", "z", "a", "none") >> [1.0, None],
    call("zrandmember", "z") >> ("ZRANDMEMBER", "z") >> bytes,
    call("zrandmember", "z", 9) >> ("ZRANDMEMBER", "z", 9) >> AnyOrder([b"a", b"b", b"c"]),
    call("zrandmember", "y", 9, True)
    >> ("ZRANDMEMBER", "y", 9, "WITHSCORES")
    >> AnyOrder([(b"b", 10.0), (b"d", 0.0)]),
    call("zscan", "z") >> ("ZSCAN", "z", 0) >> (0, [(b"a", 1.0), (b"b", 2.0), (b"c", 2.5)]),
    call("zscan", "z", 0, "c*", 9, int)
    >> ("ZSCAN", "z", 0, "MATCH", "c*", "COUNT", 9)
    >> (0, [(b"c", 2)]),
    call("zlexcount", "e", "-", "(c") >> ("ZLEXCOUNT", "e", "-", "(c") >> 2,
    call("zrangebylex", "e", "[b", "+") >> ("ZRANGEBYLEX", "e", "[b", "+") >> [b"b", b"c"],
    call("zrangebylex", "e", "-", "+", 1, 1)
    >> ("ZRANGEBYLEX", "e", "-", "+", "LIMIT", 1, 1)
    >> [b"b"],
    call("zrevrangebylex", "e", "+", "(a")
    >> ("ZREVRANGEBYLEX", "e", "+", "(a")
    >> [b"c", b"b"],
    call("zrevrangebylex", "e", "+", "-", 0, 1)
    >> ("ZREVRANGEBYLEX", "e", "+", "-", "LIMIT", 0, 1)
    >> [b"c"],
    call("zrevrangebyscore", "z", "+inf", 2)
    >> ("ZREVRANGEBYSCORE", "z", "+inf", 2)
    >> [b"c", b"b"],
    call("zrevrangebyscore", "z", 9, 0, 0, 1, True)
    >> ("ZREVRANGEBYSCORE", "z", 9, 0, "LIMIT", 0, 1, "WITHSCORES")
    >> [(b"c", 2.5)],
    call("zrangestore", "d", "z", 0, 1) >> ("ZRANGESTORE", "d", "z", 0, 1) >> 2,
    call("zrangestore", "d", "z", 9, 0, byscore=True, desc=True, offset=0, num=1)
    >> ("ZRANGESTORE", "d", "z", 9, 0, "BYSCORE", "REV", "LIMIT", 0, 1)
    >> 1,
    # --- several sorted sets
    call("zunion", ["z", "y"]) >> ("ZUNION", 2, "z", "y") >> [b"d", b"a", b"c", b"b"],
    call("zunion", {"z": 1, "y": 2}, "max", True)
    >> ("ZUNION", 2, "z", "y", "WEIGHTS", 1, 2, "AGGREGATE", "max", "WITHSCORES")
    >> [(b"d", 0.0), (b"a", 1.0), (b"c", 2.5), (b"b", 20.0)],
    call("zinter", ["z", "y"]) >> ("ZINTER", 2, "z", "y") >> [b"b"],
    call("zinter", ("z", "y"), "MIN", withscores=True)
    >> ("ZINTER", 2, "z", "y", "AGGREGATE", "MIN", "WITHSCORES")
    >> [(b"b", 2.0)],
    call("zdiff", ["z", "y"]) >> ("ZDIFF", 2, "z", "y") >> [b"a", b"c"],
    call("zdiff", ["y", "z"], True)
    >> ("ZDIFF", 2, "y", "z", "WITHSCORES")
    >> [(b"d", 0.0)],
    call("zintercard", 2, ["z", "y"]) >> ("ZINTERCARD", 2, "z", "y", "LIMIT", 0) >> 1,
    call("zunionstore", "d", ["z", "y"]) >> ("ZUNIONSTORE", "d", 2, "z", "y") >> 4,
    call("zinterstore", "d", {"z": 0.5, "y": 1})
    >> ("ZINTERSTORE", "d", 2, "z", "y", "WEIGHTS", 0.5, 1)
    >> 1,
    call("zdiffstore", "d", ["z", "y"]) >> ("ZDIFFSTORE", "d", 2, "z", "y") >> 2,
    # --- taken out
    call("zremrangebyrank", "e", 0, 0) >> ("ZREMRANGEBYRANK", "e", 0, 0) >> 1,
    call("zremrangebylex", "e", "[c", "+") >> ("ZREMRANGEBYLEX", "e", "[c", "+") >> 1,
    call("zremrangebyscore", "e", 0, "(1") >> ("ZREMRANGEBYSCORE", "e", 0, "(1") >> 1,
    call("zmpop", 2, ["none", "z"], min=True)
    >> ("ZMPOP", 2, "none", "z", "MIN")
    >> [b"z", [[b"a", 1.0]]],
    call("zmpop", 1, ["none"], max=True, count=2)
    >> ("ZMPOP", 1, "none", "MAX", "COUNT", 2)
    >> None,
    call("bzmpop", 1, 1, ["z"], max=True)
    >> ("BZMPOP", 1, 1, "z", "MAX", "COUNT", 1)
    >> [b"z", [[b"c", 2.5]]],
    call("bzpopmin", ["none", "z"], 1) >> ("BZPOPMIN", "none", "z", 1) >> (b"z", b"b", 2.0),
    call("bzpopmin", "none", 0.01) >> ("BZPOPMIN", "none", 0.01) >> None,
    call("bzpopmax", "y", 1) >> ("BZPOPMAX", "y", 1) >> (b"y", b"b", 10.0),
]
