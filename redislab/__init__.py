"""redislab: teach and explore Redis in Jupyter, on a real server, with a fast client.

    import redislab

    client = redislab.from_url("redis://localhost")
    await client.set("greeting", "hello")

    with redislab.Server() as server: ...           a private server, gone with this process
    with redislab.record(client) as recording: ...  what was sent and answered, as facts
    %load_ext redislab                              the magics, in a notebook

Names, argument orders and replies are those of redis-py's asyncio client.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redislab.client.lock import Lock
from redislab.client.monitor import Monitor
from redislab.client.pipeline import Pipeline
from redislab.client.pubsub import PubSub
from redislab.client.redis import Redis
from redislab.client.script import Script
from redislab.connection.session import Reply
from redislab.exceptions import (
    AskError,
    AuthenticationError,
    BusyLoadingError,
    ConnectionError,
    DataError,
    ExecAbortError,
    InvalidResponse,
    LockError,
    LockNotOwnedError,
    MaxConnectionsError,
    MovedError,
    NoPermissionError,
    NoScriptError,
    Outcome,
    OutOfMemoryError,
    PubSubError,
    ReadOnlyError,
    RedisError,
    ResponseError,
    ServerNotFoundError,
    TimeoutError,
    WatchError,
    WrongTypeError,
)

if TYPE_CHECKING:
    from redislab.servers import Server as Server
    from redislab.trace import Recording as Recording
    from redislab.trace import record as record

__version__ = "0.1.0"

from_url = Redis.from_url
"""A client for ``redis://``, ``rediss://`` or ``unix://``: see ``Redis.from_url``."""

__all__ = [
    "AskError",
    "AuthenticationError",
    "BusyLoadingError",
    "ConnectionError",
    "DataError",
    "ExecAbortError",
    "InvalidResponse",
    "Lock",
    "LockError",
    "LockNotOwnedError",
    "MaxConnectionsError",
    "Monitor",
    "MovedError",
    "NoPermissionError",
    "NoScriptError",
    "OutOfMemoryError",
    "Outcome",
    "Pipeline",
    "PubSub",
    "PubSubError",
    "ReadOnlyError",
    "Recording",
    "Redis",
    "RedisError",
    "Reply",
    "ResponseError",
    "Script",
    "Server",
    "ServerNotFoundError",
    "TimeoutError",
    "WatchError",
    "WrongTypeError",
    "from_url",
    "load_ipython_extension",
    "record",
    "unload_ipython_extension",
]

_LAZY = {
    "Server": "redislab.servers",
    "Recording": "redislab.trace",
    "record": "redislab.trace",
}
"""A script that only wants the client pays for nothing else: these load when first used."""


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'redislab' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_LAZY[name]), name)
    globals()[name] = value
    return value


def load_ipython_extension(shell: Any) -> None:
    """What ``%load_ext redislab`` calls."""
    from redislab.jupyter.extension import load

    load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """What ``%unload_ext redislab`` calls."""
    from redislab.jupyter.extension import unload

    unload(shell)
