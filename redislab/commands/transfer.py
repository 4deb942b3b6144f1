"""Keys on the move: to another database, to another server, to a file; and how far writes
have come.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from redislab.commands.replies import flag, ok, payload
from redislab.commands.run import Key, Run, T, Value, flat, option, switches
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class TransferCommands(Run[T]):
    """The group ``generic``, as far as it moves keys and counts copies."""

    __slots__ = ()

    def move(self, name: Key, db: int) -> Reply[bool]:
        """``MOVE name db``: whether the key is in that database now, and not here.

        It is not when there is no such key, or the other database has one.
        https://valkey.io/commands/move/
        """
        return self._run(("MOVE", name, db), flag)

    def dump(self, name: Key) -> Reply[bytes | None]:
        """``DUMP name``: what it holds, as bytes for ``restore``; None for no such key.

        They are bytes also with ``decode_responses``.
        https://valkey.io/commands/dump/
        """
        return self._run(("DUMP", name), payload)

    def restore(
        self,
        name: Key,
        ttl: int,
        value: Value,
        replace: bool = False,
        absttl: bool = False,
        idletime: int | None = None,
        frequency: int | None = None,
    ) -> Reply[bool]:
        """``RESTORE name ttl value``: True; the key holds what was dumped.

        - ``ttl``: milliseconds to live, 0 for ever; Unix time with ``absttl``.
        - ``replace``: what the key held before is lost; else ResponseError (BUSYKEY).
        - ``idletime`` (seconds), ``frequency``: how the server's eviction sees it.

        ResponseError when the bytes are of a newer server, or damaged.
        https://valkey.io/commands/restore/
        """
        options = (
            *switches(REPLACE=replace, ABSTTL=absttl),
            *option("IDLETIME", idletime),
            *option("FREQ", frequency),
        )
        return self._run(("RESTORE", name, ttl, value, *options), ok)

    def migrate(
        self,
        host: str,
        port: int,
        keys: Key | Iterable[Key],
        destination_db: int,
        timeout: int,
        copy: bool = False,
        replace: bool = False,
        auth: str | None = None,
    ) -> Reply[T]:
        """``MIGRATE host port "" db timeout KEYS key ...``: OK; they are on that server.

        NOKEY when there was none of them. ``timeout`` is in milliseconds, for each step;
        ``copy`` leaves them here too, ``replace`` overwrites there, ``auth`` is that
        server's password. DataError when no key is given.
        https://valkey.io/commands/migrate/
        """
        names = flat(keys, ())
        if not names:
            raise DataError("migrate needs at least one key")
        options = (*switches(COPY=copy, REPLACE=replace), *option("AUTH", auth))
        words: tuple[Any, ...] = (host, port, "", destination_db, timeout, *options)
        return self._run(("MIGRATE", *words, "KEYS", *names))

    def wait(self, num_replicas: int, timeout: int) -> Reply[int]:
        """``WAIT num_replicas timeout``: how many replicas have our writes.

        It returns when that many have confirmed the writes that this very connection
        sent before, or after ``timeout`` milliseconds (0: no limit).
        https://valkey.io/commands/wait/
        """
        return self._run(("WAIT", num_replicas, timeout))

    def waitaof(self, num_local: int, num_replicas: int, timeout: int) -> Reply[list[int]]:
        """``WAITAOF num_local num_replicas timeout``: [1 if this server has our writes on
        disk, how many replicas have].

        ``timeout`` is in milliseconds. ResponseError when this server writes no such file
        and ``num_local`` is not 0. For servers since 7.2.
        https://valkey.io/commands/waitaof/
        """
        return self._run(("WAITAOF", num_local, num_replicas, timeout))
