"""The private folder of one server, and the sweep of those whose server is long gone.

    /tmp/redislab-k3v9x2ab/     0700
        lock                    flocked by the guard for as long as it lives
        server.conf             0600, the only place on disk with the password
        server.log              what the server and the guard print
        s.sock                  the unix socket
        appendonlydir/          with ``appendonly yes``

Rules of this file:
- Whether a folder is in use is asked of the lock, never of a process id: the system
  frees a lock when its holder dies, and it reuses process ids.
- A folder of another user is not even looked into.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from redislab.servers.ask import ask

PREFIX = "redislab-"
LOCK, CONFIG, LOG, SOCKET = "lock", "server.conf", "server.log", "s.sock"

LONGEST_SOCKET_PATH = 100  # bytes; the system's own limit is 104 (macOS) or 108 (Linux)
UNFINISHED = 600.0  # seconds; a folder still without a lock then was left by a crash


def create() -> tuple[Path, int]:
    """A new folder, 0700, and the file descriptor that holds its lock."""
    import fcntl  # not on Windows, where the rest of the package must import

    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_root()))
    # Locked before it gets its name, so that no sweep finds it free.
    unnamed = folder / "lock.new"
    lock = os.open(unnamed, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    unnamed.rename(folder / LOCK)
    return folder, lock


def write_config(folder: Path, text: str) -> Path:
    """Write ``server.conf``, readable by its owner only."""
    path = folder / CONFIG
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(os.fsencode(text))
    return path


def sweep() -> None:
    """Clear every folder of ours that nobody holds the lock of."""
    for root in {tempfile.gettempdir(), "/tmp"}:  # noqa: S108  only looked through
        with suppress(OSError), os.scandir(root) as entries:
            for entry in entries:
                if entry.name.startswith(PREFIX) and _is_stale(entry):
                    clear(Path(entry.path))


def clear(folder: Path) -> None:
    """Remove a folder, after ending a server that still answers in it.

    There is one where a guard was killed on macOS, which cannot tie the server's life to
    the guard's.
    """
    with suppress(OSError):
        password = re.search(
            r"^requirepass (\w+)$", (folder / CONFIG).read_text(), re.MULTILINE
        )
        if password:
            ask(str(folder / SOCKET), password[1], ("SHUTDOWN", "NOSAVE"))
    shutil.rmtree(folder, ignore_errors=True)


def _root() -> str:
    """Where temporary files go, or /tmp when that would make the socket's path too long."""
    usual = tempfile.gettempdir()
    longest = os.path.join(usual, f"{PREFIX}12345678", SOCKET)
    return usual if len(os.fsencode(longest)) < LONGEST_SOCKET_PATH else "/tmp"  # noqa: S108  mkdtemp makes it 0700


def _is_stale(entry: os.DirEntry[str]) -> bool:
    import fcntl

    try:
        facts = entry.stat(follow_symlinks=False)
        if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.getuid():
            return False
        try:
            lock = os.open(os.path.join(entry.path, LOCK), os.O_RDWR | os.O_NOFOLLOW)
        except FileNotFoundError:
            return time.time() - facts.st_mtime > UNFINISHED
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        finally:
            os.close(lock)
    except OSError:  # held by a guard, or removed while we looked
        return False
    return True
