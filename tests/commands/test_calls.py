"""Every command method: what it says, and what it refuses to say."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from redislab.commands import Commands
from redislab.commands.table import keys, row
from redislab.exceptions import DataError

from .calls import CALLS
from .calls.story import Call
from .conftest import Note, Talk, method_of, server_commands

MAKERS = {"bitfield"}
"""They give something that makes a command, which has tests of its own."""

METHODS = [name for name in dir(Commands) if not name.startswith("_")]


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_a_method_sends_exactly_its_command(call: Call, note: Note) -> None:
    sent, _ = method_of(note, call.method)(*call.given, **call.named)
    assert sent == call.sent
    assert [type(word) for word in sent] == [type(word) for word in call.sent]


def test_every_method_is_called_here() -> None:
    called = {call.method.partition(".")[0] for call in CALLS}
    assert called == set(METHODS) - MAKERS


@pytest.mark.parametrize("method", METHODS)
def test_a_method_is_a_plain_function(method: str) -> None:
    """Never async: a coroutine nobody awaits would be a command silently lost."""
    assert not inspect.iscoroutinefunction(getattr(Commands, method))


@pytest.mark.parametrize("method", sorted({call.method for call in CALLS}))
def test_a_method_has_its_source_in_the_docstring(method: str, note: Note) -> None:
    documentation = method_of(note, method).__doc__
    names = {_page(call.sent) for call in CALLS if call.method == method}
    sources = {f"{site}{name}/" for site in SITES for name in names}
    assert any(source in documentation for source in sources)


SITES = ("https://valkey.io/commands/", "https://redis.io/docs/latest/commands/")


def _page(sent: tuple[Any, ...]) -> str:
    command = row(sent)
    assert command is not None
    one_method_for_all = command.name.startswith("OBJECT ") and "HELP" not in command.name
    return "object" if one_method_for_all else command.name.lower().replace(" ", "-")


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_a_method_says_a_command_of_the_table_with_enough_words(call: Call) -> None:
    command = row(call.sent)
    assert command is not None
    needed = command.arity
    assert len(call.sent) == needed if needed > 0 else len(call.sent) >= -needed


# --- on real servers ---------------------------------------------------------------------


SLOT_BUT_NO_KEY = {"SPUBLISH", "CLUSTERSCAN"}
"""Their argument chooses a node, as a key does, but is none."""


def test_the_server_finds_the_same_keys_in_every_call(talk: Talk) -> None:
    known = server_commands(talk)
    wrong = {}
    for call in CALLS:
        command = row(call.sent)
        assert command is not None
        if command.name not in known - SLOT_BUT_NO_KEY or call.newer:
            continue
        found = talk("COMMAND", "GETKEYS", *call.sent)
        theirs = () if isinstance(found, Exception) else tuple(found)
        ours = tuple(_bytes(key) for key in keys(call.sent))
        if ours != theirs:
            wrong[str(call)] = (ours, found)
    assert wrong == {}


MOVABLE = [
    ("EVAL_RO", "return 1", 2, "a", "b", "c"),
    ("FCALL", "f", 1, "a", "b"),
    ("ZUNIONSTORE", "d", 2, "a", "b", "WEIGHTS", 1, 2),
    ("ZINTER", 2, "a", "b"),
    ("ZMPOP", 2, "a", "b", "MIN"),
    ("BZMPOP", 1, 2, "a", "b", "MIN"),
    ("LMPOP", 1, "a", "LEFT"),
    ("BLMPOP", 1, 1, "a", "LEFT"),
    ("SINTERCARD", 2, "a", "b"),
    ("SORT", "a", "BY", "w*", "STORE", "d"),
    ("SORT_RO", "a", "BY", "w*"),
    ("XREAD", "COUNT", 1, "STREAMS", "a", "b", "0", "0"),
    ("XREADGROUP", "GROUP", "g", "c", "STREAMS", "a", ">"),
    ("MIGRATE", "h", 1, "a", 0, 5),
    ("MIGRATE", "h", 1, "", 0, 5, "AUTH", "pw", "KEYS", "a", "b"),
    ("GEORADIUS", "a", 1, 2, 3, "m", "STORE", "d"),
    ("GEORADIUSBYMEMBER", "a", "b", 3, "m", "STOREDIST", "d"),
    ("GEOSEARCHSTORE", "d", "a", "FROMMEMBER", "b", "BYRADIUS", 1, "m"),
    ("BITOP", "AND", "d", "a", "b"),
    ("LCS", "a", "b"),
    ("XINFO", "STREAM", "a"),
    ("OBJECT", "FREQ", "a"),
    ("MSETNX", "a", 1, "b", 2),
    ("BZPOPMAX", "a", "b", 0),
    ("PFMERGE", "d", "a", "b"),
]


@pytest.mark.parametrize("command", MOVABLE, ids=lambda command: command[0])
def test_keys_that_move_are_found_where_the_server_finds_them(
    command: tuple[Any, ...], talk: Talk
) -> None:
    assert [_bytes(key) for key in keys(command)] == talk("COMMAND", "GETKEYS", *command)


def _bytes(word: Any) -> bytes:
    return word if isinstance(word, bytes) else str(word).encode()


# --- refused before anything is sent ---------------------------------------------------


@pytest.mark.parametrize(
    ("method", "given", "named", "words"),
    [
        ("set", ("k", "v"), {"ex": 1, "px": 1}, "exclude each other"),
        ("set", ("k", "v"), {"ex": 1, "keepttl": True}, "keepttl exclude each other"),
        ("set", ("k", "v"), {"exat": 1, "pxat": 1}, "exclude each other"),
        ("set", ("k", "v"), {"nx": True, "xx": True}, "nx and xx"),
        ("set", ("k", "v"), {"ex": 1.5}, "ex must be an int or a timedelta, not float"),
        ("set", ("k", "v"), {"px": "soon"}, "px must be an int or a timedelta, not str"),
        ("getex", ("k",), {"ex": 1, "persist": True}, "persist exclude each other"),
        ("hset", ("h",), {}, "a field and a value"),
        ("hset", ("h",), {"mapping": {}}, "a field and a value"),
        ("zadd", ("z", {}), {}, "at least one member"),
        ("zadd", ("z", {"a": 1}), {"nx": True, "xx": True}, "nx and xx"),
        ("zadd", ("z", {"a": 1}), {"gt": True, "lt": True}, "gt and lt"),
        ("zadd", ("z", {"a": 1}), {"nx": True, "gt": True}, "nx is about new"),
        ("zadd", ("z", {"a": 1, "b": 2}), {"incr": True}, "one member, not of 2"),
        ("zrange", ("z", 0, 1), {"byscore": True, "bylex": True}, "byscore and bylex"),
        ("zrange", ("z", 0, 1), {"bylex": True, "withscores": True}, "not for bylex"),
        ("zrange", ("z", 0, 1), {"offset": 1}, "offset and num go together"),
        ("zrangebyscore", ("z", 0, 1), {"num": 1}, "start and num go together"),
        ("client_list", ("slaves",), {}, "normal, master, replica, pubsub, not 'slaves'"),
    ],
)
def test_options_that_contradict_each_other_are_refused(
    method: str, given: tuple[Any, ...], named: dict[str, Any], words: str, note: Note
) -> None:
    with pytest.raises(DataError, match=words):
        getattr(note, method)(*given, **named)
