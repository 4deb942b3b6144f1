"""What an observer is told: every step, in order, without secrets, and at no one's cost."""

from __future__ import annotations

import logging
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest

from redislab import DataError, Redis, ResponseError, WatchError, from_url
from redislab.events import Event

SECRET = "hunter2"


def kinds(events: list[Event]) -> list[str]:
    return [type(event).__name__ for event in events]


def of(events: list[Event], kind: str) -> list[Any]:
    return [event for event in events if type(event).__name__ == kind]


@pytest.fixture
async def events(client: Redis[bytes]) -> list[Event]:
    """Of alice, from after her first connection on."""
    await client.ping()
    heard: list[Event] = []
    client.attach(heard.append)
    assert kinds(heard) == ["ConnectionOpened"]
    heard.clear()
    return heard


async def test_a_first_command_opens_the_connection(url: str):
    heard: list[Any] = []
    async with from_url(url, client_name="carol") as client:
        client.attach(heard.append)
        await client.set("k", "v")
    assert kinds(heard) == [
        "CommandIssued",
        "ConnectionOpened",
        "PacketWritten",
        "ReplyReceived",
        "ConnectionClosed",
    ]
    issued, opened, written, reply, closed = heard
    assert {event.client for event in heard} == {"carol"}
    assert len({event.connection for event in heard}) == 1
    assert opened.server_id > 0
    assert opened.address.startswith("127.0.0.1:")
    assert issued.arguments == ("SET", "k", "v")
    assert issued.size == written.size == len(written.data)
    assert written.commands == (issued.command,) == (reply.command,)
    assert reply.value == b"OK"
    assert closed.reason == "the client was closed"
    assert [event.at for event in heard] == sorted(event.at for event in heard)


async def test_commands_that_leave_together_are_one_packet(
    client: Redis[bytes], events: list[Event]
):
    replies = [client.get("a"), client.get("b"), client.get("c")]
    for reply in replies:
        await reply
    packets = of(events, "PacketWritten")
    assert [len(packet.commands) for packet in packets] == [1, 2]
    issued = [event.command for event in of(events, "CommandIssued")]
    assert [number for packet in packets for number in packet.commands] == issued
    assert [event.command for event in of(events, "ReplyReceived")] == issued


async def test_a_pipeline(client: Redis[bytes], events: list[Any]):
    pipe: Any = client.pipeline(transaction=False)
    pipe.set("a", 1).get("a")
    assert kinds(events) == ["PipelineOpened", "CommandBuffered", "CommandBuffered"]
    await pipe.execute()
    assert kinds(events[3:]) == [
        "CommandIssued",
        "CommandIssued",
        "PacketWritten",
        "ReplyReceived",
        "ReplyReceived",
    ]
    buffered, issued = of(events, "CommandBuffered"), of(events, "CommandIssued")
    assert [event.command for event in buffered] == [event.command for event in issued]
    assert [event.size for event in buffered] == [event.size for event in issued]
    assert {event.pipeline for event in buffered + issued} == {events[0].pipeline}
    assert [event.value for event in of(events, "ReplyReceived")] == [b"OK", b"1"]


async def test_a_transaction(client: Redis[bytes], events: list[Any]):
    await client.pipeline().set("a", 1).get("a").execute()  # type: ignore[attr-defined]  # a chain
    assert kinds(events) == [
        "PipelineOpened",
        "CommandBuffered",
        "CommandBuffered",
        *["CommandIssued"] * 4,
        "PacketWritten",
        *["ReplyReceived"] * 4,
        "TransactionEnded",
    ]
    issued = of(events, "CommandIssued")
    assert [event.arguments[0] for event in issued] == ["MULTI", "SET", "GET", "EXEC"]
    values = [event.value for event in of(events, "ReplyReceived")]
    assert values == [b"OK", b"QUEUED", b"QUEUED", [b"OK", b"1"]]
    ended = events[-1]
    assert ended.ending == "committed"
    assert {event.transaction for event in issued} == {ended.transaction}


