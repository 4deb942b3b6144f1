"""A private server: how it is reached, what it keeps to itself, how it comes and goes."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import stat
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from redislab.connection.address import Address, parse_url
from redislab.exceptions import AuthenticationError, ConnectionError
from redislab.servers import Server, folder, life
from redislab.servers.ask import ask


def tell(server: Server, *command: str, unix: bool = False) -> bytes:
    """The server's reply to one command, over the address that its URL names."""
    address, _ = parse_url(server.unix_url if unix else server.url)
    [reply] = ask(place(address), address.password, command)
    return reply


def place(address: Address) -> str | tuple[str, int]:
    return address.path or (address.host, address.port)


def program(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


# --- reaching it --------------------------------------------------------------------------


@pytest.mark.parametrize("unix", [False, True], ids=["tcp", "unix"])
def test_both_urls_reach_it(server, unix):
    assert tell(server, "PING", unix=unix) == b"PONG"


@pytest.mark.parametrize("unix", [False, True], ids=["tcp", "unix"])
def test_nobody_is_let_in_without_the_password(server, unix):
    address, _ = parse_url(server.unix_url if unix else server.url)
    with pytest.raises(AuthenticationError):
        ask(place(address), "guess", ("PING",))


def test_it_is_set_up_for_lessons(server):
    """Small, without snapshots, and with DEBUG allowed."""
    memory = tell(server, "INFO", "memory")
    assert b"maxmemory:134217728\r\n" in memory
    assert tell(server, "DEBUG", "SLEEP", "0") == b"OK"


def test_version_names_family_and_number(valkey):
    family, number = valkey.version.split(" ")
    assert family == "valkey"
    assert f"valkey_version:{number}\r\n".encode() in tell(valkey, "INFO", "server")


def test_pid_is_the_servers_own(server):
    assert f"process_id:{server.pid}\r\n".encode() in tell(server, "INFO", "server")


# --- keeping secrets ----------------------------------------------------------------------


def test_the_password_is_in_no_repr_and_no_shown_address(server):
    password = parse_url(server.url)[0].password
    assert len(password) == 64
    assert password not in repr(server) + server.address
    assert server.address == f"redis://:***@127.0.0.1:{server.port}/0"


def test_the_password_is_in_no_command_line(server):
    listing = subprocess.run(
        ["ps", "-A", "-ww", "-o", "args="], capture_output=True, check=True, text=True
    ).stdout
    assert "guard.py" in listing
    assert parse_url(server.url)[0].password not in listing


def test_only_the_owner_may_enter_the_folder_and_read_the_configuration(server):
    def mode(path: Path) -> int:
        return stat.S_IMODE(path.stat().st_mode)

    assert mode(server.folder) == 0o700
    assert mode(server.folder / "server.conf") == 0o600
    assert mode(server.folder / "s.sock") == 0o700
    address = parse_url(server.url)[0]
    assert address.password is not None
    ask((address.host, address.port), address.password, ("CONFIG", "REWRITE"))
    assert mode(server.folder / "server.conf") == 0o600


# --- starting and stopping ----------------------------------------------------------------


def test_stop_ends_it_and_removes_its_folder():
    server = Server().start()
    pid, folder = server.pid, server.folder
    server.stop()
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_start_and_stop_may_be_repeated():
    server = Server()
    server.stop()
    assert server.start() is server
    pid, url = server.pid, server.url
    assert server.start().pid == pid
    server.stop()
    server.stop()
    with server:
        assert server.url != url
    assert repr(server) == "<Server, not started>"


def test_before_start_it_has_no_url():
    server = Server()
    assert server.pid is None
    with pytest.raises(ConnectionError, match="not started") as caught:
        _ = server.url
    assert "start()" in caught.value.hint


def test_a_forgotten_server_is_stopped():
    server = Server().start()
    folder = server.folder
    del server
    gc.collect()
    assert not folder.exists()


def test_parallel_starts_do_not_get_in_each_others_way():
    servers = [Server() for _ in range(6)]
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(Server.start, servers))
        assert len({server.port for server in servers}) == 6
        assert len({server.folder for server in servers}) == 6
        assert [tell(server, "PING") for server in servers] == [b"PONG"] * 6
        list(threads.map(Server.stop, servers))


async def test_starting_it_does_not_hold_up_the_event_loop():
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    async with Server() as server:
        counting.cancel()
        assert await asyncio.to_thread(tell, server, "PING") == b"PONG"
        folder = server.folder
    assert turns > 10
    assert not folder.exists()


