"""Passwords that travel as arguments: hidden before anybody looks at a command.

Everything that shows, logs or records a command calls ``redact`` first. What it hides is
what the server itself keeps out of its own log and MONITOR, and the passwords in settings.
When in doubt it hides too much: a malformed AUTH may still hold a password.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from redislab.commands.positions import upper

HIDDEN = "***"


def redact(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same command with ``***`` in the place of every secret.

    With nothing to hide it is the very tuple that was given.

    >>> redact(("AUTH", "alice", "wonderland"))
    ('AUTH', 'alice', '***')
    """
    if not arguments:
        return arguments
    name = arguments[0]
    find = _FINDERS.get(name) if type(name) is str else None
    if find is None:
        words = upper(name).split()
        if not words or words[0] not in _FINDERS:
            return arguments
        find = _FINDERS[words[0]]
        if len(words) > 1:  # "CONFIG SET" as one string, the way redis-py takes it
            spelled = name if isinstance(name, str) else bytes(name).decode("latin-1")
            arguments = (*spelled.split(), *arguments[1:])
    hidden = set(find(arguments))
    if not hidden:
        return arguments
    return tuple(
        HIDDEN if index in hidden else argument for index, argument in enumerate(arguments)
    )


def redact_reply(arguments: tuple[Any, ...], reply: Any) -> Any:
    """A raw reply with ``***`` in the place of every secret, as ``redact`` for commands.

    CONFIG GET keeps the settings that are no passwords; what ACL tells about users and
    their passwords is hidden as a whole.

    >>> redact_reply(("CONFIG", "GET", "*"), [b"port", b"6379", b"requirepass", b"pw"])
    [b'port', b'6379', b'requirepass', '***']
    """
    words = _words(arguments)[:2]
    if (
        words == ["ACL", "GENPASS"]
        or words == ["ACL", "GETUSER"]
        or words == ["ACL", "LIST"]
    ):
        return HIDDEN
    if words != ["CONFIG", "GET"]:
        return reply
    if isinstance(reply, dict):
        return {
            name: HIDDEN if _is_password(name) else value for name, value in reply.items()
        }
    if isinstance(reply, list):
        return [
            HIDDEN if index % 2 and _is_password(reply[index - 1]) else item
            for index, item in enumerate(reply)
        ]
    return reply


# --- where they are: each yields positions ----------------------------------------------


def _in_auth(arguments: tuple[Any, ...]) -> Iterator[int]:
    """AUTH [user] password"""
    yield from range(2 if len(arguments) == 3 else 1, len(arguments))


def _in_hello(arguments: tuple[Any, ...]) -> Iterator[int]:
    """HELLO 3 AUTH user password SETNAME name"""
    yield from _behind("AUTH", 2, arguments)


def _in_acl(arguments: tuple[Any, ...]) -> Iterator[int]:
    """ACL SETUSER user >password <password #hash !hash"""
    if _second(arguments) != "SETUSER":
        return
    for index in range(3, len(arguments)):
        if any(rule[0] in "><#!" for rule in upper(arguments[index]).split()):
            yield index


def _in_config(arguments: tuple[Any, ...]) -> Iterator[int]:
    """CONFIG SET name value ...: requirepass, primaryauth, tls-key-file-pass ..."""
    if _second(arguments) == "SET":
        yield from _behind_password_setting(arguments)


def _in_sentinel(arguments: tuple[Any, ...]) -> Iterator[int]:
    """SENTINEL SET primary auth-pass password; SENTINEL CONFIG SET sentinel-pass ..."""
    yield from _behind_password_setting(arguments)


def _in_migrate(arguments: tuple[Any, ...]) -> Iterator[int]:
    """MIGRATE host port key db timeout AUTH password | AUTH2 user password KEYS ..."""
    yield from _behind("AUTH", 1, arguments)
    yield from _behind("AUTH2", 2, arguments)


_FINDERS: dict[str, Callable[[tuple[Any, ...]], Iterator[int]]] = {
    "AUTH": _in_auth,
    "HELLO": _in_hello,
    "ACL": _in_acl,
    "CONFIG": _in_config,
    "SENTINEL": _in_sentinel,
    "MIGRATE": _in_migrate,
}


def _behind(word: str, distance: int, arguments: tuple[Any, ...]) -> Iterator[int]:
    """The argument so far behind ``word``, or the last one if the command is too short."""
    last = len(arguments) - 1
    for index, argument in enumerate(arguments[:-1]):
        if upper(argument) == word:
            yield min(index + distance, last)


def _behind_password_setting(arguments: tuple[Any, ...]) -> Iterator[int]:
    for index, argument in enumerate(arguments):
        if index >= 2 and _is_password(argument):
            yield index + 1


def _is_password(setting: Any) -> bool:
    name = upper(setting)
    return "PASS" in name or name.endswith("AUTH")


def _words(arguments: tuple[Any, ...]) -> list[str]:
    """The names at the head of a command; ``("CONFIG GET", "*")`` says two at once."""
    if not arguments:
        return []
    first = upper(arguments[0]).split()
    return first if len(first) > 1 else [*first, _second(arguments)]


def _second(arguments: tuple[Any, ...]) -> str:
    return upper(arguments[1]) if len(arguments) > 1 else ""
