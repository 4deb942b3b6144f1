"""Sorting a list, a set or a sorted set, by its own values or by those of other keys."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from redislab.commands.replies import in_groups
from redislab.commands.run import Key, Run, T, option, switches
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class SortingCommands(Run[T]):
    """The group ``generic``, as far as it sorts."""

    __slots__ = ()

    def sort(
        self,
        name: Key,
        start: int | None = None,
        num: int | None = None,
        by: Key | None = None,
        get: Key | Sequence[Key] | None = None,
        desc: bool = False,
        alpha: bool = False,
        store: Key | None = None,
        groups: bool = False,
    ) -> Reply[Any]:
        """``SORT name``: its values as a list, in order.

        - ``start``, ``num``: skip so many, give at most so many; both or neither.
        - ``by``: sort by other keys, a pattern such as ``"weight_*"`` in which each value
          takes the place of the star; a hash's field as ``"about_*->weight"``.
        - ``get``: give other keys' values instead, by one or several patterns; ``"#"`` is
          the value itself. ``groups`` makes a list of tuples of them.
        - ``alpha``: they are text, not numbers; ``desc``: the greatest first.
        - ``store``: store the list as this key; the reply is its length.

        ResponseError when a value is no number and ``alpha`` is not given.
        https://valkey.io/commands/sort/
        """
        words = _words(start, num, by, get, desc, alpha)
        if not groups:
            return self._run(("SORT", name, *words, *option("STORE", store)))
        if get is None or isinstance(get, _ONE) or len(get) < 2:
            raise DataError("groups are made of what get gives: give it at least two")
        shape = partial(in_groups, size=len(get))
        return self._run(("SORT", name, *words, *option("STORE", store)), shape)

    def sort_ro(
        self,
        key: Key,
        start: int | None = None,
        num: int | None = None,
        by: Key | None = None,
        get: Key | Sequence[Key] | None = None,
        desc: bool = False,
        alpha: bool = False,
    ) -> Reply[list[Any]]:
        """``SORT_RO key``: ``sort`` that stores nothing, so that a replica may do it.

        https://valkey.io/commands/sort_ro/
        """
        return self._run(("SORT_RO", key, *_words(start, num, by, get, desc, alpha)))


_ONE = (str, bytes, bytearray, memoryview, int, float)


def _words(
    start: int | None,
    num: int | None,
    by: Key | None,
    get: Key | Sequence[Key] | None,
    desc: bool,
    alpha: bool,
) -> tuple[Any, ...]:
    if (start is None) != (num is None):
        raise DataError("start and num go together: give both or neither")
    patterns = () if get is None else (get,) if isinstance(get, _ONE) else tuple(get)
    return (
        *option("BY", by),
        *(() if start is None else ("LIMIT", start, num)),
        *(word for pattern in patterns for word in ("GET", pattern)),
        *switches(DESC=desc, ALPHA=alpha),
    )
