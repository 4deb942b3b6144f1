"""Sorted sets: members with a score each, kept in the order of the scores.

Every method raises WrongTypeError (when its reply is awaited) if the key holds something
that is not a sorted set. A key that does not exist counts as an empty one. Ranks count
from 0, the lowest score; bounds of scores are numbers, ``"-inf"``, ``"+inf"``, or
``"(5"`` for "not 5 itself".

This file has the methods about single members; ``ranges.py`` those about many,
``pops.py`` those that take members out, ``algebra.py`` those about several sets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, overload

from redislab.commands.replies import (
    Cast,
    number,
    numbers,
    ranked,
    scanned_scores,
    scored,
)
from redislab.commands.run import Key, Run, Shape, T, Value, option
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class SortedSetCommands(Run[T]):
    """The group ``sorted-set``."""

    __slots__ = ()

    # --- members ----------------------------------------------------------------------

    @overload
    def zadd(
        self,
        name: Key,
        mapping: Mapping[Any, float],
        nx: bool = ...,
        xx: bool = ...,
        ch: bool = ...,
        incr: Literal[False] = ...,
        gt: bool = ...,
        lt: bool = ...,
    ) -> Reply[int]: ...

    @overload
    def zadd(
        self,
        name: Key,
        mapping: Mapping[Any, float],
        nx: bool = ...,
        xx: bool = ...,
        ch: bool = ...,
        *,
        incr: Literal[True],
        gt: bool = ...,
        lt: bool = ...,
    ) -> Reply[float | None]: ...

    def zadd(
        self,
        name: Key,
        mapping: Mapping[Any, float],
        nx: bool = False,
        xx: bool = False,
        ch: bool = False,
        incr: bool = False,
        gt: bool = False,
        lt: bool = False,
    ) -> Reply[Any]:
        """``ZADD name score member ...``: how many members are new.

        ``mapping`` is {member: score}.

        - ``nx``: only new members; ``xx``: only members that are there; ``gt``,
          ``lt``: of those that are there, only to a higher, a lower score.
        - ``ch``: count the changed ones too.
        - ``incr``: add to the score of the one member; the reply is its new score,
          None when a condition failed.

        DataError when there is no member, or options exclude each other.
        https://valkey.io/commands/zadd/
        """
        _check_zadd(len(mapping), nx, xx, incr, gt, lt)
        options = (
            ("NX", nx),
            ("XX", xx),
            ("CH", ch),
            ("INCR", incr),
            ("GT", gt),
            ("LT", lt),
        )
        words: list[Any] = [word for word, given in options if given]
        for member, score in mapping.items():
            words += (score, member)
        return self._run(("ZADD", name, *words), number if incr else None)

    def zrem(self, name: Key, *values: Value) -> Reply[int]:
        """``ZREM name member ...``: how many there were and now are not.

        https://valkey.io/commands/zrem/
        """
        return self._run(("ZREM", name, *values))

    def zincrby(self, name: Key, amount: float, value: Value) -> Reply[float]:
        """``ZINCRBY name amount member``: the score after adding.

        https://valkey.io/commands/zincrby/
        """
        return self._run(("ZINCRBY", name, amount, value), number)

    def zscore(self, name: Key, value: Value) -> Reply[float | None]:
        """``ZSCORE name member``: its score, None for no such member.

        https://valkey.io/commands/zscore/
        """
        return self._run(("ZSCORE", name, value), number)

    def zmscore(self, key: Key, members: Sequence[Value]) -> Reply[list[float | None]]:
        """``ZMSCORE key member ...``: the score of each, None for no such member.

        https://valkey.io/commands/zmscore/
        """
        if not members:
            raise DataError("zmscore needs at least one member")
        return self._run(("ZMSCORE", key, *members), numbers)

    @overload
    def zrandmember(
        self, key: Key, count: None = ..., withscores: Literal[False] = ...
    ) -> Reply[T | None]: ...

    @overload
    def zrandmember(
        self, key: Key, count: int, withscores: Literal[False] = ...
    ) -> Reply[list[T]]: ...

    @overload
    def zrandmember(
        self, key: Key, count: int, withscores: Literal[True]
    ) -> Reply[list[tuple[T, float]]]: ...

    def zrandmember(
        self, key: Key, count: int | None = None, withscores: bool = False
    ) -> Reply[Any]:
        """``ZRANDMEMBER key``: some member; None when there is none.

        With ``count`` a list of at most so many; of exactly -count, with repeats, when it
        is negative; ``withscores`` makes it one of (member, score).
        https://valkey.io/commands/zrandmember/
        """
        if count is None:
            if withscores:
                raise DataError("withscores is about a list of members: give count too")
            return self._run(("ZRANDMEMBER", key))
        if withscores:
            return self._run(("ZRANDMEMBER", key, count, "WITHSCORES"), scored)
        return self._run(("ZRANDMEMBER", key, count))

    def zscan(
        self,
        name: Key,
        cursor: int = 0,
        match: Key | None = None,
        count: int | None = None,
        score_cast_func: Cast = float,
    ) -> Reply[tuple[int, list[tuple[T, Any]]]]:
        """``ZSCAN name cursor``: (next cursor, (member, score) pairs): a step of a walk,
        as ``scan``.

        https://valkey.io/commands/zscan/
        """
        options = (*option("MATCH", match), *option("COUNT", count))
        shape = partial(scanned_scores, cast=score_cast_func)
        return self._run(("ZSCAN", name, cursor, *options), shape)

    @overload
    def zrank(
        self, name: Key, value: Value, withscore: Literal[False] = ...
    ) -> Reply[int | None]: ...

    @overload
    def zrank(
        self,
        name: Key,
        value: Value,
        withscore: Literal[True],
        score_cast_func: Cast = ...,
    ) -> Reply[list[Any] | None]: ...

    def zrank(
        self,
        name: Key,
        value: Value,
        withscore: bool = False,
        score_cast_func: Cast = float,
    ) -> Reply[Any]:
        """``ZRANK name member``: its rank, None for no such member.

        ``withscore``: [rank, score], for servers since 7.2; ``score_cast_func`` turns
        the score, a float, into what you like better.
        https://valkey.io/commands/zrank/
        """
        return self._rank(("ZRANK", name, value), withscore, score_cast_func)

    @overload
    def zrevrank(
        self, name: Key, value: Value, withscore: Literal[False] = ...
    ) -> Reply[int | None]: ...

    @overload
    def zrevrank(
        self,
        name: Key,
        value: Value,
        withscore: Literal[True],
        score_cast_func: Cast = ...,
    ) -> Reply[list[Any] | None]: ...

    def zrevrank(
        self,
        name: Key,
        value: Value,
        withscore: bool = False,
        score_cast_func: Cast = float,
    ) -> Reply[Any]:
        """``ZREVRANK name member``: ``zrank`` counted from the highest score down.

        https://valkey.io/commands/zrevrank/
        """
        return self._rank(("ZREVRANK", name, value), withscore, score_cast_func)

    def _rank(self, words: tuple[Any, ...], withscore: bool, cast: Cast) -> Reply[Any]:
        if not withscore:
            return self._run(words)
        shape: Shape = ranked if cast is float else partial(ranked, cast=cast)
        return self._run((*words, "WITHSCORE"), shape)

    def zcard(self, name: Key) -> Reply[int]:
        """``ZCARD name``: how many members.

        https://valkey.io/commands/zcard/
        """
        return self._run(("ZCARD", name))

    def zcount(self, name: Key, min: Value, max: Value) -> Reply[int]:  # noqa: A002  redis-py's
        """``ZCOUNT name min max``: how many members have a score within the bounds.

        https://valkey.io/commands/zcount/
        """
        return self._run(("ZCOUNT", name, min, max))

    def zlexcount(self, name: Key, min: Value, max: Value) -> Reply[int]:  # noqa: A002  redis-py's
        """``ZLEXCOUNT name min max``: how many members of equal score have a name within
        the bounds: ``"[a"``, ``"(a"``, ``"-"`` or ``"+"``.

        https://valkey.io/commands/zlexcount/
        """
        return self._run(("ZLEXCOUNT", name, min, max))


def _check_zadd(size: int, nx: bool, xx: bool, incr: bool, gt: bool, lt: bool) -> None:
    if not size:
        raise DataError("zadd needs at least one member and its score")
    if nx and xx:
        raise DataError("nx and xx exclude each other: give one")
    if gt and lt:
        raise DataError("gt and lt exclude each other: give one")
    if nx and (gt or lt):
        raise DataError("nx is about new members, gt and lt about old ones: give one")
    if incr and size != 1:
        raise DataError(f"incr adds to the score of one member, not of {size}")
