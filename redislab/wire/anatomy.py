r"""Bytes of the protocol, taken apart: what stands where, and what it says.

    >>> for span in anatomy(b"*2\r\n$3\r\nGET\r\n$1\r\nk\r\n"):
    ...     print(span.start, span.stop, "  " * span.depth + span.meaning)
    0 4 an array of 2
    4 13   a string of 3 bytes
    13 20   a string of 1 byte

Rules of this file:
- It explains and never decides: the connection has its own parser (``decode.py``).
- Any bytes are taken. What is no RESP, or not whole, is a last span that says so; the
  spans always follow each other without a gap, from the first byte to the last.
- RESP2 and RESP3 are both known. The meaning never repeats what the bytes say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

DEPTH = 100
"""Arrays in arrays that are followed; deeper ones are called no RESP."""


class Span(NamedTuple):
    """A stretch of bytes: one header with its data, as far as it has any."""

    start: int
    stop: int
    depth: int
    """How many arrays it lies in."""
    meaning: str


_LINES = {
    b"+": "a status",
    b"-": "an error",
    b":": "an integer",
    b",": "a double",
    b"#": "a boolean",
    b"(": "a big number",
}
_SIZED = {b"$": "a string", b"=": "a verbatim string", b"!": "an error"}
_HOLDING = {
    b"*": ("an array", 1),
    b"~": ("a set", 1),
    b">": ("a push", 1),
    b"%": ("a map", 2),
    b"|": ("attributes", 2),
}


def anatomy(data: bytes) -> list[Span]:
    """The spans of all messages in ``data``."""
    return list(_spans(data))


def _spans(data: bytes) -> Iterator[Span]:
    position = 0
    open_: list[int] = []
    """For each array around this place, how many items it still has."""
    while position < len(data):
        depth = len(open_)
        end = data.find(b"\r\n", position)
        header = data[position:end] if end >= 0 else b""
        if not header:
            yield Span(position, len(data), depth, _rest(data, position))
            return
        stop, items, meaning = _read(header, end + 2)
        if not meaning or len(open_) > DEPTH:
            yield Span(position, len(data), depth, "no RESP")
            return
        if stop > len(data):
            missing = stop - len(data)
            yield Span(
                position, len(data), depth, f"{meaning}, of which {missing} are missing"
            )
            return
        yield Span(position, stop, depth, meaning)
        position = stop
        if open_ and header[:1] != b"|":  # attributes stand before the item they are of
            open_[-1] -= 1
        if items:
            open_.append(items)
        while open_ and not open_[-1]:
            open_.pop()


def _read(header: bytes, behind: int) -> tuple[int, int, str]:
    """Where the span ends, how many items follow inside, and what it is ("": no RESP)."""
    mark, text = header[:1], header[1:]
    if mark in _LINES:
        return behind, 0, _LINES[mark]
    if mark == b"_":
        return behind, 0, "null"
    try:
        size = int(text)
    except ValueError:
        return behind, 0, ""
    if size == -1 and mark in b"$*":
        return behind, 0, "nil"
    if size < 0 or len(text) > 18:
        return behind, 0, ""
    if mark in _SIZED:
        return behind + size + 2, 0, f"{_SIZED[mark]} of {size} byte{'s' * (size != 1)}"
    if mark in _HOLDING:
        name, width = _HOLDING[mark]
        return behind, size * width, f"{name} of {size}"
    return behind, 0, ""


def _rest(data: bytes, position: int) -> str:
    known = data[position : position + 1]
    whole = known in _LINES or known in _SIZED or known in _HOLDING or known == b"_"
    return (
        "the beginning of more" if whole and b"\r\n" not in data[position:] else "no RESP"
    )
