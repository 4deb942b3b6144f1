"""Functions: scripts that have a name and stay in the server, in libraries.

A library is one piece of code that registers its functions. They are kept as the data is:
saved, copied to replicas, there again after a restart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redislab.commands.replies import engines, libraries, ok, payload
from redislab.commands.run import Run, T, Value, switches

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class FunctionCommands(Run[T]):
    """The group ``scripting``, as far as it is about functions."""

    __slots__ = ()

    # --- calling ----------------------------------------------------------------------

    def fcall(self, function: str, numkeys: int, *keys_and_args: Value) -> Reply[Any]:
        """``FCALL function numkeys ...``: what the function returns, as for ``eval``.

        ResponseError when there is no such function, or it fails.
        https://valkey.io/commands/fcall/
        """
        return self._run(("FCALL", function, numkeys, *keys_and_args))

    def fcall_ro(self, function: str, numkeys: int, *keys_and_args: Value) -> Reply[Any]:
        """``FCALL_RO function numkeys ...``: ``fcall`` of one that only reads.

        https://valkey.io/commands/fcall_ro/
        """
        return self._run(("FCALL_RO", function, numkeys, *keys_and_args))

    # --- libraries --------------------------------------------------------------------

    def function_load(self, code: str | bytes, replace: bool = False) -> Reply[T]:
        """``FUNCTION LOAD code``: the name of the library.

        ``code`` begins with ``#!lua name=mylib``. ``replace``: also when there is a
        library of this name; else ResponseError.
        https://valkey.io/commands/function-load/
        """
        return self._run(("FUNCTION", "LOAD", *switches(REPLACE=replace), code))

    def function_delete(self, library: str) -> Reply[bool]:
        """``FUNCTION DELETE library``: True; the library and its functions are gone.

        https://valkey.io/commands/function-delete/
        """
        return self._run(("FUNCTION", "DELETE", library), ok)

    def function_flush(self, mode: str = "SYNC") -> Reply[bool]:
        """``FUNCTION FLUSH SYNC|ASYNC``: True; all libraries are gone.

        https://valkey.io/commands/function-flush/
        """
        return self._run(("FUNCTION", "FLUSH", mode), ok)

    def function_list(
        self, library: str | None = "*", withcode: bool | None = False
    ) -> Reply[list[dict[T, Any]]]:
        """``FUNCTION LIST LIBRARYNAME pattern``: a dict for each library that matches.

        Its ``functions`` are dicts too; ``withcode`` adds its code.
        https://valkey.io/commands/function-list/
        """
        name = () if library is None else ("LIBRARYNAME", library)
        words = (*name, *switches(WITHCODE=bool(withcode)))
        return self._run(("FUNCTION", "LIST", *words), libraries)

    def function_dump(self) -> Reply[bytes]:
        """``FUNCTION DUMP``: all libraries, as bytes for ``function_restore``.

        They are bytes also with ``decode_responses``.
        https://valkey.io/commands/function-dump/
        """
        return self._run(("FUNCTION", "DUMP"), payload)

    def function_restore(
        self, payload: Value, policy: str | None = "APPEND"
    ) -> Reply[bool]:
        """``FUNCTION RESTORE payload policy``: True; the libraries are there.

        ``policy`` for those that are there already: APPEND is an error, REPLACE replaces
        them, FLUSH deletes all first.
        https://valkey.io/commands/function-restore/
        """
        how = () if policy is None else (policy,)
        return self._run(("FUNCTION", "RESTORE", payload, *how), ok)

    # --- the one that runs ------------------------------------------------------------

    def function_stats(self) -> Reply[dict[T, Any]]:
        """``FUNCTION STATS``: a dict: the function that runs now, if any, and the engines.

        https://valkey.io/commands/function-stats/
        """
        return self._run(("FUNCTION", "STATS"), engines)

    def function_kill(self) -> Reply[bool]:
        """``FUNCTION KILL``: True; the function that runs is ended, unless it has written.

        ResponseError (NOTBUSY) when none runs.
        https://valkey.io/commands/function-kill/
        """
        return self._run(("FUNCTION", "KILL"), ok)
