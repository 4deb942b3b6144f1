"""JSON documents, and the parts of one: ``client.json()``.

A path that begins with ``$`` is JSONPath: it may match many parts, and replies are lists.
Every other path (``"."``, ``".a.b"``) means one part, and replies are about that one.
Documents are Python values here, JSON text on the wire.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from redislab.commands.modules.family import Family
from redislab.commands.replies import ok, string
from redislab.commands.run import Key, T, option, switches
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply

ROOT = "."


class Json(Family[T]):
    """The group ``json``."""

    __slots__ = ()

    # --- documents -------------------------------------------------------------------

    def set(
        self,
        name: Key,
        path: str,
        obj: Any,
        nx: bool = False,
        xx: bool = False,
        decode_keys: bool = False,
        fpha: str | None = None,
    ) -> Reply[bool | None]:
        """``JSON.SET name path value``: True; None when a condition failed.

        ``nx``: only if nothing is there; ``xx``: only if something is. ``decode_keys``:
        keys of ``obj`` may be bytes. ``fpha``: how arrays of numbers are kept, BF16, FP16,
        FP32 or FP64 (Redis 8.8).
        https://redis.io/docs/latest/commands/json.set/
        """
        if nx and xx:
            raise DataError("nx and xx exclude each other: give one")
        value = _written(_with_text_keys(obj) if decode_keys else obj)
        words = (*switches(NX=nx, XX=xx), *option("FPHA", fpha))
        return self._run(("JSON.SET", name, str(path), value, *words), ok)

    def get(self, name: Key, *args: str, no_escape: bool = False) -> Reply[Any]:
        """``JSON.GET name path ...``: the value; None when there is no such key.

        Without a path all of it; with several a dict, {path: value}.
        https://redis.io/docs/latest/commands/json.get/
        """
        words = (*(("noescape",) if no_escape else ()), *map(str, args or (ROOT,)))
        return self._run(("JSON.GET", name, *words), read)

    def mset(self, triplets: Iterable[tuple[Key, str, Any]]) -> Reply[bool]:
        """``JSON.MSET name path value ...``: True; all are set at once.

        https://redis.io/docs/latest/commands/json.mset/
        """
        words = [
            word
            for name, path, obj in triplets
            for word in (name, str(path), _written(obj))
        ]
        return self._run(("JSON.MSET", *words), ok)

    def mget(self, keys: Sequence[Key], path: str) -> Reply[list[Any]]:
        """``JSON.MGET name ... path``: that part of each, None where there is none.

        https://redis.io/docs/latest/commands/json.mget/
        """
        return self._run(("JSON.MGET", *keys, str(path)), read_each)

    def merge(
        self, name: Key, path: str, obj: Any, decode_keys: bool = False
    ) -> Reply[bool]:
        """``JSON.MERGE name path value``: True; values replace, None deletes, the rest
        stays.

        https://redis.io/docs/latest/commands/json.merge/
        """
        value = _written(_with_text_keys(obj) if decode_keys else obj)
        return self._run(("JSON.MERGE", name, str(path), value), ok)

    def delete(self, key: Key, path: str = ROOT) -> Reply[int]:
        """``JSON.DEL key path``: how many parts there were and now are not.

        https://redis.io/docs/latest/commands/json.del/
        """
        return self._run(("JSON.DEL", key, str(path)))

    def forget(self, key: Key, path: str = ROOT) -> Reply[int]:
        """``JSON.FORGET key path``: ``delete`` by another name.

        https://redis.io/docs/latest/commands/json.forget/
        """
        return self._run(("JSON.FORGET", key, str(path)))

    def clear(self, name: Key, path: str = ROOT) -> Reply[int]:
        """``JSON.CLEAR name path``: how many were emptied; numbers become 0.

        https://redis.io/docs/latest/commands/json.clear/
        """
        return self._run(("JSON.CLEAR", name, str(path)))

    def type(self, name: Key, path: str = ROOT) -> Reply[Any]:
        """``JSON.TYPE name path``: object, array, string, integer, number, boolean, null.

        https://redis.io/docs/latest/commands/json.type/
        """
        return self._run(("JSON.TYPE", name, str(path)), partial(kind, path=str(path)))

    def resp(self, name: Key, path: str = ROOT) -> Reply[Any]:
        """``JSON.RESP name path``: the value in the server's own types.

        https://redis.io/docs/latest/commands/json.resp/
        """
        return self._run(("JSON.RESP", name, str(path)))

    def debug(
        self, subcommand: str, key: Key | None = None, path: str = ROOT
    ) -> Reply[Any]:
        """``JSON.DEBUG MEMORY key path``: its bytes in memory; ``JSON.DEBUG HELP``: help.

        https://redis.io/docs/latest/commands/json.debug/
        """
        if subcommand not in ("MEMORY", "HELP"):
            raise DataError(f"subcommand must be MEMORY or HELP, not {subcommand!r}")
        if subcommand == "HELP":
            return self._run(("JSON.DEBUG", "HELP"))
        if key is None:
            raise DataError("MEMORY needs a key")
        return self._run(("JSON.DEBUG", "MEMORY", key, str(path)))

    # --- numbers, texts, truth ---------------------------------------------------------

    def numincrby(self, name: Key, path: str, number: float) -> Reply[Any]:
        """``JSON.NUMINCRBY name path number``: the number after adding.

        https://redis.io/docs/latest/commands/json.numincrby/
        """
        words = ("JSON.NUMINCRBY", name, str(path), _written(number))
        return self._run(words, partial(counted, path=str(path)))

    def nummultby(self, name: Key, path: str, number: float) -> Reply[Any]:
        """``JSON.NUMMULTBY name path number``: the number after multiplying.

        https://redis.io/docs/latest/commands/json.nummultby/
        """
        words = ("JSON.NUMMULTBY", name, str(path), _written(number))
        return self._run(words, partial(counted, path=str(path)))

    def strappend(self, name: Key, value: str, path: str = ROOT) -> Reply[Any]:
        """``JSON.STRAPPEND name path value``: the length of the text after it.

        https://redis.io/docs/latest/commands/json.strappend/
        """
        return self._run(("JSON.STRAPPEND", name, str(path), _written(value)))

    def strlen(self, name: Key, path: str | None = None) -> Reply[Any]:
        """``JSON.STRLEN name path``: the length of the text.

        https://redis.io/docs/latest/commands/json.strlen/
        """
        return self._run(("JSON.STRLEN", name, *(() if path is None else (str(path),))))

    def toggle(self, name: Key, path: str = ROOT) -> Reply[Any]:
        """``JSON.TOGGLE name path``: the truth that it is now; 1 or 0 in lists.

        https://redis.io/docs/latest/commands/json.toggle/
        """
        return self._run(("JSON.TOGGLE", name, str(path)), toggled)

    # --- arrays ----------------------------------------------------------------------

    def arrappend(self, name: Key, path: str = ROOT, *args: Any) -> Reply[Any]:
        """``JSON.ARRAPPEND name path value ...``: the length of the array after it.

        https://redis.io/docs/latest/commands/json.arrappend/
        """
        return self._run(("JSON.ARRAPPEND", name, str(path), *map(_written, args)))

    def arrindex(
        self,
        name: Key,
        path: str,
        scalar: Any,
        start: int | None = None,
        stop: int | None = None,
    ) -> Reply[Any]:
        """``JSON.ARRINDEX name path value``: where it stands first, -1 when it does not.

        From ``start`` to before ``stop``.
        https://redis.io/docs/latest/commands/json.arrindex/
        """
        if start is None and stop is not None:
            raise DataError("stop needs start")
        part = tuple(end for end in (start, stop) if end is not None)
        return self._run(("JSON.ARRINDEX", name, str(path), _written(scalar), *part))

    def arrinsert(self, name: Key, path: str, index: int, *args: Any) -> Reply[Any]:
        """``JSON.ARRINSERT name path index value ...``: the length of the array after it.

        https://redis.io/docs/latest/commands/json.arrinsert/
        """
        return self._run(("JSON.ARRINSERT", name, str(path), index, *map(_written, args)))

    def arrlen(self, name: Key, path: str = ROOT) -> Reply[Any]:
        """``JSON.ARRLEN name path``: the length of the array.

        https://redis.io/docs/latest/commands/json.arrlen/
        """
        return self._run(("JSON.ARRLEN", name, str(path)))

    def arrpop(self, name: Key, path: str = ROOT, index: int = -1) -> Reply[Any]:
        """``JSON.ARRPOP name path index``: the value there, taken out; the last one.

        https://redis.io/docs/latest/commands/json.arrpop/
        """
        return self._run(("JSON.ARRPOP", name, str(path), index), read_deep)

    def arrtrim(self, name: Key, path: str, start: int, stop: int) -> Reply[Any]:
        """``JSON.ARRTRIM name path start stop``: the length after it; only those are left.

        https://redis.io/docs/latest/commands/json.arrtrim/
        """
        return self._run(("JSON.ARRTRIM", name, str(path), start, stop))

    # --- objects ---------------------------------------------------------------------

    def objkeys(self, name: Key, path: str = ROOT) -> Reply[Any]:
        """``JSON.OBJKEYS name path``: the names in the object, as str.

        https://redis.io/docs/latest/commands/json.objkeys/
        """
        return self._run(("JSON.OBJKEYS", name, str(path)), names)

    def objlen(self, name: Key, path: str = ROOT) -> Reply[Any]:
        """``JSON.OBJLEN name path``: how many names are in the object.

        https://redis.io/docs/latest/commands/json.objlen/
        """
        return self._run(("JSON.OBJLEN", name, str(path)))


def _written(value: Any) -> str:
    return json.dumps(value)


def _with_text_keys(value: Any) -> Any:
    return {string(key): item for key, item in value.items()}


# --- reply shapes ----------------------------------------------------------------------


def read(reply: Any) -> Any:
    """JSON text as a Python value; None stays None."""
    return None if reply is None else json.loads(reply)


def read_each(reply: Any) -> list[Any]:
    """A list of JSON texts."""
    return [read(one) for one in reply]


def read_deep(reply: Any) -> Any:
    """One JSON text, or for a JSONPath a list of them."""
    return read_each(reply) if isinstance(reply, list) else read(reply)


def counted(reply: Any, path: str) -> Any:
    """A number; a list for a JSONPath. RESP2 sends JSON text, RESP3 always a list."""
    if not isinstance(reply, list):
        return read(reply)
    return reply if path.startswith("$") or len(reply) != 1 else reply[0]


def kind(reply: Any, path: str) -> Any:
    """The name of a type; a list for a JSONPath. RESP3 puts either into one more list."""
    if isinstance(reply, list) and len(reply) == 1:
        return reply[0] if isinstance(reply[0], list) or path[:1] != "$" else reply
    return reply


def toggled(reply: Any) -> Any:
    """``true`` as text is True; lists hold 1 and 0."""
    return read(reply) if isinstance(reply, (bytes, str)) else reply


def names(reply: Any) -> Any:
    """Names as str, a list of lists of them for a JSONPath."""
    return [names(one) for one in reply] if isinstance(reply, list) else string(reply)
