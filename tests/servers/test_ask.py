"""A few words with a server, without the client."""

from __future__ import annotations

import pytest

from redislab.connection.address import parse_url
from redislab.exceptions import AuthenticationError, WrongTypeError
from redislab.servers.ask import ask


def target(url: str) -> tuple[tuple[str, int], str]:
    address, _ = parse_url(url)
    return (address.host, address.port), address.password


def test_each_command_gets_its_reply(url):
    replies = ask(
        *target(url), ("SET", "k", "two\r\nlines"), ("GET", "k"), ("INCR", "n"), ("PING",)
    )
    assert replies == [b"OK", b"two\r\nlines", b"1", b"PONG"]


def test_an_error_reply_is_raised(url):
    with pytest.raises(WrongTypeError):
        ask(*target(url), ("SET", "k", "v"), ("LPUSH", "k", "v"))


def test_a_wrong_password_is_raised(url):
    with pytest.raises(AuthenticationError):
        ask(target(url)[0], "wrong", ("PING",))


def test_a_connection_that_the_server_closes_is_raised(url):
    with pytest.raises(ConnectionError):
        ask(*target(url), ("QUIT",), ("PING",))
