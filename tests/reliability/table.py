"""Runs rows, each with its control, and prints them as a table."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import NamedTuple

from tests.reliability import (
    cancels,
    durability,
    hostile,
    lifetimes,
    machines,
    outages,
    privacy,
    races,
    strangers,
    volume,
)
from tests.reliability.row import Row, Tally, Trial

ROOMS = (
    cancels,
    durability,
    races,
    outages,
    volume,
    hostile,
    strangers,
    lifetimes,
    machines,
    privacy,
)

ROWS: dict[str, Row] = {row.name: row for room in ROOMS for row in room.ROWS}

CONTROL_SECONDS = 60
"""A planted bug may make a row hang: that is one way to catch it."""

HEAD = (
    "| fault | trials | wrong | lost | leaked | control | seconds | also |\n"
    "|---|--:|--:|--:|--:|---|--:|---|"
)


class Outcome(NamedTuple):
    row: Row
    tally: Tally
    caught: bool
    seconds: float

    @property
    def good(self) -> bool:
        return self.caught and not self.tally.bad

    def __str__(self) -> str:
        tally = self.tally
        cells = (
            f"{self.row.name}: {self.row.fault}",
            f"{tally.trials:,}",
            f"{tally.wrong:,}",
            f"{tally.lost:,}",
            f"{tally.leaked:,}",
            "caught" if self.caught else "**NOT CAUGHT**",
            f"{self.seconds:.0f}",
            "; ".join(tally.figures),
        )
        return f"| {' | '.join(cells)} |"


def run(row: Row, count: int, seed: int) -> Outcome:
    """The row with ``count`` trials, then its control."""
    start = time.perf_counter()
    tally = asyncio.run(_run(row, Trial(count, seed)))
    seconds = time.perf_counter() - start
    return Outcome(row, tally, caught(row, seed), seconds)


async def _run(row: Row, trial: Trial) -> Tally:
    return await row.run(trial)


def caught(row: Row, seed: int) -> bool:
    """Whether the row notices its planted bug, by its figures or by failing itself."""

    async def with_bug() -> Tally:
        async with asyncio.timeout(CONTROL_SECONDS):
            return await row.run(Trial(row.control, seed))

    quiet = logging.getLogger("asyncio")
    level = quiet.level
    quiet.setLevel(logging.CRITICAL)  # what a planted bug breaks is logged at length
    try:
        with row.bug():
            return bool(asyncio.run(with_bug()).bad)
    except Exception:
        return True
    finally:
        quiet.setLevel(level)
