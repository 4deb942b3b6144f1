"""Time series found by their labels: many at once.

A filter is ``"city=Rome"``, ``"city!="`` (it has that label), ``"city=(Rome,Oslo)"``; at
least one must ask for equality.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from redislab.commands.modules.family import Family
from redislab.commands.modules.samples import last_of_series, many_series
from redislab.commands.modules.timeseries_options import (
    Aggregation,
    Moment,
    aggregated,
    chosen,
    labelled,
)
from redislab.commands.run import T, option, switches
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class LabelledSeries(Family[T]):
    """The group ``timeseries``, as far as it finds series by their labels."""

    __slots__ = ()

    def queryindex(self, filters: Sequence[str]) -> Reply[list[T]]:
        """``TS.QUERYINDEX filter ...``: the keys of the series that fit.

        https://redis.io/docs/latest/commands/ts.queryindex/
        """
        return self._run(("TS.QUERYINDEX", *filters))

    def mget(
        self,
        filters: Sequence[str],
        with_labels: bool | None = False,
        select_labels: Sequence[str] | None = None,
        latest: bool | None = False,
    ) -> Reply[list[dict[str, list[Any]]]]:
        """``TS.MGET FILTER filter ...``: {key: [labels, moment, number]} for each series
        that fits: its last sample; None, None when it has none.

        https://redis.io/docs/latest/commands/ts.mget/
        """
        words = (*switches(LATEST=bool(latest)), *labelled(with_labels, select_labels))
        return self._run(("TS.MGET", *words, "FILTER", *filters), last_of_series)

    def mrange(
        self,
        from_time: Moment,
        to_time: Moment,
        filters: Sequence[str],
        count: int | None = None,
        aggregation_type: Aggregation | None = None,
        bucket_size_msec: int | None = 0,
        with_labels: bool | None = False,
        filter_by_ts: Sequence[int] | None = None,
        filter_by_min_value: float | None = None,
        filter_by_max_value: float | None = None,
        groupby: str | None = None,
        reduce: str | None = None,
        select_labels: Sequence[str] | None = None,
        align: Moment | None = None,
        latest: bool | None = False,
        bucket_timestamp: str | None = None,
        empty: bool | None = False,
    ) -> Reply[list[dict[str, list[Any]]]]:
        """``TS.MRANGE from to FILTER filter ...``: {key: [labels, samples]} for each series
        that fits, the oldest sample first.

        The options are those of ``range``. ``groupby`` a label and ``reduce`` (sum, min,
        max ...): series of one value of the label become one.
        https://redis.io/docs/latest/commands/ts.mrange/
        """
        words = (
            *chosen(latest, filter_by_ts, filter_by_min_value, filter_by_max_value),
            *labelled(with_labels, select_labels),
            *option("COUNT", count),
            *aggregated(align, aggregation_type, bucket_size_msec, bucket_timestamp, empty),
            *("FILTER", *filters),
            *_grouped(groupby, reduce),
        )
        return self._run(("TS.MRANGE", from_time, to_time, *words), many_series)

    def mrevrange(
        self,
        from_time: Moment,
        to_time: Moment,
        filters: Sequence[str],
        count: int | None = None,
        aggregation_type: Aggregation | None = None,
        bucket_size_msec: int | None = 0,
        with_labels: bool | None = False,
        filter_by_ts: Sequence[int] | None = None,
        filter_by_min_value: float | None = None,
        filter_by_max_value: float | None = None,
        groupby: str | None = None,
        reduce: str | None = None,
        select_labels: Sequence[str] | None = None,
        align: Moment | None = None,
        latest: bool | None = False,
        bucket_timestamp: str | None = None,
        empty: bool | None = False,
    ) -> Reply[list[dict[str, list[Any]]]]:
        """``TS.MREVRANGE from to FILTER filter ...``: ``mrange``, the newest first.

        https://redis.io/docs/latest/commands/ts.mrevrange/
        """
        words = (
            *chosen(latest, filter_by_ts, filter_by_min_value, filter_by_max_value),
            *labelled(with_labels, select_labels),
            *option("COUNT", count),
            *aggregated(align, aggregation_type, bucket_size_msec, bucket_timestamp, empty),
            *("FILTER", *filters),
            *_grouped(groupby, reduce),
        )
        return self._run(("TS.MREVRANGE", from_time, to_time, *words), many_series)


def _grouped(groupby: str | None, reduce: str | None) -> tuple[Any, ...]:
    if (groupby is None) != (reduce is None):
        raise DataError("groupby and reduce go together: give both or neither")
    return () if groupby is None else ("GROUPBY", groupby, "REDUCE", reduce)
