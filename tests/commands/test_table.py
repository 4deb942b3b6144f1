"""The questions that the other rooms put to the table."""

from __future__ import annotations

import math
from typing import Any

import pytest

from redislab.commands.row import Command
from redislab.commands.table import COMMANDS, SPECIAL, blocks, keys, row

WORDS = {
    "readonly",
    "write",
    "pubsub",
    "admin",
    "dangerous",
    "stateful",
    "destructive",
    "here",
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_row_is_well_formed(command: Command) -> None:
    assert command.name == command.name.upper()
    assert set(command.words.split()) <= WORDS
    assert not (command.has("readonly") and command.has("write"))
    assert not (command.stateful and command.dedicated)


# --- row -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("GET", "k"), "GET"),
        (("get", "k"), "GET"),
        ((b"Get", "k"), "GET"),
        ((bytearray(b"get"), "k"), "GET"),
        ((memoryview(b"get"), "k"), "GET"),
        (("client", b"getName"), "CLIENT GETNAME"),
        (("CLIENT", "NOSUCH"), "CLIENT"),
        (("CLIENT",), "CLIENT"),
        (("CLIENT", 7), "CLIENT"),
        (("COMMAND",), "COMMAND"),
        (("OBJECT", "encoding", "k"), "OBJECT ENCODING"),
    ],
)
def test_a_row_is_found_however_the_command_is_spelled(
    arguments: tuple[Any, ...], name: str
) -> None:
    found = row(arguments)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "arguments", [(), ("NOSUCH",), ("",), (None,), (7, "k"), (b"\xff",)]
)
def test_what_is_no_known_command_has_no_row_keys_or_timeout(
    arguments: tuple[Any, ...],
) -> None:
    assert row(arguments) is None
    assert keys(arguments) == ()
    assert blocks(arguments) is None


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("JSON.MGET", "a", "b", "$.x"), ("a", "b")),
        (("JSON.MSET", "a", "$", "1", "b", "$", "2"), ("a", "b")),
        (("JSON.DEBUG", "MEMORY", "a"), ("a",)),
        (("TS.MADD", "a", 1, 2, "b", 3, 4), ("a", "b")),
        (("TS.CREATERULE", "a", "b", "AGGREGATION", "avg", 5), ("a", "b")),
        (("CMS.MERGE", "d", 2, "a", "b", "WEIGHTS", 1, 2), ("d", "a", "b")),
        (("TDIGEST.MERGE", "d", 1, "a", "OVERRIDE"), ("d", "a")),
        (("SUNIONCARD", 2, "a", "b", "LIMIT", 5), ("a", "b")),
        (("LMOVEM", "a", "b", "LEFT", "RIGHT"), ("a", "b")),
        (("HIMPORT", "SET", "a", "fields", 1), ("a",)),
        (("FT.SEARCH", "index", "x"), ()),
    ],
)
def test_keys_of_what_neither_server_here_has(
    arguments: tuple[Any, ...], found: tuple[Any, ...]
) -> None:
    assert keys(arguments) == found


# --- how commands travel -----------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("SUBSCRIBE", "MONITOR", "MULTI", "EXEC", "WATCH", "UNWATCH", "SELECT", "HELLO"),
        *("AUTH", "RESET", "QUIT", "READONLY"),
        *("CLIENT REPLY", "CLIENT TRACKING", "CLIENT SETNAME"),
    ],
)
def test_what_changes_the_connection_is_stateful(name: str) -> None:
    assert COMMANDS[name].stateful


@pytest.mark.parametrize(
    "name",
    [
        *("FLUSHALL", "FLUSHDB", "SHUTDOWN", "CONFIG SET", "SWAPDB", "DEBUG"),
        *("REPLICAOF", "SLAVEOF", "FAILOVER"),
        *("ACL DELUSER", "CLUSTER RESET", "FUNCTION FLUSH"),
    ],
)
def test_what_loses_data_or_changes_the_server_is_destructive(name: str) -> None:
    assert COMMANDS[name].destructive


@pytest.mark.parametrize("name", ["GET", "SET", "DEL", "CLIENT GETNAME", "INFO", "XADD"])
def test_an_everyday_command_is_neither(name: str) -> None:
    assert not COMMANDS[name].stateful
    assert not COMMANDS[name].destructive
    assert not COMMANDS[name].dedicated


def test_special_has_the_first_word_of_everything_that_needs_a_way_of_its_own() -> None:
    assert {"BLPOP", "XREAD", "WAIT", "CLIENT", "WATCH", "SELECT"} <= SPECIAL
    assert not {"GET", "SET", "HGETALL", "EVAL", "FLUSHALL", "CONFIG"} & SPECIAL


def test_reading_is_safe_to_repeat_and_writing_is_not() -> None:
    assert COMMANDS["GET"].readonly
    assert not COMMANDS["INCR"].readonly
    assert not COMMANDS["EVAL"].readonly


# --- blocks --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "seconds"),
    [
        (("BLPOP", "a", "b", 1.5), 1.5),
        (("brpop", "a", b"2"), 2.0),
        (("BLMOVE", "a", "b", "LEFT", "RIGHT", "0.25"), 0.25),
        (("BLMPOP", 3, 1, "a", "LEFT"), 3.0),
        (("BZMPOP", 3, 1, "a", "MIN"), 3.0),
        (("BZPOPMIN", "z", 0), math.inf),
        (("BLMOVEM", "a", "b", "LEFT", "RIGHT", 1.5, "COUNT", 3, "OBO"), 1.5),
        (("WAIT", 1, 1500), 1.5),
        (("WAITAOF", 1, 0, 500), 0.5),
        (("XREAD", "COUNT", 1, "BLOCK", 250, "STREAMS", "s", "$"), 0.25),
        (("XREAD", "block", "0", "streams", "s", "$"), math.inf),
        (("XREADGROUP", "GROUP", "g", "c", "BLOCK", 2000, "STREAMS", "s", ">"), 2.0),
        (("XREADGROUP", "GROUP", "STREAMS", "c", "BLOCK", 2000, "STREAMS", "s", ">"), 2.0),
    ],
)
def test_a_blocking_command_tells_how_long(
    arguments: tuple[Any, ...], seconds: float
) -> None:
    assert blocks(arguments) == seconds


@pytest.mark.parametrize(
    "arguments",
    [
        ("GET", "k"),
        ("LPOP", "l", 5),
        ("XREAD", "STREAMS", "s", "0"),
        ("XREAD", "STREAMS", "BLOCK", "5"),
        ("XREADGROUP", "GROUP", "g", "c", "STREAMS", "BLOCK", "5", "0", "0"),
    ],
)
def test_what_does_not_wait_says_none(arguments: tuple[Any, ...]) -> None:
    assert blocks(arguments) is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("BLPOP",),
        ("BLPOP", "a"),
        ("BLPOP", "a", "soon"),
        ("BLPOP", "a", -1),
        ("BLPOP", "a", "nan"),
        ("BLPOP", "a", "inf"),
        ("BLPOP", "a", None),
        ("BLMPOP",),
        ("XREAD", "BLOCK"),
        ("XREAD", "BLOCK", "x", "STREAMS", "s", "0"),
    ],
)
def test_a_timeout_that_the_server_will_refuse_says_none(
    arguments: tuple[Any, ...],
) -> None:
    assert blocks(arguments) is None
