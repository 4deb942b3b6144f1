"""The workshop: private real servers, for lessons and tests alike.

binary.py   which server binary to start, and the remedy when there is none
server.py   Server: one private server
leash.py    the kernel's end of the guard
guard.py    the guard, a program of its own: no server outlives its kernel
folder.py   the private folder, its lock, and the sweep of stale ones
ask.py      a few words with a server over a plain blocking socket
doctor.py   what `redislab doctor` prints
faults.py   a proxy that delays, cuts, swallows and lies, for lessons on bad networks
"""

from redislab.servers.binary import find_binary
from redislab.servers.faults import Proxy
from redislab.servers.server import Server

__all__ = ["Proxy", "Server", "find_binary"]
