"""Bitmaps: one row a command; ``row.py`` explains the columns."""

from functools import partial

from redislab.commands.row import Command

row = partial(Command, "bitmap")

# fmt: off
ROWS = (
    row("BITCOUNT",    "2.6.0", -2, "1",     "readonly"),
    row("BITFIELD",    "3.2.0", -2, "1",     "write"),
    row("BITFIELD_RO", "6.0.0", -2, "1",     "readonly"),
    row("BITOP",       "2.6.0", -4, "2..-1", "write"),
    row("BITPOS",      "2.8.7", -3, "1",     "readonly"),
    row("GETBIT",      "2.2.0",  3, "1",     "readonly"),
    row("SETBIT",      "2.2.0",  4, "1",     "write"),
)
