"""Help, in the server's own words: a list of lines for each command with subcommands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redislab.commands.replies import strings
from redislab.commands.run import Run, T

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class HelpCommands(Run[T]):
    """The subcommands HELP of all groups."""

    __slots__ = ()

    def acl_help(self) -> Reply[list[str]]:
        """``ACL HELP``: what ACL can do.

        https://valkey.io/commands/acl-help/
        """
        return self._run(("ACL", "HELP"), strings)

    def client_help(self) -> Reply[list[str]]:
        """``CLIENT HELP``: what CLIENT can do.

        https://valkey.io/commands/client-help/
        """
        return self._run(("CLIENT", "HELP"), strings)

    def cluster_help(self) -> Reply[list[str]]:
        """``CLUSTER HELP``: what CLUSTER can do.

        https://valkey.io/commands/cluster-help/
        """
        return self._run(("CLUSTER", "HELP"), strings)

    def command_help(self) -> Reply[list[str]]:
        """``COMMAND HELP``: what COMMAND can do.

        https://valkey.io/commands/command-help/
        """
        return self._run(("COMMAND", "HELP"), strings)

    def commandlog_help(self) -> Reply[list[str]]:
        """``COMMANDLOG HELP``: what COMMANDLOG can do.

        https://valkey.io/commands/commandlog-help/
        """
        return self._run(("COMMANDLOG", "HELP"), strings)

    def config_help(self) -> Reply[list[str]]:
        """``CONFIG HELP``: what CONFIG can do.

        https://valkey.io/commands/config-help/
        """
        return self._run(("CONFIG", "HELP"), strings)

    def function_help(self) -> Reply[list[str]]:
        """``FUNCTION HELP``: what FUNCTION can do.

        https://valkey.io/commands/function-help/
        """
        return self._run(("FUNCTION", "HELP"), strings)

    def latency_help(self) -> Reply[list[str]]:
        """``LATENCY HELP``: what LATENCY can do.

        https://valkey.io/commands/latency-help/
        """
        return self._run(("LATENCY", "HELP"), strings)

    def memory_help(self) -> Reply[list[str]]:
        """``MEMORY HELP``: what MEMORY can do.

        https://valkey.io/commands/memory-help/
        """
        return self._run(("MEMORY", "HELP"), strings)

    def module_help(self) -> Reply[list[str]]:
        """``MODULE HELP``: what MODULE can do.

        https://valkey.io/commands/module-help/
        """
        return self._run(("MODULE", "HELP"), strings)

    def object_help(self) -> Reply[list[str]]:
        """``OBJECT HELP``: what OBJECT can do.

        https://valkey.io/commands/object-help/
        """
        return self._run(("OBJECT", "HELP"), strings)

    def pubsub_help(self) -> Reply[list[str]]:
        """``PUBSUB HELP``: what PUBSUB can do.

        https://valkey.io/commands/pubsub-help/
        """
        return self._run(("PUBSUB", "HELP"), strings)

    def script_help(self) -> Reply[list[str]]:
        """``SCRIPT HELP``: what SCRIPT can do.

        https://valkey.io/commands/script-help/
        """
        return self._run(("SCRIPT", "HELP"), strings)

    def slowlog_help(self) -> Reply[list[str]]:
        """``SLOWLOG HELP``: what SLOWLOG can do.

        https://valkey.io/commands/slowlog-help/
        """
        return self._run(("SLOWLOG", "HELP"), strings)

    def xgroup_help(self) -> Reply[list[str]]:
        """``XGROUP HELP``: what XGROUP can do.

        https://valkey.io/commands/xgroup-help/
        """
        return self._run(("XGROUP", "HELP"), strings)

    def xinfo_help(self) -> Reply[list[str]]:
        """``XINFO HELP``: what XINFO can do.

        https://valkey.io/commands/xinfo-help/
        """
        return self._run(("XINFO", "HELP"), strings)
