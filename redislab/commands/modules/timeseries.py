"""Time series: numbers at moments. ``client.ts()``.

A moment is Unix time in milliseconds; ``"-"`` and ``"+"`` are the ends of a series, ``"*"``
is now. A sample comes back as (moment, number); with several aggregations as [moment,
number ...].
This file has one series at a time; ``timeseries_labels.py`` those with certain labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from redislab.commands.modules.samples import about_series, sample, samples
from redislab.commands.modules.timeseries_labels import LabelledSeries
from redislab.commands.modules.timeseries_options import (
    Aggregation,
    Moment,
    aggregated,
    chosen,
    kept,
)
from redislab.commands.replies import ok
from redislab.commands.run import Key, T, option, switches

if TYPE_CHECKING:
    from redislab.connection.session import Reply

Labels: TypeAlias = Mapping[str, str]


class TimeSeries(LabelledSeries[T]):
    """The group ``timeseries``."""

    __slots__ = ()

    # --- series ----------------------------------------------------------------------

    def create(
        self,
        key: Key,
        retention_msecs: int | None = None,
        uncompressed: bool | None = False,
        labels: Labels | None = None,
        chunk_size: int | None = None,
        duplicate_policy: str | None = None,
        ignore_max_time_diff: int | None = None,
        ignore_max_val_diff: float | None = None,
    ) -> Reply[bool]:
        """``TS.CREATE key``: True; a new series.

        - ``retention_msecs``: how long samples are kept, 0 for ever; ``chunk_size``: in
          pieces of so many bytes; ``uncompressed``: as they are.
        - ``labels``: {name: value}, by which ``mget`` and ``mrange`` find it.
        - ``duplicate_policy``: BLOCK (an error), FIRST, LAST, MIN, MAX or SUM of two
          samples at one moment; the ``ignore`` options, both or neither: a sample so near
          the last one, in milliseconds and in value, is dropped.

        https://redis.io/docs/latest/commands/ts.create/
        """
        words = kept(
            retention_msecs,
            uncompressed,
            chunk_size,
            duplicate_policy,
            labels,
            ignore_max_time_diff,
            ignore_max_val_diff,
        )
        return self._run(("TS.CREATE", key, *words), ok)

    def alter(
        self,
        key: Key,
        retention_msecs: int | None = None,
        labels: Labels | None = None,
        chunk_size: int | None = None,
        duplicate_policy: str | None = None,
        ignore_max_time_diff: int | None = None,
        ignore_max_val_diff: float | None = None,
    ) -> Reply[bool]:
        """``TS.ALTER key``: True; the series is kept like this from now on, as ``create``.

        https://redis.io/docs/latest/commands/ts.alter/
        """
        words = kept(
            retention_msecs,
            False,
            chunk_size,
            duplicate_policy,
            labels,
            ignore_max_time_diff,
            ignore_max_val_diff,
        )
        return self._run(("TS.ALTER", key, *words), ok)

    def info(self, key: Key) -> Reply[dict[str, Any]]:
        """``TS.INFO key``: samples, memory, labels, rules ... by the server's names.

        https://redis.io/docs/latest/commands/ts.info/
        """
        return self._run(("TS.INFO", key), about_series)

    # --- samples ---------------------------------------------------------------------

    def add(
        self,
        key: Key,
        timestamp: Moment,
        value: float,
        retention_msecs: int | None = None,
        uncompressed: bool | None = False,
        labels: Labels | None = None,
        chunk_size: int | None = None,
        duplicate_policy: str | None = None,
        ignore_max_time_diff: int | None = None,
        ignore_max_val_diff: float | None = None,
        on_duplicate: str | None = None,
    ) -> Reply[int]:
        """``TS.ADD key timestamp value``: the moment of the new sample.

        A series that is not there is made with these options. ``on_duplicate`` is this
        sample's own policy.
        https://redis.io/docs/latest/commands/ts.add/
        """
        words = kept(
            retention_msecs,
            uncompressed,
            chunk_size,
            duplicate_policy,
            labels,
            ignore_max_time_diff,
            ignore_max_val_diff,
        )
        own = option("ON_DUPLICATE", on_duplicate)
        return self._run(("TS.ADD", key, timestamp, value, *words, *own))

    def madd(self, ktv_tuples: Iterable[tuple[Key, Moment, float]]) -> Reply[list[Any]]:
        """``TS.MADD key timestamp value ...``: the moment of each; an error in its place.

        https://redis.io/docs/latest/commands/ts.madd/
        """
        return self._run(("TS.MADD", *(word for one in ktv_tuples for word in one)))

    def incrby(
        self,
        key: Key,
        value: float,
        timestamp: Moment | None = None,
        retention_msecs: int | None = None,
        uncompressed: bool | None = False,
        labels: Labels | None = None,
        chunk_size: int | None = None,
        duplicate_policy: str | None = None,
        ignore_max_time_diff: int | None = None,
        ignore_max_val_diff: float | None = None,
    ) -> Reply[int]:
        """``TS.INCRBY key value``: the moment of a sample: the last one plus ``value``.

        https://redis.io/docs/latest/commands/ts.incrby/
        """
        words = kept(
            retention_msecs,
            uncompressed,
            chunk_size,
            duplicate_policy,
            labels,
            ignore_max_time_diff,
            ignore_max_val_diff,
        )
        return self._run(("TS.INCRBY", key, value, *option("TIMESTAMP", timestamp), *words))

    def decrby(
        self,
        key: Key,
        value: float,
        timestamp: Moment | None = None,
        retention_msecs: int | None = None,
        uncompressed: bool | None = False,
        labels: Labels | None = None,
        chunk_size: int | None = None,
        duplicate_policy: str | None = None,
        ignore_max_time_diff: int | None = None,
        ignore_max_val_diff: float | None = None,
    ) -> Reply[int]:
        """``TS.DECRBY key value``: ``incrby`` downwards.

        https://redis.io/docs/latest/commands/ts.decrby/
        """
        words = kept(
            retention_msecs,
            uncompressed,
            chunk_size,
            duplicate_policy,
            labels,
            ignore_max_time_diff,
            ignore_max_val_diff,
        )
        return self._run(("TS.DECRBY", key, value, *option("TIMESTAMP", timestamp), *words))

    def delete(self, key: Key, from_time: Moment, to_time: Moment) -> Reply[int]:
        """``TS.DEL key from to``: how many samples there were and now are not.

        https://redis.io/docs/latest/commands/ts.del/
        """
        return self._run(("TS.DEL", key, from_time, to_time))

    def get(self, key: Key, latest: bool | None = False) -> Reply[tuple[int, float] | None]:
        """``TS.GET key``: the last sample, None when there is none.

        ``latest``: of a compacted series also the one in the making.
        https://redis.io/docs/latest/commands/ts.get/
        """
        return self._run(("TS.GET", key, *switches(LATEST=bool(latest))), sample)

    def range(
        self,
        key: Key,
        from_time: Moment,
        to_time: Moment,
        count: int | None = None,
        aggregation_type: Aggregation | None = None,
        bucket_size_msec: int | None = 0,
        filter_by_ts: Sequence[int] | None = None,
        filter_by_min_value: float | None = None,
        filter_by_max_value: float | None = None,
        align: Moment | None = None,
        latest: bool | None = False,
        bucket_timestamp: str | None = None,
        empty: bool | None = False,
    ) -> Reply[list[Any]]:
        """``TS.RANGE key from to``: samples, the oldest first.

        - ``count``: at most so many; ``filter_by_ts``: only at these moments;
          ``filter_by_min_value`` and ``filter_by_max_value``, both or neither: only those.
        - ``aggregation_type`` (avg, sum, min, max, range, count, first, last, std.p ...; or
          a list of them) of each ``bucket_size_msec``, counted from ``align``, told at
          its ``bucket_timestamp`` (-, +, ~); ``empty``: of buckets without samples too.

        https://redis.io/docs/latest/commands/ts.range/
        """
        words = (
            *chosen(latest, filter_by_ts, filter_by_min_value, filter_by_max_value),
            *option("COUNT", count),
            *aggregated(align, aggregation_type, bucket_size_msec, bucket_timestamp, empty),
        )
        return self._run(("TS.RANGE", key, from_time, to_time, *words), samples)

    def revrange(
        self,
        key: Key,
        from_time: Moment,
        to_time: Moment,
        count: int | None = None,
        aggregation_type: Aggregation | None = None,
        bucket_size_msec: int | None = 0,
        filter_by_ts: Sequence[int] | None = None,
        filter_by_min_value: float | None = None,
        filter_by_max_value: float | None = None,
        align: Moment | None = None,
        latest: bool | None = False,
        bucket_timestamp: str | None = None,
        empty: bool | None = False,
    ) -> Reply[list[Any]]:
        """``TS.REVRANGE key from to``: ``range``, the newest first.

        https://redis.io/docs/latest/commands/ts.revrange/
        """
        words = (
            *chosen(latest, filter_by_ts, filter_by_min_value, filter_by_max_value),
            *option("COUNT", count),
            *aggregated(align, aggregation_type, bucket_size_msec, bucket_timestamp, empty),
        )
        return self._run(("TS.REVRANGE", key, from_time, to_time, *words), samples)

    # --- compaction ------------------------------------------------------------------

    def createrule(
        self,
        source_key: Key,
        dest_key: Key,
        aggregation_type: Aggregation,
        bucket_size_msec: int,
        align_timestamp: int | None = None,
    ) -> Reply[bool]:
        """``TS.CREATERULE source dest AGGREGATION type bucket``: True; the other series
        gets one sample for each bucket of this one, from now on.

        https://redis.io/docs/latest/commands/ts.createrule/
        """
        words = (
            *aggregated(None, aggregation_type, bucket_size_msec, None, False),
            *(() if align_timestamp is None else (align_timestamp,)),
        )
        return self._run(("TS.CREATERULE", source_key, dest_key, *words), ok)

    def deleterule(self, source_key: Key, dest_key: Key) -> Reply[bool]:
        """``TS.DELETERULE source dest``: True; no more of it.

        https://redis.io/docs/latest/commands/ts.deleterule/
        """
        return self._run(("TS.DELETERULE", source_key, dest_key), ok)
