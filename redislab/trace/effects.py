"""What a command did to a key, judged by its name and its reply.

WATCH counts every write that *did* something, the same value again included; a write
that found nothing to do leaves no mark. The reply often tells: DEL answered 0, SET NX
answered nil. Which commands write, and where their keys stand, is in
``redislab.commands.table``.
"""

from __future__ import annotations

from typing import Any

from redislab.commands.table import keys as key_arguments
from redislab.commands.table import row
from redislab.trace.shorten import Cut
from redislab.trace.steps import NO_REPLY, Command


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WHOLE_DATABASE = _names("FLUSHDB FLUSHALL SWAPDB")
_SCRIPTS = _names("EVAL EVALSHA FCALL")
"""They may write, but nobody outside the server knows."""

_ZERO_MEANS_NOTHING = _names(
    """COPY DEL EXPIRE EXPIREAT HDEL HSETNX LREM LPUSHX MOVE MSETNX PERSIST PEXPIRE
    PEXPIREAT PFADD RENAMENX RPUSHX SADD SETNX SMOVE SREM UNLINK XDEL XTRIM ZREM
    ZREMRANGEBYLEX ZREMRANGEBYRANK ZREMRANGEBYSCORE"""
)
_NIL_MEANS_NOTHING = _names(
    """BLMOVE BLMPOP BLPOP BRPOP BRPOPLPUSH BZMPOP BZPOPMAX BZPOPMIN GETDEL LMOVE LMPOP
    LPOP RPOP RPOPLPUSH SPOP ZMPOP"""
)
_REPLY_DOES_NOT_TELL = _names("BITFIELD GETEX LINSERT LTRIM SETRANGE")
_ZERO_DOES_NOT_TELL = _names("BITOP GEOADD ZADD")

_REPLY_NAMES_THE_KEY = _names("BLMPOP BLPOP BRPOP BZMPOP BZPOPMAX BZPOPMIN LMPOP ZMPOP")
_WRITES_FIRST_KEY = _names("BITOP PFMERGE")
"""As every command does whose name ends in STORE; they only read the others."""
_READS_FIRST_KEY = _names("COPY GEORADIUS GEORADIUSBYMEMBER SORT")


def changes(command: Command, keys: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Those of ``keys`` that the command changed, or may have changed."""
    if not may_write(command) or _changed_nothing(command):
        return ()
    if command.name in _WHOLE_DATABASE:
        return keys
    written = _written_keys(command)
    return tuple(key for key in keys if key in written)


def changes_surely(command: Command) -> bool:
    """Whether a command that may have changed its key certainly did."""
    name, outcome = command.name, command.outcome
    if outcome is NO_REPLY or name in _SCRIPTS | _WHOLE_DATABASE | _REPLY_DOES_NOT_TELL:
        return False
    return outcome != 0 or not (name in _ZERO_DOES_NOT_TELL or name.endswith("STORE"))


def _written_keys(command: Command) -> set[bytes]:
    name, outcome = command.name, command.outcome
    keys = [as_bytes(key) for key in key_arguments(command.arguments)]
    if name in _REPLY_NAMES_THE_KEY and isinstance(outcome, list) and outcome:
        return {as_bytes(outcome[0])}
    if name in _WRITES_FIRST_KEY or name.endswith("STORE"):
        return set(keys[:1])
    return set(keys[1:] if name in _READS_FIRST_KEY else keys)


def as_bytes(argument: Any) -> bytes:
    """An argument as it went over the wire; of a cut one, what was kept."""
    if isinstance(argument, Cut):
        return argument
    if isinstance(argument, (bytes, bytearray, memoryview)):
        return bytes(argument)
    return str(argument).encode("utf-8", "surrogatepass")


def may_write(command: Command) -> bool:
    """Whether it is a command that writes at all, or a script, which may."""
    if command.name in _SCRIPTS | _WHOLE_DATABASE:
        return True
    found = row(command.arguments)
    return found is not None and found.has("write")


def _changed_nothing(command: Command) -> bool:
    outcome = command.outcome
    if isinstance(outcome, Exception):
        return True
    if outcome is None:
        conditional_set = command.name == "SET" and not _has_word(command, "GET")
        return conditional_set or command.name in _NIL_MEANS_NOTHING
    return outcome == [] or (outcome == 0 and command.name in _ZERO_MEANS_NOTHING)


def _has_word(command: Command, word: str) -> bool:
    return any(
        as_bytes(argument).upper() == word.encode() for argument in command.arguments[3:]
    )
