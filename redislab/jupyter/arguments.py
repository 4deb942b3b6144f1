"""The options of our magics: one specification each, for reading them and for their help.

``%redis?`` shows the help text that is made here, and a wrong option shows the usage and
the nearest right one. Words arrive as redis-cli's splitter left them (``cell.split``), so
a command behind the options keeps its quoting and its bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from difflib import get_close_matches
from typing import NoReturn

from IPython.core.error import UsageError

from redislab.jupyter.cell import Words, split


class Options(argparse.ArgumentParser):
    """argparse, except that a mistake raises IPython's UsageError and nothing exits."""

    def __init__(
        self, magic: str, description: str, epilog: str = "", usage: str | None = None
    ) -> None:
        super().__init__(
            prog=magic,
            usage=usage,
            description=description,
            epilog=epilog,
            add_help=False,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def read(self, line: str) -> argparse.Namespace:
        """The options in a magic's line. Raises UsageError; DataError for bad quoting."""
        options, unknown = self.parse_known_args([_text(word) for word in split(line)])
        if unknown:
            self.error(f"unknown option: {unknown[0]}{self._did_you_mean(unknown[0])}")
        return options

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}\n{self.format_usage().strip()}")

    def _did_you_mean(self, word: str) -> str:
        close = get_close_matches(word, self._option_string_actions, n=1)
        return f". Did you mean {close[0]}?" if close else ""


def as_words(texts: Sequence[str]) -> Words:
    """The words of a command that went through argparse, as the bytes they were."""
    return tuple(text.encode("utf-8", "surrogateescape") for text in texts)


def _text(word: bytes) -> str:
    return word.decode("utf-8", "surrogateescape")


def _add_as(options: Options) -> None:
    options.add_argument(
        "--as",
        metavar="NAME",
        dest="client",
        help="the client that says it; each name is a client of its own",
    )


REDIS = Options(
    "%redis",
    "Send one command to the server and show the reply as redis-cli does.",
    "The line is quoted as in redis-cli. Options come before the command:\n"
    '  %redis SET greeting "hello world"\n'
    "  %redis --as bob INCR counter\n"
    "  reply = %redis GET greeting      (reply.value is what came back)",
    usage="%(prog)s [--as NAME] COMMAND [ARGUMENT ...]",
)
_add_as(REDIS)
REDIS.add_argument(
    "command", nargs=argparse.REMAINDER, help="the command, with its arguments"
)

PIPELINE = Options(
    "%%redis_pipeline",
    "Buffer the commands of the cell, one a line, and send them as one packet:\n"
    "MULTI first and EXEC last, so that the server runs all of them without a break.",
    "Lines are quoted as in redis-cli; a line that begins with # is a comment.",
)
_add_as(PIPELINE)
PIPELINE.add_argument(
    "--watch",
    metavar="KEY",
    action="append",
    default=[],
    help="WATCH this key first; may be given several times",
)
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
