"""Hearing what is published: in order, once, and honest about what was missed."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import AsyncIterator
from typing import Any

import pytest

from redislab import (
    ConnectionError,
    DataError,
    NoPermissionError,
    PubSubError,
    Redis,
    RedisError,
    Server,
    from_url,
)
from redislab.client import pubsub as pubsub_module
from redislab.client.pubsub import PubSub
from redislab.connection import link, listening


@pytest.fixture(params=["raw", "decoded"])
async def client(url: str, request: pytest.FixtureRequest) -> AsyncIterator[Redis[Any]]:
    """A client whose listeners get bytes, and one whose listeners get text."""
    made: Any = from_url
    async with made(url, decode_responses=request.param == "decoded") as client:
        yield client


@pytest.fixture(params=["RESP3", "RESP2"])
async def listener(
    client: Redis[Any], request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[PubSub[Any]]:
    """A listener of either protocol: a server that refuses RESP3 gets RESP2."""
    if request.param == "RESP2":
        monkeypatch.setattr(link, "hello", lambda *_: ("HELLO", 9))  # which it refuses
    async with client.pubsub() as listener:
        yield listener
        (connection,) = listener._connections
        assert connection.server["proto"] == int(request.param[-1])


async def hear(listener: PubSub[Any], count: int = 1) -> list[Any]:
    """The next messages, without waiting for ever; as text."""
    async with asyncio.timeout(5):
        return [plain(await listener.get_message(timeout=None)) for _ in range(count)]


def plain(message: Any) -> Any:
    """(type, pattern, channel, data), each as text."""
    return message and tuple(
        value.decode() if isinstance(value, bytes) else value for value in message.values()
    )


async def cut(client: Redis[Any]) -> None:
    """Close the listeners' connections from the server's side."""
    await client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")


async def test_messages_have_redis_pys_shape(client: Redis[Any], listener: PubSub[Any]):
    """A dict of type, pattern, channel and data; bytes or text as the client decodes."""
    await listener.subscribe("news")
    await client.publish("news", "hello")
    confirmation = await listener.get_message(timeout=None)
    message = await listener.get_message(timeout=None)
    channel, data = ("news", "hello") if client._text else (b"news", b"hello")
    assert confirmation == {
        "type": "subscribe",
        "pattern": None,
        "channel": channel,
        "data": 1,
    }
    assert message == {
        "type": "message",
        "pattern": None,
        "channel": channel,
        "data": data,
    }


async def test_channels_patterns_and_shard_channels(
    client: Redis[Any], listener: PubSub[Any]
):
    """One listener hears all three kinds, and a channel that matches twice comes twice."""
    await listener.subscribe("news")
    await listener.psubscribe("n*")
    await listener.ssubscribe("shard")
    assert [kind for kind, *_ in await hear(listener, 3)] == [
        "subscribe",
        "psubscribe",
        "ssubscribe",
    ]
    assert await client.publish("news", "one") == 2
    assert await client.spublish("shard", "two") == 1
    assert await hear(listener, 3) == [
        ("message", None, "news", "one"),
        ("pmessage", "n*", "news", "one"),
        ("smessage", None, "shard", "two"),
    ]


async def test_a_subscription_stands_when_subscribe_returns(
    client: Redis[Any], listener: PubSub[Any]
):
    """Whoever publishes after that is heard, also on another connection."""
    for number in range(20):
        await listener.subscribe(f"channel{number}")
        assert await client.publish(f"channel{number}", "x") == 1


async def test_a_thousand_messages_come_in_order_and_once(
    client: Redis[Any], listener: PubSub[Any]
):
    """None twice, none missing, none of the confirmations among them."""
    listener.ignore_subscribe_messages = True
    await listener.subscribe(["news"])
    pipe: Any = client.pipeline(transaction=False)
    for number in range(1_000):
        pipe.publish("news", number)
    await pipe.execute()
    await listener.unsubscribe()
    async with asyncio.timeout(5):
        assert [int(message["data"]) async for message in listener] == list(range(1_000))


async def test_handlers_take_their_messages(client: Redis[Any], listener: PubSub[Any]):
    """Plain and async ones, by name and by pattern; others still come as messages."""
    taken: list[Any] = []

    async def later(message: Any) -> None:
        await asyncio.sleep(0)
        taken.append(plain(message))

    await listener.subscribe("open", news=lambda message: taken.append(plain(message)))
    await listener.psubscribe(**{"s*": later})
    for channel in ("news", "sports", "open"):
        await client.publish(channel, "x")
    assert await hear(listener, 4) == [
        ("subscribe", None, "open", 1),
        ("subscribe", None, "news", 2),
        ("psubscribe", None, "s*", 3),
        ("message", None, "open", "x"),
    ]
    assert taken == [("message", None, "news", "x"), ("pmessage", "s*", "sports", "x")]


async def test_run_serves_handlers_until_all_is_unsubscribed(
    client: Redis[Any], listener: PubSub[Any]
):
    """What a handler raises goes to exception_handler, and the rest goes on."""
    taken, errors = [], []

    def take(message: Any) -> None:
        taken.append(message["data"])
        if len(taken) == 1:
            raise ValueError("the first is too much")

    await listener.subscribe(news=take)
    running = asyncio.create_task(
        listener.run(exception_handler=lambda error, _: errors.append(str(error)))
    )
    await client.publish("news", 1)
    await client.publish("news", 2)
    await listener.unsubscribe("news")
    async with asyncio.timeout(5):
        await running
    assert len(taken) == 2
    assert errors == ["the first is too much"]


async def test_run_wants_handlers_for_all(listener: PubSub[Any]):
    """A name without one is refused before anything is taken."""
    await listener.subscribe("news")
    with pytest.raises(PubSubError, match="without a handler"):
        await listener.run()


async def test_unsubscribing(client: Redis[Any], listener: PubSub[Any]):
    """One name ends, the others stay; without names all end, and with them listen()."""
    await listener.subscribe("a", "b", "c")
    await listener.unsubscribe("b")
    assert await client.publish("b", "x") == 0
    assert listener.subscribed
    await listener.unsubscribe()
    async with asyncio.timeout(5):
        heard = [plain(message) async for message in listener.listen()]
    assert [(kind, count) for kind, _, _, count in heard] == [
        *(("subscribe", 1), ("subscribe", 2), ("subscribe", 3)),
        *(("unsubscribe", 2), ("unsubscribe", 1), ("unsubscribe", 0)),
    ]
    assert not listener.subscribed
    assert await listener.get_message(timeout=None) is None


async def test_get_message_looks_or_waits(client: Redis[Any], listener: PubSub[Any]):
    """timeout=0 looks once, a time-out gives None, and what is ignored ends neither."""
    await listener.subscribe("news")
    assert await listener.get_message(ignore_subscribe_messages=True) is None
    assert await listener.get_message(timeout=0.01) is None
    await client.publish("news", "hello")
    async with asyncio.timeout(5):
        while (message := await listener.get_message()) is None:
            pass  # each look lets the loop read
    assert plain(message) == ("message", None, "news", "hello")


async def test_a_loss_is_announced_and_subscribed_again(
    client: Redis[Any], listener: PubSub[Any]
):
    """The gap stands between what came before and the new confirmations, never hidden."""
    await listener.subscribe("news")
    await listener.psubscribe("s*")
    await client.publish("news", "before")
    assert (await hear(listener, 3))[-1][-1] == "before"
    await cut(client)
    (gap,) = await hear(listener)
    assert gap[:3] == ("gap", None, None)
    assert "lost" in gap[3]
    assert [kind for kind, *_ in await hear(listener, 2)] == ["subscribe", "psubscribe"]
    assert await client.publish("news", "after") == 1
    assert await hear(listener) == [("message", None, "news", "after")]
    await cut(client)
    message = await listener.get_message(ignore_subscribe_messages=True, timeout=5)
    assert message is not None
    assert message["type"] == "gap"


async def test_what_was_unsubscribed_is_not_subscribed_again(
    client: Redis[Any], listener: PubSub[Any]
):
    """Also where the server's confirmation had not been taken."""
    await listener.subscribe("stay", "leave")
    await listener.unsubscribe("leave")
    await cut(client)
    heard = await hear(listener, 5)
    assert heard[-2][0] == "gap"
    assert heard[-1] == ("subscribe", None, "stay", 1)
    assert await client.publish("leave", "x") == 0


