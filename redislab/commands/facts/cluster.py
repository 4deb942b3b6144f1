"""Cluster: one row a command; ``row.py`` explains the columns."""

from functools import partial

from redislab.commands.row import Command

row = partial(Command, "cluster")

# fmt: off
ROWS = (
    row("ASKING",                        "3.0.0",  1, "",  "stateful"),
    row("CLUSTER",                       "3.0.0", -2, ""),
    row("CLUSTER ADDSLOTS",              "3.0.0", -3, "",  "admin destructive"),
    row("CLUSTER ADDSLOTSRANGE",         "7.0.0", -4, "",  "admin destructive"),
    row("CLUSTER BUMPEPOCH",             "3.0.0",  2, "",  "admin destructive"),
    row("CLUSTER CANCELSLOTMIGRATIONS",  "9.0.0",  2, "",  "admin destructive"),
    row("CLUSTER COUNT-FAILURE-REPORTS", "3.0.0",  3, "",  "admin"),
    row("CLUSTER COUNTKEYSINSLOT",       "3.0.0",  3, ""),
    row("CLUSTER DELSLOTS",              "3.0.0", -3, "",  "admin destructive"),
    row("CLUSTER DELSLOTSRANGE",         "7.0.0", -4, "",  "admin destructive"),
    row("CLUSTER FAILOVER",              "3.0.0", -2, "",  "admin destructive"),
    row("CLUSTER FLUSHSLOT",             "9.0.0", -3, "",  "write admin destructive"),
    row("CLUSTER FLUSHSLOTS",            "3.0.0",  2, "",  "admin destructive"),
    row("CLUSTER FORGET",                "3.0.0",  3, "",  "admin destructive"),
    row("CLUSTER GETKEYSINSLOT",         "3.0.0",  4, ""),
    row("CLUSTER GETSLOTMIGRATIONS",     "9.0.0",  2, "",  "admin"),
    row("CLUSTER HELP",                  "5.0.0",  2, ""),
    row("CLUSTER INFO",                  "3.0.0",  2, ""),
    row("CLUSTER KEYSLOT",               "3.0.0",  3, ""),
    row("CLUSTER LINKS",                 "7.0.0",  2, ""),
    row("CLUSTER MEET",                  "3.0.0", -4, "",  "admin destructive"),
    row("CLUSTER MIGRATESLOTS",          "9.0.0", -4, "",  "admin destructive"),
    row("CLUSTER MYID",                  "3.0.0",  2, ""),
    row("CLUSTER MYSHARDID",             "7.2.0",  2, ""),
    row("CLUSTER NODES",                 "3.0.0",  2, ""),
    row("CLUSTER REPLICAS",              "5.0.0",  3, "",  "admin"),
    row("CLUSTER REPLICATE",             "3.0.0", -3, "",  "admin destructive"),
    row("CLUSTER RESET",                 "3.0.0", -2, "",  "admin destructive"),
    row("CLUSTER SAVECONFIG",            "3.0.0",  2, "",  "admin"),
    row("CLUSTER SET-CONFIG-EPOCH",      "3.0.0",  3, "",  "admin destructive"),
    row("CLUSTER SETSLOT",               "3.0.0", -4, "",  "admin destructive"),
    row("CLUSTER SHARDS",                "7.0.0",  2, ""),
    row("CLUSTER SLAVES",                "3.0.0",  3, "",  "admin"),
    row("CLUSTER SLOT-STATS",            "8.0.0", -4, ""),
    row("CLUSTER SLOTS",                 "3.0.0",  2, ""),
    row("CLUSTER SYNCSLOTS",             "9.0.0", -3, "",  "admin stateful"),
    row("CLUSTERSCAN",                   "9.1.0", -2, "1", "readonly"),
    row("READONLY",                      "3.0.0",  1, "",  "stateful"),
    row("READWRITE",                     "3.0.0",  1, "",  "stateful"),
)
