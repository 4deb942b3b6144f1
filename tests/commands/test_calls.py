"""Every command method: what it says, and what it refuses to say."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from redislab.commands import Commands
from redislab.commands.families import FAMILIES
from redislab.commands.table import keys, row
from redislab.exceptions import DataError

from .calls import CALLS
from .calls.story import Call
from .conftest import Note, Talk, method_of, server_commands

MAKERS = {"bitfield", *FAMILIES}
"""They give something that says commands, one or a family of them."""

METHODS = [name for name in dir(Commands) if not name.startswith("_")]


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_a_method_sends_exactly_its_command(call: Call, note: Note) -> None:
    sent, _ = method_of(note, call.method)(*call.given, **call.named)
    assert sent == call.sent
    assert [type(word) for word in sent] == [type(word) for word in call.sent]


def test_every_method_is_called_here(note: Note) -> None:
    called = {call.method for call in CALLS}
    assert {name for name in called if "." not in name} == set(METHODS) - MAKERS
    for family in FAMILIES:
        methods = inspect.getmembers(getattr(note, family)(), inspect.ismethod)
        public = {f"{family}.{name}" for name, _ in methods if not name.startswith("_")}
        assert public <= called


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
    if command.name.startswith("JSON.DEBUG "):
        return "json.debug"
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
        ("hrandfield", ("h",), {"withvalues": True}, "give count too"),
        ("hmset", ("h", {}), {}, "at least one field"),
        ("hgetex", ("h", "f"), {"ex": 1, "persist": True}, "exclude each other"),
        ("hgetex", ("h",), {}, "at least one field"),
        ("hsetex", ("h",), {}, "a field and a value"),
        ("hsetex", ("h",), {"items": ["f"]}, "in turn"),
        ("hsetex", ("h", "f", 1), {"ex": 1, "keepttl": True}, "exclude each other"),
        ("hexpire", ("h", 1, "f"), {"nx": True, "gt": True}, "nx, xx, gt and lt exclude"),
        ("httl", ("h",), {}, "at least one field"),
        ("delex", ("k",), {"ifeq": 1, "ifne": 2}, "exclude each other"),
        ("msetex", ({},), {}, "at least one key"),
        ("msetex", ({"k": 1},), {"ex": 1, "px": 1}, "exclude each other"),
        ("increx", ("k",), {"byint": 1, "byfloat": 1}, "byfloat and byint"),
        ("increx", ("k",), {"enx": True}, "enx is about a new lifetime"),
        ("increx", ("k",), {"enx": True, "persist": True}, "enx is about a new lifetime"),
        ("lmovem", ("a", "b"), {"mode": "COUNT"}, "about count"),
        ("lmovem", ("a", "b"), {"count": 2}, "needs an ordering"),
        ("blmovem", ("a", "b", 1), {"ordering": "OBO"}, "about count"),
        ("sort", ("l",), {"start": 1}, "start and num go together"),
        ("sort", ("l",), {"groups": True}, "at least two"),
        ("sort", ("l",), {"groups": True, "get": "#"}, "at least two"),
        ("sort_ro", ("l",), {"num": 1}, "start and num go together"),
        ("migrate", ("h", 1, [], 0, 1), {}, "at least one key"),
        ("zmscore", ("z", []), {}, "at least one member"),
        ("zrandmember", ("z",), {"withscores": True}, "give count too"),
        ("zrangestore", ("d", "z", 0, 1), {"byscore": True, "bylex": True}, "exclude each"),
        ("zrangestore", ("d", "z", 0, 1), {"num": 1}, "offset and num go together"),
        ("zrangebylex", ("z", "-", "+"), {"num": 1}, "start and num go together"),
        ("zunion", (["z"], "AVG"), {}, "SUM, MIN, MAX, COUNT"),
        ("zmpop", (1, ["z"]), {}, "min or max"),
        ("bzmpop", (1, 1, ["z"]), {"min": True, "max": True}, "not both"),
        ("xadd", ("s", {}), {}, "at least one field"),
        ("xadd", ("s", {"f": 1}), {"maxlen": 1, "minid": 1}, "maxlen and minid"),
        ("xadd", ("s", {"f": 1}), {"maxlen": -1}, "must not be negative"),
        ("xadd", ("s", {"f": 1}), {"ref_policy": "NONE"}, "KEEPREF, DELREF, ACKED"),
        ("xadd", ("s", {"f": 1}), {"idmpauto": 1, "idmp": (1, 2)}, "idmpauto and idmp"),
        ("xadd", ("s", {"f": 1}, "1-1"), {"idmpauto": 1}, "the server makes the id"),
        ("xdelex", ("s",), {}, "at least one id"),
        ("xackdel", ("s", "g"), {}, "at least one id"),
        ("xnack", ("s", "g", "FAIL"), {}, "at least one id"),
        ("xnack", ("s", "g", "NO", "1-1"), {}, "SILENT, FAIL, FATAL"),
        ("xcfgset", ("s",), {}, "idmp_duration or idmp_maxsize"),
        ("xcfgset", ("s", 301), {}, "from 1 to 300"),
        ("xcfgset", ("s",), {"idmp_maxsize": 0}, "from 1 to 1,000,000"),
        ("xtrim", ("s",), {}, "maxlen or minid"),
        ("xrange", ("s",), {"count": 0}, "count must be at least 1"),
        ("xread", ({},), {}, "at least one stream"),
        ("xread", ({"s": 0},), {"block": -1}, "block must not be negative"),
        ("xread", ({"s": 0},), {"count": 5, "max_count": 1}, "must not be less than count"),
        ("xpending_range", ("s", "g", "-", "+", -1), {}, "must not be negative"),
        ("xclaim", ("s", "g", "c", -1, ["1-1"]), {}, "must not be negative"),
        ("xclaim", ("s", "g", "c", 0, []), {}, "at least one id"),
        ("xautoclaim", ("s", "g", "c", -1), {}, "must not be negative"),
        ("bitcount", ("b", 1), {}, "start and end go together"),
        ("bitpos", ("b", 2), {}, "must be 0 or 1"),
        ("bitpos", ("b", 1), {"end": 5}, "end needs start"),
        ("geoadd", ("g", [1, 2]), {}, "in turn"),
        ("geoadd", ("g", []), {"nx": True, "xx": True}, "nx and xx"),
        ("geodist", ("g", "a", "b", "miles"), {}, "m, km, mi, ft"),
        ("geosearch", ("g",), {"radius": 1}, "the middle is member"),
        ("geosearch", ("g", "m", 1, 2), {"radius": 1}, "excludes longitude"),
        ("geosearch", ("g", "m"), {}, "how far is radius"),
        ("geosearch", ("g", "m"), {"radius": 1, "width": 1}, "a circle or a box"),
        ("geosearch", ("g", "m"), {"radius": 1, "sort": "UP"}, "ASC or DESC"),
        ("geosearch", ("g", "m"), {"radius": 1, "any": True}, "any is about count"),
        ("georadius", ("g", 1, 2, 3), {"store": "a", "store_dist": "b"}, "exclude each"),
        ("script_flush", ("NOW",), {}, "SYNC or ASYNC"),
        ("acl_setuser", ("u",), {"nopass": True, "passwords": "+pw"}, "nopass excludes"),
        ("acl_setuser", ("u",), {"passwords": ["+pw", "pw"]}, "passwords.1. must begin"),
        ("acl_setuser", ("u",), {"categories": ["read"]}, "category 'read' must begin"),
        ("acl_setuser", ("u",), {"commands": ["get"]}, "command 'get' must begin"),
        ("acl_genpass", (5000,), {}, "from 0 to 4096"),
        ("client_kill_filter", (), {}, "at least one filter"),
        ("client_kill_filter", (), {"_type": "odd"}, "_type must be one of"),
        ("shutdown", (True, True), {}, "save and nosave"),
        ("cluster_setslot", ("n", 1, "STABLE"), {}, "IMPORTING, MIGRATING or NODE"),
        ("cluster_failover", ("NOW",), {}, "FORCE or TAKEOVER"),
        ("cluster_flushslot", (1, "NOW"), {}, "SYNC or ASYNC"),
        ("cluster_migrateslots", (), {}, "first, last, node id"),
        ("cluster_slot_stats", (1,), {}, "first and last, or orderby"),
        ("trimslots", (), {}, "at least one"),
        ("json.set", ("k", "$", 1), {"nx": True, "xx": True}, "nx and xx"),
        ("json.debug", ("SIZE",), {}, "MEMORY or HELP"),
        ("json.debug", ("MEMORY",), {}, "needs a key"),
        ("json.arrindex", ("k", ".", 1), {"stop": 5}, "stop needs start"),
        ("vset.vadd", ("k", [], "x"), {}, "a vector and an element"),
        ("vset.vsim", ("k", ""), {}, "a member or a vector"),
        ("ts.create", ("k",), {"ignore_max_time_diff": 1}, "go together"),
        ("ts.range", ("k", 0, 1), {"filter_by_min_value": 1}, "go together"),
        ("ts.mget", (["a=b"], True, ["a"]), {}, "exclude each other"),
        ("ft.create_index", ([],), {}, "at least one field"),
        ("ts.mrange", (0, 1, ["a=b"]), {"groupby": "a"}, "groupby and reduce"),
        ("client_list", ("slaves",), {}, "normal, master, replica, pubsub, not 'slaves'"),
    ],
)
def test_options_that_contradict_each_other_are_refused(
    method: str, given: tuple[Any, ...], named: dict[str, Any], words: str, note: Note
) -> None:
    with pytest.raises(DataError, match=words):
        method_of(note, method)(*given, **named)


def test_no_password_is_in_the_error_about_it(note: Note) -> None:
    with pytest.raises(DataError) as caught:
        note.acl_setuser("eve", passwords="wonderland")
    assert "wonderland" not in str(caught.value)


# --- numbers inside a string -------------------------------------------------------------


def test_a_bitfield_gathers_its_operations(note: Note) -> None:
    bits = note.bitfield("k").incrby("u8", 0, 1, "sat").get("u4", "#2").set("i5", 9, -3)
    said = ("BITFIELD", "k", "OVERFLOW", "SAT", "INCRBY", "u8", 0, 1, "GET", "u4", "#2")
    assert bits.command == (*said, "SET", "i5", 9, -3)
    assert bits.execute() == ((*said, "SET", "i5", 9, -3), None)
    assert bits.command == ("BITFIELD", "k")


def test_a_bitfield_says_an_overflow_only_when_it_changes(note: Note) -> None:
    bits = note.bitfield("k", "FAIL").incrby("u8", 0, 1).incrby("u8", 0, 1, "fail")
    said = ("BITFIELD", "k", "OVERFLOW", "FAIL", "INCRBY", "u8", 0, 1, "INCRBY", "u8", 0, 1)
    assert bits.command == said
    bits.reset()
    assert bits.command == ("BITFIELD", "k", "OVERFLOW", "FAIL")
    assert note.bitfield("k").overflow("WRAP").command == ("BITFIELD", "k")


def test_a_bitfield_is_executed(talk: Talk, note: Note) -> None:
    sent: Any = note.bitfield("k").set("u8", 0, 255).incrby("u8", 0, 1, "FAIL").execute()
    assert talk(*sent[0]) == [0, None]
