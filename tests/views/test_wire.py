"""Bytes, and what they are, line by line."""

from redislab.views.wire import LINES, explained
from redislab.wire.encode import encode


def test_each_stretch_is_a_line_and_stands_as_deep_as_it_lies():
    assert [
        line.split(maxsplit=1)[0] for line in explained(encode(("GET", "k"))).split("\n")
    ] == [
        r"*2\r\n",
        r"$3\r\nGET\r\n",
        r"$1\r\nk\r\n",
    ]
    assert explained(b"*1\r\n:1\r\n").split("\n")[1].startswith(r"  :1\r\n  ")


def test_bytes_that_a_terminal_would_obey_are_written_out():
    assert "\x1b" not in explained(b"$4\r\n\x1b[2J\r\n")


def test_long_data_is_cut_in_the_middle_and_many_spans_at_the_end():
    text = explained(encode(("SET", "k", "x" * 10_000)))
    assert " … " in text
    assert len(text) < 400
    many = explained(b":1\r\n" * (LINES + 7))
    assert many.endswith("… and 28 more bytes")
