"""A lock that lives in the server: one holder at a time, among all clients.

    async with client.lock("report", timeout=30):
        ...

The lock is a key whose value is its holder's token, a random word. Rules of this file:
- Whoever sets the key when there is none (SET NX) holds the lock, until they delete it or
  it expires. With ``timeout`` a holder that crashes locks nobody out for ever; without,
  it does.
- The key is only deleted or prolonged by a script that compares the token first. So a
  holder whose time ran out can do nothing to the next one's lock.
- Each task has a token of its own, as each thread has in redis-py. What a task that has
  *ended* left behind may be released by any other: a lock that one notebook cell took and
  another gives back, or one taken by ``asyncio.wait_for(lock.acquire(), 5)``.
- A call that ends without an answer (a cancel, a time-out) may have taken the lock all the
  same, so a release is sent behind it. If that cannot be sent either, only ``timeout``
  frees the lock.
"""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from redislab.client.script import Script
from redislab.commands import Key
from redislab.commands.replies import payload
from redislab.exceptions import LockError, LockNotOwnedError, Outcome, RedisError

if TYPE_CHECKING:
    from redislab.client.redis import Redis

RELEASE = """\
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
"""

PROLONG = """\
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
local life = tonumber(ARGV[2])
if ARGV[3] == 'add' then
    local left = redis.call('PTTL', KEYS[1])
    if left < 0 then return 0 end
    life = life + left
end
redis.call('PEXPIRE', KEYS[1], life)
return 1
"""

_ANOTHER_TASKS = (
    "Only the task that acquired it holds it, until that task ends; thread_local=False "
    "lets tasks hand it over."
)

_log = logging.getLogger(__name__)