async def test_a_watch_conflict(
    client: Redis[bytes], other: Redis[bytes], events: list[Any]
):
    pipe: Any = client.pipeline()
    await pipe.watch("k")
    await pipe.get("k")
    await other.set("k", "theirs")
    pipe.multi()
    pipe.set("k", "mine")
    with pytest.raises(WatchError):
        await pipe.execute()
    assert kinds(events) == [
        "PipelineOpened",
        "PipelineMode",
        "CommandIssued",
        "ConnectionOpened",
        "PacketWritten",
        "ReplyReceived",
        "WatchSet",
        "CommandIssued",
        "PacketWritten",
        "ReplyReceived",
        "PipelineMode",
        "CommandBuffered",
        *["CommandIssued"] * 3,
        "PacketWritten",
        *["ReplyReceived"] * 3,
        "TransactionEnded",
        "WatchCleared",
    ]
    assert [event.mode for event in of(events, "PipelineMode")] == ["watching", "buffered"]
    assert of(events, "WatchSet")[0].keys == (b"k",)
    assert of(events, "TransactionEnded")[0].ending == "aborted"
    assert of(events, "WatchCleared")[0].reason == "EXEC"
    assert of(events, "ReplyReceived")[-1].value is None


@pytest.mark.parametrize("end", ["reset", "unwatch"])
async def test_the_end_of_a_watch_is_told(
    client: Redis[bytes], events: list[Any], end: str
):
    pipe: Any = client.pipeline()
    await pipe.watch("k")
    events.clear()
    await getattr(pipe, end)()
    assert of(events, "WatchCleared")[0].reason == "UNWATCH"
    assert of(events, "CommandIssued")[0].arguments == ("UNWATCH",)


@pytest.mark.parametrize(
    ("command", "ending"), [(("LPUSH", "s", 1), "committed"), (("NOSUCH",), "refused")]
)
async def test_how_a_transaction_with_an_error_ended(
    client: Redis[bytes], events: list[Any], command: tuple[Any, ...], ending: str
):
    await client.set("s", "v")
    pipe: Any = client.pipeline()
    with pytest.raises(ResponseError, match="Command # 1"):
        await pipe.execute_command(*command).get("s").execute()
    assert of(events, "TransactionEnded")[0].ending == ending


# --- an observer changes nothing ----------------------------------------------------------


async def everything(client: Redis[Any]) -> list[Any]:
    """Results and errors of all kinds of calls."""
    pipe: Any = client.pipeline()
    results: list[Any] = [
        await client.set("k", "v"),
        await client.get("k"),
        await client.hset("h", mapping={"a": 1}),
        await client.hgetall("h"),
        await client.set("bin", b"\xff"),
        await pipe.get("k").lpush("k", 1).execute(raise_on_error=False),
        await pipe.hgetall("h").execute(),
        await client.blpop("none", timeout=0.01),
    ]
    for call in (
        lambda: client.get("bin"),
        lambda: client.lpush("k", 1),
        lambda: client.set("k", None),  # type: ignore[call-overload]  # that is the point
        lambda: pipe.get("k").get("bin").execute(),
        lambda: pipe.get("k").set("k", None).execute(),
        lambda: client.pipeline(transaction=False).get("k").lpush("k", 2).execute(),
        lambda: pipe.execute_command("NOSUCH").execute(),
    ):
        try:
            results.append(await call())
        except Exception as error:
            results.append(error)
    results.append(await client.get("k"))
    return [repr(result) for result in results]


@pytest.mark.parametrize("decode", [False, True])
async def test_results_are_the_same_with_and_without_an_observer(url: str, decode: bool):
    options: dict[str, Any] = {"decode_responses": decode}
    async with from_url(url, **options) as plain:
        without = await everything(plain)
        await plain.flushall()
    async with from_url(url, **options) as watched:
        watched.attach(lambda event: None)
        assert await everything(watched) == without
        await watched.flushall()


async def test_a_wrong_argument_keeps_an_observed_pipeline_in_order(
    client: Redis[bytes], events: list[Any]
):
    pipe: Any = client.pipeline()
    pipe.set("a", 1).set("b", None)
    with pytest.raises(DataError):
        await pipe.execute()
    events.clear()
    assert await pipe.set("a", 2).execute() == [True]
    assert len(of(events, "CommandIssued")) == 3


