"""Strings: one value a key, text or bytes or a number, up to 512 MB.

Every method here raises WrongTypeError (when its reply is awaited) if the key holds
something that is not a string; the few that do not care say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, overload

from redislab.commands.expiry import Duration, Moment, lifetime, milliseconds, seconds
from redislab.commands.replies import flag, number, ok, report
from redislab.commands.run import Key, Run, T, Value, flat, option, switches
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class StringCommands(Run[T]):
    """The group ``string``."""

    __slots__ = ()

    # --- one value --------------------------------------------------------------------

    def get(self, name: Key) -> Reply[T | None]:
        """``GET name``: the value, None when there is no such key.

        https://valkey.io/commands/get/
        """
        return self._run(("GET", name))

    @overload
    def set(
        self,
        name: Key,
        value: Value,
        ex: Duration | None = ...,
        px: Duration | None = ...,
        nx: bool = ...,
        xx: bool = ...,
        keepttl: bool = ...,
        get: Literal[False] = ...,
        exat: Moment | None = ...,
        pxat: Moment | None = ...,
    ) -> Reply[bool | None]: ...

    @overload
    def set(
        self,
        name: Key,
        value: Value,
        ex: Duration | None = ...,
        px: Duration | None = ...,
        nx: bool = ...,
        xx: bool = ...,
        keepttl: bool = ...,
        *,
        get: Literal[True],
        exat: Moment | None = ...,
        pxat: Moment | None = ...,
    ) -> Reply[T | None]: ...

    def set(
        self,
        name: Key,
        value: Value,
        ex: Duration | None = None,
        px: Duration | None = None,
        nx: bool = False,
        xx: bool = False,
        keepttl: bool = False,
        get: bool = False,
        exat: Moment | None = None,
        pxat: Moment | None = None,
    ) -> Reply[Any]:
        """``SET name value``: True; a value of any type that was there is replaced.

        - ``nx``: only if the key does not exist; ``xx``: only if it does. None when
          nothing was set.
        - ``ex``, ``px``: it expires after that many seconds, milliseconds; ``exat``,
          ``pxat``: at that moment; ``keepttl``: when the old value would have. Without
          these it never expires.
        - ``get``: the reply is the old value, None when there was none; WrongTypeError
          if it was no string.

        DataError when options exclude each other.
        https://valkey.io/commands/set/
        """
        if ex is px is exat is pxat is None and not (nx or xx or keepttl or get):
            return self._run(("SET", name, value), ok)
        if nx and xx:
            raise DataError("nx and xx exclude each other: give one")
        condition = ("NX",) if nx else ("XX",) if xx else ()
        life = lifetime(ex, px, exat, pxat, "KEEPTTL", keepttl)
        if get:
            return self._run(("SET", name, value, *condition, "GET", *life))
        return self._run(("SET", name, value, *condition, *life), ok)

    def getset(self, name: Key, value: Value) -> Reply[T | None]:
        """``GETSET name value``: the old value, None when there was none.

        Servers have ``set(..., get=True)`` for this since 6.2.
        https://valkey.io/commands/getset/
        """
        return self._run(("GETSET", name, value))

    def getdel(self, name: Key) -> Reply[T | None]:
        """``GETDEL name``: the value, and the key is gone.

        https://valkey.io/commands/getdel/
        """
        return self._run(("GETDEL", name))

    def getex(
        self,
        name: Key,
        ex: Duration | None = None,
        px: Duration | None = None,
        exat: Moment | None = None,
        pxat: Moment | None = None,
        persist: bool = False,
    ) -> Reply[T | None]:
        """``GETEX name``: the value, and a new lifetime for it, as in ``set``.

        ``persist`` takes the lifetime away. DataError when more than one is given.
        https://valkey.io/commands/getex/
        """
        life = lifetime(ex, px, exat, pxat, "PERSIST", persist)
        return self._run(("GETEX", name, *life))

    def setnx(self, name: Key, value: Value) -> Reply[bool]:
        """``SETNX name value``: whether it was set; it is not if the key exists.

        It does not care for the type of an existing value.
        https://valkey.io/commands/setnx/
        """
        return self._run(("SETNX", name, value), flag)

    def setex(self, name: Key, time: Duration, value: Value) -> Reply[bool]:
        """``SETEX name seconds value``: True; the key expires after ``time`` seconds.

        https://valkey.io/commands/setex/
        """
        return self._run(("SETEX", name, seconds(time), value), ok)

    def psetex(self, name: Key, time_ms: Duration, value: Value) -> Reply[bool]:
        """``PSETEX name milliseconds value``: True; ``setex`` in milliseconds.

        https://valkey.io/commands/psetex/
        """
        return self._run(("PSETEX", name, milliseconds(time_ms), value), ok)

    # --- many values ------------------------------------------------------------------

    def mget(self, keys: Key | Iterable[Key], *args: Key) -> Reply[list[T | None]]:
        """``MGET key ...``: the values in the order of the keys.

        None stands for a key that does not exist, or holds something else.
        https://valkey.io/commands/mget/
        """
        return self._run(("MGET", *flat(keys, args)))

    def mset(self, mapping: Mapping[Any, Value]) -> Reply[bool]:
        """``MSET key value ...``: True; all are set at once.

        https://valkey.io/commands/mset/
        """
        return self._run(("MSET", *_turns(mapping)), ok)

    def msetnx(self, mapping: Mapping[Any, Value]) -> Reply[bool]:
        """``MSETNX key value ...``: whether all were set; if one exists, none is.

        https://valkey.io/commands/msetnx/
        """
        return self._run(("MSETNX", *_turns(mapping)), flag)

    # --- numbers ----------------------------------------------------------------------

    def incr(self, name: Key, amount: int = 1) -> Reply[int]:
        """``INCR name``, or ``INCRBY name amount``: the number after adding.

        A key that does not exist counts as 0. ResponseError when the value is no whole
        number of 64 bits, or would become none.
        https://valkey.io/commands/incr/
        """
        if amount == 1:
            return self._run(("INCR", name))
        return self._run(("INCRBY", name, amount))

    def incrby(self, name: Key, amount: int = 1) -> Reply[int]:
        """``INCRBY name amount``: see ``incr``.

        https://valkey.io/commands/incrby/
        """
        return self._run(("INCRBY", name, amount))

    def decr(self, name: Key, amount: int = 1) -> Reply[int]:
        """``DECR name``, or ``DECRBY name amount``: the number after subtracting.

        https://valkey.io/commands/decr/
        """
        if amount == 1:
            return self._run(("DECR", name))
        return self._run(("DECRBY", name, amount))

    def decrby(self, name: Key, amount: int = 1) -> Reply[int]:
        """``DECRBY name amount``: see ``decr``.

        https://valkey.io/commands/decrby/
        """
        return self._run(("DECRBY", name, amount))

    def incrbyfloat(self, name: Key, amount: float = 1.0) -> Reply[float]:
        """``INCRBYFLOAT name amount``: the number after adding.

        https://valkey.io/commands/incrbyfloat/
        """
        return self._run(("INCRBYFLOAT", name, amount), number)

    # --- parts of a value -------------------------------------------------------------

    def append(self, key: Key, value: Value) -> Reply[int]:
        """``APPEND key value``: the length in bytes after it.

        https://valkey.io/commands/append/
        """
        return self._run(("APPEND", key, value))

    def strlen(self, name: Key) -> Reply[int]:
        """``STRLEN name``: the length in bytes, 0 when there is no such key.

        https://valkey.io/commands/strlen/
        """
        return self._run(("STRLEN", name))

    def getrange(self, key: Key, start: int, end: int) -> Reply[T]:
        """``GETRANGE key start end``: those bytes, ``end`` included; -1 is the last.

        https://valkey.io/commands/getrange/
        """
        return self._run(("GETRANGE", key, start, end))

    def setrange(self, name: Key, offset: int, value: Value) -> Reply[int]:
        """``SETRANGE name offset value``: the length in bytes after it.

        A gap before ``offset`` is filled with zero bytes.
        https://valkey.io/commands/setrange/
        """
        return self._run(("SETRANGE", name, offset, value))

    def substr(self, name: Key, start: int, end: int = -1) -> Reply[T]:
        """``SUBSTR name start end``: ``getrange`` by its old name.

        https://valkey.io/commands/substr/
        """
        return self._run(("SUBSTR", name, start, end))

    def lcs(
        self,
        key1: Key,
        key2: Key,
        len: bool = False,  # noqa: A002  redis-py's name
        idx: bool = False,
        minmatchlen: int = 0,
        withmatchlen: bool = False,
    ) -> Reply[Any]:
        """``LCS key1 key2``: the longest common subsequence of two values.

        - ``len``: only its length.
        - ``idx``: ``{"matches": [[[4, 7], [5, 8]], ...], "len": 6}``: where its pieces
          stand in the first and in the second value, the last piece first; only those of
          at least ``minmatchlen``; ``withmatchlen`` adds the length of each.

        https://valkey.io/commands/lcs/
        """
        options = (
            *switches(LEN=len, IDX=idx),
            *option("MINMATCHLEN", minmatchlen or None),
            *switches(WITHMATCHLEN=withmatchlen),
        )
        return self._run(("LCS", key1, key2, *options), report if idx else None)


def _turns(mapping: Mapping[Any, Value]) -> list[Any]:
    """{"a": 1, "b": 2} -> ["a", 1, "b", 2]."""
    return [word for pair in mapping.items() for word in pair]
