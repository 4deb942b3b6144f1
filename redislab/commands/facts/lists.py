"""Lists: one row a command; ``row.py`` explains the columns."""

from functools import partial

from redislab.commands.row import Command

row = partial(Command, "list")

# fmt: off
ROWS = (
    row("BLMOVE",     "6.2.0",  6, "1..2",  "write", "-1 s"),
    row("BLMPOP",     "7.0.0", -5, "2#",    "write", "1 s"),
    row("BLPOP",      "2.0.0", -3, "1..-2", "write", "-1 s"),
    row("BRPOP",      "2.0.0", -3, "1..-2", "write", "-1 s"),
    row("BRPOPLPUSH", "2.2.0",  4, "1..2",  "write", "-1 s"),
    row("LINDEX",     "1.0.0",  3, "1",     "readonly"),
    row("LINSERT",    "2.2.0",  5, "1",     "write"),
    row("LLEN",       "1.0.0",  2, "1",     "readonly"),
    row("LMOVE",      "6.2.0",  5, "1..2",  "write"),
    row("LMPOP",      "7.0.0", -4, "1#",    "write"),
    row("LPOP",       "1.0.0", -2, "1",     "write"),
    row("LPOS",       "6.0.6", -3, "1",     "readonly"),
    row("LPUSH",      "1.0.0", -3, "1",     "write"),
    row("LPUSHX",     "2.2.0", -3, "1",     "write"),
    row("LRANGE",     "1.0.0",  4, "1",     "readonly"),
    row("LREM",       "1.0.0",  4, "1",     "write"),
    row("LSET",       "1.0.0",  4, "1",     "write"),
    row("LTRIM",      "1.0.0",  4, "1",     "write"),
    row("RPOP",       "1.0.0", -2, "1",     "write"),
    row("RPOPLPUSH",  "1.2.0",  3, "1..2",  "write"),
    row("RPUSH",      "1.0.0", -3, "1",     "write"),
    row("RPUSHX",     "2.2.0", -3, "1",     "write"),
)
