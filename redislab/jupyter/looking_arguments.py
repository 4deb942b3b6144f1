"""The options of the magics that choose a server and look at it."""

from __future__ import annotations

from redislab.jupyter.lint import LINTS
from redislab.jupyter.options import Options, number

CONNECT = Options(
    "%redis_connect",
    "Choose the server for the magics of this notebook.",
    "Without a URL: the one in the environment variable REDIS_URL, else a private server\n"
    "that is started for this notebook and ends with it.",
)
CONNECT.add_argument(
    "url", metavar="URL", nargs="?", help="redis://user:password@host:port/database"
)

CLIENT = Options(
    "%redis_client",
    "Give the client that the magics use, to work with it in Python:\n"
    "  alice = %redis_client\n"
    "  bob = %redis_client bob",
)
CLIENT.add_argument("client", metavar="NAME", nargs="?", help="one of several clients")

SERVER = Options(
    "%redis_server",
    "Start, stop or renew this notebook's private server, or say how the server is.",
    "fresh throws all data of the private server away: a new one, empty, takes its place.\n"
    "Of a server that you connected to, nothing is ever started, stopped or emptied.",
)
SERVER.add_argument(
    "action",
    choices=["status", "start", "stop", "fresh"],
    nargs="?",
    default="status",
    help="what to do; status, if nothing is said",
)

KEYS = Options(
    "%redis_keys",
    "Show keys with their type, time to live and size, without making anybody wait (SCAN).",
    "  %redis_keys user:*  --type hash",
)
KEYS.add_argument(
    "pattern", metavar="PATTERN", nargs="?", default="*", help="as for KEYS and SCAN"
)
KEYS.add_argument("--type", metavar="TYPE", default="", help="only keys of this type")
KEYS.add_argument(
    "--limit",
    metavar="N",
    type=number(1, 100_000),
    default=100,
    help="show at most so many keys (100)",
)

HELP = Options(
    "%redis_help",
    "Show a command's syntax, and what it does, in the words of the connected server.",
    "  %redis_help SET\n  %redis_help CLIENT KILL",
)
HELP.add_argument("command", metavar="COMMAND", nargs="+", help="its name")

EXPLAIN = Options(
    "%redis_explain",
    "Say why EXEC ran nothing, as far as the recorded commands can tell.",
    "Without a name: about the last cell of %%redis_transaction or %%redis_pipeline.\n"
    "For Python code, record it and give the recording's name:\n"
    "  with redislab.record(alice, bob) as story: ...\n"
    "  %redis_explain story",
)
TRACE = Options(
    "%redis_trace",
    "Show how the last cell went: its packets with their bytes and times.",
)
for _spec in (EXPLAIN, TRACE):
    _spec.add_argument(
        "recording", metavar="RECORDING", nargs="?", help="the name of a recording"
    )

LOAD = Options(
    "%redis_load",
    "Send the commands in a file, one a line, as in a cell.",
    "They leave as a pipeline without a transaction; {name} stands for nothing in a file.",
)
LOAD.add_argument("file", metavar="FILE", help="its path")
LOAD.add_argument("--as", metavar="NAME", dest="client", help="the client that says it")
LOAD.add_argument(
    "--yes",
    action="store_true",
    help="run what loses data, also on a server that is not private to this notebook",
)

MONITOR = Options(
    "%redis_monitor",
    "Show every command that the server runs, whoever sends it, while later cells run.",
    "It slows the server down, so it ends by itself; %redis_monitor off ends it at once.",
)
MONITOR.add_argument("off", choices=["off"], nargs="?", help="listen no more")
MONITOR.add_argument(
    "--seconds",
    metavar="N",
    type=number(1, 600),
    default=30,
    help="listen for so long (30)",
)
MONITOR.add_argument(
    "--lines",
    metavar="N",
    type=number(1, 1_000),
    default=100,
    help="and for so many commands (100)",
)

LINT = Options(
    "%redis_lint",
    "Show which notes are given about cells, or switch some on or off.",
    "\n".join(f"  {name:<13} {what}" for name, what in LINTS.items()),
)
LINT.add_argument("switch", choices=["on", "off"], nargs="?", help="what to do")
LINT.add_argument("lints", metavar="NAME", nargs="*", help="which; all, if none is named")
