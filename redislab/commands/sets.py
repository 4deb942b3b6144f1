"""Sets: members without order, each once, under one key.

Every method raises WrongTypeError (when its reply is awaited) if the key holds something
that is not a set. A key that does not exist counts as an empty set.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, overload

from redislab.commands.replies import flag, members, scanned
from redislab.commands.run import Key, Run, T, Value, flat, option, switches

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class SetCommands(Run[T]):
    """The group ``set``."""

    __slots__ = ()

    def sadd(self, name: Key, *values: Value) -> Reply[int]:
        """``SADD name member ...``: how many of them are new.

        https://valkey.io/commands/sadd/
        """
        return self._run(("SADD", name, *values))

    def srem(self, name: Key, *values: Value) -> Reply[int]:
        """``SREM name member ...``: how many there were and now are not.

        https://valkey.io/commands/srem/
        """
        return self._run(("SREM", name, *values))

    def smembers(self, name: Key) -> Reply[set[T]]:
        """``SMEMBERS name``: all members.

        https://valkey.io/commands/smembers/
        """
        return self._run(("SMEMBERS", name), members)

    def sismember(self, name: Key, value: Value) -> Reply[int]:
        """``SISMEMBER name member``: 1 when it is in the set, else 0.

        https://valkey.io/commands/sismember/
        """
        return self._run(("SISMEMBER", name, value))

    def smismember(
        self, name: Key, values: Value | Iterable[Value], *args: Value
    ) -> Reply[list[int]]:
        """``SMISMEMBER name member ...``: 1 or 0 for each of them.

        https://valkey.io/commands/smismember/
        """
        return self._run(("SMISMEMBER", name, *flat(values, args)))

    def smove(self, src: Key, dst: Key, value: Value) -> Reply[bool]:
        """``SMOVE src dst member``: whether it was in the first set and now is in the
        second.

        https://valkey.io/commands/smove/
        """
        return self._run(("SMOVE", src, dst, value), flag)

    def sscan(
        self,
        name: Key,
        cursor: int = 0,
        match: Key | None = None,
        count: int | None = None,
    ) -> Reply[tuple[int, list[T]]]:
        """``SSCAN name cursor``: (next cursor, members): a step of a walk, as ``scan``.

        https://valkey.io/commands/sscan/
        """
        options = (*option("MATCH", match), *option("COUNT", count))
        return self._run(("SSCAN", name, cursor, *options), scanned)

    def scard(self, name: Key) -> Reply[int]:
        """``SCARD name``: how many members.

        https://valkey.io/commands/scard/
        """
        return self._run(("SCARD", name))

    # --- several sets -----------------------------------------------------------------

    def sinter(self, keys: Key | Iterable[Key], *args: Key) -> Reply[set[T]]:
        """``SINTER key ...``: what is in all of the sets.

        https://valkey.io/commands/sinter/
        """
        return self._run(("SINTER", *flat(keys, args)), members)

    def sunion(self, keys: Key | Iterable[Key], *args: Key) -> Reply[set[T]]:
        """``SUNION key ...``: what is in any of the sets.

        https://valkey.io/commands/sunion/
        """
        return self._run(("SUNION", *flat(keys, args)), members)

    def sdiff(self, keys: Key | Iterable[Key], *args: Key) -> Reply[set[T]]:
        """``SDIFF key ...``: what is in the first set and in none of the others.

        https://valkey.io/commands/sdiff/
        """
        return self._run(("SDIFF", *flat(keys, args)), members)

    def sinterstore(self, dest: Key, keys: Key | Iterable[Key], *args: Key) -> Reply[int]:
        """``SINTERSTORE dest key ...``: ``sinter`` stored as ``dest``; its size.

        https://valkey.io/commands/sinterstore/
        """
        return self._run(("SINTERSTORE", dest, *flat(keys, args)))

    def sunionstore(self, dest: Key, keys: Key | Iterable[Key], *args: Key) -> Reply[int]:
        """``SUNIONSTORE dest key ...``: ``sunion`` stored as ``dest``; its size.

        https://valkey.io/commands/sunionstore/
        """
        return self._run(("SUNIONSTORE", dest, *flat(keys, args)))

    def sdiffstore(self, dest: Key, keys: Key | Iterable[Key], *args: Key) -> Reply[int]:
        """``SDIFFSTORE dest key ...``: ``sdiff`` stored as ``dest``; its size.

        https://valkey.io/commands/sdiffstore/
        """
        return self._run(("SDIFFSTORE", dest, *flat(keys, args)))

    def sintercard(self, numkeys: int, keys: Sequence[Key], limit: int = 0) -> Reply[int]:
        """``SINTERCARD n key ... LIMIT limit``: how many are in all of the sets.

        It stops counting at ``limit``; 0 is none.
        https://valkey.io/commands/sintercard/
        """
        return self._run(("SINTERCARD", numkeys, *keys, "LIMIT", limit))

    def sunioncard(
        self, numkeys: int, keys: Sequence[Key], limit: int = 0, approx: bool = False
    ) -> Reply[int]:
        """``SUNIONCARD n key ... LIMIT limit``: how many are in any of the sets.

        ``approx`` gives an estimate, in less memory. For Redis 8.8.
        https://redis.io/docs/latest/commands/sunioncard/
        """
        words = (*keys, *switches(APPROX=approx), "LIMIT", limit)
        return self._run(("SUNIONCARD", numkeys, *words))

    def sdiffcard(self, numkeys: int, keys: Sequence[Key], limit: int = 0) -> Reply[int]:
        """``SDIFFCARD n key ... LIMIT limit``: how many are in the first set alone.

        For Redis 8.8.
        https://redis.io/docs/latest/commands/sdiffcard/
        """
        return self._run(("SDIFFCARD", numkeys, *keys, "LIMIT", limit))

    # --- by chance --------------------------------------------------------------------

    @overload
    def spop(self, name: Key, count: None = ...) -> Reply[T | None]: ...

    @overload
    def spop(self, name: Key, count: int) -> Reply[list[T]]: ...

    def spop(self, name: Key, count: int | None = None) -> Reply[Any]:
        """``SPOP name``: some member, taken out; None when the set is empty.

        With ``count``, a list of at most so many.
        https://valkey.io/commands/spop/
        """
        return self._run(("SPOP", name) if count is None else ("SPOP", name, count))

    @overload
    def srandmember(self, name: Key, number: None = ...) -> Reply[T | None]: ...

    @overload
    def srandmember(self, name: Key, number: int) -> Reply[list[T]]: ...

    def srandmember(self, name: Key, number: int | None = None) -> Reply[Any]:
        """``SRANDMEMBER name``: some member, which stays; None when the set is empty.

        With ``number``, a list of at most so many; of exactly -number, with repeats,
        when it is negative.
        https://valkey.io/commands/srandmember/
        """
        if number is None:
            return self._run(("SRANDMEMBER", name))
        return self._run(("SRANDMEMBER", name, number))
