"""Where keys are, by notation alone; test_calls.py asks the servers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislab.commands.positions import find, upper
from redislab.commands.table import COMMANDS, keys


@pytest.mark.parametrize(
    ("notation", "arguments", "found"),
    [
        ("", ("PING", "x"), ()),
        ("1", ("GET", "a"), ("a",)),
        ("1..2", ("RENAME", "a", "b"), ("a", "b")),
        ("1..-1", ("DEL", "a", "b", "c"), ("a", "b", "c")),
        ("1..-2", ("BLPOP", "a", "b", 0), ("a", "b")),
        ("1..-1/2", ("MSET", "a", 1, "b", 2), ("a", "b")),
        ("2#", ("EVAL", "script", 2, "a", "b", "c"), ("a", "b")),
        ("2#", ("EVAL", "script", b"1", "a", "b"), ("a",)),
        ("1#/2", ("MSETEX", "2", "a", 1, "b", 2, "EX", 5), ("a", "b")),
        ("1 2#", ("ZUNIONSTORE", "d", 1, "a", "WEIGHTS", 2), ("d", "a")),
        ("1 STORE@2", ("SORT", "a", "alpha", "store", "d"), ("a", "d")),
        ("1 STORE@2", ("SORT", "a"), ("a",)),
        ("KEYS@6.. | 3", ("MIGRATE", "h", 1, "k", 0, 5), ("k",)),
        ("KEYS@6.. | 3", ("MIGRATE", "h", 1, "", 0, 5, "KEYS", "a", "b"), ("a", "b")),
        ("STREAMS@1/2", ("XREAD", b"streams", "a", "b", 0, 0), ("a", "b")),
    ],
)
def test_a_notation_finds_its_keys(
    notation: str, arguments: tuple[Any, ...], found: tuple[Any, ...]
) -> None:
    assert find(notation, arguments) == found


@pytest.mark.parametrize(
    ("notation", "arguments"),
    [
        ("1", ("GET",)),
        ("1..-1", ("DEL",)),
        ("1..-2", ("BLPOP", 0)),
        ("2#", ("EVAL", "script")),
        ("2#", ("EVAL", "script", "many", "a")),
        ("2#", ("EVAL", "script", None, "a")),
        ("2#", ("EVAL", "script", -4, "a", "b", "c")),
        ("STREAMS@1/2", ("XREAD", "COUNT", 1)),
        ("STREAMS@1/2", ("XREAD", "STREAMS")),
    ],
)
def test_a_malformed_command_has_no_keys(notation: str, arguments: tuple[Any, ...]) -> None:
    assert find(notation, arguments) == ()


ARGUMENTS = st.one_of(
    st.sampled_from(["STREAMS", "STORE", "KEYS", "BLOCK", "2", b"3", 1, 10**30, -5, ""]),
    st.text(max_size=3),
    st.binary(max_size=3),
    st.floats(),
    st.none(),
)


@given(st.sampled_from(sorted(COMMANDS)), st.lists(ARGUMENTS, max_size=8))
def test_keys_are_arguments_whatever_was_typed(name: str, rest: list[Any]) -> None:
    """Never an error, and nothing that was not among the arguments."""
    arguments = (*name.split(), *rest)
    found = keys(arguments)
    assert all(any(key is argument for argument in arguments[1:]) for key in found)


@pytest.mark.parametrize(
    ("argument", "word"),
    [("get", "GET"), (b"get", "GET"), (memoryview(b"get"), "GET"), (7, ""), (None, "")],
)
def test_upper_spells_a_word_as_tables_do(argument: Any, word: str) -> None:
    assert upper(argument) == word
