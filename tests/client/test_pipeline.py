"""Pipelines: what is kept, what is sent, what comes back, and every refusal's words."""

from __future__ import annotations

import gc
import warnings
from typing import Any

import pytest

from redislab import (
    DataError,
    ExecAbortError,
    Outcome,
    Redis,
    RedisError,
    ResponseError,
    WatchError,
    WrongTypeError,
    from_url,
)

both_kinds = pytest.mark.parametrize("transaction", [False, True])


# --- keeping ------------------------------------------------------------------------------


@both_kinds
async def test_a_kept_command_gives_the_pipe_itself(
    client: Redis[bytes], transaction: bool
):
    pipe: Any = client.pipeline(transaction=transaction)
    assert pipe.set("a", 1) is pipe
    assert await pipe.get("a") is pipe
    assert pipe.execute_command("GET", "a") is pipe
    assert len(pipe) == 3


async def test_a_pipe_is_true_even_when_empty(client: Redis[bytes]):
    pipe = client.pipeline()
    assert len(pipe) == 0
    assert pipe


@both_kinds
async def test_execute_clears_the_pipe_for_the_next_use(
    client: Redis[bytes], transaction: bool
):
    pipe: Any = client.pipeline(transaction=transaction)
    assert await pipe.set("a", 1).execute() == [True]
    assert len(pipe) == 0
    assert await pipe.get("a").execute() == [b"1"]


@both_kinds
async def test_an_empty_pipe_gives_an_empty_list(client: Redis[bytes], transaction: bool):
    assert await client.pipeline(transaction=transaction).execute() == []


async def test_a_transaction_is_the_default(client: Redis[bytes], other: Redis[bytes]):
    """A refused command then keeps the others from running."""
    pipe: Any = client.pipeline()
    with pytest.raises(ResponseError):
        await pipe.set("a", 1).execute_command("NOSUCH").execute()
    assert await other.get("a") is None


async def test_reset_throws_away_what_is_kept(client: Redis[bytes]):
    pipe = client.pipeline()
    pipe.set("a", 1)
    await pipe.reset()
    assert await pipe.execute() == []
    assert await client.get("a") is None


async def test_leaving_the_block_throws_away_what_is_kept(client: Redis[bytes]):
    async with client.pipeline() as pipe:
        pipe.set("a", 1)
    assert len(pipe) == 0


