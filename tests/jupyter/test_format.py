"""Replies are printed letter for letter as redis-cli prints them."""

import pytest

from redislab.exceptions import ResponseError
from redislab.jupyter.cell import split
from redislab.jupyter.format import answer, printed, quoted
from redislab.jupyter.status import Status


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        (None, "(nil)"),
        (7, "(integer) 7"),
        (True, "(true)"),
        (2.5, "(double) 2.5"),
        (5.0, "(double) 5"),
        (b"hello", '"hello"'),
        ("caf\u00e9", r'"caf\xc3\xa9"'),
        (Status(b"OK"), "OK"),
        (ResponseError("ERR no such key"), "(error) ERR no such key"),
        ([], "(empty array)"),
        ({}, "(empty hash)"),
        (set(), "(empty set)"),
        ([b"a", 1, None], '1) "a"\n2) (integer) 1\n3) (nil)'),
        ([[b"a", [b"b"]], b"c"], '1) 1) "a"\n   2) 1) "b"\n2) "c"'),
        ({b"k": [b"a", b"b"]}, '1# "k" => \n   1) "a"\n   2) "b"'),
        ({b"x"}, '1~ "x"'),
    ],
)
def test_every_kind_of_reply_has_its_form(reply, text):
    assert printed(reply) == text


def test_numbers_are_as_wide_as_the_largest():
    lines = printed([b"x"] * 10).split("\n")
    assert lines[0] == ' 1) "x"'
    assert lines[9] == '10) "x"'


def test_strings_are_quoted_so_that_they_could_be_typed_again():
    every = bytes(range(256))
    assert quoted(every).isascii()
    assert quoted(every).isprintable()
    assert split(quoted(every)) == (every,)


@pytest.mark.parametrize(
    ("command", "reply", "text"),
    [
        (("SET", "k", "v"), b"OK", "OK"),
        (("set", "k", "v", "get"), b"OK", '"OK"'),
        (("GET", "k"), b"OK", '"OK"'),
        (("PING",), b"PONG", "PONG"),
        (("PING", "PONG"), b"PONG", '"PONG"'),
        (("TYPE", "k"), b"string", "string"),
        (("CLIENT", "SETNAME", "a"), b"OK", "OK"),
        (("CLIENT", "GETNAME"), b"OK", '"OK"'),
        (("INFO", "server"), b"# Server\r\nversion:1\r\n", "# Server\nversion:1"),
    ],
)
def test_a_status_and_a_string_look_different(command, reply, text):
    assert answer(command, reply) == text
