"""Reply shapes of time series: samples, and series by their keys.

The rules of ``replies.py`` hold here too. Keys and labels are str, as in redis-py.
"""

from __future__ import annotations

from typing import Any

from redislab.commands.replies import pairs, report, string


def sample(reply: Any) -> tuple[int, float] | None:
    """(moment, number). RESP2 sends the number as text, and [] for none."""
    if not reply:
        return None
    moment, value = reply
    return moment, float(value)


def samples(reply: Any) -> list[Any]:
    """A list of samples; [moment, number ...] with several aggregations."""
    return [
        (one[0], float(one[1]))
        if len(one) == 2
        else [one[0], *(float(value) for value in one[1:])]
        for one in reply
    ]


def last_of_series(reply: Any) -> list[dict[str, list[Any]]]:
    """TS.MGET: {key: [labels, moment, number]} for each series, by their keys."""
    found = {
        key: [labels, *(sample(last) or (None, None))]
        for key, labels, *_, last in _series(reply)
    }
    return [{key: found[key]} for key in sorted(found)]


def many_series(reply: Any) -> list[dict[str, list[Any]]]:
    """TS.MRANGE: {key: [labels, samples]} for each series, by their keys."""
    found = {key: [labels, samples(last)] for key, labels, *_, last in _series(reply)}
    return [{key: found[key]} for key in sorted(found)]


def _series(reply: Any) -> list[tuple[Any, ...]]:
    """(key, labels, ..., samples). RESP3 sends a map, and facts between the two."""
    if isinstance(reply, dict):
        rows = [(key, *facts) for key, facts in reply.items()]
    else:
        rows = [tuple(row) for row in reply]
    return [(string(key), _labels(labels), *rest) for key, labels, *rest in rows]


def _labels(reply: Any) -> dict[str, str]:
    """RESP2 sends a list of pairs."""
    known = reply if isinstance(reply, dict) else dict(reply)
    return {string(name): string(value) for name, value in known.items()}


def about_series(reply: Any) -> dict[str, Any]:
    """TS.INFO: a dict by the server's names; labels a dict, rules lists."""
    known = report(reply)
    known["labels"] = _labels(known["labels"])
    if isinstance(known.get("rules"), dict):
        known["rules"] = [[key, *rule] for key, rule in pairs(known["rules"]).items()]
    for name in ("duplicatePolicy", "sourceKey", "chunkType"):
        if name in known:
            known[name] = string(known[name])
    return known
