"""Walks over all keys, or over all members of one: ``async for key in client.scan_iter()``.

The server walks in steps and remembers nothing: each step gives the cursor of the next.
So other commands run in between, and leaving the loop early leaves nothing behind. What
is there all the time comes at least once; what comes or goes meanwhile, perhaps.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Literal, overload

from redislab.commands import Commands, Key, T
from redislab.commands.replies import Cast


class ScanIterators(Commands[T]):
    """SCAN, SSCAN, HSCAN and ZSCAN as async iterators. Pipelines have them not."""

    __slots__ = ()

    def scan_iter(
        self,
        match: Key | None = None,
        count: int | None = None,
        _type: str | None = None,
    ) -> AsyncIterator[T]:
        """The names of all keys, by ``SCAN`` until its cursor is 0.

        ``match`` is a glob pattern, ``_type`` a type's name; ``count`` is about how many
        keys the server looks at in a step. A name may come twice.
        https://valkey.io/commands/scan/
        """
        return _walk(lambda cursor: self.scan(cursor, match, count, _type))

    def sscan_iter(
        self, name: Key, match: Key | None = None, count: int | None = None
    ) -> AsyncIterator[T]:
        """The members of a set, by ``SSCAN``; see ``scan_iter``.

        https://valkey.io/commands/sscan/
        """
        return _walk(lambda cursor: self.sscan(name, cursor, match, count))

    @overload
    def hscan_iter(
        self,
        name: Key,
        match: Key | None = ...,
        count: int | None = ...,
        no_values: Literal[False] | None = ...,
    ) -> AsyncIterator[tuple[T, T]]: ...

    @overload
    def hscan_iter(
        self,
        name: Key,
        match: Key | None = ...,
        count: int | None = ...,
        *,
        no_values: Literal[True],
    ) -> AsyncIterator[T]: ...

    def hscan_iter(
        self,
        name: Key,
        match: Key | None = None,
        count: int | None = None,
        no_values: bool | None = None,
    ) -> AsyncIterator[Any]:
        """The (field, value) pairs of a hash, by ``HSCAN``; see ``scan_iter``.

        ``no_values``: the fields alone; for Redis 7.4 and Valkey 8.0.
        https://valkey.io/commands/hscan/
        """
        if no_values:
            return _walk(lambda cursor: self.hscan(name, cursor, match, count, True))
        return _walk(lambda cursor: self._hash_step(name, cursor, match, count))

    async def _hash_step(
        self, name: Key, cursor: int, match: Key | None, count: int | None
    ) -> tuple[int, list[tuple[T, T]]]:
        position, found = await self.hscan(name, cursor, match, count)
        return position, list(found.items())

    def zscan_iter(
        self,
        name: Key,
        match: Key | None = None,
        count: int | None = None,
        score_cast_func: Cast = float,
    ) -> AsyncIterator[tuple[T, Any]]:
        """The (member, score) pairs of a sorted set, by ``ZSCAN``; see ``scan_iter``.

        https://valkey.io/commands/zscan/
        """
        return _walk(lambda cursor: self.zscan(name, cursor, match, count, score_cast_func))


async def _walk(
    step: Callable[[int], Awaitable[tuple[int, list[Any]]]],
) -> AsyncIterator[Any]:
    """Step by step until the cursor is 0; a step may well have found nothing."""
    cursor, found = await step(0)
    while True:
        for one in found:
            yield one
        if cursor == 0:
            return
        cursor, found = await step(cursor)
