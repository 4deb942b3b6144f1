"""Lengths that nobody should believe.

hiredis makes room for a push message as soon as it has read how many items it will have:
the twelve bytes ``>100000000`` cost 762 MB. (For the other kinds of reply it asks the
system for memory that is never touched until the items come.) A real push has a handful.

Whether a ``>`` begins a push or is a letter in somebody's text, only the parser knows. So
the suspicious ones are found here, quickly, and the session asks the parser about each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redislab.exceptions import InvalidResponse

PUSH = b">"

PUSH_ITEMS = 9_999
"""More than a push message may have."""

HEADER = 6
"""Bytes of its head that tell whether a push has more."""

_SUSPICIOUS = re.compile(rb">(?=\d{5}|\d{0,4}\Z)")
_LONG = re.compile(rb">\d{5}")
_BEGUN = re.compile(rb">\d{0,4}")


def suspicious(data: bytes | bytearray, size: int) -> Iterator[int]:
    """Where a push of too many items may begin, or one whose number is yet to come."""
    return (match.start() for match in _SUSPICIOUS.finditer(data, 0, size))


def refuse_long_push(header: bytes) -> None:
    """InvalidResponse if the head of a push, or its beginning, tells of too many items."""
    if _LONG.match(header):
        raise InvalidResponse(f"a push message of more than {PUSH_ITEMS:,} items")


def begun(header: bytes) -> bool:
    """Whether the number of items is not yet complete.

    >>> begun(b">12"), begun(b">12\\r\\n")
    (True, False)
    """
    return _BEGUN.fullmatch(header) is not None
