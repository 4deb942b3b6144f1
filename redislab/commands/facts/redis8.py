"""What Redis 8 has and Valkey has not, beside its families: one row a command.

``since`` is the release of Redis here. ``row.py`` explains the columns. What both have is
in the file of its group.
"""

from functools import partial

from redislab.commands.row import Command

array = partial(Command, "array")
cluster = partial(Command, "cluster")
hashes = partial(Command, "hash")
lists = partial(Command, "list")
server = partial(Command, "server")
sets = partial(Command, "set")
stream = partial(Command, "stream")
string = partial(Command, "string")

# fmt: off
ROWS = (
    array("ARCOUNT",           "8.8.0",   2, "1",    "readonly"),
    array("ARDEL",             "8.8.0",  -3, "1",    "write"),
    array("ARDELRANGE",        "8.8.0",  -4, "1",    "write"),
    array("ARGET",             "8.8.0",   3, "1",    "readonly"),
    array("ARGETRANGE",        "8.8.0",   4, "1",    "readonly"),
    array("ARGREP",            "8.8.0",  -6, "1",    "readonly"),
    array("ARINFO",            "8.8.0",  -2, "1",    "readonly"),
    array("ARINSERT",          "8.8.0",  -3, "1",    "write"),
    array("ARLASTITEMS",       "8.8.0",  -3, "1",    "readonly"),
    array("ARLEN",             "8.8.0",   2, "1",    "readonly"),
    array("ARMGET",            "8.8.0",  -3, "1",    "readonly"),
    array("ARMSET",            "8.8.0",  -4, "1",    "write"),
    array("ARNEXT",            "8.8.0",   2, "1",    "readonly"),
    array("AROP",              "8.8.0",  -5, "1",    "readonly"),
    array("ARRING",            "8.8.0",  -4, "1",    "write"),
    array("ARSCAN",            "8.8.0",  -4, "1",    "readonly"),
    array("ARSEEK",            "8.8.0",   3, "1",    "write"),
    array("ARSET",             "8.8.0",  -4, "1",    "write"),
    cluster("CLUSTER MIGRATION", "8.4.0", -3, "",    "admin destructive"),
    hashes("HIMPORT",          "8.10.0", -2, ""),
    hashes("HIMPORT DISCARD",  "8.10.0",  3, "",     "stateful"),
    hashes("HIMPORT DISCARDALL", "8.10.0", 2, "",    "stateful"),
    hashes("HIMPORT PREPARE",  "8.10.0", -4, "",     "stateful"),
    hashes("HIMPORT SET",      "8.10.0", -5, "2",    "write here"),
    lists("BLMOVEM",           "8.10.0", -6, "1..2", "write", "5 s"),
    lists("LMOVEM",            "8.10.0", -5, "1..2", "write"),
    server("HOTKEYS",          "8.6.0",  -2, ""),
    server("HOTKEYS GET",      "8.6.0",   2, "",     "admin"),
    server("HOTKEYS RESET",    "8.6.0",   2, "",     "admin"),
    server("HOTKEYS START",    "8.6.0",  -2, "",     "admin"),
    server("HOTKEYS STOP",     "8.6.0",   2, "",     "admin"),
    server("TRIMSLOTS",        "8.4.0",  -5, "",     "write dangerous destructive"),
    sets("SDIFFCARD",          "8.8.0",  -3, "1#",   "readonly"),
    sets("SUNIONCARD",         "8.8.0",  -3, "1#",   "readonly"),
    stream("XACKDEL",          "8.2.0",  -6, "1",    "write"),
    stream("XCFGSET",          "8.6.0",  -2, "1",    "write"),
    stream("XDELEX",           "8.2.0",  -5, "1",    "write"),
    stream("XNACK",            "8.8.0",  -7, "1",    "write"),
    string("DELEX",            "8.4.0",  -2, "1",    "write"),
    string("DIGEST",           "8.4.0",   2, "1",    "readonly"),
    string("INCREX",           "8.8.0",  -2, "1",    "write"),
)
