"""Walks: everything comes, in the form of its type, step by step."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from redislab import Pipeline, Redis, ResponseError, from_url

MANY = 500
"""More than a step looks at, and more than the compact form of a small collection holds."""


@pytest.fixture(params=[2, 3])
async def walker(url: str, request: pytest.FixtureRequest) -> AsyncIterator[Redis[bytes]]:
    """A client of each protocol."""
    async with from_url(url, protocol=request.param) as client:
        yield client


async def test_all_keys_come(walker: Redis[bytes]):
    """In more steps than one."""
    names = {f"k{number}".encode() for number in range(MANY)}
    await walker.mset(dict.fromkeys(names, 1))
    cursor, _ = await walker.scan()
    assert cursor != 0
    assert {name async for name in walker.scan_iter()} == names


async def test_only_the_keys_that_fit_come(walker: Redis[bytes]):
    """By pattern and by type, also when most steps find nothing."""
    await walker.mset({f"other:{number}": 1 for number in range(MANY)})
    await walker.set("job:1", 1)
    await walker.rpush("job:2", "x")
    assert {name async for name in walker.scan_iter("job:*")} == {b"job:1", b"job:2"}
    assert [name async for name in walker.scan_iter(_type="list")] == [b"job:2"]
    found = walker.scan_iter(match="job:*", count=MANY, _type="STRING")
    assert [name async for name in found] == [b"job:1"]


async def test_an_empty_database_has_nothing_to_walk(walker: Redis[bytes]):
    assert [name async for name in walker.scan_iter()] == []
    assert [member async for member in walker.sscan_iter("none")] == []
    assert [pair async for pair in walker.hscan_iter("none")] == []
    assert [pair async for pair in walker.zscan_iter("none")] == []


async def test_all_members_of_a_set_come(walker: Redis[bytes]):
    members = {f"m{number}".encode() for number in range(MANY)}
    await walker.sadd("s", *members)
    assert {member async for member in walker.sscan_iter("s")} == members
    found = walker.sscan_iter("s", match="m1?", count=7)
    assert {member async for member in found} == {
        f"m1{digit}".encode() for digit in range(10)
    }


async def test_all_pairs_of_a_hash_come(walker: Redis[bytes]):
    fields = {f"f{number}".encode(): b"%d" % number for number in range(MANY)}
    await walker.hset("h", mapping=fields)
    assert {field: value async for field, value in walker.hscan_iter("h")} == fields
    found = walker.hscan_iter("h", match="f7", count=7)
    assert [pair async for pair in found] == [(b"f7", b"7")]


async def test_the_fields_of_a_hash_come_alone(client: Redis[bytes]):
    """Redis 7.0 does not know how, and says so."""
    fields = {f"f{number}".encode(): b"1" for number in range(MANY)}
    await client.hset("h", mapping=fields)
    walk = client.hscan_iter("h", no_values=True)
    if "valkey_version" in await client.info("server"):
        assert {field async for field in walk} == set(fields)
    else:
        with pytest.raises(ResponseError, match="syntax"):
            await anext(walk)


async def test_all_pairs_of_a_sorted_set_come(walker: Redis[bytes]):
    scores = {f"m{number}".encode(): number + 0.5 for number in range(MANY)}
    await walker.zadd("z", scores)
    assert {member: score async for member, score in walker.zscan_iter("z")} == scores
    found = walker.zscan_iter("z", match="m7", count=7, score_cast_func=int)
    assert [pair async for pair in found] == [(b"m7", 7)]


async def test_a_decoding_client_walks_over_text(url: str):
    async with from_url(url, decode_responses=True) as client:
        await client.hset("h", "field", "value")
        assert [name async for name in client.scan_iter()] == ["h"]
        assert [pair async for pair in client.hscan_iter("h")] == [("field", "value")]


async def test_other_commands_run_during_a_walk(client: Redis[bytes]):
    """Also such as delete what the walk has just given; leaving early is no trouble."""
    await client.mset({f"k{number}": 1 for number in range(MANY)})
    async for name in client.scan_iter():
        await client.delete(name)
    assert await client.dbsize() == 0
    await client.mset({"a": 1, "b": 2})
    async for _ in client.scan_iter():
        break
    assert await client.ping() is True


async def test_the_wrong_type_is_told_by_the_first_step(client: Redis[bytes]):
    await client.set("s", "text")
    with pytest.raises(ResponseError, match="WRONGTYPE"):
        await anext(client.sscan_iter("s"))


def test_a_pipeline_cannot_walk():
    """Its replies come when it is executed, and the next step needs the last one's."""
    assert not [name for name in dir(Pipeline) if name.endswith("scan_iter")]
