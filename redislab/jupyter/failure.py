"""An error in a cell: two clean lines instead of a traceback through our own code.

The first line is the error, the second its hint. The exception itself stays what it is,
with its type and its attributes, so ``except WrongTypeError`` and the debugger work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any, TypeVar

from redislab.client.redis import Redis
from redislab.exceptions import RedisError, ResponseError
from redislab.views.markup import visible

E = TypeVar("E", bound=RedisError)
S = TypeVar("S", bound=BaseException)

_RENDER = "_render_traceback_"


def two_lines(error: E, text: str | None = None) -> E:
    """``error``, to be shown as two lines; ``text`` stands for its message if given.

    IPython asks an exception for ``_render_traceback_`` before it makes a traceback. One
    that has its two lines keeps them.
    """
    if _RENDER not in vars(error):
        first = f"{type(error).__name__}: {visible(text or str(error))}"
        vars(error)[_RENDER] = lambda: [first, visible(error.hint)]
    return error


@contextmanager
def short_when_stopped() -> Iterator[None]:
    """A magic that was stopped says so in two lines as well."""
    try:
        yield
    except asyncio.CancelledError as error:
        stopped(error)
        raise


def stopped(error: S) -> S:
    """``error``, which ended a magic that was stopped, to be shown as two lines.

    It must be asyncio's or Python's own, never a class of ours: ``asyncio.timeout`` and
    task groups depend on it.
    """
    lines = ["Stopped.", "What was sent may still run; its reply will be dropped."]
    vars(error)[_RENDER] = lambda: lines
    return error


async def suggest_command(client: Redis[Any], name: bytes, error: RedisError) -> None:
    """For an unknown command, make the hint name the nearest one this server has.

    Asks the server (COMMAND LIST, since Redis 7.0); an older one leaves the hint alone.
    """
    if "unknown command" not in str(error):
        return
    try:
        known = await client.execute_command("COMMAND", "LIST")
    except ResponseError:
        return
    close = nearest(name.decode("utf-8", "replace").upper(), [n.decode() for n in known])
    error.hint = f"Did you mean {close}?" if close else "The server has no such command."


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant, None when none is near.

    Letters in the wrong order are the commonest slip, so the same letters come first.

    >>> nearest("GTE", ["GETEX", "GET", "TTL"])
    'GET'
    """
    names = sorted(name.upper() for name in known)
    close = get_close_matches(word, names, n=8, cutoff=0.6)
    return min(close, key=lambda name: sorted(name) != sorted(word), default=None)
