"""Scripts as functions: sent by digest, with the text where a server lacks it."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from redislab import Redis, ResponseError, WatchError, from_url
from redislab.events import CommandIssued

ADD = "return redis.call('INCRBY', KEYS[1], ARGV[1])"
BOTH = "return {KEYS[1], KEYS[2], ARGV[1]}"

both_kinds = pytest.mark.parametrize("transaction", [False, True])


@pytest.fixture(autouse=True)
async def forgetful(client: Redis[bytes]) -> None:
    """The server knows no script yet."""
    await client.script_flush()


@contextmanager
def issued(client: Redis[Any]) -> Iterator[list[str]]:
    """The names of the commands that the client issues within the block."""
    names: list[str] = []

    def note(event: object) -> None:
        if isinstance(event, CommandIssued):
            names.append(event.arguments[0])

    client.attach(note)
    yield names
    client.detach(note)


async def test_a_script_is_called_like_a_function(client: Redis[bytes]):
    add = client.register_script(ADD)
    assert await add(keys=["n"], args=[2]) == 2
    assert await add(["n"], [3]) == 5
    assert await client.register_script(BOTH)(["a", "b"], ["c"]) == [b"a", b"b", b"c"]


async def test_a_single_key_or_argument_needs_no_list(client: Redis[bytes]):
    """A word is one key, not its letters."""
    assert await client.register_script(ADD)(keys="number", args=2) == 2
    assert await client.get("number") == b"2"
    assert await client.register_script("return #KEYS + #ARGV")() == 0


async def test_the_digest_is_the_servers(client: Redis[bytes]):
    """Also of text that is not ASCII, and of bytes that are no text."""
    for script in ("return 'é'", b"return '\xff'"):
        assert client.register_script(script).sha == await client.script_load(script)


async def test_registering_sends_nothing(client: Redis[bytes]):
    with issued(client) as names:
        add = client.register_script(ADD)
    assert names == []
    assert await client.script_exists(add.sha) == [False]


async def test_the_text_is_sent_once(client: Redis[bytes]):
    """The server remembers it from then on."""
    add = client.register_script(ADD)
    with issued(client) as names:
        for _ in range(3):
            await add(["n"], [1])
    assert names == ["EVALSHA", "EVAL", "EVALSHA", "EVALSHA"]
    assert await client.script_exists(add.sha) == [True]


async def test_after_script_flush_it_runs_all_the_same(client: Redis[bytes]):
    """Once a call: NOSCRIPT means that nothing had run."""
    add = client.register_script(ADD)
    await add(["n"], [1])
    await client.script_flush()
    assert await add(["n"], [1]) == 2
    assert await client.get("n") == b"2"


async def test_the_call_is_on_its_way_before_it_is_awaited(client: Redis[bytes]):
    """What is sent next comes after it, if the server has the script."""
    add = client.register_script(ADD)
    await add(["n"], [1])
    call, value = add(["n"], [1]), client.get("n")
    assert await value == b"2"
    assert await call == 2


async def test_another_client_may_run_it(client: Redis[bytes], url: str):
    add = client.register_script(ADD)
    async with from_url(url, db=3, decode_responses=True) as other:
        assert await add(["n"], [5], client=other) == 5
        assert await other.get("n") == "5"
    assert await client.get("n") is None


async def test_a_failing_script_raises_the_servers_error(client: Redis[bytes]):
    await client.set("n", "text")
    with pytest.raises(ResponseError, match="not an integer"):
        await client.register_script(ADD)(["n"], [1])
    with pytest.raises(ResponseError, match="compil"):
        await client.register_script("return (")()


async def test_a_cancelled_call_complains_of_nothing(client: Redis[bytes]):
    """Though its NOSCRIPT comes when nobody waits any more; and it is not sent again."""
    loop, complaints = asyncio.get_running_loop(), []
    loop.set_exception_handler(lambda _, context: complaints.append(context))
    add = client.register_script(ADD)
    add(["n"], [1]).cancel()
    task = asyncio.ensure_future(add(["n"], [1]))
    await asyncio.sleep(0)
    task.cancel()
    del task
    await client.ping()
    await asyncio.sleep(0)
    gc.collect()
    assert complaints == []
    assert await client.get("n") is None


# --- in pipelines -------------------------------------------------------------------------


@both_kinds
async def test_a_pipe_keeps_a_script_like_a_command(
    client: Redis[bytes], transaction: bool
):
    """Nothing is sent before execute, awaited or not; and the server lacked the script."""
    add = client.register_script(ADD)
    pipe: Any = client.pipeline(transaction=transaction)
    assert add(["n"], [1], client=pipe) is pipe
    assert await add(["n"], [1], client=pipe) is pipe
    pipe.get("n")
    assert await client.script_exists(add.sha) == [False]
    assert await pipe.execute() == [1, 2, b"2"]


@both_kinds
async def test_a_pipe_brings_its_script_along_once(client: Redis[bytes], transaction: bool):
    """In the same packet: no round trip to ask. Again in the next, as a flush may come."""
    add = client.register_script(ADD)
    pipe: Any = client.pipeline(transaction=transaction)
    for value in 3, 6:
        with issued(client) as names:
            for _ in range(3):
                add(["n"], [1], client=pipe)
            assert (await pipe.execute())[-1] == value
        assert [name for name in names if name.startswith("EVAL")] == [
            "EVAL",
            "EVALSHA",
            "EVALSHA",
        ]
        await client.script_flush()


async def test_a_pipe_that_was_reset_brings_the_script_again(client: Redis[bytes]):
    add = client.register_script(ADD)
    pipe: Any = client.pipeline()
    add(["n"], [1], client=pipe)
    await pipe.reset()
    assert await add(["n"], [1], client=pipe).execute() == [1]


async def test_two_scripts_in_one_transaction(client: Redis[bytes]):
    add, both = map(client.register_script, (ADD, BOTH))
    pipe: Any = client.pipeline()
    for _ in range(2):
        add(["n"], [1], client=pipe)
        both(["a", "b"], ["c"], client=pipe)
    assert await pipe.execute() == [1, [b"a", b"b", b"c"], 2, [b"a", b"b", b"c"]]


async def test_between_watch_and_multi_a_script_answers_at_once(
    client: Redis[bytes], other: Redis[bytes]
):
    add = client.register_script(ADD)
    async with client.pipeline() as pipe:
        await pipe.watch("seen")
        assert await add(["n"], [4], client=pipe) == 4
        pipe.multi()
        add(["n"], [4], client=pipe)
        await other.set("seen", 1)
        with pytest.raises(WatchError):
            await pipe.execute()
    assert await client.get("n") == b"4"


async def test_a_flush_between_watch_and_exec_does_no_harm(
    client: Redis[bytes], other: Redis[bytes]
):
    """Each call may be the first that this server hears of the script."""
    add = client.register_script(ADD)
    async with client.pipeline() as pipe:
        await pipe.watch("seen")
        for value in 1, 2:
            assert await add(["n"], [1], client=pipe) == value
            await other.script_flush()
        pipe.multi()
        assert await add(["n"], [1], client=pipe).execute() == [3]


async def test_a_failing_script_fails_at_its_place_in_the_pipe(client: Redis[bytes]):
    await client.set("s", "text")
    add = client.register_script(ADD)
    pipe: Any = client.pipeline(transaction=False)
    add(["s"], [1], client=pipe)
    add(["n"], [1], client=pipe)
    with pytest.raises(ResponseError, match="not an integer") as caught:
        await pipe.execute()
    assert caught.value.index == 0
    assert caught.value.results is not None
    assert caught.value.results[1] == 1
