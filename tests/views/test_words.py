"""Commands and replies in words."""

import pytest

from redislab.exceptions import server_error
from redislab.trace import NO_REPLY, Command
from redislab.trace.shorten import Cut, CutList
from redislab.views.words import answer, count, said, shown, value_of_key


def command(*arguments, transaction=None):
    return Command(1, "alice", arguments, transaction=transaction)


@pytest.mark.parametrize(
    ("argument", "text"),
    [
        ("counter", "counter"),
        (6, "6"),
        (1.5, "1.5"),
        (b"counter", "counter"),
        ("", '""'),
        ("two words", '"two words"'),
        ('say "hi"', r'"say \"hi\""'),
        (r"back\slash", r'"back\\slash"'),
        ("caf\u00e9", "caf\u00e9"),
        ("line\nend", r'"line\nend"'),
        (b"\xff\x00a", r'"\xff\x00a"'),
        (b'\xff"', r'"\xff\""'),
        ("a\u200b", r'"a\u200b"'),
        (Cut(b"x" * 64, 5000), "xxxxxxxxxx… (5000 bytes)"),
    ],
)
def test_an_argument(argument, text):
    assert shown(argument, 24) == text


def test_a_command_keeps_to_its_limit():
    assert said(command("SET", "k", "v" * 500), 40) == "SET k vvvvvvvvvvvvvvvvvvvvvvv…"
    assert len(said(command("MSET", *map(str, range(500))), 40)) == 40


@pytest.mark.parametrize(
    ("arguments", "value", "text"),
    [
        (("SET", "k", "v"), b"OK", "OK"),
        (("GET", "k"), b"OK", '"OK"'),
        (("GET", "k"), b"QUEUED", '"QUEUED"'),
        (("PING",), b"PONG", "PONG"),
        (("TYPE", "k"), b"string", "string"),
        (("GET", "k"), b"5", '"5"'),
        (("GET", "k"), "5", '"5"'),
        (("GET", "k"), b"\xff", r'"\xff"'),
        (("GET", "k"), None, "nil"),
        (("INCR", "k"), 6, "6"),
        (("SISMEMBER", "k", "v"), True, "true"),
        (("EXISTS", "k"), NO_REPLY, "no reply"),
        (("MGET", "a", "b"), [b"1", None], '["1", nil]'),
        (("LRANGE", "a", 0, -1), CutList([1], 5), "[1, …]"),
        (("LRANGE", "a", 0, -1), list(range(10)), "[0, 1, 2, 3, 4, 5, 6, 7, …]"),
        (("HGETALL", "h"), {b"f": b"v"}, '{"f": "v"}'),
        (("EXEC",), [b"OK", 1], "2 results"),
        (("EXEC",), CutList([b"OK"], 300), "300 results"),
        (("INCR", "k"), server_error("WRONGTYPE\u202e no"), r"WRONGTYPE\u202e no"),
    ],
)
def test_a_reply(arguments, value, text):
    assert answer(command(*arguments), value) == text


def test_queued_is_a_status_inside_a_transaction():
    assert answer(command("SET", "k", "v", transaction=1), b"QUEUED") == "QUEUED"


def test_counts_and_values():
    assert (count(1, "command"), count(0, "command")) == ("1 command", "0 commands")
    assert (value_of_key(None), value_of_key(b"5")) == ("nil", "5")