async def test_a_server_that_comes_back(private: Server):
    """Nobody has to do anything; the gap says that it was away."""
    async with from_url(private.url) as client, client.pubsub() as listener:
        await listener.subscribe("news")
        await hear(listener)
        waiting = asyncio.create_task(hear(listener, 2))
        private.kill()
        private.restart()
        assert [kind for kind, *_ in await waiting] == ["gap", "subscribe"]


async def test_a_server_that_stays_away(private: Server, monkeypatch: Any):
    """After a bounded time whoever waits gets the error; the next call tries again."""
    monkeypatch.setattr(pubsub_module, "RECONNECT_SECONDS", 0.0)
    async with from_url(private.url) as client, client.pubsub() as listener:
        await listener.subscribe("news")
        await hear(listener)
        private.kill()
        with pytest.raises(ConnectionError, match="cannot connect"):
            await hear(listener)
        private.restart()
        assert [kind for kind, *_ in await hear(listener, 2)] == ["gap", "subscribe"]


async def test_a_slow_listener_costs_bounded_memory(
    client: Redis[Any], listener: PubSub[Any], monkeypatch: Any
):
    """Reading stops at FULL bytes; nothing is lost, and subscribe() does not hang."""
    monkeypatch.setattr(listening, "FULL", 10_000)
    listener.ignore_subscribe_messages = True
    await listener.subscribe("news")
    size, count = 1_000, 3_000
    pipe: Any = client.pipeline(transaction=False)
    for _ in range(count):
        pipe.publish("news", "x" * size)
    await pipe.execute()
    async with asyncio.timeout(5):
        while not listener._connections[0]._is_full:  # noqa: ASYNC110  it tells nobody
            await asyncio.sleep(0)
        await listener.subscribe("more")
        held = len(listener._heard)
        assert 0 < held < 1_200  # FULL, and at most one read more
        for _ in range(count):
            message = await listener.get_message(timeout=None)
            assert message is not None
            assert len(message["data"]) == size
    assert await listener.get_message(timeout=0.01) is None


