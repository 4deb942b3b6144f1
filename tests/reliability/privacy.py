"""Secrets: given in every way there is, then looked for in everything that is shown."""

from __future__ import annotations

import io
import logging
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

import redislab
from redislab import RedisError, Server, from_url
from redislab.client import observed as observed_pipelines
from redislab.connection import observed
from redislab.views import packet
from tests.jupyter.kernel import Kernel
from tests.reliability.row import Row, Tally, Trial


class Shown:
    """All that anybody gets to see: text by text, under a name."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def add(self, name: str, *things: object) -> None:
        self.texts[name] = self.texts.get(name, "") + "\n".join(map(str, things))

    def error(self, name: str, error: BaseException) -> None:
        self.add(name, error, repr(error), *traceback.format_exception(error))

    def hits(self, canaries: list[str]) -> list[str]:
        return [
            f"{canary} in {name}"
            for name, text in self.texts.items()
            for canary in canaries
            if canary in text
        ]


def commands(canary: Any) -> list[tuple[Any, ...]]:
    """Commands that carry a secret, right ones and wrong ones."""
    return [
        ("AUTH", canary(1)),
        ("HELLO", 2, "AUTH", "default", canary(2)),
        ("ACL", "SETUSER", "ann", "on", f">{canary(3)}"),
        ("ACL", "SETUSER", "ann", f">{canary(4)}", "nonsense"),
        ("CONFIG", "SET", "masterauth", canary(5)),
        ("CONFIG", "SET", "masterauth", canary(6), "nonsense", 1),
        ("MIGRATE", "127.0.0.1", 1, "k", 0, 1, "AUTH", canary(7)),
        ("MIGRATE", "127.0.0.1", 1, "", 0, 1, "AUTH2", "ann", canary(8), "KEYS", "k"),
        ("CONFIG", "GET", "masterauth"),
        ("ACL", "GETUSER", "ann"),
    ]


async def secrets(trial: Trial) -> Tally:
    """Twelve canaries; reprs, errors, logs, traces, pictures, notebooks and ps are read."""
    tally = Tally()
    shown = Shown()
    token = f"{trial.rng.randrange(16**12):012x}"

    def canary(number: int) -> str:
        return f"canary{number:02}{token}"

    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        with Server() as server:
            await talk(server, shown, canary)
            await refused(server, shown, canary)
            in_a_notebook(server, shown, canary)
            shown.add("ps", *_command_lines())
            own = server.url.partition("://:")[2].partition("@")[0]
    finally:
        logging.getLogger().removeHandler(handler)
        logging.getLogger().setLevel(level)
    shown.add("log", log.getvalue())
    canaries = [*map(canary, range(12)), own]
    hits = shown.hits(canaries)
    tally.trials = len(canaries) * len(shown.texts)
    tally.wrong = len(hits)
    tally.figures += [hit.replace(token, "…") for hit in hits[:3]]
    tally.figures.append(f"{len(canaries)} secrets, {len(shown.texts)} places")
    return tally


async def talk(server: Server, shown: Shown, canary: Any) -> None:
    """Say every command alone, in a pipeline, and in a transaction; record it all."""
    async with from_url(server.url, client_name="alice") as client:
        await client.set("k", "v")
        with redislab.record(client) as recording:
            for args in commands(canary):
                for pipe in (None, client.pipeline(False), client.pipeline()):
                    try:
                        if pipe is None:
                            await client.execute_command(*args)
                        else:
                            await pipe.execute_command(*args).execute()
                    except RedisError as error:
                        shown.error("error", error)
                        shown.add("place", error.place)
            await client.pipeline().set("k", 1).execute()
        shown.add("repr", repr(client), repr(server), repr(client._pool().shared.address))
        shown.add("events", *recording)
        with tempfile.TemporaryDirectory() as folder:
            recording.save(Path(folder) / "trace.jsonl")
            shown.add("trace", (Path(folder) / "trace.jsonl").read_text())
        picture = packet(recording)
        shown.add("picture", picture.svg, picture.text)


async def refused(server: Server, shown: Shown, canary: Any) -> None:
    """Wrong passwords, in URLs and options, and a server that is not there."""
    urls = [
        f"redis://:{canary(9)}@127.0.0.1:{server.port}/0",
        f"redis://ann:{canary(10)}@127.0.0.1:1/0",
        f"redis://:{canary(10)}@127.0.0.1:x/0",
    ]
    for url in urls:
        try:
            async with from_url(url, socket_connect_timeout=0.2) as client:
                shown.add("repr", repr(client))
                await client.get("k")
        except (RedisError, ValueError) as error:
            # Not the traceback of the URL's own line: that is the user's source.
            shown.add("error", error, repr(error), repr(error.__cause__))


def in_a_notebook(server: Server, shown: Shown, canary: Any) -> None:
    """The outputs that a saved notebook would hold, with the URL in the environment."""
    with tempfile.TemporaryDirectory() as folder:
        kernel = Kernel(Path(folder))
        try:
            cells = [
                f"import os; os.environ['REDIS_URL'] = {server.url!r}",
                "%load_ext redislab",
                "%redis SET k v",
                "%redis_client",
                f"%redis ACL SETUSER ann on >{canary(11)}",
                f"%redis ACL SETUSER ann >{canary(11)} nonsense",
                f"%%redis_pipeline\nACL SETUSER ann >{canary(11)}\nSET k 1",
                f"%%redis_pipeline\nACL SETUSER ann >{canary(11)} nonsense\nSET k 1",
                "%redis ACL LIST",
                f"%redis_connect redis://:{canary(0)}@127.0.0.1:{server.port}/0",
                f"%redis_connect redis://:{canary(0)}@127.0.0.1:x/0",
            ]
            for cell in cells:
                ran = kernel.run(cell)
                shown.add("notebook", ran.stdout, ran.stderr, ran.shown, *ran.lines)
        finally:
            kernel.stop()


def _command_lines() -> Iterator[str]:
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has ended meanwhile
            yield process.read_bytes().decode(errors="replace")


@contextmanager
def showing_everything() -> Iterator[None]:
    """The bug: nothing is hidden from observers."""
    with ExitStack() as stack:
        for room in (observed, observed_pipelines):
            stack.enter_context(patch.object(room, "redact", lambda args: args))
        yield


ROWS = [
    Row(
        "secrets",
        "passwords in URL, AUTH, HELLO, ACL, CONFIG, MIGRATE, environment",
        secrets,
        showing_everything,
        full=1,
        short=1,
        control=1,
    ),
]
