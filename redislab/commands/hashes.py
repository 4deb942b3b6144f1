"""Hashes: many fields with a value each, under one key.

Every method raises WrongTypeError (when its reply is awaited) if the key holds something
that is not a hash. A key that does not exist counts as an empty hash.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from redislab.commands.replies import (
    couples,
    flag,
    number,
    ok,
    pairs,
    scanned,
    scanned_pairs,
)
from redislab.commands.run import Key, Run, T, Value, flat, option
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class HashCommands(Run[T]):
    """The group ``hash``."""

    __slots__ = ()

    def hset(
        self,
        name: Key,
        key: Key | None = None,
        value: Value | None = None,
        mapping: Mapping[Any, Value] | None = None,
        items: Sequence[Value] | None = None,
    ) -> Reply[int]:
        """``HSET name field value ...``: how many of the fields are new.

        Fields and values come as ``key`` and ``value``, as a ``mapping``, as ``items``
        (field, value, field, value ...), or as all of them. DataError when none came.
        https://valkey.io/commands/hset/
        """
        if key is not None and not mapping and not items:
            return self._run(("HSET", name, key, value))
        words: list[Any] = [*(items or ())]
        if key is not None:
            words += (key, value)
        for pair in (mapping or {}).items():
            words += pair
        if not words:
            raise DataError("hset needs a field and a value: key=, mapping= or items=")
        return self._run(("HSET", name, *words))

    def hsetnx(self, name: Key, key: Key, value: Value) -> Reply[int]:
        """``HSETNX name key value``: 1 when it was set, 0 when the field exists.

        https://valkey.io/commands/hsetnx/
        """
        return self._run(("HSETNX", name, key, value))

    def hmset(self, name: Key, mapping: Mapping[Any, Value]) -> Reply[bool]:
        """``HMSET name field value ...``: True; ``hset`` by its old name.

        https://valkey.io/commands/hmset/
        """
        if not mapping:
            raise DataError("hmset needs at least one field and its value")
        words = [word for pair in mapping.items() for word in pair]
        return self._run(("HMSET", name, *words), ok)

    def hget(self, name: Key, key: Key) -> Reply[T | None]:
        """``HGET name key``: the value of a field, None when there is none.

        https://valkey.io/commands/hget/
        """
        return self._run(("HGET", name, key))

    def hmget(
        self, name: Key, keys: Key | Iterable[Key], *args: Key
    ) -> Reply[list[T | None]]:
        """``HMGET name field ...``: values in the order of the fields, None for missing.

        https://valkey.io/commands/hmget/
        """
        return self._run(("HMGET", name, *flat(keys, args)))

    def hgetall(self, name: Key) -> Reply[dict[T, T]]:
        """``HGETALL name``: all fields and values.

        https://valkey.io/commands/hgetall/
        """
        return self._run(("HGETALL", name), pairs)

    def hkeys(self, name: Key) -> Reply[list[T]]:
        """``HKEYS name``: all fields.

        https://valkey.io/commands/hkeys/
        """
        return self._run(("HKEYS", name))

    def hvals(self, name: Key) -> Reply[list[T]]:
        """``HVALS name``: all values.

        https://valkey.io/commands/hvals/
        """
        return self._run(("HVALS", name))

    def hlen(self, name: Key) -> Reply[int]:
        """``HLEN name``: how many fields.

        https://valkey.io/commands/hlen/
        """
        return self._run(("HLEN", name))

    def hstrlen(self, name: Key, key: Key) -> Reply[int]:
        """``HSTRLEN name key``: the length of a field's value in bytes, 0 for no field.

        https://valkey.io/commands/hstrlen/
        """
        return self._run(("HSTRLEN", name, key))

    @overload
    def hrandfield(
        self, key: Key, count: None = ..., withvalues: Literal[False] = ...
    ) -> Reply[T | None]: ...

    @overload
    def hrandfield(
        self, key: Key, count: int, withvalues: Literal[False] = ...
    ) -> Reply[list[T]]: ...

    @overload
    def hrandfield(
        self, key: Key, count: int, withvalues: Literal[True]
    ) -> Reply[list[tuple[T, T]]]: ...

    def hrandfield(
        self, key: Key, count: int | None = None, withvalues: bool = False
    ) -> Reply[Any]:
        """``HRANDFIELD key``: some field; None when there is none.

        With ``count`` a list of at most so many; of exactly -count, with repeats, when it
        is negative; ``withvalues`` makes it one of (field, value).
        https://valkey.io/commands/hrandfield/
        """
        if count is None:
            if withvalues:
                raise DataError("withvalues is about a list of fields: give count too")
            return self._run(("HRANDFIELD", key))
        if withvalues:
            return self._run(("HRANDFIELD", key, count, "WITHVALUES"), couples)
        return self._run(("HRANDFIELD", key, count))

    def hscan(
        self,
        name: Key,
        cursor: int = 0,
        match: Key | None = None,
        count: int | None = None,
        no_values: bool | None = None,
    ) -> Reply[tuple[int, Any]]:
        """``HSCAN name cursor``: (next cursor, {field: value}): a step of a walk, as
        ``scan``.

        ``no_values``: a list of fields instead; for Redis 7.4 and Valkey 8.0.
        https://valkey.io/commands/hscan/
        """
        options = (*option("MATCH", match), *option("COUNT", count))
        if no_values:
            return self._run(("HSCAN", name, cursor, *options, "NOVALUES"), scanned)
        return self._run(("HSCAN", name, cursor, *options), scanned_pairs)

    def hexists(self, name: Key, key: Key) -> Reply[bool]:
        """``HEXISTS name key``: whether the field exists.

        https://valkey.io/commands/hexists/
        """
        return self._run(("HEXISTS", name, key), flag)

    def hdel(self, name: Key, *keys: Key) -> Reply[int]:
        """``HDEL name field ...``: how many fields there were and now are not.

        https://valkey.io/commands/hdel/
        """
        return self._run(("HDEL", name, *keys))

    def hincrby(self, name: Key, key: Key, amount: int = 1) -> Reply[int]:
        """``HINCRBY name key amount``: the number after adding.

        ResponseError when the value is no whole number of 64 bits.
        https://valkey.io/commands/hincrby/
        """
        return self._run(("HINCRBY", name, key, amount))

    def hincrbyfloat(self, name: Key, key: Key, amount: float = 1.0) -> Reply[float]:
        """``HINCRBYFLOAT name key amount``: the number after adding.

        https://valkey.io/commands/hincrbyfloat/
        """
        return self._run(("HINCRBYFLOAT", name, key, amount), number)
