r"""A reply as redis-cli prints it.

    (integer) 1      a number              "caf\xc3\xa9"      a string: quoted, ASCII only
    OK               a status              (nil)              nothing
    (error) ERR ...  an error reply        1) "a"             the items of an array, nested
    (empty array)                          2) 1) (integer) 2  ones behind their number

Strings that the server means to be read as text (INFO, CLIENT LIST) are printed as such.
One thing differs: a character that a terminal would obey is written out instead.

Two other styles: *raw* is redis-cli's ``--raw``, replies without quotes and numbers, a line
an item; *decode* reads strings as UTF-8, so that "café" is shown as it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from redislab.commands import table
from redislab.jupyter.status import Status, with_status
from redislab.views.markup import visible

_TEXTS = frozenset(
    {
        "INFO",
        "LOLWUT",
        "CLIENT INFO",
        "CLIENT LIST",
        "CLUSTER INFO",
        "CLUSTER NODES",
        "LATENCY DOCTOR",
        "LATENCY GRAPH",
        "MEMORY DOCTOR",
        "MEMORY MALLOC-STATS",
    }
)
_LETTERS = {7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 13: "\\r", 34: '\\"', 92: "\\\\"}
_QUOTED = tuple(
    _LETTERS.get(byte, chr(byte) if 32 <= byte < 127 else f"\\x{byte:02x}")
    for byte in range(256)
)


class Style(NamedTuple):
    """How replies are printed."""

    raw: bool = False
    decode: bool = False


AS_REDIS_CLI = Style()


def answer(command: Sequence[Any], reply: Any, style: Style = AS_REDIS_CLI) -> str:
    """What redis-cli prints after ``command``, without the last line end."""
    row = table.row(tuple(command))
    if row is not None and row.name in _TEXTS and isinstance(reply, (bytes, str)):
        text = (
            reply if isinstance(reply, str) else reply.decode("utf-8", "backslashreplace")
        )
        return text.replace("\r\n", "\n").rstrip("\n")
    return styled(with_status(command, reply), style)


def styled(reply: Any, style: Style) -> str:
    """One reply, in one of the styles."""
    if style.raw:
        return raw(reply)
    return printed(reply, readable if style.decode else quoted)


def raw(reply: Any) -> str:
    """One reply as ``redis-cli --raw`` prints it."""
    match reply:
        case None:
            return ""
        case bool():
            return "(true)" if reply else "(false)"
        case int() | float():
            return f"{reply!r}".removesuffix(".0")
        case bytes() | bytearray() | memoryview():
            return visible(bytes(reply).decode("utf-8", "backslashreplace"), keep="\n\t")
        case str() | BaseException():
            return visible(str(reply), keep="\n\t")
        case Mapping():
            return "\n".join(f"{raw(key)}\n{raw(item)}" for key, item in reply.items())
    return "\n".join(map(raw, reply))


def quoted(data: bytes) -> str:
    r"""Bytes between double quotes, as they could be typed again.

    >>> quoted(b'say "hi"\n')
    '"say \\"hi\\"\\n"'
    """
    return f'"{"".join(_QUOTED[byte] for byte in data)}"'


def readable(data: bytes) -> str:
    """The same, with letters that are not ASCII as they are."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return quoted(data)
    inside = (quoted(c.encode())[1:-1] if c.isascii() else visible(c) for c in text)
    return f'"{"".join(inside)}"'


Write = Callable[[bytes], str]
"""How a string is written out: ``quoted`` or ``readable``."""


def printed(reply: Any, write: Write = quoted, indent: str = "") -> str:
    """One reply; ``indent`` is what stands left of it in an array."""
    match reply:
        case None:
            return "(nil)"
        case bool():
            return "(true)" if reply else "(false)"
        case int():
            return f"(integer) {reply}"
        case float():
            return f"(double) {reply!r}".removesuffix(".0")
        case Status():
            return visible(reply.decode("utf-8", "backslashreplace"))
        case bytes() | bytearray() | memoryview():
            return write(bytes(reply))
        case str():
            return write(reply.encode("utf-8", "surrogateescape"))
        case BaseException():
            return f"(error) {visible(str(reply))}"
        case Mapping():
            return _listed(reply, "#", "(empty hash)", write, indent)
        case AbstractSet():
            return _listed(reply, "~", "(empty set)", write, indent)
        case Sequence():
            return _listed(reply, ")", "(empty array)", write, indent)
    raise TypeError(f"not a reply: {type(reply)}")


def _listed(
    items: Collection[Any], mark: str, empty: str, write: Write, indent: str
) -> str:
    """Numbered lines. The first stands where the caller is, the others are indented."""
    if not items:
        return empty
    width = len(str(len(items)))
    inner = indent + " " * (width + 2)
    if isinstance(items, Mapping):
        lines = [
            f"{printed(key, write, inner)} => {_of_key(value, write, inner)}"
            for key, value in items.items()
        ]
    else:
        lines = [printed(item, write, inner) for item in items]
    return f"\n{indent}".join(
        f"{number:{width}}{mark} {line}" for number, line in enumerate(lines, start=1)
    )


def _of_key(value: Any, write: Write, indent: str) -> str:
    """A value in a map: the items of one that holds others begin on the next line."""
    holds = isinstance(value, (Sequence, Mapping)) and not isinstance(value, (bytes, str))
    lead = f"\n{indent}" if holds and value else ""
    return f"{lead}{printed(value, write, indent)}"
