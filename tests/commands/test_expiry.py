"""Durations and moments in the units of the commands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from redislab.commands.expiry import milliseconds, seconds


@pytest.mark.parametrize(
    ("time", "whole", "thousandths"),
    [
        (10, 10, 10),
        ("10", "10", "10"),
        (timedelta(seconds=1.9), 1, 1900),
        (timedelta(milliseconds=29), 0, 29),
        (timedelta(days=1), 86400, 86400000),
        (datetime(2030, 1, 1, tzinfo=UTC), 1893456000, 1893456000000),
        (datetime(2030, 1, 1, 0, 0, 0, 29_000, tzinfo=UTC), 1893456000, 1893456000029),
    ],
)
def test_times_are_cut_to_whole_units(time: Any, whole: Any, thousandths: Any) -> None:
    assert seconds(time) == whole
    assert milliseconds(time) == thousandths


def test_a_datetime_without_zone_is_local_time() -> None:
    naive = datetime(2030, 1, 1)  # noqa: DTZ001  the point of this test
    assert seconds(naive) == int(naive.timestamp())
