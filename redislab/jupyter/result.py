"""What a cell's value is: what the server said, shown as redis-cli shows it.

``Answer`` is one command with its reply. ``Answers`` (several commands, one after the
other), ``PipelineResult`` and ``TransactionResult`` are sequences of replies that are also
a table and a picture. All are finished facts: what is stored in a notebook stays right
without a kernel and without a front end.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, overload

from redislab.commands.replies import text
from redislab.commands.secrets import redact
from redislab.exceptions import RedisError, spoken
from redislab.jupyter.cell import Words
from redislab.jupyter.format import AS_REDIS_CLI, Style, answer, styled
from redislab.jupyter.rows import cells, cut
from redislab.jupyter.status import with_status
from redislab.trace.recording import Recording
from redislab.views.markup import Element, element

if TYPE_CHECKING:
    from redislab.views.picture import Picture

ROWS = 100
"""Rows of a table; what is longer is for ``values``, not for reading."""


class Answer:
    """One command and its reply."""

    def __init__(self, command: Words, value: Any, style: Style = AS_REDIS_CLI) -> None:
        self.command = command
        self.value = _value(value, style)
        """The reply as Python has it: bytes, int, None, a list; with --decode str."""
        self._reply = value
        self._style = style

    def __repr__(self) -> str:
        return answer(self.command, self._reply, self._style)


class Replies(Sequence[Any]):
    """The replies of a cell, in order: ``result[0]``, ``for value in result``.

    ``values`` is the plain list; a command that failed has its exception in its place,
    and ``errors`` has the exceptions by index. ``result["seen"]`` is the reply to the line
    that was labelled ``seen:``. ``commands`` is what was sent and ``recording`` how it
    went, None for a cell too long to be pictured.
    """

    def __init__(
        self,
        commands: Sequence[Words],
        replies: Sequence[Any],
        recording: Recording | None = None,
        *,
        labels: Sequence[str] = (),
        style: Style = AS_REDIS_CLI,
    ) -> None:
        self.commands = list(commands)
        self.values = [_value(reply, style) for reply in replies]
        self.labels = {label: index for index, label in enumerate(labels) if label}
        """Which label has which place."""
        self.recording = recording
        self._replies = list(replies)
        self._style = style

    @property
    def errors(self) -> dict[int, RedisError]:
        """The commands that failed: their index and the error."""
        return {
            index: value
            for index, value in enumerate(self.values)
            if isinstance(value, RedisError)
        }

    def to_dataframe(self) -> Any:
        """A pandas DataFrame with a row a command: label, command, reply.

        Raises ModuleNotFoundError without pandas, which redislab does not bring.
        """
        names = {index: label for label, index in self.labels.items()}
        shown = range(len(self))
        return import_module("pandas").DataFrame(
            {
                "label": [names.get(index, "") for index in shown],
                "command": [spoken(redact(self.commands[index])) for index in shown],
                "reply": self.values,
            }
        )

    @overload
    def __getitem__(self, index: int | str) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | str | slice) -> Any:
        return self.values[self.labels[index] if isinstance(index, str) else index]

    def __len__(self) -> int:
        return len(self.values)

    @property
    def picture(self) -> Picture | None:
        """How it went: ``.svg`` and ``.text``. None for a cell too long to be pictured."""
        from redislab.views.conflict import conflict  # drawn only when it is looked at

        return None if self.recording is None else conflict(self.recording)

    def _repr_html_(self) -> str:
        picture = self.picture
        return f"{self._table()}{picture._repr_html_() if picture else ''}"

    def _said(self, index: int) -> Any:
        """The reply as it is printed: a status as one, an error in the server's words."""
        reply = self._replies[index]
        if isinstance(reply, RedisError):
            return RedisError(server_words(reply))
        return with_status(self.commands[index], reply)

    def _answers(self, start: int = 0, stop: int = ROWS) -> list[str]:
        """What redis-cli prints after each command."""
        return [
            styled(self._said(index), self._style)
            if isinstance(self._replies[index], RedisError)
            else answer(self.commands[index], self._replies[index], self._style)
            for index in range(start, min(len(self), stop))
        ]

    def _more(self) -> list[str]:
        return [f"… and {len(self) - ROWS} more"] if len(self) > ROWS else []

    def _table(self) -> Element:
        rows = [self._row(index) for index in range(min(len(self.commands), ROWS))]
        more = len(self.commands) - len(rows)
        return element(
            "table",
            element("thead", cells("th", ["", "command", "reply"])),
            element("tbody", *rows),
            element("tfoot", cells("td", ["", f"… and {more} more"])) if more else None,
        )

    def _row(self, index: int) -> Element:
        place = next(
            (f"{n}:" for n, i in self.labels.items() if i == index), f"{index + 1}"
        )
        command = spoken(redact(self.commands[index]))
        if index >= len(self):
            return cells("td", [place, command, "did not run"])
        (reply,) = map(cut, self._answers(index, index + 1))
        if isinstance(self._replies[index], RedisError):
            return cells("td", [f"✗ {place}", command, reply], failed=True)
        return cells("td", [place, command, reply])


class Answers(Replies):
    """Commands that were sent one after the other; printed as redis-cli prints them."""

    def __repr__(self) -> str:
        return "\n".join([*self._answers(), *self._more()])


class PipelineResult(Replies):
    """The replies of a pipeline. When EXEC ran nothing there are no values."""

    @property
    def picture(self) -> Picture | None:
        """One packet, and the MULTI ... EXEC bracket around its commands."""
        from redislab.views.packet import packet

        return None if self.recording is None else packet(self.recording)

    def __repr__(self) -> str:
        if not self.values:
            return f"(EXEC ran none of the {len(self.commands)} commands)"
        replies = [self._said(index) for index in range(min(len(self), ROWS))]
        return "\n".join([styled(replies, self._style), *self._more()])


class TransactionResult(Replies):
    """Replies from WATCH to EXEC: first what was read, from ``reads`` on what EXEC gave."""

    def __init__(self, *arguments: Any, reads: int, tries: int, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.reads = reads
        """How many commands were sent before MULTI."""
        self.tries = tries
        """How often it was started, conflicts included."""

    def __repr__(self) -> str:
        ran = [self._said(index) for index in range(self.reads, min(len(self), ROWS))]
        exec_ = [styled(ran, self._style)] if ran else []
        return "\n".join([*self._answers(stop=self.reads), *exec_, *self._more()])


def server_words(error: RedisError) -> str:
    """The server's own words, without the place in the pipeline before them."""
    return Exception.__str__(error)


def _value(reply: Any, style: Style) -> Any:
    """What Python gets. A reply that is not UTF-8 stays bytes, whatever was asked for."""
    try:
        return text(reply) if style.decode else reply
    except UnicodeDecodeError:
        return reply
