"""Every row of the table in small, and the bug that each must catch."""

from __future__ import annotations

import os
import random

import pytest

from tests.reliability.table import ROWS, run

SEED = int(os.environ.get("REDISLAB_SEED", random.randrange(2**32)))


@pytest.mark.parametrize("name", ROWS)
def test_nothing_is_wrong_lost_or_leaked_and_the_control_is_caught(name: str):
    """The seed is printed; ``REDISLAB_SEED`` runs it again."""
    print("seed", SEED)
    row = ROWS[name]
    outcome = run(row, row.short, SEED)
    assert outcome.tally.trials > 0
    assert outcome.good, str(outcome)
