r"""A recording as lines of JSON, and back.

The first line says what the file is; every other line is one event:

    {"redislab": "recording", "version": 1, "dropped": 0}
    {"event": "CommandIssued", "at": 81, "client": "alice", "arguments": ["GET", "k"]}

What JSON has no form for is an object with one telling name:

    {"b": "text"}          bytes that are UTF-8          {"error": "WRONGTYPE ..."}
    {"b64": "/wA="}        other bytes                   {"map": [[key, value], ...]}
    {"b": ..., "size": n}  the beginning of n bytes      {"list": [...], "size": n}
    {"float": "nan"}       inf, -inf and nan

Rules for the reader, who may be handed any file: no line is longer than LINE, a field
has its declared type or the line is skipped, an unknown kind or field is skipped, and a
new version number means that an old reader must not guess.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any, Literal, get_args, get_origin, get_type_hints

from redislab import events
from redislab.events import Event
from redislab.exceptions import server_error
from redislab.trace.shorten import Cut, CutList

VERSION = 1
LINE = 8 << 20
"""Bytes of one line: more than the largest event needs once its values are cut."""

_KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(events.Event)}


def encode(recording: Iterable[Event], *, dropped: int) -> Iterator[str]:
    """The lines of a file, each with its line end."""
    header = {"redislab": "recording", "version": VERSION, "dropped": dropped}
    yield f"{json.dumps(header)}\n"
    for event in recording:
        fields = {name: _plain(value) for name, value in event._asdict().items()}
        yield f"{json.dumps({'event': type(event).__name__, **fields})}\n"


def decode(file: IO[bytes]) -> tuple[int, Iterator[Event]]:
    """Read the header; give how many events were dropped, and the events."""
    header = _object(file.readline(LINE))
    if header.get("redislab") != "recording":
        raise ValueError(
            "this file is no redislab recording: its first line says nothing so"
        )
    version, dropped = header.get("version"), header.get("dropped")
    if version != VERSION:
        raise ValueError(
            f"this recording has format {version!r:.20}; this redislab reads {VERSION}"
        )
    return dropped if isinstance(dropped, int) and dropped >= 0 else 0, _events(file)


def _events(file: IO[bytes]) -> Iterator[Event]:
    while line := file.readline(LINE):
        event = _event(_object(line))
        if event is not None:
            yield event


def _object(line: bytes) -> dict[str, Any]:
    """The line's JSON object; an empty one for anything else."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _event(fields: dict[str, Any]) -> Event | None:
    kind = _KINDS.get(str(fields.get("event")))
    if kind is None:
        return None
    try:
        event: Event = kind(
            **{
                name: convert(fields[name])
                for name, convert in _FIELDS[kind].items()
                if name in fields
            }
        )
    except (TypeError, ValueError, RecursionError):
        return None
    return event


# --- values ------------------------------------------------------------------------------


def _plain(value: Any) -> Any:
    match value:
        case Cut():
            return {**_plain(bytes(value)), "size": value.size}
        case bytes():
            try:
                return {"b": value.decode()}
            except UnicodeDecodeError:
                return {"b64": base64.b64encode(value).decode("ascii")}
        case float() if not math.isfinite(value):
            return {"float": str(value)}
        case BaseException():
            return {"error": str(value)}
        case CutList():
            return {"list": [_plain(item) for item in value], "size": value.size}
        case list() | tuple() | set() | frozenset():
            return [_plain(item) for item in value]
        case Mapping():
            return {"map": [[_plain(key), _plain(item)] for key, item in value.items()]}
        case _:
            return value


def _value(plain: Any) -> Any:
    match plain:
        case {"b": str(text), "size": int(size)}:
            return Cut(text.encode(), size)
        case {"b64": str(text), "size": int(size)}:
            return Cut(_unbase64(text), size)
        case {"b": str(text)}:
            return text.encode()
        case {"b64": str(text)}:
            return _unbase64(text)
        case {"float": str(text)}:
            return float(text)
        case {"error": str(text)}:
            return server_error(text)
        case {"list": list(items), "size": int(size)}:
            return CutList([_value(item) for item in items], size)
        case {"map": list(pairs)}:
            return {_value(key): _value(item) for key, item in pairs}
        case dict():
            raise ValueError("an object of no known meaning")
        case list():
            return [_value(item) for item in plain]
        case _:
            return plain


def _unbase64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


# --- fields ------------------------------------------------------------------------------

Convert = Callable[[Any], Any]


def _converter(hint: Any) -> Convert:
    if hint is Any:
        return _value
    if get_origin(hint) is tuple:
        item = _converter(get_args(hint)[0])
        return lambda plain: tuple(item(part) for part in _checked(plain, list))
    if get_origin(hint) is Literal:
        return lambda plain: _one_of(plain, get_args(hint))
    if get_args(hint):  # int | None
        inner = _converter(get_args(hint)[0])
        return lambda plain: None if plain is None else inner(plain)
    return lambda plain: _checked(_value(plain), hint)


def _checked(value: Any, kind: type[Any]) -> Any:
    if type(value) is not kind and not (kind is bytes and isinstance(value, Cut)):
        raise ValueError(f"not {kind.__name__}")
    return value


def _one_of(value: Any, allowed: tuple[str, ...]) -> Any:
    if value not in allowed:
        raise ValueError("no such word")
    return value


_FIELDS: dict[type[Any], dict[str, Convert]] = {
    kind: {name: _converter(hint) for name, hint in get_type_hints(kind).items()}
    for kind in _KINDS.values()
}
"""By kind and field, the function that gives the value or raises ValueError."""
