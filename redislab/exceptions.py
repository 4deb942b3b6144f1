"""Every error redislab raises, and how a server's error reply becomes one.

    RedisError
    ├── ConnectionError            also the built-in ConnectionError
    │   ├── AuthenticationError        NOAUTH, WRONGPASS
    │   ├── BusyLoadingError           LOADING
    │   ├── MaxConnectionsError        no free connection within the waiting time
    │   └── ServerNotFoundError        no server binary on this machine
    ├── TimeoutError               also the built-in TimeoutError
    ├── ResponseError              the server answered with an error
    │   ├── WrongTypeError             WRONGTYPE
    │   ├── ExecAbortError             EXECABORT
    │   ├── NoScriptError              NOSCRIPT
    │   ├── NoPermissionError          NOPERM
    │   ├── ReadOnlyError              READONLY
    │   ├── OutOfMemoryError           OOM
    │   ├── BusyScriptError            BUSY
    │   ├── MasterDownError            MASTERDOWN
    │   ├── CrossSlotError             CROSSSLOT
    │   ├── ClusterDownError           CLUSTERDOWN
    │   ├── TryAgainError              TRYAGAIN
    │   └── AskError                   ASK
    │       └── MovedError             MOVED
    ├── InvalidResponse            the peer's bytes are not the protocol
    ├── WatchError                 EXEC ran nothing: a watched key changed
    ├── DataError                  refused before a byte was sent
    ├── PubSubError
    └── LockError                  also the built-in ValueError
        └── LockNotOwnedError

The names are redis-py's. Each error also says, in ``outcome``, what became of the
command and, in ``hint``, one sentence for somebody who meets it for the first time.
"""

from __future__ import annotations

import builtins
import enum
from collections.abc import Callable, Sequence
from typing import Any


class Outcome(enum.Enum):
    """What became of a command whose call failed."""

    DONE = "the server answered"
    NOT_SENT = "not sent: the server never saw it"
    UNKNOWN = "unknown: it was sent, and no answer came"


class RedisError(Exception):
    """The root of the tree.

    A pipeline adds what it knows to the error of its command: ``index`` (counted from
    0), ``command`` (the argument tuple), ``place`` (both in words, fit to be shown) and
    ``results`` (the whole list, with every reply that did arrive). Outside a pipeline they
    are None. ``args[0]`` is always the server's own words.
    """

    outcome: Outcome = Outcome.NOT_SENT
    hint: str = "Nothing was sent to the server."

    index: int | None = None
    command: tuple[Any, ...] | None = None
    place: str | None = None
    results: list[Any] | None = None

    def __init__(
        self, *args: object, outcome: Outcome | None = None, hint: str | None = None
    ) -> None:
        super().__init__(*args)
        if outcome is not None:
            self.outcome = outcome
        if hint is not None:
            self.hint = hint

    def __str__(self) -> str:
        words = super().__str__()
        return words if self.place is None else f"{self.place} caused error: {words}"


# --- the connection ------------------------------------------------------------------


class ConnectionError(RedisError, builtins.ConnectionError):  # noqa: A001  redis-py's name
    """The server cannot be reached, or the link to it was lost."""

    hint = "Check that the server runs at this address; the next command connects anew."


class AuthenticationError(ConnectionError):
    """The server wants a user name or a password, or another one."""

    hint = (
        "Give username= and password=, or put them in the URL: redis://user:password@host."
    )


class BusyLoadingError(ConnectionError):
    """The server is still reading its data from disk."""

    outcome = Outcome.DONE
    hint = "The server is starting: try again in a moment."


class MaxConnectionsError(ConnectionError):
    """All connections of the pool stayed in use for the whole waiting time."""

    hint = "Raise max_connections, or release pipelines and blocking calls sooner."


class ServerNotFoundError(ConnectionError):
    """This machine has no server binary that redislab could start."""

    hint = "Run `redislab doctor`: it names what to install on this platform."


class TimeoutError(RedisError, builtins.TimeoutError):  # noqa: A001  redis-py's name
    """No answer came in time."""

    outcome = Outcome.UNKNOWN
    hint = "The command may have run: read before you repeat it, or raise socket_timeout."


# --- the server's own errors ----------------------------------------------------------


class ResponseError(RedisError):
    """The server understood the request and answered with an error."""

    outcome = Outcome.DONE
    hint = "The server refused this command; nothing was changed by it."


class WrongTypeError(ResponseError):
    hint = "The key holds another type: TYPE tells which, DEL makes room for a new one."


class ExecAbortError(ResponseError):
    hint = "A command was refused while it was queued, so EXEC ran none of them."


class NoScriptError(ResponseError):
    hint = "The server does not have this script yet: SCRIPT LOAD it, or use EVAL."


class NoPermissionError(ResponseError):
    hint = "This user may not do that: ACL WHOAMI names the user, ACL LIST what it may do."


class ReadOnlyError(ResponseError):
    hint = "This server is a replica: send writes to its primary."


class OutOfMemoryError(ResponseError):
    hint = "The server reached maxmemory and its policy evicts nothing for this command."


