"""Reply shapes of streams: entries, what was read, who owes an answer, reports.

An entry is (id, {field: value}). The rules of ``replies.py`` hold here too; the names of
a report's parts are str.
"""

from __future__ import annotations

from typing import Any

from redislab.commands.replies import pairs, report


def entry(reply: Any) -> tuple[Any, Any]:
    """One entry: (id, {field: value}); {} for one that was deleted meanwhile."""
    position, fields = reply
    return position, pairs(fields or ())


def entries(reply: Any) -> list[tuple[Any, ...]]:
    """A list of entries. (None, None) stands for one that was claimed and had been deleted.

    XREADGROUP CLAIM adds two numbers to an entry: how long it lay idle, in milliseconds,
    and how often it was delivered.
    """
    return [(None, None) if one is None else (*entry(one[:2]), *one[2:]) for one in reply]


def reading(reply: Any) -> list[list[Any]]:
    """XREAD, XREADGROUP: [stream, entries] for each stream that has any.

    >>> reading(None), reading({b"s": [[b"1-0", [b"f", b"v"]]]})
    ([], [[b's', [(b'1-0', {b'f': b'v'})]]])
    """
    if reply is None:
        return []
    found = reply.items() if isinstance(reply, dict) else reply
    return [[stream, entries(new)] for stream, new in found]


def claimed(reply: Any) -> list[Any]:
    """XAUTOCLAIM: [where to go on, the entries, ids that exist no more]."""
    start, found, *deleted = reply
    return [start, entries(found), *deleted]


def claimed_ids(reply: Any) -> Any:
    """XAUTOCLAIM JUSTID: the ids."""
    return reply[1]


def pending(reply: Any) -> dict[str, Any]:
    """XPENDING: how many entries wait, the first and the last id, and for whom they do."""
    count, first, last, consumers = reply
    return {
        "pending": count,
        "min": first,
        "max": last,
        "consumers": [
            {"name": name, "pending": int(number)} for name, number in consumers or ()
        ],
    }


def pending_entries(reply: Any) -> list[dict[str, Any]]:
    """XPENDING with a range: a dict for each entry."""
    names = ("message_id", "consumer", "time_since_delivered", "times_delivered")
    return [dict(zip(names, one, strict=True)) for one in reply]


def reports(reply: Any) -> list[dict[str, Any]]:
    """XINFO GROUPS, XINFO CONSUMERS: a report for each."""
    return [report(one) for one in reply]


def stream(reply: Any) -> dict[str, Any]:
    """XINFO STREAM: a report; the first and the last entry are None when there is none."""
    about = report(reply)
    for end in ("first-entry", "last-entry"):
        if about.get(end) is not None:
            about[end] = entry(about[end])
    return about


def whole_stream(reply: Any) -> dict[str, Any]:
    """XINFO STREAM FULL: a report with all entries, groups and consumers."""
    about = report(reply)
    about["entries"] = dict(map(entry, about["entries"]))
    about["groups"] = reports(about["groups"])
    for group in about["groups"]:
        group["consumers"] = reports(group["consumers"])
    return about
