"""A script that is called like a function.

    double = client.register_script("return redis.call('GET', KEYS[1]) * 2")
    await double(keys=["n"])

Rules of this file:
- A call sends only the script's digest (EVALSHA). A server that does not have the script
  answers NOSCRIPT and has run nothing, so the call is sent again, with the text (EVAL),
  which makes the server remember it. No state is kept about what a server has: it may
  restart, or be told SCRIPT FLUSH, at any time.
- In a pipeline there is no second try: what comes after may depend on it. So the first
  call of a script in a pipe is kept with its text, the others with the digest. That needs
  no question beforehand, and nobody can flush the script between question and EXEC.
- After WATCH the text goes along for the same reason: MULTI may come before the answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVarTuple, overload

from redislab.client.pipeline import Pipeline
from redislab.commands import Key, T, Value
from redislab.commands.run import flat
from redislab.connection.session import Reply
from redislab.exceptions import NoScriptError

Ts = TypeVarTuple("Ts")

if TYPE_CHECKING:
    from redislab.client.kept import Kept
    from redislab.client.redis import Redis


class Script:
    """A Lua script and the client it runs on. Made by ``Redis.register_script``."""

    def __init__(self, registered_client: Redis[Any], script: str | bytes) -> None:
        self.registered_client = registered_client
        self.script = script
        text = script.encode() if isinstance(script, str) else script
        self.sha = hashlib.sha1(text, usedforsecurity=False).hexdigest()
        """The name a server knows it by."""

    def __repr__(self) -> str:
        return f"<Script {self.sha}>"

    @overload
    def __call__(
        self,
        keys: Key | Iterable[Key] | None = ...,
        args: Value | Iterable[Value] | None = ...,
        client: Redis[Any] | None = ...,
    ) -> Reply[Any]: ...

    @overload
    def __call__(
        self,
        keys: Key | Iterable[Key] | None = ...,
        args: Value | Iterable[Value] | None = ...,
        *,
        client: Pipeline[T, *Ts],
    ) -> Kept[T, *Ts, Any]: ...

    def __call__(
        self,
        keys: Key | Iterable[Key] | None = None,
        args: Value | Iterable[Value] | None = None,
        client: Redis[Any] | Pipeline[Any, *tuple[Any, ...]] | None = None,
    ) -> Any:
        """Run it; gives what it returns, as ``eval`` does.

        ``keys`` are all the keys it uses, ``KEYS[1]`` ... in the script; ``args`` are
        ``ARGV[1]`` ... Another ``client`` may run it; a pipeline keeps it like any other
        command. Sends ``EVALSHA sha numkeys ...``, and ``EVAL`` after NOSCRIPT. Raises
        ResponseError when the script fails.
        https://valkey.io/commands/evalsha/
        """
        names = () if keys is None else flat(keys, ())
        words = names if args is None else (*names, *flat(args, ()))
        if isinstance(client, Pipeline):
            return self._keep(client, len(names), words)
        if client is None:
            client = self.registered_client
        reply = client.evalsha(self.sha, len(names), *words)
        return client._later(self._insist(client, reply, len(names), words))

    def _keep(
        self, pipe: Pipeline[Any, *tuple[Any, ...]], count: int, words: tuple[Any, ...]
    ) -> Any:
        if pipe._immediate:
            return pipe.eval(self.script, count, *words)
        if self.sha in pipe._scripts:
            return pipe.evalsha(self.sha, count, *words)
        pipe._scripts.add(self.sha)
        return pipe.eval(self.script, count, *words)

    async def _insist(
        self, client: Redis[Any], reply: Reply[Any], count: int, words: tuple[Any, ...]
    ) -> Any:
        try:
            return await reply
        except NoScriptError:
            return await client.eval(self.script, count, *words)
