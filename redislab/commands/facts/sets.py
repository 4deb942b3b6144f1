"""Sets: one row a command; ``row.py`` explains the columns."""

from functools import partial

from redislab.commands.row import Command

row = partial(Command, "set")

# fmt: off
ROWS = (
    row("SADD",        "1.0.0", -3, "1",     "write"),
    row("SCARD",       "1.0.0",  2, "1",     "readonly"),
    row("SDIFF",       "1.0.0", -2, "1..-1", "readonly"),
    row("SDIFFSTORE",  "1.0.0", -3, "1..-1", "write"),
    row("SINTER",      "1.0.0", -2, "1..-1", "readonly"),
    row("SINTERCARD",  "7.0.0", -3, "1#",    "readonly"),
    row("SINTERSTORE", "1.0.0", -3, "1..-1", "write"),
    row("SISMEMBER",   "1.0.0",  3, "1",     "readonly"),
    row("SMEMBERS",    "1.0.0",  2, "1",     "readonly"),
    row("SMISMEMBER",  "6.2.0", -3, "1",     "readonly"),
    row("SMOVE",       "1.0.0",  4, "1..2",  "write"),
    row("SPOP",        "1.0.0", -2, "1",     "write"),
    row("SRANDMEMBER", "1.0.0", -2, "1",     "readonly"),
    row("SREM",        "1.0.0", -3, "1",     "write"),
    row("SSCAN",       "2.8.0", -3, "1",     "readonly"),
    row("SUNION",      "1.0.0", -2, "1..-1", "readonly"),
    row("SUNIONSTORE", "1.0.0", -3, "1..-1", "write"),
)
