r"""A reply as redis-cli prints it.

    (integer) 1      a number              "caf\xc3\xa9"      a string: quoted, ASCII only
    OK               a status              (nil)              nothing
    (error) ERR ...  an error reply        1) "a"             the items of an array, nested
    (empty array)                          2) 1) (integer) 2  ones behind their number

Strings that the server means to be read as text (INFO, CLIENT LIST) are printed as such.
One thing differs: a character that a terminal would obey is written out instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

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


def answer(command: Sequence[Any], reply: Any) -> str:
    """What redis-cli prints after ``command``, without the last line end."""
    row = table.row(tuple(command))
    if row is not None and row.name in _TEXTS and isinstance(reply, (bytes, str)):
        text = (
            reply if isinstance(reply, str) else reply.decode("utf-8", "backslashreplace")
        )
        return text.replace("\r\n", "\n").rstrip("\n")
    return printed(with_status(command, reply))


def printed(reply: Any, indent: str = "") -> str:
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
            return quoted(bytes(reply))
        case str():
            return quoted(reply.encode("utf-8", "surrogateescape"))
        case BaseException():
            return f"(error) {visible(str(reply))}"
        case Mapping():
            return _items(_pairs(reply), len(reply), indent, "#", "(empty hash)")
        case AbstractSet():
            return _items(iter(reply), len(reply), indent, "~", "(empty set)")
        case Sequence():
            return _items(iter(reply), len(reply), indent, ")", "(empty array)")
    raise TypeError(f"not a reply: {type(reply)}")


def quoted(data: bytes) -> str:
    r"""Bytes between double quotes, as they could be typed again.

    >>> quoted(b'say "hi"\n')
    '"say \\"hi\\"\\n"'
    """
    return f'"{"".join(_QUOTED[byte] for byte in data)}"'


class _Pair(tuple[Any, Any]):
    """A key and its value, printed on one line."""

    __slots__ = ()


def _pairs(mapping: Mapping[Any, Any]) -> Iterator[_Pair]:
    return map(_Pair, mapping.items())


def _items(items: Iterator[Any], count: int, indent: str, mark: str, empty: str) -> str:
    """Numbered lines. The first stands where the caller is, the others are indented."""
    if not count:
        return empty
    width = len(str(count))
    inner = indent + " " * (width + 2)
    return f"\n{indent}".join(
        f"{number:{width}}{mark} {_item(item, inner)}"
        for number, item in enumerate(items, start=1)
    )


def _item(item: Any, indent: str) -> str:
    if isinstance(item, _Pair):
        return f"{printed(item[0], indent)} => {printed(item[1], indent)}"
    return printed(item, indent)
