"""Is it ever wrong? ``python -m tests.reliability`` injects faults, counts, and prints.

row.py          what a row of the table is made of
table.py        runs rows, each with the planted bug that it must catch; the table
cancels.py      calls that are cancelled or run out of time, at any moment
durability.py   links cut and servers killed at every byte, with the disk as the truth
races.py        WATCH against others, and random programs against a dict
outages.py      ways to lose a server and get it back; what waits meanwhile
volume.py       more data than memory; a million commands and what they leave behind
hostile.py      replies nobody should believe: fuzz, length bombs, injection, wrong types
strangers.py    peers that are no Redis, and URLs that are none
lifetimes.py    loops, forks, use after close, observers that raise
machines.py     servers and kernels as processes: parallel starts, kills, the stop button
privacy.py      secrets, and other users of the same machine
theirs.py       some of the rows for redis-py, side by side with ours

``test_rows.py`` runs every row in small; the command runs them in full.
"""
