"""Reply shapes: from what the server sent to what Python people expect.

Each shape is a pure function of one raw reply. Rules of this file:
- One shape for both protocols. RESP2 has only numbers, text and flat lists; RESP3 adds
  floats, maps and nested pairs. A shape takes either form and gives the same.
- Text is bytes, or str where ``text`` ran before (``decode_responses``). A shape works
  on both; names that the server itself makes up (INFO, CONFIG GET) become str always.
- A shape that meets something else raises ValueError or TypeError, and the caller gets
  the raw reply: an older or newer server is not a crash.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

from redislab.commands.run import Shape

S = TypeVar("S", bound=Callable[..., Any])

Cast: TypeAlias = Callable[[float], Any]
"""What ``score_cast_func`` is: from a score to what its caller likes better."""


def text(reply: Any) -> Any:
    """Decode all text in a raw reply, however deep: UTF-8, strict.

    Numbers, None and error replies stay as they are. UnicodeDecodeError when a value is
    not UTF-8: such data is read with ``decode_responses=False``.

    >>> text([b"caf\\xc3\\xa9", 1, {b"k": None}])
    ['café', 1, {'k': None}]
    """
    if isinstance(reply, bytes):
        return reply.decode()
    if isinstance(reply, list):
        return [text(item) for item in reply]
    if isinstance(reply, dict):
        return {text(key): text(value) for key, value in reply.items()}
    return reply


def string(reply: Any) -> Any:
    """Text of the server's own making as str; None stays None."""
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply


def strings(reply: Any) -> list[Any]:
    """A list of texts of the server's own making, each str."""
    return [string(one) for one in reply]


def undecoded(shape: S) -> S:
    """Mark a shape whose raw reply is never decoded: any bytes may be in it."""
    _UNDECODED.add(shape)
    return shape


def stays_bytes(shape: Shape | None) -> bool:
    """Whether ``decode_responses`` leaves the replies of this shape alone."""
    return getattr(shape, "func", shape) in _UNDECODED  # a partial is its function


_UNDECODED: set[Callable[..., Any] | None] = set()


@undecoded
def payload(reply: Any) -> Any:
    """DUMP, FUNCTION DUMP: bytes for RESTORE."""
    return reply


# --- yes and no ----------------------------------------------------------------------


ok: Callable[[Any], bool | None] = {b"OK": True, "OK": True, None: None}.__getitem__
"""OK is True; a null is None (``SET ... NX`` that did nothing).

A look-up, since no other shape is used as often: it costs half of a function's call.
"""


def flag(reply: Any) -> bool:
    """1 is True, 0 is False."""
    return bool(int(reply))


def killed(reply: Any) -> Any:
    """CLIENT KILL: True in its old form; how many connections in its new one."""
    return reply if isinstance(reply, int) else ok(reply)


def started(reply: Any) -> bool:
    """True, whatever words of encouragement the server chose."""
    if isinstance(reply, (str, bytes)):
        return True
    raise ValueError("no word of a beginning")


def pong(reply: Any) -> bool:
    """Whether PING was answered with PONG."""
    return reply in (b"PONG", "PONG")


def flags(reply: Any) -> list[bool]:
    """A list of 1 and 0, as SCRIPT EXISTS gives it."""
    return [flag(item) for item in reply]


# --- numbers -------------------------------------------------------------------------


def number(reply: Any) -> float | None:
    """A float. RESP2 sends its digits as text; a null stays None."""
    return None if reply is None else float(reply)


def numbers(reply: Any) -> list[Any]:
    """Numbers, None for what is missing; those that are text become float."""
    return [one if one is None or isinstance(one, int) else float(one) for one in reply]


def time(reply: Any) -> tuple[int, int]:
    """TIME: Unix time in whole seconds, and the microseconds of the second begun."""
    whole, micro = reply
    return int(whole), int(micro)


def moment(reply: Any) -> datetime:
    """Unix time in seconds as a datetime in local time, without a zone."""
    return datetime.fromtimestamp(int(reply))  # noqa: DTZ006  the shape redis-py gives


# --- collections ---------------------------------------------------------------------


def pairs(reply: Any) -> dict[Any, Any]:
    """A dict. RESP2 sends keys and values in turn."""
    if isinstance(reply, dict):
        return reply
    flat = iter(reply)
    return dict(zip(flat, flat, strict=True))


def each_pairs(reply: Any) -> list[dict[Any, Any]]:
    """A list of dicts."""
    return [pairs(one) for one in reply]


