"""The lock: one holder, whose token nobody else's release can use."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from typing import Any

import pytest

from redislab import (
    LockError,
    LockNotOwnedError,
    Outcome,
    Redis,
    ResponseError,
    Server,
    TimeoutError,
    from_url,
)
from redislab.client.lock import Lock

NAME = "lock"


async def run_out(client: Redis[bytes]) -> None:
    """As if its time had passed."""
    assert await client.delete(NAME) == 1


# --- taking and giving back ---------------------------------------------------------------


async def test_one_holds_it_and_gives_it_back(client: Redis[bytes], other: Redis[bytes]):
    mine, theirs = client.lock(NAME), other.lock(NAME)
    assert await mine.acquire() is True
    assert await theirs.acquire(blocking=False) is False
    await mine.release()
    assert await theirs.acquire(blocking=False) is True
    await theirs.release()
    assert await client.exists(NAME) == 0


async def test_a_block_holds_it(client: Redis[bytes]):
    async with client.lock(NAME) as lock:
        assert isinstance(lock, Lock)
        assert await lock.owned() is True
    assert await lock.locked() is False


async def test_a_block_gives_it_back_after_an_error(client: Redis[bytes]):
    with pytest.raises(ZeroDivisionError):
        async with client.lock(NAME):
            raise ZeroDivisionError
    assert await client.exists(NAME) == 0


async def test_making_a_lock_takes_nothing(client: Redis[bytes]):
    assert await client.lock(NAME).locked() is False


async def test_locked_is_by_anybody_and_owned_by_oneself(
    client: Redis[bytes], other: Redis[bytes]
):
    mine, theirs = client.lock(NAME), other.lock(NAME)
    assert (await mine.locked(), await mine.owned()) == (False, False)
    await theirs.acquire()
    assert (await mine.locked(), await mine.owned()) == (True, False)
    assert (await theirs.locked(), await theirs.owned()) == (True, True)


async def test_a_waiter_gets_it_when_it_is_free(client: Redis[bytes], other: Redis[bytes]):
    mine, theirs = client.lock(NAME), other.lock(NAME, sleep=0.005)
    await mine.acquire()
    waiting = asyncio.create_task(theirs.acquire())
    await client.ping()
    assert not waiting.done()
    await mine.release()
    async with asyncio.timeout(5):
        assert await waiting is True


async def test_only_one_task_at_a_time_is_inside(client: Redis[bytes]):
    """Also when all use one Lock object: each task's token is its own."""
    lock = client.lock(NAME, timeout=30, sleep=0.001)
    inside: list[int] = []

    async def work(number: int) -> None:
        async with lock:
            inside.append(number)
            assert await client.incr("inside") == 1
            await client.decr("inside")
            assert inside[-1] == number

    async with asyncio.timeout(20):
        await asyncio.gather(*map(work, range(10)))
    assert sorted(inside) == list(range(10))


async def test_it_expires_after_its_timeout(client: Redis[bytes]):
    lock = client.lock(NAME, timeout=2.5)
    await lock.acquire()
    assert 2000 < await client.pttl(NAME) <= 2500
    for_ever = client.lock("other")
    await for_ever.acquire()
    assert await client.ttl("other") == -1


async def test_a_lock_that_ran_out_is_free(client: Redis[bytes], other: Redis[bytes]):
    """By the server's own clock."""
    await client.lock(NAME, timeout=0.02).acquire()
    async with asyncio.timeout(5):
        assert await other.lock(NAME, sleep=0.005).acquire() is True


async def test_nobody_waits_longer_than_told(client: Redis[bytes], other: Redis[bytes]):
    """Nor tries again when that would be too late."""
    await other.lock(NAME).acquire()
    loop = asyncio.get_running_loop()
    start = loop.time()
    assert await client.lock(NAME, sleep=0.01, blocking_timeout=0.1).acquire() is False
    assert 0.08 <= loop.time() - start < 2
    start = loop.time()
    assert await client.lock(NAME, sleep=60).acquire(blocking_timeout=1) is False
    assert await client.lock(NAME, blocking=False).acquire() is False
    assert loop.time() - start < 1


async def test_a_block_that_cannot_begin_is_an_error(
    client: Redis[bytes], other: Redis[bytes]
):
    await other.lock(NAME).acquire()
    with pytest.raises(LockError, match="Unable to acquire lock within the time") as caught:
        async with client.lock(NAME, blocking_timeout=0):
            pytest.fail("two hold the lock")
    assert not isinstance(caught.value, LockNotOwnedError)


