"""RESP2 and RESP3, bytes and text: one shape of reply whichever is spoken."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from redislab import Redis, ResponseError, from_url

Call = Callable[[Any], Any]

EVERYDAY: list[tuple[str, Call, Any]] = [
    ("ping", lambda c: c.ping(), True),
    ("set", lambda c: c.set("s", "v"), True),
    ("set nx", lambda c: c.set("s", "w", nx=True), None),
    ("set get", lambda c: c.set("s", "v", get=True), b"v"),
    ("get", lambda c: c.get("s"), b"v"),
    ("get nothing", lambda c: c.get("none"), None),
    ("mget", lambda c: c.mget("s", "none"), [b"v", None]),
    ("exists", lambda c: c.exists("s", "none"), 1),
    ("expire", lambda c: c.expire("s", 100), True),
    ("persist", lambda c: c.persist("s"), True),
    ("persist again", lambda c: c.persist("s"), False),
    ("type", lambda c: c.type("s"), b"string"),
    ("incrbyfloat", lambda c: c.incrbyfloat("f", 1.5), 1.5),
    ("rpush", lambda c: c.rpush("l", "a", "b"), 2),
    ("lrange", lambda c: c.lrange("l", 0, -1), [b"a", b"b"]),
    ("blpop", lambda c: c.blpop("l", timeout=1), (b"l", b"a")),
    ("blpop nothing", lambda c: c.blpop("none", timeout=0.01), None),
    ("hset", lambda c: c.hset("h", mapping={"a": 1, "b": 2}), 2),
    ("hget", lambda c: c.hget("h", "a"), b"1"),
    ("hgetall", lambda c: c.hgetall("h"), {b"a": b"1", b"b": b"2"}),
    ("hgetall nothing", lambda c: c.hgetall("none"), {}),
    ("hmget", lambda c: c.hmget("h", ["a", "c"]), [b"1", None]),
    ("sadd", lambda c: c.sadd("set", "x", "y"), 2),
    ("smembers", lambda c: c.smembers("set"), {b"x", b"y"}),
    ("sismember", lambda c: c.sismember("set", "x"), 1),
    ("zadd", lambda c: c.zadd("z", {"m": 1.5, "n": 2}), 2),
    ("zscore", lambda c: c.zscore("z", "m"), 1.5),
    ("zscore nothing", lambda c: c.zscore("z", "none"), None),
    ("zrange", lambda c: c.zrange("z", 0, -1), [b"m", b"n"]),
    (
        "zrange withscores",
        lambda c: c.zrange("z", 0, -1, withscores=True),
        [(b"m", 1.5), (b"n", 2.0)],
    ),
    ("zpopmin", lambda c: c.zpopmin("z"), [(b"m", 1.5)]),
    ("scan", lambda c: c.scan(match="set"), (0, [b"set"])),
    (
        "config get",
        lambda c: c.config_get("maxmemory-policy"),
        {"maxmemory-policy": "noeviction"},
    ),
    ("eval", lambda c: c.eval("return {1, 'a', false}", 0), [1, b"a", None]),
    (
        "transaction",
        lambda c: c.pipeline().get("s").hgetall("h").execute(),
        [b"v", {b"a": b"1", b"b": b"2"}],
    ),
    (
        "pipeline",
        lambda c: c.pipeline(transaction=False).zscore("z", "n").smembers("set").execute(),
        [2.0, {b"x", b"y"}],
    ),
]


def as_text(value: Any) -> Any:
    """What a decoding client gives instead."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, dict):
        return {as_text(key): as_text(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return type(value)(map(as_text, value))
    return value


@pytest.fixture(params=[2, 3])
def protocol(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(params=[False, True], ids=["bytes", "text"])
async def spoken(
    url: str, protocol: int, request: pytest.FixtureRequest
) -> AsyncIterator[Redis[Any]]:
    options: dict[str, Any] = {"protocol": protocol, "decode_responses": request.param}
    async with from_url(url, **options) as client:
        yield client


async def test_everyday_replies_have_one_shape(spoken: Redis[Any], protocol: int):
    """In the order above: each call stands on those before it."""
    text = spoken._text
    for name, call, expected in EVERYDAY:
        reply = await call(spoken)
        wanted = as_text(expected) if text else expected
        assert (name, reply) == (name, wanted)
        assert (name, type(reply)) == (name, type(wanted))
    assert spoken._pool().shared.server["proto"] == protocol


async def test_errors_are_the_same(spoken: Redis[Any]):
    await spoken.set("s", "v")
    with pytest.raises(ResponseError, match="not an integer"):
        await spoken.incr("s")
    with pytest.raises(ResponseError, match="not an integer") as caught:
        await spoken.pipeline(transaction=False).get("s").incr("s").execute()
    assert caught.value.index == 1


async def test_the_server_knows_the_clients_name_and_database(url: str, protocol: int):
    options: dict[str, Any] = {"protocol": protocol, "client_name": "alice", "db": 3}
    async with from_url(url, **options) as client:
        assert await client.execute_command("CLIENT", "GETNAME") == b"alice"
        await client.set("k", "v")
        async with from_url(url) as elsewhere:
            assert await elsewhere.get("k") is None


async def test_a_unix_socket_serves_as_well(server: Any, url: str):
    async with from_url(server.unix_url) as client:
        assert await client.set("k", "v") is True
        assert await client.blpop("none", timeout=0.01) is None
    async with from_url(url) as client:
        assert await client.get("k") == b"v"
