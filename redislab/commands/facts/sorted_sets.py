"""Sorted sets: one row a command; ``row.py`` explains the columns."""

from functools import partial

from redislab.commands.row import Command

row = partial(Command, "sorted-set")

# fmt: off
ROWS = (
    row("BZMPOP",           "7.0.0", -5, "2#",    "write", "1 s"),
    row("BZPOPMAX",         "5.0.0", -3, "1..-2", "write", "-1 s"),
    row("BZPOPMIN",         "5.0.0", -3, "1..-2", "write", "-1 s"),
    row("ZADD",             "1.2.0", -4, "1",     "write"),
    row("ZCARD",            "1.2.0",  2, "1",     "readonly"),
    row("ZCOUNT",           "2.0.0",  4, "1",     "readonly"),
    row("ZDIFF",            "6.2.0", -3, "1#",    "readonly"),
    row("ZDIFFSTORE",       "6.2.0", -4, "1 2#",  "write"),
    row("ZINCRBY",          "1.2.0",  4, "1",     "write"),
    row("ZINTER",           "6.2.0", -3, "1#",    "readonly"),
    row("ZINTERCARD",       "7.0.0", -3, "1#",    "readonly"),
    row("ZINTERSTORE",      "2.0.0", -4, "1 2#",  "write"),
    row("ZLEXCOUNT",        "2.8.9",  4, "1",     "readonly"),
    row("ZMPOP",            "7.0.0", -4, "1#",    "write"),
    row("ZMSCORE",          "6.2.0", -3, "1",     "readonly"),
    row("ZPOPMAX",          "5.0.0", -2, "1",     "write"),
    row("ZPOPMIN",          "5.0.0", -2, "1",     "write"),
    row("ZRANDMEMBER",      "6.2.0", -2, "1",     "readonly"),
    row("ZRANGE",           "1.2.0", -4, "1",     "readonly"),
    row("ZRANGEBYLEX",      "2.8.9", -4, "1",     "readonly"),
    row("ZRANGEBYSCORE",    "1.0.5", -4, "1",     "readonly"),
    row("ZRANGESTORE",      "6.2.0", -5, "1..2",  "write"),
    row("ZRANK",            "2.0.0", -3, "1",     "readonly"),
    row("ZREM",             "1.2.0", -3, "1",     "write"),
    row("ZREMRANGEBYLEX",   "2.8.9",  4, "1",     "write"),
    row("ZREMRANGEBYRANK",  "2.0.0",  4, "1",     "write"),
    row("ZREMRANGEBYSCORE", "1.2.0",  4, "1",     "write"),
    row("ZREVRANGE",        "1.2.0", -4, "1",     "readonly"),
    row("ZREVRANGEBYLEX",   "2.8.9", -4, "1",     "readonly"),
    row("ZREVRANGEBYSCORE", "2.2.0", -4, "1",     "readonly"),
    row("ZREVRANK",         "2.0.0", -3, "1",     "readonly"),
    row("ZSCAN",            "2.8.0", -3, "1",     "readonly"),
    row("ZSCORE",           "1.2.0",  3, "1",     "readonly"),
    row("ZUNION",           "6.2.0", -3, "1#",    "readonly"),
    row("ZUNIONSTORE",      "2.0.0", -4, "1 2#",  "write"),
)
