"""The options of our magics: one specification each, for reading them and for their help.

``%redis?`` shows the help text that is made here, and a wrong option shows the usage and
the nearest right one (``options.py``).
"""

from __future__ import annotations

import argparse

from redislab.jupyter.options import Options, number

CELL = (
    "Lines are quoted as in redis-cli; a line that begins with # is a comment.\n"
    "  {name}             the Python value of this name, as one argument\n"
    "  seen: GET stock    calls the reply seen: result['seen']\n"
    "  result << ...      first in the magic's line: keep the result under this name"
)
REPEATS = 1_000_000
DELAY_MS = 60_000


def _add_speaker(options: Options) -> None:
    options.add_argument(
        "--as",
        metavar="NAME",
        dest="client",
        help="the client that says it; each name is a client of its own",
    )
    options.add_argument(
        "--yes",
        action="store_true",
        help="run what loses data, also on a server that is not private to this notebook",
    )


def _add_form(options: Options) -> None:
    options.add_argument(
        "--raw", action="store_true", help="show replies as redis-cli --raw does"
    )
    options.add_argument(
        "--decode", action="store_true", help="give and show text as str, read as UTF-8"
    )


def _add_running(options: Options) -> None:
    options.add_argument("--time", action="store_true", help="say how long it took")
    options.add_argument(
        "--repeat",
        metavar="N",
        type=number(1, REPEATS),
        default=1,
        help="run it so many times; the last result is shown",
    )
    options.add_argument(
        "--delay",
        metavar="MS",
        type=number(0, DELAY_MS),
        default=0,
        help="wait before each packet, as if the server were so many milliseconds away",
    )
    options.add_argument(
        "--dry-run",
        action="store_true",
        help="show the bytes that would be sent, explained; nothing is sent",
    )


def _add_wire(options: Options) -> None:
    options.add_argument(
        "--wire",
        action="store_true",
        help="show the bytes there and back, explained; on a connection of its own",
    )


def _add_transaction(options: Options) -> None:
    options.add_argument(
        "--watch",
        metavar="KEY",
        action="append",
        default=[],
        help="WATCH this key first; may be given several times",
    )
    options.add_argument(
        "--retry",
        metavar="N",
        type=number(0, REPEATS),
        default=0,
        help="start again, up to so many times, when a watched key was changed",
    )


REDIS = Options(
    "%redis",
    "Send one command to the server and show the reply as redis-cli does.",
    "The line is quoted as in redis-cli. Options come before the command:\n"
    '  %redis SET greeting "hello world"\n'
    "  %redis --as bob INCR counter\n"
    "  %redis SET price {price}         (the Python value of this name, as one argument)\n"
    "  reply = %redis GET greeting      (reply.value is what came back)",
    usage="%(prog)s [NAME <<] [options] COMMAND [ARGUMENT ...]",
)
COMMANDS = Options(
    "%%redis",
    "Send the commands of the cell, one a line, each when the one before is answered.\n"
    "The first that fails ends it.",
    CELL,
    usage="%(prog)s [NAME <<] [options]",
)
for _spec in (REDIS, COMMANDS):
    _add_speaker(_spec)
    _add_form(_spec)
    _add_running(_spec)
    _add_wire(_spec)
REDIS.add_argument(
    "command", nargs=argparse.REMAINDER, help="the command, with its arguments"
)

PIPELINE = Options(
    "%%redis_pipeline",
    "Buffer the commands of the cell, one a line, and send them as one packet:\n"
    "MULTI first and EXEC last, so that the server runs all of them without a break.",
    CELL,
    usage="%(prog)s [NAME <<] [options]",
)
_add_speaker(PIPELINE)
_add_transaction(PIPELINE)
PIPELINE.add_argument(
    "--no-transaction",
    dest="transaction",
    action="store_false",
    help="one packet without MULTI and EXEC",
)
PIPELINE.add_argument(
    "--live",
    action="store_true",
    help="show the buffer while it fills, a little slower than it really does",
)
_add_form(PIPELINE)
_add_running(PIPELINE)
_add_wire(PIPELINE)

TRANSACTION = Options(
    "%%redis_transaction",
    "Run a cell that is written as one would type it into redis-cli:\n"
    "  WATCH stock\n"
    "  seen: GET stock        sent at once, on a connection of its own\n"
    "  MULTI\n"
    "  SET copy {seen}        kept, and sent in one packet with EXEC\n"
    "  EXEC\n"
    "A reply with a label may be used further on. The last line, EXEC, may be left out.",
    CELL,
    usage="%(prog)s [NAME <<] [options]",
)
_add_speaker(TRANSACTION)
_add_transaction(TRANSACTION)
_add_form(TRANSACTION)
TRANSACTION.add_argument(
    "--delay",
    metavar="MS",
    type=number(0, DELAY_MS),
    default=0,
    help="wait before each packet, as if the server were so many milliseconds away",
)
