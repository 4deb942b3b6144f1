"""Reply shapes that the sketches share: what INFO tells of one.

The rules of ``replies.py`` hold here too.
"""

from __future__ import annotations

from typing import Any

from redislab.commands.replies import pairs, string, undecoded


class Facts(dict[str, Any]):
    """What a sketch tells of itself, by the server's names: ``facts["Capacity"]``.

    By redis-py's names too, as attributes: ``facts.capacity``, ``facts.insertedNum``.
    """

    def __getattr__(self, name: str) -> Any:
        if _NAMES.get(name) in self:
            return self[_NAMES[name]]
        raise AttributeError(f"this sketch tells no {name!r}, only {', '.join(self)}")


def facts(reply: Any) -> Facts:
    """INFO of a sketch. Numbers that RESP2 sends as text become float."""
    return Facts({string(name): _number(value) for name, value in pairs(reply).items()})


@undecoded
def chunk(reply: Any) -> Any:
    """SCANDUMP: [iterator of the next call, bytes]."""
    return reply


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, (bytes, str)) else value


_NAMES: dict[str, str] = {
    "capacity": "Capacity",
    "size": "Size",
    "filterNum": "Number of filters",
    "insertedNum": "Number of items inserted",
    "deletedNum": "Number of items deleted",
    "bucketNum": "Number of buckets",
    "bucketSize": "Bucket size",
    "expansionRate": "Expansion rate",
    "maxIteration": "Max iterations",
    "width": "width",
    "depth": "depth",
    "count": "count",
    "k": "k",
    "decay": "decay",
    "compression": "Compression",
    "merged_nodes": "Merged nodes",
    "unmerged_nodes": "Unmerged nodes",
    "merged_weight": "Merged weight",
    "unmerged_weight": "Unmerged weight",
    "total_compressions": "Total compressions",
    "memory_usage": "Memory usage",
}
