"""The table of all commands, and the questions the other rooms put to it.

Nobody else keeps a list of command names: whether a command may share a connection, may
be sent twice, or carries keys, is asked here.

A command is given as the tuple of arguments that will be sent. Its names may be str or
bytes and of any case. One that no row describes is no error: it has no keys, does not
block, and travels like any other.
"""

from __future__ import annotations

import math
from itertools import chain
from typing import Any

from redislab.commands.facts import (
    bitmaps,
    cluster,
    connection,
    families,
    generic,
    geo,
    hashes,
    hyperloglog,
    lists,
    pubsub,
    redis8,
    scripting,
    server,
    sets,
    sorted_sets,
    streams,
    strings,
    transactions,
)
from redislab.commands.positions import find, upper
from redislab.commands.row import Command

_GROUPS = (
    strings,
    generic,
    hashes,
    lists,
    sets,
    sorted_sets,
    streams,
    bitmaps,
    hyperloglog,
    geo,
    pubsub,
    transactions,
    scripting,
    connection,
    server,
    cluster,
    redis8,
    families,
)

COMMANDS: dict[str, Command] = {
    command.name: command
    for command in chain.from_iterable(group.ROWS for group in _GROUPS)
}
"""Every row by its name: ``COMMANDS["CLIENT GETNAME"]``."""

CONTAINERS: frozenset[str] = frozenset(
    name.partition(" ")[0] for name in COMMANDS if " " in name
)
"""Commands whose second word is a name too: CLIENT, CONFIG, XINFO ..."""

SPECIAL: frozenset[str] = frozenset(
    command.name.partition(" ")[0]
    for command in COMMANDS.values()
    if command.dedicated or command.stateful
)
"""First words, in upper case, of the commands that may need a connection to themselves.

For the hot path: whatever is not in here goes to the shared connection, unasked.
"""


def row(arguments: tuple[Any, ...]) -> Command | None:
    """The facts about a command, None when the table has none.

    >>> row((b"client", "getname")).name
    'CLIENT GETNAME'
    """
    if not arguments:
        return None
    name = upper(arguments[0])
    if name in CONTAINERS and len(arguments) > 1:
        return COMMANDS.get(f"{name} {upper(arguments[1])}") or COMMANDS.get(name)
    return COMMANDS.get(name)


def keys(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The key arguments of a command, as they were given.

    For sharded pub/sub these are the channels: they choose the slot the same way.

    >>> keys(("ZUNIONSTORE", "all", 2, "odd", "even", "AGGREGATE", "MAX"))
    ('all', 'odd', 'even')
    """
    command = row(arguments)
    return find(command.keys, arguments) if command else ()


def blocks(arguments: tuple[Any, ...]) -> float | None:
    """For how many seconds the server may keep this command waiting.

    ``math.inf`` is forever. None when it does not wait: because it is no such command,
    because it does not ask for it (XREAD without BLOCK), or because its time-out is no
    valid number, which the server refuses at once.

    >>> blocks(("BLPOP", "jobs", 5))
    5.0
    """
    command = row(arguments)
    if command is None or not command.timeout:
        return None
    place, unit = command.timeout.split()
    try:
        given = float(_timeout(place, arguments))
    except (IndexError, TypeError, ValueError):
        return None
    if not 0 <= given < math.inf:
        return None
    seconds = given / 1000 if unit == "ms" else given
    return seconds or math.inf


def _timeout(place: str, arguments: tuple[Any, ...]) -> Any:
    """The time-out argument: at its position, or behind a word such as BLOCK."""
    if place.lstrip("-").isdecimal():
        return arguments[int(place)]
    # XREAD's keys and their entry ids end it, and a stream may be named BLOCK.
    options = arguments[: len(arguments) - 2 * len(keys(arguments))]
    return options[[upper(option) for option in options].index(place) + 1]
