"""The one module that makes markup, SVG and HTML alike.

    str(element("text", "a < b", x=4))   ->   <text x="4">a &lt; b</text>

Rules:
- Text and attribute values are escaped here, always; nothing builds markup from strings
  anywhere else (a test reads the source to make sure).
- Names of elements and attributes come from our own code and are checked; what came from
  a server, a file or a cell can only ever be text.
- A character that cannot be seen, or that rearranges its neighbours, is written out in
  its escaped form: two values that differ look different.
- No links to anywhere, no scripts, no event attributes.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from dataclasses import dataclass

_NAME = re.compile(r"(xml:)?[a-zA-Z][a-zA-Z0-9-]*")
_FORBIDDEN = frozenset({"script", "foreignObject", "iframe", "object", "embed", "a", "use"})
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks by their class, which show nothing all the same."""
_MARKS = 2
"""Combining marks that may sit on one character; piled up they would cover other lines."""

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Element:
    """An element: its name, its attributes, and elements or text inside."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Element | str, ...]

    def __str__(self) -> str:
        head = self.name + "".join(
            f' {name}="{escaped(value)}"' for name, value in self.attributes
        )
        if not self.children:
            return f"<{head}/>"
        inner = "".join(
            escaped(child) if isinstance(child, str) else str(child)
            for child in self.children
        )
        return f"<{head}>{inner}</{self.name}>"


def element(
    name: str, *children: Element | str | None, **attributes: Value | None
) -> Element:
    """Make an element. A None among the children or attributes is left out.

    In attribute names a trailing ``_`` is dropped (``class_``), ``xml_`` is the prefix
    ``xml:`` and ``_`` stands for ``-`` (``text_anchor``). Numbers are rounded to a tenth.
    """
    pairs = tuple(
        (_checked(_spelled(key)), _written(value))
        for key, value in attributes.items()
        if value is not None
    )
    inside = tuple(child for child in children if child is not None)
    return Element(_checked(name), pairs, inside)


def escaped(text: str) -> str:
    """Text that stands for itself in an element or a quoted attribute."""
    return (
        visible(text, keep="\n")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("'", "&#39;")
    )


def visible(text: str, keep: str = "") -> str:
    r"""Text with every character to be seen: a zero-width space becomes ``\u200b``.

    ``keep``: characters to leave as they are.

    >>> visible("a\u202eb\n")
    'a\\u202eb\\n'
    """
    if text.isascii() and text.isprintable():
        return text
    shown: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character).startswith("M") else 0
        shown.append(character if character in keep else _seen(character, marks))
    return "".join(shown)


def picture_address(svg: str) -> str:
    """An SVG as a ``data:`` address, for the ``src`` of an ``img``."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode("ascii")


def _seen(character: str, marks: int) -> str:
    category = unicodedata.category(character)
    hidden = (
        category in _UNSEEN
        or (category == "Zs" and character != " ")
        or character in _BLANK
        or unicodedata.name(character, "").startswith("VARIATION SELECTOR")
        or marks > _MARKS
    )
    if not hidden:
        return character
    return ascii(character)[1:-1]


def _written(value: Value) -> str:
    # Adding 0.0 turns a negative zero into zero.
    return f"{round(value, 1) + 0.0:g}" if isinstance(value, float) else str(value)


def _spelled(key: str) -> str:
    return key.rstrip("_").replace("xml_", "xml:").replace("_", "-")


def _checked(name: str) -> str:
    lowered = name.lower()
    if not _NAME.fullmatch(name) or name in _FORBIDDEN or lowered.startswith("on"):
        raise ValueError(f"{name!r} is no name for an element or attribute of ours")
    return name
