"""Commands and replies in words, as redis-cli would have them; for pictures and text.

What comes out is one line in which every character can be seen. A bare word stands for
itself; anything else is quoted, with the escapes that redis-cli uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from redislab.commands.table import row
from redislab.trace import NO_REPLY, Command
from redislab.trace.shorten import Cut
from redislab.views.lettering import fit
from redislab.views.markup import visible

WORD = 24
"""Cells that one argument may take."""

_GIVES_VALUE = frozenset({"GETSET", "GETDEL", "GETEX", "LPOP", "RPOP", "SPOP", "ECHO"})


def said(command: Command, limit: int = 200) -> str:
    """A command: ``SET greeting "hello world"``."""
    words = (shown(argument, WORD) for argument in command.arguments)
    return fit(" ".join(words), limit)


def shown(argument: Any, limit: int = 200) -> str:
    """An argument: a bare word, or quoted with escapes."""
    text = _text(argument)
    bare = text and " " not in text and not (set(text) & set("\"'\\"))
    if not (bare and visible(text) == text):
        text = f'"{_escaped(argument, text)}"'
    if isinstance(argument, Cut):
        note = f" ({argument.size} bytes)"
        text = text.removesuffix('"') + "…"
        return fit(fit(text, max(4, limit - len(note))) + note, limit)
    return fit(text, limit)


def name(client_or_key: str | bytes, limit: int = WORD) -> str:
    """A client's name or a key, as a word in a sentence."""
    return shown(client_or_key, limit)


def answer(command: Command, value: Any, limit: int = 200) -> str:
    """A reply to this command: ``OK``, ``"5"``, ``6``, ``nil``, ``2 results``."""
    if command.name == "EXEC" and isinstance(value, list):
        return count(getattr(value, "size", len(value)), "result")
    if value is NO_REPLY and command.number < 0:  # a client that was not recorded
        return "reply not seen"
    status = _is_status(command, value)
    return fit(visible(_text(value)) if status else reply(value), limit)


def reply(value: Any) -> str:
    """Any reply, in one line."""
    match value:
        case _ if value is NO_REPLY:
            return "no reply"
        case None:
            return "nil"
        case bool():
            return "true" if value else "false"
        case BaseException():
            return visible(str(value)) or type(value).__name__
        case int() | float():
            return str(value)
        case list() | tuple():
            more = getattr(value, "size", len(value)) > len(value)
            items = [*map(reply, value[:8]), *(["…"] if more or len(value) > 8 else [])]
            return f"[{', '.join(items)}]"
        case Mapping():
            pairs = [f"{reply(key)}: {reply(item)}" for key, item in [*value.items()][:8]]
            return f"{{{', '.join([*pairs, *(['…'] if len(value) > 8 else [])])}}}"
        case Cut():
            return shown(value)
        case _:
            return f'"{_escaped(value, _text(value))}"'


def value_of_key(value: bytes | None) -> str:
    """What a key holds: numbers and plain words bare, other text quoted, nil for no key."""
    return "nil" if value is None else shown(value, 14)


def count(number: int, thing: str) -> str:
    """``1 command``, ``2 commands``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _is_status(command: Command, value: Any) -> bool:
    """Both kinds of string come as bytes; the command tells which it can be."""
    if not isinstance(value, (bytes, str)):
        return False
    text = _text(value)
    if text == "QUEUED":
        return command.transaction is not None
    facts = row(command.arguments)
    reads = command.name in _GIVES_VALUE or (facts is not None and facts.readonly)
    return command.name == "TYPE" or (text in {"OK", "PONG"} and not reads)


def _text(value: Any) -> str:
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


def _escaped(value: Any, text: str) -> str:
    if isinstance(value, (bytes, bytearray, memoryview)) and not _is_utf8(bytes(value)):
        return "".join(_byte(byte) for byte in bytes(value))
    return visible(text.replace("\\", "\\\\").replace('"', '\\"'))


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


def _byte(byte: int) -> str:
    if byte in b'\\"':
        return f"\\{chr(byte)}"
    return chr(byte) if 32 <= byte < 127 else f"\\x{byte:02x}"
