"""The server's own catalogue of its commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redislab.commands.reports import catalogue, docs
from redislab.commands.run import Run, T, Value, option

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class CatalogueCommands(Run[T]):
    """The group ``server``, as far as it is about commands."""

    __slots__ = ()

    def command(self) -> Reply[dict[str, dict[str, Any]]]:
        """``COMMAND``: a dict for each command: arity, flags, key positions ...

        https://valkey.io/commands/command/
        """
        return self._run(("COMMAND",), catalogue)

    def command_info(self, *names: str) -> Reply[dict[str, dict[str, Any]]]:
        """``COMMAND INFO name ...``: ``command`` for these; unknown ones are left out.

        https://valkey.io/commands/command-info/
        """
        return self._run(("COMMAND", "INFO", *names), catalogue)

    def command_docs(self, *names: str) -> Reply[dict[str, dict[str, Any]]]:
        """``COMMAND DOCS name ...``: what these commands are for: summary, since, group,
        complexity, arguments, subcommands, history; without names of all.

        Everything in it is str, int, list or dict. For servers since 7.0.
        https://valkey.io/commands/command-docs/
        """
        return self._run(("COMMAND", "DOCS", *names), docs)

    def command_count(self) -> Reply[int]:
        """``COMMAND COUNT``: how many commands this server knows.

        https://valkey.io/commands/command-count/
        """
        return self._run(("COMMAND", "COUNT"))

    def command_list(
        self,
        module: str | None = None,
        category: str | None = None,
        pattern: str | None = None,
    ) -> Reply[list[T]]:
        """``COMMAND LIST``: their names; only those of a module, of a category, or that
        match a pattern.

        https://valkey.io/commands/command-list/
        """
        filters = (
            *option("MODULE", module),
            *option("ACLCAT", category),
            *option("PATTERN", pattern),
        )
        words = ("FILTERBY", *filters) if filters else ()
        return self._run(("COMMAND", "LIST", *words))

    def command_getkeys(self, *args: Value) -> Reply[list[T]]:
        """``COMMAND GETKEYS command ...``: which of the words are keys.

        https://valkey.io/commands/command-getkeys/
        """
        return self._run(("COMMAND", "GETKEYS", *args))

    def command_getkeysandflags(self, *args: Value) -> Reply[list[Any]]:
        """``COMMAND GETKEYSANDFLAGS command ...``: [key, flags] for each key.

        https://valkey.io/commands/command-getkeysandflags/
        """
        return self._run(("COMMAND", "GETKEYSANDFLAGS", *args))
