"""What type checkers see of a client and its pipelines, as a user would write it."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.client import derive_kept

PROGRAM = """
from typing import Any, assert_type

import redislab


async def main() -> None:
    client = redislab.Redis()
    text = redislab.from_url("redis://localhost", decode_responses=True)
    assert_type(client, redislab.Redis[bytes])
    assert_type(text, redislab.Redis[str])
    assert_type(await client.get("k"), bytes | None)
    assert_type(await text.hgetall("k"), dict[str, str])

    chained = await client.pipeline().set("a", 1).get("a").execute()
    assert_type(chained, tuple[bool | None, bytes | None])
    members, length = await text.pipeline().smembers("s").llen("l").execute()
    assert_type(members, set[str])
    assert_type(length, int)

    async with client.pipeline() as pipe:
        pipe.set("a", 1)
        pipe.get("b").get("c")
        assert_type(await pipe.execute(), list[Any])
        await pipe.watch("SEQ")
        value = int(await pipe.get("SEQ")) + 1
        pipe.multi()
        pipe.set("SEQ", value)
        await pipe.execute()


async def client_side_incr(pipe: redislab.Pipeline[bytes]) -> None:
    value = int(await pipe.get("SEQ") or 0)
    pipe.multi()
    pipe.set("SEQ", value + 1)


async def helper(client: redislab.Redis[bytes]) -> None:
    await client.transaction(client_side_incr, "SEQ")
"""


def test_the_stub_is_current() -> None:
    """Whoever changes a command method derives the stub again."""
    assert derive_kept.STUB.read_text(encoding="utf-8") == derive_kept.derive()


@pytest.mark.parametrize(
    "checker", [["mypy", "--strict"], ["pyright"]], ids=["mypy", "pyright"]
)
def test_a_users_program_checks(checker: list[str], tmp_path: Path) -> None:
    """Clients know str from bytes, chained pipelines know every result's type."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    assert _check(checker, program).returncode == 0, _check(checker, program).stdout


@pytest.mark.parametrize(
    "checker", [["mypy", "--strict"], ["pyright"]], ids=["mypy", "pyright"]
)
def test_a_wrong_type_is_found(checker: list[str], tmp_path: Path) -> None:
    """Control: the checkers do look."""
    program = tmp_path / "program.py"
    wrong = textwrap.dedent(PROGRAM).replace("int(await pipe.get", "(await client.get")
    program.write_text(wrong, encoding="utf-8")
    assert _check(checker, program).returncode == 1


def _check(checker: list[str], program: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *checker, str(program)]
    root = derive_kept.STUB.parents[2]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
