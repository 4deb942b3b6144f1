"""Sorted sets, many members at once: ranges by rank, score or name.

The words of ``sorted_sets.py`` hold here too. ``withscores`` gives (member, score) pairs
instead of members, and ``score_cast_func`` turns each score, a float, into what you like
better. ``start`` and ``num`` (``offset`` and ``num``) take a page of the range: skip so
many, give at most so many.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Literal, overload

from redislab.commands.replies import Cast, scored
from redislab.commands.run import Key, Run, Shape, T, Value, switches
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class SortedSetRanges(Run[T]):
    """The group ``sorted-set``, many members at once."""

    __slots__ = ()

    @overload
    def zrange(
        self,
        name: Key,
        start: Value,
        end: Value,
        desc: bool = ...,
        withscores: Literal[False] = ...,
        score_cast_func: Cast = ...,
        byscore: bool = ...,
        bylex: bool = ...,
        offset: int | None = ...,
        num: int | None = ...,
    ) -> Reply[list[T]]: ...

    @overload
    def zrange(
        self,
        name: Key,
        start: Value,
        end: Value,
        desc: bool = ...,
        *,
        withscores: Literal[True],
        score_cast_func: Cast = ...,
        byscore: bool = ...,
        bylex: bool = ...,
        offset: int | None = ...,
        num: int | None = ...,
    ) -> Reply[list[tuple[T, Any]]]: ...

    def zrange(
        self,
        name: Key,
        start: Value,
        end: Value,
        desc: bool = False,
        withscores: bool = False,
        score_cast_func: Cast = float,
        byscore: bool = False,
        bylex: bool = False,
        offset: int | None = None,
        num: int | None = None,
    ) -> Reply[Any]:
        """``ZRANGE name start end``: members from one rank to another, both included.

        - ``byscore``: ``start`` and ``end`` are bounds of scores; ``bylex``: of names,
          ``"[a"``, ``"(a"``, ``"-"`` or ``"+"``, for members of equal score.
        - ``desc``: from the highest down; with ``byscore`` and ``bylex`` the upper
          bound then comes first. By rank it is sent as ZREVRANGE, which servers before
          6.2 know too.

        DataError when options contradict each other.
        https://valkey.io/commands/zrange/
        """
        if byscore and bylex:
            raise DataError("byscore and bylex exclude each other: give one")
        if bylex and withscores:
            raise DataError("withscores is not for bylex: there all scores are equal")
        page = _page("offset", offset, num)
        if desc and not (byscore or bylex or page):
            words: tuple[Any, ...] = ("ZREVRANGE", name, start, end)
        else:
            by = ("BYSCORE",) if byscore else ("BYLEX",) if bylex else ()
            order = ("REV",) if desc else ()
            words = ("ZRANGE", name, start, end, *by, *order, *page)
        return self._range(words, withscores, score_cast_func)

    @overload
    def zrevrange(
        self,
        name: Key,
        start: int,
        end: int,
        withscores: Literal[False] = ...,
        score_cast_func: Cast = ...,
    ) -> Reply[list[T]]: ...

    @overload
    def zrevrange(
        self,
        name: Key,
        start: int,
        end: int,
        withscores: Literal[True],
        score_cast_func: Cast = ...,
    ) -> Reply[list[tuple[T, Any]]]: ...

    def zrevrange(
        self,
        name: Key,
        start: int,
        end: int,
        withscores: bool = False,
        score_cast_func: Cast = float,
    ) -> Reply[Any]:
        """``ZREVRANGE name start end``: as ``zrange``, from the highest score down.

        https://valkey.io/commands/zrevrange/
        """
        return self._range(("ZREVRANGE", name, start, end), withscores, score_cast_func)

    @overload
    def zrangebyscore(
        self,
        name: Key,
        min: Value,
        max: Value,
        start: int | None = ...,
        num: int | None = ...,
        withscores: Literal[False] = ...,
        score_cast_func: Cast = ...,
    ) -> Reply[list[T]]: ...

    @overload
    def zrangebyscore(
        self,
        name: Key,
        min: Value,
        max: Value,
        start: int | None = ...,
        num: int | None = ...,
        *,
        withscores: Literal[True],
        score_cast_func: Cast = ...,
    ) -> Reply[list[tuple[T, Any]]]: ...

    def zrangebyscore(
        self,
        name: Key,
        min: Value,  # noqa: A002  redis-py's name
        max: Value,  # noqa: A002  redis-py's name
        start: int | None = None,
        num: int | None = None,
        withscores: bool = False,
        score_cast_func: Cast = float,
    ) -> Reply[Any]:
        """``ZRANGEBYSCORE name min max``: members with a score within the bounds.

        DataError when only one of ``start`` and ``num`` is given.
        https://valkey.io/commands/zrangebyscore/
        """
        words = ("ZRANGEBYSCORE", name, min, max, *_page("start", start, num))
        return self._range(words, withscores, score_cast_func)

    @overload
    def zrevrangebyscore(
        self,
        name: Key,
        max: Value,
        min: Value,
        start: int | None = ...,
        num: int | None = ...,
        withscores: Literal[False] = ...,
        score_cast_func: Cast = ...,
    ) -> Reply[list[T]]: ...

    @overload
    def zrevrangebyscore(
        self,
        name: Key,
        max: Value,
        min: Value,
        start: int | None = ...,
        num: int | None = ...,
        *,
        withscores: Literal[True],
        score_cast_func: Cast = ...,
    ) -> Reply[list[tuple[T, Any]]]: ...

    def zrevrangebyscore(
        self,
        name: Key,
        max: Value,  # noqa: A002  redis-py's name
        min: Value,  # noqa: A002  redis-py's name
        start: int | None = None,
        num: int | None = None,
        withscores: bool = False,
        score_cast_func: Cast = float,
    ) -> Reply[Any]:
        """``ZREVRANGEBYSCORE name max min``: ``zrangebyscore`` from the highest down.

        https://valkey.io/commands/zrevrangebyscore/
        """
        words = ("ZREVRANGEBYSCORE", name, max, min, *_page("start", start, num))
        return self._range(words, withscores, score_cast_func)

    def zrangebylex(
        self,
        name: Key,
        min: Value,  # noqa: A002  redis-py's name
        max: Value,  # noqa: A002  redis-py's name
        start: int | None = None,
        num: int | None = None,
    ) -> Reply[list[T]]:
        """``ZRANGEBYLEX name min max``: members of equal score with a name within the
        bounds: ``"[a"``, ``"(a"``, ``"-"`` or ``"+"``.

        https://valkey.io/commands/zrangebylex/
        """
        return self._run(("ZRANGEBYLEX", name, min, max, *_page("start", start, num)))

    def zrevrangebylex(
        self,
        name: Key,
        max: Value,  # noqa: A002  redis-py's name
        min: Value,  # noqa: A002  redis-py's name
        start: int | None = None,
        num: int | None = None,
    ) -> Reply[list[T]]:
        """``ZREVRANGEBYLEX name max min``: ``zrangebylex`` from the last name down.

        https://valkey.io/commands/zrevrangebylex/
        """
        return self._run(("ZREVRANGEBYLEX", name, max, min, *_page("start", start, num)))

    def zrangestore(
        self,
        dest: Key,
        name: Key,
        start: Value,
        end: Value,
        byscore: bool = False,
        bylex: bool = False,
        desc: bool = False,
        offset: int | None = None,
        num: int | None = None,
    ) -> Reply[int]:
        """``ZRANGESTORE dest name start end``: ``zrange`` stored as ``dest``; its size.

        https://valkey.io/commands/zrangestore/
        """
        if byscore and bylex:
            raise DataError("byscore and bylex exclude each other: give one")
        by = switches(BYSCORE=byscore, BYLEX=bylex, REV=desc)
        words = (name, start, end, *by, *_page("offset", offset, num))
        return self._run(("ZRANGESTORE", dest, *words))

    def zremrangebyrank(self, name: Key, min: int, max: int) -> Reply[int]:  # noqa: A002  redis-py's
        """``ZREMRANGEBYRANK name min max``: how many were removed, by their ranks.

        https://valkey.io/commands/zremrangebyrank/
        """
        return self._run(("ZREMRANGEBYRANK", name, min, max))

    def zremrangebyscore(self, name: Key, min: Value, max: Value) -> Reply[int]:  # noqa: A002  redis-py's
        """``ZREMRANGEBYSCORE name min max``: how many were removed, by their scores.

        https://valkey.io/commands/zremrangebyscore/
        """
        return self._run(("ZREMRANGEBYSCORE", name, min, max))

    def zremrangebylex(self, name: Key, min: Value, max: Value) -> Reply[int]:  # noqa: A002  redis-py's
        """``ZREMRANGEBYLEX name min max``: how many were removed, by their names.

        https://valkey.io/commands/zremrangebylex/
        """
        return self._run(("ZREMRANGEBYLEX", name, min, max))

    def _range(self, words: tuple[Any, ...], withscores: bool, cast: Cast) -> Reply[Any]:
        if not withscores:
            return self._run(words)
        shape: Shape = scored if cast is float else partial(scored, cast=cast)
        return self._run((*words, "WITHSCORES"), shape)


def _page(name: str, skip: int | None, num: int | None) -> tuple[Any, ...]:
    """The LIMIT of a range: both numbers, or neither."""
    if skip is None and num is None:
        return ()
    if skip is None or num is None:
        raise DataError(f"{name} and num go together: give both or neither")
    return ("LIMIT", skip, num)
