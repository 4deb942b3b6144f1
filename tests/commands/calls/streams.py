"""Streams, and the groups of consumers that share them."""

from __future__ import annotations

from .story import Call, Has, Refused, call, newer

E1 = (b"1-1", {b"f": b"v"})
E2 = (b"2-1", {b"f": b"w", b"g": b"x"})

CALLS: list[Call] = [
    # --- a stream
    call("xadd", "s", {"f": "v"}, "1-1") >> ("XADD", "s", "1-1", "f", "v") >> b"1-1",
    call("xadd", "s", {"f": "w", "g": "x"}, id="2-1")
    >> ("XADD", "s", "2-1", "f", "w", "g", "x")
    >> b"2-1",
    call("xadd", "t", {"f": 1}) >> ("XADD", "t", "*", "f", 1) >> bytes,
    call("xadd", "none", {"f": 1}, nomkstream=True)
    >> ("XADD", "none", "NOMKSTREAM", "*", "f", 1)
    >> None,
    call("xadd", "t", {"f": 1}, maxlen=5, limit=10)
    >> ("XADD", "t", "MAXLEN", "~", 5, "LIMIT", 10, "*", "f", 1)
    >> bytes,
    call("xadd", "t", {"f": 1}, minid="1-0", approximate=False)
    >> ("XADD", "t", "MINID", "1-0", "*", "f", 1)
    >> bytes,
    call("xadd", "s", {"f": 1}, "1-1")
    >> ("XADD", "s", "1-1", "f", 1)
    >> Refused("equal or smaller"),
    newer(
        call("xadd", "u", {"f": 1}, "1-1", ref_policy="ACKED", maxlen=9)
        >> ("XADD", "u", "ACKED", "MAXLEN", "~", 9, "1-1", "f", 1)
        >> b"1-1"
    ),
    newer(
        call("xadd", "u", {"f": 1}, idmp=("me", 7))
        >> ("XADD", "u", "IDMP", "me", 7, "*", "f", 1)
        >> bytes
    ),
    newer(
        call("xadd", "u", {"f": 1}, idmpauto="me")
        >> ("XADD", "u", "IDMPAUTO", "me", "*", "f", 1)
        >> bytes
    ),
    call("xcfgset", "u", 60, 100)
    >> ("XCFGSET", "u", "IDMP-DURATION", 60, "IDMP-MAXSIZE", 100)
    >> True,
    call("xlen", "s") >> ("XLEN", "s") >> 2,
    call("xrange", "s") >> ("XRANGE", "s", "-", "+") >> [E1, E2],
    call("xrange", "s", "(1-1", "+", 1) >> ("XRANGE", "s", "(1-1", "+", "COUNT", 1) >> [E2],
    call("xrevrange", "s") >> ("XREVRANGE", "s", "+", "-") >> [E2, E1],
    call("xrevrange", "s", "2", "1", count=1)
    >> ("XREVRANGE", "s", "2", "1", "COUNT", 1)
    >> [E2],
    call("xread", {"s": "1-1", "none": 0})
    >> ("XREAD", "STREAMS", "s", "none", "1-1", 0)
    >> [[b"s", [E2]]],
    call("xread", {"s": 0}, count=1, block=10)
    >> ("XREAD", "BLOCK", 10, "COUNT", 1, "STREAMS", "s", 0)
    >> [[b"s", [E1]]],
    call("xread", {"s": "$"}, block=1) >> ("XREAD", "BLOCK", 1, "STREAMS", "s", "$") >> [],
    call("xread", {"none": 0}) >> ("XREAD", "STREAMS", "none", 0) >> [],
    newer(
        call("xread", {"s": 0}, 1, max_count=1, max_size=9)
        >> ("XREAD", "COUNT", 1, "MAXCOUNT", 1, "MAXSIZE", 9, "STREAMS", "s", 0)
        >> [[b"s", [E1]]]
    ),
    call("xinfo_stream", "s")
    >> ("XINFO", "STREAM", "s")
    >> Has({"length": 2, "last-generated-id": b"2-1", "first-entry": E1, "last-entry": E2}),
    call("xsetid", "s", "2-1") >> ("XSETID", "s", "2-1") >> True,
    call("xsetid", "s", "2-1", 5, "0-7")
    >> ("XSETID", "s", "2-1", "ENTRIESADDED", 5, "MAXDELETEDID", "0-7")
    >> True,
    # --- a group
    call("xgroup_create", "s", "g", 0) >> ("XGROUP", "CREATE", "s", "g", 0) >> True,
    call("xgroup_create", "s", "g")
    >> ("XGROUP", "CREATE", "s", "g", "$")
    >> Refused("BUSYGR"),
    call("xgroup_create", "new", "g", mkstream=True, entries_read=0)
    >> ("XGROUP", "CREATE", "new", "g", "$", "MKSTREAM", "ENTRIESREAD", 0)
    >> True,
    call("xinfo_stream", "new")
    >> ("XINFO", "STREAM", "new")
    >> Has({"length": 0, "first-entry": None, "last-entry": None}),
    call("xgroup_createconsumer", "s", "g", "alice")
    >> ("XGROUP", "CREATECONSUMER", "s", "g", "alice")
    >> 1,
    call("xreadgroup", "g", "alice", {"s": ">"}, 1)
    >> ("XREADGROUP", "GROUP", "g", "alice", "COUNT", 1, "STREAMS", "s", ">")
    >> [[b"s", [E1]]],
    call("xreadgroup", "g", "bob", {"s": ">"}, block=10)
    >> ("XREADGROUP", "GROUP", "g", "bob", "BLOCK", 10, "STREAMS", "s", ">")
    >> [[b"s", [E2]]],
    call("xreadgroup", "g", "bob", {"s": ">"}, block=1)
    >> ("XREADGROUP", "GROUP", "g", "bob", "BLOCK", 1, "STREAMS", "s", ">")
    >> [],
    call("xreadgroup", "g", "bob", {"new": ">"}, noack=True)
    >> ("XREADGROUP", "GROUP", "g", "bob", "NOACK", "STREAMS", "new", ">")
    >> [],
    newer(
        call("xreadgroup", "g", "bob", {"s": ">"}, claim_min_idle_time=0)
        >> ("XREADGROUP", "GROUP", "g", "bob", "CLAIM", 0, "STREAMS", "s", ">")
        >> list
    ),
    newer(
        call("xreadgroup", "g", "bob", {"s": ">"}, max_count=5, max_size=5)
        >> (
            "XREADGROUP",
            "GROUP",
            "g",
            "bob",
            "MAXCOUNT",
            5,
            "MAXSIZE",
            5,
            "STREAMS",
            "s",
            ">",
        )
        >> list
    ),
    call("xpending", "s", "g")
    >> ("XPENDING", "s", "g")
    >> {
        "pending": 2,
        "min": b"1-1",
        "max": b"2-1",
        "consumers": [{"name": b"alice", "pending": 1}, {"name": b"bob", "pending": 1}],
    },
    call("xpending", "new", "g")
    >> ("XPENDING", "new", "g")
    >> {"pending": 0, "min": None, "max": None, "consumers": []},
    call("xpending_range", "s", "g", "-", "+", 10)
    >> ("XPENDING", "s", "g", "-", "+", 10)
    >> Has({"message_id": bytes, "times_delivered": 1, "time_since_delivered": int}),
    call("xpending_range", "s", "g", "-", "+", 10, "alice", idle=0)
    >> ("XPENDING", "s", "g", "IDLE", 0, "-", "+", 10, "alice")
    >> Has({"message_id": b"1-1", "consumer": b"alice"}),
    call("xclaim", "s", "g", "bob", 0, ["1-1"])
    >> ("XCLAIM", "s", "g", "bob", 0, "1-1")
    >> [E1],
    call("xclaim", "s", "g", "alice", 0, ["1-1", "9-9"], 5, None, 3, True, True)
    >> (
        "XCLAIM",
        "s",
        "g",
        "alice",
        0,
        "1-1",
        "9-9",
        "IDLE",
        5,
        "RETRYCOUNT",
        3,
        "FORCE",
        "JUSTID",
    )
    >> [b"1-1"],
    call("xclaim", "s", "g", "alice", 0, ["1-1"], time=1893499200000)
    >> ("XCLAIM", "s", "g", "alice", 0, "1-1", "TIME", 1893499200000)
    >> [E1],
    call("xautoclaim", "s", "g", "carol", 0)
    >> ("XAUTOCLAIM", "s", "g", "carol", 0, "0-0")
    >> [b"0-0", [E1, E2], []],
    call("xautoclaim", "s", "g", "bob", 0, "2-0", 5, True)
    >> ("XAUTOCLAIM", "s", "g", "bob", 0, "2-0", "COUNT", 5, "JUSTID")
    >> [b"2-1"],
    call("xinfo_groups", "s")
    >> ("XINFO", "GROUPS", "s")
    >> Has({"name": b"g", "pending": 2, "last-delivered-id": b"2-1"}),
    call("xinfo_consumers", "s", "g")
    >> ("XINFO", "CONSUMERS", "s", "g")
    >> Has({"name": bytes, "pending": int, "idle": int}),
    call("xinfo_stream", "s", True)
    >> ("XINFO", "STREAM", "s", "FULL")
    >> Has(
        {
            "entries": {b"1-1": {b"f": b"v"}, b"2-1": {b"f": b"w", b"g": b"x"}},
            "groups": Has(
                {"name": b"g", "consumers": Has({"name": bytes, "pel-count": int})}
            ),
        }
    ),
    call("xnack", "s", "g", "FAIL", "2-1", retrycount=1, force=True)
    >> ("XNACK", "s", "g", "FAIL", "IDS", 1, "2-1", "RETRYCOUNT", 1, "FORCE")
    >> 1,
    call("xack", "s", "g", "1-1", "9-9") >> ("XACK", "s", "g", "1-1", "9-9") >> 1,
    call("xackdel", "s", "g", "9-9")
    >> ("XACKDEL", "s", "g", "KEEPREF", "IDS", 1, "9-9")
    >> [-1],
    call("xgroup_setid", "s", "g", "1-1") >> ("XGROUP", "SETID", "s", "g", "1-1") >> True,
    call("xgroup_setid", "s", "g", "$", entries_read=2)
    >> ("XGROUP", "SETID", "s", "g", "$", "ENTRIESREAD", 2)
    >> True,
    call("xgroup_delconsumer", "s", "g", "bob")
    >> ("XGROUP", "DELCONSUMER", "s", "g", "bob")
    >> 1,
    call("xgroup_destroy", "s", "g") >> ("XGROUP", "DESTROY", "s", "g") >> True,
    # --- fewer entries
    call("xdel", "s", "1-1", "9-9") >> ("XDEL", "s", "1-1", "9-9") >> 1,
    call("xdelex", "s", "9-9", ref_policy="ACKED")
    >> ("XDELEX", "s", "ACKED", "IDS", 1, "9-9")
    >> [-1],
    call("xtrim", "s", 1) >> ("XTRIM", "s", "MAXLEN", "~", 1) >> 0,
    call("xtrim", "s", maxlen=0, approximate=False) >> ("XTRIM", "s", "MAXLEN", 0) >> 1,
    call("xtrim", "s", minid="5-0", limit=10)
    >> ("XTRIM", "s", "MINID", "~", "5-0", "LIMIT", 10)
    >> 0,
    newer(
        call("xtrim", "s", 5, ref_policy="DELREF")
        >> ("XTRIM", "s", "MAXLEN", "~", 5, "DELREF")
        >> 0
    ),
]
