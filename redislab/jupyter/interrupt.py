"""The stop button while a magic is awaited.

Two gaps of the hosts are closed here:
- A kernel's interrupt handler asks the loop to cancel the cell, but does not wake it
  (ipykernel #881): a loop that sleeps in ``select`` hears of it at its next event, which
  may be never. A timer twenty times a second is such an event.
- In terminal IPython, Ctrl-C leaves the cell's coroutine pending on a loop that is not
  closed, and the next cell would wake it up again. It is cancelled and let finish first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

HEARTBEAT_SECONDS = 0.05

_awaiting: set[asyncio.Task[Any]] = set()


class _Heartbeat:
    """A timer that does nothing, again and again."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._beat()

    def _beat(self) -> None:
        self._timer = self._loop.call_later(HEARTBEAT_SECONDS, self._beat)

    def stop(self) -> None:
        self._timer.cancel()


@contextmanager
def heartbeat() -> Iterator[None]:
    """While inside, the running loop wakes often enough to notice an interrupt, and the
    current task is one that ``drain`` finishes.
    """
    task = asyncio.current_task()
    assert task is not None, "a magic is awaited by a task"
    outermost = task not in _awaiting
    _awaiting.add(task)
    beating = _Heartbeat(asyncio.get_running_loop())
    try:
        yield
    finally:
        beating.stop()
        if outermost:
            _awaiting.discard(task)


def drain() -> None:
    """Cancel what an interrupted cell left behind, and let it come to its end.

    In a kernel the loop is running and asyncio has done so already: nothing happens.
    """
    left = [task for task in _awaiting if not task.get_loop().is_running()]
    for task in left:
        task.cancel()
    for task in left:
        loop = task.get_loop()
        if not loop.is_closed():
            loop.run_until_complete(asyncio.wait([task]))
        _awaiting.discard(task)
