"""How wide text will be, by estimate: nothing here reads a font.

The reader's fonts are unknown, so the figures are generous: the widest common monospace
advance, and for the proportional font a table by kind of letter. What is too long is cut
with an ellipsis, so that any text whatever fits where it is put.
"""

from __future__ import annotations

import unicodedata

CODE = 15.0
SMALL_CODE = 13.5
PLAIN = 15.0
SMALL = 13.0
NAME = 17.0
HEAD = 21.0

_ADVANCE = 0.62
_NARROW = frozenset("iljtfrI.,:;'|!()[]-· ")
_WIDE = frozenset("mwMW@%—…")


def cells(text: str) -> int:
    """How many monospace cells a text takes: two for a CJK letter or an emoji."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def fit(text: str, limit: int) -> str:
    """The text, cut to ``limit`` cells; the last is an ellipsis when something is cut.

    >>> fit("SET counter 6", 9)
    'SET coun…'
    """
    if cells(text) <= limit:
        return text
    used = 0
    for place, character in enumerate(text):
        used += _cells(character)
        if used > limit - 1:
            return f"{text[:place]}…"
    return text


def code_width(text: str, size: float = CODE) -> float:
    """The width of monospace text in the picture's units."""
    return cells(text) * _ADVANCE * size


def plain_width(text: str, size: float = PLAIN, *, bold: bool = False) -> float:
    """The width of text in the proportional font in the picture's units."""
    ems = sum(_ems(character) for character in text)
    return ems * size * (1.06 if bold else 1.0)


def fit_plain(text: str, width: float, size: float = PLAIN) -> str:
    """The text in bold, cut to a width in the picture's units."""
    if plain_width(text, size, bold=True) <= width:
        return text
    while text and plain_width(f"{text}…", size, bold=True) > width:
        text = text[:-1]
    return f"{text}…"


def _cells(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _ems(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if character in _WIDE or _cells(character) == 2:
        return 0.95
    if character.isupper() or character.isdecimal():
        return 0.71
    return 0.61 * _cells(character)
