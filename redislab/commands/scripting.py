"""Scripts: a program in Lua that runs inside the server, undisturbed by other clients.

A script names the keys it uses, so that a cluster can find their node: ``numkeys`` says
how many of the arguments after it are keys. In the script they are ``KEYS[1]`` ..., the
rest is ``ARGV[1]`` ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redislab.commands.replies import string
from redislab.commands.run import Run, T, Value

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

    def script_load(self, script: str | bytes) -> Reply[str]:
        """``SCRIPT LOAD script``: its SHA1 digest, 40 hexadecimal digits.

        https://valkey.io/commands/script-load/
        """
        return self._run(("SCRIPT", "LOAD", script), string)
