"""What a cell's value is: what the server said, shown as redis-cli shows it.

``Answer`` is one command with its reply; ``PipelineResult`` is a whole pipeline, a
sequence of replies that is also a table and a picture. Both are finished facts: what is
stored in a notebook stays right without a kernel and without a front end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, overload

from redislab.commands.secrets import redact
from redislab.exceptions import RedisError, spoken
from redislab.jupyter.cell import Words
from redislab.jupyter.format import answer, printed
from redislab.jupyter.status import with_status
from redislab.trace.recording import Recording
from redislab.views.markup import Element, element

if TYPE_CHECKING:
    from redislab.views.picture import Picture

ROWS = 100
"""Rows of a table; what is longer is for ``values``, not for reading."""
LINES = 20
"""Lines of one reply in a table, and LETTERS of it."""
LETTERS = 2_000


class Answer:
    """One command and its reply."""

    def __init__(self, command: Words, value: Any) -> None:
        self.command = command
        self.value = value
        """The reply as Python has it: bytes, int, None, a list."""

    def __repr__(self) -> str:
        return answer(self.command, self.value)


class PipelineResult(Sequence[Any]):
    """The replies of a pipeline, in order: ``result[0]``, ``for value in result``.

    ``values`` is the plain list; a command that failed has its exception in its place,
    and ``errors`` has the exceptions by index. ``commands`` is what was sent and
    ``recording`` how it went, None for a pipeline too long to be pictured. When EXEC ran
    nothing there are no values.
    """

    def __init__(
        self,
        commands: Sequence[Words],
        values: Sequence[Any],
        recording: Recording | None = None,
    ) -> None:
        self.commands = list(commands)
        self.values = list(values)
        self.recording = recording

    @property
    def errors(self) -> dict[int, RedisError]:
        """The commands that failed: their index and the error."""
        return {
            index: value
            for index, value in enumerate(self.values)
            if isinstance(value, RedisError)
        }

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        return self.values[index]

    def __len__(self) -> int:
        return len(self.values)

    @property
    def picture(self) -> Picture | None:
        """One packet, and the MULTI ... EXEC bracket around its commands: ``.svg`` and
        ``.text``. None for a pipeline too long to be pictured.
        """
        from redislab.views.packet import packet  # drawn only when it is looked at

        return None if self.recording is None else packet(self.recording)

    def __repr__(self) -> str:
        if not self.values:
            return f"(EXEC ran none of the {len(self.commands)} commands)"
        replies = [_as_said(c, v) for c, v in zip(self.commands, self.values, strict=False)]
        if len(replies) <= ROWS:
            return printed(replies)
        return f"{printed(replies[:ROWS])}\n… and {len(replies) - ROWS} more"

    def _repr_html_(self) -> str:
        picture = self.picture
        return f"{self._table()}{picture._repr_html_() if picture else ''}"

    def _table(self) -> Element:
        rows = [self._row(index) for index in range(min(len(self.commands), ROWS))]
        more = len(self.commands) - len(rows)
        return element(
            "table",
            element("thead", _cells("th", ["", "command", "reply"])),
            element("tbody", *rows),
            element("tfoot", _cells("td", ["", f"… and {more} more"])) if more else None,
        )

    def _row(self, index: int) -> Element:
        command = spoken(redact(self.commands[index]))
        if not self.values:
            return _cells("td", [f"{index + 1}", command, "did not run"])
        value = self.values[index]
        reply = _cut(printed(_as_said(self.commands[index], value)))
        if isinstance(value, RedisError):
            return _cells("td", [f"✗ {index + 1}", command, reply], failed=True)
        return _cells("td", [f"{index + 1}", command, reply])


def server_words(error: RedisError) -> str:
    """The server's own words, without the place in the pipeline before them."""
    return Exception.__str__(error)


def _as_said(command: Words, value: Any) -> Any:
    """The reply as it is printed: a status as one, an error in the server's words."""
    if isinstance(value, RedisError):
        return RedisError(server_words(value))
    return with_status(command, value)


def _cut(text: str) -> str:
    """The beginning of a long reply, for one cell of the table."""
    lines = text[:LETTERS].split("\n", LINES)[:LINES]
    kept = "\n".join(lines)
    return kept if len(kept) == len(text) else f"{kept}\n…"


_FAILED = "color:var(--jp-error-color1,#cf1444);font-weight:600;"
_LEFT = "text-align:left;white-space:pre-wrap;"


def _cells(name: str, texts: Sequence[str], failed: bool = False) -> Element:
    """A row of the table. Text only: whatever it says, it is never markup."""
    style = _LEFT + (_FAILED if failed else "")
    return element("tr", *(element(name, text, style=style) for text in texts))