async def test_a_message_larger_than_the_bound_comes(
    client: Redis[Any], listener: PubSub[Any], monkeypatch: Any
):
    """Reading does not stop in the middle of the only message."""
    monkeypatch.setattr(listening, "FULL", 1_000)
    await listener.subscribe("news")
    await hear(listener)
    await client.publish("news", "x" * 3_000_000)
    assert len((await hear(listener))[0][3]) == 3_000_000


async def test_a_cancelled_wait_takes_no_message(client: Redis[Any], listener: PubSub[Any]):
    """Whoever waits next gets every message."""
    await listener.subscribe("news")
    await hear(listener)
    got: list[str] = []
    for number in range(50):
        waiting = asyncio.create_task(hear(listener))
        await asyncio.sleep(0)
        publish = client.publish("news", number)
        for _ in range(number % 5):
            await asyncio.sleep(0)
        waiting.cancel()
        (result,) = await asyncio.gather(waiting, return_exceptions=True)
        if not isinstance(result, BaseException):
            got += [data for *_, data in result]
        await publish
    async with asyncio.timeout(5):
        while len(got) < 50:
            got += [data for *_, data in await hear(listener)]
    assert got == [str(number) for number in range(50)]


async def test_two_waiters_share_the_messages(client: Redis[Any], listener: PubSub[Any]):
    """Each message goes to one of them."""
    await listener.subscribe("news")
    await hear(listener)
    waiting = [asyncio.create_task(hear(listener)) for _ in range(2)]
    await asyncio.sleep(0)
    await client.publish("news", "a")
    await client.publish("news", "b")
    results = await asyncio.gather(*waiting)
    assert sorted(message[3] for (message,) in results) == ["a", "b"]


