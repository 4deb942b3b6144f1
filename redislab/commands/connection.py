"""The connection: is it alive, who is it, and who else is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from redislab.commands.replies import flag, killed, ok, pong, string
from redislab.commands.reports import client, clients, tracking
from redislab.commands.run import Run, T, Value, option, switches
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

    def client_getredir(self) -> Reply[int]:
        """``CLIENT GETREDIR``: which connection is told what changed for this one.

        -1 when keys are not tracked, 0 when it is told itself.
        https://valkey.io/commands/client-getredir/
        """
        return self._run(("CLIENT", "GETREDIR"))

    def client_trackinginfo(self) -> Reply[dict[str, Any]]:
        """``CLIENT TRACKINGINFO``: ``{"flags": ["off"], "redirect": -1, "prefixes": []}``.

        https://valkey.io/commands/client-trackinginfo/
        """
        return self._run(("CLIENT", "TRACKINGINFO"), tracking)

    # --- other people's connections ---------------------------------------------------

    def client_kill(self, address: str) -> Reply[bool]:
        """``CLIENT KILL ip:port``: True; that connection is closed.

        ResponseError when there is none.
        https://valkey.io/commands/client-kill/
        """
        return self._run(("CLIENT", "KILL", address), killed)

    def client_kill_filter(
        self,
        _id: int | None = None,
        _type: str | None = None,
        addr: str | None = None,
        skipme: bool | None = None,
        laddr: str | None = None,
        user: str | None = None,
        maxage: int | None = None,
    ) -> Reply[int]:
        """``CLIENT KILL filter value ...``: how many connections were closed.

        Only the one with the number ``_id``; those of a ``_type`` as in ``client_list``,
        with that address, that address of the server, of that user; those at least
        ``maxage`` seconds old (servers since 7.4, Valkey 8.0). ``skipme=False`` does not
        spare this connection. DataError when nothing is given.
        https://valkey.io/commands/client-kill/
        """
        if _type is not None and _type.lower() not in (*_KINDS, "slave"):
            raise DataError(f"_type must be one of {', '.join(_KINDS)}, not {_type!r}")
        filters = (
            *option("TYPE", _type),
            *option("SKIPME", None if skipme is None else "YES" if skipme else "NO"),
            *option("ID", _id),
            *option("ADDR", addr),
            *option("LADDR", laddr),
            *option("USER", user),
            *option("MAXAGE", maxage),
        )
        if not filters:
            raise DataError("client_kill_filter needs at least one filter")
        return self._run(("CLIENT", "KILL", *filters), killed)

    def client_unblock(self, client_id: int, error: bool = False) -> Reply[bool]:
        """``CLIENT UNBLOCK id``: whether that connection was waiting; its wait is over.

        It gets what it gets after its time-out, or with ``error`` an error (UNBLOCKED).
        https://valkey.io/commands/client-unblock/
        """
        return self._run(("CLIENT", "UNBLOCK", client_id, *switches(ERROR=error)), flag)

    def client_pause(self, timeout: int, all: bool = True) -> Reply[bool]:  # noqa: A002  redis-py's
        """``CLIENT PAUSE timeout``: True; commands of all wait for so many milliseconds.

        With ``all=False`` only those that write.
        https://valkey.io/commands/client-pause/
        """
        return self._run(("CLIENT", "PAUSE", timeout, *switches(WRITE=not all)), ok)

    def client_unpause(self) -> Reply[bool]:
        """``CLIENT UNPAUSE``: True; the pause is over.

        https://valkey.io/commands/client-unpause/
        """
        return self._run(("CLIENT", "UNPAUSE"), ok)
