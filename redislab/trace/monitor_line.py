r"""One line of MONITOR, back to what it tells.

    1795359924.694724 [0 127.0.0.1:38080] "SET" "k" "caf\xc3\xa9\n"

The time is the server's, the number its database, then who: host and port, ``unix:path``,
or ``lua`` for a command that a script called. The words are quoted so that every byte can
be had back exactly. A line may be long, so its words are read only when somebody asks.
"""

from __future__ import annotations

import re
from functools import cached_property

_HEAD = re.compile(
    rb"(\d+)\.(\d{6}) "
    rb"\[(\d+) (lua|unix:.*?|\[[^\]]+\]:\d+|[^\] ]+)\] "
    rb'"([^"]*)"'
)
_WORD = re.compile(rb'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"a": b"\a", b"b": b"\b"}

SCRIPT = "lua"
"""Who a command comes from when a script called it."""


class Line:
    """A command that the server ran."""

    def __init__(
        self, server_us: int, database: int, address: str, name: str, words: bytes
    ) -> None:
        self.server_us = server_us
        """Microseconds since 1970 on the server's clock."""
        self.database = database
        self.address = address
        self.name = name
        """The first word, in capitals."""
        self.command: int | None = None
        """The number of the command, once it is known that a recorded client sent it."""
        self._words = words

    @cached_property
    def arguments(self) -> tuple[bytes, ...]:
        """The command, byte for byte as it was sent."""
        return tuple(map(_unquoted, _WORD.findall(self._words)))

    def __repr__(self) -> str:
        return f"<Line {self.name} from {self.address} in {self.database}>"


def parse(text: bytes) -> Line | None:
    """The line, or None for anything else (the reply to PING is one line, too)."""
    head = _HEAD.match(text)
    if head is None:
        return None
    seconds, micros, database, address, name = head.groups()
    return Line(
        int(seconds) * 1_000_000 + int(micros),
        int(database),
        address.decode("utf-8", "replace"),
        name.decode("latin-1").upper(),
        text[head.start(5) - 1 :],
    )


def _unquoted(word: bytes) -> bytes:
    return _ESCAPE.sub(_byte, word) if b"\\" in word else word


def _byte(escape: re.Match[bytes]) -> bytes:
    code, letter = escape.groups()
    return bytes([int(code, 16)]) if code else _LETTERS.get(letter, letter)