async def test_an_observer_that_raises_is_dropped_and_the_command_works(
    client: Redis[bytes], caplog: pytest.LogCaptureFixture
):
    calls = 0

    def fail(event: Event) -> None:
        nonlocal calls
        calls += 1
        raise RuntimeError("no")

    heard: list[Event] = []
    await client.ping()
    client.attach(heard.append)
    client.attach(fail)
    with caplog.at_level(logging.ERROR, "redislab"):
        assert await client.set("k", "v") is True
        assert await client.get("k") == b"v"
    assert calls == 1
    assert "was dropped" in caplog.text
    assert len(of(heard, "ReplyReceived")) == 2


async def test_observers_come_and_go_while_commands_are_on_their_way(
    client: Redis[bytes],
):
    heard: list[Event] = []
    pipes: list[Any] = [client.pipeline()]
    for _ in range(3):
        before = client.get("k"), pipes[-1].set("k", 1).execute()
        client.attach(heard.append)
        pipes.append(client.pipeline())
        during = client.get("k"), pipes[-1].set("k", 1).execute(), pipes[0].ping().execute()
        client.detach(heard.append)
        after = client.get("k"), pipes[-1].set("k", 1).execute()
        assert [await reply for reply in after] == [b"1", [True]]
        assert [await reply for reply in during] == [b"1", [True], [True]]
        assert (await before[1]) == [True]
    told = len(heard)
    await client.get("k")
    await pipes[-1].get("k").execute()
    assert len(heard) == told


async def test_detaching_a_stranger_is_no_error(client: Redis[bytes]):
    client.detach(print)
    await client.ping()
    client.detach(print)
    assert await client.ping() is True


# --- secrets ------------------------------------------------------------------------------


@pytest.mark.parametrize("protocol", [2, 3])
async def test_no_secret_is_in_any_event(
    url: str, protocol: Literal[2, 3], caplog: pytest.LogCaptureFixture
):
    """Neither the client's own password nor those in commands and replies."""
    password = urlsplit(url).password
    assert password
    heard: list[Event] = []
    async with from_url(url, protocol=protocol) as client:
        client.attach(heard.append)
        for target in (
            client,
            client.pipeline(),
            client.pipeline(transaction=False),
        ):
            for command in (
                ("CONFIG", "GET", "*"),
                ("CONFIG GET", "requirepass"),
                ("config", "set", "masterauth", SECRET),
                ("CONFIG", "GET", "masterauth"),
                ("ACL", "SETUSER", "ann", f">{SECRET}", "on"),
                ("ACL", "GETUSER", "ann"),
                ("ACL", "LIST"),
                ("MIGRATE", "127.0.0.1", 1, "none", 0, 1, "AUTH", SECRET),
            ):
                reply = target.execute_command(*command)
                if target is client:
                    await reply
            if target is not client:
                await target.execute()  # type: ignore[attr-defined]  # a pipe
        await client.execute_command("CONFIG", "SET", "masterauth", "")
        await client.execute_command("ACL", "DELUSER", "ann")
    text = repr(heard) + caplog.text
    assert "requirepass" in text
    assert SECRET not in text
    assert password not in text
    assert SECRET.encode().hex() not in text


async def test_a_pipeline_made_before_the_observer_tells_what_it_kept(
    client: Redis[bytes],
):
    """Recording may begin in the middle: what waits in the bag is told then."""
    pipe = client.pipeline()
    pipe.set("a", 1)
    heard: list[Event] = []
    client.attach(heard.append)
    pipe.get("a")
    await pipe.execute()
    told = kinds(heard)
    assert told.index("PipelineOpened") < told.index("CommandBuffered")
    assert told.count("CommandBuffered") == 2
    assert told.count("CommandIssued") == 4
    assert "TransactionEnded" in told


async def test_the_windows_of_a_long_pipeline_keep_its_numbers(client: Redis[bytes]):
    """What was buffered and what was issued are the same commands."""
    heard: list[Event] = []
    client.attach(heard.append)
    pipe = client.pipeline(transaction=False)
    for _ in range(10_001):
        pipe.incr("n")
    assert (await pipe.execute())[-1] == 10_001
    buffered = [event.command for event in of(heard, "CommandBuffered")]
    assert [event.command for event in of(heard, "CommandIssued")] == buffered
