"""The guard: a small program between the kernel and its server: no server is orphaned.

    kernel --pipe--> guard --fork, exec--> server

The kernel runs this file as ``python -I -S guard.py OWNER LOCK FOLDER COMMAND...`` in a
session of its own, where "Interrupt kernel" (SIGINT to the process group) does not reach.

Standard input is a pipe that only the kernel can write. One byte is one order:

    s  start the server      t  ask it to end (SIGTERM)      k  kill it (SIGKILL)

Standard output reports ``up PID`` and ``down STATUS``, a line each.

The guard kills the server, removes FOLDER and exits as soon as
- the pipe is closed: the kernel dropped it, ended, or was killed;
- its parent is no longer OWNER: the kernel was killed while a process that it had forked
  still holds the pipe open (looked at each second);
- SIGTERM arrives.
Should the guard itself be killed, Linux kills the server (PDEATHSIG), and the next start
on this machine sweeps FOLDER away, as LOCK is free then.

Nothing from redislab is imported here, and little from the standard library: it starts
faster, stays small, and needs no file once it runs, even if the environment is deleted.
"""

import os
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

LOOK_AT_PARENT = 1.0  # seconds

SIGKILL_ON_PARENT_DEATH = (1, signal.SIGKILL, 0, 0, 0)  # prctl(PR_SET_PDEATHSIG, SIGKILL)


def main() -> None:
    owner, lock, folder, command = (
        int(sys.argv[1]),
        int(sys.argv[2]),
        sys.argv[3],
        sys.argv[4:],
    )
    # The server must not hold the lock: it says that a guard is there.
    os.set_inheritable(lock, False)
    signals = listen_for_signals()
    prctl = load_prctl()
    server = 0
    try:
        while os.getppid() == owner:
            ready, _, _ = select.select([0, signals], [], [], LOOK_AT_PARENT)
            if signals in ready and signal.SIGTERM in os.read(signals, 4096):
                break
            server = reap(server)
            if 0 in ready:
                orders = os.read(0, 1)
                if not orders:
                    break
                server = obey(orders, server, command, prctl)
    finally:
        if server:
            kill(server)
            os.waitpid(server, 0)
        remove(folder)


def listen_for_signals() -> int:
    """A pipe that gets the number of each signal, so that select() sees signals and orders.

    Both the mask and what is ignored were inherited from whichever thread started us.
    """
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer)
    for number in (signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, lambda *_: None)
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    return reader


def load_prctl() -> Callable[..., int] | None:
    """Linux's prctl(), loaded before fork: between fork and exec little may be done."""
    if sys.platform != "linux":
        return None
    try:
        import ctypes

        prctl: Callable[..., int] = ctypes.CDLL(None).prctl
    except (ImportError, OSError, AttributeError):
        return None
    return prctl


def obey(
    order: bytes, server: int, command: list[str], prctl: Callable[..., int] | None
) -> int:
    """Carry out one order; the server's process id afterwards, 0 when there is none."""
    if order == b"s" and not server:
        return start(command, prctl)
    if order == b"t" and server:
        os.kill(server, signal.SIGTERM)
    if order == b"k" and server:
        kill(server)
    return server


def start(command: list[str], prctl: Callable[..., int] | None) -> int:
    guard = os.getpid()
    server = os.fork()
    if server:
        report(f"up {server}")
        return server
    try:
        # A process group of its own: kill() then also reaches the children that the
        # server forks to save or rewrite its files.
        os.setpgid(0, 0)
        if prctl:
            prctl(*SIGKILL_ON_PARENT_DEATH)
        if os.getppid() != guard:  # it died before prctl() was there to notice
            os._exit(1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.dup2(2, 1)  # standard error is the log
        os.execv(command[0], command)  # noqa: S606  the binary that Server chose
    except OSError as error:
        os.write(2, f"cannot start {command[0]}: {error.strerror}\n".encode())
    finally:
        os._exit(127)


def kill(server: int) -> None:
    """Kill the server and its children. Until it is reaped its id cannot be another's."""
    with suppress(OSError):
        os.kill(server, signal.SIGKILL)  # just forked, it may lead no group yet
    with suppress(OSError):
        os.killpg(server, signal.SIGKILL)


def reap(server: int) -> int:
    """Report the server's end if it came; its process id while it lives, else 0."""
    if not server:
        return 0
    ended, status = os.waitpid(server, os.WNOHANG)
    if not ended:
        return server
    report(f"down {os.waitstatus_to_exitcode(status)}")
    return 0


def report(line: str) -> None:
    with suppress(OSError):  # the kernel may be gone; the main loop finds out
        os.write(1, f"{line}\n".encode())


def remove(folder: str) -> None:
    for path, folders, files in os.walk(folder, topdown=False):
        for name in files:
            with suppress(OSError):
                os.unlink(os.path.join(path, name))
        for name in folders:
            with suppress(OSError):
                os.rmdir(os.path.join(path, name))
    with suppress(OSError):
        os.rmdir(folder)


if __name__ == "__main__":
    main()
