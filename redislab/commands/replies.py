"""Reply shapes: from what the server sent to what Python people expect.

Each shape is a pure function of one raw reply. Rules of this file:
- One shape for both protocols. RESP2 has only numbers, text and flat lists; RESP3 adds
  floats, maps and nested pairs. A shape takes either form and gives the same.
- Text is bytes, or str where ``text`` ran before (``decode_responses``). A shape works
  on both; names that the server itself makes up (INFO, CONFIG GET) become str always.
- A shape that meets something else raises ValueError or TypeError, and the caller gets
  the raw reply: an older or newer server is not a crash.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias

Cast: TypeAlias = Callable[[float], Any]
"""What ``score_cast_func`` is: from a score to what its caller likes better."""


def text(reply: Any) -> Any:
    """Decode all text in a raw reply, however deep: UTF-8, strict.

    Numbers, None and error replies stay as they are. UnicodeDecodeError when a value is
    not UTF-8: such data is read with ``decode_responses=False``.

    >>> text([b"caf\\xc3\\xa9", 1, {b"k": None}])
    ['café', 1, {'k': None}]
    """
    if isinstance(reply, bytes):
        return reply.decode()
    if isinstance(reply, list):
        return [text(item) for item in reply]
    if isinstance(reply, dict):
        return {text(key): text(value) for key, value in reply.items()}
    return reply


def string(reply: Any) -> Any:
    """Text of the server's own making as str; None stays None."""
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply


# --- yes and no ----------------------------------------------------------------------


def ok(reply: Any) -> bool | None:
    """OK is True; a null is None (``SET ... NX`` that did nothing)."""
    if reply is None:
        return None
    if reply in (b"OK", "OK"):
        return True
    raise ValueError("neither OK nor null")


def flag(reply: Any) -> bool:
    """1 is True, 0 is False."""
    return bool(int(reply))


def pong(reply: Any) -> bool:
    """Whether PING was answered with PONG."""
    return reply in (b"PONG", "PONG")


def flags(reply: Any) -> list[bool]:
    """A list of 1 and 0, as SCRIPT EXISTS gives it."""
    return [flag(item) for item in reply]


# --- numbers -------------------------------------------------------------------------


def number(reply: Any) -> float | None:
    """A float. RESP2 sends its digits as text; a null stays None."""
    return None if reply is None else float(reply)


def time(reply: Any) -> tuple[int, int]:
    """TIME: Unix time in whole seconds, and the microseconds of the second begun."""
    whole, micro = reply
    return int(whole), int(micro)


def moment(reply: Any) -> datetime:
    """Unix time in seconds as a datetime in local time, without a zone."""
    return datetime.fromtimestamp(int(reply))  # noqa: DTZ006  the shape redis-py gives


# --- collections ---------------------------------------------------------------------


def pairs(reply: Any) -> dict[Any, Any]:
    """A dict. RESP2 sends keys and values in turn."""
    if isinstance(reply, dict):
        return reply
    flat = iter(reply)
    return dict(zip(flat, flat, strict=True))


def members(reply: Any) -> set[Any]:
    """A set: its members come in no order, each once."""
    return set(reply)


def popped(reply: Any) -> tuple[Any, Any] | None:
    """BLPOP, BRPOP: (key, value); None when the time ran out."""
    if reply is None:
        return None
    key, value = reply
    return key, value


def scanned(reply: Any) -> tuple[int, Any]:
    """SCAN: the cursor of the next call, 0 at the end, and what this call found."""
    position, found = reply
    return int(position), found


# --- sorted sets ---------------------------------------------------------------------


def scored(reply: Any, cast: Cast = float) -> list[tuple[Any, Any]]:
    """(member, score) pairs. RESP2 sends members and scores in turn; so does RESP3 for
    ZPOPMIN without a count, and else a list of pairs.

    >>> scored([b"a", b"1.5"]) == scored([[b"a", 1.5]]) == [(b"a", 1.5)]
    True
    """
    if reply and isinstance(reply[0], list):
        return [(member, cast(float(score))) for member, score in reply]
    flat = iter(reply)
    return [(member, cast(float(score))) for member, score in zip(flat, flat, strict=True)]


def ranked(reply: Any, cast: Cast = float) -> list[Any] | None:
    """ZRANK WITHSCORE: [rank, score]; None for no such member."""
    if reply is None:
        return None
    rank, score = reply
    return [rank, cast(float(score))]
