"""Which commands answer with a status, such as OK, rather than with data.

On the wire a status (``+OK``) and a string (``$2 OK``) are two kinds, and redis-cli shows
it: ``OK`` against ``"OK"``. The reply that reaches Python is the same ``b"OK"`` for both.
To print what redis-cli prints, this table knows the commands whose answer is a status.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from redislab.commands import table
from redislab.commands.positions import upper

_STATUS = frozenset(
    name
    for names in (
        ("AUTH", "ASKING", "PING", "QUIT", "READONLY", "READWRITE", "RESET", "SELECT"),
        ("DISCARD", "MULTI", "UNWATCH", "WATCH"),
        ("HMSET", "LSET", "LTRIM", "MSET", "PFMERGE", "PSETEX", "SET", "SETEX", "XSETID"),
        ("MIGRATE", "RENAME", "RESTORE", "TYPE"),
        ("BGREWRITEAOF", "BGSAVE", "FAILOVER", "REPLICAOF", "SAVE", "SLAVEOF"),
        ("FLUSHALL", "FLUSHDB", "SWAPDB"),
        ("ACL LOAD", "ACL SAVE", "ACL SETUSER"),
        ("CLIENT CACHING", "CLIENT NO-EVICT", "CLIENT NO-TOUCH", "CLIENT PAUSE"),
        ("CLIENT SETINFO", "CLIENT SETNAME", "CLIENT TRACKING", "CLIENT UNPAUSE"),
        ("CONFIG RESETSTAT", "CONFIG REWRITE", "CONFIG SET"),
        ("FUNCTION DELETE", "FUNCTION FLUSH", "FUNCTION KILL", "FUNCTION RESTORE"),
        ("MEMORY PURGE", "SCRIPT DEBUG", "SCRIPT FLUSH", "SCRIPT KILL", "SLOWLOG RESET"),
        ("XGROUP CREATE", "XGROUP SETID"),
    )
    for name in names
)


class Status(bytes):
    """A reply that is a status; as a value it is the same bytes."""

    __slots__ = ()


def with_status(command: Sequence[Any], reply: Any) -> Any:
    """``reply``, as a Status when the server sent it as one.

    >>> with_status((b"SET", b"k", b"v"), b"OK")
    b'OK'
    >>> type(with_status((b"TYPE", b"k"), b"string")).__name__
    'Status'
    """
    if isinstance(reply, list) and len(command) == 2 and upper(command[1]) == "HELP":
        return [Status(line) for line in reply]  # OBJECT HELP and its like
    if not isinstance(reply, bytes):
        return reply
    row = table.row(tuple(command))
    name = row.name if row else ""
    if name not in _STATUS:
        return reply
    says_data = (
        # SET with GET answers with the old value, PING with a message gives it back.
        (name == "SET" and any(upper(word) == "GET" for word in command[3:]))
        or (name == "PING" and len(command) > 1)
    )
    return reply if says_data else Status(reply)
