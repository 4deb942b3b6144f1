"""The connection itself: one row a command; ``row.py`` explains the columns."""

from functools import partial

from redislab.commands.row import Command

row = partial(Command, "connection")

# fmt: off
ROWS = (
    row("AUTH",                 "1.0.0",  -2, "", "stateful"),
    row("CLIENT",               "2.4.0",  -2, ""),
    row("CLIENT CACHING",       "6.0.0",   3, "", "stateful"),
    row("CLIENT CAPA",          "8.0.0",  -3, "", "stateful"),
    row("CLIENT GETNAME",       "2.6.9",   2, ""),
    row("CLIENT GETREDIR",      "6.0.0",   2, ""),
    row("CLIENT HELP",          "5.0.0",   2, ""),
    row("CLIENT ID",            "5.0.0",   2, ""),
    row("CLIENT IMPORT-SOURCE", "8.1.0",   3, "", "stateful"),
    row("CLIENT INFO",          "6.2.0",   2, ""),
    row("CLIENT KILL",          "2.4.0",  -3, "", "admin destructive"),
    row("CLIENT LIST",          "2.4.0",  -2, "", "admin"),
    row("CLIENT NO-EVICT",      "7.0.0",   3, "", "admin stateful"),
    row("CLIENT NO-TOUCH",      "7.2.0",   3, "", "stateful"),
    row("CLIENT PAUSE",         "2.9.50", -3, "", "admin destructive"),
    row("CLIENT REPLY",         "3.2.0",   3, "", "stateful"),
    row("CLIENT SETINFO",       "7.2.0",   4, "", "stateful"),
    row("CLIENT SETNAME",       "2.6.9",   3, "", "stateful"),
    row("CLIENT TRACKING",      "6.0.0",  -3, "", "stateful"),
    row("CLIENT TRACKINGINFO",  "6.2.0",   2, ""),
    row("CLIENT UNBLOCK",       "5.0.0",  -3, "", "admin"),
    row("CLIENT UNPAUSE",       "6.2.0",   2, "", "admin"),
    row("ECHO",                 "1.0.0",   2, ""),
    row("HELLO",                "6.0.0",  -1, "", "stateful"),
    row("PING",                 "1.0.0",  -1, ""),
    row("QUIT",                 "1.0.0",  -1, "", "stateful"),
    row("RESET",                "6.2.0",   1, "", "stateful"),
    row("SELECT",               "1.0.0",   2, "", "stateful"),
)
