"""Fields of a hash that expire one by one. For Redis 7.4 and Valkey 9.0.

Methods that set a lifetime give a number for each field: 1 it was set, 0 a condition
failed, 2 the field is gone since the moment is past, -2 there is no such field. Those that
tell one give -1 for a field that never expires and -2 for no such field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from redislab.commands.expiry import Duration, Moment, lifetime, milliseconds, seconds
from redislab.commands.run import Key, Run, T, Value, switches
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class HashDataPersistOptions(StrEnum):
    """Which fields ``hsetex`` sets."""

    FNX = "FNX"
    """Only if none of them exists."""
    FXX = "FXX"
    """Only if all of them exist."""


class FieldExpiryCommands(Run[T]):
    """The group ``hash``, as far as fields expire."""

    __slots__ = ()

    # --- with the value ---------------------------------------------------------------

    def hgetex(
        self,
        name: Key,
        *keys: Key,
        ex: Duration | None = None,
        px: Duration | None = None,
        exat: Moment | None = None,
        pxat: Moment | None = None,
        persist: bool = False,
    ) -> Reply[list[T | None]]:
        """``HGETEX name FIELDS n field ...``: the values, and a new lifetime for the
        fields.

        At most one: ``ex`` seconds, ``px`` milliseconds, ``exat`` or ``pxat`` a moment;
        ``persist`` takes the lifetime away. For Redis 8.0 and Valkey 9.0.
        https://valkey.io/commands/hgetex/
        """
        life = lifetime(ex, px, exat, pxat, "PERSIST", persist)
        return self._run(("HGETEX", name, *life, *_fields(keys)))

    def hsetex(
        self,
        name: Key,
        key: Key | None = None,
        value: Value | None = None,
        mapping: Mapping[Any, Value] | None = None,
        items: Sequence[Value] | None = None,
        ex: Duration | None = None,
        px: Duration | None = None,
        exat: Moment | None = None,
        pxat: Moment | None = None,
        data_persist_option: str | None = None,
        keepttl: bool = False,
    ) -> Reply[int]:
        """``HSETEX name FIELDS n field value ...``: 1 when all were set, else 0.

        Fields come as for ``hset``, the lifetime as for ``set``, and a condition as
        ``data_persist_option``: see ``HashDataPersistOptions``. For Redis 8.0 and Valkey
        9.0.
        https://valkey.io/commands/hsetex/
        """
        words: list[Any] = [*(items or ())]
        if len(words) % 2:
            raise DataError("items must be fields and values in turn")
        if key is not None:
            words += (key, value)
        for pair in (mapping or {}).items():
            words += pair
        if not words:
            raise DataError("hsetex needs a field and a value: key=, mapping= or items=")
        life = lifetime(ex, px, exat, pxat, "KEEPTTL", keepttl)
        condition = () if data_persist_option is None else (str(data_persist_option),)
        fields = ("FIELDS", len(words) // 2, *words)
        return self._run(("HSETEX", name, *life, *condition, *fields))

    def hgetdel(self, name: Key, *keys: Key) -> Reply[list[T | None]]:
        """``HGETDEL name FIELDS n field ...``: the values, and the fields are gone.

        For Redis 8.0 and Valkey 9.1.
        https://valkey.io/commands/hgetdel/
        """
        return self._run(("HGETDEL", name, *_fields(keys)))

    # --- a new lifetime ---------------------------------------------------------------

    def hexpire(
        self,
        name: Key,
        seconds: Duration,
        *fields: Key,
        nx: bool = False,
        xx: bool = False,
        gt: bool = False,
        lt: bool = False,
    ) -> Reply[list[int]]:
        """``HEXPIRE name seconds FIELDS n field ...``: a number for each field.

        ``nx``, ``xx``, ``gt``, ``lt`` as in ``expire``; DataError when more than one is
        given.
        https://valkey.io/commands/hexpire/
        """
        time = _whole_seconds(seconds)
        return self._run(("HEXPIRE", name, time, *_only(nx, xx, gt, lt), *_fields(fields)))

    def hpexpire(
        self,
        name: Key,
        milliseconds: Duration,
        *fields: Key,
        nx: bool = False,
        xx: bool = False,
        gt: bool = False,
        lt: bool = False,
    ) -> Reply[list[int]]:
        """``HPEXPIRE name milliseconds FIELDS n field ...``: ``hexpire`` in milliseconds.

        https://valkey.io/commands/hpexpire/
        """
        time = _whole_milliseconds(milliseconds)
        return self._run(("HPEXPIRE", name, time, *_only(nx, xx, gt, lt), *_fields(fields)))

    def hexpireat(
        self,
        name: Key,
        unix_time_seconds: Moment,
        *fields: Key,
        nx: bool = False,
        xx: bool = False,
        gt: bool = False,
        lt: bool = False,
    ) -> Reply[list[int]]:
        """``HEXPIREAT name unix-time FIELDS n field ...``: ``hexpire`` at a moment.

        https://valkey.io/commands/hexpireat/
        """
        words = (seconds(unix_time_seconds), *_only(nx, xx, gt, lt), *_fields(fields))
        return self._run(("HEXPIREAT", name, *words))

    def hpexpireat(
        self,
        name: Key,
        unix_time_milliseconds: Moment,
        *fields: Key,
        nx: bool = False,
        xx: bool = False,
        gt: bool = False,
        lt: bool = False,
    ) -> Reply[list[int]]:
        """``HPEXPIREAT name unix-time-in-ms FIELDS n field ...``: ``hexpireat`` in
        milliseconds.

        https://valkey.io/commands/hpexpireat/
        """
        when = milliseconds(unix_time_milliseconds)
        words = (when, *_only(nx, xx, gt, lt), *_fields(fields))
        return self._run(("HPEXPIREAT", name, *words))

    def hpersist(self, name: Key, *fields: Key) -> Reply[list[int]]:
        """``HPERSIST name FIELDS n field ...``: for each 1 when a lifetime was taken away,
        -1 when it had none.

        https://valkey.io/commands/hpersist/
        """
        return self._run(("HPERSIST", name, *_fields(fields)))

    # --- the lifetime left ------------------------------------------------------------

    def httl(self, key: Key, *fields: Key) -> Reply[list[int]]:
        """``HTTL key FIELDS n field ...``: seconds left of each.

        https://valkey.io/commands/httl/
        """
        return self._run(("HTTL", key, *_fields(fields)))

    def hpttl(self, key: Key, *fields: Key) -> Reply[list[int]]:
        """``HPTTL key FIELDS n field ...``: milliseconds left of each.

        https://valkey.io/commands/hpttl/
        """
        return self._run(("HPTTL", key, *_fields(fields)))

    def hexpiretime(self, key: Key, *fields: Key) -> Reply[list[int]]:
        """``HEXPIRETIME key FIELDS n field ...``: when each expires, Unix time in seconds.

        https://valkey.io/commands/hexpiretime/
        """
        return self._run(("HEXPIRETIME", key, *_fields(fields)))

    def hpexpiretime(self, key: Key, *fields: Key) -> Reply[list[int]]:
        """``HPEXPIRETIME key FIELDS n field ...``: ``hexpiretime`` in milliseconds.

        https://valkey.io/commands/hpexpiretime/
        """
        return self._run(("HPEXPIRETIME", key, *_fields(fields)))


# Two methods have arguments of these names.
_whole_seconds, _whole_milliseconds = seconds, milliseconds


def _fields(names: tuple[Key, ...]) -> tuple[Any, ...]:
    if not names:
        raise DataError("at least one field is needed")
    return ("FIELDS", len(names), *names)


def _only(nx: bool, xx: bool, gt: bool, lt: bool) -> tuple[str, ...]:
    given = switches(NX=nx, XX=xx, GT=gt, LT=lt)
    if len(given) > 1:
        raise DataError("nx, xx, gt and lt exclude each other: give one")
    return given
