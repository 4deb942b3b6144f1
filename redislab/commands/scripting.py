"""Scripts: a program in Lua that runs inside the server, undisturbed by other clients.

A script names the keys it uses, so that a cluster can find their node: ``numkeys`` says
how many of the arguments after it are keys. In the script they are ``KEYS[1]`` ..., the
rest is ``ARGV[1]`` ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redislab.commands.replies import flags, ok, string
from redislab.commands.run import Run, T, Value
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class ScriptingCommands(Run[T]):
    """The group ``scripting``."""

    __slots__ = ()

    def eval(self, script: str | bytes, numkeys: int, *keys_and_args: Value) -> Reply[Any]:
        """``EVAL script numkeys ...``: what the script returns, in the raw.

        A Lua number comes as an int, cut; a table as a list up to its first nil; false
        as None. ResponseError when the script fails.
        https://valkey.io/commands/eval/
        """
        return self._run(("EVAL", script, numkeys, *keys_and_args))

    def evalsha(self, sha: str | bytes, numkeys: int, *keys_and_args: Value) -> Reply[Any]:
        """``EVALSHA sha numkeys ...``: ``eval`` for a script the server has already.

        NoScriptError when it has not.
        https://valkey.io/commands/evalsha/
        """
        return self._run(("EVALSHA", sha, numkeys, *keys_and_args))

    def eval_ro(
        self, script: str | bytes, numkeys: int, *keys_and_args: Value
    ) -> Reply[Any]:
        """``EVAL_RO script numkeys ...``: ``eval`` for a script that only reads.

        https://valkey.io/commands/eval_ro/
        """
        return self._run(("EVAL_RO", script, numkeys, *keys_and_args))

    def evalsha_ro(
        self, sha: str | bytes, numkeys: int, *keys_and_args: Value
    ) -> Reply[Any]:
        """``EVALSHA_RO sha numkeys ...``: ``evalsha`` for a script that only reads.

        https://valkey.io/commands/evalsha_ro/
        """
        return self._run(("EVALSHA_RO", sha, numkeys, *keys_and_args))

    def script_load(self, script: str | bytes) -> Reply[str]:
        """``SCRIPT LOAD script``: its SHA1 digest, 40 hexadecimal digits.

        https://valkey.io/commands/script-load/
        """
        return self._run(("SCRIPT", "LOAD", script), string)

    def script_exists(self, *args: str | bytes) -> Reply[list[bool]]:
        """``SCRIPT EXISTS sha ...``: for each whether the server has it.

        https://valkey.io/commands/script-exists/
        """
        return self._run(("SCRIPT", "EXISTS", *args), flags)

    def script_show(self, sha: str | bytes) -> Reply[T]:
        """``SCRIPT SHOW sha``: the script. NoScriptError when there is none.

        For Valkey 8.0.
        https://valkey.io/commands/script-show/
        """
        return self._run(("SCRIPT", "SHOW", sha))

    def script_flush(self, sync_type: str | None = None) -> Reply[bool]:
        """``SCRIPT FLUSH``: True; the server has no scripts any more.

        ``sync_type``: SYNC, or ASYNC to free memory in the background.
        https://valkey.io/commands/script-flush/
        """
        if sync_type not in ("SYNC", "ASYNC", None):
            raise DataError(f"sync_type must be SYNC or ASYNC, not {sync_type!r}")
        how = () if sync_type is None else (sync_type,)
        return self._run(("SCRIPT", "FLUSH", *how), ok)

    def script_kill(self) -> Reply[bool]:
        """``SCRIPT KILL``: True; the script that runs is ended, unless it has written.

        ResponseError (NOTBUSY) when none runs.
        https://valkey.io/commands/script-kill/
        """
        return self._run(("SCRIPT", "KILL"), ok)
