"""Keys, whatever they hold: existence, names, lifetimes, and a walk over all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redislab.commands.expiry import Duration, Moment, milliseconds, seconds
from redislab.commands.replies import flag, ok, scanned
from redislab.commands.run import Key, Run, T, option, switches

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class KeyCommands(Run[T]):
    """The group ``generic``."""

    __slots__ = ()

    # --- existence --------------------------------------------------------------------

    def delete(self, *names: Key) -> Reply[int]:
        """``DEL name ...``: how many keys there were and now are not.

        https://valkey.io/commands/del/
        """
        return self._run(("DEL", *names))

    def unlink(self, *names: Key) -> Reply[int]:
        """``UNLINK name ...``: as ``delete``; memory is freed in the background.

        https://valkey.io/commands/unlink/
        """
        return self._run(("UNLINK", *names))

    def exists(self, *names: Key) -> Reply[int]:
        """``EXISTS name ...``: how many of them exist; one named twice counts twice.

        https://valkey.io/commands/exists/
        """
        return self._run(("EXISTS", *names))

    def touch(self, *args: Key) -> Reply[int]:
        """``TOUCH name ...``: how many exist; each counts as used just now.

        https://valkey.io/commands/touch/
        """
        return self._run(("TOUCH", *args))

    def type(self, name: Key) -> Reply[T]:
        """``TYPE name``: string, hash, list, set, zset, stream, or none.

        https://valkey.io/commands/type/
        """
        return self._run(("TYPE", name))

    # --- lifetime ---------------------------------------------------------------------

    def expire(
        self,
        name: Key,
        time: Duration,
        nx: bool = False,
        xx: bool = False,
        gt: bool = False,
        lt: bool = False,
    ) -> Reply[bool]:
        """``EXPIRE name seconds``: whether the lifetime was set.

        It is not when there is no such key, or the condition fails: ``nx`` only if it
        has no lifetime yet, ``xx`` only if it has one, ``gt``/``lt`` only if the new
        one is longer/shorter. ResponseError when conditions contradict each other.
        https://valkey.io/commands/expire/
        """
        return self._run(("EXPIRE", name, seconds(time), *_only(nx, xx, gt, lt)), flag)

    def pexpire(
        self,
        name: Key,
        time: Duration,
        nx: bool = False,
        xx: bool = False,
        gt: bool = False,
        lt: bool = False,
    ) -> Reply[bool]:
        """``PEXPIRE name milliseconds``: ``expire`` in milliseconds.

        https://valkey.io/commands/pexpire/
        """
        only = _only(nx, xx, gt, lt)
        return self._run(("PEXPIRE", name, milliseconds(time), *only), flag)

    def expireat(
        self,
        name: Key,
        when: Moment,
        nx: bool = False,
        xx: bool = False,
        gt: bool = False,
        lt: bool = False,
    ) -> Reply[bool]:
        """``EXPIREAT name unix-time``: ``expire`` at a moment. One in the past deletes.

        https://valkey.io/commands/expireat/
        """
        return self._run(("EXPIREAT", name, seconds(when), *_only(nx, xx, gt, lt)), flag)

    def pexpireat(
        self,
        name: Key,
        when: Moment,
        nx: bool = False,
        xx: bool = False,
        gt: bool = False,
        lt: bool = False,
    ) -> Reply[bool]:
        """``PEXPIREAT name unix-time-in-ms``: ``expireat`` in milliseconds.

        https://valkey.io/commands/pexpireat/
        """
        only = _only(nx, xx, gt, lt)
        return self._run(("PEXPIREAT", name, milliseconds(when), *only), flag)

    def ttl(self, name: Key) -> Reply[int]:
        """``TTL name``: seconds left; -1 when it never expires, -2 when there is none.

        https://valkey.io/commands/ttl/
        """
        return self._run(("TTL", name))

    def pttl(self, name: Key) -> Reply[int]:
        """``PTTL name``: ``ttl`` in milliseconds.

        https://valkey.io/commands/pttl/
        """
        return self._run(("PTTL", name))

    def expiretime(self, key: Key) -> Reply[int]:
        """``EXPIRETIME key``: when it expires, Unix time in seconds; -1 and -2 as ``ttl``.

        https://valkey.io/commands/expiretime/
        """
        return self._run(("EXPIRETIME", key))

    def pexpiretime(self, key: Key) -> Reply[int]:
        """``PEXPIRETIME key``: ``expiretime`` in milliseconds.

        https://valkey.io/commands/pexpiretime/
        """
        return self._run(("PEXPIRETIME", key))

    def persist(self, name: Key) -> Reply[bool]:
        """``PERSIST name``: whether a lifetime was taken away.

        https://valkey.io/commands/persist/
        """
        return self._run(("PERSIST", name), flag)

    # --- names ------------------------------------------------------------------------

    def rename(self, src: Key, dst: Key) -> Reply[bool]:
        """``RENAME src dst``: True; what ``dst`` held is gone.

        ResponseError when there is no ``src``.
        https://valkey.io/commands/rename/
        """
        return self._run(("RENAME", src, dst), ok)

    def renamenx(self, src: Key, dst: Key) -> Reply[bool]:
        """``RENAMENX src dst``: whether it was renamed; it is not if ``dst`` exists.

        https://valkey.io/commands/renamenx/
        """
        return self._run(("RENAMENX", src, dst), flag)

    def copy(
        self,
        source: Key,
        destination: Key,
        destination_db: int | None = None,
        replace: bool = False,
    ) -> Reply[bool]:
        """``COPY source destination``: whether it was copied.

        It is not when there is no source, or the destination exists and ``replace`` is
        not given.
        https://valkey.io/commands/copy/
        """
        database = () if destination_db is None else ("DB", destination_db)
        options = (*database, "REPLACE") if replace else database
        return self._run(("COPY", source, destination, *options), flag)

    # --- looking around ---------------------------------------------------------------

    def keys(self, pattern: Key = "*") -> Reply[list[T]]:
        """``KEYS pattern``: all names that match, in no order.

        It looks at every key while all others wait: for small servers; else ``scan``.
        https://valkey.io/commands/keys/
        """
        return self._run(("KEYS", pattern))

    def scan(
        self,
        cursor: int = 0,
        match: Key | None = None,
        count: int | None = None,
        _type: str | None = None,
    ) -> Reply[tuple[int, list[T]]]:
        """``SCAN cursor``: (next cursor, names): one step of a walk over all keys.

        Begin with 0, go on with the cursor of the reply; 0 is the end. ``count`` is
        how many keys a step looks at, about; a name may come twice.
        https://valkey.io/commands/scan/
        """
        options = (
            *option("MATCH", match),
            *option("COUNT", count),
            *option("TYPE", _type),
        )
        return self._run(("SCAN", cursor, *options), scanned)

    def randomkey(self) -> Reply[T | None]:
        """``RANDOMKEY``: some name, None when the database is empty.

        https://valkey.io/commands/randomkey/
        """
        return self._run(("RANDOMKEY",))

    def object(self, infotype: str, key: Key) -> Reply[Any]:
        """``OBJECT infotype key``: how the server keeps it.

        ``ENCODING`` gives text, ``REFCOUNT``, ``IDLETIME`` (seconds) and ``FREQ`` an
        int. None when there is no such key.
        https://valkey.io/commands/object/
        """
        return self._run(("OBJECT", infotype, key))


def _only(nx: bool, xx: bool, gt: bool, lt: bool) -> tuple[str, ...]:
    """The conditions of the EXPIRE family, as words."""
    return switches(NX=nx, XX=xx, GT=gt, LT=lt)
