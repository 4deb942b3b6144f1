"""Keys of any type: one row a command; ``row.py`` explains the columns."""

from functools import partial

from redislab.commands.row import Command

row = partial(Command, "generic")

# fmt: off
ROWS = (
    row("COPY",            "6.2.0", -3, "1..2",         "write"),
    row("DEL",             "1.0.0", -2, "1..-1",        "write"),
    row("DUMP",            "2.6.0",  2, "1",            "readonly"),
    row("EXISTS",          "1.0.0", -2, "1..-1",        "readonly"),
    row("EXPIRE",          "1.0.0", -3, "1",            "write"),
    row("EXPIREAT",        "1.2.0", -3, "1",            "write"),
    row("EXPIRETIME",      "7.0.0",  2, "1",            "readonly"),
    row("KEYS",            "1.0.0",  2, "",             "readonly dangerous"),
    row("MIGRATE",         "2.6.0", -6, "KEYS@6.. | 3", "write dangerous destructive"),
    row("MOVE",            "1.0.0",  3, "1",            "write"),
    row("OBJECT",          "2.2.3", -2, ""),
    row("OBJECT ENCODING", "2.2.3",  3, "2",            "readonly"),
    row("OBJECT FREQ",     "4.0.0",  3, "2",            "readonly"),
    row("OBJECT HELP",     "6.2.0",  2, ""),
    row("OBJECT IDLETIME", "2.2.3",  3, "2",            "readonly"),
    row("OBJECT REFCOUNT", "2.2.3",  3, "2",            "readonly"),
    row("PERSIST",         "2.2.0",  2, "1",            "write"),
    row("PEXPIRE",         "2.6.0", -3, "1",            "write"),
    row("PEXPIREAT",       "2.6.0", -3, "1",            "write"),
    row("PEXPIRETIME",     "7.0.0",  2, "1",            "readonly"),
    row("PTTL",            "2.6.0",  2, "1",            "readonly"),
    row("RANDOMKEY",       "1.0.0",  1, "",             "readonly"),
    row("RENAME",          "1.0.0",  3, "1..2",         "write"),
    row("RENAMENX",        "1.0.0",  3, "1..2",         "write"),
    row("RESTORE",         "2.6.0", -4, "1",            "write dangerous"),
    row("SCAN",            "2.8.0", -2, "",             "readonly"),
    row("SORT",            "1.0.0", -2, "1 STORE@2",    "write dangerous"),
    row("SORT_RO",         "7.0.0", -2, "1",            "readonly dangerous"),
    row("TOUCH",           "3.2.1", -2, "1..-1",        "readonly"),
    row("TTL",             "1.0.0",  2, "1",            "readonly"),
    row("TYPE",            "1.0.0",  2, "1",            "readonly"),
    row("UNLINK",          "4.0.0", -2, "1..-1",        "write"),
    row("WAIT",            "3.0.0",  3, "",             "here", "-1 ms"),
    row("WAITAOF",         "7.2.0",  4, "",             "here", "-1 ms"),
)
