"""The server: what it is, how it is set, where its data goes, and the end of it all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from redislab.commands.replies import each_pairs, moment, ok, started, time
from redislab.commands.reports import debugged, info, memory, settings
from redislab.commands.run import Key, Run, T, Value, option, switches
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class ServerCommands(Run[T]):
    """The group ``server``."""

    __slots__ = ()

    # --- what it is -------------------------------------------------------------------

    def info(self, section: str | None = None, *args: str) -> Reply[dict[str, Any]]:
        """``INFO``: one flat dict of what the server says about itself.

        With sections (``"memory"``, ``"stats"`` ...) only those. Numbers are int or
        float, everything else is str.
        https://valkey.io/commands/info/
        """
        return self._run(("INFO",) if section is None else ("INFO", section, *args), info)

    def dbsize(self) -> Reply[int]:
        """``DBSIZE``: how many keys the database has.

        https://valkey.io/commands/dbsize/
        """
        return self._run(("DBSIZE",))

    def time(self) -> Reply[tuple[int, int]]:
        """``TIME``: the server's clock: (Unix time in seconds, microseconds).

        https://valkey.io/commands/time/
        """
        return self._run(("TIME",), time)

    def lastsave(self) -> Reply[datetime]:
        """``LASTSAVE``: when the data was last saved to disk, in local time.

        https://valkey.io/commands/lastsave/
        """
        return self._run(("LASTSAVE",), moment)

    def memory_stats(self) -> Reply[dict[str, Any]]:
        """``MEMORY STATS``: what the server's memory is used for, in bytes and ratios.

        https://valkey.io/commands/memory-stats/
        """
        return self._run(("MEMORY", "STATS"), memory)

    def memory_doctor(self) -> Reply[T]:
        """``MEMORY DOCTOR``: advice on the server's memory, in words.

        https://valkey.io/commands/memory-doctor/
        """
        return self._run(("MEMORY", "DOCTOR"))

    def memory_malloc_stats(self) -> Reply[T]:
        """``MEMORY MALLOC-STATS``: what the allocator says, in words.

        https://valkey.io/commands/memory-malloc-stats/
        """
        return self._run(("MEMORY", "MALLOC-STATS"))

    def memory_purge(self) -> Reply[bool]:
        """``MEMORY PURGE``: True; the allocator gave unused pages back.

        https://valkey.io/commands/memory-purge/
        """
        return self._run(("MEMORY", "PURGE"), ok)

    def memory_usage(self, key: Key, samples: int | None = None) -> Reply[int | None]:
        """``MEMORY USAGE key``: its bytes in memory, None when there is no such key.

        ``samples`` is how many elements of a collection are measured to guess the
        whole; 0 measures all.
        https://valkey.io/commands/memory-usage/
        """
        if samples is None:
            return self._run(("MEMORY", "USAGE", key))
        return self._run(("MEMORY", "USAGE", key, "SAMPLES", samples))

    def role(self) -> Reply[list[Any]]:
        """``ROLE``: what the server is to others: [b"master", offset, replicas],
        [b"slave", host, port, state, offset] or [b"sentinel", names].

        https://valkey.io/commands/role/
        """
        return self._run(("ROLE",))

    def lolwut(self, *version_numbers: int) -> Reply[T]:
        """``LOLWUT``: a picture made by a computer, and the server's version.

        Numbers choose an older picture and its size.
        https://valkey.io/commands/lolwut/
        """
        version = ("VERSION", *version_numbers) if version_numbers else ()
        return self._run(("LOLWUT", *version))

    # --- how it is set ----------------------------------------------------------------

    def config_get(self, pattern: Key = "*", *args: Key) -> Reply[dict[str, str]]:
        """``CONFIG GET pattern ...``: the settings that match, all as str.

        Passwords are among them.
        https://valkey.io/commands/config-get/
        """
        return self._run(("CONFIG", "GET", pattern, *args), settings)

    def config_set(self, name: Key, value: Value, *args: Value) -> Reply[bool]:
        """``CONFIG SET name value ...``: True; all are set, or with an error none.

        https://valkey.io/commands/config-set/
        """
        return self._run(("CONFIG", "SET", name, value, *args), ok)

    def config_resetstat(self) -> Reply[bool]:
        """``CONFIG RESETSTAT``: True; the counters of ``info`` begin again.

        https://valkey.io/commands/config-resetstat/
        """
        return self._run(("CONFIG", "RESETSTAT"), ok)

    def config_rewrite(self) -> Reply[bool]:
        """``CONFIG REWRITE``: True; the settings are in the server's file now.

        ResponseError when the server was started without one.
        https://valkey.io/commands/config-rewrite/
        """
        return self._run(("CONFIG", "REWRITE"), ok)

    def module_list(self) -> Reply[list[dict[T, Any]]]:
        """``MODULE LIST``: a dict for each module: name, ver, path, args.

        https://valkey.io/commands/module-list/
        """
        return self._run(("MODULE", "LIST"), each_pairs)

    def module_load(self, path: str, *args: Value) -> Reply[bool]:
        """``MODULE LOAD path argument ...``: True; the server runs that library.

        https://valkey.io/commands/module-load/
        """
        return self._run(("MODULE", "LOAD", path, *args), ok)

    def module_loadex(
        self,
        path: str,
        options: Sequence[Value] | None = None,
        args: Sequence[Value] | None = None,
    ) -> Reply[bool]:
        """``MODULE LOADEX path``: ``module_load`` with settings: ``options`` are their
        names and values in turn.

        https://valkey.io/commands/module-loadex/
        """
        settings = () if options is None else ("CONFIG", *options)
        rest = () if args is None else ("ARGS", *args)
        return self._run(("MODULE", "LOADEX", path, *settings, *rest), ok)

    def module_unload(self, name: str) -> Reply[bool]:
        """``MODULE UNLOAD name``: True; the server runs it no more.

        https://valkey.io/commands/module-unload/
        """
        return self._run(("MODULE", "UNLOAD", name), ok)

    # --- to disk ----------------------------------------------------------------------

    def save(self) -> Reply[bool]:
        """``SAVE``: True; all data is in a file, and everybody had to wait for it.

        https://valkey.io/commands/save/
        """
        return self._run(("SAVE",), ok)

    def bgsave(self, schedule: bool = True) -> Reply[bool]:
        """``BGSAVE``: True; all data is being saved in the background.

        ``schedule``: later, when the append-only file is being rewritten now; else a
        ResponseError. ``lastsave`` tells when it is done.
        https://valkey.io/commands/bgsave/
        """
        return self._run(("BGSAVE", *switches(SCHEDULE=schedule)), started)

    def bgrewriteaof(self) -> Reply[bool]:
        """``BGREWRITEAOF``: True; the append-only file is being rewritten, shorter.

        https://valkey.io/commands/bgrewriteaof/
        """
        return self._run(("BGREWRITEAOF",), started)

    # --- its place among servers ------------------------------------------------------

    def replicaof(self, *args: Value) -> Reply[bool]:
        """``REPLICAOF host port``: True; it becomes a replica of that server and loses its
        own data. ``replicaof("NO", "ONE")``: it is its own again, and keeps the data.

        https://valkey.io/commands/replicaof/
        """
        return self._run(("REPLICAOF", *args), ok)

    def slaveof(self, host: str | None = None, port: int | None = None) -> Reply[bool]:
        """``SLAVEOF host port``: ``replicaof`` by its old name; without arguments NO ONE.

        https://valkey.io/commands/slaveof/
        """
        if host is None and port is None:
            return self._run(("SLAVEOF", "NO", "ONE"), ok)
        return self._run(("SLAVEOF", host, port), ok)

    def failover(
        self,
        host: str | None = None,
        port: int | None = None,
        force: bool = False,
        abort: bool = False,
        timeout: int | None = None,
    ) -> Reply[bool]:
        """``FAILOVER``: True; it begins to change roles with a replica.

        With that one, or any; ``timeout`` in milliseconds is how long it waits for the
        replica to catch up, after which ``force`` does it all the same and else it stops;
        ``abort`` stops it now.
        https://valkey.io/commands/failover/
        """
        to = () if host is None else ("TO", host, port, *switches(FORCE=force))
        words = (*to, *switches(ABORT=abort), *option("TIMEOUT", timeout))
        return self._run(("FAILOVER", *words), ok)

    def shutdown(
        self,
        save: bool = False,
        nosave: bool = False,
        now: bool = False,
        force: bool = False,
        abort: bool = False,
    ) -> Reply[bool]:
        """``SHUTDOWN``: the end of the server; that the link is lost is its answer.

        So awaiting the reply raises ConnectionError when it worked, and ResponseError when
        it did not. ``save`` or ``nosave``: whether the data is saved first, else as the
        settings say; ``now``: wait for no replica; ``force``: also when saving fails;
        ``abort``: stop a shutdown that waits (the reply is True).
        https://valkey.io/commands/shutdown/
        """
        if save and nosave:
            raise DataError("save and nosave exclude each other: give one")
        words = switches(SAVE=save, NOSAVE=nosave, NOW=now, FORCE=force, ABORT=abort)
        return self._run(("SHUTDOWN", *words), ok)

    # --- the end of all data ----------------------------------------------------------

    def flushdb(self, asynchronous: bool = False) -> Reply[bool]:
        """``FLUSHDB``: True; every key of this database is gone.

        ``asynchronous``: memory is freed in the background.
        https://valkey.io/commands/flushdb/
        """
        return self._run(("FLUSHDB", "ASYNC") if asynchronous else ("FLUSHDB",), ok)

    def flushall(self, asynchronous: bool = False) -> Reply[bool]:
        """``FLUSHALL``: True; every key of every database is gone.

        https://valkey.io/commands/flushall/
        """
        return self._run(("FLUSHALL", "ASYNC") if asynchronous else ("FLUSHALL",), ok)

    def swapdb(self, first: int, second: int) -> Reply[bool]:
        """``SWAPDB first second``: True; each database has the other's keys.

        https://valkey.io/commands/swapdb/
        """
        return self._run(("SWAPDB", first, second), ok)

    # --- for those who work on it -----------------------------------------------------

    def debug(self, subcommand: str, *args: Value) -> Reply[Any]:
        """``DEBUG subcommand ...``: what the server allows those who work on it.

        Most servers refuse it by their settings; some subcommands crash the server.
        https://valkey.io/commands/debug/
        """
        return self._run(("DEBUG", subcommand, *args))

    def debug_object(self, key: Key) -> Reply[dict[str, Any]]:
        """``DEBUG OBJECT key``: how the server keeps it, as a dict.

        https://valkey.io/commands/debug/
        """
        return self._run(("DEBUG", "OBJECT", key), debugged)

    def restore_asking(self, name: Key, ttl: int, value: Value) -> Reply[bool]:
        """``RESTORE-ASKING name ttl value``: how one node of a cluster hands a key to
        another; ``restore`` is for everybody else.

        https://valkey.io/commands/restore-asking/
        """
        return self._run(("RESTORE-ASKING", name, ttl, value), ok)
