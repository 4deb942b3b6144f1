"""What the methods of all groups stand on: one way to run a command, and their types.

A command method only says its command: it makes the tuple of arguments, names the shape
of the reply, and hands both to ``_run``. What running means is the business of the class
that the methods are mixed into: a client sends, a pipeline keeps.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

if TYPE_CHECKING:
    from redislab.connection.session import Reply

T = TypeVar("T", bound=str | bytes)
"""Text in replies: ``str`` with ``decode_responses``, else ``bytes``."""

Value: TypeAlias = str | bytes | bytearray | memoryview | int | float
"""What can be sent as one argument. Text is sent as UTF-8, a number as its digits."""

Key: TypeAlias = Value
"""The name of a key, a field, a channel or a pattern."""

Shape: TypeAlias = Callable[[Any], Any]
"""From a raw reply to what the method promises; see ``replies.py``."""


class Run(ABC, Generic[T]):
    """The one thing a group of commands asks of its class."""

    __slots__ = ()

    @abstractmethod
    def _run(self, args: tuple[Any, ...], shape: Shape | None = None) -> Reply[Any]:
        """Run one command; its reply, shaped, comes later."""


def flat(first: Any, rest: tuple[Any, ...]) -> tuple[Any, ...]:
    """``mget("a", "b")`` and ``mget(["a", "b"])`` are the same call: ("a", "b").

    >>> flat(["a", "b"], ("c",))
    ('a', 'b', 'c')
    """
    if isinstance(first, Iterable) and not isinstance(first, _ONE):
        return (*first, *rest)
    return (first, *rest)


def option(word: str, value: Any) -> tuple[Any, ...]:
    """An option and its value, nothing when it was not given.

    >>> option("COUNT", 10), option("COUNT", None)
    (('COUNT', 10), ())
    """
    return () if value is None else (word, value)


def switches(**given: bool) -> tuple[str, ...]:
    """The options without a value that were given, as words.

    >>> switches(NX=True, CH=False, GT=True)
    ('NX', 'GT')
    """
    return tuple(word for word, wanted in given.items() if wanted)


_ONE = (str, bytes, bytearray, memoryview)
"""Iterables that are one argument all the same."""
