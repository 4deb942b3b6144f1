"""The server: what it is, how it is set, and the end of all its data."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from redislab.commands.replies import moment, ok, time
from redislab.commands.reports import info, settings
from redislab.commands.run import Key, Run, T, Value

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class ServerCommands(Run[T]):
    """The group ``server``."""

    __slots__ = ()

    # --- what it is ------------------------------------------------------------------

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

    def memory_usage(self, key: Key, samples: int | None = None) -> Reply[int | None]:
        """``MEMORY USAGE key``: its bytes in memory, None when there is no such key.

        ``samples`` is how many elements of a collection are measured to guess the
        whole; 0 measures all.
        https://valkey.io/commands/memory-usage/
        """
        if samples is None:
            return self._run(("MEMORY", "USAGE", key))
        return self._run(("MEMORY", "USAGE", key, "SAMPLES", samples))

    def command_count(self) -> Reply[int]:
        """``COMMAND COUNT``: how many commands this server knows.

        https://valkey.io/commands/command-count/
        """
        return self._run(("COMMAND", "COUNT"))

    # --- how it is set ---------------------------------------------------------------

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

    # --- the end of all data -----------------------------------------------------------

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
