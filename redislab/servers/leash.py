"""The kernel's end of the guard: hold it and the server lives, drop it and the server goes.

The protocol is drawn at the head of ``guard.py``, which runs as a program of its own.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from redislab import exceptions
from redislab.servers import folder as folders

GUARD = Path(__file__).with_name("guard.py")
PATIENCE = 5.0  # seconds for what takes milliseconds


class Leash:
    """A running guard, and what it has reported about its server."""

    def __init__(self, folder: Path, lock: int, command: Sequence[str]) -> None:
        """Start a guard over ``folder``; it inherits ``lock``. No server runs yet."""
        self._folder = folder
        self._owner = os.getpid()
        self._pid: int | None = None
        self._status: int | None = None
        self._unread = b""
        self._reading = threading.Lock()
        program = [sys.executable, "-I", "-S", str(GUARD)]
        arguments = [str(self._owner), str(lock), str(folder), *command]
        with open(folder / folders.LOG, "ab") as log:
            self._guard = subprocess.Popen(
                program + arguments,
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                pass_fds=(lock,),
                start_new_session=True,
                cwd="/",
                umask=0o077,  # CONFIG REWRITE would let others read the password
                # A locale the machine does not have stops the server from starting.
                env={**os.environ, "LC_ALL": "C"},
            )

    @property
    def holds(self) -> bool:
        """Whether the guard lives."""
        return self._guard.poll() is None

    @property
    def pid(self) -> int | None:
        """The server's process id, None when it is down."""
        self._listen(0)
        return self._pid

    @property
    def status(self) -> int | None:
        """How the server ended: its exit status, or minus the signal that killed it."""
        return self._status

    def start_server(self) -> None:
        """Have the guard start the server; ConnectionError when the guard is gone."""
        self._status = None
        self._order(b"s")
        self._wait(lambda: self._pid is not None or self._status is not None)

    def end_server(self) -> None:
        """Let the server end in its own way, which writes what it still has to write."""
        if self.pid is not None:
            self._order(b"t")
            if not self._wait(lambda: self._pid is None):
                self.kill_server()

    def kill_server(self) -> None:
        """End the server as a crash would; nothing when it is down already."""
        if self.pid is not None:
            self._order(b"k")
            self._wait(lambda: self._pid is None)

    def drop(self) -> None:
        """Let go: the guard kills the server, removes the folder and exits.

        In a process that was forked from the owner's this does nothing: the server is
        not its own.
        """
        if os.getpid() != self._owner:
            return
        assert self._guard.stdin
        assert self._guard.stdout
        self._guard.stdin.close()
        try:
            self._guard.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._guard.kill()
            self._guard.wait()
        with self._reading:
            self._guard.stdout.close()
            self._pid = None
        if self._folder.exists():  # the guard was killed
            folders.clear(self._folder)

    def check(self) -> None:
        """ConnectionError when the guard is gone: its folder may be swept any moment."""
        if not self.holds:
            raise _gone()

    def _order(self, order: bytes) -> None:
        self.check()
        assert self._guard.stdin
        try:
            self._guard.stdin.write(order)
        except OSError:
            raise _gone() from None

    def _wait(self, done: Callable[[], bool]) -> bool:
        """Listen to the guard until ``done()``; whether that came in time."""
        deadline = time.monotonic() + PATIENCE
        while not done() and time.monotonic() < deadline and self._listen(PATIENCE):
            pass
        return done()

    def _listen(self, timeout: float) -> bool:
        """Take in what the guard reports within ``timeout`` seconds; False for nothing."""
        assert self._guard.stdout
        with self._reading:
            if self._guard.stdout.closed:
                return False
            poll = select.poll()
            poll.register(self._guard.stdout, select.POLLIN)
            if not poll.poll(timeout * 1000):
                return False
            said = os.read(self._guard.stdout.fileno(), 4096)
            if not said:  # the guard died
                self._pid = None
            *lines, self._unread = (self._unread + said).split(b"\n")
            for line in lines:
                word, number = line.split()
                self._pid = int(number) if word == b"up" else None
                self._status = int(number) if word == b"down" else None
            return bool(said)


def _gone() -> exceptions.ConnectionError:
    return exceptions.ConnectionError(
        "the guard of this server is gone, and the server with it",
        hint="start() it again: that begins with an empty server.",
    )
