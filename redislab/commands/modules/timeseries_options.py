"""The options that commands of time series share, as words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from redislab.commands.run import option, switches
from redislab.exceptions import DataError

Moment: TypeAlias = int | str
"""Unix time in milliseconds, or ``"-"``, ``"+"``, ``"*"``."""

Aggregation: TypeAlias = str | Sequence[str]
"""``"avg"``, or several."""


def kept(
    retention: int | None,
    uncompressed: bool | None,
    chunk_size: int | None,
    duplicate_policy: str | None,
    labels: Mapping[str, str] | None,
    time_difference: int | None,
    value_difference: float | None,
) -> tuple[Any, ...]:
    """How a series is kept."""
    if (time_difference is None) != (value_difference is None):
        raise DataError("ignore_max_time_diff and ignore_max_val_diff go together")
    words = [word for pair in (labels or {}).items() for word in pair]
    return (
        *option("RETENTION", retention),
        *(("ENCODING", "UNCOMPRESSED") if uncompressed else ()),
        *option("CHUNK_SIZE", chunk_size),
        *option("DUPLICATE_POLICY", duplicate_policy),
        *(("LABELS", *words) if labels else ()),
        *(
            ("IGNORE", time_difference, value_difference)
            if time_difference is not None
            else ()
        ),
    )


def chosen(
    latest: bool | None,
    moments: Sequence[int] | None,
    lowest: float | None,
    highest: float | None,
) -> tuple[Any, ...]:
    """Which samples."""
    if (lowest is None) != (highest is None):
        raise DataError("filter_by_min_value and filter_by_max_value go together")
    return (
        *switches(LATEST=bool(latest)),
        *(("FILTER_BY_TS", *moments) if moments else ()),
        *(() if lowest is None else ("FILTER_BY_VALUE", lowest, highest)),
    )


def aggregated(
    align: Moment | None,
    kinds: Aggregation | None,
    bucket: int | None,
    bucket_timestamp: str | None,
    empty: bool | None,
) -> tuple[Any, ...]:
    """What becomes of the samples of each bucket."""
    if kinds is None:
        return option("ALIGN", align)
    named = kinds if isinstance(kinds, str) else ",".join(kinds)
    return (
        *option("ALIGN", align),
        *("AGGREGATION", named, bucket),
        *option("BUCKETTIMESTAMP", bucket_timestamp),
        *switches(EMPTY=bool(empty)),
    )


def labelled(with_labels: bool | None, names: Sequence[str] | None) -> tuple[Any, ...]:
    """Which labels come with the samples."""
    if with_labels and names:
        raise DataError("with_labels and select_labels exclude each other: give one")
    if names:
        return ("SELECTED_LABELS", *names)
    return switches(WITHLABELS=bool(with_labels))
