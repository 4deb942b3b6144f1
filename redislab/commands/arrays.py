"""Arrays: values at indices from 0 on, with gaps, under one key. For Redis 8.8.

A cursor remembers where the last value was inserted. Ranges include both ends; from the
higher to the lower end they run backwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from redislab.commands.replies import flag, report
from redislab.commands.run import Key, Run, T, Value, option, switches

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class ArrayAggregateOperations(StrEnum):
    """What ``arop`` makes of a range of values."""

    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    AND = "AND"
    OR = "OR"
    XOR = "XOR"
    MATCH = "MATCH"
    USED = "USED"


class ArrayPredicateType(StrEnum):
    """How ``argrep`` compares: all of a value, a part, a glob, a regular expression."""

    EXACT = "EXACT"
    MATCH = "MATCH"
    GLOB = "GLOB"
    RE = "RE"


class ArrayPredicateCombinator(StrEnum):
    """Whether all of ``argrep``'s predicates must hold, or any."""

    AND = "AND"
    OR = "OR"


class ArrayCommands(Run[T]):
    """The group ``array``."""

    __slots__ = ()

    # --- writing ----------------------------------------------------------------------

    def arset(self, name: Key, index: int, *values: Value) -> Reply[int]:
        """``ARSET name index value ...``: how many of these places were empty before.

        https://redis.io/docs/latest/commands/arset/
        """
        return self._run(("ARSET", name, index, *values))

    def armset(self, name: Key, mapping: Mapping[int, Value]) -> Reply[int]:
        """``ARMSET name index value ...``: ``arset`` at indices of any order.

        https://redis.io/docs/latest/commands/armset/
        """
        words = [word for pair in mapping.items() for word in pair]
        return self._run(("ARMSET", name, *words))

    def arinsert(self, name: Key, *values: Value) -> Reply[int]:
        """``ARINSERT name value ...``: the index of the last one; they go where the cursor
        is.

        https://redis.io/docs/latest/commands/arinsert/
        """
        return self._run(("ARINSERT", name, *values))

    def arring(self, name: Key, size: int, *values: Value) -> Reply[int]:
        """``ARRING name size value ...``: the index of the last one; ``arinsert`` that
        begins at 0 again after ``size`` values, so that the newest stay.

        https://redis.io/docs/latest/commands/arring/
        """
        return self._run(("ARRING", name, size, *values))

    def arseek(self, name: Key, index: int) -> Reply[bool]:
        """``ARSEEK name index``: whether the cursor was set; it is not for no such key.

        https://redis.io/docs/latest/commands/arseek/
        """
        return self._run(("ARSEEK", name, index), flag)

    def ardel(self, name: Key, *indices: int) -> Reply[int]:
        """``ARDEL name index ...``: how many values there were and now are not.

        https://redis.io/docs/latest/commands/ardel/
        """
        return self._run(("ARDEL", name, *indices))

    def ardelrange(self, name: Key, *ranges: tuple[int, int]) -> Reply[int]:
        """``ARDELRANGE name start end ...``: ``ardel`` by (start, end) ranges.

        https://redis.io/docs/latest/commands/ardelrange/
        """
        return self._run(("ARDELRANGE", name, *(end for pair in ranges for end in pair)))

    # --- reading ----------------------------------------------------------------------

    def arget(self, name: Key, index: int) -> Reply[T | None]:
        """``ARGET name index``: the value there, None for none.

        https://redis.io/docs/latest/commands/arget/
        """
        return self._run(("ARGET", name, index))

    def armget(self, name: Key, *indices: int) -> Reply[list[T | None]]:
        """``ARMGET name index ...``: the values in this order, None for none.

        https://redis.io/docs/latest/commands/armget/
        """
        return self._run(("ARMGET", name, *indices))

    def argetrange(self, name: Key, start: int, end: int) -> Reply[list[T | None]]:
        """``ARGETRANGE name start end``: every place of the range, None where it is empty.

        https://redis.io/docs/latest/commands/argetrange/
        """
        return self._run(("ARGETRANGE", name, start, end))

    def arscan(
        self, name: Key, start: int, end: int, limit: int | None = None
    ) -> Reply[list[list[Any]]]:
        """``ARSCAN name start end``: [index, value] where there is one; at most ``limit``.

        https://redis.io/docs/latest/commands/arscan/
        """
        return self._run(("ARSCAN", name, start, end, *option("LIMIT", limit)))

    def argrep(
        self,
        name: Key,
        start: int,
        end: int,
        predicates: Iterable[tuple[str, Value]],
        combinator: str | None = None,
        limit: int | None = None,
        withvalues: bool = False,
        nocase: bool = False,
    ) -> Reply[list[Any]]:
        """``ARGREP name start end EXACT|MATCH|GLOB|RE text ...``: indices of values that
        fit; [index, value] with ``withvalues``.

        ``predicates`` are (``ArrayPredicateType``, text) pairs, of which any must hold, or
        with the ``combinator`` AND all. ``nocase`` ignores upper and lower case.
        https://redis.io/docs/latest/commands/argrep/
        """
        asked = [word for kind, text in predicates for word in (str(kind), text)]
        words = (
            *asked,
            *(() if combinator is None else (str(combinator),)),
            *option("LIMIT", limit),
            *switches(WITHVALUES=withvalues, NOCASE=nocase),
        )
        return self._run(("ARGREP", name, start, end, *words))

    def arlastitems(self, name: Key, count: int, rev: bool = False) -> Reply[list[T]]:
        """``ARLASTITEMS name count``: the values inserted last, the newest at the end, or
        with ``rev`` first.

        https://redis.io/docs/latest/commands/arlastitems/
        """
        return self._run(("ARLASTITEMS", name, count, *switches(REV=rev)))

    def arop(
        self,
        name: Key,
        start: int,
        end: int,
        operation: str,
        value: Value | None = None,
    ) -> Reply[Any]:
        """``AROP name start end operation``: the range as one number, None if empty.

        ``operation``: see ``ArrayAggregateOperations``; MATCH counts those equal to
        ``value``, USED those that are there; SUM, MIN and MAX give a number as text.
        https://redis.io/docs/latest/commands/arop/
        """
        compared = () if value is None else (value,)
        return self._run(("AROP", name, start, end, str(operation), *compared))

    # --- its shape --------------------------------------------------------------------

    def arcount(self, name: Key) -> Reply[int]:
        """``ARCOUNT name``: how many values.

        https://redis.io/docs/latest/commands/arcount/
        """
        return self._run(("ARCOUNT", name))

    def arlen(self, name: Key) -> Reply[int]:
        """``ARLEN name``: the highest index with a value, plus 1.

        https://redis.io/docs/latest/commands/arlen/
        """
        return self._run(("ARLEN", name))

    def arnext(self, name: Key) -> Reply[int | None]:
        """``ARNEXT name``: the index ``arinsert`` will use; None when there is none left.

        https://redis.io/docs/latest/commands/arnext/
        """
        return self._run(("ARNEXT", name))

    def arinfo(self, name: Key, full: bool = False) -> Reply[dict[str, Any]]:
        """``ARINFO name``: how the server keeps it; ``full`` looks at every part.

        https://redis.io/docs/latest/commands/arinfo/
        """
        return self._run(("ARINFO", name, *switches(FULL=full)), report)
