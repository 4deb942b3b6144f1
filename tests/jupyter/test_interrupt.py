"""The stop button's two gaps, closed."""

import asyncio

import pytest

from redislab.jupyter.interrupt import HEARTBEAT_SECONDS, drain, heartbeat


async def test_the_loop_wakes_up_while_a_magic_is_awaited(monkeypatch):
    """A loop in ``select`` for ever would never hear of an interrupt."""
    loop = asyncio.get_running_loop()
    pauses = []
    select = loop._selector.select

    def noted(timeout):
        pauses.append(timeout)
        return select(timeout)

    monkeypatch.setattr(loop._selector, "select", noted)
    never = loop.create_future()
    with heartbeat():
        loop.call_later(2.5 * HEARTBEAT_SECONDS, never.set_result, None)
        await never
    assert all(pause is not None and pause <= HEARTBEAT_SECONDS for pause in pauses)


async def test_the_heartbeat_ends_with_the_magic():
    with heartbeat():
        pass
    loop = asyncio.get_running_loop()
    assert all(timer.cancelled() for timer in loop._scheduled)


def test_what_an_interrupted_cell_left_behind_is_cancelled_and_finished():
    """In a terminal, Ctrl-C leaves the cell's task pending on a loop that lives on."""
    loop = asyncio.new_event_loop()
    ended = []

    async def cell():
        loop.call_soon(interrupt)
        with heartbeat():
            try:
                await asyncio.Event().wait()
            finally:
                ended.append("tidied up")

    def interrupt():
        raise KeyboardInterrupt

    task = loop.create_task(cell())
    with pytest.raises(KeyboardInterrupt):
        loop.run_until_complete(task)
    assert not task.done()
    drain()
    assert task.cancelled()
    assert ended == ["tidied up"]
    drain()
    loop.close()


async def test_nothing_is_drained_while_its_loop_runs():
    """In a kernel the hook runs inside the very loop that awaits the magic."""

    async def cell():
        with heartbeat():
            drain()
            await asyncio.sleep(0)
        return "done"

    assert await asyncio.create_task(cell()) == "done"
