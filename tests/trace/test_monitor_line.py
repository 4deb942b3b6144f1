"""A line of MONITOR, back to the bytes of the command."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redislab.connection.address import parse_url
from redislab.trace.monitor_line import Line, parse
from redislab.trace.stream import Stream


def line(text):
    found = parse(text)
    assert found is not None
    return found


def test_a_line_tells_when_where_who_and_what():
    found = line(b'1795359924.694724 [3 127.0.0.1:38080] "set" "k" "v"')
    assert found.server_us == 1795359924694724
    assert (found.database, found.address, found.name) == (3, "127.0.0.1:38080", "SET")
    assert found.arguments == (b"set", b"k", b"v")


@pytest.mark.parametrize(
    "address", ["lua", "127.0.0.1:1", "[::1]:50000", "unix:/tmp/a b]c.sock"]
)
def test_every_kind_of_address_is_read(address):
    assert line(b'1.000001 [0 %s] "GET" "k"' % address.encode()).address == address


def test_an_argument_cannot_pass_for_an_address():
    found = line(b'1.000001 [0 127.0.0.1:1] "SET" "k" "x] \\"FLUSHALL"')
    assert found.address == "127.0.0.1:1"
    assert found.arguments == (b"SET", b"k", b'x] "FLUSHALL')


@pytest.mark.parametrize(
    "text", [b"OK", b"PONG", b"", b"1.5 [0 lua]", b'x.000001 [0 lua] "GET"', b"+1"]
)
def test_anything_else_is_no_line(text):
    assert parse(text) is None


@pytest.fixture(scope="module")
def streams(server):
    """One that speaks and one that listens."""
    address = parse_url(server.url)[0]
    speaker, listener = Stream(address), Stream(address)
    listener.listen()
    yield speaker, listener.items(5.0)
    listener.close()
    speaker.close()


@settings(max_examples=60)
@given(words=st.lists(st.binary(max_size=40), min_size=1, max_size=4))
def test_every_byte_comes_back_from_a_real_server(streams, words):
    speaker, items = streams
    speaker.ask("TOUCH", *words)
    found = next(item for item in items if isinstance(item, Line))
    assert found.arguments == (b"TOUCH", *words)
