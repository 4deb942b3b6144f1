"""Hashes: one row a command; ``row.py`` explains the columns."""

from functools import partial

from redislab.commands.row import Command

row = partial(Command, "hash")

# fmt: off
ROWS = (
    row("HDEL",         "2.0.0", -3, "1", "write"),
    row("HEXISTS",      "2.0.0",  3, "1", "readonly"),
    row("HEXPIRE",      "9.0.0", -6, "1", "write"),
    row("HEXPIREAT",    "9.0.0", -6, "1", "write"),
    row("HEXPIRETIME",  "9.0.0", -5, "1", "readonly"),
    row("HGET",         "2.0.0",  3, "1", "readonly"),
    row("HGETALL",      "2.0.0",  2, "1", "readonly"),
    row("HGETDEL",      "9.1.0", -5, "1", "write"),
    row("HGETEX",       "9.0.0", -5, "1", "write"),
    row("HINCRBY",      "2.0.0",  4, "1", "write"),
    row("HINCRBYFLOAT", "2.6.0",  4, "1", "write"),
    row("HKEYS",        "2.0.0",  2, "1", "readonly"),
    row("HLEN",         "2.0.0",  2, "1", "readonly"),
    row("HMGET",        "2.0.0", -3, "1", "readonly"),
    row("HMSET",        "2.0.0", -4, "1", "write"),
    row("HPERSIST",     "9.0.0", -5, "1", "write"),
    row("HPEXPIRE",     "9.0.0", -6, "1", "write"),
    row("HPEXPIREAT",   "9.0.0", -6, "1", "write"),
    row("HPEXPIRETIME", "9.0.0", -5, "1", "readonly"),
    row("HPTTL",        "9.0.0", -5, "1", "readonly"),
    row("HRANDFIELD",   "6.2.0", -2, "1", "readonly"),
    row("HSCAN",        "2.8.0", -3, "1", "readonly"),
    row("HSET",         "2.0.0", -4, "1", "write"),
    row("HSETEX",       "9.0.0", -6, "1", "write"),
    row("HSETNX",       "2.0.0",  4, "1", "write"),
    row("HSTRLEN",      "3.2.0",  3, "1", "readonly"),
    row("HTTL",         "9.0.0", -5, "1", "readonly"),
    row("HVALS",        "2.0.0",  2, "1", "readonly"),
)
