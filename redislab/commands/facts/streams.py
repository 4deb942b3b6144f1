"""Streams: one row a command; ``row.py`` explains the columns."""

from functools import partial

from redislab.commands.row import Command

row = partial(Command, "stream")

# fmt: off
ROWS = (
    row("XACK",                  "5.0.0", -4, "1",           "write"),
    row("XADD",                  "5.0.0", -5, "1",           "write"),
    row("XAUTOCLAIM",            "6.2.0", -6, "1",           "write"),
    row("XCLAIM",                "5.0.0", -6, "1",           "write"),
    row("XDEL",                  "5.0.0", -3, "1",           "write"),
    row("XGROUP",                "5.0.0", -2, ""),
    row("XGROUP CREATE",         "5.0.0", -5, "2",           "write"),
    row("XGROUP CREATECONSUMER", "6.2.0",  5, "2",           "write"),
    row("XGROUP DELCONSUMER",    "5.0.0",  5, "2",           "write"),
    row("XGROUP DESTROY",        "5.0.0",  4, "2",           "write"),
    row("XGROUP HELP",           "5.0.0",  2, ""),
    row("XGROUP SETID",          "5.0.0", -5, "2",           "write"),
    row("XINFO",                 "5.0.0", -2, ""),
    row("XINFO CONSUMERS",       "5.0.0",  4, "2",           "readonly"),
    row("XINFO GROUPS",          "5.0.0",  3, "2",           "readonly"),
    row("XINFO HELP",            "5.0.0",  2, ""),
    row("XINFO STREAM",          "5.0.0", -3, "2",           "readonly"),
    row("XLEN",                  "5.0.0",  2, "1",           "readonly"),
    row("XPENDING",              "5.0.0", -3, "1",           "readonly"),
    row("XRANGE",                "5.0.0", -4, "1",           "readonly"),
    row("XREAD",                 "5.0.0", -4, "STREAMS@1/2", "readonly", "BLOCK ms"),
    row("XREADGROUP",            "5.0.0", -7, "STREAMS@4/2", "write", "BLOCK ms"),
    row("XREVRANGE",             "5.0.0", -4, "1",           "readonly"),
    row("XSETID",                "5.0.0", -3, "1",           "write"),
    row("XTRIM",                 "5.0.0", -4, "1",           "write"),
)
