"""What a key held, and when, as far as the recorded commands tell.

A *spell* is the time between two changes of a key. Its value is known when the command
that began it says so (SET, INCR ...) or when somebody read the key during it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from redislab.trace.effects import as_bytes, changes
from redislab.trace.steps import NO_REPLY, Command, Packet, Transaction

_KEEP_VALUE = frozenset({"EXPIRE", "EXPIREAT", "PEXPIRE", "PEXPIREAT", "PERSIST", "GETEX"})
_REPLY_IS_VALUE = frozenset({"INCR", "INCRBY", "DECR", "DECRBY", "INCRBYFLOAT"})
_LEAVE_NOTHING = frozenset({"DEL", "UNLINK", "GETDEL", "FLUSHDB", "FLUSHALL"})
_VALUE_AT = {"SET": 2, "SETNX": 2, "GETSET": 2, "SETEX": 3, "PSETEX": 3}


@dataclass(frozen=True, slots=True)
class Spell:
    """A key's life from one change to the next."""

    step: int | None
    """The step that began it; None for how the key was found."""
    client: str | None
    """Whose command began it."""
    value: Any = NO_REPLY
    """The value as bytes, None for no key; NO_REPLY when nothing in the recording tells."""


def spells(
    key: bytes, packets: Iterable[Packet], transactions: Iterable[Transaction]
) -> tuple[Spell, ...]:
    """What ``key`` held, spell by spell."""
    endings = {transaction.number: transaction.ending for transaction in transactions}
    found = [Spell(None, None)]
    for packet in packets:
        for command in packet.commands:
            if command.transaction and endings.get(command.transaction) != "committed":
                continue
            if changes(command, (key,)):
                value = _value_after(command, key, found[-1].value)
                found.append(Spell(packet.index, packet.client, value))
            elif _reads(command, key) and found[-1].value is NO_REPLY:
                found[-1] = replace(found[-1], value=_reply_bytes(command.outcome))
    return tuple(found)


def _value_after(command: Command, key: bytes, before: Any) -> Any:
    name, arguments = command.name, command.arguments
    if name in _KEEP_VALUE:
        return before
    if name in _LEAVE_NOTHING:
        return None
    if name in _REPLY_IS_VALUE:
        return _reply_bytes(command.outcome)
    if name in {"MSET", "MSETNX"}:
        pairs = zip(arguments[1::2], arguments[2::2], strict=False)
        given = [value for name_, value in pairs if as_bytes(name_) == key]
        return as_bytes(given[-1]) if given else NO_REPLY
    place = _VALUE_AT.get(name, len(arguments))
    return as_bytes(arguments[place]) if place < len(arguments) else NO_REPLY


def _reads(command: Command, key: bytes) -> bool:
    return command.name == "GET" and [as_bytes(a) for a in command.arguments[1:]] == [key]


def _reply_bytes(value: Any) -> Any:
    """A reply as a value of a key: bytes, None for no key, NO_REPLY for anything else."""
    if value is None or value is NO_REPLY:
        return value
    if isinstance(value, bool) or not isinstance(value, (bytes, str, int, float)):
        return NO_REPLY
    return as_bytes(value)
