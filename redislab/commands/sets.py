"""Sets: members without order, each once, under one key.

Every method raises WrongTypeError (when its reply is awaited) if the key holds something
that is not a set. A key that does not exist counts as an empty set.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, overload

from redislab.commands.replies import members
from redislab.commands.run import Key, Run, T, Value, flat

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

    def scard(self, name: Key) -> Reply[int]:
        """``SCARD name``: how many members.

        https://valkey.io/commands/scard/
        """
        return self._run(("SCARD", name))

    # --- several sets ----------------------------------------------------------------

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

    # --- by chance -------------------------------------------------------------------

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
