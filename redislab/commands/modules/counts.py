"""How often, and which most often: ``client.cms()`` and ``client.topk()``.

A count-min sketch never counts too little, and too much with a small error. A top-k keeps
the items that were counted most. Both take memory of a size chosen once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from redislab.commands.modules.family import Family
from redislab.commands.modules.sketches import Facts, facts
from redislab.commands.replies import ok
from redislab.commands.run import Key, T, Value

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class CountMinSketch(Family[T]):
    """The group ``cms``."""

    __slots__ = ()

    def initbydim(self, key: Key, width: int, depth: int) -> Reply[bool]:
        """``CMS.INITBYDIM key width depth``: True; a new sketch of that size.

        https://redis.io/docs/latest/commands/cms.initbydim/
        """
        return self._run(("CMS.INITBYDIM", key, width, depth), ok)

    def initbyprob(self, key: Key, error: float, probability: float) -> Reply[bool]:
        """``CMS.INITBYPROB key error probability``: True; a new sketch that counts too much
        by more than ``error`` of all only with that probability.

        https://redis.io/docs/latest/commands/cms.initbyprob/
        """
        return self._run(("CMS.INITBYPROB", key, error, probability), ok)

    def incrby(
        self, key: Key, items: Iterable[Value], increments: Iterable[int]
    ) -> Reply[list[int]]:
        """``CMS.INCRBY key item increment ...``: the count of each after it.

        https://redis.io/docs/latest/commands/cms.incrby/
        """
        return self._run(("CMS.INCRBY", key, *_in_turn(items, increments)))

    def query(self, key: Key, *items: Value) -> Reply[list[int]]:
        """``CMS.QUERY key item ...``: the count of each.

        https://redis.io/docs/latest/commands/cms.query/
        """
        return self._run(("CMS.QUERY", key, *items))

    def merge(
        self,
        destKey: Key,  # noqa: N803  redis-py's name
        numKeys: int,  # noqa: N803  redis-py's name
        srcKeys: Sequence[Key],  # noqa: N803  redis-py's name
        weights: Sequence[int] = (),
    ) -> Reply[bool]:
        """``CMS.MERGE dest n source ...``: True; ``dest`` has all their counts, each times
        its weight.

        https://redis.io/docs/latest/commands/cms.merge/
        """
        words = ("WEIGHTS", *weights) if weights else ()
        return self._run(("CMS.MERGE", destKey, numKeys, *srcKeys, *words), ok)

    def info(self, key: Key) -> Reply[Facts]:
        """``CMS.INFO key``: width, depth, count of all.

        https://redis.io/docs/latest/commands/cms.info/
        """
        return self._run(("CMS.INFO", key), facts)


class TopK(Family[T]):
    """The group ``topk``."""

    __slots__ = ()

    def reserve(
        self, key: Key, k: int, width: int, depth: int, decay: float
    ) -> Reply[bool]:
        """``TOPK.RESERVE key k width depth decay``: True; a new list of the first ``k``.

        https://redis.io/docs/latest/commands/topk.reserve/
        """
        return self._run(("TOPK.RESERVE", key, k, width, depth, decay), ok)

    def add(self, key: Key, *items: Value) -> Reply[list[T | None]]:
        """``TOPK.ADD key item ...``: for each the item it drove out, or None.

        https://redis.io/docs/latest/commands/topk.add/
        """
        return self._run(("TOPK.ADD", key, *items))

    def incrby(
        self, key: Key, items: Iterable[Value], increments: Iterable[int]
    ) -> Reply[list[T | None]]:
        """``TOPK.INCRBY key item increment ...``: ``add`` so many times.

        https://redis.io/docs/latest/commands/topk.incrby/
        """
        return self._run(("TOPK.INCRBY", key, *_in_turn(items, increments)))

    def query(self, key: Key, *items: Value) -> Reply[list[int]]:
        """``TOPK.QUERY key item ...``: for each 1 when it is among the first, else 0.

        https://redis.io/docs/latest/commands/topk.query/
        """
        return self._run(("TOPK.QUERY", key, *items))

    def count(self, key: Key, *items: Value) -> Reply[list[int]]:
        """``TOPK.COUNT key item ...``: about how often each was counted.

        https://redis.io/docs/latest/commands/topk.count/
        """
        return self._run(("TOPK.COUNT", key, *items))

    def list(self, key: Key, withcount: bool = False) -> Reply[Any]:
        """``TOPK.LIST key``: the first ones; ``withcount``: items and counts in turn.

        https://redis.io/docs/latest/commands/topk.list/
        """
        return self._run(("TOPK.LIST", key, *(("WITHCOUNT",) if withcount else ())))

    def info(self, key: Key) -> Reply[Facts]:
        """``TOPK.INFO key``: k, width, depth, decay.

        https://redis.io/docs/latest/commands/topk.info/
        """
        return self._run(("TOPK.INFO", key), facts)


def _in_turn(items: Iterable[Value], increments: Iterable[int]) -> Iterable[Value]:
    return (word for pair in zip(items, increments, strict=True) for word in pair)
