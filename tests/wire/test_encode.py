"""Commands to bytes: one argument stays one argument, and nothing odd is guessed."""

from __future__ import annotations

import array
import datetime as dt
import decimal
import enum
import fractions
import io
import pathlib
import sys
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislab.exceptions import DataError, Outcome
from redislab.wire.encode import CHUNK, encode, encode_all


class Colour(enum.IntEnum):
    RED = 1


class Word(str):
    __slots__ = ()

    def __repr__(self) -> str:
        return "never this"


class Number(float):
    """As numpy.float64: a float whose repr is no number."""

    def __repr__(self) -> str:
        return f"Number({float(self)})"


def arguments(data: bytes) -> list[list[bytes]]:
    """The commands in ``data``, read by the lengths alone."""
    stream = io.BytesIO(data)

    def number(kind: bytes) -> int:
        line = stream.readline()
        assert line[:1] == kind
        assert line[-2:] == b"\r\n"
        return int(line[1:-2])

    def argument() -> bytes:
        value = stream.read(number(b"$"))
        assert stream.read(2) == b"\r\n"
        return value

    commands = []
    while stream.tell() < len(data):
        commands.append([argument() for _ in range(number(b"*"))])
    return commands


def as_bytes(value: Any) -> bytes:
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    return str(value).encode()


TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUE = st.one_of(
    TEXT,
    st.text("ab\r\n*$ 12", max_size=9),
    st.binary(),
    st.binary().map(bytearray),
    st.binary().map(memoryview),
    st.integers(),
    st.floats(),
)
COMMAND = st.lists(VALUE, min_size=1, max_size=6).map(tuple)


@given(COMMAND)
def test_any_arguments_come_back_as_they_were(command: tuple[Any, ...]):
    """No byte in an argument can end it or start another."""
    assert arguments(encode(command)) == [[as_bytes(value) for value in command]]


@given(st.lists(COMMAND, max_size=8))
def test_many_commands_are_the_bytes_of_each(commands: list[tuple[Any, ...]]):
    assert joined(commands) == b"".join(map(encode, commands))


@given(st.integers(1, 4), st.data())
def test_alike_commands_are_the_bytes_of_each(width: int, data: st.DataObject):
    """The quick way for columns of text says the same as the plain way."""
    word = st.one_of(TEXT, st.sampled_from(["", "a", "\r\n", "é", "k" * 5000]))
    row = st.tuples(st.just("SET"), *[word] * (width - 1))
    commands = data.draw(st.lists(row, min_size=1, max_size=8))
    assert joined(commands) == b"".join(map(encode, commands))


def joined(commands: list[tuple[Any, ...]]) -> bytes:
    data = encode_all(commands)
    return data if isinstance(data, bytes) else b"".join(data)


@pytest.mark.parametrize("count", [0, 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7, 20_000])
def test_a_long_batch_loses_nothing_at_the_chunks_borders(count: int):
    commands = [("SET", f"k{number}", number) for number in range(count)]
    expected = [[b"SET", b"k%d" % n, b"%d" % n] for n in range(count)]
    assert arguments(joined(commands)) == expected


WRONG = [
    None,
    True,
    False,
    [],
    ["a"],
    (),
    {},
    {"a": 1},
    set(),
    {"a"},
    frozenset(),
    object(),
    object,
    len,
    lambda: 1,
    1j,
    ...,
    NotImplemented,
    range(3),
    slice(1),
    decimal.Decimal("1.5"),
    fractions.Fraction(1, 2),
    dt.date(2024, 1, 1),
    dt.timedelta(1),
    pathlib.PurePosixPath("/a"),
    uuid.UUID(int=1),
    array.array("i", [1]),
    iter("a"),
    ValueError("a"),
    enum.Enum("Size", "BIG").BIG,
    "\ud800",
    10 ** (sys.get_int_max_str_digits() + 1),
]


@pytest.mark.parametrize("value", WRONG, ids=lambda value: type(value).__name__)
def test_a_wrong_kind_is_refused(value: object):
    """Also a number too long for Python to print: hiredis would crash on it."""
    for place in ("SET", value), ("SET", "k", value), ("SET", value, "v"):
        with pytest.raises(DataError, match="argument") as caught:
            encode(place)  # type: ignore[arg-type]  # that is the point
        assert caught.value.outcome is Outcome.NOT_SENT


@pytest.mark.parametrize("count", [3, CHUNK + 1, 20_000])
def test_one_wrong_argument_refuses_the_whole_batch(count: int):
    """Nothing of it is given out, so nothing can be sent."""
    commands: list[Any] = [("SET", "k", "v")] * count
    commands[-1] = ("SET", "k", None)
    with pytest.raises(DataError):
        encode_all(commands)


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (Colour.RED, b"1"),
        (Word("word"), b"word"),
        (Number(1.5), b"1.5"),
        (memoryview(b"abcdef")[::2], b"ace"),
        (memoryview(array.array("H", [1, 2])), array.array("H", [1, 2]).tobytes()),
        (-0.0, b"-0.0"),
        (1e22, b"1e+22"),
        (float("inf"), b"inf"),
        (2**70, b"1180591620717411303424"),
    ],
    ids=repr,
)
def test_a_value_is_sent_by_its_meaning(value: Any, sent: bytes):
    """Not by its repr, and not by the memory it happens to lie in."""
    assert arguments(encode(("ECHO", value))) == [[b"ECHO", sent]]


@pytest.mark.parametrize("count", [20, 1000])
def test_long_commands_are_encoded_when_they_are_asked_for(count: int):
    """However few they are: a batch of megabytes must not stand in memory twice."""
    value = b"x" * (1 << 20)
    commands = [("SET", f"k{number}", value) for number in range(count)]
    chunks = iter(encode_all(commands))
    first = next(chunks)
    assert len(first) < 2 * len(value)
    assert first == encode(commands[0])
    rest = sum(1 for _ in chunks)
    assert rest == count - 1


def test_a_wrong_argument_behind_long_ones_is_found_before_the_first_chunk():
    long = [("SET", "k", b"x" * (1 << 20))] * 20
    with pytest.raises(DataError):
        encode_all([*long, ("SET", "k", None)])