@pytest.mark.parametrize("token", ["mine", b"mine", b"\xff"])
async def test_a_token_may_be_given(client: Redis[bytes], token: str | bytes):
    lock = client.lock(NAME)
    await lock.acquire(token=token)
    assert await client.get(NAME) == (token.encode() if isinstance(token, str) else token)
    assert await lock.owned() is True
    await lock.release()
    assert await lock.locked() is False


async def test_a_decoding_client_locks_as_well(url: str, client: Redis[bytes]):
    """Also where another's token is no text."""
    async with from_url(url, decode_responses=True) as text:
        lock = text.lock(NAME, timeout=30)
        async with lock:
            assert await lock.owned() is True
            assert await lock.extend(1) is True
        await client.lock(NAME).acquire(token=b"\xff")
        assert (await lock.locked(), await lock.owned()) == (True, False)


async def test_a_class_of_ones_own_may_be_used(client: Redis[bytes]):
    class Loud(Lock):
        pass

    assert type(client.lock(NAME, lock_class=Loud)) is Loud


# --- somebody else's lock -----------------------------------------------------------------


async def test_what_was_not_acquired_cannot_be_released(
    client: Redis[bytes], other: Redis[bytes]
):
    lock = client.lock(NAME, timeout=30)
    await other.lock(NAME).acquire()
    await lock.acquire(blocking=False)
    with pytest.raises(LockError, match="Cannot release a lock that's not owned"):
        await lock.release()
    with pytest.raises(LockError, match="Cannot extend an unlocked lock"):
        await lock.extend(1)
    with pytest.raises(LockError, match="Cannot reacquire an unlocked lock"):
        await lock.reacquire()
    assert await client.exists(NAME) == 1


async def test_it_cannot_be_released_twice(client: Redis[bytes]):
    lock = client.lock(NAME)
    await lock.acquire()
    await lock.release()
    with pytest.raises(LockError, match="already unlocked"):
        await lock.release()


@pytest.mark.parametrize("taken", [False, True], ids=["free", "another's"])
async def test_who_came_too_late_changes_nothing(
    client: Redis[bytes], other: Redis[bytes], taken: bool
):
    """The lock expired, and another may have taken it."""
    lock = client.lock(NAME, timeout=30)
    await lock.acquire()
    await run_out(client)
    if taken:
        await other.lock(NAME, timeout=60).acquire(token="theirs")
    assert await lock.owned() is False
    with pytest.raises(LockNotOwnedError, match="Cannot extend"):
        await lock.extend(600)
    with pytest.raises(LockNotOwnedError, match="Cannot reacquire"):
        await lock.reacquire()
    with pytest.raises(LockNotOwnedError, match="no longer owned") as caught:
        await lock.release()
    assert caught.value.outcome is Outcome.DONE
    assert await client.get(NAME) == (b"theirs" if taken else None)
    assert 30_000 < await client.pttl(NAME) <= 60_000 if taken else True
    with pytest.raises(LockError, match="already unlocked"):
        await lock.release()


async def test_leaving_the_block_too_late_is_an_error(client: Redis[bytes]):
    with pytest.raises(LockNotOwnedError):
        async with client.lock(NAME):
            await run_out(client)


async def test_leaving_the_block_too_late_may_be_only_a_warning(
    client: Redis[bytes], caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.WARNING):
        async with client.lock(NAME, raise_on_release_error=False):
            await run_out(client)
    assert "had run out" in caplog.text


async def test_of_two_tasks_the_late_one_does_not_release_the_others(
    client: Redis[bytes],
):
    """They share one Lock object, and the first one's time ran out."""
    lock = client.lock(NAME, timeout=30)
    await lock.acquire()
    await run_out(client)
    acquired, finish = asyncio.Event(), asyncio.Event()

    async def second() -> None:
        async with lock:
            acquired.set()
            await finish.wait()

    task = asyncio.create_task(second())
    await acquired.wait()
    with pytest.raises(LockNotOwnedError):
        await lock.release()
    with pytest.raises(LockError, match="not owned") as caught:
        await lock.release()
    assert "thread_local=False" in caught.value.hint
    assert await client.exists(NAME) == 1
    finish.set()
    await task
    assert await client.exists(NAME) == 0


# --- across tasks -------------------------------------------------------------------------


async def test_what_a_task_left_behind_any_other_may_release(client: Redis[bytes]):
    """A notebook cell is a task; so is, on old Pythons, what wait_for runs."""
    lock = client.lock(NAME, timeout=30)
    assert await asyncio.create_task(lock.acquire()) is True
    assert await lock.owned() is True
    assert await lock.extend(1) is True
    await asyncio.create_task(lock.release())
    assert await client.exists(NAME) == 0
    assert await asyncio.wait_for(lock.acquire(), 5) is True
    await lock.release()


