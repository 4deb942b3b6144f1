"""The server, its users, its logs, its catalogue of commands; connections; help."""

from __future__ import annotations

from .story import Call, Has, Refused, Unsent, call, newer

HELP = [
    "ACL",
    "CLIENT",
    "COMMAND",
    "COMMANDLOG",
    "CONFIG",
    "FUNCTION",
    "LATENCY",
]
HELP += ["MEMORY", "MODULE", "OBJECT", "PUBSUB", "SCRIPT", "SLOWLOG", "XGROUP", "XINFO"]

GET = {"name": "get", "arity": 2, "first_key_pos": 1, "last_key_pos": 1, "step_count": 1}

CALLS: list[Call] = [
    # --- users
    call("acl_whoami") >> ("ACL", "WHOAMI") >> "default",
    call("acl_users") >> ("ACL", "USERS") >> ["default"],
    call("acl_list") >> ("ACL", "LIST") >> list,
    call("acl_setuser", "eve") >> ("ACL", "SETUSER", "eve", "off") >> True,
    call(
        "acl_setuser",
        "eve",
        True,
        passwords=["+secret", "-other"],
        hashed_passwords="+" + "0" * 64,
        categories=["+@read", "-write"],
        commands=["+set", "-config|set"],
        keys=["cache:*", "%R~other:*"],
        channels=["news"],
        selectors=[("+get", "public:*")],
        reset=True,
    )
    >> (
        *("ACL", "SETUSER", "eve", "reset", "on", ">secret", "<other", "#" + "0" * 64),
        *("+@read", "-@write", "+set", "-config|set", "~cache:*", "%R~other:*", "&news"),
        "(+get ~public:*)",
    )
    >> Refused("ERR"),
    call(
        "acl_setuser",
        "eve",
        enabled=True,
        nopass=True,
        keys=["cache:*"],
        commands=["+get"],
        selectors=[("+get", "public:*")],
        reset_keys=True,
        reset_channels=True,
        reset_passwords=True,
    )
    >> (
        "ACL",
        "SETUSER",
        "eve",
        "resetkeys",
        "resetchannels",
        "resetpass",
        "on",
        "nopass",
        "+get",
        "~cache:*",
        "(+get ~public:*)",
    )
    >> True,
    call("acl_getuser", "eve")
    >> ("ACL", "GETUSER", "eve")
    >> Has(
        {
            "enabled": True,
            "passwords": [],
            "categories": ["-@all"],
            "commands": ["+get"],
            "keys": ["~cache:*"],
            "channels": [],
            "selectors": Has(
                {"commands": "-@all +get", "keys": "~public:*", "channels": ""}
            ),
        }
    ),
    call("acl_getuser", "nobody") >> ("ACL", "GETUSER", "nobody") >> None,
    call("acl_dryrun", "eve", "get", "cache:1")
    >> ("ACL", "DRYRUN", "eve", "get", "cache:1")
    >> b"OK",
    call("acl_deluser", "eve", "nobody") >> ("ACL", "DELUSER", "eve", "nobody") >> 1,
    call("acl_genpass") >> ("ACL", "GENPASS") >> str,
    call("acl_genpass", 8) >> ("ACL", "GENPASS", 8) >> str,
    call("acl_cat") >> ("ACL", "CAT") >> list,
    call("acl_cat", "hyperloglog") >> ("ACL", "CAT", "hyperloglog") >> list,
    call("acl_log_reset") >> ("ACL", "LOG", "RESET") >> True,
    call("acl_log") >> ("ACL", "LOG") >> [],
    call("acl_log", 5) >> ("ACL", "LOG", 5) >> [],
    call("acl_load") >> ("ACL", "LOAD") >> Refused("not configured to use an ACL file"),
    call("acl_save") >> ("ACL", "SAVE") >> Refused("not configured to use an ACL file"),
    # --- connections
    call("client_getredir") >> ("CLIENT", "GETREDIR") >> -1,
    call("client_trackinginfo")
    >> ("CLIENT", "TRACKINGINFO")
    >> {"flags": ["off"], "redirect": -1, "prefixes": []},
    call("client_kill", "127.0.0.1:1")
    >> ("CLIENT", "KILL", "127.0.0.1:1")
    >> Refused("No such"),
    call(
        "client_kill_filter",
        0x7FFFFFFF,
        "normal",
        "127.0.0.1:1",
        True,
        "127.0.0.1:2",
        "default",
    )
    >> (
        "CLIENT",
        "KILL",
        "TYPE",
        "normal",
        "SKIPME",
        "YES",
        "ID",
        0x7FFFFFFF,
        "ADDR",
        "127.0.0.1:1",
        "LADDR",
        "127.0.0.1:2",
        "USER",
        "default",
    )
    >> 0,
    newer(
        call("client_kill_filter", skipme=False, maxage=1000000)
        >> ("CLIENT", "KILL", "SKIPME", "NO", "MAXAGE", 1000000)
        >> 0
    ),
    call("client_unblock", 0x7FFFFFFF) >> ("CLIENT", "UNBLOCK", 0x7FFFFFFF) >> False,
    call("client_unblock", 0x7FFFFFFF, True)
    >> ("CLIENT", "UNBLOCK", 0x7FFFFFFF, "ERROR")
    >> False,
    call("client_pause", 1, all=False) >> ("CLIENT", "PAUSE", 1, "WRITE") >> True,
    call("client_pause", 1) >> ("CLIENT", "PAUSE", 1) >> True,
    call("client_unpause") >> ("CLIENT", "UNPAUSE") >> True,
    # --- what it is
    call("role") >> ("ROLE",) >> list,
    call("lolwut") >> ("LOLWUT",) >> bytes,
    call("lolwut", 5, 8, 1, 1) >> ("LOLWUT", "VERSION", 5, 8, 1, 1) >> bytes,
    call("memory_stats")
    >> ("MEMORY", "STATS")
    >> Has({"keys.count": 0, "peak.allocated": int, "peak.percentage": float}),
    call("memory_doctor") >> ("MEMORY", "DOCTOR") >> bytes,
    call("memory_malloc_stats") >> ("MEMORY", "MALLOC-STATS") >> bytes,
    call("memory_purge") >> ("MEMORY", "PURGE") >> True,
    call("module_list") >> ("MODULE", "LIST") >> list,
    call("module_load", "/none", 1) >> ("MODULE", "LOAD", "/none", 1) >> Refused("ERR"),
    call("module_loadex", "/none", ["a", 1], ["b"])
    >> ("MODULE", "LOADEX", "/none", "CONFIG", "a", 1, "ARGS", "b")
    >> Refused("ERR"),
    call("module_unload", "none") >> ("MODULE", "UNLOAD", "none") >> Refused("ERR"),
    # --- its settings, its files
    call("config_resetstat") >> ("CONFIG", "RESETSTAT") >> True,
    call("config_rewrite") >> ("CONFIG", "REWRITE") >> True,
    call("save") >> ("SAVE",) >> True,
    call("bgsave", schedule=False) >> ("BGSAVE",) >> Unsent("one may be under way already"),
    call("bgsave") >> ("BGSAVE", "SCHEDULE") >> Unsent("one may be under way already"),
    call("bgrewriteaof") >> ("BGREWRITEAOF",) >> Unsent("one may be under way already"),
    # --- its place among servers
    call("replicaof", "NO", "ONE") >> ("REPLICAOF", "NO", "ONE") >> True,
    call("slaveof") >> ("SLAVEOF", "NO", "ONE") >> True,
    call("slaveof", "h", 1) >> ("SLAVEOF", "h", 1) >> Unsent("it would lose its data"),
    call("failover", abort=True)
    >> ("FAILOVER", "ABORT")
    >> Refused("No failover in progress"),
    call("failover", "h", 1, True, timeout=5)
    >> ("FAILOVER", "TO", "h", 1, "FORCE", "TIMEOUT", 5)
    >> Refused("FAILOVER requires connected replicas"),
    call("shutdown", abort=True)
    >> ("SHUTDOWN", "ABORT")
    >> Refused("No shutdown in progress"),
    call("shutdown", nosave=True, now=True, force=True)
    >> ("SHUTDOWN", "NOSAVE", "NOW", "FORCE")
    >> Unsent("it would be gone"),
    call("shutdown", True) >> ("SHUTDOWN", "SAVE") >> Unsent("it would be gone"),
    # --- for those who work on it
    call("set", "k", 7) >> ("SET", "k", 7) >> True,
    call("debug", "SLEEP", 0) >> ("DEBUG", "SLEEP", 0) >> b"OK",
    call("debug_object", "k")
    >> ("DEBUG", "OBJECT", "k")
    >> Has({"type": "Value", "encoding": "int", "refcount": int, "serializedlength": int}),
    call("swapdb", 0, 1) >> ("SWAPDB", 0, 1) >> True,
    # --- what took long
    call("slowlog_reset") >> ("SLOWLOG", "RESET") >> True,
    call("slowlog_len") >> ("SLOWLOG", "LEN") >> 0,
    call("config_set", "slowlog-log-slower-than", 0)
    >> ("CONFIG", "SET", "slowlog-log-slower-than", 0)
    >> True,
    call("set", b"\xff", "v") >> ("SET", b"\xff", "v") >> True,
    call("config_set", "slowlog-log-slower-than", 10000)
    >> ("CONFIG", "SET", "slowlog-log-slower-than", 10000)
    >> True,
    call("slowlog_get", 1)
    >> ("SLOWLOG", "GET", 1)
    >> (lambda given: given[0]["command"] == b"SET \xff v" and given[0]["duration"] >= 0),
    call("slowlog_get") >> ("SLOWLOG", "GET") >> list,
    call("commandlog_reset", "large-reply")
    >> ("COMMANDLOG", "RESET", "large-reply")
    >> True,
    call("commandlog_len", "large-reply") >> ("COMMANDLOG", "LEN", "large-reply") >> 0,
    call("commandlog_get", 1, "slow")
    >> ("COMMANDLOG", "GET", 1, "slow")
    >> (lambda given: set(given[0]) >= {"id", "start_time", "duration", "command"}),
    call("latency_doctor") >> ("LATENCY", "DOCTOR") >> bytes,
    call("latency_graph", "command")
    >> ("LATENCY", "GRAPH", "command")
    >> Refused("No samples"),
    call("latency_history", "command") >> ("LATENCY", "HISTORY", "command") >> [],
    call("latency_latest") >> ("LATENCY", "LATEST") >> [],
    call("latency_histogram", "set")
    >> ("LATENCY", "HISTOGRAM", "set")
    >> Has({"set": Has({"calls": 2, "histogram_usec": dict})}),
    call("latency_reset", "command") >> ("LATENCY", "RESET", "command") >> 0,
    call("hotkeys_start", ["CPU", "NET"], 5, 10, 2, [0, 1])
    >> (
        "HOTKEYS",
        "START",
        "METRICS",
        2,
        "CPU",
        "NET",
        "COUNT",
        5,
        "DURATION",
        10,
        "SAMPLE",
        2,
        "SLOTS",
        2,
        0,
        1,
    )
    >> True,
    call("hotkeys_get") >> ("HOTKEYS", "GET") >> list,
    call("hotkeys_stop") >> ("HOTKEYS", "STOP") >> True,
    call("hotkeys_reset") >> ("HOTKEYS", "RESET") >> True,
    # --- its catalogue
    call("command")
    >> ("COMMAND",)
    >> Has({"get": Has({**GET, "flags": ["readonly", "fast"]})}),
    call("command_info", "get", "nosuch")
    >> ("COMMAND", "INFO", "get", "nosuch")
    >> {
        "get": {
            **GET,
            "flags": ["readonly", "fast"],
            "acl_categories": ["@read", "@string", "@fast"],
            "tips": [],
            "key_specifications": [
                {
                    "flags": ["RO", "access"],
                    "begin_search": {"type": "index", "spec": {"index": 1}},
                    "find_keys": {
                        "type": "range",
                        "spec": {"lastkey": 0, "keystep": 1, "limit": 0},
                    },
                }
            ],
            "subcommands": {},
        }
    },
    call("command_docs", "get", "config")
    >> ("COMMAND", "DOCS", "get", "config")
    >> Has(
        {
            "get": Has(
                {"group": "string", "arguments": Has({"name": "key", "type": "key"})}
            ),
            "config": Has({"subcommands": Has({"config|get": Has({"since": "2.0.0"})})}),
        }
    ),
    call("command_list") >> ("COMMAND", "LIST") >> list,
    call("command_list", pattern="xgroup|d*")
    >> ("COMMAND", "LIST", "FILTERBY", "PATTERN", "xgroup|d*")
    >> list,
    call("command_list", module="json")
    >> ("COMMAND", "LIST", "FILTERBY", "MODULE", "json")
    >> [],
    call("command_list", category="hyperloglog")
    >> ("COMMAND", "LIST", "FILTERBY", "ACLCAT", "hyperloglog")
    >> list,
    call("command_getkeys", "MSET", "a", 1, "b", 2)
    >> ("COMMAND", "GETKEYS", "MSET", "a", 1, "b", 2)
    >> [b"a", b"b"],
    call("command_getkeysandflags", "GET", "a")
    >> ("COMMAND", "GETKEYSANDFLAGS", "GET", "a")
    >> [[b"a", [b"RO", b"access"]]],
    # --- help
    *(call(f"{name.lower()}_help") >> (name, "HELP") >> list for name in HELP),
]
