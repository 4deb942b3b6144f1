"""A verdict: why EXEC ran nothing, and how well that is known.

The levels, from the best down. Each has words of its own, and none speaks with the words
of a better one:

    exact       the server's own account (the spy): key, client, command and order
    key         the server told the watcher which key it was (tracking), not who
    journal     the recorded clients' own commands: who may have done it, or, when
                certain, who did it among those that were recorded
    after       nobody was seen; what is left when all else is ruled out
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from redislab.exceptions import spoken
from redislab.trace.steps import Command

Level = Literal["exact", "key", "journal", "after"]

Cause = Literal["command", "expired", "evicted", "unknown"]
"""``expired``: its time to live ran out. ``evicted``: the server's memory was full."""

LIMIT = 60
"""Characters of a key or a command in a sentence."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why EXEC ran nothing, or will run nothing."""

    watcher: str
    keys: tuple[bytes, ...]
    """All that was watched."""
    transaction: int | None
    """Whose EXEC answered nil; None while the watch stands and EXEC is still to come."""
    step: int | None = None
    """The step that changed the key, None when no recorded client did."""
    culprit: str | None = None
    """The client that did it, by its name or else its address."""
    command: Command | None = None
    key: bytes | None = None
    """The key that changed; None when it could be any of them."""
    certain: bool = False
    level: Level = "journal"
    cause: Cause = "unknown"
    server_us: int | None = None
    """When the server ran the command: microseconds since 1970 on its clock. Only at the
    level ``exact``."""

    @property
    def label(self) -> str:
        """How well it is known, in words."""
        if self.level == "journal" and self.culprit is not None:
            return "seen by the recorded clients" if self.certain else "probably"
        return {
            "exact": "exact",
            "key": "key exact, writer unknown",
            "journal": "writer unknown",
            "after": "after the fact",
        }[self.level]

    def __str__(self) -> str:
        """A sentence that says no more than is known."""
        return f"{self._what()} after WATCH, so EXEC ran nothing{self._who()}"

    def _what(self) -> str:
        key = _keys(self.keys) if self.key is None else spoken((self.key,), LIMIT)
        if self.level == "exact":
            return f"{key} {self._deed()}"
        return f"{key} {'probably expired' if self.cause == 'expired' else 'changed'}"

    def _deed(self) -> str:
        match self.cause:
            case "expired":
                return "expired"
            case "evicted":
                return "was evicted"
            case _ if self.culprit is None or self.command is None:
                return "was changed"
            case _:
                return f"was changed by {self.culprit} ({self._command()})"

    def _who(self) -> str:
        if self.level == "exact" or self.cause == "expired":
            return ""
        if self.culprit is None or self.command is None:
            return "" if self.level == "journal" else "; who changed it is not known"
        deed = f"{self.culprit}'s {self._command()}"
        return f": {deed} came between" if self.certain else f": probably {deed}"

    def _command(self) -> str:
        return "" if self.command is None else spoken(self.command.arguments, LIMIT)


def _keys(keys: tuple[bytes, ...]) -> str:
    names = [spoken((key,), LIMIT) for key in keys[:5]]
    if len(keys) == 1:
        return names[0]
    more = f" and {len(keys) - 5} more" if len(keys) > 5 else ""
    return f"one of {', '.join(names)}{more}"
