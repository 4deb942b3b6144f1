"""Pushes that claim too many items are found wherever they stand, and nothing else is."""

from __future__ import annotations

import pytest

from redislab.exceptions import InvalidResponse
from redislab.wire.limits import begun, refuse_long_push, suspicious


def places(data: bytes) -> list[int]:
    return list(suspicious(data, len(data)))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b">3\r\n+a\r\n", []),
        (b">10000\r\n", [0]),
        (b"*1\r\n>100000000\r\n", [4]),
        (b"<p>12345</p", [2]),
        (b"+OK\r\n>", [5]),
        (b"+OK\r\n>12", [5]),
        (b">12 34567", []),
        (b"", []),
    ],
)
def test_a_number_of_five_digits_or_an_unfinished_one_is_suspicious(
    data: bytes, expected: list[int]
):
    assert places(data) == expected


def test_nothing_behind_the_end_is_looked_at():
    assert list(suspicious(b"+OK\r\n>99999", 5)) == []
    assert list(suspicious(b"+OK\r\n>99999", 8)) == [5]


@pytest.mark.parametrize("header", [b">9999", b">3\r\n", b">", b"", b">1000\r"])
def test_a_push_of_up_to_9999_items_passes(header: bytes):
    refuse_long_push(header)


@pytest.mark.parametrize("header", [b">10000", b">99999\r", b">00000"])
def test_a_longer_one_is_refused(header: bytes):
    with pytest.raises(InvalidResponse, match="9,999 items"):
        refuse_long_push(header)


@pytest.mark.parametrize(
    ("header", "expected"), [(b">", True), (b">12", True), (b">12\r", False), (b"", False)]
)
def test_a_number_without_its_end_has_only_begun(header: bytes, expected: bool):
    assert begun(header) is expected
