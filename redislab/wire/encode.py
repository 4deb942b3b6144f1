"""Commands to bytes.

Rules of this file:
- A command is a tuple of arguments, its name first: ``("SET", "k", 1)``. On the wire it
  is an array of bulk strings, each with its length before it, so no byte inside an
  argument can end it or start another command.
- An argument is str (sent as UTF-8), bytes, bytearray, memoryview, int or float. Anything
  else, bool and None among them, is a DataError: guessing how to write them has stored
  the word "None" in too many databases.
- Everything is encoded before anything is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from hiredis import pack_command

from redislab.exceptions import DataError

Argument: TypeAlias = str | bytes | bytearray | memoryview | int | float
Arguments: TypeAlias = tuple[Argument, ...]

CHUNK = 256
"""Commands joined into one bytes object: large enough to make a write worth its system
call, small enough that a million commands never stand in memory twice."""

_REPAIRS = {bool: "int(value)", type(None): "an empty string, or leave the key out"}


def encode(arguments: Arguments) -> bytes:
    """The bytes of one command; DataError when an argument cannot be sent.

    >>> encode(("GET", "greeting"))
    b'*2\\r\\n$3\\r\\nGET\\r\\n$8\\r\\ngreeting\\r\\n'
    """
    try:
        return pack_command(arguments)  # type: ignore[arg-type, no-any-return]  # its stub knows fewer types than it takes
    except (TypeError, ValueError):
        return _encode_carefully(arguments)


def encode_all(commands: Sequence[Arguments]) -> list[bytes]:
    """The bytes of many commands, in chunks of CHUNK commands."""
    if len(commands) <= CHUNK:
        return [b"".join(map(encode, commands))]
    return [
        b"".join(map(encode, commands[start : start + CHUNK]))
        for start in range(0, len(commands), CHUNK)
    ]


def _encode_carefully(arguments: Arguments) -> bytes:
    """What hiredis refused: say which argument and why, or convert it."""
    if not arguments:
        raise DataError("an empty command: give at least its name")
    plain = tuple(_plain(value, position) for position, value in enumerate(arguments))
    return pack_command(plain)  # type: ignore[arg-type, no-any-return]  # as above


def _plain(value: object, position: int) -> bytes:
    if isinstance(value, bool) or not isinstance(value, Argument):
        kind = type(value).__name__
        repair = _REPAIRS.get(type(value), "str(), bytes() or json.dumps() first")
        raise DataError(
            f"argument {position} is of type {kind}, which Redis cannot hold",
            hint=f"Convert it yourself, for example with {repair}.",
        )
    if isinstance(value, str):
        return _utf8(value, position)
    if isinstance(value, (int, float)):
        return _number(value, position)
    return bytes(value)


def _utf8(value: str, position: int) -> bytes:
    try:
        return value.encode()
    except UnicodeEncodeError as error:
        raise DataError(
            f"argument {position} holds a lone surrogate at character {error.start}",
            hint="Text is sent as UTF-8, which has no lone surrogates: send bytes instead.",
        ) from None


def _number(value: float, position: int) -> bytes:
    try:
        return (repr(value) if isinstance(value, float) else str(value)).encode()
    except ValueError as error:  # an int of more digits than Python prints
        raise DataError(f"argument {position}: {error}") from None
