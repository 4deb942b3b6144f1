"""Lists: values in order under one key, quick at both ends.

Every method raises WrongTypeError (when its reply is awaited) if the key holds something
that is not a list. A key that does not exist counts as an empty list, and a list that
becomes empty is no key any more. Positions count from 0; -1 is the last.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, overload

from redislab.commands.replies import ok, popped
from redislab.commands.run import Key, Run, T, Value, flat, option
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class ListCommands(Run[T]):
    """The group ``list``."""

    __slots__ = ()

    # --- the two ends -----------------------------------------------------------------

    def lpush(self, name: Key, *values: Value) -> Reply[int]:
        """``LPUSH name value ...``: the length after it; the last value is now first.

        https://valkey.io/commands/lpush/
        """
        return self._run(("LPUSH", name, *values))

    def rpush(self, name: Key, *values: Value) -> Reply[int]:
        """``RPUSH name value ...``: the length after it; the last value is now last.

        https://valkey.io/commands/rpush/
        """
        return self._run(("RPUSH", name, *values))

    def lpushx(self, name: Key, *values: Value) -> Reply[int]:
        """``LPUSHX name value ...``: ``lpush`` if there is such a list; else 0.

        https://valkey.io/commands/lpushx/
        """
        return self._run(("LPUSHX", name, *values))

    def rpushx(self, name: Key, *values: Value) -> Reply[int]:
        """``RPUSHX name value ...``: ``rpush`` if there is such a list; else 0.

        https://valkey.io/commands/rpushx/
        """
        return self._run(("RPUSHX", name, *values))

    @overload
    def lpop(self, name: Key, count: None = ...) -> Reply[T | None]: ...

    @overload
    def lpop(self, name: Key, count: int) -> Reply[list[T] | None]: ...

    def lpop(self, name: Key, count: int | None = None) -> Reply[Any]:
        """``LPOP name``: the first value, taken out; None when the list is empty.

        With ``count``, a list of at most so many.
        https://valkey.io/commands/lpop/
        """
        return self._run(("LPOP", name) if count is None else ("LPOP", name, count))

    @overload
    def rpop(self, name: Key, count: None = ...) -> Reply[T | None]: ...

    @overload
    def rpop(self, name: Key, count: int) -> Reply[list[T] | None]: ...

    def rpop(self, name: Key, count: int | None = None) -> Reply[Any]:
        """``RPOP name``: ``lpop`` at the other end.

        https://valkey.io/commands/rpop/
        """
        return self._run(("RPOP", name) if count is None else ("RPOP", name, count))

    def lmpop(
        self, num_keys: int, *args: Key, direction: str, count: int | None = 1
    ) -> Reply[list[Any] | None]:
        """``LMPOP n key ... LEFT|RIGHT``: [key, values] of the first list that has any.

        At most ``count`` values, taken out at that end; None when all are empty.
        https://valkey.io/commands/lmpop/
        """
        many = () if count == 1 else option("COUNT", count)
        return self._run(("LMPOP", num_keys, *args, direction, *many))

    def lmove(
        self, first_list: Key, second_list: Key, src: str = "LEFT", dest: str = "RIGHT"
    ) -> Reply[T | None]:
        """``LMOVE first second LEFT|RIGHT LEFT|RIGHT``: the value moved, None for none.

        It is taken from the ``src`` end of the first list and put to the ``dest`` end
        of the second.
        https://valkey.io/commands/lmove/
        """
        return self._run(("LMOVE", first_list, second_list, src, dest))

    def rpoplpush(self, src: Key, dst: Key) -> Reply[T | None]:
        """``RPOPLPUSH src dst``: ``lmove`` from the right end to the left one.

        https://valkey.io/commands/rpoplpush/
        """
        return self._run(("RPOPLPUSH", src, dst))

    def lmovem(
        self,
        first_list: Key,
        second_list: Key,
        src: str = "LEFT",
        dest: str = "RIGHT",
        count: int | None = None,
        mode: str | None = None,
        ordering: str | None = None,
    ) -> Reply[list[T] | None]:
        """``LMOVEM first second LEFT|RIGHT LEFT|RIGHT``: the values moved, None for none.

        ``count`` values go together with an ``ordering``: OBO, one by one, so that they
        are turned round if both ends are the same, or BULK, as they stand. ``mode`` is
        COUNT, at most so many, or EXACTLY. For Redis 8.10.
        https://redis.io/docs/latest/commands/lmovem/
        """
        words = _many(count, mode, ordering)
        return self._run(("LMOVEM", first_list, second_list, src, dest, *words))

    # --- waiting ----------------------------------------------------------------------

    def blpop(
        self, keys: Key | Iterable[Key], timeout: float | None = 0
    ) -> Reply[tuple[T, T] | None]:
        """``BLPOP key ... timeout``: (key, value) as soon as one of the lists has any.

        None when ``timeout`` seconds went by; 0 or None waits without end.
        https://valkey.io/commands/blpop/
        """
        return self._run(("BLPOP", *flat(keys, ()), timeout or 0), popped)

    def brpop(
        self, keys: Key | Iterable[Key], timeout: float | None = 0
    ) -> Reply[tuple[T, T] | None]:
        """``BRPOP key ... timeout``: ``blpop`` at the other end.

        https://valkey.io/commands/brpop/
        """
        return self._run(("BRPOP", *flat(keys, ()), timeout or 0), popped)

    def blmpop(
        self,
        timeout: float,
        numkeys: int,
        *args: Key,
        direction: str,
        count: int | None = 1,
    ) -> Reply[list[Any] | None]:
        """``BLMPOP timeout n key ... LEFT|RIGHT``: ``lmpop`` that waits so many seconds.

        https://valkey.io/commands/blmpop/
        """
        words = (timeout, numkeys, *args, direction, *option("COUNT", count))
        return self._run(("BLMPOP", *words))

    def blmove(
        self,
        first_list: Key,
        second_list: Key,
        timeout: float,
        src: str = "LEFT",
        dest: str = "RIGHT",
    ) -> Reply[T | None]:
        """``BLMOVE first second LEFT|RIGHT LEFT|RIGHT timeout``: ``lmove`` that waits.

        https://valkey.io/commands/blmove/
        """
        return self._run(("BLMOVE", first_list, second_list, src, dest, timeout))

    def brpoplpush(self, src: Key, dst: Key, timeout: float | None = 0) -> Reply[T | None]:
        """``BRPOPLPUSH src dst timeout``: ``rpoplpush`` that waits.

        https://valkey.io/commands/brpoplpush/
        """
        return self._run(("BRPOPLPUSH", src, dst, timeout or 0))

    def blmovem(
        self,
        first_list: Key,
        second_list: Key,
        timeout: float,
        src: str = "LEFT",
        dest: str = "RIGHT",
        count: int | None = None,
        mode: str | None = None,
        ordering: str | None = None,
    ) -> Reply[list[T] | None]:
        """``BLMOVEM first second LEFT|RIGHT LEFT|RIGHT timeout``: ``lmovem`` that waits.

        For Redis 8.10.
        https://redis.io/docs/latest/commands/blmovem/
        """
        words = (src, dest, timeout, *_many(count, mode, ordering))
        return self._run(("BLMOVEM", first_list, second_list, *words))

    # --- the middle -------------------------------------------------------------------

    def llen(self, name: Key) -> Reply[int]:
        """``LLEN name``: how many values.

        https://valkey.io/commands/llen/
        """
        return self._run(("LLEN", name))

    def lrange(self, name: Key, start: int, end: int) -> Reply[list[T]]:
        """``LRANGE name start end``: those values, ``end`` included.

        https://valkey.io/commands/lrange/
        """
        return self._run(("LRANGE", name, start, end))

    def lindex(self, name: Key, index: int) -> Reply[T | None]:
        """``LINDEX name index``: the value there, None beyond the ends.

        https://valkey.io/commands/lindex/
        """
        return self._run(("LINDEX", name, index))

    @overload
    def lpos(
        self,
        name: Key,
        value: Value,
        rank: int | None = ...,
        count: None = ...,
        maxlen: int | None = ...,
    ) -> Reply[int | None]: ...

    @overload
    def lpos(
        self,
        name: Key,
        value: Value,
        rank: int | None = ...,
        *,
        count: int,
        maxlen: int | None = ...,
    ) -> Reply[list[int]]: ...

    def lpos(
        self,
        name: Key,
        value: Value,
        rank: int | None = None,
        count: int | None = None,
        maxlen: int | None = None,
    ) -> Reply[Any]:
        """``LPOS name value``: where the value stands first, None when it does not.

        - ``rank``: not the first but the second (2) ...; from the end when negative.
        - ``count``: a list of at most so many positions; 0 is all.
        - ``maxlen``: compare with at most so many values.

        https://valkey.io/commands/lpos/
        """
        options = (
            *option("RANK", rank),
            *option("COUNT", count),
            *option("MAXLEN", maxlen),
        )
        return self._run(("LPOS", name, value, *options))

    def lset(self, name: Key, index: int, value: Value) -> Reply[bool]:
        """``LSET name index value``: True; ResponseError beyond the ends.

        https://valkey.io/commands/lset/
        """
        return self._run(("LSET", name, index, value), ok)

    def ltrim(self, name: Key, start: int, end: int) -> Reply[bool]:
        """``LTRIM name start end``: True; only those values are left.

        https://valkey.io/commands/ltrim/
        """
        return self._run(("LTRIM", name, start, end), ok)

    def lrem(self, name: Key, count: int, value: Value) -> Reply[int]:
        """``LREM name count value``: how many equal values were taken out.

        At most ``count``, from the first on; from the last on when negative; 0: all.
        https://valkey.io/commands/lrem/
        """
        return self._run(("LREM", name, count, value))

    def linsert(self, name: Key, where: str, refvalue: Value, value: Value) -> Reply[int]:
        """``LINSERT name BEFORE|AFTER refvalue value``: the length after it.

        -1 when ``refvalue`` is not in the list, 0 when there is no such key.
        https://valkey.io/commands/linsert/
        """
        return self._run(("LINSERT", name, where, refvalue, value))


def _many(count: int | None, mode: str | None, ordering: str | None) -> tuple[Any, ...]:
    """How many values LMOVEM moves, and in which order."""
    if count is None:
        if mode is not None or ordering is not None:
            raise DataError("mode and ordering are about count: give it too")
        return ()
    if ordering is None:
        raise DataError("count needs an ordering: OBO or BULK")
    return (mode or "COUNT", count, ordering)
