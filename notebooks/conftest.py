"""For pytest alone: a lesson's cells run in the order in which they stand.

Tests come in a random order here, which is right for tests and wrong for lessons. And they
run on a private server, whatever the environment says: nobody's data is written to.
"""

from __future__ import annotations

import os

import pytest
from nbval.plugin import IPyNbCell

os.environ.pop("REDIS_URL", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the cells behind everything else, notebook by notebook, cell by cell."""
    cells = [item for item in items if isinstance(item, IPyNbCell)]
    cells.sort(key=lambda cell: (cell.path, cell.cell_num))
    items[:] = [item for item in items if not isinstance(item, IPyNbCell)] + cells
