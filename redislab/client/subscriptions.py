"""What one listener is subscribed to, by the three ways there are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeAlias, TypedDict

from redislab.commands import T
from redislab.wire.encode import encode


class Message(TypedDict, Generic[T]):
    """What a listener gets, of the shape that redis-py gives it."""

    type: str
    """``message``, ``pmessage`` (by a pattern), ``smessage`` (sharded), ``subscribe`` and
    the like when the server confirms, or ``gap``."""
    pattern: T | None
    """The pattern that matched, in a ``pmessage``."""
    channel: T | None
    data: Any
    """What was published; in a confirmation, how many subscriptions there are; in a
    ``gap``, the reason."""


Handler: TypeAlias = Callable[[Message[T]], Awaitable[object] | object]


class Subscriptions(Generic[T]):
    """Names that are subscribed to in one way, each with its handler if it has one."""

    def __init__(self, letter: str, text: bool) -> None:
        """``letter``: "" for channels, "p" for patterns, "s" for shard channels."""
        self.kind = f"{letter}subscribe"
        self.opposite = f"{letter}unsubscribe"
        self.handlers: dict[T, Handler[T] | None] = {}
        self.leaving: set[T] = set()
        """Asked to end. The handler stays until the server's confirmation is taken: what
        was published before still belongs to it."""
        self._text = text

    def names(self, args: tuple[Any, ...]) -> list[T]:
        """Names as messages will have them; the first argument may be a list of names.

        Raises DataError for what cannot be a name.
        """
        if args and isinstance(args[0], (list, tuple, set, frozenset)):
            args = (*args[0], *args[1:])
        encode(args)
        return [self._name(value) for value in args]

    def _name(self, value: Any) -> T:
        plain = isinstance(value, (bytes, bytearray, memoryview))
        name = bytes(value) if plain else str(value).encode()
        return name.decode() if self._text else name  # type: ignore[return-value]  # T is what the client decodes to

    def wanted(self) -> list[T]:
        """The names whose messages somebody wants."""
        return [name for name in self.handlers if name not in self.leaving]

    def add(self, handlers: dict[T, Handler[T] | None]) -> None:
        """These are wanted now."""
        self.handlers.update(handlers)
        self.leaving.difference_update(handlers)

    def forget(self, name: T) -> None:
        """The server has confirmed the end."""
        if name in self.leaving:
            self.leaving.discard(name)
            self.handlers.pop(name, None)

    def forget_leaving(self) -> None:
        """The connection is gone, and with it the confirmations."""
        for name in list(self.leaving):
            self.forget(name)

    def command(self, kind: str, names: list[T]) -> tuple[Any, ...]:
        """``SUBSCRIBE one two``."""
        return (kind.upper(), *names)
