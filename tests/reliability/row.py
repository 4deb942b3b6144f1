"""A row of the table: a fault, how often it is tried, and a bug that it must catch."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field


@dataclass
class Tally:
    """What came of all trials of a row."""

    trials: int = 0
    wrong: int = 0
    """Somebody got, or was told, what is not so."""
    lost: int = 0
    """Something hung, failed without need, or did not come back in time."""
    leaked: int = 0
    """Something stayed behind: places in queues, connections, tasks, memory, processes."""
    figures: list[str] = field(default_factory=list)
    """What else was measured, in words."""

    @property
    def bad(self) -> int:
        return self.wrong + self.lost + self.leaked


@dataclass
class Trial:
    """What a row is asked to do."""

    count: int
    seed: int

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)


@dataclass(frozen=True)
class Row:
    """``full``, ``short`` and ``control`` are counts of trials: for the printed table, for
    the ordinary test run, and enough to catch the planted ``bug``.
    """

    name: str
    fault: str
    run: Callable[[Trial], Awaitable[Tally]]
    bug: Callable[[], AbstractContextManager[object]]
    full: int
    short: int
    control: int
