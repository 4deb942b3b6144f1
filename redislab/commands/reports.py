"""Reply shapes of the server's reports: INFO, CONFIG GET, CLIENT LIST, ACL LOG ...

Many are text for people, with formats of their own. The rules of ``replies.py`` hold
here too; everything in a report is str.
"""

from __future__ import annotations

from typing import Any

from redislab.commands.replies import pairs, report, string, strings, text, undecoded

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


def refusals(reply: Any) -> list[dict[str, Any]]:
    """ACL LOG: a dict of str for each refusal, the client in it a dict as well."""
    log = []
    for entry in reply:
        about: dict[str, Any] = settings(entry)
        about["age-seconds"] = float(about["age-seconds"])
        about["client-info"] = client(about["client-info"])
        log.append(about)
    return log


def user(reply: Any) -> dict[str, Any] | None:
    """ACL GETUSER: flags, rules and passwords as lists of str; None for no such user."""
    if reply is None:
        return None
    about = report(reply)
    about["flags"] = strings(about["flags"])
    about["passwords"] = strings(about["passwords"])
    rules = string(about["commands"]).split(" ")
    about["commands"] = [rule for rule in rules if "@" not in rule]
    about["categories"] = [rule for rule in rules if "@" in rule]
    for name in ("keys", "channels"):
        if not isinstance(about.get(name, []), list):  # one line of them since 7.0
            about[name] = string(about[name]).split()
    if "selectors" in about:
        about["selectors"] = [settings(selector) for selector in about["selectors"]]
    about["enabled"] = "on" in about["flags"]
    return {name: string(value) for name, value in about.items()}


def tracking(reply: Any) -> dict[str, Any]:
    """CLIENT TRACKINGINFO: a dict, its flags and prefixes lists of str."""
    about = report(reply)
    for name in ("flags", "prefixes"):
        about[name] = strings(about[name])
    return about


# --- where memory and time go ----------------------------------------------------------


def memory(reply: Any) -> dict[str, Any]:
    """MEMORY STATS: numbers by name; a database is a dict of its own."""
    return {
        name: memory(value) if isinstance(value, (list, dict)) else _measure(value)
        for name, value in report(reply).items()
    }


def _measure(value: Any) -> Any:
    """RESP2 sends ratios as text."""
    if not isinstance(value, (bytes, str)):
        return value
    try:
        return float(value)
    except ValueError:
        return string(value)


def debugged(reply: Any) -> dict[str, Any]:
    """DEBUG OBJECT: ``Value at:0x7f refcount:1 encoding:int ...`` as a dict."""
    words = string(reply).removeprefix("Value ").split()
    fields = dict(word.split(":", 1) for word in words)
    whole = ("refcount", "serializedlength", "lru", "lru_seconds_idle")
    numbers = {name: int(fields[name]) for name in whole if name in fields}
    return {"type": "Value", **fields, **numbers}


def histograms(reply: Any) -> dict[str, Any]:
    """LATENCY HISTOGRAM: for each command its calls, and how long they took."""
    found = {}
    for name, value in report(reply).items():
        found[name] = report(value)
        found[name]["histogram_usec"] = pairs(found[name]["histogram_usec"])
    return found


@undecoded
def slow(reply: Any) -> list[dict[str, Any]]:
    """SLOWLOG GET, COMMANDLOG GET: a dict for each command; any bytes may be in it."""
    names = ("id", "start_time", "duration", "command", "client_address", "client_name")
    log: list[dict[str, Any]] = [dict(zip(names, entry, strict=False)) for entry in reply]
    for about in log:
        about["command"] = b" ".join(about["command"])
    return log


def hotkeys(reply: Any) -> Any:
    """HOTKEYS GET: a list of dicts whose keys are str; None when nothing was noted."""
    return None if reply is None else [report(one) for one in reply]


# --- what the server knows of its commands -----------------------------------------------


def catalogue(reply: Any) -> dict[str, dict[str, Any]]:
    """COMMAND, COMMAND INFO: a dict for each command, by its name."""
    return {about["name"]: about for about in map(_command, reply) if about}


def _command(reply: Any) -> dict[str, Any] | None:
    if reply is None:
        return None
    name, arity, flags, first, last, step, *more = reply
    about = {
        "name": string(name),
        "arity": arity,
        "flags": strings(flags),
        "first_key_pos": first,
        "last_key_pos": last,
        "step_count": step,
    }
    if more:
        about["acl_categories"] = strings(more[0])
    if len(more) > 1:
        tips, keys, subcommands = more[1:]
        about["tips"] = strings(tips)
        about["key_specifications"] = [_key_specification(one) for one in keys]
        about["subcommands"] = catalogue(subcommands)
    return about


def _key_specification(reply: Any) -> dict[str, Any]:
    about = report(reply)
    about["flags"] = strings(about["flags"])
    for name in ("begin_search", "find_keys"):
        about[name] = report(about[name])
        about[name]["type"] = string(about[name]["type"])
        about[name]["spec"] = report(about[name]["spec"])
    return about


def docs(reply: Any) -> dict[str, dict[str, Any]]:
    """COMMAND DOCS: a dict for each command, by its name, with all its texts as str."""
    found = {}
    for name, value in report(reply).items():
        about = report(text(value))
        if "arguments" in about:
            about["arguments"] = [_argument(one) for one in about["arguments"]]
        if "subcommands" in about:
            about["subcommands"] = docs(about["subcommands"])
        found[name] = about
    return found


def _argument(reply: Any) -> dict[str, Any]:
    about = report(reply)
    if "arguments" in about:
        about["arguments"] = [_argument(one) for one in about["arguments"]]
    return about
