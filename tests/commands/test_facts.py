"""Every row of facts against what real servers say of themselves."""

from __future__ import annotations

from typing import Any

import pytest

from redislab.commands.facts import families, redis8
from redislab.commands.table import COMMANDS, CONTAINERS

OLDER_ARITY = {
    "CLUSTER REPLICATE": 3,
    "COMMAND GETKEYS": -4,
    "COMMAND GETKEYSANDFLAGS": -4,
    "SCRIPT DEBUG": 3,
    "ZRANK": 3,
    "ZREVRANK": 3,
}
"""What Redis 7.0 demands where newer servers take more, or fewer, arguments."""

SINCE_CORRECTED = {"CLIENT PAUSE": {"2.9.50", "3.0.0"}}
"""Releases that the servers themselves do not agree about."""

NOT_YET_BLOCKING = {"WAIT"}
"""Redis 7.0 lets it wait without calling it blocking."""


@pytest.fixture(autouse=True)
def described(talk: Any) -> None:
    """The rows are about these two servers; others have commands they do not claim."""
    about = talk("INFO", "server")
    if not any(mark in about for mark in (b"valkey_version:9.1.", b"redis_version:7.0.")):
        pytest.skip("the facts are about Valkey 9.1 and Redis 7.0")


@pytest.fixture
def live(talk: Any) -> dict[str, list[Any]]:
    """The server's own rows, subcommands beside commands, by our names."""
    rows = {}
    for row in talk("COMMAND"):
        for one in [row, *row[9]]:
            rows[_name(one[0])] = one
    return rows


@pytest.fixture
def docs(talk: Any) -> dict[str, dict[bytes, Any]]:
    rows = {}
    for name, row in talk("COMMAND", "DOCS").items():
        rows[_name(name)] = row
        rows.update({_name(sub): one for sub, one in row.get(b"subcommands", {}).items()})
    return rows


def _name(raw: bytes) -> str:
    return raw.decode().upper().replace("|", " ")


def _strings(raw: Any) -> set[str]:
    return {item.decode() for item in raw}


def test_every_command_of_the_server_has_a_row(live: Any) -> None:
    assert set(live) - set(COMMANDS) == set()
    assert len(live) > 350  # else COMMAND was read wrongly


def test_no_row_is_about_a_command_that_no_server_has(live: Any) -> None:
    """What this server lacks is newer than Redis 7.0."""
    absent = set(COMMANDS) - set(live) - {row.name for row in redis8.ROWS + families.ROWS}
    assert {name for name in absent if _release(COMMANDS[name].since) <= (7, 0, 0)} == set()


def _release(since: str) -> tuple[int, ...]:
    return tuple(int(part) for part in since.split("."))


def test_arity_is_the_servers(live: Any) -> None:
    wrong = {
        name: (COMMANDS[name].arity, row[1])
        for name, row in live.items()
        if row[1] not in (COMMANDS[name].arity, OLDER_ARITY.get(name))
    }
    assert wrong == {}


def test_words_are_the_servers_flags(live: Any) -> None:
    wrong = {}
    for name, row in live.items():
        flags, categories = _strings(row[2]), _strings(row[6])
        said = {word for word in ("readonly", "write", "pubsub", "admin") if word in flags}
        if "@dangerous" in categories and "admin" not in said:
            said.add("dangerous")
        ours = set(COMMANDS[name].words.split()) - {"stateful", "destructive", "here"}
        if ours != said:
            wrong[name] = (ours, said)
    assert wrong == {}


def test_every_admin_command_is_dangerous_too(live: Any) -> None:
    """The reason why rows do not say both."""
    for name, row in live.items():
        assert "admin" not in _strings(row[2]) or "@dangerous" in _strings(row[6]), name


def test_a_timeout_is_known_for_exactly_the_blocking_commands(live: Any) -> None:
    blocking = {name for name, row in live.items() if "blocking" in _strings(row[2])}
    ours = {name for name in live if COMMANDS[name].timeout}
    assert ours - blocking <= NOT_YET_BLOCKING
    assert blocking - ours == set()


def test_key_positions_are_the_servers(live: Any) -> None:
    """The classic triple first, last, step; what moves is tested with calls."""
    wrong = {}
    for name, row in live.items():
        ours = COMMANDS[name].keys
        movable = "movablekeys" in _strings(row[2])
        if not movable and ours != _span(*row[3:6]):
            wrong[name] = (ours, row[3:6])
        if movable and not set("#@|").intersection(ours) and name != "SORT_RO":
            wrong[name] = (ours, "movable")
    assert wrong == {}


def _span(first: int, last: int, step: int) -> str:
    """The server's three numbers in the notation of positions.py."""
    if not first:
        return ""
    reach = "" if first == last else f"..{last}"
    return f"{first}{reach}" + (f"/{step}" if step > 1 else "")


def test_group_and_release_are_the_servers(docs: Any) -> None:
    wrong = {}
    for name, row in docs.items():
        ours = COMMANDS[name]
        since = row[b"since"].decode()
        if ours.group != row[b"group"].decode():
            wrong[name] = (ours.group, row[b"group"])
        if ours.since != since and since not in SINCE_CORRECTED.get(name, set()):
            wrong[name] = (ours.since, since)
    assert wrong == {}


def test_containers_are_the_commands_with_subcommands(live: Any) -> None:
    assert {name for name, row in live.items() if row[9]} <= CONTAINERS
