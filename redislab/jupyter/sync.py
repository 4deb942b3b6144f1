"""Run a coroutine to its end from code that cannot await: the one place that nests loops.

A magic in a plain function, under ``%%time`` or in a lambda has to give its value at
once. In a kernel the event loop is already running further up the stack, and asyncio
refuses to run it a second time; nest-asyncio2 patches it so that it may. The patch
is global and costs speed, so its rules here are strict:
- it is applied at the first such call, never at import and never for awaited magics;
- only the running loop is patched, and it is never closed;
- the stop button cancels the coroutine, as ``asyncio.run`` does it: it is not raised in
  the middle of whatever step runs just then, so a connection is left in order.

In a terminal no loop runs between cells, and IPython's own is used as it is.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

from IPython.core.async_helpers import get_asyncio_loop

from redislab.jupyter.failure import stopped

T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """What ``coroutine`` returns. Raises what it raises, KeyboardInterrupt when it was
    stopped, and RuntimeError on an event loop that cannot be nested (uvloop).
    """
    loop: asyncio.AbstractEventLoop = get_asyncio_loop()  # type: ignore[no-untyped-call]  # not annotated
    try:
        if loop.is_running():
            _allow_nesting(loop)
        task = loop.create_task(coroutine)
    except BaseException:
        coroutine.close()
        raise
    with _interrupt_cancels(task, loop) as interrupted:
        try:
            return loop.run_until_complete(task)
        except asyncio.CancelledError:
            if interrupted.is_set():
                raise stopped(KeyboardInterrupt()) from None
            raise


def _allow_nesting(loop: asyncio.AbstractEventLoop) -> None:
    import nest_asyncio2

    try:
        nest_asyncio2.apply(loop)
    except ValueError:
        raise RuntimeError(
            f"a magic in a function needs asyncio's own event loop, not {type(loop)}: "
            "use it at the top level of a cell, or await the client"
        ) from None


@contextmanager
def _interrupt_cancels(
    task: asyncio.Task[Any], loop: asyncio.AbstractEventLoop
) -> Iterator[threading.Event]:
    """While inside, the first interrupt cancels the task and the next one raises.

    Only the main thread may set signal handlers; elsewhere (a subshell) nothing changes.
    """
    interrupted = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield interrupted
        return

    def on_interrupt(_number: int, _frame: FrameType | None) -> None:
        if interrupted.is_set():
            raise KeyboardInterrupt
        interrupted.set()
        loop.call_soon_threadsafe(task.cancel)  # wakes a loop that sleeps in select

    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)
