"""How a call is written down, with what it sends and what a real server gives for it.

    call("get", "k") >> ("GET", "k") >> b"v"

A line is a call, the words that it must send, and the shaped reply that it must give, or
what is known of the reply: its type, a function that judges it, or an expectation of those
below. A chapter is a list
of lines, told from top to bottom on an empty server: what one line stores, a later one
reads. A call of a command that the server at hand does not have is left out.

A family of commands that is a method of its own is written with a dot: ``json.get`` is
``client.json().get``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)


class Call(NamedTuple):
    method: str
    given: tuple[Any, ...]
    named: dict[str, Any]
    sent: tuple[Any, ...]
    gives: Any
    newer: bool = False

    def __str__(self) -> str:
        named = "".join(f" {name}={value}" for name, value in self.named.items())
        return f"{self.method}{self.given}{named}"


class Sending(NamedTuple):
    """A call and what it sends; ``>>`` adds what it gives."""

    method: str
    given: tuple[Any, ...]
    named: dict[str, Any]
    sent: tuple[Any, ...]

    def __rshift__(self, gives: Any) -> Call:
        return Call(*self, gives)


class Calling:
    """``Calling("get", "k") >> ("GET", "k") >> b"v"`` reads as a line of the story."""

    def __init__(self, method: str, *given: Any, **named: Any) -> None:
        self.parts = (method, given, named)

    def __rshift__(self, sent: tuple[Any, ...]) -> Sending:
        return Sending(*self.parts, sent)


call = Calling


def newer(line: Call) -> Call:
    """An option that an older server refuses; nothing after it may depend on it."""
    return line._replace(newer=True)


# --- what may be known of a reply ----------------------------------------------------


class Refused(NamedTuple):
    """The server answers with an error that has these words."""

    words: str


class Unsent(NamedTuple):
    """It is not said to a real server, for this reason."""

    why: str


class AnyOrder(NamedTuple):
    """A list with these items."""

    items: Collection[Any]


class Has(NamedTuple):
    """A dict with these items among others; or a list of them, each has."""

    items: Mapping[Any, Any]


class Pair(NamedTuple):
    """A tuple or list of two, where the second is one of the expectations here."""

    first: Any
    second: Any


def fits(given: Any, expected: Any) -> bool:
    """Whether a reply is what a line of the story promises."""
    if isinstance(expected, type):
        return type(given) is expected
    if isinstance(expected, AnyOrder):
        return type(given) is list and sorted(given) == sorted(expected.items)
    if isinstance(expected, Has):
        if type(given) is list:
            return bool(given) and all(fits(one, expected) for one in given)
        return all(fits(given[name], value) for name, value in expected.items.items())
    if isinstance(expected, Pair):
        first, second = given
        return fits(first, expected.first) and fits(second, expected.second)
    if callable(expected):
        return bool(expected(given))
    return given == expected and type(given) is type(expected)


def as_text(expected: Any) -> Any:
    """The same promise for a client that decodes."""
    if isinstance(expected, bytes):
        return expected.decode()
    if expected is bytes:
        return str
    if isinstance(expected, (AnyOrder, Has, Pair)):
        return type(expected)(*map(as_text, expected))
    if isinstance(expected, dict):
        return {as_text(key): as_text(value) for key, value in expected.items()}
    if type(expected) in (list, tuple, set):
        return type(expected)(map(as_text, expected))
    return expected


# --- what no server here has -----------------------------------------------------------

_NOT_HERE = Unsent("neither server has it")


def says(method: str, *given: Any, sent: tuple[Any, ...], **named: Any) -> Call:
    return call(method, *given, **named) >> sent >> _NOT_HERE
