r"""What a person typed, read as commands: one command a line, quoted as in redis-cli.

The rules are those of redis-cli's own splitter (``sdssplitargs``), so that a line pasted
from its prompt means the same here:
- words are parted by spaces and tabs; the rest of a line has no other syntax, and ``*``
  and ``$`` are letters like any other;
- in "double quotes", ``\n \r \t \b \a``, ``\xHH`` and ``\`` before any other character
  are understood; in 'single quotes' only ``\'`` is;
- a quote may open in the middle of a word, and after a closing quote a word must end;
- text is UTF-8 on the wire.

Four rules are ours:
- an empty line says nothing, and neither does a line whose first character is ``#``. A
  ``#`` further on is an ordinary letter, because Redis uses it (``SORT list GET #``);
- an unquoted word ``{price}`` stands for the Python value of that name (``values.py``).
  Only a name may stand there, and only as a whole word: ``user:{42}:name`` is a key;
- ``price: GET apples`` is the command ``GET apples``, and its reply is called ``price``;
- nothing here knows a command's meaning, and nothing is sent: a cell with one line that
  cannot be read is refused whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from redislab.exceptions import DataError

Words = tuple[bytes, ...]
"""A command as it is sent."""


class Name(str):
    """``{price}`` in a line: the Python value of this name belongs there."""

    __slots__ = ()


Said = tuple[bytes | Name, ...]
"""A command as it was typed."""


class Line(NamedTuple):
    """One command of a cell."""

    number: int
    """Of the line in the cell, as an editor counts: the magic's own line is 1."""
    words: Said
    label: str = ""
    """What its reply is called."""


def read_cell(body: str, first: int = 2) -> list[Line]:
    """The commands of a cell magic's body, in order; ``first`` is its first line's number.

    Raises DataError for the first line that cannot be read, with its number.
    """
    lines = []
    labels: set[str] = set()
    for number, text in enumerate(body.split("\n"), start=first):
        stripped = text.strip()
        if not stripped or stripped.startswith("#"):
            continue
        label = _LABEL.match(stripped)
        try:
            line = Line(
                number,
                split(stripped[label.end() :] if label else stripped),
                label[1] if label else "",
            )
        except DataError as error:
            error.args = (f"line {number}: {error}",)
            raise
        if line.label and line.label in labels:
            raise DataError(
                f"line {number}: the label {line.label} stands twice in this cell",
                hint=f"→ {_shown(stripped)}",
            )
        labels.add(line.label)
        lines.append(line)
    return lines


_LABEL = re.compile(r"([^\W\d]\w*):[ \t]+")


def split(text: str) -> Said:
    r"""One line as the words of a command.

    >>> split(r'SET greeting "hello\nworld"')
    (b'SET', b'greeting', b'hello\nworld')

    Raises DataError when a quote is left open, or closes in the middle of a word, or when
    something else than a name stands in braces: what is wrong, and the line as the hint.
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


def _words(line: bytes) -> Iterator[bytes | Name]:
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


def _word(line: bytes, position: int) -> tuple[bytes | Name, int]:
    """The word that starts at ``position``, and where it ends."""
    plain = _PLAIN.match(line, position)
    word, position = (plain[0], plain.end()) if plain else (b"", position)
    mark = line[position : position + 1]
    if mark not in (b'"', b"'"):
        is_braced = word.startswith(b"{") and word.endswith(b"}")
        return _name(word) if is_braced else word, position

    kind, pattern = ("double", _DOUBLE) if mark == b'"' else ("single", _SINGLE)
    quoted = pattern.match(line, position)
    if quoted is None:
        raise _Unreadable(f"a {kind} quote is never closed")
    if not _ENDS.match(line, quoted.end()):
        raise _Unreadable(f"a letter follows a closing {kind} quote; leave a space between")
    inside = quoted[1]
    inside = _unescape(inside) if mark == b'"' else inside.replace(b"\\'", b"'")
    return word + inside, quoted.end()


def _name(braced: bytes) -> Name:
    inside = braced[1:-1].decode()
    if not inside.isidentifier():
        raise _Unreadable(
            "only a Python name may stand in {braces}, and nothing is computed there; "
            "in quotes they are text"
        )
    return Name(inside)


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
