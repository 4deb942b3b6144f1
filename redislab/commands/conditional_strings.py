"""Strings that change only if: they hold what one expects, or stay within bounds.

What takes WATCH and a transaction elsewhere is one command here. Most are for newer
servers: each method says for which.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from redislab.commands.expiry import Duration, Moment, lifetime
from redislab.commands.replies import numbers, string
from redislab.commands.run import Key, Run, T, Value, option, switches
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class DataPersistOptions(StrEnum):
    """Which keys ``msetex`` sets."""

    NX = "NX"
    """Only if none of them exists."""
    XX = "XX"
    """Only if all of them exist."""


class ConditionalStringCommands(Run[T]):
    """The group ``string``, as far as it compares first."""

    __slots__ = ()

    def digest(self, name: Key) -> Reply[str | None]:
        """``DIGEST name``: a short name for the value, 16 hexadecimal digits; None when
        there is no such key.

        It is the XXH3 hash of the value, for ``delex(ifdeq=...)``. For Redis 8.4.
        https://redis.io/docs/latest/commands/digest/
        """
        return self._run(("DIGEST", name), string)

    def delex(
        self,
        name: Key,
        ifeq: Value | None = None,
        ifne: Value | None = None,
        ifdeq: Value | None = None,
        ifdne: Value | None = None,
    ) -> Reply[int]:
        """``DELEX name``: 1 when it was deleted, 0 when it was not.

        Only if its value is ``ifeq``, is not ``ifne``, has the digest ``ifdeq``, has not
        the digest ``ifdne``. DataError when more than one is given. For Redis 8.4;
        Valkey has ``delifeq``.
        https://redis.io/docs/latest/commands/delex/
        """
        conditions = [
            words
            for words in (
                option("IFEQ", ifeq),
                option("IFNE", ifne),
                option("IFDEQ", ifdeq),
                option("IFDNE", ifdne),
            )
            if words
        ]
        if len(conditions) > 1:
            raise DataError("ifeq, ifne, ifdeq and ifdne exclude each other: give one")
        return self._run(("DELEX", name, *(conditions[0] if conditions else ())))

    def delifeq(self, name: Key, value: Value) -> Reply[int]:
        """``DELIFEQ name value``: 1 when it held that value and now is gone, else 0.

        The safe way to give back a lock. For Valkey 9.0; Redis 8.4 has ``delex``.
        https://valkey.io/commands/delifeq/
        """
        return self._run(("DELIFEQ", name, value))

    def msetex(
        self,
        mapping: Mapping[Any, Value],
        data_persist_option: str | None = None,
        ex: Duration | None = None,
        px: Duration | None = None,
        exat: Moment | None = None,
        pxat: Moment | None = None,
        keepttl: bool = False,
    ) -> Reply[int]:
        """``MSETEX n key value ...``: 1 when all were set, else 0.

        A lifetime is as in ``set``; ``data_persist_option``: see ``DataPersistOptions``.
        For Redis 8.4 and Valkey 9.1.
        https://valkey.io/commands/msetex/
        """
        if not mapping:
            raise DataError("msetex needs at least one key and its value")
        pairs = [word for pair in mapping.items() for word in pair]
        life = lifetime(ex, px, exat, pxat, "KEEPTTL", keepttl)
        condition = () if data_persist_option is None else (str(data_persist_option),)
        return self._run(("MSETEX", len(mapping), *pairs, *condition, *life))

    def increx(
        self,
        name: Key,
        *,
        byfloat: float | None = None,
        byint: int | None = None,
        lbound: float | None = None,
        ubound: float | None = None,
        saturate: bool = False,
        ex: Duration | None = None,
        px: Duration | None = None,
        exat: Moment | None = None,
        pxat: Moment | None = None,
        persist: bool = False,
        enx: bool = False,
    ) -> Reply[list[Any]]:
        """``INCREX name``: [the number after adding, what was added].

        - ``byint``, ``byfloat``: what to add; else 1.
        - ``lbound``, ``ubound``: beyond these nothing is added; with ``saturate`` as much
          as fits.
        - a lifetime as in ``getex``; ``enx``: only if it has none yet.

        DataError when options exclude each other. For Redis 8.8.
        https://redis.io/docs/latest/commands/increx/
        """
        if byfloat is not None and byint is not None:
            raise DataError("byfloat and byint exclude each other: give one")
        life = lifetime(ex, px, exat, pxat, "PERSIST", persist)
        if enx and (not life or persist):
            raise DataError("enx is about a new lifetime: give ex, px, exat or pxat too")
        words = (
            *option("BYFLOAT", byfloat),
            *option("BYINT", byint),
            *option("LBOUND", lbound),
            *option("UBOUND", ubound),
            *switches(SATURATE=saturate),
            *life,
            *switches(ENX=enx),
        )
        return self._run(("INCREX", name, *words), numbers)
