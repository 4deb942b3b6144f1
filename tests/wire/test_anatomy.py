"""Bytes of the protocol are explained, whatever they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislab.wire.anatomy import anatomy
from redislab.wire.encode import encode


def told(data: bytes) -> list[tuple[int, str]]:
    return [(span.depth, span.meaning) for span in anatomy(data)]


def test_a_command_is_an_array_of_strings():
    assert told(encode(("SET", "k", b"\r\n"))) == [
        (0, "an array of 3"),
        (1, "a string of 3 bytes"),
        (1, "a string of 1 byte"),
        (1, "a string of 2 bytes"),
    ]


@pytest.mark.parametrize(
    ("data", "meaning"),
    [
        (b"+OK\r\n", "a status"),
        (b"-ERR no\r\n", "an error"),
        (b":1\r\n", "an integer"),
        (b"$-1\r\n", "nil"),
        (b"*-1\r\n", "nil"),
        (b"_\r\n", "null"),
        (b"#t\r\n", "a boolean"),
        (b",1.5\r\n", "a double"),
        (b"(12345678901234567890\r\n", "a big number"),
        (b"=7\r\ntxt:abc\r\n", "a verbatim string of 7 bytes"),
        (b"!3\r\nERR\r\n", "an error of 3 bytes"),
        (b"*0\r\n", "an array of 0"),
        (b"$5\r\nab", "a string of 5 bytes, of which 5 are missing"),
        (b"$5", "the beginning of more"),
        (b"HTTP/1.1\r\n", "no RESP"),
        (b"$x\r\n", "no RESP"),
        (b"*-7\r\n", "no RESP"),
    ],
)
def test_each_kind_has_its_name(data, meaning):
    assert told(data) == [(0, meaning)]


def test_what_follows_an_array_is_outside_it():
    assert told(b"*2\r\n*1\r\n:1\r\n:2\r\n+OK\r\n") == [
        (0, "an array of 2"),
        (1, "an array of 1"),
        (2, "an integer"),
        (1, "an integer"),
        (0, "a status"),
    ]


def test_a_map_holds_two_for_each_entry_and_attributes_stand_before_their_item():
    assert told(b"*1\r\n|1\r\n+a\r\n+b\r\n%1\r\n+k\r\n:1\r\n+OK\r\n") == [
        (0, "an array of 1"),
        (1, "attributes of 1"),
        (2, "a status"),
        (2, "a status"),
        (1, "a map of 1"),
        (2, "a status"),
        (2, "an integer"),
        (0, "a status"),
    ]


def test_arrays_without_end_are_no_resp():
    assert anatomy(b"*1\r\n" * 5_000)[-1].meaning == "no RESP"


@given(st.binary(max_size=60) | st.text("*$+:-%|123\r\nab", max_size=60).map(str.encode))
def test_any_bytes_are_covered_from_the_first_to_the_last(data):
    """Spans follow each other without a gap."""
    position = 0
    for span in anatomy(data):
        assert span.start == position < span.stop
        position = span.stop
    assert position == len(data)
