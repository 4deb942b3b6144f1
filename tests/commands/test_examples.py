"""The examples in the docstrings of this room are true."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

MODULES = [
    *(
        "entries",
        "expiry",
        "positions",
        "replies",
        "reports",
        "row",
        "run",
        "secrets",
        "table",
    ),
    "topology",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name: str) -> None:
    result = doctest.testmod(import_module(f"redislab.commands.{name}"))
    assert result.attempted > 0
    assert result.failed == 0
