"""Sorted sets, members taken out: those with the lowest or the highest scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from redislab.commands.replies import popped_score, popped_scores, scored
from redislab.commands.run import Key, Run, T, flat, option
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from typing import Any

    from redislab.connection.session import Reply


class SortedSetPops(Run[T]):
    """The group ``sorted-set``, as far as it takes members out."""

    __slots__ = ()

    def zpopmin(self, name: Key, count: int | None = None) -> Reply[list[tuple[T, float]]]:
        """``ZPOPMIN name``: (member, score) with the lowest scores, taken out.

        One unless ``count`` is given; an empty list when there are none.
        https://valkey.io/commands/zpopmin/
        """
        return self._run(
            ("ZPOPMIN", name) if count is None else ("ZPOPMIN", name, count), scored
        )

    def zpopmax(self, name: Key, count: int | None = None) -> Reply[list[tuple[T, float]]]:
        """``ZPOPMAX name``: ``zpopmin`` for the highest scores.

        https://valkey.io/commands/zpopmax/
        """
        return self._run(
            ("ZPOPMAX", name) if count is None else ("ZPOPMAX", name, count), scored
        )

    def zmpop(
        self,
        num_keys: int,
        keys: Sequence[Key],
        min: bool | None = False,  # noqa: A002  redis-py's name
        max: bool | None = False,  # noqa: A002  redis-py's name
        count: int | None = 1,
    ) -> Reply[list[Any] | None]:
        """``ZMPOP n key ... MIN|MAX``: [key, [[member, score] ...]] of the first sorted set
        that has any.

        At most ``count`` members, taken out at that end; None when all are empty.
        DataError unless exactly one of ``min`` and ``max`` is true.
        https://valkey.io/commands/zmpop/
        """
        many = () if count == 1 else option("COUNT", count)
        words = (num_keys, *keys, _end(min, max), *many)
        return self._run(("ZMPOP", *words), popped_scores)

    def bzmpop(
        self,
        timeout: float,
        numkeys: int,
        keys: Sequence[Key],
        min: bool | None = False,  # noqa: A002  redis-py's name
        max: bool | None = False,  # noqa: A002  redis-py's name
        count: int | None = 1,
    ) -> Reply[list[Any] | None]:
        """``BZMPOP timeout n key ... MIN|MAX``: ``zmpop`` that waits ``timeout`` seconds.

        https://valkey.io/commands/bzmpop/
        """
        words = (timeout, numkeys, *keys, _end(min, max), *option("COUNT", count))
        return self._run(("BZMPOP", *words), popped_scores)

    def bzpopmin(
        self, keys: Key | Iterable[Key], timeout: float | None = 0
    ) -> Reply[tuple[T, T, float] | None]:
        """``BZPOPMIN key ... timeout``: (key, member, score) as soon as there is any.

        None when ``timeout`` seconds went by; 0 or None waits without end.
        https://valkey.io/commands/bzpopmin/
        """
        return self._run(("BZPOPMIN", *flat(keys, ()), timeout or 0), popped_score)

    def bzpopmax(
        self, keys: Key | Iterable[Key], timeout: float | None = 0
    ) -> Reply[tuple[T, T, float] | None]:
        """``BZPOPMAX key ... timeout``: ``bzpopmin`` for the highest score.

        https://valkey.io/commands/bzpopmax/
        """
        return self._run(("BZPOPMAX", *flat(keys, ()), timeout or 0), popped_score)


def _end(lowest: bool | None, highest: bool | None) -> str:
    if bool(lowest) == bool(highest):
        raise DataError("give min or max, and not both")
    return "MIN" if lowest else "MAX"
