"""What the server reports about itself, as Python values."""

from __future__ import annotations

import pytest

from redislab.commands.reports import client, clients, info, settings

INFO = """# Server
redis_version:7.0.15
redis_mode:standalone
uptime_in_seconds:12
executable:/tmp/a:b/redis-server

# Memory
mem_fragmentation_ratio:1.25
allocator_list:a,b

# Modules
module:name=one,ver=1
module:name=two,ver=2

# Keyspace
db0:keys=8,expires=1,avg_ttl=9965
errorstat_ERR:count=1,flag
no value here
"""


@pytest.mark.parametrize("raw", [INFO.replace("\n", "\r\n").encode(), INFO])
def test_info_is_one_flat_dict_with_numbers(raw: bytes | str) -> None:
    assert info(raw) == {
        "redis_version": "7.0.15",
        "redis_mode": "standalone",
        "uptime_in_seconds": 12,
        "executable": "/tmp/a:b/redis-server",
        "mem_fragmentation_ratio": 1.25,
        "allocator_list": ["a", "b"],
        "modules": [{"name": "one", "ver": 1}, {"name": "two", "ver": 2}],
        "db0": {"keys": 8, "expires": 1, "avg_ttl": 9965},
        "errorstat_ERR": {"count": 1, "flag": True},
        "__raw__": ["no value here"],
    }


@pytest.mark.parametrize("raw", [[b"port", b"1"], {b"port": b"1"}, ["port", "1"]])
def test_settings_are_str_in_every_form(raw: object) -> None:
    assert settings(raw) == {"port": "1"}


LINE = (
    b"id=3 addr=/tmp/my socket:0 laddr=x name= age=12 db=0 flags=N user=a=b cmd=client|info"
)


def test_client_info_has_numbers_and_keeps_spaces_in_a_path() -> None:
    assert client(LINE) == {
        "id": 3,
        "addr": "/tmp/my socket:0",
        "laddr": "x",
        "name": "",
        "age": 12,
        "db": 0,
        "flags": "N",
        "user": "a=b",
        "cmd": "client|info",
    }


def test_client_list_has_a_dict_of_str_for_each_connection() -> None:
    assert clients(LINE + b"\n" + b"id=4 name=bob\n") == [
        {**{name: str(value) for name, value in client(LINE).items()}},
        {"id": "4", "name": "bob"},
    ]
    assert clients("") == []


def test_words_without_a_name_are_no_field() -> None:
    assert client("what is this id=7") == {"id": 7}
