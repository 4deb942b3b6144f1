"""A cluster of one node, which has all slots."""

from __future__ import annotations

from .story import Call, Has, Pair, Refused, Unsent, call

NOBODY = "0" * 40

CALLS: list[Call] = [
    call("cluster_bumpepoch") >> ("CLUSTER", "BUMPEPOCH") >> str,
    call("cluster_save_config") >> ("CLUSTER", "SAVECONFIG") >> True,
    call("cluster_info")
    >> ("CLUSTER", "INFO")
    >> Has({"cluster_slots_assigned": "16384", "cluster_known_nodes": "1"}),
    call("cluster", "info") >> ("CLUSTER", "INFO") >> Has({"cluster_size": "1"}),
    call("cluster", "keyslot", "k") >> ("CLUSTER", "KEYSLOT", "k") >> 7629,
    call("cluster_nodes")
    >> ("CLUSTER", "NODES")
    >> (
        lambda given: (
            [(node["slots"], node["connected"]) for node in given.values()]
            == [([["0", "16383"]], True)]
        )
    ),
    call("cluster_shards")
    >> ("CLUSTER", "SHARDS")
    >> Has({"slots": [(0, 16383)], "nodes": Has({"role": b"master", "id": bytes})}),
    call("cluster_slots")
    >> ("CLUSTER", "SLOTS")
    >> Has({(0, 16383): Has({"primary": tuple, "replicas": []})}),
    call("cluster_links") >> ("CLUSTER", "LINKS") >> [],
    call("cluster_myid") >> ("CLUSTER", "MYID") >> str,
    call("cluster_myshardid") >> ("CLUSTER", "MYSHARDID") >> str,
    call("cluster_replicas", NOBODY)
    >> ("CLUSTER", "REPLICAS", NOBODY)
    >> Refused("Unknown node"),
    call("cluster_slaves", NOBODY)
    >> ("CLUSTER", "SLAVES", NOBODY)
    >> Refused("Unknown node"),
    call("cluster_count_failure_report", NOBODY)
    >> ("CLUSTER", "COUNT-FAILURE-REPORTS", NOBODY)
    >> Refused("Unknown node"),
    call("cluster_keyslot", "k") >> ("CLUSTER", "KEYSLOT", "k") >> 7629,
    call("set", "k", "v") >> ("SET", "k", "v") >> True,
    call("cluster_countkeysinslot", 7629) >> ("CLUSTER", "COUNTKEYSINSLOT", 7629) >> 1,
    call("cluster_get_keys_in_slot", 7629, 5)
    >> ("CLUSTER", "GETKEYSINSLOT", 7629, 5)
    >> [b"k"],
    call("clusterscan", "0", "k*", 9, "string", 7629)
    >> ("CLUSTERSCAN", "0", "MATCH", "k*", "COUNT", 9, "TYPE", "string", "SLOT", 7629)
    >> Pair(bytes, list),
    call("clusterscan") >> ("CLUSTERSCAN", "0") >> list,
    call("cluster_slot_stats", 7629, 7629)
    >> ("CLUSTER", "SLOT-STATS", "SLOTSRANGE", 7629, 7629)
    >> (lambda given: given[0][0] == 7629 and given[0][1]["key-count"] == 1),
    call("cluster_slot_stats", orderby="key-count", limit=1, desc=True)
    >> ("CLUSTER", "SLOT-STATS", "ORDERBY", "key-count", "LIMIT", 1, "DESC")
    >> (lambda given: [slot for slot, _ in given] == [7629]),
    call("cluster_flushslot", 7629) >> ("CLUSTER", "FLUSHSLOT", 7629) >> True,
    call("cluster_flushslot", 7629, "ASYNC")
    >> ("CLUSTER", "FLUSHSLOT", 7629, "ASYNC")
    >> True,
    call("cluster_migrateslots", (0, 1, NOBODY), (5, 5, NOBODY))
    >> (
        "CLUSTER",
        "MIGRATESLOTS",
        "SLOTSRANGE",
        0,
        1,
        "NODE",
        NOBODY,
        "SLOTSRANGE",
        5,
        5,
        "NODE",
        NOBODY,
    )
    >> Refused("ERR"),
    call("cluster_getslotmigrations") >> ("CLUSTER", "GETSLOTMIGRATIONS") >> [],
    call("cluster_cancelslotmigrations")
    >> ("CLUSTER", "CANCELSLOTMIGRATIONS")
    >> Refused("ERR"),
    call("cluster_migration", "IMPORT", 0, 5)
    >> ("CLUSTER", "MIGRATION", "IMPORT", 0, 5)
    >> bytes,
    call("cluster_migration", "status") >> ("CLUSTER", "MIGRATION", "status") >> list,
    call("trimslots", (0, 1), (5, 5)) >> ("TRIMSLOTS", "RANGES", 2, 0, 1, 5, 5) >> True,
    call("cluster_setslot", NOBODY, 5, "MIGRATING")
    >> ("CLUSTER", "SETSLOT", 5, "MIGRATING", NOBODY)
    >> Refused("I don't know about node"),
    call("cluster_setslot_stable", 5) >> ("CLUSTER", "SETSLOT", 5, "STABLE") >> True,
    call("cluster_meet", "127.0.0.1", 1, 2)
    >> ("CLUSTER", "MEET", "127.0.0.1", 1, 2)
    >> Unsent("it would knock there for the rest of the chapter"),
    call("cluster_forget", NOBODY)
    >> ("CLUSTER", "FORGET", NOBODY)
    >> Refused("Unknown node"),
    call("cluster_replicate", NOBODY)
    >> ("CLUSTER", "REPLICATE", NOBODY)
    >> Refused("Unknown node"),
    call("cluster_failover") >> ("CLUSTER", "FAILOVER") >> Refused("You should send"),
    call("cluster_failover", "force")
    >> ("CLUSTER", "FAILOVER", "FORCE")
    >> Refused("You should send"),
    call("cluster_help") >> ("CLUSTER", "HELP") >> list,
    call("cluster_delslots", 0, 1) >> ("CLUSTER", "DELSLOTS", 0, 1) >> True,
    call("cluster_addslots", 0, 1) >> ("CLUSTER", "ADDSLOTS", 0, 1) >> True,
    call("cluster_delslotsrange", 0, 2, 9, 9)
    >> ("CLUSTER", "DELSLOTSRANGE", 0, 2, 9, 9)
    >> True,
    call("cluster_addslotsrange", 0, 2) >> ("CLUSTER", "ADDSLOTSRANGE", 0, 2) >> True,
    call("flushall") >> ("FLUSHALL",) >> True,
    call("cluster_flushslots") >> ("CLUSTER", "FLUSHSLOTS") >> True,
    call("cluster_reset", hard=False) >> ("CLUSTER", "RESET", "SOFT") >> True,
    call("cluster_reset") >> ("CLUSTER", "RESET", "HARD") >> True,
    call("cluster_set_config_epoch", 1) >> ("CLUSTER", "SET-CONFIG-EPOCH", 1) >> True,
    call("cluster_reset") >> ("CLUSTER", "RESET", "HARD") >> True,
]