async def test_a_start_that_is_cancelled_leaves_no_server(monkeypatch):
    """The thread that starts it cannot be cancelled: its work is undone."""
    begun, go_on, made = threading.Event(), threading.Event(), []
    create = folder.create

    def held_up() -> tuple[Path, int]:
        begun.set()
        go_on.wait(10)
        path, lock = create()
        made.append(path)
        return path, lock

    monkeypatch.setattr(folder, "create", held_up)
    server = Server()
    entering = asyncio.create_task(server.__aenter__())
    await asyncio.to_thread(begun.wait, 10)
    entering.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await entering
    assert [path.exists() for path in made] == [False]
    assert server.pid is None


# --- kill and restart ---------------------------------------------------------------------


@pytest.mark.parametrize(("appendonly", "kept"), [(True, b"1"), (False, b"0")])
def test_after_a_crash_and_a_restart_only_the_appendonly_file_is_left(appendonly, kept):
    with Server(appendonly=appendonly) as server:
        url = server.url
        tell(server, "SET", "k", "v")
        server.kill()
        assert server.pid is None
        assert "down" in repr(server)
        server.kill()
        server.restart()
        assert server.url == url
        assert tell(server, "EXISTS", "k") == kept


def test_restart_of_a_running_server_keeps_its_address():
    with Server() as server:
        pid, url = server.pid, server.url
        assert server.restart() is server
        assert server.url == url
        assert server.pid not in (None, pid)


def test_a_server_that_ended_by_itself_can_be_restarted():
    with Server() as server:
        with pytest.raises(OSError):  # noqa: PT011  closed or reset, before any reply
            tell(server, "SHUTDOWN")
        server.restart()
        assert tell(server, "PING") == b"PONG"


def test_a_server_that_hangs_is_killed_by_restart(monkeypatch):
    monkeypatch.setattr("redislab.servers.leash.PATIENCE", 0.1)
    with Server() as server:
        os.kill(server.pid, signal.SIGSTOP)
        server.restart()
        assert tell(server, "PING") == b"PONG"


# --- what can go wrong --------------------------------------------------------------------


def test_a_port_that_was_taken_meanwhile_is_not_insisted_on(server, monkeypatch):
    free = life._free_port
    ports = iter([server.port])
    monkeypatch.setattr(life, "_free_port", lambda: next(ports, None) or free())
    with Server() as second:
        assert second.port != server.port
        assert tell(second, "PING") == b"PONG"


def test_a_server_that_finds_no_port_says_so_in_its_own_words(server, monkeypatch):
    monkeypatch.setattr(life, "_free_port", lambda: server.port)
    with pytest.raises(ConnectionError, match="Address already in use") as caught:
        Server().start()
    assert "status 1" in str(caught.value)
    assert "redislab doctor" in caught.value.hint


def test_a_configuration_error_shows_the_servers_words_but_no_password(tmp_path):
    """A server that prints its configuration: this one is a shell script."""
    fake = program(
        tmp_path / "redis-server",
        'if [ "$1" = --version ]; then echo "Redis server v=6.2.14 sha=0"; exit; fi\n'
        'grep requirepass "$1"; tail -n 1 "$1"; exit 3',
    )
    with pytest.raises(ConnectionError, match=r"status 3") as caught:
        Server(fake).start()
    text = str(caught.value)
    assert "requirepass ***\n" in text
    assert text.endswith("maxmemory 128mb")  # 6.2 does not know enable-debug-command


def test_a_server_that_never_answers_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(life, "READY_WITHIN", 0.1)
    fake = program(
        tmp_path / "redis-server",
        'if [ "$1" = --version ]; then echo "Redis server v=7.0.0 sha=0"; exit; fi\n'
        "exec sleep 60",
    )
    server = Server(fake)
    with pytest.raises(TimeoutError, match="did not answer within"):
        server.start()
    assert repr(server) == "<Server, not started>"


def test_an_interrupt_while_it_starts_leaves_no_server(monkeypatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(life, "ask", interrupted)
    server = Server()
    with pytest.raises(KeyboardInterrupt):
        server.start()
    assert repr(server) == "<Server, not started>"


def test_a_locale_that_the_machine_lacks_is_no_obstacle(monkeypatch):
    monkeypatch.setenv("LC_ALL", "xx_XX.UTF-8")
    with Server() as server:
        assert tell(server, "PING") == b"PONG"
