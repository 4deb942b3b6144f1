"""Bytes to replies.

Rules of this file:
- hiredis parses; this is the only place that makes its reader, so that each of its traps
  is met once: its default "not enough data" mark is False, which is also a RESP3 value,
  so ours is an object of its own; an exception out of ``gets()`` leaves the reader unfit
  for more, so whoever meets one drops the connection.
- Text stays bytes. Decoding comes later, in the shaping of a reply, where invalid UTF-8
  fails one call and not a connection.
- An error reply becomes an exception *object* of the class its code names. It is a
  value here, and may lie inside an array. Each is noted in ``errors``, so that the
  ordinary reply is never searched for errors.
"""

from __future__ import annotations

from typing import Any, Final, Protocol

import hiredis

from redislab.exceptions import RedisError, server_error

MORE: Final = object()
"""What ``gets()`` returns when the next reply is not complete yet."""

Push = hiredis.PushNotification
"""A message the server sent by itself: a list, told from a reply by its class."""

ProtocolError: type[Exception] = hiredis.ProtocolError


class Decoder(Protocol):
    """What the connection room uses of hiredis' reader."""

    def feed(self, data: bytes | bytearray, offset: int = ..., size: int = ..., /) -> None:
        """Take bytes; they are copied."""

    def gets(self) -> Any:
        """The next reply, or MORE."""

    def has_data(self) -> bool:
        """Whether bytes lie there that are no whole reply yet."""
        ...


def decoder(errors: list[RedisError]) -> Decoder:
    """A reader for one connection; each error reply it meets is appended to ``errors``."""

    def note(message: str) -> RedisError:
        error = server_error(message)
        errors.append(error)
        return error

    reader: Any = hiredis.Reader(notEnoughData=MORE, replyError=note)
    return reader  # type: ignore[no-any-return]  # hiredis' stub forgets that feed takes any buffer


def decode_all(data: bytes) -> list[Any]:
    """Every complete reply in ``data``.

    >>> decode_all(b":1\\r\\n$-1\\r\\n")
    [1, None]
    """
    reader = decoder([])
    reader.feed(data)
    return list(iter(reader.gets, MORE))