async def test_what_was_left_behind_is_forgotten_with_the_next_holder(
    client: Redis[bytes],
):
    lock = client.lock(NAME, timeout=30)
    for _ in range(5):
        await asyncio.create_task(lock.acquire())
        await run_out(client)
    await lock.acquire()
    assert len(lock._tokens) == 1


async def test_tasks_may_be_allowed_to_hand_it_over(client: Redis[bytes]):
    lock = client.lock(NAME, thread_local=False)
    await lock.acquire()
    await asyncio.create_task(lock.release())
    assert await client.exists(NAME) == 0


# --- holding it longer --------------------------------------------------------------------


async def test_extend_adds_to_the_time_that_is_left(client: Redis[bytes]):
    lock = client.lock(NAME, timeout=10)
    await lock.acquire()
    assert await lock.extend(5.5) is True
    assert 14_000 < await client.pttl(NAME) <= 15_500


async def test_extend_may_replace_the_time_that_is_left(client: Redis[bytes]):
    lock = client.lock(NAME, timeout=10)
    await lock.acquire()
    assert await lock.extend(5.5, replace_ttl=True) is True
    assert 4_500 < await client.pttl(NAME) <= 5_500


async def test_reacquire_begins_the_time_anew(client: Redis[bytes]):
    lock = client.lock(NAME, timeout=10)
    await lock.acquire()
    await client.pexpire(NAME, 1_000)
    assert await lock.reacquire() is True
    assert 9_000 < await client.pttl(NAME) <= 10_000


async def test_a_lock_without_a_timeout_has_no_time_to_prolong(client: Redis[bytes]):
    lock = client.lock(NAME)
    await lock.acquire()
    with pytest.raises(LockError, match="Cannot extend a lock with no timeout"):
        await lock.extend(1)
    with pytest.raises(LockError, match="Cannot reacquire a lock with no timeout"):
        await lock.reacquire()
    assert await client.ttl(NAME) == -1


async def test_its_scripts_survive_script_flush(client: Redis[bytes]):
    lock = client.lock(NAME, timeout=10)
    await lock.acquire()
    await client.script_flush()
    assert await lock.extend(1) is True
    await client.script_flush()
    await lock.release()
    assert await client.exists(NAME) == 0


# --- calls without an answer --------------------------------------------------------------


@pytest.mark.parametrize("turns", range(6))
async def test_a_cancelled_acquire_leaves_no_lock(
    url: str, other: Redis[bytes], turns: int
):
    """Wherever the cancel meets it: before, during or after its SET."""
    async with from_url(url) as client:
        lock = client.lock(NAME)
        task = asyncio.create_task(lock.acquire())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await client.ping()
        assert await other.exists(NAME) == 0
        assert await lock.acquire(blocking=False) is True


async def test_a_cancel_when_the_answer_has_come_leaves_no_lock(client: Redis[bytes]):
    """The server said OK, and the task was cancelled before it could read that."""
    lock, said = client.lock(NAME), client.set

    def interrupted(*args: Any, **options: Any) -> Any:
        reply = said(*args, **options)
        reply.add_done_callback(lambda _: task.cancel())
        return reply

    client.set = interrupted  # type: ignore[method-assign]
    task = asyncio.create_task(lock.acquire())
    with pytest.raises(asyncio.CancelledError):
        await task
    await client.ping()
    assert await client.exists(NAME) == 0


async def test_a_waiter_that_is_cancelled_leaves_the_holders_lock(
    client: Redis[bytes], other: Redis[bytes]
):
    await other.lock(NAME).acquire(token="theirs")
    with pytest.raises(asyncio.TimeoutError):
        async with asyncio.timeout(0.05):
            await client.lock(NAME, sleep=0.001).acquire()
    await client.ping()
    assert await client.get(NAME) == b"theirs"


async def test_a_cancelled_block_gives_it_back(client: Redis[bytes]):
    inside = asyncio.Event()

    async def work() -> None:
        async with client.lock(NAME):
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await client.exists(NAME) == 0


async def test_an_acquire_that_got_no_answer_leaves_no_lock(private: Server):
    """The server took it while it was frozen, after the caller had given up."""
    async with from_url(private.url, socket_timeout=0.2) as client:
        await client.ping()
        assert private.pid is not None
        os.kill(private.pid, signal.SIGSTOP)
        try:
            with pytest.raises(TimeoutError):
                await client.lock(NAME).acquire()
        finally:
            os.kill(private.pid, signal.SIGCONT)
        await client.ping()
        assert await client.exists(NAME) == 0


async def test_a_refused_acquire_is_the_servers_error(client: Redis[bytes]):
    """A life of less than a millisecond."""
    with pytest.raises(ResponseError, match="invalid expire"):
        await client.lock(NAME, timeout=0.0001).acquire()
