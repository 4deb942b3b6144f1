"""Scripts and functions: one row a command; ``row.py`` explains the columns."""

from functools import partial

from redislab.commands.row import Command

row = partial(Command, "scripting")

# fmt: off
ROWS = (
    row("EVAL",             "2.6.0", -3, "2#"),
    row("EVALSHA",          "2.6.0", -3, "2#"),
    row("EVALSHA_RO",       "7.0.0", -3, "2#", "readonly"),
    row("EVAL_RO",          "7.0.0", -3, "2#", "readonly"),
    row("FCALL",            "7.0.0", -3, "2#"),
    row("FCALL_RO",         "7.0.0", -3, "2#", "readonly"),
    row("FUNCTION",         "7.0.0", -2, ""),
    row("FUNCTION DELETE",  "7.0.0",  3, "",   "write destructive"),
    row("FUNCTION DUMP",    "7.0.0",  2, ""),
    row("FUNCTION FLUSH",   "7.0.0", -2, "",   "write destructive"),
    row("FUNCTION HELP",    "7.0.0",  2, ""),
    row("FUNCTION KILL",    "7.0.0",  2, ""),
    row("FUNCTION LIST",    "7.0.0", -2, ""),
    row("FUNCTION LOAD",    "7.0.0", -3, "",   "write"),
    row("FUNCTION RESTORE", "7.0.0", -3, "",   "write destructive"),
    row("FUNCTION STATS",   "7.0.0",  2, ""),
    row("SCRIPT",           "2.6.0", -2, ""),
    row("SCRIPT DEBUG",     "3.2.0", -3, "",   "stateful"),
    row("SCRIPT EXISTS",    "2.6.0", -3, ""),
    row("SCRIPT FLUSH",     "2.6.0", -2, "",   "destructive"),
    row("SCRIPT HELP",      "5.0.0",  2, ""),
    row("SCRIPT KILL",      "2.6.0",  2, ""),
    row("SCRIPT LOAD",      "2.6.0",  3, ""),
    row("SCRIPT SHOW",      "8.0.0",  3, ""),
)
