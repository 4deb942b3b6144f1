"""Bitmaps: the bits of a string, one by one or as small numbers.

Bit 0 is the highest bit of the first byte. Every method raises WrongTypeError (when its
reply is awaited) if the key holds something that is not a string.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Generic, Self

from redislab.commands.run import Key, Run, T, Value
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class BitmapCommands(Run[T]):
    """The group ``bitmap``."""

    __slots__ = ()

    def setbit(self, name: Key, offset: int, value: int) -> Reply[int]:
        """``SETBIT name offset 0|1``: the bit that was there before.

        https://valkey.io/commands/setbit/
        """
        return self._run(("SETBIT", name, offset, int(bool(value))))

    def getbit(self, name: Key, offset: int) -> Reply[int]:
        """``GETBIT name offset``: the bit there, 0 beyond the end.

        https://valkey.io/commands/getbit/
        """
        return self._run(("GETBIT", name, offset))

    def bitcount(
        self,
        key: Key,
        start: int | None = None,
        end: int | None = None,
        mode: str | None = None,
    ) -> Reply[int]:
        """``BITCOUNT key``: how many bits are 1.

        From ``start`` to ``end``, both included, both or neither: bytes, or bits with the
        ``mode`` "BIT" (servers since 7.0).
        https://valkey.io/commands/bitcount/
        """
        if (start is None) != (end is None):
            raise DataError("start and end go together: give both or neither")
        part = () if start is None else (start, end)
        return self._run(("BITCOUNT", key, *part, *(() if mode is None else (mode,))))

    def bitpos(
        self,
        key: Key,
        bit: int,
        start: int | None = None,
        end: int | None = None,
        mode: str | None = None,
    ) -> Reply[int]:
        """``BITPOS key 0|1``: where the first such bit is, -1 when there is none.

        Within ``start`` and ``end`` as for ``bitcount``; ``end`` needs ``start``.
        https://valkey.io/commands/bitpos/
        """
        if bit not in (0, 1):
            raise DataError(f"bit must be 0 or 1, not {bit!r}")
        if start is None and end is not None:
            raise DataError("end needs start")
        part = tuple(word for word in (start, end, mode) if word is not None)
        return self._run(("BITPOS", key, bit, *part))

    def bitop(self, operation: str, dest: Key, *keys: Key) -> Reply[int]:
        """``BITOP AND|OR|XOR|NOT dest key ...``: the length of the result in bytes.

        The result is stored as ``dest``; NOT takes one key. Redis 8.2 also has DIFF,
        DIFF1, ANDOR and ONE.
        https://valkey.io/commands/bitop/
        """
        return self._run(("BITOP", operation, dest, *keys))

    def bitfield(
        self, key: Key, default_overflow: str | None = None
    ) -> BitFieldOperation[T]:
        """``BITFIELD key ...``: numbers inside a string; add operations, then execute.

        ``await client.bitfield("k").incrby("u8", 0, 1).get("u4", "#2").execute()``

        ``default_overflow``: see ``BitFieldOperation.overflow``.
        https://valkey.io/commands/bitfield/
        """
        return BitFieldOperation(self, key, default_overflow)

    def bitfield_ro(
        self,
        key: Key,
        encoding: str,
        offset: Value,
        items: Iterable[tuple[str, Value]] | None = None,
    ) -> Reply[list[int]]:
        """``BITFIELD_RO key GET encoding offset ...``: those numbers.

        ``items`` are more (encoding, offset) pairs.
        https://valkey.io/commands/bitfield_ro/
        """
        words: list[Any] = ["GET", encoding, offset]
        for more in items or ():
            words += ("GET", *more)
        return self._run(("BITFIELD_RO", key, *words))


class BitFieldOperation(Generic[T]):
    """A BITFIELD command in the making.

    An encoding is ``"u8"`` or ``"i16"``: unsigned or signed, and how many bits. An offset
    counts bits; ``"#2"`` counts numbers of this encoding.
    """

    def __init__(
        self, owner: Run[T], key: Key, default_overflow: str | None = None
    ) -> None:
        self._owner = owner
        self._key = key
        self._default = default_overflow
        self.reset()

    def reset(self) -> None:
        """Begin again, with no operations."""
        self._words: list[Any] = []
        self._overflow = "WRAP"
        if self._default is not None:
            self.overflow(self._default)

    def overflow(self, overflow: str) -> Self:
        """What becomes of results too large, from here on.

        WRAP goes on from the other end, as by default; SAT stays at the limit; FAIL does
        nothing and gives None.
        """
        if overflow.upper() != self._overflow:
            self._overflow = overflow.upper()
            self._words += ("OVERFLOW", self._overflow)
        return self

    def get(self, fmt: str, offset: Value) -> Self:
        """Add: the number there."""
        self._words += ("GET", fmt, offset)
        return self

    def set(self, fmt: str, offset: Value, value: int) -> Self:
        """Add: store a number; the reply is the old one."""
        self._words += ("SET", fmt, offset, value)
        return self

    def incrby(
        self, fmt: str, offset: Value, increment: int, overflow: str | None = None
    ) -> Self:
        """Add: add to a number; the reply is the new one."""
        if overflow is not None:
            self.overflow(overflow)
        self._words += ("INCRBY", fmt, offset, increment)
        return self

    @property
    def command(self) -> tuple[Any, ...]:
        """What ``execute`` will send."""
        return ("BITFIELD", self._key, *self._words)

    def execute(self) -> Reply[list[int | None]]:
        """Send it: the replies of the operations; and begin again."""
        command = self.command
        self.reset()
        return self._owner._run(command)
