"""Reply shapes of the cluster: its nodes, its slots, its shards.

The rules of ``replies.py`` hold here too.
"""

from __future__ import annotations

from typing import Any

from redislab.commands.replies import report, string


def info(reply: Any) -> dict[str, str]:
    """CLUSTER INFO: a dict of str."""
    return dict(line.split(":", 1) for line in string(reply).splitlines() if line)


def nodes(reply: Any) -> dict[str, dict[str, Any]]:
    """CLUSTER NODES: a dict for each node, by its address.

    >>> nodes(b"07c3 127.0.0.1:7000@17000 myself,master - 0 0 1 connected 0-5460 5462")[
    ...     "127.0.0.1:7000"
    ... ]["slots"]
    [['0', '5460'], ['5462']]
    """
    return dict(_node(line) for line in string(reply).splitlines() if line)


def node_list(reply: Any) -> dict[str, dict[str, Any]]:
    """CLUSTER REPLICAS: as CLUSTER NODES, which sends one text instead of a list."""
    return dict(_node(string(line)) for line in reply)


def _node(line: str) -> tuple[str, dict[str, Any]]:
    number, address, flags, primary, ping, pong, epoch, link, *ranges = line.split()
    where, _, bus = address.partition("@")
    return where, {
        "node_id": number,
        "hostname": bus.partition(",")[2].partition(",")[0],
        "flags": flags,
        "master_id": primary,
        "last_ping_sent": ping,
        "last_pong_rcvd": pong,
        "epoch": epoch,
        "slots": [one.split("-") for one in ranges if not one.startswith("[")],
        "migrations": [_migration(one) for one in ranges if one.startswith("[")],
        "connected": link == "connected",
    }


def _migration(written: str) -> dict[str, str]:
    """``[93-<-292f...]``: slot 93 is coming from that node; ``->-`` is going there."""
    for sign, state in (("->-", "migrating"), ("-<-", "importing")):
        slot, found, node = written[1:-1].partition(sign)
        if found:
            return {"slot": slot, "node_id": node, "state": state}
    raise ValueError("no migration")


def slots(reply: Any) -> dict[tuple[int, int], dict[str, Any]]:
    """CLUSTER SLOTS: the nodes of each range of slots."""
    found = {}
    for first, last, primary, *replicas in reply:
        found[first, last] = {
            "primary": _place(primary),
            "replicas": [_place(replica) for replica in replicas],
        }
    return found


def _place(node: Any) -> tuple[str, int]:
    return string(node[0]) or "", node[1]


def shards(reply: Any) -> list[dict[str, Any]]:
    """CLUSTER SHARDS: slots as (first, last) pairs, nodes as dicts."""
    found = []
    for one in reply:
        shard = report(one)
        bounds = iter(shard["slots"])
        shard["slots"] = list(zip(bounds, bounds, strict=True))
        shard["nodes"] = [report(node) for node in shard["nodes"]]
        found.append(shard)
    return found


def links(reply: Any) -> list[dict[str, Any]]:
    """CLUSTER LINKS, CLUSTER GETSLOTMIGRATIONS: a dict for each."""
    return [report(one) for one in reply]


def slot_stats(reply: Any) -> list[list[Any]]:
    """CLUSTER SLOT-STATS: [slot, {name: number}]."""
    return [[slot, report(numbers)] for slot, numbers in reply]
