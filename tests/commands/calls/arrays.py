"""Arrays, which only Redis 8.8 has: words, and the shapes of replies it documents."""

from __future__ import annotations

from .story import Call, call

CALLS: list[Call] = [
    call("arset", "a", 3, "x", "y") >> ("ARSET", "a", 3, "x", "y") >> 2,
    call("armset", "a", {0: "u", 9: "w"}) >> ("ARMSET", "a", 0, "u", 9, "w") >> 2,
    call("arget", "a", 3) >> ("ARGET", "a", 3) >> b"x",
    call("armget", "a", 3, 5) >> ("ARMGET", "a", 3, 5) >> [b"x", None],
    call("argetrange", "a", 3, 5) >> ("ARGETRANGE", "a", 3, 5) >> [b"x", b"y", None],
    call("arscan", "a", 0, 9) >> ("ARSCAN", "a", 0, 9) >> list,
    call("arscan", "a", 9, 0, 1) >> ("ARSCAN", "a", 9, 0, "LIMIT", 1) >> list,
    call("argrep", "a", 0, 9, [("EXACT", "x")])
    >> ("ARGREP", "a", 0, 9, "EXACT", "x")
    >> [3],
    call("argrep", "a", 0, 9, [("GLOB", "x*"), ("RE", "x")], "AND", 5, True, True)
    >> (
        "ARGREP",
        "a",
        0,
        9,
        "GLOB",
        "x*",
        "RE",
        "x",
        "AND",
        "LIMIT",
        5,
        "WITHVALUES",
        "NOCASE",
    )
    >> list,
    call("arop", "a", 0, 9, "USED") >> ("AROP", "a", 0, 9, "USED") >> 4,
    call("arop", "a", 0, 9, "MATCH", "x") >> ("AROP", "a", 0, 9, "MATCH", "x") >> 1,
    call("arcount", "a") >> ("ARCOUNT", "a") >> 4,
    call("arlen", "a") >> ("ARLEN", "a") >> 10,
    call("arinfo", "a") >> ("ARINFO", "a") >> dict,
    call("arinfo", "a", full=True) >> ("ARINFO", "a", "FULL") >> dict,
    call("ardel", "a", 0, 1) >> ("ARDEL", "a", 0, 1) >> 1,
    call("ardelrange", "a", (3, 3), (9, 5)) >> ("ARDELRANGE", "a", 3, 3, 9, 5) >> 2,
    call("arseek", "a", 10) >> ("ARSEEK", "a", 10) >> True,
    call("arnext", "a") >> ("ARNEXT", "a") >> 10,
    call("arinsert", "a", "p", "q") >> ("ARINSERT", "a", "p", "q") >> 11,
    call("arring", "a", 5, "p", "q") >> ("ARRING", "a", 5, "p", "q") >> int,
    call("arlastitems", "a", 2) >> ("ARLASTITEMS", "a", 2) >> list,
    call("arlastitems", "a", 2, True) >> ("ARLASTITEMS", "a", 2, "REV") >> list,
]
