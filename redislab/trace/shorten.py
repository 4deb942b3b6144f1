"""What a recording keeps of a value: enough to read, never all of something huge.

Rules:
- Small values stay what they are. Long text and bytes become a ``Cut``: the first bytes,
  and how many there were. Long lists become a ``CutList``.
- Whatever could change after it was recorded is copied: a reply's list may be the very
  list that the caller goes on to sort.
- An error is made anew from its message: the original carries a traceback, and with it
  every local variable of the call that failed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from redislab.exceptions import server_error

TEXT = 128
"""Bytes kept of one argument or one string in a reply."""
SHORT = TEXT // 4
"""So many characters are never more bytes than TEXT."""
ITEMS = (1024, 16, 2)
"""Items kept of a list, of a list within it, and so on; deeper only the count is kept.
The outermost list may be the results of a whole pipeline."""


_PLAIN = frozenset({type(None), bool, int, float})
_TEXTS = frozenset({str, bytes})


class Cut(bytes):
    """The first bytes of a longer string; ``size`` says how long it was.

    Two are equal when both agree, which does not prove that the whole strings were.
    """

    size: int

    def __new__(cls, kept: bytes, size: int) -> Self:
        cut = super().__new__(cls, kept)
        cut.size = size
        return cut

    def __eq__(self, other: object) -> bool:
        return bytes.__eq__(self, other) is True and self.size == getattr(
            other, "size", None
        )

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((bytes(self), self.size))

    def __repr__(self) -> str:
        return f"Cut({bytes(self)!r}, size={self.size})"


class CutList(list[Any]):
    """The first items of a longer list; ``size`` says how many there were."""

    def __init__(self, kept: list[Any], size: int) -> None:
        super().__init__(kept)
        self.size = size

    def __repr__(self) -> str:
        return f"CutList({list(self)!r}, size={self.size})"


def shorten(value: Any, items: tuple[int, ...] = ITEMS) -> Any:
    """A value as a recording keeps it. ``items``: how many of each list, level by level."""
    kind = type(value)
    if kind in _PLAIN or (kind in _TEXTS and len(value) <= SHORT):
        return value
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            # A character takes four bytes at most: short text needs no encoding.
            encoded = value.encode("utf-8", "surrogatepass") if len(value) > SHORT else b""
            return value if len(encoded) <= TEXT else _cut(encoded)
        case bytes():
            return value if len(value) <= TEXT else _cut(value)
        case bytearray() | memoryview():
            return shorten(bytes(value))
        case BaseException():
            return server_error(str(value))
        case list() | tuple():
            return _shorten_items(value, items)
        case set() | frozenset():
            return _shorten_items(sorted(value, key=repr), items)
        case Mapping():
            pairs = _shorten_items([part for pair in value.items() for part in pair], items)
            return dict(zip(pairs[::2], pairs[1::2], strict=False))
        case _:
            return shorten(str(value))


def _cut(text: bytes) -> Cut:
    # Never half a UTF-8 character: the continuation bytes at the cut go, too.
    end = TEXT
    while text[end] & 0xC0 == 0x80 and end > TEXT - 4:
        end -= 1
    return Cut(text[:end], len(text))


def _shorten_items(
    values: list[Any] | tuple[Any, ...], items: tuple[int, ...]
) -> list[Any]:
    count, *below = items or (0,)
    kept = [shorten(value, tuple(below)) for value in values[:count]]
    return kept if len(kept) == len(values) else CutList(kept, len(values))
