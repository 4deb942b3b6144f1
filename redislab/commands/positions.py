"""Where the keys of a command are: a notation of a few characters, and its reader.

Positions count from 0, the first word of the command; -1 is the last argument.

    "1"             the argument at 1                                        GET
    "1..2"          those from 1 to 2                                        RENAME
    "1..-1"         those from 1 to the last                                 DEL
    "1..-1/2"       every second one of them                                 MSET
    "2#"            the argument at 2 is a number: so many keys follow it    EVAL
    "1#/2"          ... each with a value behind it                          MSETEX
    "1 2#"          both                                                     ZUNIONSTORE
    "STORE@2"       the argument behind the word STORE, looked for from 2    SORT
    "KEYS@6.."      all arguments behind the word KEYS                       MIGRATE
    "STREAMS@1/2"   the first half of those behind the word STREAMS          XREAD
    "KEYS@6.. | 3"  what stands right of the bar counts if the left gave none

Arguments come from people: whatever is missing or malformed gives no keys, never an
error. The server is there to explain what is wrong with a command.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_NOTATION = re.compile(
    r"(?P<word>[A-Z]+)@(?P<start>\d+)(?P<reach>\.\.|/2)?"
    r"|(?P<count>\d+)\#(?:/(?P<width>\d+))?"
    r"|(?P<first>\d+)(?:\.\.(?P<last>-?\d+))?(?:/(?P<step>\d+))?"
)


def upper(argument: Any) -> str:
    """A word of a command, as tables spell it: ``b"get"`` -> ``"GET"``.

    What is no text (a number, None) is no word: "".
    """
    if isinstance(argument, str):
        return argument.upper()
    if isinstance(argument, (bytes, bytearray, memoryview)):
        return bytes(argument).decode("latin-1").upper()
    return ""


def find(notation: str, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments that ``notation`` points at.

    >>> find("1..-1/2", ("MSET", "a", 1, "b", 2))
    ('a', 'b')
    >>> find("2#", ("EVAL", "return 1", "1", "k", "not a key"))
    ('k',)
    """
    for places in _alternatives(notation):
        found = tuple(argument for place in places for argument in _at(place, arguments))
        if found:
            return found
    return ()


@cache  # the table has two dozen notations
def _alternatives(notation: str) -> list[list[re.Match[str]]]:
    """What stands between the bars, each as its places."""
    return [list(_NOTATION.finditer(places)) for places in notation.split(" | ")]


def _at(place: re.Match[str], arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    if place["word"]:
        return _behind_word(place["word"], int(place["start"]), place["reach"], arguments)
    if place["count"]:
        return _counted(int(place["count"]), int(place["width"] or 1), arguments)
    first, last = int(place["first"]), int(place["last"] or place["first"])
    stop = last + 1 if last >= 0 else len(arguments) + last + 1
    return arguments[first : stop : int(place["step"] or 1)]


def _behind_word(
    word: str, start: int, reach: str | None, arguments: tuple[Any, ...]
) -> tuple[Any, ...]:
    for index in range(start, len(arguments)):
        if upper(arguments[index]) == word:
            behind = arguments[index + 1 :]
            if reach == "..":
                return behind
            return behind[: len(behind) // 2] if reach else behind[:1]
    return ()


def _counted(at: int, width: int, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    try:
        count = int(arguments[at])
    except (IndexError, TypeError, ValueError):
        return ()
    first = at + 1
    return arguments[first : first + max(count, 0) * width : width]
