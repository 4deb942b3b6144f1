"""Bytes to replies: the same however the bytes are cut, and errors as values."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislab.exceptions import RedisError, ResponseError, WrongTypeError
from redislab.wire.decode import MORE, ProtocolError, Push, decode_all, decoder

LINE = st.text(
    st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=12
).map(str.encode)

SCALAR = st.one_of(
    LINE.map(lambda line: b"+%b\r\n" % line),
    LINE.map(lambda line: b"-ERR %b\r\n" % line),
    st.integers(-(2**63), 2**63 - 1).map(lambda value: b":%d\r\n" % value),
    st.binary(max_size=20).map(lambda data: b"$%d\r\n%b\r\n" % (len(data), data)),
    st.sampled_from([b"$-1\r\n", b"*-1\r\n", b"_\r\n", b"#t\r\n", b"#f\r\n", b",1.5\r\n"]),
)


def _array(items: list[bytes]) -> bytes:
    return b"*%d\r\n%b" % (len(items), b"".join(items))


def _map(items: list[tuple[bytes, bytes]]) -> bytes:
    pairs = b"".join(b"+k%d\r\n%b" % (n, value) for n, (_, value) in enumerate(items))
    return b"%%%d\r\n%b" % (len(items), pairs)


REPLY = st.recursive(
    SCALAR,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(_array),
        st.lists(st.tuples(SCALAR, inner), max_size=3).map(_map),
    ),
    max_leaves=8,
)


def plain(value: Any) -> Any:
    """Error objects by what they say, to compare them."""
    if isinstance(value, RedisError):
        return type(value), str(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def fed(pieces: list[bytes]) -> list[Any]:
    reader = decoder([])
    replies = []
    for piece in pieces:
        reader.feed(piece)
        replies += iter(reader.gets, MORE)
    return [plain(reply) for reply in replies]


@given(st.lists(REPLY, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_replies_do_not_depend_on_how_the_bytes_are_cut(
    replies: list[bytes], rng: random.Random
):
    """Whole, byte by byte, and in random pieces."""
    data = b"".join(replies)
    whole = fed([data])
    cuts = sorted(rng.choices(range(len(data) + 1), k=5))
    pieces = [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    assert len(whole) == len(replies)
    assert whole == fed([bytes([byte]) for byte in data])
    assert whole == fed(pieces)


def test_an_error_reply_is_a_value_of_its_class_and_is_noted():
    errors: list[RedisError] = []
    reader = decoder(errors)
    reader.feed(b"-WRONGTYPE no list\r\n*2\r\n:1\r\n-ERR inside\r\n:5\r\n")
    first, (one, inside), five = iter(reader.gets, MORE)
    assert isinstance(first, WrongTypeError)
    assert type(inside) is ResponseError
    assert (one, five) == (1, 5)
    assert errors == [first, inside]


def test_false_is_a_reply_and_not_the_end_of_the_data():
    assert decode_all(b"#f\r\n:1\r\n#f\r\n") == [False, 1, False]


def test_text_stays_bytes_even_when_it_is_no_utf8():
    assert decode_all(b"$2\r\n\xff\xfe\r\n+caf\xe9\r\n") == [b"\xff\xfe", b"caf\xe9"]


def test_a_push_is_told_from_a_reply():
    push, array = decode_all(b">2\r\n+message\r\n:1\r\n*2\r\n+message\r\n:1\r\n")
    assert type(push) is Push
    assert type(array) is list
    assert list(push) == array


def test_an_unfinished_reply_waits_for_the_rest():
    reader = decoder([])
    reader.feed(b"$5\r\nhel")
    assert reader.gets() is MORE
    assert reader.has_data()
    reader.feed(b"lo\r\n")
    assert reader.gets() == b"hello"
    assert not reader.has_data()


@pytest.mark.parametrize(
    "garbage",
    [b"HTTP/1.1 400 Bad Request\r\n", b"\x16\x03\x01", b"$x\r\n", b":1x\r\n", b"*-2\r\n"],
)
def test_what_is_no_protocol_is_a_protocol_error(garbage: bytes):
    with pytest.raises(ProtocolError):
        decode_all(garbage)