class BusyScriptError(ResponseError):
    hint = "A script blocks the server: SCRIPT KILL ends it if it has not written yet."


class MasterDownError(ResponseError):
    hint = "This replica has lost its primary and is told not to serve stale data."


class CrossSlotError(ResponseError):
    hint = "Give the keys one hash tag, like user:{42}:name, so that they share a slot."


class ClusterDownError(ResponseError):
    hint = "Some slots have no node: CLUSTER INFO and CLUSTER SHARDS say which."


class TryAgainError(ResponseError):
    hint = "The slot is being moved and the keys are on two nodes: try again."


class AskError(ResponseError):
    """The slot is being moved: ask the named node this once."""

    hint = "This server is part of a cluster: use RedisCluster, which follows redirects."

    def __init__(self, message: str, **options: Any) -> None:
        super().__init__(message, **options)
        self.slot, self.host, self.port = _redirect(message)


class MovedError(AskError):
    """The slot lives on another node."""


def _redirect(message: str) -> tuple[int | None, str | None, int | None]:
    """``MOVED 3999 10.0.0.1:6381`` -> (3999, "10.0.0.1", 6381).

    The line comes from a server: one of another form gives (None, None, None).
    """
    _, slot, address = [*message.split(" "), "", ""][:3]
    host, _, port = address.rpartition(":")
    if not (slot.isdecimal() and port.isdecimal()):
        return None, None, None
    return int(slot), host, int(port)


# --- the client's own -----------------------------------------------------------------


class InvalidResponse(RedisError):  # noqa: N818  redis-py's name
    """The bytes from the peer are not the Redis protocol, or answer nothing we asked."""

    outcome = Outcome.UNKNOWN
    hint = "Is the peer a Redis server, and is the port the right one?"


class WatchError(RedisError):
    """EXEC ran nothing, because a watched key changed after WATCH.

    While the client is recorded, ``verdict`` says which key, and who changed it with which
    command, as far as the recording can tell, and the error's text says it in a sentence.
    """

    outcome = Outcome.DONE
    hint = "Nothing was written: read again, and try again from WATCH."

    judges: Sequence[Callable[[], Any]] = ()
    """Each may know the verdict. They are asked once, when somebody wants to know."""
    _verdict: Any = None

    @property
    def verdict(self) -> Any:
        """A ``redislab.trace.Verdict``; None when the client was not recorded."""
        judges, self.judges = self.judges, ()
        for judge in judges:
            self._verdict = self._verdict or judge()
        return self._verdict

    def __str__(self) -> str:
        """The verdict's sentence, or else which keys were watched."""
        return super().__str__() if self.verdict is None else str(self.verdict)


class DataError(RedisError):
    """The arguments cannot be sent as a command."""

    hint = "Keys and values are str, bytes, int, float or memoryview."


class PubSubError(RedisError):
    pass


class LockError(RedisError, ValueError):
    hint = "The lock is not held by this holder."


class LockNotOwnedError(LockError):
    hint = "The lock ran out, or somebody else holds it now."


# --- from an error reply to an exception ------------------------------------------------

_BY_CODE: dict[str, type[RedisError]] = {
    "NOAUTH": AuthenticationError,
    "WRONGPASS": AuthenticationError,
    "LOADING": BusyLoadingError,
    "WRONGTYPE": WrongTypeError,
    "EXECABORT": ExecAbortError,
    "NOSCRIPT": NoScriptError,
    "NOPERM": NoPermissionError,
    "READONLY": ReadOnlyError,
    "OOM": OutOfMemoryError,
    "BUSY": BusyScriptError,
    "MASTERDOWN": MasterDownError,
    "CROSSSLOT": CrossSlotError,
    "CLUSTERDOWN": ClusterDownError,
    "TRYAGAIN": TryAgainError,
    "ASK": AskError,
    "MOVED": MovedError,
}


def server_error(message: str) -> RedisError:
    """The exception for one error reply, chosen by the reply's first word.

    >>> server_error("WRONGTYPE Operation against a key holding the wrong kind of value")
    WrongTypeError('WRONGTYPE Operation against a key holding the wrong kind of value')
    """
    code = message.partition(" ")[0]
    return _BY_CODE.get(code, ResponseError)(message)


def spoken(command: Sequence[object], limit: int = 80) -> str:
    """A command as an error message shows it: one line, shortened, nothing executable.

    >>> spoken(("SET", "greeting", b"caf\\xc3\\xa9\\n"))
    'SET greeting "caf\\\\xc3\\\\xa9\\\\n"'
    """
    line = " ".join(_word(argument) for argument in command)
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def _word(argument: object) -> str:
    if isinstance(argument, (bytes, bytearray, memoryview)):
        text = repr(bytes(argument)[:80])[2:-1]
    else:
        text = str(argument)[:80].encode("unicode_escape").decode("ascii")
    plain = text.isascii() and text.isprintable() and " " not in text and "\\" not in text
    return text if plain and text else f'"{text}"'
