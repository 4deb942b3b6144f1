"""Geo: one row a command; ``row.py`` explains the columns."""

from functools import partial

from redislab.commands.row import Command

row = partial(Command, "geo")

# fmt: off
ROWS = (
    row("GEOADD",               "3.2.0",  -5, "1",                     "write"),
    row("GEODIST",              "3.2.0",  -4, "1",                     "readonly"),
    row("GEOHASH",              "3.2.0",  -2, "1",                     "readonly"),
    row("GEOPOS",               "3.2.0",  -2, "1",                     "readonly"),
    row("GEORADIUS",            "3.2.0",  -6, "1 STORE@6 STOREDIST@6", "write"),
    row("GEORADIUSBYMEMBER",    "3.2.0",  -5, "1 STORE@5 STOREDIST@5", "write"),
    row("GEORADIUSBYMEMBER_RO", "3.2.10", -5, "1",                     "readonly"),
    row("GEORADIUS_RO",         "3.2.10", -6, "1",                     "readonly"),
    row("GEOSEARCH",            "6.2.0",  -7, "1",                     "readonly"),
    row("GEOSEARCHSTORE",       "6.2.0",  -8, "1..2",                  "write"),
)
