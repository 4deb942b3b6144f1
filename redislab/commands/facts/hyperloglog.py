"""HyperLogLogs: one row a command; ``row.py`` explains the columns."""

from functools import partial

from redislab.commands.row import Command

row = partial(Command, "hyperloglog")

# fmt: off
ROWS = (
    row("PFADD",      "2.8.9", -2, "1",     "write"),
    row("PFCOUNT",    "2.8.9", -2, "1..-1", "readonly"),
    row("PFDEBUG",    "2.8.9",  3, "2",     "write admin"),
    row("PFMERGE",    "2.8.9", -2, "1..-1", "write"),
    row("PFSELFTEST", "2.8.9",  1, "",      "admin"),
)
