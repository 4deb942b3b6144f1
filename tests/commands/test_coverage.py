"""The table of coverage is true, and no command is left out without a reason."""

from __future__ import annotations

import subprocess
import sys

import pytest

from redislab.commands.coverage import SERVERS, has, methods, missing, table, why_not
from redislab.commands.table import COMMANDS, CONTAINERS, row

from .calls import CALLS
from .conftest import Talk, server_commands


@pytest.mark.parametrize("server", SERVERS)
def test_every_command_has_a_method_or_a_reason_for_none(server: str) -> None:
    assert [one.name for one in missing(has(server)) if why_not(one.name) is None] == []


def test_what_has_a_method_needs_no_reason() -> None:
    assert why_not("GET") is None
    assert why_not("MULTI") == "a pipeline says it: watch, unwatch, multi, execute, reset"


def test_the_lists_are_those_of_the_live_servers(talk: Talk) -> None:
    about = talk("INFO", "server")
    server = "Valkey 9.1" if b"valkey_version:9.1." in about else "Redis 7.0"
    if server == "Redis 7.0" and b"redis_version:7.0." not in about:
        pytest.skip("the lists are those of Valkey 9.1 and Redis 7.0")
    containers = CONTAINERS - {"COMMAND"}
    assert {one.name for one in has(server)} == server_commands(talk) - containers


def test_each_method_says_the_command_of_its_docstring() -> None:
    """The tie between the two, by which the table counts."""
    said: dict[str, set[str]] = {}
    for call in CALLS:
        command = row(call.sent)
        assert command is not None
        said.setdefault(call.method, set()).add(command.name)
    wrong = {
        name: command
        for command, names in methods().items()
        for name in names
        if name in said and command not in said[name] | {"OBJECT", "CLUSTER"}
    }
    assert wrong == {}
    tied = {name for names in methods().values() for name in names}
    assert {name for name in said if "." not in name} <= tied


def test_it_is_printed() -> None:
    asked = [sys.executable, "-m", "redislab.commands"]
    lines = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    assert lines.splitlines() == list(table())
    assert f"{len(has('Redis 7.0'))}" in lines
    assert "NO REASON" not in lines
    assert set(COMMANDS) >= {one.name for one in has("Redis 8")}
