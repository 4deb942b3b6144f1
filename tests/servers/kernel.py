"""Stands in for a Jupyter kernel: a Python process that starts a server and then waits.

    python tests/servers/kernel.py [fork | worker | crash]

prints the server's process id, its folder and its URL, a word each, and reads lines from
standard input until that ends. An interrupt is answered with a line, as a kernel
answers it with a KeyboardInterrupt in the cell.
"""

from __future__ import annotations

import os
import signal
import sys

from redislab.servers import Server


def main(role: str) -> None:
    # Not print: the interrupt may come while main() is still inside a print of its own.
    signal.signal(signal.SIGINT, lambda *_: os.write(1, b"interrupted\n"))
    server = Server().start()
    if role == "fork" and os.fork() == 0:  # a child that ends at once, in the orderly way
        server.stop()
        sys.exit()
    if role == "fork":
        os.wait()
    if role == "worker" and os.fork() == 0:  # a child that outlives its parent
        sys.stdin.read()
        os._exit(0)
    print(server.pid, server.folder, server.url, flush=True)
    if role == "crash":
        raise RuntimeError("the kernel crashes")
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
