"""The first words on a socket, and what a server says of itself."""

from __future__ import annotations

import pytest

from redislab.connection.address import Address
from redislab.connection.handshake import facts, hello, without_hello
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
