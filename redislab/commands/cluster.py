"""The cluster: which node has which of the 16,384 slots, and how that changes.

A key belongs to the slot that ``cluster_keyslot`` tells. These are the commands of one
node: what they say and change is that node's view. ResponseError when the server does not
run as part of a cluster.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redislab.commands.replies import ok, string
from redislab.commands.run import Key, Run, Shape, T, Value, option, switches
from redislab.commands.topology import (
    info,
    links,
    node_list,
    nodes,
    shards,
    slot_stats,
    slots,
)
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class ClusterCommands(Run[T]):
    """The group ``cluster``."""

    __slots__ = ()

    def cluster(self, cluster_arg: str, *args: Value) -> Reply[Any]:
        """``CLUSTER subcommand ...``: any of them, as its own method gives it.

        https://valkey.io/commands/cluster-info/
        """
        name = cluster_arg.upper()
        return self._run(("CLUSTER", name, *args), _SHAPES.get(name))

    # --- how it stands ----------------------------------------------------------------

    def cluster_info(self) -> Reply[dict[str, str]]:
        """``CLUSTER INFO``: state, slots, epochs, messages; all of it str.

        https://valkey.io/commands/cluster-info/
        """
        return self._run(("CLUSTER", "INFO"), info)

    def cluster_nodes(self) -> Reply[dict[str, dict[str, Any]]]:
        """``CLUSTER NODES``: a dict for each node, by its ``ip:port``.

        https://valkey.io/commands/cluster-nodes/
        """
        return self._run(("CLUSTER", "NODES"), nodes)

    def cluster_shards(self) -> Reply[list[dict[str, Any]]]:
        """``CLUSTER SHARDS``: for each shard its ``slots``, (first, last) pairs, and its
        ``nodes``, a dict each.

        https://valkey.io/commands/cluster-shards/
        """
        return self._run(("CLUSTER", "SHARDS"), shards)

    def cluster_slots(self) -> Reply[dict[tuple[int, int], dict[str, Any]]]:
        """``CLUSTER SLOTS``: {(first, last): {"primary": (host, port), "replicas": [...]}}.

        https://valkey.io/commands/cluster-slots/
        """
        return self._run(("CLUSTER", "SLOTS"), slots)

    def cluster_links(self) -> Reply[list[dict[str, Any]]]:
        """``CLUSTER LINKS``: a dict for each connection between this node and another.

        https://valkey.io/commands/cluster-links/
        """
        return self._run(("CLUSTER", "LINKS"), links)

    def cluster_myid(self) -> Reply[str]:
        """``CLUSTER MYID``: the id of this node.

        https://valkey.io/commands/cluster-myid/
        """
        return self._run(("CLUSTER", "MYID"), string)

    def cluster_myshardid(self) -> Reply[str]:
        """``CLUSTER MYSHARDID``: the id of its shard. For servers since 7.2.

        https://valkey.io/commands/cluster-myshardid/
        """
        return self._run(("CLUSTER", "MYSHARDID"), string)

    def cluster_replicas(self, node_id: str) -> Reply[dict[str, dict[str, Any]]]:
        """``CLUSTER REPLICAS node-id``: the replicas of that node, as ``cluster_nodes``.

        https://valkey.io/commands/cluster-replicas/
        """
        return self._run(("CLUSTER", "REPLICAS", node_id), node_list)

    def cluster_slaves(self, node_id: str) -> Reply[dict[str, dict[str, Any]]]:
        """``CLUSTER SLAVES node-id``: ``cluster_replicas`` by its old name.

        https://valkey.io/commands/cluster-slaves/
        """
        return self._run(("CLUSTER", "SLAVES", node_id), node_list)

    def cluster_count_failure_report(self, node_id: str) -> Reply[int]:
        """``CLUSTER COUNT-FAILURE-REPORTS node-id``: how many nodes say that it fails.

        https://valkey.io/commands/cluster-count-failure-reports/
        """
        return self._run(("CLUSTER", "COUNT-FAILURE-REPORTS", node_id))

    # --- slots and their keys ---------------------------------------------------------

    def cluster_keyslot(self, key: Key) -> Reply[int]:
        """``CLUSTER KEYSLOT key``: the slot of a key.

        https://valkey.io/commands/cluster-keyslot/
        """
        return self._run(("CLUSTER", "KEYSLOT", key))

    def cluster_countkeysinslot(self, slot_id: int) -> Reply[int]:
        """``CLUSTER COUNTKEYSINSLOT slot``: how many keys this node has there.

        https://valkey.io/commands/cluster-countkeysinslot/
        """
        return self._run(("CLUSTER", "COUNTKEYSINSLOT", slot_id))

    def cluster_get_keys_in_slot(self, slot: int, num_keys: int) -> Reply[list[T]]:
        """``CLUSTER GETKEYSINSLOT slot n``: at most so many of them.

        https://valkey.io/commands/cluster-getkeysinslot/
        """
        return self._run(("CLUSTER", "GETKEYSINSLOT", slot, num_keys))

    def clusterscan(
        self,
        cursor: Value = "0",
        match: Key | None = None,
        count: int | None = None,
        _type: str | None = None,
        slot: int | None = None,
    ) -> Reply[list[Any]]:
        """``CLUSTERSCAN cursor``: [next cursor, names]: a step of a walk over all slots.

        Begin with "0", go on with the cursor of the reply; "0" is the end. Another node
        may have to be asked (MovedError). For Valkey 9.1.
        https://valkey.io/commands/clusterscan/
        """
        words = (
            *option("MATCH", match),
            *option("COUNT", count),
            *option("TYPE", _type),
            *option("SLOT", slot),
        )
        return self._run(("CLUSTERSCAN", cursor, *words))

    def cluster_slot_stats(
        self,
        first: int | None = None,
        last: int | None = None,
        orderby: str | None = None,
        limit: int | None = None,
        desc: bool = False,
    ) -> Reply[list[list[Any]]]:
        """``CLUSTER SLOT-STATS``: [slot, {name: number}] for each slot of this node.

        Of those from ``first`` to ``last``, or the ``limit`` slots with the least, or with
        ``desc`` the most, of the number ``orderby``: key-count, cpu-usec,
        network-bytes-in, network-bytes-out. For Valkey 8.0 and Redis 8.2.
        https://valkey.io/commands/cluster-slot-stats/
        """
        if orderby is not None:
            words = ("ORDERBY", orderby, *option("LIMIT", limit), *switches(DESC=desc))
        elif first is None or last is None:
            raise DataError("cluster_slot_stats needs first and last, or orderby")
        else:
            words = ("SLOTSRANGE", first, last)
        return self._run(("CLUSTER", "SLOT-STATS", *words), slot_stats)


_CHANGES = (
    *("ADDSLOTS", "ADDSLOTSRANGE", "DELSLOTS", "DELSLOTSRANGE", "FAILOVER", "FORGET"),
    *("MEET", "REPLICATE", "RESET", "SAVECONFIG", "SET-CONFIG-EPOCH", "SETSLOT"),
)

_SHAPES: dict[str, Shape] = {
    "INFO": info,
    "NODES": nodes,
    "SHARDS": shards,
    "SLOTS": slots,
    "LINKS": links,
    "MYID": string,
    "MYSHARDID": string,
    "REPLICAS": node_list,
    "SLAVES": node_list,
    "SLOT-STATS": slot_stats,
    "GETSLOTMIGRATIONS": links,
    **dict.fromkeys(_CHANGES, ok),
}
