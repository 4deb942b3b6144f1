"""URLs: what they name, what they are refused for, and never their password."""

from __future__ import annotations

import pytest

from redislab.connection.address import Address, parse_url

SECRET = "hunter2"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://", Address()),
        ("redis://cache", Address("cache")),
        ("redis://cache:7000", Address("cache", 7000)),
        ("redis://cache:7000/3", Address("cache", 7000, database=3)),
        ("redis://cache/3?db=4", Address("cache", database=4)),
        ("redis://[::1]:7000/1", Address("::1", 7000, database=1)),
        ("rediss://cache", Address("cache", tls=True)),
        ("redis://:pw@cache", Address("cache", password="pw")),
        ("redis://ann:pw@cache", Address("cache", username="ann", password="pw")),
        ("redis://ann@cache", Address("cache", username="ann")),
        ("redis://:p%40%2F%3F%23%3A%25@cache", Address("cache", password="p@/?#:%")),
        (
            "redis://cache?username=ann&password=p%40w",
            Address("cache", 6379, None, 0, "ann", "p@w"),
        ),
        ("unix:///tmp/r.sock", Address(path="/tmp/r.sock")),
        (
            "unix://:pw@/tmp/a%20b.sock?db=2",
            Address(path="/tmp/a b.sock", database=2, password="pw"),
        ),
        ("unix:///tmp/a@b.sock", Address(path="/tmp/a@b.sock")),
    ],
)
def test_a_url_names_an_address(url: str, expected: Address):
    assert parse_url(url) == (expected, {})


def test_the_query_gives_options_of_their_own_types():
    url = "redis://h?decode_responses=yes&protocol=3&socket_timeout=2.5&max_connections=9"
    assert parse_url(url)[1] == {
        "decode_responses": True,
        "protocol": 3,
        "socket_timeout": 2.5,
        "max_connections": 9,
    }


HOSTILE = [
    "",
    "cache",
    "cache:6379",
    "http://cache",
    "redis:/cache/x",
    "redis://cache:port",
    "redis://cache:70000",
    "redis://cache:-1",
    "redis://cache/one",
    "redis://cache/-1",
    "redis://cache/1/2",
    "redis://cache?db=x",
    "redis://cache?nosuch=1",
    "redis://cache?protocol=three",
    "redis://cache?decode_responses=maybe",
    "redis://cache?socket_timeout=soon",
    "redis://[::1",
    "redis://cache#fragment",
    "unix://",
    "unix://cache",
]


@pytest.mark.parametrize("url", HOSTILE)
def test_a_bad_url_is_a_value_error(url: str):
    with pytest.raises(ValueError, match=r"Redis URL|usable URL|unix://"):
        parse_url(url)


@pytest.mark.parametrize("special", ["/", "?", "#", "@/", "[", "/?#", "\N{ACCOUNT OF}"])
@pytest.mark.parametrize("secret", [SECRET, "12"])
@pytest.mark.parametrize("scheme", ["redis", "unix"])
def test_an_unquoted_password_is_refused_without_being_shown(
    scheme: str, secret: str, special: str
):
    """Half of it would be the port, the database or an option, as the URL is read."""
    if scheme == "unix" and special == "@/":
        pytest.skip("a path may hold an @")
    with pytest.raises(ValueError, match="quote") as caught:
        parse_url(f"{scheme}://:{secret}{special}{SECRET}@cache:6379/0")
    assert SECRET not in str(caught.value)


def test_no_form_of_an_address_shows_the_password():
    for address in (
        parse_url(f"redis://ann:{SECRET}@cache")[0],
        parse_url(f"unix://:{SECRET}@/tmp/r.sock")[0],
    ):
        assert SECRET not in f"{address} {address!r} {[address]}"
        assert "***" in str(address)


@pytest.mark.parametrize(
    "url", ["redis://cache:1/0", "redis://[::1]:1/3", "rediss://ann@h:6379/0"]
)
def test_the_shown_url_is_the_address_again(url: str):
    address, _ = parse_url(url)
    assert parse_url(str(address))[0] == address


def test_only_a_port_may_follow_an_ipv6_address():
    """Python 3.11 would read the host and forget the rest."""
    with pytest.raises(ValueError, match="only :port may follow"):
        parse_url("redis://[::1]x:1")