async def test_the_servers_refusal_reaches_the_asker(private: Server):
    """It is no message, and the refused name is not subscribed to after a loss either."""
    _, _, place = private.url.partition("@")
    async with (
        from_url(private.url) as client,
        from_url(f"redis://ann:pw@{place}") as ann,
        ann.pubsub() as listener,
    ):
        await client.execute_command(
            *("ACL SETUSER", "ann", "on", ">pw", "+@all", "resetchannels", "&mine")
        )
        await listener.subscribe("mine")
        with pytest.raises(NoPermissionError):
            await listener.subscribe("theirs")
        assert await hear(listener) == [("subscribe", None, "mine", 1)]
        await cut(client)
        assert [plain[0] for plain in await hear(listener, 2)] == ["gap", "subscribe"]


async def test_bad_use_is_refused_before_anything_is_sent(client: Redis[Any]):
    """No name, a name that cannot be sent, and waiting where nothing can come."""
    listener = client.pubsub()
    with pytest.raises(PubSubError):
        await listener.subscribe()
    with pytest.raises(DataError):
        await listener.subscribe(None)
    with pytest.raises(RuntimeError):
        await listener.get_message()
    await listener.unsubscribe()
    assert not listener._connections


async def test_no_server(client: Redis[Any]):
    """subscribe() fails as any command does, and leaves no subscription."""
    async with Redis(port=1) as nowhere, nowhere.pubsub() as listener:
        with pytest.raises(ConnectionError, match="cannot connect"):
            await listener.subscribe("news")
        assert not listener.subscribed


async def test_closing_the_client_ends_its_listeners(url: str):
    """Whoever waits learns why."""
    client = from_url(url)
    listener = client.pubsub()
    await listener.subscribe("news")
    await hear(listener)
    waiting = asyncio.create_task(hear(listener))
    await asyncio.sleep(0)
    await client.aclose()
    with pytest.raises(ConnectionError, match="closed"):
        await waiting


async def test_closing_the_listener_ends_the_waiting(listener: PubSub[Any]):
    """get_message gives None, listen() ends, and the listener may subscribe again."""
    await listener.subscribe("news")
    await hear(listener)
    waiting = asyncio.create_task(listener.get_message(timeout=None))
    await asyncio.sleep(0)
    await listener.aclose()
    assert await waiting is None
    assert [message async for message in listener] == []
    await listener.subscribe("again")
    assert await hear(listener) == [("subscribe", None, "again", 1)]


async def test_a_forgotten_listener_leaves_no_socket(url: str):
    """Its connection closes with it, as the census of sockets confirms."""
    async with from_url(url) as client:
        listener = client.pubsub()
        await listener.subscribe("news")
        gone = weakref.ref(listener)
        connection = weakref.ref(listener._connections[0])
        del listener
        gc.collect()
        assert gone() is None
        await asyncio.sleep(0.01)
        gc.collect()
        assert connection() is None


@pytest.mark.parametrize(
    ("command", "way"),
    [("SUBSCRIBE c", "pubsub.subscribe"), ("PUNSUBSCRIBE", "pubsub.punsubscribe")],
)
async def test_the_hint_says_the_way(client: Redis[Any], command: str, way: str):
    """SUBSCRIBE on the shared connection is refused with what to write instead."""
    with pytest.raises(RedisError) as caught:
        await client.execute_command(*command.split())
    assert way in caught.value.hint
