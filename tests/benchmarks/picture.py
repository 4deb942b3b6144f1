"""The picture for the README: what each client reaches, workload by workload."""

from __future__ import annotations

from collections.abc import Mapping

from redislab.views.bars import Bar, Group, bars
from redislab.views.picture import Picture
from redislab.views.theme import Theme
from tests.benchmarks.report import (
    LIMIT,
    OURS,
    Circumstances,
    Figure,
    Figures,
    ratio,
    short,
)
from tests.benchmarks.workloads import WORKLOADS

SHOWN = ("get", "tasks-50", "pipeline-1000", "exec-1000", "watch", "big")
CLIENTS = (OURS, "redis-py", "glide", "coredis")


def picture(found: Figures, circumstances: Circumstances, theme: Theme = "auto") -> Picture:
    """Draw the workloads that tell most; of those that were measured, if some were not."""
    names = [name for name in SHOWN if name in found] or list(found)
    groups = [_group(name, found[name]) for name in names]
    drawn = {bar.label for group in groups for bar in group.bars}
    versions = {n: v for n, v in circumstances.versions.items() if n in drawn}
    return bars(
        "How fast? Operations a second, on the same private server",
        groups,
        note=str(circumstances._replace(versions=versions)),
        theme=theme,
    )


def _group(workload: str, by_client: Mapping[str, Figure]) -> Group:
    ours, limit = by_client.get(OURS), by_client.get(LIMIT)
    note = ""
    if ours and limit and limit.ahead:
        note = f"{limit.ahead[0]:.0%} of a bare socket's loop"
    return Group(
        tuple(_bar(name, by_client[name]) for name in CLIENTS if name in by_client),
        title=WORKLOADS[workload].title,
        note=note,
    )


def _bar(name: str, figure: Figure) -> Bar:
    words = short(figure.rate)
    if name == OURS or figure.ahead is None:
        return Bar(name, figure.rate, words, "first" if name == OURS else "muted")
    return Bar(name, figure.rate, f"{words} · redislab {ratio(figure.ahead[0])}", "muted")
