r"""What a person typed, read as commands: one command a line, quoted as in redis-cli.

The rules are those of redis-cli's own splitter (``sdssplitargs``), so that a line pasted
from its prompt means the same here:
- words are parted by spaces and tabs; the rest of a line has no other syntax, and
  ``{``, ``}``, ``*`` and ``$`` are letters like any other;
- in "double quotes", ``\n \r \t \b \a``, ``\xHH`` and ``\`` before any other character
  are understood; in 'single quotes' only ``\'`` is;
- a quote may open in the middle of a word, and after a closing quote a word must end;
- text is UTF-8 on the wire.

Two rules are ours, for a whole cell: an empty line says nothing, and neither does a line
whose first character is ``#``. A ``#`` further on is an ordinary letter, because Redis
uses it as a word of its own (``SORT list GET #``).

Nothing here knows a command's meaning, and nothing is sent: a cell with one line that
cannot be read is refused whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from redislab.exceptions import DataError

Words = tuple[bytes, ...]


class Line(NamedTuple):
    """One command of a cell."""

    number: int
    """Of the line in the cell, as an editor counts: the magic's own line is 1."""
    words: Words


def read_cell(body: str) -> list[Line]:
    """The commands of a cell magic's body, in order.

    Raises DataError for the first line that cannot be read, with its number.
    """
    lines = []
    for number, text in enumerate(body.split("\n"), start=2):
        stripped = text.strip()
        if not stripped or stripped.startswith("#"):
            continue
        try:
            lines.append(Line(number, split(text)))
        except DataError as error:
            raise DataError(
                f"line {number}: {error}", hint=f"→ {_shown(stripped)}"
            ) from None
    return lines


def split(text: str) -> Words:
    r"""One line as the words of a command.

    >>> split(r'SET greeting "hello\nworld"')
    (b'SET', b'greeting', b'hello\nworld')

    Raises DataError when a quote is left open, or closes in the middle of a word: what is
    wrong, and the line as the hint.
    """
    try:
        return tuple(_words(text.encode()))
    except UnicodeEncodeError:
        complaint = "half a surrogate pair, which UTF-8 cannot hold"
    except _Unreadable as reason:
        complaint = str(reason)
    raise DataError(complaint, hint=f"→ {_shown(text.strip())}")


class _Unreadable(Exception):  # noqa: N818  caught a few lines above
    pass


def _words(line: bytes) -> Iterator[bytes]:
    if 0 in line:
        raise _Unreadable(r'a zero byte; write it as "\x00"')
    position = 0
    while (start := _BLANKS.match(line, position)) and start.end() < len(line):
        word, position = _word(line, start.end())
        yield word


_BLANKS = re.compile(rb"[ \t\n\v\f\r]*")
# A word is a run of plain letters, a quoted stretch, or the one and then the other.
_PLAIN = re.compile(rb"""[^ \t\n\r"']+""")
_DOUBLE = re.compile(rb'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_SINGLE = re.compile(rb"'((?:[^'\\]|\\'|\\(?!'))*)'", re.DOTALL)
_ENDS = re.compile(rb"[ \t\n\v\f\r]|\Z")


def _word(line: bytes, position: int) -> tuple[bytes, int]:
    """The word that starts at ``position``, and where it ends."""
    plain = _PLAIN.match(line, position)
    word, position = (plain[0], plain.end()) if plain else (b"", position)
    mark = line[position : position + 1]
    if mark not in (b'"', b"'"):
        return word, position

    kind, pattern = ("double", _DOUBLE) if mark == b'"' else ("single", _SINGLE)
    quoted = pattern.match(line, position)
    if quoted is None:
        raise _Unreadable(f"a {kind} quote is never closed")
    if not _ENDS.match(line, quoted.end()):
        raise _Unreadable(f"a letter follows a closing {kind} quote; leave a space between")
    inside = quoted[1]
    inside = _unescape(inside) if mark == b'"' else inside.replace(b"\\'", b"'")
    return word + inside, quoted.end()


_ESCAPE = re.compile(rb"\\(?:x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"a": b"\a"}


def _unescape(inside: bytes) -> bytes:
    return _ESCAPE.sub(
        lambda found: (
            bytes([int(found[1], 16)]) if found[1] else _LETTERS.get(found[2], found[2])
        ),
        inside,
    )


def _shown(line: str, limit: int = 70) -> str:
    """A line inside an error message: one line, nothing a terminal would obey."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in line[:limit])
    return plain if len(line) <= limit else f"{plain}…"