async def test_a_forgotten_pipe_warns_of_nothing(client: Redis[bytes]):
    """No coroutine was made that somebody could forget to await."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        client.pipeline().set("a", 1)
        client.get("a")
        client.pipeline().execute()
        gc.collect()
    assert await client.get("a") is None


@both_kinds
async def test_results_have_the_shapes_of_single_calls(
    client: Redis[bytes], transaction: bool
):
    pipe: Any = client.pipeline(transaction=transaction)
    pipe.hset("h", mapping={"a": 1, "b": 2}).hgetall("h").zadd("z", {"m": 1.5})
    pipe.zscore("z", "m").sadd("s", "x", "y").smembers("s").exists("h").get("none")
    assert await pipe.execute() == [
        2,
        {b"a": b"1", b"b": b"2"},
        1,
        1.5,
        2,
        {b"x", b"y"},
        1,
        None,
    ]


async def test_a_name_of_two_words_may_be_given_as_one(client: Redis[bytes]):
    pipe: Any = client.pipeline(transaction=False)
    pipe.execute_command("client getname").execute_command("CLIENT", "GETNAME")
    assert await pipe.execute() == [b"alice", b"alice"]


# --- errors of commands -------------------------------------------------------------------


@both_kinds
async def test_an_error_names_its_command_and_carries_all_results(
    client: Redis[bytes], transaction: bool
):
    pipe: Any = client.pipeline(transaction=transaction)
    pipe.set("a", 1).set("c", "z").lpush("c", 3).set("d", 4).lpush("c", 5)
    with pytest.raises(WrongTypeError) as caught:
        await pipe.execute()
    error = caught.value
    assert str(error).startswith(
        "Command # 3 (LPUSH c 3) of pipeline caused error: WRONGTYPE "
    )
    assert (error.index, error.command) == (2, ("LPUSH", "c", 3))
    assert error.outcome is Outcome.DONE
    assert error.results is not None
    assert error.results[:2] == [True, True]
    assert error.results[2] is error
    assert error.results[3] is True
    assert error.results[4].index == 4
    assert await client.get("d") == b"4"
    assert len(pipe) == 0


@both_kinds
async def test_errors_may_stay_in_the_list(client: Redis[bytes], transaction: bool):
    pipe: Any = client.pipeline(transaction=transaction)
    pipe.set("a", "x").incr("a").get("a")
    ok, error, value = await pipe.execute(raise_on_error=False)
    assert (ok, value) == (True, b"x")
    assert isinstance(error, ResponseError)
    assert "Command # 2 (INCRBY a 1)" in str(error) or "Command # 2 (INCR a)" in str(error)


async def test_a_long_command_is_shortened_in_its_error(client: Redis[bytes]):
    await client.set("a", "x")
    pipe: Any = client.pipeline()
    with pytest.raises(WrongTypeError) as caught:
        await pipe.lpush("a", *["word"] * 100).execute()
    place, _, _ = str(caught.value).partition(" of pipeline")
    assert place.endswith("…)")
    assert len(place) < 110


async def test_a_password_is_not_in_its_commands_error(client: Redis[bytes]):
    pipe: Any = client.pipeline()
    pipe.execute_command("ACL", "SETUSER", "ann", ">hunter2", "+nosuch")
    with pytest.raises(
        ResponseError, match=r"Command # 1 \(ACL SETUSER ann \*\*\*"
    ) as caught:
        await pipe.execute()
    assert "hunter2" not in str(caught.value)


async def test_a_refused_command_is_the_error_and_execabort_its_cause(client: Redis[bytes]):
    pipe: Any = client.pipeline()
    pipe.set("a", 1).execute_command("GET").execute_command("NOSUCH").set("b", 2)
    with pytest.raises(ResponseError, match=r"^Command # 2 \(GET\) of pipeline") as caught:
        await pipe.execute()
    assert "wrong number of arguments" in str(caught.value)
    assert (caught.value.index, caught.value.command) == (1, ("GET",))
    assert isinstance(caught.value.__cause__, ExecAbortError)
    assert await client.exists("a", "b") == 0


async def test_a_wrong_argument_leaves_the_pipe_empty_and_the_server_untouched(
    client: Redis[bytes],
):
    pipe: Any = client.pipeline()
    with pytest.raises(DataError):
        await pipe.set("a", 1).set("b", None).execute()
    assert len(pipe) == 0
    assert await client.exists("a") == 0


@both_kinds
async def test_one_value_that_is_no_text_is_one_commands_error(url: str, transaction: bool):
    async with from_url(url, decode_responses=True) as client:
        await client.set("bin", b"\xff")
        await client.set("text", "é")
        pipe: Any = client.pipeline(transaction=transaction)
        pipe.get("text").get("bin").get("text")
        before, error, after = await pipe.execute(raise_on_error=False)
        assert (before, after) == ("é", "é")
        assert isinstance(error, UnicodeDecodeError)
        with pytest.raises(UnicodeDecodeError):
            await pipe.get("bin").execute()
        assert await client.get("text") == "é"


# --- watching -----------------------------------------------------------------------------


async def test_after_watch_commands_give_values_and_after_multi_the_pipe(
    client: Redis[bytes],
):
    await client.set("k", "v")
    pipe: Any = client.pipeline()
    assert await pipe.watch("k") is True
    assert await pipe.get("k") == b"v"
    pipe.multi()
    assert pipe.get("k") is pipe
    assert await pipe.execute() == [b"v"]


async def test_a_watched_key_that_changed_means_nothing_ran(
    client: Redis[bytes], other: Redis[bytes]
):
    pipe: Any = client.pipeline()
    await pipe.watch("k", "l")
    await other.set("l", "theirs")
    pipe.multi()
    pipe.set("k", "mine")
    with pytest.raises(
        WatchError, match="changed after WATCH, so EXEC ran nothing"
    ) as caught:
        await pipe.execute()
    assert caught.value.outcome is Outcome.DONE
    assert len(pipe) == 0
    assert await client.get("k") is None


async def test_watching_without_commands_still_reports_a_conflict(
    client: Redis[bytes], other: Redis[bytes]
):
    pipe: Any = client.pipeline()
    for change in (False, True):
        await pipe.watch("k")
        if change:
            await other.set("k", 1)
        pipe.multi()
        if change:
            with pytest.raises(WatchError, match=r"^k changed after WATCH"):
                await pipe.execute()
        else:
            assert await pipe.execute() == []


async def test_multi_makes_a_transaction_of_any_pipeline(
    client: Redis[bytes], other: Redis[bytes]
):
    pipe: Any = client.pipeline(transaction=False)
    await pipe.watch("k")
    pipe.multi()
    pipe.set("a", 1)
    await other.set("k", 1)
    with pytest.raises(WatchError):
        await pipe.execute()
    pipe.multi()
    with pytest.raises(ResponseError):
        await pipe.set("a", 1).execute_command("NOSUCH").execute()
    assert await client.get("a") is None


async def test_a_watching_pipe_without_transaction_that_has_nothing_to_send(
    client: Redis[bytes],
):
    """Nothing hangs, and nobody else gets its answer."""
    pipe: Any = client.pipeline(transaction=False)
    await pipe.watch("k")
    assert await pipe.get("k") is None
    assert await pipe.execute() == []
    await pipe.watch("k")
    assert await pipe.execute_command("ECHO", "mine") == b"mine"
    await pipe.reset()


@pytest.mark.parametrize("end", ["execute", "reset", "unwatch", "data error"])
async def test_a_connection_that_was_given_back_watches_nothing(
    client: Redis[bytes], end: str
):
    """Its next user gets no conflict that is none of theirs."""
    pipe: Any = client.pipeline(transaction=False)
    await pipe.watch("k")
    if end == "data error":
        pipe.multi()
        pipe.set("k", None)
        with pytest.raises(DataError):
            await pipe.execute()
    else:
        await getattr(pipe, end)()
    assert (client._pool().taken, client._pool().idle) == (0, 1)
    await client.set("k", "changed")
    await pipe.watch("unrelated")
    assert client._pool().idle == 0
    pipe.multi()
    assert await pipe.set("a", 1).execute() == [True]


async def test_more_keys_may_be_watched_later(client: Redis[bytes], other: Redis[bytes]):
    pipe: Any = client.pipeline()
    await pipe.watch("a")
    await pipe.watch("b")
    await other.set("a", 1)
    pipe.multi()
    with pytest.raises(WatchError, match="one of a, b changed"):
        await pipe.execute()


async def test_unwatch_forgets_the_conflict(client: Redis[bytes], other: Redis[bytes]):
    pipe: Any = client.pipeline()
    assert await pipe.unwatch() is True
    await pipe.watch("k")
    await other.set("k", 1)
    assert await pipe.unwatch() is True
    assert await pipe.get("k").execute() == [b"1"]


async def test_a_pipe_that_is_dropped_while_it_watches_gives_its_place_back(url: str):
    async with from_url(url, max_connections=1, pool_timeout=5) as client:
        for _ in range(3):
            pipe: Any = client.pipeline()
            await pipe.watch("k")
            del pipe
            gc.collect()


async def test_a_pipe_outlives_the_closing_of_its_client(client: Redis[bytes]):
    pipe: Any = client.pipeline()
    await pipe.watch("k")
    await client.aclose()
    await pipe.reset()
    assert await pipe.set("a", 1).get("a").execute() == [True, b"1"]


async def test_a_blocking_command_in_a_transaction_does_not_block(client: Redis[bytes]):
    assert await client.pipeline().blpop("none", timeout=10).execute() == [None]  # type: ignore[attr-defined]  # a chain


# --- refusals -----------------------------------------------------------------------------


async def test_multi_twice(client: Redis[bytes]):
    pipe = client.pipeline()
    pipe.multi()
    with pytest.raises(RedisError, match=r"^Cannot issue nested calls to MULTI$"):
        pipe.multi()


async def test_multi_after_commands(client: Redis[bytes]):
    pipe = client.pipeline()
    pipe.set("a", 1)
    with pytest.raises(
        RedisError, match=r"^Commands without an initial WATCH have already been issued$"
    ):
        pipe.multi()


async def test_watch_after_multi(client: Redis[bytes]):
    pipe = client.pipeline()
    pipe.multi()
    with pytest.raises(RedisError, match=r"^Cannot issue a WATCH after a MULTI$"):
        await pipe.watch("k")


STATEFUL = [
    "WATCH k",
    "UNWATCH",
    "MULTI",
    "EXEC",
    "DISCARD",
    "SELECT 1",
    "AUTH pw",
    "HELLO 3",
    "QUIT",
    "RESET",
    "MONITOR",
    "SUBSCRIBE c",
    "PSUBSCRIBE c*",
    "SSUBSCRIBE c",
    "CLIENT REPLY OFF",
    "CLIENT SETNAME x",
    "CLIENT TRACKING ON",
    "CLIENT NO-EVICT ON",
    "READONLY",
    "SYNC",
    "PSYNC ? -1",
    "SCRIPT DEBUG YES",
    "client  reply off",
]


@pytest.mark.parametrize("command", STATEFUL)
@pytest.mark.parametrize("spelling", ["words", "one word", "bytes"])
async def test_what_would_change_the_shared_connection_is_refused(
    client: Redis[bytes], command: str, spelling: str
):
    """With a hint at the proper way, on the client and on a pipeline alike."""
    words: Any = command.split() if spelling != "one word" else [command]
    if spelling == "bytes":
        words = [word.encode() for word in words]
    for target in (client, client.pipeline()):
        with pytest.raises(RedisError, match="would change the connection") as caught:
            target.execute_command(*words)
        assert caught.value.hint
    assert await client.ping() is True


async def test_what_cannot_be_sent_is_named_by_its_place(client: Redis[bytes]):
    """Among a thousand commands, the error says which holds the wrong argument."""
    pipe = client.pipeline()
    pipe.set("a", 1).set("b", None).set("c", 3)  # type: ignore[arg-type]  # the mistake
    with pytest.raises(DataError, match=r"Command # 2 \(SET b None\)") as caught:
        await pipe.execute()
    assert caught.value.index == 1
    assert await client.exists("a") == 0
