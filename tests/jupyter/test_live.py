"""The live widget's Python side: what it sends to a front end, and when."""

import asyncio

import pytest

from redislab import Redis
from redislab.jupyter import Live


@pytest.fixture
async def alice(valkey):
    async with Redis.from_url(valkey.url, client_name="alice") as client:
        await client.flushall()
        yield client


class FrontEnd:
    """What a front end gets of a live view."""

    def __init__(self, live, monkeypatch):
        self.changes = []
        self.whole = asyncio.Event()
        monkeypatch.setattr(live, "send", self.changes.append)
        live.observe(lambda _: self.whole.set(), "scene")


async def test_changes_are_sent_first_and_the_whole_scene_at_rest(alice, monkeypatch):
    live = Live(alice)
    end = FrontEnd(live, monkeypatch)
    await alice.set("a", 1)
    await alice.get("a")
    await end.whole.wait()
    assert len(end.changes) == 1
    said = [card["rows"][0]["said"] for card in end.changes[0]["scene"]["steps"]]
    assert said == ["SET a 1", "GET a"]
    assert [card["rows"][0]["said"] for card in live.scene["steps"]] == said
    assert live.scene["lanes"] == ["alice"]
    live.stop()


async def test_only_what_changed_is_sent_again(alice, monkeypatch):
    live = Live(alice)
    end = FrontEnd(live, monkeypatch)
    await alice.set("a", 1)
    await end.whole.wait()
    end.whole.clear()
    await alice.set("a", 2)
    await end.whole.wait()
    second = end.changes[1]["scene"]
    assert [card["rows"][0]["said"] for card in second["steps"]] == ["SET a 2"]
    assert len(second["order"]) == 2
    live.stop()


async def test_a_thousand_commands_are_a_few_messages(alice, monkeypatch):
    live = Live(alice)
    end = FrontEnd(live, monkeypatch)
    before = asyncio.get_running_loop().time()
    for _ in range(1_000):
        await alice.incr("a")
    await end.whole.wait()
    seconds = asyncio.get_running_loop().time() - before
    assert len(end.changes) <= 1 + seconds * 20
    live.stop()


async def test_a_stopped_view_listens_no_more_and_keeps_what_it_saw(alice):
    with Live(alice) as live:
        await alice.set("a", 1)
    await alice.set("a", 2)
    assert [card["rows"][0]["said"] for card in live.scene["steps"]] == ["SET a 1"]
    assert not alice._observers


async def test_a_front_end_that_opens_late_gets_all_it_asks_for(alice, monkeypatch):
    live = Live(alice)
    end = FrontEnd(live, monkeypatch)
    await alice.set("a", 1)
    live._handle_custom_msg({"ask": "scene"}, [])
    (answer,) = end.changes
    assert [card["rows"][0]["said"] for card in answer["scene"]["steps"]] == ["SET a 1"]
    live._handle_custom_msg({"ask": "something else"}, [])
    assert len(end.changes) == 1
    live.stop()


async def test_where_no_widget_can_be_shown_there_is_a_name(alice):
    with Live(alice) as live:
        await alice.set("a", 1)
    assert repr(live) == "<Live view of alice>"
    assert live._repr_mimebundle_()[0]["text/plain"] == "<Live view of alice>"
