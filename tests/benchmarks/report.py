"""From samples to figures, and from figures to a table.

A rate by itself says as much about the machine as about the client. So each client is held
against ours by the ratio of two samples of the same round; what is shown is the median of
these ratios, and on request how far they lie apart.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from tests.benchmarks.fresh import FRESH
from tests.benchmarks.rounds import Sample, Samples
from tests.benchmarks.workloads import WORKLOADS

OURS, LIMIT = "redislab", "limit"


class Circumstances(NamedTuple):
    """What one must know of a run to believe its figures."""

    versions: dict[str, str]
    """Of each client."""
    server: str
    rounds: int

    def __str__(self) -> str:
        those = ", ".join(f"{name} {number}" for name, number in self.versions.items())
        here = f"{self.server}, Python {platform.python_version()}, one machine"
        return f"medians of {self.rounds} rounds in turn; {those}; {here}"


class Figure(NamedTuple):
    """One client at one workload, in medians."""

    rate: float
    cpu: float
    instructions: float | None
    ahead: tuple[float, float, float] | None
    """How many times its rate ours is: median, least and most of the rounds."""


Figures = dict[str, dict[str, Figure]]
"""By workload, then by client."""


def figures(samples: Samples) -> Figures:
    """Medians over the rounds."""
    return {
        workload: {
            name: _figure(found, by_client.get(OURS, []))
            for name, found in by_client.items()
            if found
        }
        for workload, by_client in samples.items()
    }


def _figure(found: Sequence[Sample], ours: Sequence[Sample]) -> Figure:
    rates = {sample.round: sample.rate for sample in ours}
    ratios = [rates[s.round] / s.rate for s in found if s.round in rates]
    counts = [s.instructions for s in found if s.instructions is not None]
    return Figure(
        rate=median(s.rate for s in found),
        cpu=median(s.cpu for s in found),
        instructions=median(counts) if counts else None,
        ahead=(median(ratios), min(ratios), max(ratios)) if ratios else None,
    )


def table(found: Figures, *, spread: bool = False) -> str:
    """A row for each workload, in it each client's rate, processor time and ratio."""
    clients = _columns(found.values())
    rows = [["operations a second, CPU microseconds each", *clients]]
    for workload, by_client in found.items():
        cells = [_cell(name, by_client.get(name), spread) for name in clients]
        rows.append([WORKLOADS[workload].title, *cells])
    return _aligned(rows)


def fresh_table(found: dict[str, dict[str, float]]) -> str:
    """The figures of new processes, a row each."""
    clients = _columns(found.values())
    rows = [["in a new process", *clients]]
    for what, by_client in found.items():
        cells = [f"{by_client[name]:.1f}" if name in by_client else "-" for name in clients]
        rows.append([FRESH[what], *cells])
    return _aligned(rows)


def _columns(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """The clients, each once, in the order in which they come."""
    return list(dict.fromkeys(name for row in rows for name in row))


def _cell(name: str, figure: Figure | None, spread: bool) -> str:
    if figure is None:
        return "-"
    parts = [short(figure.rate), f"{figure.cpu:.3g} us"]
    if figure.instructions is not None:
        parts.append(f"{figure.instructions / 1e3:.1f} kinst")
    if figure.ahead is not None and name != OURS:
        middle, least, most = figure.ahead
        parts.append(ratio(middle))
        if spread:
            parts.append(f"({least:.2g}..{most:.2g})")
    return " ".join(parts)


def ratio(value: float) -> str:
    """``22x``, ``3.9x``, ``0.74x``: how many times as fast redislab is."""
    return f"{value:.0f}x" if value >= 10 else f"{value:.2g}x"


def short(rate: float) -> str:
    """``1.2M``, ``470k``, ``9.8k``, ``57``."""
    for unit, letter in ((1e6, "M"), (1e3, "k")):
        if rate >= unit:
            number = rate / unit
            return f"{number:.0f}{letter}" if number >= 10 else f"{number:.1f}{letter}"
    return f"{rate:.0f}"


def _aligned(rows: Iterable[Sequence[str]]) -> str:
    head, *body = rows
    widths = [max(map(len, column)) for column in zip(head, *body, strict=True)]
    lines = [head, ["-" * width for width in widths], *body]
    return "\n".join(
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    )
