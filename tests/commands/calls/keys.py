"""Strings and keys beyond every day; scripts, functions, channels."""

from __future__ import annotations

from datetime import timedelta

from .story import Call, Has, Refused, call

LIBRARY = "#!lua name=l\nredis.register_function{function_name='f', flags={'no-writes'}, callback=function(keys, args) return args[1] end}"  # noqa: E501  one line of Lua
SHA = "e0e1f9fabfc9d4800c877a703b823ac0578ff8db"

CALLS: list[Call] = [
    # --- strings
    call("mset", {"a": "ohmytext", "b": "mynewtext", "c": 3, "d": 1})
    >> ("MSET", "a", "ohmytext", "b", "mynewtext", "c", 3, "d", 1)
    >> True,
    call("substr", "a", 2) >> ("SUBSTR", "a", 2, -1) >> b"mytext",
    call("substr", "a", 0, 1) >> ("SUBSTR", "a", 0, 1) >> b"oh",
    call("lcs", "a", "b") >> ("LCS", "a", "b") >> b"mytext",
    call("lcs", "a", "b", len=True) >> ("LCS", "a", "b", "LEN") >> 6,
    call("lcs", "a", "b", idx=True, minmatchlen=3, withmatchlen=True)
    >> ("LCS", "a", "b", "IDX", "MINMATCHLEN", 3, "WITHMATCHLEN")
    >> {"matches": [[[4, 7], [5, 8], 4]], "len": 6},
    call("digest", "a") >> ("DIGEST", "a") >> str,
    call("delex", "none") >> ("DELEX", "none") >> 0,
    call("delex", "a", ifeq="other") >> ("DELEX", "a", "IFEQ", "other") >> 0,
    call("delex", "a", ifne="ohmytext") >> ("DELEX", "a", "IFNE", "ohmytext") >> 0,
    call("delex", "a", ifdeq="0" * 16) >> ("DELEX", "a", "IFDEQ", "0" * 16) >> 0,
    call("delex", "none", ifdne="0" * 16) >> ("DELEX", "none", "IFDNE", "0" * 16) >> 0,
    call("delifeq", "a", "other") >> ("DELIFEQ", "a", "other") >> 0,
    call("msetex", {"e": 1, "f": 2}, ex=10) >> ("MSETEX", 2, "e", 1, "f", 2, "EX", 10) >> 1,
    call("msetex", {"e": 1}, "NX", px=timedelta(seconds=1))
    >> ("MSETEX", 1, "e", 1, "NX", "PX", 1000)
    >> 0,
    call("msetex", {"e": 1}, keepttl=True) >> ("MSETEX", 1, "e", 1, "KEEPTTL") >> 1,
    call("increx", "n") >> ("INCREX", "n") >> [1, 1],
    call("increx", "n", byint=5, lbound=0, ubound=4, saturate=True, ex=10, enx=True)
    >> ("INCREX", "n", "BYINT", 5, "LBOUND", 0, "UBOUND", 4, "SATURATE", "EX", 10, "ENX")
    >> [4, 3],
    call("increx", "n", byfloat=0.5, persist=True)
    >> ("INCREX", "n", "BYFLOAT", 0.5, "PERSIST")
    >> [4.5, 0.5],
    # --- keys
    call("expiretime", "a") >> ("EXPIRETIME", "a") >> -1,
    call("pexpiretime", "none") >> ("PEXPIRETIME", "none") >> -2,
    call("dump", "a") >> ("DUMP", "a") >> (lambda given: isinstance(given, bytes)),
    call("dump", "none") >> ("DUMP", "none") >> None,
    call("restore", "r", 0, "damaged")
    >> ("RESTORE", "r", 0, "damaged")
    >> Refused("DUMP payload version or checksum"),
    call("restore", "r", 5, "damaged", True, True, 5, None)
    >> ("RESTORE", "r", 5, "damaged", "REPLACE", "ABSTTL", "IDLETIME", 5)
    >> Refused("DUMP payload version or checksum"),
    call("restore", "r", 5, "damaged", frequency=5)
    >> ("RESTORE", "r", 5, "damaged", "FREQ", 5)
    >> Refused("DUMP payload version or checksum"),
    call("restore_asking", "r", 0, "damaged")
    >> ("RESTORE-ASKING", "r", 0, "damaged")
    >> Refused("DUMP payload version or checksum"),
    call("move", "d", 1) >> ("MOVE", "d", 1) >> True,
    call("move", "d", 1) >> ("MOVE", "d", 1) >> False,
    call("migrate", "127.0.0.1", 1, "none", 0, 5)
    >> (("MIGRATE", "127.0.0.1", 1, "", 0, 5, "KEYS", "none"))
    >> b"NOKEY",
    call("migrate", "127.0.0.1", 1, ["none", "z"], 0, 5, True, True, "pw")
    >> (
        "MIGRATE",
        "127.0.0.1",
        1,
        "",
        0,
        5,
        "COPY",
        "REPLACE",
        "AUTH",
        "pw",
        "KEYS",
        "none",
        "z",
    )
    >> b"NOKEY",
    call("waitaof", 0, 0, 5) >> ("WAITAOF", 0, 0, 5) >> [0, 0],
    # --- sorted
    call("rpush", "l", 3, 1, 2) >> ("RPUSH", "l", 3, 1, 2) >> 3,
    call("mset", {"w1": 9, "w2": 5, "w3": 7, "v1": "x", "v2": "y", "v3": "z"})
    >> ("MSET", "w1", 9, "w2", 5, "w3", 7, "v1", "x", "v2", "y", "v3", "z")
    >> True,
    call("sort", "l") >> ("SORT", "l") >> [b"1", b"2", b"3"],
    call("sort", "l", 1, 1, desc=True, alpha=True)
    >> ("SORT", "l", "LIMIT", 1, 1, "DESC", "ALPHA")
    >> [b"2"],
    call("sort", "l", by="w*", get="v*")
    >> ("SORT", "l", "BY", "w*", "GET", "v*")
    >> [b"y", b"z", b"x"],
    call("sort", "l", get=["#", "v*"], groups=True)
    >> ("SORT", "l", "GET", "#", "GET", "v*")
    >> [(b"1", b"x"), (b"2", b"y"), (b"3", b"z")],
    call("sort", "l", store="sorted") >> ("SORT", "l", "STORE", "sorted") >> 3,
    call("sort_ro", "l", get="#") >> ("SORT_RO", "l", "GET", "#") >> [b"1", b"2", b"3"],
    # --- scripts
    call("eval_ro", "return ARGV[1]", 0, "x")
    >> ("EVAL_RO", "return ARGV[1]", 0, "x")
    >> b"x",
    call("script_load", "return 1") >> ("SCRIPT", "LOAD", "return 1") >> SHA,
    call("evalsha_ro", SHA, 1, "k") >> ("EVALSHA_RO", SHA, 1, "k") >> 1,
    call("script_exists", SHA, "0" * 40)
    >> ("SCRIPT", "EXISTS", SHA, "0" * 40)
    >> [True, False],
    call("script_show", SHA) >> ("SCRIPT", "SHOW", SHA) >> b"return 1",
    call("script_kill") >> ("SCRIPT", "KILL") >> Refused("NOTBUSY"),
    call("script_flush") >> ("SCRIPT", "FLUSH") >> True,
    call("script_flush", "ASYNC") >> ("SCRIPT", "FLUSH", "ASYNC") >> True,
    # --- functions
    call("function_flush") >> ("FUNCTION", "FLUSH", "SYNC") >> True,
    call("function_load", LIBRARY) >> ("FUNCTION", "LOAD", LIBRARY) >> b"l",
    call("function_load", LIBRARY, replace=True)
    >> ("FUNCTION", "LOAD", "REPLACE", LIBRARY)
    >> b"l",
    call("fcall", "f", 1, "k", "x") >> ("FCALL", "f", 1, "k", "x") >> b"x",
    call("fcall_ro", "f", 0, "x") >> ("FCALL_RO", "f", 0, "x") >> b"x",
    call("function_list")
    >> ("FUNCTION", "LIST", "LIBRARYNAME", "*")
    >> Has(
        {b"library_name": b"l", b"functions": Has({b"name": b"f", b"description": None})}
    ),
    call("function_list", "none", True)
    >> ("FUNCTION", "LIST", "LIBRARYNAME", "none", "WITHCODE")
    >> [],
    call("function_stats")
    >> ("FUNCTION", "STATS")
    >> Has(
        {b"running_script": None, b"engines": Has({b"LUA": Has({b"functions_count": 1})})}
    ),
    call("function_dump")
    >> ("FUNCTION", "DUMP")
    >> (lambda given: isinstance(given, bytes)),
    call("function_restore", "damaged")
    >> ("FUNCTION", "RESTORE", "damaged", "APPEND")
    >> Refused("DUMP payload"),
    call("function_kill") >> ("FUNCTION", "KILL") >> Refused("NOTBUSY"),
    call("function_delete", "l") >> ("FUNCTION", "DELETE", "l") >> True,
    # --- channels
    call("spublish", "news", "hello") >> ("SPUBLISH", "news", "hello") >> 0,
    call("pubsub_channels") >> ("PUBSUB", "CHANNELS", "*") >> [],
    call("pubsub_channels", "n*") >> ("PUBSUB", "CHANNELS", "n*") >> [],
    call("pubsub_shardchannels") >> ("PUBSUB", "SHARDCHANNELS", "*") >> [],
    call("pubsub_numpat") >> ("PUBSUB", "NUMPAT") >> 0,
    call("pubsub_numsub", "a", "b")
    >> ("PUBSUB", "NUMSUB", "a", "b")
    >> [(b"a", 0), (b"b", 0)],
    call("pubsub_shardnumsub", "a") >> ("PUBSUB", "SHARDNUMSUB", "a") >> [(b"a", 0)],
]
