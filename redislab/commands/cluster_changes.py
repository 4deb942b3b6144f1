"""The cluster, changed: slots given and taken, nodes met and forgotten, roles swapped.

Each acts on the node that is asked; the others learn of it by gossip. ResponseError when
the server does not run as part of a cluster.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redislab.commands.replies import ok, string
from redislab.commands.run import Run, T, Value
from redislab.commands.topology import links
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class ClusterChanges(Run[T]):
    """The group ``cluster``, as far as it changes something."""

    __slots__ = ()

    # --- slots ------------------------------------------------------------------------

    def cluster_addslots(self, *slots: int) -> Reply[bool]:
        """``CLUSTER ADDSLOTS slot ...``: True; the node has these slots now.

        https://valkey.io/commands/cluster-addslots/
        """
        return self._run(("CLUSTER", "ADDSLOTS", *slots), ok)

    def cluster_addslotsrange(self, *slots: int) -> Reply[bool]:
        """``CLUSTER ADDSLOTSRANGE first last ...``: ``cluster_addslots`` by ranges.

        https://valkey.io/commands/cluster-addslotsrange/
        """
        return self._run(("CLUSTER", "ADDSLOTSRANGE", *slots), ok)

    def cluster_delslots(self, *slots: int) -> Reply[bool]:
        """``CLUSTER DELSLOTS slot ...``: True; the node knows no owner of these slots.

        https://valkey.io/commands/cluster-delslots/
        """
        return self._run(("CLUSTER", "DELSLOTS", *slots), ok)

    def cluster_delslotsrange(self, *slots: int) -> Reply[bool]:
        """``CLUSTER DELSLOTSRANGE first last ...``: ``cluster_delslots`` by ranges.

        https://valkey.io/commands/cluster-delslotsrange/
        """
        return self._run(("CLUSTER", "DELSLOTSRANGE", *slots), ok)

    def cluster_setslot(self, node_id: str, slot_id: int, state: str) -> Reply[bool]:
        """``CLUSTER SETSLOT slot IMPORTING|MIGRATING|NODE node-id``: True; a step of moving
        a slot. For STABLE see ``cluster_setslot_stable``.

        https://valkey.io/commands/cluster-setslot/
        """
        if state.upper() not in ("IMPORTING", "MIGRATING", "NODE"):
            raise DataError(f"state must be IMPORTING, MIGRATING or NODE, not {state!r}")
        return self._run(("CLUSTER", "SETSLOT", slot_id, state, node_id), ok)

    def cluster_setslot_stable(self, slot_id: int) -> Reply[bool]:
        """``CLUSTER SETSLOT slot STABLE``: True; the slot is not being moved any more.

        https://valkey.io/commands/cluster-setslot/
        """
        return self._run(("CLUSTER", "SETSLOT", slot_id, "STABLE"), ok)

    def cluster_flushslots(self) -> Reply[bool]:
        """``CLUSTER FLUSHSLOTS``: True; the node has no slots. It must hold no keys.

        https://valkey.io/commands/cluster-flushslots/
        """
        return self._run(("CLUSTER", "FLUSHSLOTS"), ok)

    def cluster_flushslot(self, slot_id: int, sync_type: str | None = None) -> Reply[bool]:
        """``CLUSTER FLUSHSLOT slot``: True; every key of this slot is gone.

        ``sync_type``: SYNC or ASYNC. For Valkey 9.0.
        https://valkey.io/commands/cluster-flushslot/
        """
        if sync_type not in ("SYNC", "ASYNC", None):
            raise DataError(f"sync_type must be SYNC or ASYNC, not {sync_type!r}")
        how = () if sync_type is None else (sync_type,)
        return self._run(("CLUSTER", "FLUSHSLOT", slot_id, *how), ok)

    def cluster_migrateslots(self, *migrations: tuple[int, int, str]) -> Reply[bool]:
        """``CLUSTER MIGRATESLOTS SLOTSRANGE first last NODE node-id ...``: True; the slots
        are moving there, with their keys.

        ``migrations`` are (first slot, last slot, node id). For Valkey 9.0.
        https://valkey.io/commands/cluster-migrateslots/
        """
        if not migrations:
            raise DataError("cluster_migrateslots needs at least (first, last, node id)")
        words: list[Any] = []
        for first, last, node in migrations:
            words += ("SLOTSRANGE", first, last, "NODE", node)
        return self._run(("CLUSTER", "MIGRATESLOTS", *words), ok)

    def cluster_getslotmigrations(self) -> Reply[list[dict[str, Any]]]:
        """``CLUSTER GETSLOTMIGRATIONS``: a dict for each such move, the newest first.

        https://valkey.io/commands/cluster-getslotmigrations/
        """
        return self._run(("CLUSTER", "GETSLOTMIGRATIONS"), links)

    def cluster_cancelslotmigrations(self) -> Reply[bool]:
        """``CLUSTER CANCELSLOTMIGRATIONS``: True; no slots are moving away any more.

        https://valkey.io/commands/cluster-cancelslotmigrations/
        """
        return self._run(("CLUSTER", "CANCELSLOTMIGRATIONS"), ok)

    def cluster_migration(self, subcommand: str, *args: Value) -> Reply[Any]:
        """``CLUSTER MIGRATION IMPORT|CANCEL|STATUS ...``: moving slots in Redis 8.4.

        IMPORT first last ...: the id of a task that fetches these slots, with their keys,
        from whoever has them; CANCEL ID id, or CANCEL ALL: how many were stopped; STATUS,
        also with ID id: a dict for each.
        https://redis.io/docs/latest/commands/cluster-migration/
        """
        words = ("CLUSTER", "MIGRATION", subcommand, *args)
        return self._run(words, links if subcommand.upper() == "STATUS" else None)

    def trimslots(self, *ranges: tuple[int, int]) -> Reply[bool]:
        """``TRIMSLOTS RANGES n first last ...``: True; the keys of these slots are gone
        from this node.

        ``ranges`` are (first, last). It belongs to the moving of slots; for Redis 8.4.
        https://redis.io/docs/latest/commands/trimslots/
        """
        if not ranges:
            raise DataError("trimslots needs at least one (first, last)")
        slots = (slot for pair in ranges for slot in pair)
        return self._run(("TRIMSLOTS", "RANGES", len(ranges), *slots), ok)

    # --- nodes ------------------------------------------------------------------------

    def cluster_meet(
        self, host: str, port: int, bus_port: int | None = None
    ) -> Reply[bool]:
        """``CLUSTER MEET host port``: True; the node will get to know that one.

        https://valkey.io/commands/cluster-meet/
        """
        bus = () if bus_port is None else (bus_port,)
        return self._run(("CLUSTER", "MEET", host, port, *bus), ok)

    def cluster_forget(self, node_id: str) -> Reply[bool]:
        """``CLUSTER FORGET node-id``: True; the node knows that one no more.

        https://valkey.io/commands/cluster-forget/
        """
        return self._run(("CLUSTER", "FORGET", node_id), ok)

    def cluster_replicate(self, node_id: str) -> Reply[bool]:
        """``CLUSTER REPLICATE node-id``: True; the node is a replica of that one.

        https://valkey.io/commands/cluster-replicate/
        """
        return self._run(("CLUSTER", "REPLICATE", node_id), ok)

    def cluster_failover(self, option: str | None = None) -> Reply[bool]:
        """``CLUSTER FAILOVER``: True; this replica takes its primary's place.

        ``option``: FORCE without the primary's consent, TAKEOVER without anybody's.
        https://valkey.io/commands/cluster-failover/
        """
        if option is not None and option.upper() not in ("FORCE", "TAKEOVER"):
            raise DataError(f"option must be FORCE or TAKEOVER, not {option!r}")
        how = () if option is None else (option.upper(),)
        return self._run(("CLUSTER", "FAILOVER", *how), ok)

    def cluster_reset(self, hard: bool = True) -> Reply[bool]:
        """``CLUSTER RESET HARD|SOFT``: True; the node knows no others; ``hard``: and has a
        new id.

        https://valkey.io/commands/cluster-reset/
        """
        return self._run(("CLUSTER", "RESET", "HARD" if hard else "SOFT"), ok)

    # --- its records ------------------------------------------------------------------

    def cluster_save_config(self) -> Reply[bool]:
        """``CLUSTER SAVECONFIG``: True; what the node knows is in its file.

        https://valkey.io/commands/cluster-saveconfig/
        """
        return self._run(("CLUSTER", "SAVECONFIG"), ok)

    def cluster_set_config_epoch(self, epoch: int) -> Reply[bool]:
        """``CLUSTER SET-CONFIG-EPOCH epoch``: True; the version of a new node's records.

        https://valkey.io/commands/cluster-set-config-epoch/
        """
        return self._run(("CLUSTER", "SET-CONFIG-EPOCH", epoch), ok)

    def cluster_bumpepoch(self) -> Reply[str]:
        """``CLUSTER BUMPEPOCH``: "BUMPED 3" or "STILL 3": this node's records are the
        newest.

        https://valkey.io/commands/cluster-bumpepoch/
        """
        return self._run(("CLUSTER", "BUMPEPOCH"), string)
