"""The battery, small, on the Python that runs the tests."""

import sys

from tests.jupyter.battery import ROWS, run


def test_every_row_holds_here():
    """The full one: ``python -m tests.jupyter.battery``."""
    found = run(sys.executable, size=40)
    assert len(found) == len(ROWS)
    assert {said: gave for said, gave in found.items() if gave.startswith("FAILED")} == {}
