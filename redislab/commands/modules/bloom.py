"""Bloom and Cuckoo filters: has this been seen? ``client.bf()`` and ``client.cf()``.

A filter says "no" for certain and "yes" with a small error, in a fraction of the memory of
a set. A Cuckoo filter can forget and count, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from redislab.commands.modules.family import Family
from redislab.commands.modules.sketches import Facts, chunk, facts
from redislab.commands.replies import ok
from redislab.commands.run import Key, T, Value, option, switches

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class Bloom(Family[T]):
    """The group ``bf``."""

    __slots__ = ()

    def create(
        self,
        key: Key,
        errorRate: float,  # noqa: N803  redis-py's name
        capacity: int,
        expansion: int | None = None,
        noScale: bool | None = None,  # noqa: N803  redis-py's name
    ) -> Reply[bool]:
        """``BF.RESERVE key error capacity``: True; a new filter for so many items.

        When it is full it grows by ``expansion`` times, or with ``noScale`` not at all.
        ResponseError when the key exists.
        https://redis.io/docs/latest/commands/bf.reserve/
        """
        words = (*option("EXPANSION", expansion), *switches(NONSCALING=bool(noScale)))
        return self._run(("BF.RESERVE", key, errorRate, capacity, *words), ok)

    reserve = create

    def add(self, key: Key, item: Value) -> Reply[int]:
        """``BF.ADD key item``: 1 when it is new, 0 when it was seen, probably.

        https://redis.io/docs/latest/commands/bf.add/
        """
        return self._run(("BF.ADD", key, item))

    def madd(self, key: Key, *items: Value) -> Reply[list[int]]:
        """``BF.MADD key item ...``: ``add`` for each.

        https://redis.io/docs/latest/commands/bf.madd/
        """
        return self._run(("BF.MADD", key, *items))

    def insert(
        self,
        key: Key,
        items: Iterable[Value],
        capacity: int | None = None,
        error: float | None = None,
        noCreate: bool | None = None,  # noqa: N803  redis-py's name
        expansion: int | None = None,
        noScale: bool | None = None,  # noqa: N803  redis-py's name
    ) -> Reply[list[int]]:
        """``BF.INSERT key ITEMS item ...``: ``madd``, with what ``create`` takes for a new
        filter; ``noCreate``: only if there is one.

        https://redis.io/docs/latest/commands/bf.insert/
        """
        words = (
            *option("CAPACITY", capacity),
            *option("ERROR", error),
            *option("EXPANSION", expansion),
            *switches(NOCREATE=bool(noCreate), NONSCALING=bool(noScale)),
        )
        return self._run(("BF.INSERT", key, *words, "ITEMS", *items))

    def exists(self, key: Key, item: Value) -> Reply[int]:
        """``BF.EXISTS key item``: 0 when it was never added, 1 when it was, probably.

        https://redis.io/docs/latest/commands/bf.exists/
        """
        return self._run(("BF.EXISTS", key, item))

    def mexists(self, key: Key, *items: Value) -> Reply[list[int]]:
        """``BF.MEXISTS key item ...``: ``exists`` for each.

        https://redis.io/docs/latest/commands/bf.mexists/
        """
        return self._run(("BF.MEXISTS", key, *items))

    def card(self, key: Key) -> Reply[int]:
        """``BF.CARD key``: how many items were added, those thought seen not counted.

        https://redis.io/docs/latest/commands/bf.card/
        """
        return self._run(("BF.CARD", key))

    def scandump(self, key: Key, iter: int) -> Reply[list[Any]]:  # noqa: A002  redis-py's name
        """``BF.SCANDUMP key iterator``: [iterator of the next call, bytes for
        ``loadchunk``]: a step of saving it; begin with 0, and 0 is the end.

        https://redis.io/docs/latest/commands/bf.scandump/
        """
        return self._run(("BF.SCANDUMP", key, iter), chunk)

    def loadchunk(self, key: Key, iter: int, data: Value) -> Reply[bool]:  # noqa: A002  redis-py's
        """``BF.LOADCHUNK key iterator data``: True; a step of loading it.

        https://redis.io/docs/latest/commands/bf.loadchunk/
        """
        return self._run(("BF.LOADCHUNK", key, iter, data), ok)

    def info(self, key: Key) -> Reply[Facts]:
        """``BF.INFO key``: capacity, size in bytes, number of items ...

        https://redis.io/docs/latest/commands/bf.info/
        """
        return self._run(("BF.INFO", key), facts)


class Cuckoo(Family[T]):
    """The group ``cf``."""

    __slots__ = ()

    def create(
        self,
        key: Key,
        capacity: int,
        expansion: int | None = None,
        bucket_size: int | None = None,
        max_iterations: int | None = None,
    ) -> Reply[bool]:
        """``CF.RESERVE key capacity``: True; a new filter for so many items.

        ``bucket_size`` items to a bucket, at most ``max_iterations`` swaps before it grows
        by ``expansion`` times.
        https://redis.io/docs/latest/commands/cf.reserve/
        """
        words = (
            *option("EXPANSION", expansion),
            *option("BUCKETSIZE", bucket_size),
            *option("MAXITERATIONS", max_iterations),
        )
        return self._run(("CF.RESERVE", key, capacity, *words), ok)

    reserve = create

    def add(self, key: Key, item: Value) -> Reply[int]:
        """``CF.ADD key item``: 1; an item added twice counts twice.

        https://redis.io/docs/latest/commands/cf.add/
        """
        return self._run(("CF.ADD", key, item))

    def addnx(self, key: Key, item: Value) -> Reply[int]:
        """``CF.ADDNX key item``: 1 when it was added, 0 when it was seen, probably.

        https://redis.io/docs/latest/commands/cf.addnx/
        """
        return self._run(("CF.ADDNX", key, item))

    def insert(
        self,
        key: Key,
        items: Iterable[Value],
        capacity: int | None = None,
        nocreate: bool | None = None,
    ) -> Reply[list[int]]:
        """``CF.INSERT key ITEMS item ...``: for each 1, or -1 when the filter is full.

        https://redis.io/docs/latest/commands/cf.insert/
        """
        words = (*option("CAPACITY", capacity), *switches(NOCREATE=bool(nocreate)))
        return self._run(("CF.INSERT", key, *words, "ITEMS", *items))

    def insertnx(
        self,
        key: Key,
        items: Iterable[Value],
        capacity: int | None = None,
        nocreate: bool | None = None,
    ) -> Reply[list[int]]:
        """``CF.INSERTNX key ITEMS item ...``: ``insert``; 0 for one that was seen.

        https://redis.io/docs/latest/commands/cf.insertnx/
        """
        words = (*option("CAPACITY", capacity), *switches(NOCREATE=bool(nocreate)))
        return self._run(("CF.INSERTNX", key, *words, "ITEMS", *items))

    def exists(self, key: Key, item: Value) -> Reply[int]:
        """``CF.EXISTS key item``: 0 when it is not in it, 1 when it is, probably.

        https://redis.io/docs/latest/commands/cf.exists/
        """
        return self._run(("CF.EXISTS", key, item))

    def mexists(self, key: Key, *items: Value) -> Reply[list[int]]:
        """``CF.MEXISTS key item ...``: ``exists`` for each.

        https://redis.io/docs/latest/commands/cf.mexists/
        """
        return self._run(("CF.MEXISTS", key, *items))

    def delete(self, key: Key, item: Value) -> Reply[int]:
        """``CF.DEL key item``: 1 when it was taken out once. Only delete what was added.

        https://redis.io/docs/latest/commands/cf.del/
        """
        return self._run(("CF.DEL", key, item))

    def count(self, key: Key, item: Value) -> Reply[int]:
        """``CF.COUNT key item``: how often it was added, about.

        https://redis.io/docs/latest/commands/cf.count/
        """
        return self._run(("CF.COUNT", key, item))

    def scandump(self, key: Key, iter: int) -> Reply[list[Any]]:  # noqa: A002  redis-py's name
        """``CF.SCANDUMP key iterator``: as for a Bloom filter.

        https://redis.io/docs/latest/commands/cf.scandump/
        """
        return self._run(("CF.SCANDUMP", key, iter), chunk)

    def loadchunk(self, key: Key, iter: int, data: Value) -> Reply[bool]:  # noqa: A002  redis-py's
        """``CF.LOADCHUNK key iterator data``: as for a Bloom filter.

        https://redis.io/docs/latest/commands/cf.loadchunk/
        """
        return self._run(("CF.LOADCHUNK", key, iter, data), ok)

    def info(self, key: Key) -> Reply[Facts]:
        """``CF.INFO key``: size in bytes, number of items and of deleted ones ...

        https://redis.io/docs/latest/commands/cf.info/
        """
        return self._run(("CF.INFO", key), facts)
