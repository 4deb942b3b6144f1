"""Reply shapes of the server's reports: INFO, CONFIG GET, CLIENT LIST, CLIENT INFO.

They are text for people, with formats of their own. The rules of ``replies.py`` hold
here too; everything in a report is str.
"""

from __future__ import annotations

from typing import Any

from redislab.commands.replies import pairs, string

_NUMBERS = frozenset(
    [
        "id",
        "age",
        "idle",
        "db",
        "sub",
        "psub",
        "multi",
        "qbuf",
        "qbuf-free",
        "obl",
        "argv-mem",
        "oll",
        "omem",
        "tot-mem",
    ]
)
"""Fields of CLIENT INFO that are numbers."""


def settings(reply: Any) -> dict[str, str]:
    """CONFIG GET: a dict of str, numbers too: ``{"maxmemory": "0"}``."""
    return {string(name): string(value) for name, value in pairs(reply).items()}


def info(reply: Any) -> dict[str, Any]:
    """INFO: one flat dict of all sections, numbers as int or float.

    A line such as ``db0:keys=8,expires=1`` becomes a dict inside it. Lines that are no
    ``name:value`` are kept, as a list, under ``"__raw__"``.

    >>> info(b"# Keyspace\\r\\ndb0:keys=8,expires=1\\r\\n")
    {'db0': {'keys': 8, 'expires': 1}}
    """
    report: dict[str, Any] = {}
    for line in string(reply).splitlines():
        if not line or line.startswith("#"):
            continue
        name, colon, value = line.partition(":")
        if not colon:
            report.setdefault("__raw__", []).append(line)
        elif name == "module":  # one line a module, all with this name
            report.setdefault("modules", []).append(_value(value))
        else:
            report[name] = _value(value)
    return report


def _value(written: str) -> Any:
    """One value of INFO: a number, a dict (``a=1,b=2``), a list (``a,b``) or text."""
    if "=" in written:
        parts = [part.rpartition("=") for part in written.split(",") if part]
        return {name or value: _value(value) if name else True for name, _, value in parts}
    if "," in written:
        return [_value(part) for part in written.split(",") if part]
    try:
        return float(written) if "." in written else int(written)
    except ValueError:
        return written


def client_line(line: Any) -> dict[str, str]:
    """One connection, as CLIENT LIST writes it: ``id=3 addr=127.0.0.1:37932 name= ...``.

    The path of a unix socket may hold spaces: a word without ``=`` continues the value
    before it.
    """
    fields: dict[str, str] = {}
    last = ""
    for word in string(line).strip().split(" "):
        name, equals, value = word.partition("=")
        if equals:
            fields[name] = value
            last = name
        elif last:
            fields[last] += f" {word}"
    return fields


def client(reply: Any) -> dict[str, Any]:
    """CLIENT INFO: this connection as a dict, its numbers as int."""
    fields = client_line(reply)
    return {
        name: int(value) if name in _NUMBERS else value for name, value in fields.items()
    }


def clients(reply: Any) -> list[dict[str, str]]:
    """CLIENT LIST: a dict of str for each connection."""
    return [client_line(line) for line in string(reply).splitlines() if line]
