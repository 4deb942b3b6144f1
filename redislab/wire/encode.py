"""Commands to bytes.

Rules of this file:
- A command is a tuple of arguments, its name first: ``("SET", "k", 1)``. On the wire it
  is an array of bulk strings, each with its length before it, so no byte inside an
  argument can end it or start another command.
- An argument is str (sent as UTF-8), bytes, bytearray, memoryview, int or float. Anything
  else, bool and None among them, is a DataError: guessing how to write them has stored
  the word "None" in too many databases.
- Nothing is sent before every argument of a batch is known to be sendable: a short batch
  is encoded whole, a long one is checked first and then encoded while it is sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, count
from typing import Any, TypeAlias

from hiredis import pack_command

from redislab.exceptions import DataError

Argument: TypeAlias = str | bytes | bytearray | memoryview | int | float
Arguments: TypeAlias = tuple[Argument, ...]

CHUNK = 512
"""Commands joined into one bytes object: large enough to make a write worth its system
call, small enough that a million commands never stand in memory twice."""

CHUNK_BYTES = 1 << 20
"""So long commands are joined into smaller groups: about this many bytes."""

FEW = 8
"""Up to so many commands are one chunk, however long."""

EAGER = 16_384
"""Up to so many commands a batch is encoded before its first byte is sent,"""

EAGER_BYTES = 4 << 20
"""and up to so many bytes."""

KEPT_LENGTHS = 4096
"""Heads of shorter arguments are kept once made."""

_PACKED_WELL: frozenset[type] = frozenset((str, bytes, float))
"""What hiredis packs rightly. It crashes on an int of more digits than Python prints,
sends other bytes than a memoryview with gaps shows, and writes a number of another class
(``numpy.float64``) as its repr. Such arguments become text or bytes here first."""

_REPAIRS = {bool: "int(value)", type(None): "an empty string, or leave the key out"}


def encode(arguments: Arguments) -> bytes:
    """The bytes of one command; DataError when an argument cannot be sent.

    >>> encode(("GET", "greeting"))
    b'*2\\r\\n$3\\r\\nGET\\r\\n$8\\r\\ngreeting\\r\\n'
    """
    if not _PACKED_WELL.issuperset(map(type, arguments)):
        arguments = tuple(map(_packable, arguments, count()))
    try:
        return pack_command(arguments)  # type: ignore[arg-type, no-any-return]  # its stub knows fewer types than it takes
    except UnicodeEncodeError as error:
        position = arguments.index(error.object)
        raise DataError(
            f"argument {position} holds a lone surrogate at character {error.start}",
            hint="Text is sent as UTF-8, which has no lone surrogates: send bytes instead.",
        ) from None


def encode_all(commands: Sequence[Arguments]) -> bytes | Iterator[bytes]:
    """The bytes of many commands: at once, or as chunks when they are more than one.

    Raises DataError before anything is given out. Of more than EAGER commands, or
    EAGER_BYTES, each chunk is encoded when it is asked for, so they never stand in memory
    as bytes.
    """
    size = CHUNK if len(commands) <= FEW else _chunk_size(commands[len(commands) // 2])
    if len(commands) <= size:
        return _encode_chunk(commands)
    chunks = _chunks(commands, size)
    ready: list[bytes] = []
    if len(commands) <= EAGER:
        room = EAGER_BYTES
        for chunk in chunks:
            ready.append(chunk)
            room -= len(chunk)
            if room < 0:
                break
        else:
            return iter(ready)
    check_all(commands)
    return chain(ready, chunks)


def _chunk_size(command: Arguments) -> int:
    """How many commands like this one make a chunk."""
    return max(1, min(CHUNK, CHUNK_BYTES // len(encode(command))))


def _chunks(commands: Sequence[Arguments], size: int) -> Iterator[bytes]:
    """``size`` commands at a time, and fewer when they turn out to be longer."""
    start = 0
    while start < len(commands):
        chunk = _encode_chunk(commands[start : start + size])
        yield chunk
        start += size
        size = max(1, min(CHUNK, CHUNK_BYTES * size // len(chunk)))


def check_all(commands: Sequence[Arguments]) -> None:
    """DataError if any argument cannot be sent; quick when all are plain."""
    if _PACKED_WELL.issuperset(map(type, chain.from_iterable(commands))):
        words = chain.from_iterable(commands)
        if all(word.isascii() for word in words if isinstance(word, str)):
            return
    for arguments in commands:
        encode(arguments)


def _encode_chunk(commands: Sequence[Arguments]) -> bytes:
    """Alike commands are encoded the quick way, also between MULTI and EXEC."""
    if not commands:
        return b""
    first = int(commands[0] == ("MULTI",))
    last = len(commands) - int(commands[-1] == ("EXEC",))
    inner = commands[first:last]
    return b"".join(
        (
            *map(encode, commands[:first]),
            _encode_alike(inner) or b"".join(map(encode, inner)),
            *map(encode, commands[last:]),
        )
    )


def _encode_alike(commands: Sequence[Arguments]) -> bytes | None:
    """The bytes of commands that share their name and length, all ASCII text or ints.

    That is what most pipelines are made of. What stands on the wire before an argument
    depends on its length alone, so a whole column of arguments gets its column of heads
    by looking lengths up, and one join makes the text: twice as fast as one command after
    the other. None where it does not apply.
    """
    try:
        columns: list[Sequence[Any]] = [*zip(*commands, strict=True)]
        name, width = commands[0][0], len(columns)
        alike = columns[0].count(name) == len(commands)
        if not alike or width == 1 or not isinstance(name, str):
            return None
        pieces: list[Any] = [None] * (2 * (width - 1) * len(commands))
        heads = _heads_after_name(name, width)
        for place, column in enumerate(columns[1:]):
            kinds = set(map(type, column))
            if kinds == {int}:
                column = list(map(str, column))
            elif kinds != {str}:
                return None
            pieces[2 * place :: 2 * (width - 1)] = map(heads.__getitem__, map(len, column))
            pieces[2 * place + 1 :: 2 * (width - 1)] = column
            heads = _HEADS
        text = "".join(pieces)
    except (ValueError, IndexError):  # different lengths, too many digits, no name
        return None
    if not text.isascii():  # len() counted characters, and the wire counts bytes
        return None
    return f"{text[2:]}\r\n".encode()


class _Heads(dict[int, str]):
    """By an argument's length: all that stands between the one before and itself."""

    def __init__(self, before: str) -> None:
        super().__init__()
        self._before = before

    def __missing__(self, length: int) -> str:
        head = f"\r\n{self._before}${length}\r\n"
        if length < KEPT_LENGTHS:
            self[length] = head
        return head


_HEADS = _Heads("")


@lru_cache(maxsize=512)
def _heads_after_name(name: str, width: int) -> _Heads:
    """The first argument's heads: the array header and the command's name before it."""
    return _Heads(f"*{width}\r\n${len(name)}\r\n{name}\r\n")


def _packable(value: Argument, position: int) -> Argument:
    """A value that hiredis packs well, of the same meaning."""
    kind = type(value)
    if kind in _PACKED_WELL:
        return value
    if isinstance(value, int) and kind is not bool:
        try:
            return int.__repr__(value)
        except ValueError as error:  # more digits than Python prints
            raise DataError(f"argument {position}: {error}") from None
    if isinstance(value, float):
        return float.__repr__(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    repair = _REPAIRS.get(kind, "str(), bytes() or json.dumps() first")
    raise DataError(
        f"argument {position} is of type {kind.__name__}, which Redis cannot hold",
        hint=f"Convert it yourself, for example with {repair}.",
    )
