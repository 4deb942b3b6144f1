"""Where a command's time goes, measured on a real server."""

import pytest

import redislab
from redislab.trace import follow

STAGES = ["encode", "queue", "write", "wait", "read and parse", "wake up"]


@pytest.fixture
async def client(url):
    async with redislab.from_url(url) as client:
        yield client


async def test_every_stage_takes_its_time(client):
    """The stages come in their order, and each of them is more than nothing."""
    found = await follow(client, "GET", "greeting", times=20)
    assert [stage.name for stage in found.stages] == STAGES
    assert all(stage.nanoseconds > 0 for stage in found.stages)
    assert found.command == ("GET", "greeting")
    assert found.times == 20


async def test_the_server_tells_how_long_it_worked(client):
    """Never longer than we waited for it."""
    found = await follow(client, "GET", "greeting", times=20)
    (wait,) = (stage for stage in found.stages if stage.name == "wait")
    assert found.server is not None
    assert 0 <= found.server <= wait.nanoseconds + 1_000  # it counts whole microseconds


async def test_the_parts_make_the_whole(client):
    found = await follow(client, "GET", "greeting", times=20)
    assert found.total == sum(stage.nanoseconds for stage in found.stages)


async def test_a_big_answer_takes_longer_to_read(client):
    """It comes in many pieces; reading them is one stage all the same."""
    await client.set("big", b"x" * (1 << 20))
    big = await follow(client, "GET", "big", times=10)
    small = await follow(client, "GET", "greeting", times=10)
    assert big.stages[4].nanoseconds > small.stages[4].nanoseconds


async def test_the_command_runs_for_real(client):
    """So many times, and a few before that, to warm up."""
    await follow(client, "INCR", "counter", times=20)
    assert int(await client.get("counter")) > 20


async def test_a_secret_is_not_kept(client):
    found = await follow(client, "CONFIG", "SET", "masterauth", "xyzzy", times=5)
    assert "xyzzy" not in repr(found)


async def test_an_error_is_the_commands_own(client):
    await client.set("text", "no number")
    with pytest.raises(redislab.ResponseError, match="not an integer"):
        await follow(client, "INCR", "text", times=5)


async def test_a_user_who_may_not_ask_the_server_gets_the_rest(client, url):
    """Without the right to INFO there is no account of the server's."""
    await client.execute_command(
        "ACL", "SETUSER", "guest", "on", ">guest", "+@connection", "+get", "~*"
    )
    place = f"{client.address.host}:{client.address.port}"
    async with redislab.from_url(f"redis://guest:guest@{place}") as guest:
        found = await follow(guest, "GET", "greeting", times=5)
    await client.execute_command("ACL", "DELUSER", "guest")
    assert found.server is None
    assert [stage.name for stage in found.stages] == STAGES


async def test_the_clients_own_connection_is_left_alone(client):
    """What is measured happens on another connection, which is gone afterwards."""
    await client.ping()
    plain = type(client._everyday)
    await follow(client, "GET", "greeting", times=5)
    assert type(client._everyday) is plain
    listed = await client.execute_command("CLIENT", "LIST")
    assert listed.count(b"cmd=get") == 0
