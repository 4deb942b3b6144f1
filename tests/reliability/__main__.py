"""``python -m tests.reliability``: the faults, and what came of them."""

from __future__ import annotations

import argparse
import platform
import random
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

import redislab
from redislab.servers import find_binary
from tests.reliability.table import HEAD, ROWS, run


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.reliability",
        description="Inject faults into redislab on private servers, and count.",
    )
    add = parser.add_argument
    add("--rows", type=lambda names: names.split(","), default=[*ROWS], metavar="NAME,...")
    add("--seed", type=int, default=random.randrange(2**32))
    add("--short", action="store_true", help="as few trials as in the test run")
    add("--scale", type=float, default=1.0, help="this part of the full number of trials")
    add("--peer", choices=["redis-py"], help="compare with this client instead")
    options = parser.parse_args(arguments)
    if unknown := sorted(set(options.rows) - set(ROWS)):
        parser.error(f"no row {', '.join(unknown)}; there are {', '.join(ROWS)}")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    if options.peer:
        from tests.reliability.theirs import compare

        print(compare(options.seed))
        return 0
    print(HEAD, flush=True)
    good = True
    for name in options.rows:
        row = ROWS[name]
        count = row.short if options.short else max(1, round(row.full * options.scale))
        outcome = run(row, count, options.seed)
        print(outcome, flush=True)
        good = good and outcome.good
    print(
        f"\n{datetime.now(UTC):%Y-%m-%d}, redislab {redislab.__version__}, "
        f"{find_binary().version}, Python {platform.python_version()}, "
        f"seed {options.seed}"
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
