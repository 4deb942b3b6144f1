"""The tools that read the code, as tests, so that plain ``pytest`` asks for all of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent

pytestmark = pytest.mark.timeout(300)  # with nothing cached, on a small machine


def ask(tool: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BIN / tool, *options],
        check=False,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def content(tool: str, *options: str) -> None:
    """Fail, with what the tool said, unless it ended well."""
    answer = ask(tool, *options)
    if answer.returncode:
        pytest.fail(answer.stdout, pytrace=False)


def test_lint() -> None:
    """ruff finds nothing to say about any file."""
    content("ruff", "check")


def test_format() -> None:
    """Every file is as ruff would write it."""
    content("ruff", "format", "--check")


def test_types() -> None:
    """mypy --strict finds nothing to say about the package."""
    content("mypy")


def test_imports_go_downwards() -> None:
    """The rooms import each other only as the contracts in pyproject.toml allow."""
    content("lint-imports", "--no-cache")


def test_types_that_users_see() -> None:
    """pyright, too, finds nothing to say about the public rooms."""
    if not shutil.which("node"):
        pytest.skip("pyright needs Node.js on PATH (Debian: apt install nodejs)")
    if ask("pyright", "--version").returncode:
        pytest.skip("pyright cannot fetch its own program: is there a network?")
    content("pyright", "--pythonpath", sys.executable)
