"""How fast is it, beside others? ``python -m tests.benchmarks`` measures and prints.

workloads.py      what every client is asked to do
clients.py        the clients, each by its own names; those not installed are left out
limit.py          a blocking socket with hiredis: what Python can do at most
worker.py         the process that one client runs in
instructions.py   instructions executed, where the kernel lets us count
rounds.py         the server, the workers, and the interleaved rounds
fresh.py          what only a new process can tell: import, connect, memory
report.py         medians, and ratios inside a round; the table
picture.py        the picture for the README

The tests beside them are part of the ordinary run: they count and never time.
"""