def libraries(reply: Any) -> list[dict[Any, Any]]:
    """FUNCTION LIST: a dict for each library, its functions dicts too."""
    return [
        {
            name: each_pairs(value) if name in (b"functions", "functions") else value
            for name, value in pairs(library).items()
        }
        for library in reply
    ]


def engines(reply: Any) -> dict[Any, Any]:
    """FUNCTION STATS: the function that runs, or None, and the engines, as dicts."""
    about = pairs(reply)
    for name, value in about.items():
        if name in (b"engines", "engines"):
            about[name] = {engine: pairs(facts) for engine, facts in pairs(value).items()}
        elif value is not None:
            about[name] = pairs(value)
    return about


def report(reply: Any) -> dict[str, Any]:
    """A dict whose keys, the server's own words, are str."""
    return {string(name): value for name, value in pairs(reply).items()}


def couples(reply: Any) -> list[tuple[Any, Any]]:
    """(field, value) pairs. RESP2 sends fields and values in turn."""
    if reply and isinstance(reply[0], list):
        return [(field, value) for field, value in reply]
    flat = iter(reply)
    return list(zip(flat, flat, strict=True))


def in_groups(reply: Any, size: int) -> Any:
    """A list in tuples of so many; a number (SORT STORE) stays."""
    if isinstance(reply, int):
        return reply
    flat = iter(reply)
    return list(zip(*[flat] * size, strict=True))


def members(reply: Any) -> set[Any]:
    """A set: its members come in no order, each once."""
    return set(reply)


def popped(reply: Any) -> tuple[Any, Any] | None:
    """BLPOP, BRPOP: (key, value); None when the time ran out."""
    if reply is None:
        return None
    key, value = reply
    return key, value


def scanned(reply: Any) -> tuple[int, Any]:
    """SCAN: the cursor of the next call, 0 at the end, and what this call found."""
    position, found = reply
    return int(position), found


def scanned_pairs(reply: Any) -> tuple[int, dict[Any, Any]]:
    """HSCAN: the cursor of the next call, and {field: value}."""
    position, found = scanned(reply)
    return position, pairs(found)


# --- sorted sets ---------------------------------------------------------------------


def scored(reply: Any, cast: Cast = float) -> list[tuple[Any, Any]]:
    """(member, score) pairs. RESP2 sends members and scores in turn; so does RESP3 for
    ZPOPMIN without a count, and else a list of pairs.

    >>> scored([b"a", b"1.5"]) == scored([[b"a", 1.5]]) == [(b"a", 1.5)]
    True
    """
    if reply and isinstance(reply[0], list):
        return [(member, cast(float(score))) for member, score in reply]
    flat = iter(reply)
    return [(member, cast(float(score))) for member, score in zip(flat, flat, strict=True)]


def ranked(reply: Any, cast: Cast = float) -> list[Any] | None:
    """ZRANK WITHSCORE: [rank, score]; None for no such member."""
    if reply is None:
        return None
    rank, score = reply
    return [rank, cast(float(score))]


def scanned_scores(reply: Any, cast: Cast = float) -> tuple[int, list[tuple[Any, Any]]]:
    """ZSCAN: the cursor of the next call, and (member, score) pairs."""
    position, found = scanned(reply)
    return position, scored(found, cast)


def popped_score(reply: Any) -> tuple[Any, Any, float] | None:
    """BZPOPMIN, BZPOPMAX: (key, member, score); None when the time ran out."""
    if reply is None:
        return None
    key, member, score = reply
    return key, member, float(score)


def popped_scores(reply: Any) -> list[Any] | None:
    """ZMPOP, BZMPOP: [key, [[member, score] ...]]; None when there was none."""
    if reply is None:
        return None
    key, found = reply
    return [key, [[member, float(score)] for member, score in found]]


# --- places --------------------------------------------------------------------------


def position(reply: Any) -> tuple[float, float] | None:
    """(longitude, latitude); None for a place that is not there."""
    if reply is None:
        return None
    longitude, latitude = reply
    return float(longitude), float(latitude)


def positions(reply: Any) -> list[tuple[float, float] | None]:
    """GEOPOS: the position of each place."""
    return [position(one) for one in reply]


def places(
    reply: Any,
    dist: bool,
    hash: bool,  # noqa: A002  as the option WITHHASH
    coord: bool,
) -> list[list[Any]]:
    """GEOSEARCH with more than names: [name, distance, hash, position], what was asked."""
    asked = ((float, dist), (int, hash), (position, coord))
    casts: list[Callable[[Any], Any]] = [cast for cast, wanted in asked if wanted]
    return [
        [name, *(cast(fact) for cast, fact in zip(casts, facts, strict=True))]
        for name, *facts in reply
    ]
