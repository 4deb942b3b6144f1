"""``{name}`` in a command: a Python value as one whole argument.

    price = 4.5
    %redis SET apples {price}

Rules:
- The name is looked up and nothing else: no expression is evaluated, no attribute read, no
  method of the value called. What may be sent is what the client sends: str (as UTF-8),
  bytes, bytearray, memoryview, int and float.
- A value is one argument, whatever it holds: blanks, quotes, line ends and braces in it
  are letters. It is never split, and never read as an option.
- A command's own name is written out, so that a cell shows what it does.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from redislab.exceptions import DataError
from redislab.jupyter.cell import Name, Said, Words
from redislab.wire.encode import encode

Names = Mapping[str, Any]
SENDABLE = (str, bytes, bytearray, memoryview, int, float)


def fill(words: Said, names: Names) -> Words:
    """The command with its values in place. DataError for a name that has none to send.

    >>> fill((b"SET", b"apples", Name("price")), {"price": 4.5})
    (b'SET', b'apples', b'4.5')
    """
    if words and isinstance(words[0], Name):
        raise DataError(
            f"a command's name is written out, not taken from {{{words[0]}}}",
            hint="Only arguments may be Python values.",
        )
    return tuple(
        argument(word, names) if isinstance(word, Name) else word for word in words
    )


def sendable(names: Names) -> list[str]:
    """The names, among all there are, whose values may be sent; not those with ``_``.

    >>> sendable({"price": 4.5, "_": 4.5, "print": print})
    ['price']
    """
    return [
        name
        for name, value in list(names.items())
        if isinstance(value, SENDABLE)
        and not isinstance(value, bool)
        and not name.startswith("_")
    ]


def argument(name: Name, names: Names) -> bytes:
    """The bytes of the value of this name."""
    if name not in names:
        close = get_close_matches(name, sendable(names), n=1)
        raise DataError(
            f"there is no Python name {name}",
            hint=f"Did you mean {{{close[0]}}}?"
            if close
            else f'Set it first; or, if it is text, put it in quotes: "{{{name}}}".',
        )
    try:
        framed = encode((names[name],))
    except DataError as error:
        said = str(error).replace("argument 0", f"{{{name}}}", 1)
        raise DataError(said, hint=error.hint) from None
    _count, _length, data = framed.split(b"\r\n", 2)
    return data.removesuffix(b"\r\n")
