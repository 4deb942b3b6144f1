"""The first words on a socket, and what a server says of itself."""

from __future__ import annotations

import pytest

from redislab.connection.address import Address
from redislab.connection.handshake import facts, hello, stranger, without_hello
from redislab.connection.manner import Manner

ANN = Address(username="ann", password="pw")
ANYBODY = Address(password="pw")


def test_hello_says_no_more_than_there_is_to_say():
    assert hello(Address(), Manner()) == ("HELLO", 2)
    assert hello(Address(username="ann"), Manner(protocol=3)) == ("HELLO", 3)


def test_hello_logs_in_and_gives_the_name():
    assert hello(ANYBODY, Manner()) == ("HELLO", 2, "AUTH", "default", "pw")
    assert hello(ANN, Manner(client_name="lesson")) == (
        *("HELLO", 2, "AUTH", "ann", "pw"),
        *("SETNAME", "lesson"),
    )


def test_the_older_words_for_the_same():
    assert without_hello(Address(), Manner()) == []
    assert without_hello(ANYBODY, Manner()) == [("AUTH", "pw")]
    assert without_hello(ANN, Manner(client_name="lesson")) == [
        ("AUTH", "ann", "pw"),
        ("CLIENT", "SETNAME", "lesson"),
    ]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ([b"server", b"redis", b"proto", 2], {"server": "redis", "proto": 2}),
        ({b"server": b"valkey", b"proto": 3}, {"server": "valkey", "proto": 3}),
        ([b"server", b"\xff"], {"server": "\N{REPLACEMENT CHARACTER}"}),
        ([b"odd"], {}),
        (b"OK", {}),
        (None, {}),
    ],
)
def test_the_servers_facts_in_either_protocol(answer: object, expected: dict[str, object]):
    """And nothing from a peer that answers something else."""
    assert facts(answer) == expected


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n", "web"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "SSH"),
        (b"220 mail.example.org ESMTP\r\n", "mail"),
        (b"ERROR\r\nERROR\r\n", "memcached"),
        (b"\x15\x03\x01\x00\x02\x02F", "rediss://"),
        (b"J\0\0\0\n8.0.36\0", "MySQL"),
    ],
)
def test_a_stranger_is_known_by_its_first_bytes(data: bytes, name: str):
    assert name in (stranger(data) or "")


@pytest.mark.parametrize("data", [b"", b"garbage", b"\0\0\0\0\0"])
def test_one_that_gives_no_sign_has_no_name(data: bytes):
    assert stranger(data) is None
