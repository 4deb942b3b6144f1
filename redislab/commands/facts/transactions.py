"""Transactions: one row a command; ``row.py`` explains the columns."""

from functools import partial

from redislab.commands.row import Command

row = partial(Command, "transactions")

# fmt: off
ROWS = (
    row("DISCARD", "2.0.0",  1, "",      "stateful"),
    row("EXEC",    "1.2.0",  1, "",      "stateful"),
    row("MULTI",   "1.2.0",  1, "",      "stateful"),
    row("UNWATCH", "2.2.0",  1, "",      "stateful"),
    row("WATCH",   "2.2.0", -2, "1..-1", "stateful"),
)
