"""The clients, each by its own names. None but redislab must be installed.

A client's ``get``, ``set``, ``mget`` and ``hgetall`` are its own bound methods, so that
nothing of ours stands between. Settings are the client's defaults; a *tuned* one has what
an expert would change.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Any, ClassVar, NamedTuple

from tests.benchmarks.workloads import Workload


class Place(NamedTuple):
    """Where the server is."""

    host: str
    port: int
    password: str


class Client:
    """One client under test; ``open`` comes first, ``close`` last."""

    name: ClassVar[str]
    distribution: ClassVar[str]
    module: ClassVar[str]
    is_plain: ClassVar[bool] = True
    """A client as it comes, and no variant of another."""

    get: Callable[[str], Awaitable[Any]]
    set: Callable[[str, str], Awaitable[Any]]
    mget: Callable[[list[str]], Awaitable[Any]]
    hgetall: Callable[[str], Awaitable[Any]]

    def __init__(self, place: Place) -> None:
        self.place = place
        self.library: Any = importlib.import_module(self.module)

    @classmethod
    def is_installed(cls) -> bool:
        """Whether its package is there, without importing it."""
        return importlib.util.find_spec(cls.module.partition(".")[0]) is not None

    @classmethod
    def version(cls) -> str:
        return version(cls.distribution)

    def way(self, workload: Workload) -> Callable[[], Awaitable[None]] | None:
        """How to run a workload once; None when this client has no way."""
        return lambda: workload.run(self)

    async def open(self) -> None:
        raise NotImplementedError

    async def close(self) -> None:
        raise NotImplementedError

    async def pipeline(self, keys: list[str], values: list[str], transaction: bool) -> Any:
        """SET each key to its value, all in one pipeline."""
        raise NotImplementedError

    async def add_one(self, key: str) -> None:
        """WATCH, GET, MULTI, SET, EXEC; again while somebody else was quicker."""
        raise NotImplementedError

    async def lrange(self, key: str) -> Any:
        """The whole list."""
        raise NotImplementedError


class RedisPy(Client):
    name = "redis-py"
    distribution = "redis"
    module = "redis.asyncio"

    def make(self) -> Any:
        host, port, password = self.place
        return self.library.Redis(host=host, port=port, password=password)

    async def open(self) -> None:
        self.client = self.make()
        self.get, self.set = self.client.get, self.client.set
        self.mget, self.hgetall = self.client.mget, self.client.hgetall
        await self.client.ping()

    async def close(self) -> None:
        await self.client.aclose()

    async def pipeline(self, keys: list[str], values: list[str], transaction: bool) -> Any:
        async with self.client.pipeline(transaction=transaction) as pipe:
            for key, value in zip(keys, values, strict=True):
                pipe.set(key, value)
            return await pipe.execute()

    async def add_one(self, key: str) -> None:
        async with self.client.pipeline() as pipe:
            while True:
                try:
                    await pipe.watch(key)
                    seen = int(await pipe.get(key))
                    pipe.multi()
                    pipe.set(key, seen + 1)
                    await pipe.execute()
                    return
                except self.library.WatchError:
                    continue

    async def lrange(self, key: str) -> Any:
        return await self.client.lrange(key, 0, -1)


class RedisPyTuned(RedisPy):
    """No time-out on each read, and a pool that waits: the plain one opens a connection a
    task, and refuses the hundred-and-first.
    """

    name = "redis-py-tuned"
    is_plain = False

    def make(self) -> Any:
        host, port, password = self.place
        pool = self.library.BlockingConnectionPool(
            host=host,
            port=port,
            password=password,
            max_connections=8,
            timeout=None,
            socket_timeout=None,
        )
        return self.library.Redis(connection_pool=pool)


class Redislab(RedisPy):
    """redis-py's names, so its code serves."""

    name = "redislab"
    distribution = "redislab"
    module = "redislab"


class RedislabRecorded(Redislab):
    """With a recorder listening to everything: what looking costs."""

    name = "redislab-recorded"
    is_plain = False

    async def open(self) -> None:
        await super().open()
        self.looking = self.library.record(self.client)
        self.looking.__enter__()

    async def close(self) -> None:
        self.looking.__exit__(None, None, None)
        await super().close()


class Coredis(Client):
    name = "coredis"
    distribution = "coredis"
    module = "coredis"

    async def open(self) -> None:
        host, port, password = self.place
        self.client = self.library.Redis(host=host, port=port, password=password)
        await self.client.__aenter__()
        self.get, self.set = self.client.get, self.client.set
        self.mget, self.hgetall = self.client.mget, self.client.hgetall

    async def close(self) -> None:
        await self.client.__aexit__(None, None, None)

    async def pipeline(self, keys: list[str], values: list[str], transaction: bool) -> Any:
        async with self.client.pipeline(transaction=transaction) as pipe:
            for key, value in zip(keys, values, strict=True):
                pipe.set(key, value)
        return pipe.results

    async def add_one(self, key: str) -> None:
        while True:
            try:
                async with (
                    self.client.pipeline(transaction=False) as pipe,
                    pipe.watch(key),
                ):
                    seen = int(await self.client.get(key))
                    pipe.set(key, seen + 1)
                return
            except self.library.exceptions.WatchError:
                continue

    async def lrange(self, key: str) -> Any:
        return await self.client.lrange(key, 0, -1)


class Glide(Client):
    name = "glide"
    distribution = "valkey-glide"
    module = "glide"

    async def open(self) -> None:
        host, port, password = self.place
        settings = self.library.GlideClientConfiguration(
            [self.library.NodeAddress(host, port)],
            credentials=self.library.ServerCredentials(password),
            request_timeout=20_000,  # its 250 ms are too short for a big pipeline
        )
        self.client = await self.library.GlideClient.create(settings)
        self.get, self.set = self.client.get, self.client.set
        self.mget, self.hgetall = self.client.mget, self.client.hgetall

    async def close(self) -> None:
        await self.client.close()

    async def pipeline(self, keys: list[str], values: list[str], transaction: bool) -> Any:
        batch = self.library.Batch(is_atomic=transaction)
        for key, value in zip(keys, values, strict=True):
            batch.set(key, value)
        return await self.client.exec(batch, raise_on_error=True)

    async def add_one(self, key: str) -> None:
        async with await self.client.scoped_connection() as own:
            while True:
                await own.watch(key)
                seen = int(await own.get(key))
                await own.multi()
                await own.set(key, str(seen + 1))
                if await own.exec() is not None:
                    return

    async def lrange(self, key: str) -> Any:
        return await self.client.lrange(key, 0, -1)
