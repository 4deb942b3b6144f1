"""Publishing and subscribing: one row a command; ``row.py`` explains the columns."""

from functools import partial

from redislab.commands.row import Command

row = partial(Command, "pubsub")

# fmt: off
ROWS = (
    row("PSUBSCRIBE",           "2.0.0", -2, "",      "pubsub stateful"),
    row("PUBLISH",              "2.0.0",  3, "",      "pubsub"),
    row("PUBSUB",               "2.8.0", -2, ""),
    row("PUBSUB CHANNELS",      "2.8.0", -2, "",      "pubsub"),
    row("PUBSUB HELP",          "6.2.0",  2, ""),
    row("PUBSUB NUMPAT",        "2.8.0",  2, "",      "pubsub"),
    row("PUBSUB NUMSUB",        "2.8.0", -2, "",      "pubsub"),
    row("PUBSUB SHARDCHANNELS", "7.0.0", -2, "",      "pubsub"),
    row("PUBSUB SHARDNUMSUB",   "7.0.0", -2, "",      "pubsub"),
    row("PUNSUBSCRIBE",         "2.0.0", -1, "",      "pubsub stateful"),
    row("SPUBLISH",             "7.0.0",  3, "1",     "pubsub"),
    row("SSUBSCRIBE",           "7.0.0", -2, "1..-1", "pubsub stateful"),
    row("SUBSCRIBE",            "2.0.0", -2, "",      "pubsub stateful"),
    row("SUNSUBSCRIBE",         "7.0.0", -1, "1..-1", "pubsub stateful"),
    row("UNSUBSCRIBE",          "2.0.0", -1, "",      "pubsub stateful"),
)
