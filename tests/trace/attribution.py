"""Random programs on a real server: is the spy's account the server's own verdict?

    python -m tests.trace.attribution 50000

Eight clients watch, read, write and execute at random, on six keys in two databases. For
each EXEC the account of the spy is held against the answer the server gave: does it say
"refused" exactly when EXEC answered nil; and is the culprit it names one whose command,
by its own reply, changed that key in between? Prints the figures for each server.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import redislab
from redislab.commands.positions import upper
from redislab.events import (
    CommandIssued,
    ExecSeen,
    KeyTouched,
    TransactionEnded,
    WatchCleared,
    WatchSet,
)
from redislab.exceptions import RedisError, WatchError
from redislab.trace import Recording
from redislab.trace.effects import changes
from redislab.trace.timeline import commands_of

KEYS = ("a", "b", "c", "list", "set", "late")
CLIENTS = 8

SCRIPT = "redis.call('SET', KEYS[1], ARGV[1]) return redis.call('DEL', KEYS[2])"


def command(rng: random.Random) -> tuple[Any, ...]:
    """One command: most write, some write nothing, some change what no event tells."""
    key, other = rng.sample(KEYS[:3], 2)
    value = str(rng.randrange(100))
    return rng.choice(
        [
            ("SET", key, value),
            ("SET", key, value, "PX", 10_000),
            ("SETNX", key, value),
            ("GET", key),
            ("DEL", key),
            ("UNLINK", key, other),
            ("EXPIRE", key, 100),
            ("PERSIST", key),
            ("INCRBY", key, 0),
            ("APPEND", key, ""),
            ("RENAME", key, other),
            ("COPY", key, other, "REPLACE"),
            ("MSET", key, value, other, value),
            ("EVAL", SCRIPT, 2, key, other, value),
            ("LPUSH", "list", value),
            ("LTRIM", "list", 0, 2),
            ("RPOPLPUSH", "list", "list"),
            ("SADD", "set", rng.randrange(3)),
            ("SREM", "set", rng.randrange(3)),
            ("PSETEX", "late", rng.choice([1, 3, 10_000]), value),
            ("GET", "late"),
            *([("FLUSHDB",), ("SWAPDB", 0, 1)] if rng.random() < 0.1 else []),
        ]
    )


class Tally(Counter[str]):
    """How often what happened."""


async def transact(client: redislab.Redis[bytes], rng: random.Random) -> None:
    """One transaction of one client."""
    async with client.pipeline() as pipe:
        await pipe.watch(*rng.sample(KEYS, rng.choice([1, 1, 2, 3])))
        for _ in range(rng.randrange(3)):
            await quietly(pipe.execute_command(*command(rng)), rng)
        if rng.random() < 0.1:
            await pipe.unwatch()
            return
        if rng.random() < 0.2:
            await pipe.watch(rng.choice(KEYS))
        if rng.random() < 0.3:
            await asyncio.sleep(rng.random() * 0.004)
        pipe.multi()
        for _ in range(rng.randrange(1, 4)):
            pipe.execute_command(*command(rng))
        with suppress(WatchError):
            await pipe.execute(raise_on_error=False)


async def quietly(reply: Any, rng: random.Random) -> None:
    with suppress(RedisError):
        if rng.random() < 0.1:
            await asyncio.sleep(0)
        await reply


async def run(url: str, count: int, seed: int) -> Tally:
    """What ``count`` transactions showed."""
    rng = random.Random(seed)
    base = url.rpartition("/")[0]
    clients = [
        redislab.from_url(f"{base}/{number % 4 == 3:d}", client_name=f"client-{number}")
        for number in range(CLIENTS)
    ]
    outsider = redislab.from_url(url, client_name="outsider")
    left = iter(range(count))

    async def play(client: redislab.Redis[bytes]) -> None:
        for _ in left:
            await transact(client, rng)
            if rng.random() < 0.5:
                await quietly(client.execute_command(*command(rng)), rng)
            if rng.random() < 0.3:
                await quietly(outsider.execute_command(*command(rng)), rng)

    try:
        with redislab.record(*clients, spy=True, limit=200 * count) as recording:
            await outsider.flushall()
            await asyncio.gather(*map(play, clients))
    finally:
        for client in (*clients, outsider):
            await client.aclose()
    return judged(recording)


def judged(recording: Recording) -> Tally:
    """Hold the account against the answers."""
    tally = Tally()
    facts = Facts(recording)
    for event in recording:
        if not isinstance(event, TransactionEnded):
            continue
        tally["EXEC"] += 1
        tally[event.ending] += 1
        seen = facts.account.get(event.transaction)
        if seen is None:
            tally["not seen"] += 1
            continue
        refused = event.ending == "aborted"
        found = [facts.touches[order] for order in seen.touches]
        if any(touch.certain for touch in found) == refused:
            tally["as predicted"] += 1
        elif refused:
            tally[
                "refused, by what may touch" if found else "refused, by a passed TTL"
            ] += 1
            tally["WRONG"] += not found and not facts.watched_ttl(event)
        else:
            tally["WRONG"] += 1
        if refused and found and found[-1].certain:
            tally[f"culprit {facts.check(found[-1], event)}"] += 1
    return tally


class Facts:
    """What the clients saw themselves: when each command was under way, what it gave."""

    def __init__(self, recording: Recording) -> None:
        self.account = {e.transaction: e for e in recording if isinstance(e, ExecSeen)}
        self.touches = {e.order: e for e in recording if isinstance(e, KeyTouched)}
        self.execs: dict[int, int] = {}
        events = tuple(recording)
        self.commands = commands_of(events)
        self.issued = {e.command: e.at for e in events if isinstance(e, CommandIssued)}
        watch: dict[int, list[int]] = {}
        self.watching: dict[int, list[int]] = {}
        """The WATCH commands of each transaction."""
        for event in events:
            match event:
                case WatchSet():
                    watch.setdefault(event.connection, []).append(event.command)
                case TransactionEnded():
                    self.watching[event.transaction] = watch.pop(event.connection, [])
                case WatchCleared():
                    watch.pop(event.connection, None)
                case _:
                    pass
        for command in self.commands.values():
            if command.name == "EXEC" and command.transaction is not None:
                self.execs[command.transaction] = command.number

    def watched_ttl(self, ended: TransactionEnded) -> bool:
        """Whether the one key that may expire in these programs was watched."""
        watches = (self.commands[number] for number in self.watching[ended.transaction])
        return any("late" in watch.arguments for watch in watches)

    def check(self, touch: KeyTouched, ended: TransactionEnded) -> str:
        """Whether the culprit can have done it: it was under way between WATCH and EXEC,
        it gave an answer that says it changed the key, and no other surely came before.
        """
        if not touch.address:
            return f"the server ({touch.change})"
        if touch.name == "outsider":
            return "not recorded"
        if touch.command is None:
            return "WRONG: unknown"
        culprit = self.commands[touch.command]
        watches = self.watching[ended.transaction]
        exec_ = self.commands[self.execs[ended.transaction]]
        assert culprit.answered is not None
        assert exec_.answered is not None
        if culprit.name != upper(touch.arguments[0]) or culprit.client != touch.name:
            return "WRONG: another command"
        if culprit.answered < self.issued[watches[0]]:
            return "WRONG: before WATCH"
        if self.issued[touch.command] > exec_.answered:
            return "WRONG: after EXEC"
        if not changes(culprit, (touch.key,)):
            return "WRONG: it changed nothing"
        return "recorded, and it fits"


def main(count: int) -> None:
    with TemporaryDirectory() as folder:
        for binary in (None, redis(Path(folder))):
            with redislab.Server(binary) as server:
                begun = time.perf_counter()
                tally = asyncio.run(run(server.url, count, seed=1))
                seconds = time.perf_counter() - begun
                print(f"{server.version}: {count} transactions in {seconds:.1f} s")
                for name, number in sorted(tally.items()):
                    print(f"  {number:8} {name}")


def redis(folder: Path) -> Path:
    from tests.conftest import redis_binary

    return redis_binary(folder)


if __name__ == "__main__":
    main(int(sys.argv[1]))
