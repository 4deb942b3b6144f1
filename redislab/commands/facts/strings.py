"""Strings: one row a command; ``row.py`` explains the columns."""

from functools import partial

from redislab.commands.row import Command

row = partial(Command, "string")

# fmt: off
ROWS = (
    row("APPEND",      "2.0.0",  3, "1",       "write"),
    row("DECR",        "1.0.0",  2, "1",       "write"),
    row("DECRBY",      "1.0.0",  3, "1",       "write"),
    row("DELIFEQ",     "9.0.0",  3, "1",       "write"),
    row("GET",         "1.0.0",  2, "1",       "readonly"),
    row("GETDEL",      "6.2.0",  2, "1",       "write"),
    row("GETEX",       "6.2.0", -2, "1",       "write"),
    row("GETRANGE",    "2.4.0",  4, "1",       "readonly"),
    row("GETSET",      "1.0.0",  3, "1",       "write"),
    row("INCR",        "1.0.0",  2, "1",       "write"),
    row("INCRBY",      "1.0.0",  3, "1",       "write"),
    row("INCRBYFLOAT", "2.6.0",  3, "1",       "write"),
    row("LCS",         "7.0.0", -3, "1..2",    "readonly"),
    row("MGET",        "1.0.0", -2, "1..-1",   "readonly"),
    row("MSET",        "1.0.1", -3, "1..-1/2", "write"),
    row("MSETEX",      "9.1.0", -4, "1#/2",    "write"),
    row("MSETNX",      "1.0.1", -3, "1..-1/2", "write"),
    row("PSETEX",      "2.6.0",  4, "1",       "write"),
    row("SET",         "1.0.0", -3, "1",       "write"),
    row("SETEX",       "2.0.0",  4, "1",       "write"),
    row("SETNX",       "1.0.0",  3, "1",       "write"),
    row("SETRANGE",    "2.2.0",  4, "1",       "write"),
    row("STRLEN",      "2.2.0",  2, "1",       "readonly"),
    row("SUBSTR",      "1.0.0",  4, "1",       "readonly"),
)