class Lock:
    """A lock by its name. Made by ``Redis.lock``, which says what the options mean."""

    def __init__(
        self,
        redis: Redis[Any],
        name: Key,
        timeout: float | None = None,
        sleep: float = 0.1,
        blocking: bool = True,
        blocking_timeout: float | None = None,
        thread_local: bool = True,
        raise_on_release_error: bool = True,
    ) -> None:
        self.redis = redis
        self.name = name
        self.timeout = timeout
        self.sleep = sleep
        self.blocking = blocking
        self.blocking_timeout = blocking_timeout
        self.thread_local = thread_local
        self.raise_on_release_error = raise_on_release_error
        self._tokens: dict[asyncio.Task[Any] | None, bytes] = {}

    def __repr__(self) -> str:
        return f"<Lock {self.name!r} on {self.redis!r}>"

    # --- taking it ----------------------------------------------------------------------

    async def acquire(
        self,
        blocking: bool | None = None,
        blocking_timeout: float | None = None,
        token: str | bytes | None = None,
    ) -> bool:
        """Take the lock; whether it was got.

        Sends ``SET name token NX [PX milliseconds]``, every ``sleep`` seconds until it
        succeeds, for at most ``blocking_timeout`` seconds; once if not ``blocking``. What
        is not given here is as ``Redis.lock`` was told. ``token``: instead of a random one.
        https://valkey.io/commands/set/
        """
        word = _word(token)
        blocking = self.blocking if blocking is None else blocking
        patience = self.blocking_timeout if blocking_timeout is None else blocking_timeout
        clock = asyncio.get_running_loop().time
        deadline = None if patience is None else clock() + patience
        while not await self._try(word):
            if not blocking:
                return False
            if deadline is not None and clock() + self.sleep > deadline:
                return False
            await asyncio.sleep(self.sleep)
        self._remember(word)
        return True

    async def _try(self, token: bytes) -> bool:
        life = _milliseconds(self.timeout) if self.timeout else None
        try:
            return bool(await self.redis.set(self.name, token, nx=True, px=life))
        except asyncio.CancelledError:
            self._give_back(token)
            raise
        except RedisError as error:
            if error.outcome is Outcome.UNKNOWN:
                self._give_back(token)
            raise

    def _give_back(self, token: bytes) -> None:
        """Should the lost call have got the lock: the server runs this after it."""
        with suppress(RedisError, RuntimeError):  # its caller has an error already
            reply = self.redis.eval(RELEASE, 1, self.name, token)
            reply.add_done_callback(lambda reply: reply.cancelled() or reply.exception())

    # --- giving it back, keeping it longer ----------------------------------------------

    async def release(self) -> None:
        """Give the lock back.

        Deletes the key if it still holds this token. Raises LockError when nothing was
        acquired, LockNotOwnedError when it ran out, or was taken by somebody else since.
        """
        holder, token = self._held(
            "Cannot release a lock that's not owned or is already unlocked."
        )
        released = await self._ask(RELEASE, token)
        if self._tokens.get(holder) == token:
            del self._tokens[holder]
        if not released:
            raise _not_owned("Cannot release a lock that's no longer owned")

    async def extend(
        self, additional_time: float, replace_ttl: bool = False
    ) -> Literal[True]:
        """Hold the lock for ``additional_time`` seconds more; gives True.

        ``replace_ttl``: so long from now instead. Raises LockError when nothing was
        acquired or the lock has no timeout, LockNotOwnedError when it ran out.
        """
        _, token = self._held("Cannot extend an unlocked lock")
        if self.timeout is None:
            raise LockError("Cannot extend a lock with no timeout")
        how = "set" if replace_ttl else "add"
        if not await self._ask(PROLONG, token, _milliseconds(additional_time), how):
            raise _not_owned("Cannot extend a lock that's no longer owned")
        return True

    async def reacquire(self) -> Literal[True]:
        """Hold the lock for its whole ``timeout`` from now; gives True.

        Raises as ``extend``.
        """
        _, token = self._held("Cannot reacquire an unlocked lock")
        if self.timeout is None:
            raise LockError("Cannot reacquire a lock with no timeout")
        if not await self._ask(PROLONG, token, _milliseconds(self.timeout), "set"):
            raise _not_owned("Cannot reacquire a lock that's no longer owned")
        return True

    async def _ask(self, script: str, *args: bytes | int | str) -> bool:
        """Run one of the scripts; whether the token was the right one."""
        return bool(await Script(self.redis, script)(keys=[self.name], args=args))

    # --- asking -------------------------------------------------------------------------

    async def locked(self) -> bool:
        """Whether anybody holds the lock. Sends ``EXISTS name``."""
        return bool(await self.redis.exists(self.name))

    async def owned(self) -> bool:
        """Whether this task holds the lock still. Sends ``GET name``."""
        stored = await self.redis._run(("GET", self.name), payload)
        return stored is not None and stored == self._tokens.get(self._holder())

    # --- whose token --------------------------------------------------------------------

    def _here(self) -> asyncio.Task[Any] | None:
        """Who may hold: the running task, or with ``thread_local=False`` just anybody."""
        return asyncio.current_task() if self.thread_local else None

    def _holder(self) -> asyncio.Task[Any] | None:
        """The running task; if it has no token, one that ended and left its own."""
        here = self._here()
        if here in self._tokens:
            return here
        return next((task for task in self._tokens if task and task.done()), here)

    def _held(self, refusal: str) -> tuple[asyncio.Task[Any] | None, bytes]:
        holder = self._holder()
        token = self._tokens.get(holder)
        if token is None:
            hint = _ANOTHER_TASKS if self._tokens else None
            raise LockError(refusal, hint=hint)
        return holder, token

    def _remember(self, token: bytes) -> None:
        """This task holds it; so the time of those who left theirs behind has run out."""
        for task in list(self._tokens):
            if task is not None and task.done():
                del self._tokens[task]
        self._tokens[self._here()] = token

    # --- async with ---------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        if await self.acquire():
            return self
        raise LockError("Unable to acquire lock within the time specified")

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            await self.release()
        except LockError:
            if self.raise_on_release_error:
                raise
            _log.warning("a lock had run out, or was released, before its block ended")


def _word(token: str | bytes | None) -> bytes:
    if token is None:
        return os.urandom(16).hex().encode()
    return token.encode() if isinstance(token, str) else token


def _milliseconds(seconds: float) -> int:
    return int(seconds * 1000)


def _not_owned(words: str) -> LockNotOwnedError:
    """The server has compared the tokens."""
    return LockNotOwnedError(words, outcome=Outcome.DONE)
