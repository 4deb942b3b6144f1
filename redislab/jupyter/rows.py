"""Rows of the tables that results are, in HTML. All that is put in is text."""

from __future__ import annotations

from collections.abc import Sequence

from redislab.views.markup import Element, element

LINES = 20
"""Lines of one reply in a table, and LETTERS of it."""
LETTERS = 2_000


def cut(reply: str) -> str:
    """The beginning of a long reply, for one cell of the table."""
    lines = reply[:LETTERS].split("\n", LINES)[:LINES]
    kept = "\n".join(lines)
    return kept if len(kept) == len(reply) else f"{kept}\n…"


_FAILED = "color:var(--jp-error-color1,#cf1444);font-weight:600;"
_LEFT = "text-align:left;white-space:pre-wrap;"


def cells(name: str, texts: Sequence[str], failed: bool = False) -> Element:
    """A row of the table. Text only: whatever it says, it is never markup."""
    style = _LEFT + (_FAILED if failed else "")
    return element("tr", *(element(name, text, style=style) for text in texts))
