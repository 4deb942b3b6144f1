"""Which command has which method, and why some have none.

A method's docstring begins with the command it says, in the words that it sends; that is
where the two are tied together. A test holds the docstrings to what the methods really say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from inspect import getmembers, ismethod
from typing import Any

from redislab.commands import Commands, Shape
from redislab.commands.facts import families, redis8
from redislab.commands.families import FAMILIES
from redislab.commands.row import Command
from redislab.commands.table import COMMANDS, CONTAINERS, row

SERVERS = ("Redis 7.0", "Valkey 9.1", "Redis 8")

_SAID = re.compile(r"``([^`]+)``")

_ONE_METHOD_FOR_ALL = {"JSON.DEBUG", "OBJECT"}
"""Containers whose method takes the subcommand as an argument."""

_IN_BOTH = {
    *("CLUSTER SLOT-STATS", "HEXPIRE", "HEXPIREAT", "HEXPIRETIME", "HGETDEL", "HGETEX"),
    *("HPERSIST", "HPEXPIRE", "HPEXPIREAT", "HPEXPIRETIME", "HPTTL", "HSETEX", "HTTL"),
    "MSETEX",
}
"""What came to Redis and to Valkey after they parted."""

_ONLY_REDIS_8 = frozenset(command.name for command in redis8.ROWS + families.ROWS)

_REASONS = {
    "transactions": "a pipeline says it: watch, unwatch, multi, execute, reset",
    "pubsub": "client.pubsub() says it, on a connection of its own",
    "SCRIPT DEBUG": "the server would stop for a debugger that only redis-cli has",
    "MONITOR": "client.monitor() says it, on a connection of its own",
    "SYNC": "one server says it to another",
    "PSYNC": "one server says it to another",
    "REPLCONF": "one server says it to another",
    "CLUSTER SYNCSLOTS": "one server says it to another",
    "HIMPORT SET": "it needs what HIMPORT PREPARE left in the same connection",
    "AUTH": "username= and password= of the client say it",
    "HELLO": "protocol= of the client says it",
    "SELECT": "db= of the client says it",
    "CLIENT SETNAME": "client_name= of the client says it",
    "QUIT": "aclose() of the client does it",
    "RESET": "aclose() of the client does it",
}


def methods() -> dict[str, list[str]]:
    """The names of the methods for each command: ``methods()["GET"] == ["get"]``."""
    found: dict[str, list[str]] = {}
    for name, method in _all_methods():
        for command in _commands(method.__doc__ or ""):
            found.setdefault(command.name, []).append(name)
    return found


def _all_methods() -> Iterator[tuple[str, Any]]:
    """Every method with its name; one of a family as ``json.get``."""
    for name in dir(Commands):
        if name in FAMILIES:
            family = getattr(_Silent(), name)()
            for own, method in getmembers(family, ismethod):
                yield f"{name}.{own}", method
        else:
            yield name, getattr(Commands, name)


class _Silent(Commands[bytes]):
    """Says nothing to anybody; it is there to be looked at."""

    def _run(self, args: tuple[Any, ...], shape: Shape | None = None) -> Any:
        raise NotImplementedError(args, shape)


def _commands(documentation: str) -> Iterator[Command]:
    """Those at the head of a docstring: one, or one "or" another."""
    head, colon, _ = documentation.partition("``:")
    for said in _SAID.findall(head + "``" if colon else ""):
        command = row(tuple(said.split()))
        if command is not None:
            yield command


def why_not(name: str) -> str | None:
    """Why a command has no method; None when no reason is known."""
    command = COMMANDS[name]
    for key in (name, command.group):
        if key in _REASONS:
            return _REASONS[key]
    return (
        "it would change the connection that all commands share" * command.stateful or None
    )


def has(server: str) -> list[Command]:
    """The commands of one of ``SERVERS``, without containers that are none themselves."""
    return [
        command
        for command in COMMANDS.values()
        if _is_in(server, command)
        and (command.name not in CONTAINERS or command.name == "COMMAND")
    ]


def _is_in(server: str, command: Command) -> bool:
    if command.name in _ONLY_REDIS_8:
        return server == "Redis 8"
    release = tuple(int(part) for part in command.since.split("."))
    if server == "Redis 7.0":
        return release < (7, 1)
    return server == "Valkey 9.1" or release < (7, 4) or command.name in _IN_BOTH


def missing(commands: Iterable[Command]) -> list[Command]:
    """Those that have no method."""
    said = methods()
    return [
        command
        for command in commands
        if command.name not in said
        and command.name.partition(" ")[0] not in _ONE_METHOD_FOR_ALL
    ]


def listing(wanted: str = "") -> Iterator[str]:
    """Lines: each command, and the method that says it or why there is none.

    ``wanted`` is a part of a command's name or its group; without it, all.

    >>> list(listing("getdel"))[1]
    'string         GETDEL                     getdel'
    """
    said = methods()
    for command in sorted(COMMANDS.values()):
        if wanted.lower() not in f"{command.name} {command.group}".lower():
            continue
        names = ", ".join(said.get(command.name, ()))
        told = names or why_not(command.name)
        if told:
            yield f"{command.group:14} {command.name:26} {told}"


def table() -> Iterator[str]:
    """Lines: for each group how many commands have a method, of how many; then the gaps."""
    of = {server: has(server) for server in SERVERS}
    gaps = {server: missing(of[server]) for server in SERVERS}
    yield _line("", SERVERS)
    for group in dict.fromkeys(command.group for command in COMMANDS.values()):
        yield _line(
            group, (_share(_of(group, gaps[one]), _of(group, of[one])) for one in SERVERS)
        )
    yield _line("all", (_share(len(gaps[one]), len(of[one])) for one in SERVERS))
    yield ""
    yield "No method, and why:"
    for name in sorted({command.name for found in gaps.values() for command in found}):
        yield f"  {name:20} {why_not(name) or 'NO REASON'}"


def _line(head: str, cells: Iterable[str]) -> str:
    return f"{head:14}" + "".join(f"{cell:>12}" for cell in cells)


def _share(lacking: int, total: int) -> str:
    return f"{total - lacking}/{total}" if total else "-"


def _of(group: str, commands: Iterable[Command]) -> int:
    return sum(command.group == group for command in commands)
