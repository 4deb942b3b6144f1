"""Sorted sets, several at once: union, intersection, difference.

``keys`` is a list, or {key: weight}: the scores of that sorted set are multiplied by its
weight. ``aggregate`` says what becomes of several scores of one member: their SUM, which
is what happens by default, the MIN or the MAX of them, or their COUNT (Redis 8.8).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, overload

from redislab.commands.replies import Cast, scored
from redislab.commands.run import Key, Run, T
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply

Weighted: TypeAlias = Sequence[Key] | Mapping[Any, float]
"""Keys, or keys and the weights of their scores."""

_AGGREGATES = ("SUM", "MIN", "MAX", "COUNT")


class SortedSetAlgebra(Run[T]):
    """The group ``sorted-set``, several sorted sets at once."""

    __slots__ = ()

    @overload
    def zunion(
        self,
        keys: Weighted,
        aggregate: str | None = ...,
        withscores: Literal[False] = ...,
        score_cast_func: Cast = ...,
    ) -> Reply[list[T]]: ...

    @overload
    def zunion(
        self,
        keys: Weighted,
        aggregate: str | None = ...,
        *,
        withscores: Literal[True],
        score_cast_func: Cast = ...,
    ) -> Reply[list[tuple[T, Any]]]: ...

    def zunion(
        self,
        keys: Weighted,
        aggregate: str | None = None,
        withscores: bool = False,
        score_cast_func: Cast = float,
    ) -> Reply[Any]:
        """``ZUNION n key ...``: the members of any of them, the lowest score first.

        ``withscores`` gives (member, score) pairs; ``score_cast_func`` turns each score, a
        float, into what you like better.
        https://valkey.io/commands/zunion/
        """
        words = ("ZUNION", *_weighted(keys, aggregate))
        if not withscores:
            return self._run(words)
        shape = partial(scored, cast=score_cast_func)
        return self._run((*words, "WITHSCORES"), shape)

    @overload
    def zinter(
        self,
        keys: Weighted,
        aggregate: str | None = ...,
        withscores: Literal[False] = ...,
    ) -> Reply[list[T]]: ...

    @overload
    def zinter(
        self, keys: Weighted, aggregate: str | None = ..., *, withscores: Literal[True]
    ) -> Reply[list[tuple[T, float]]]: ...

    def zinter(
        self, keys: Weighted, aggregate: str | None = None, withscores: bool = False
    ) -> Reply[Any]:
        """``ZINTER n key ...``: the members of all of them, as ``zunion`` gives them.

        https://valkey.io/commands/zinter/
        """
        words = ("ZINTER", *_weighted(keys, aggregate))
        return self._run((*words, "WITHSCORES"), scored) if withscores else self._run(words)

    @overload
    def zdiff(
        self, keys: Sequence[Key], withscores: Literal[False] = ...
    ) -> Reply[list[T]]: ...

    @overload
    def zdiff(
        self, keys: Sequence[Key], withscores: Literal[True]
    ) -> Reply[list[tuple[T, float]]]: ...

    def zdiff(self, keys: Sequence[Key], withscores: bool = False) -> Reply[Any]:
        """``ZDIFF n key ...``: the members of the first that are in none of the others.

        https://valkey.io/commands/zdiff/
        """
        words = ("ZDIFF", len(keys), *keys)
        return self._run((*words, "WITHSCORES"), scored) if withscores else self._run(words)

    def zintercard(self, numkeys: int, keys: Sequence[Key], limit: int = 0) -> Reply[int]:
        """``ZINTERCARD n key ... LIMIT limit``: how many members are in all of them.

        It stops counting at ``limit``; 0 is none.
        https://valkey.io/commands/zintercard/
        """
        return self._run(("ZINTERCARD", numkeys, *keys, "LIMIT", limit))

    # --- stored -----------------------------------------------------------------------

    def zunionstore(
        self, dest: Key, keys: Weighted, aggregate: str | None = None
    ) -> Reply[int]:
        """``ZUNIONSTORE dest n key ...``: ``zunion`` stored as ``dest``; its size.

        https://valkey.io/commands/zunionstore/
        """
        return self._run(("ZUNIONSTORE", dest, *_weighted(keys, aggregate)))

    def zinterstore(
        self, dest: Key, keys: Weighted, aggregate: str | None = None
    ) -> Reply[int]:
        """``ZINTERSTORE dest n key ...``: ``zinter`` stored as ``dest``; its size.

        https://valkey.io/commands/zinterstore/
        """
        return self._run(("ZINTERSTORE", dest, *_weighted(keys, aggregate)))

    def zdiffstore(self, dest: Key, keys: Sequence[Key]) -> Reply[int]:
        """``ZDIFFSTORE dest n key ...``: ``zdiff`` stored as ``dest``; its size.

        https://valkey.io/commands/zdiffstore/
        """
        return self._run(("ZDIFFSTORE", dest, len(keys), *keys))


def _weighted(keys: Weighted, aggregate: str | None) -> tuple[Any, ...]:
    """How many keys, the keys, their weights if there are any, and the aggregate."""
    weights = ("WEIGHTS", *keys.values()) if isinstance(keys, Mapping) else ()
    if aggregate is None:
        return (len(keys), *keys, *weights)
    if aggregate.upper() not in _AGGREGATES:
        raise DataError(f"aggregate must be one of {', '.join(_AGGREGATES)}")
    return (len(keys), *keys, *weights, "AGGREGATE", aggregate)
