"""Every row of the table in small, and the bug that each must catch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.reliability.table import ROWS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ROWS)
def test_nothing_is_wrong_lost_or_leaked_and_the_control_is_caught(name: str):
    """In a process of its own, whose memory and descriptors are the row's alone."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.reliability", "--short", "--rows", name],
        capture_output=True,
        cwd=ROOT,
        text=True,
        timeout=110,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
