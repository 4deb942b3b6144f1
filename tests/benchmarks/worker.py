"""The process that one client runs in: ``python -m tests.benchmarks.worker NAME``.

The first line on stdin says where the server is, each further one asks for a sample; the
answer is one line on stdout. All lines are JSON. One process a client, so that nobody's
threads, garbage or imports are in another's figures.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import time
from typing import Any

from tests.benchmarks.clients import Client, Place
from tests.benchmarks.instructions import Instructions
from tests.benchmarks.known import KNOWN
from tests.benchmarks.workloads import WORKLOADS, Workload

PATIENCE = 60.0
"""Seconds one run of a workload may take; usual are thousandths."""


async def sample(client: Client, workload: Workload, seconds: float) -> dict[str, Any]:
    """Run a workload for so long, at least once; what it took."""
    way = client.way(workload)
    if way is None:
        return {"error": "has no way to do it"}
    gc.collect()
    runs = 0
    worked, started = time.process_time(), time.perf_counter()
    end = started + seconds
    while True:
        async with asyncio.timeout(PATIENCE):
            await way()
        runs += 1
        if (now := time.perf_counter()) >= end:
            break
    return {
        "operations": runs * workload.operations,
        "seconds": now - started,
        "cpu": time.process_time() - worked,
    }


async def count(client: Client, workload: Workload) -> dict[str, Any]:
    """Instructions an operation. The counter slows what waits, so this is not timed."""
    way = client.way(workload)
    counter = Instructions()
    before = counter.count()
    runs = 0
    end = time.perf_counter() + 0.05
    while way is not None and (runs == 0 or time.perf_counter() < end):
        await way()
        runs += 1
    after = counter.count()
    counter.close()
    if before is None or after is None or not runs:
        return {"instructions": None}
    return {"instructions": (after - before) / (runs * workload.operations)}


async def _serve(name: str) -> None:
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # a library that prints must not answer for us
    client = KNOWN[name](Place(*json.loads(sys.stdin.readline())))
    await client.open()
    for line in sys.stdin:  # blocks the event loop, which has nothing to do
        request = json.loads(line)
        workload = WORKLOADS[request["workload"]]
        try:
            if request["count"]:
                answer = await count(client, workload)
            else:
                answer = await sample(client, workload, request["seconds"])
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers)
    await client.close()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1]))
