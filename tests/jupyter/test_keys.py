"""An overview of keys that never asks for all of them at once."""

from redislab import Redis, record
from redislab.events import CommandIssued
from redislab.jupyter.keys import STEP, find, overview


async def test_each_key_has_its_type_time_to_live_and_size(url):
    async with Redis.from_url(url) as client:
        await client.set("b", "x" * 1000)
        await client.execute_command("RPUSH", "a", "1")
        await client.execute_command("PEXPIRE", "a", "60000")
        first, second = await overview(client)
    assert (first.name, first.type) == (b"a", "list")
    assert 50_000 < first.ttl_ms <= 60_000
    assert (second.name, second.type, second.ttl_ms) == (b"b", "string", None)
    assert second.size > 1000


async def test_scan_is_asked_in_bounded_steps_and_keys_never(url):
    async with Redis.from_url(url) as client:
        await client.mset({f"k{number}": number for number in range(4 * STEP)})
        with record(client) as recording:
            found = await overview(client, limit=10)
            none, whole = await find(client, "nothing*", looked_at=2 * STEP)
    names = [e.arguments[0] for e in recording if isinstance(e, CommandIssued)]
    assert "KEYS" not in names
    assert names.count("SCAN") <= 3
    assert len(found) == 10
    assert (found.total, found.whole) == (4 * STEP, False)
    assert (none, whole) == ([], False)
