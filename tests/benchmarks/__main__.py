"""``python -m tests.benchmarks``: redislab beside the clients that are installed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from redislab.servers import Server
from tests.benchmarks.fresh import fresh
from tests.benchmarks.known import KNOWN, installed
from tests.benchmarks.picture import picture
from tests.benchmarks.report import Circumstances, figures, fresh_table, table
from tests.benchmarks.rounds import fill, measure
from tests.benchmarks.workloads import WORKLOADS


def tell(message: str) -> None:
    """What goes on, beside the table on stdout."""
    print(message, file=sys.stderr, flush=True)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description="Measure redislab beside other clients, on a private server.",
    )
    add = parser.add_argument
    for option, known in (("--clients", installed()), ("--workloads", [*WORKLOADS])):
        names = ", ".join(known)
        add(option, nargs="+", choices=known, default=known, metavar="NAME", help=names)
    add("--rounds", type=int, default=7)
    add("--seconds", type=float, default=0.25, help="of one sample")
    add("--server", type=Path, help="the server binary to start")
    add("--no-fresh", action="store_true", help="leave out import, connect and memory")
    add("--spread", action="store_true", help="show the least and greatest ratio, too")
    add("--svg", type=Path, metavar="FILE", help="the picture; FILE-dark beside it")
    add("--json", type=Path, metavar="FILE", help="write all samples here")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    with Server(options.server) as server:
        samples = measure(
            server,
            options.clients,
            options.workloads,
            rounds=options.rounds,
            seconds=options.seconds,
            tell=tell,
        )
        new = {}
        if not options.no_fresh:
            tell("import, connect, memory")
            plain = [name for name in options.clients if KNOWN[name].is_plain]
            new = fresh(fill(server), plain, options.rounds)
        circumstances = Circumstances(
            versions={name: KNOWN[name].version() for name in options.clients},
            server=server.version,
            rounds=options.rounds,
        )
    found = figures(samples)
    print(table(found, spread=options.spread), end="\n\n")
    if new:
        print(fresh_table(new), end="\n\n")
    print(circumstances)
    if options.svg:
        picture(found, circumstances).save(options.svg)
        dark = options.svg.with_stem(f"{options.svg.stem}-dark")
        picture(found, circumstances, "dark").save(dark)
    if options.json:
        everything = {"samples": samples, "fresh": new, "circumstances": str(circumstances)}
        options.json.write_text(json.dumps(everything, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
