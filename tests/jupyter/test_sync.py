"""Coroutines run to their end from code that cannot await."""

import asyncio
import signal
import subprocess
import sys

import pytest
from IPython.core import async_helpers

from redislab.jupyter import sync


@pytest.fixture
def own_loop(monkeypatch):
    """IPython's loop for terminals, made for one test."""
    loop = asyncio.new_event_loop()
    monkeypatch.setattr(async_helpers, "_asyncio_event_loop", loop)
    yield loop
    loop.close()


def test_in_a_terminal_ipythons_own_loop_is_used_and_stays(own_loop):
    async def where():
        return asyncio.get_running_loop()

    assert sync.run(where()) is own_loop
    assert sync.run(where()) is own_loop
    assert not own_loop.is_closed()
    assert not hasattr(own_loop, "_nest_patched")


def test_what_the_coroutine_raises_is_raised(own_loop):
    async def fail():
        raise LookupError("no")

    with pytest.raises(LookupError, match="no"):
        sync.run(fail())


def test_an_interrupt_cancels_and_lets_the_coroutine_tidy_up(own_loop):
    ended = []

    async def wait():
        own_loop.call_soon(signal.raise_signal, signal.SIGINT)
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("tidied up")

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        sync.run(wait())
    assert ended == ["tidied up"]
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_interrupt_is_not_waited_for(own_loop):
    """Something that refuses to be cancelled can still be stopped."""

    async def stubborn():
        own_loop.call_soon(signal.raise_signal, signal.SIGINT)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        sync.run(stubborn())


_NESTED = """
import asyncio, sys
from redislab.jupyter import sync

async def inner():
    await asyncio.sleep(0)
    return "inner"

async def outer():
    assert "nest_asyncio2" not in sys.modules
    assert sync.run(inner()) == "inner"
    assert sync.run(inner()) == "inner"
    await asyncio.sleep(0)
    return "outer"

loop = asyncio.new_event_loop()
assert loop.run_until_complete(outer()) == "outer"
assert not loop.is_closed()
loop.close()
"""


def test_in_a_running_loop_it_nests_and_only_then_loads_what_nests():
    """In a process of its own: the patch changes asyncio for good."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _NESTED],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
