"""Random programs against a dict: whatever is sent, and however, the answers agree.

The seed is printed; ``REDISLAB_SEED`` runs it again, ``REDISLAB_PROGRAMS`` runs more.
"""

from __future__ import annotations

import asyncio
import os
import random
from typing import Any

from redislab import Redis, RedisError, ResponseError, WrongTypeError

SEED = int(os.environ.get("REDISLAB_SEED", random.randrange(2**32)))
PROGRAMS = int(os.environ.get("REDISLAB_PROGRAMS", "200"))
STEPS = 20
KEYS = ["a", "b", "c"]

Step = tuple[str, tuple[Any, ...], Any]
"""A method, its arguments, and what the model says it gives: a value or an error class."""


class Model:
    """What the server should hold: bytes, list[bytes] or dict[bytes, bytes] by key."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.held: dict[str, Any] = {}

    def step(self) -> Step:
        """A random call, made on the model."""
        group = self.rng.choice([self.string, self.key, self.list, self.hash])
        name = self.rng.choice(KEYS)
        value = b"%d" % self.rng.randrange(100)
        return group(name, value if self.rng.random() < 0.7 else value + b"\r\n\xff")

    def typed(self, name: str, kind: type, empty: Any) -> Any:
        """The value of a key; WrongTypeError if it is of another kind."""
        held = self.held.get(name, empty)
        return held if isinstance(held, kind) else WrongTypeError

    def string(self, name: str, value: bytes) -> Step:
        held = self.typed(name, bytes, None) if name in self.held else None
        match self.rng.randrange(5):
            case 0:
                self.held[name] = value
                return "set", (name, value), True
            case 1:
                return "get", (name,), held
            case 2:
                if held is WrongTypeError:
                    return "append", (name, value), held
                self.held[name] = (held or b"") + value
                return "append", (name, value), len(self.held[name])
            case 3:
                if held is WrongTypeError or not (held or b"0").isdigit():
                    return (
                        "incr",
                        (name,),
                        held if held is WrongTypeError else ResponseError,
                    )
                self.held[name] = b"%d" % (int(held or 0) + 1)
                return "incr", (name,), int(self.held[name])
            case _:
                return (
                    "strlen",
                    (name,),
                    held if isinstance(held, type) else len(held or b""),
                )

    def key(self, name: str, value: bytes) -> Step:
        match self.rng.randrange(4):
            case 0:
                return "delete", (name,), int(self.held.pop(name, None) is not None)
            case 1:
                return "exists", (*KEYS,), len(self.held)
            case 2:
                return "dbsize", (), len(self.held)
            case _:
                kind = {bytes: b"string", list: b"list", dict: b"hash"}
                held = self.held.get(name)
                return "type", (name,), kind[type(held)] if held is not None else b"none"

    def list(self, name: str, value: bytes) -> Step:
        held = self.typed(name, list, [])
        move = self.rng.choice(["rpush", "lpush", "rpop", "lpop", "lrange", "llen"])
        push = move in ("rpush", "lpush")
        arguments = (
            (name, value) if push else (name, 0, -1) if move == "lrange" else (name,)
        )
        if held is WrongTypeError:
            return move, arguments, held
        if push:
            held = [*held, value] if move == "rpush" else [value, *held]
            self.held[name] = held
            return move, arguments, len(held)
        if move == "lrange":
            return move, arguments, list(held)
        if move == "llen":
            return move, arguments, len(held)
        popped = held.pop(-1 if move == "rpop" else 0) if held else None
        if not held:
            self.held.pop(name, None)
        return move, arguments, popped

    def hash(self, name: str, value: bytes) -> Step:
        held = self.typed(name, dict, {})
        move = self.rng.choice(["hset", "hget", "hdel", "hgetall"])
        field = b"f%d" % self.rng.randrange(3)
        arguments = {"hset": (name, field, value), "hgetall": (name,)}.get(
            move, (name, field)
        )
        if held is WrongTypeError:
            return move, arguments, held
        if move == "hset":
            new = field not in held
            self.held[name] = {**held, field: value}
            return move, arguments, int(new)
        if move == "hget":
            return move, arguments, held.get(field)
        if move == "hgetall":
            return move, arguments, dict(held)
        gone = held.pop(field, None) is not None
        if not held:
            self.held.pop(name, None)
        return move, arguments, int(gone)


def check(step: Step, result: Any) -> None:
    method, arguments, expected = step
    if isinstance(expected, type):
        assert isinstance(result, expected), (method, arguments, result)
    else:
        assert result == expected, (method, arguments)


async def run(client: Redis[bytes], steps: list[Step], rng: random.Random) -> list[Any]:
    """The steps' results, by one of the ways in which commands can be sent."""

    def call(target: Any, step: Step) -> Any:
        return getattr(target, step[0])(*step[1])

    match rng.randrange(5):
        case 0:
            results = []
            for step in steps:
                try:
                    results.append(await call(client, step))
                except RedisError as error:
                    results.append(error)
            return results
        case 1:
            replies = [call(client, step) for step in steps]
            return await asyncio.gather(*replies, return_exceptions=True)
        case 2:
            async with client.pipeline() as watching:
                await watching.watch(*KEYS)
                watching.multi()
                for step in steps:
                    call(watching, step)
                return await watching.execute(raise_on_error=False)
        case way:
            pipe = client.pipeline(transaction=way == 3)
            for step in steps:
                call(pipe, step)
            return await pipe.execute(raise_on_error=False)


async def test_random_programs_agree_with_a_dict(client: Redis[bytes]):
    print("seed", SEED)
    rng = random.Random(SEED)
    for program in range(PROGRAMS):
        await client.flushall()
        model = Model(rng)
        left = STEPS
        while left:
            size = min(left, rng.randrange(1, 8))
            left -= size
            steps = [model.step() for _ in range(size)]
            # The model ran ahead; its answers were copied step by step.
            for step, result in zip(steps, await run(client, steps, rng), strict=True):
                check(step, result)
        assert await client.dbsize() == len(model.held), program
