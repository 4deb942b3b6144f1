"""An error in a cell: two clean lines instead of a traceback through our own code.

The first line is the error, the second its hint. The exception itself stays what it is,
with its type and its attributes, so ``except WrongTypeError`` and the debugger work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from redislab.client.redis import Redis
from redislab.commands.replies import string
from redislab.exceptions import ConnectionError, RedisError
from redislab.jupyter.docs import docs
from redislab.views.markup import visible

if TYPE_CHECKING:
    from redislab.jupyter.notebook import Notebook

E = TypeVar("E", bound=RedisError)
S = TypeVar("S", bound=BaseException)


class OfNotebook(Protocol):
    """Whatever holds magics."""

    @property
    def notebook(self) -> Notebook: ...


M = TypeVar("M", bound=OfNotebook)
P = ParamSpec("P")
R = TypeVar("R")

_RENDER = "_render_traceback_"


def short(
    magic: Callable[Concatenate[M, P], Coroutine[Any, Any, R]],
) -> Callable[Concatenate[M, P], Coroutine[Any, Any, R]]:
    """A magic whose errors of ours are shown as two lines."""

    @wraps(magic)
    async def run(self: M, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return await magic(self, *args, **kwargs)
        except RedisError as error:
            if isinstance(error, ConnectionError):
                self.notebook.classroom.name_way_on(error)
            raise two_lines(error) from None

    return run


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
    """Make the hint tell what this server would have understood: the nearest command for
    an unknown one, the syntax for a wrong number of arguments.

    Asks the server (COMMAND LIST and COMMAND DOCS, since Redis 7.0); an older one leaves
    the hint alone.
    """
    said = str(error)
    try:
        if "unknown command" in said:
            known = await client.execute_command("COMMAND", "LIST")
            close = nearest(name.decode("utf-8", "replace").upper(), map(string, known))
            error.hint = (
                f"Did you mean {close}?" if close else "The server has no such command."
            )
        elif "wrong number of arguments" in said or "syntax error" in said:
            known = await docs(client, name.decode("utf-8", "replace"))
            lines = [doc.usage for doc in known.values() if not doc.subcommands]
            error.hint = lines[0] if len(lines) == 1 else error.hint
    except RedisError:
        return  # the first error is the one to show


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant, None when none is near.

    Letters in the wrong order are the commonest slip, so the same letters come first.

    >>> nearest("GTE", ["GETEX", "GET", "TTL"])
    'GET'
    """
    names = sorted(name.upper() for name in known)
    close = get_close_matches(word, names, n=8, cutoff=0.6)
    return min(close, key=lambda name: sorted(name) != sorted(word), default=None)
