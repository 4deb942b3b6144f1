"""One run of a private server, from ``Server.start()`` to ``Server.stop()``.

It owns what that run is made of: a folder, a password, a guard on a leash, a port. The
server inside may end and come up again; the rest stays.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from contextlib import suppress
from pathlib import Path

from redislab import exceptions
from redislab.connection.private import claim
from redislab.servers import folder as folders
from redislab.servers.ask import ask
from redislab.servers.binary import Binary
from redislab.servers.leash import Leash

HOST = "127.0.0.1"
PORT_ATTEMPTS = 5
READY_WITHIN = 10.0  # seconds; usual is a tenth of one
LOOK_AGAIN = 0.005  # seconds


class Life:
    """A folder, a password, a guard and a port; ``come_up`` puts a server there."""

    def __init__(self, binary: Binary, *, appendonly: bool) -> None:
        """Sweep what others left, make the folder and start the guard; no server yet."""
        folders.sweep()
        self.binary = binary
        self.appendonly = appendonly
        self.password = secrets.token_hex(32)
        claim(self.password)
        self.port = 0
        self.folder, lock = folders.create()
        try:
            command = [str(binary.path), str(self.folder / folders.CONFIG)]
            self.leash = Leash(self.folder, lock, command)
        except BaseException:
            folders.clear(self.folder)
            raise
        finally:
            os.close(lock)  # from here on only the guard holds it

    def come_up(self, port: int | None = None) -> None:
        """Start the server on ``port``, or on a free one, and wait until it answers."""
        self.leash.check()
        log, words = self.folder / folders.LOG, ""
        for _ in range(1 if port else PORT_ATTEMPTS):
            self.port = port or _free_port()
            folders.write_config(self.folder, self._config())
            before = log.stat().st_size
            self.leash.start_server()
            if self._answers():
                return
            words = log.read_bytes()[before:].decode(errors="replace")
            if "Address already in use" not in words:
                break
        raise exceptions.ConnectionError(
            f"{self.binary.path} ended before it answered (status {self.leash.status}); "
            f"its last words:\n{_last_lines(words.replace(self.password, '***'))}",
            hint="`redislab doctor` shows which binary this is and what else was found.",
        )

    def _answers(self) -> bool:
        """Wait for the first PONG; False when the server ended instead.

        Asked over the unix socket, which the server opens after its TCP port. Knocking
        at a free TCP port again and again can connect a socket to itself.
        """
        deadline = time.monotonic() + READY_WITHIN
        while self.leash.pid is not None:
            with suppress(OSError):  # not open yet, or still loading its data
                ask(str(self.folder / folders.SOCKET), self.password, ("PING",))
                return True
            if time.monotonic() > deadline:
                raise exceptions.TimeoutError(
                    f"{self.binary.path} did not answer within {READY_WITHIN:g} seconds",
                    hint="Is this machine very busy? Otherwise try another binary.",
                )
            time.sleep(LOOK_AGAIN)
        return False

    def _config(self) -> str:
        family, number = self.binary.version.split(" ")
        lines = [
            f"bind {HOST}",
            f"port {self.port}",
            f"unixsocket {_quoted(self.folder / folders.SOCKET)}",
            "unixsocketperm 700",
            f"requirepass {self.password}",
            f"dir {_quoted(self.folder)}",
            'save ""',
            f"appendonly {'yes' if self.appendonly else 'no'}",
            "maxmemory 128mb",
        ]
        if family == "valkey" or int(number.split(".")[0]) >= 7:  # 6.2 does not know it
            lines.append("enable-debug-command local")
        return "\n".join([*lines, ""])


def _free_port() -> int:
    """A port that is free now; a server that finds it taken a moment later tries another.

    The server cannot be told to choose a port itself: port 0 means "no TCP".
    """
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _quoted(path: Path) -> str:
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _last_lines(text: str, count: int = 5) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines()[-count:]) or "    (none)"
