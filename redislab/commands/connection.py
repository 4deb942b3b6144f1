"""The connection: is it alive, who is it, and who else is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from redislab.commands.replies import pong, string
from redislab.commands.reports import client, clients
from redislab.commands.run import Run, T, Value
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply

_KINDS = ("normal", "master", "replica", "pubsub")


class ConnectionCommands(Run[T]):
    """The group ``connection``."""

    __slots__ = ()

    def ping(self) -> Reply[bool]:
        """``PING``: True, when the server answers PONG.

        https://valkey.io/commands/ping/
        """
        return self._run(("PING",), pong)

    def echo(self, value: Value) -> Reply[T]:
        """``ECHO value``: the value.

        https://valkey.io/commands/echo/
        """
        return self._run(("ECHO", value))

    def client_id(self) -> Reply[int]:
        """``CLIENT ID``: the server's number for this connection.

        https://valkey.io/commands/client-id/
        """
        return self._run(("CLIENT", "ID"))

    def client_getname(self) -> Reply[str | None]:
        """``CLIENT GETNAME``: the name of this connection, None when it has none.

        https://valkey.io/commands/client-getname/
        """
        return self._run(("CLIENT", "GETNAME"), string)

    def client_info(self) -> Reply[dict[str, Any]]:
        """``CLIENT INFO``: what the server knows about this connection.

        https://valkey.io/commands/client-info/
        """
        return self._run(("CLIENT", "INFO"), client)

    def client_list(
        self, _type: str | None = None, client_id: Sequence[int] = ()
    ) -> Reply[list[dict[str, str]]]:
        """``CLIENT LIST``: a dict for each connection, all of it str.

        ``_type``: only normal, master, replica or pubsub ones (else DataError);
        ``client_id``: only those with these numbers.
        https://valkey.io/commands/client-list/
        """
        if _type is not None and _type.lower() not in _KINDS:
            raise DataError(f"_type must be one of {', '.join(_KINDS)}, not {_type!r}")
        kind = () if _type is None else ("TYPE", _type)
        chosen = ("ID", *client_id) if client_id else ()
        return self._run(("CLIENT", "LIST", *kind, *chosen), clients)
