"""Kill Jupyter kernels with SIGKILL, one by one, and time the end of their servers.

    python tests/servers/kernel_kills.py [COUNT]

prints a line for each kernel and the sum; exit status 1 if a server outlived its kernel
by two seconds.
"""

from __future__ import annotations

import ast
import os
import signal
import sys
import time
from pathlib import Path

from jupyter_client.manager import KernelManager

ROOT = Path(__file__).parents[2]
LIMIT = 2.0  # seconds
START = "from redislab.servers import Server; server = Server().start()"
FACTS = "(server.pid, str(server.folder))"


def main(count: int) -> int:
    times = [outlived() for _ in range(count)]
    gone = [seconds for seconds in times if seconds < LIMIT]
    slowest = f"; the slowest took {max(gone):.2f} s" if gone else ""
    print(
        f"{len(gone)} of {count} servers gone within {LIMIT:g} s of their kernel{slowest}"
    )
    return 0 if len(gone) == count else 1


def outlived() -> float:
    """Seconds until a killed kernel's server and folder were gone; LIMIT if they stayed."""
    manager = KernelManager()
    manager.start_kernel(cwd=str(ROOT), extra_arguments=["--IPKernelApp.log_level=ERROR"])
    try:
        server, folder = server_of_kernel(manager)
        assert runs(server)
        assert folder.exists()
        os.kill(manager.provisioner.pid, signal.SIGKILL)
        killed = time.monotonic()
        while (seconds := time.monotonic() - killed) < LIMIT:
            if not runs(server) and not folder.exists():
                break
            time.sleep(0.005)
    finally:
        manager.shutdown_kernel(now=True)
    print(f"server {server}: {'gone' if seconds < LIMIT else 'STILL THERE'}")
    return seconds


def server_of_kernel(manager: KernelManager) -> tuple[int, Path]:
    """Process id and folder of the server that a cell of this kernel starts."""
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        reply = client.execute(
            START, user_expressions={"facts": FACTS}, reply=True, timeout=60
        )["content"]
    finally:
        client.stop_channels()
    if reply["status"] != "ok":
        raise RuntimeError("\n".join(reply["traceback"]))
    server, folder = ast.literal_eval(
        reply["user_expressions"]["facts"]["data"]["text/plain"]
    )
    return server, Path(folder)


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
