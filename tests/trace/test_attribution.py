"""Random programs: the spy's account is the server's own verdict, and fits the clients'."""

import asyncio

from tests.trace.attribution import run

TRANSACTIONS = 1_100
"""On each of two servers; nine in ten of them come as far as EXEC."""


def test_the_spy_is_right_about_every_exec_of_random_programs(server):
    tally = asyncio.run(run(server.url, TRANSACTIONS, seed=7))
    assert tally["EXEC"] > 900
    assert min(tally["aborted"], tally["committed"]) > 100
    assert not {name: n for name, n in tally.items() if "WRONG" in name and n}
    assert not tally["not seen"]
    left_over = tally["refused, by a passed TTL"] + tally["refused, by what may touch"]
    assert tally["as predicted"] + left_over == tally["EXEC"]
    assert left_over < tally["EXEC"] // 20
