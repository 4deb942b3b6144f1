"""The live view's scene, from real clients on a real server, step by step."""

import asyncio

import pytest

from redislab import Redis, WatchError
from redislab.jupyter.feed import COMMANDS, Feed
from redislab.jupyter.scene import FLAGS, ROWS, STEPS, compose, difference


@pytest.fixture
async def stage(valkey):
    """alice and bob on an empty server, and the scene as it is now."""
    feed = Feed(lambda whole: None, asyncio.get_running_loop())
    async with (
        Redis.from_url(valkey.url, client_name="alice") as alice,
        Redis.from_url(valkey.url, client_name="bob") as bob,
    ):
        await alice.flushall()
        await bob.ping()
        alice.attach(feed)
        bob.attach(feed)
        yield alice, bob, lambda: compose(*feed.look(), lanes=["alice", "bob"])


def plain(scene):
    """The cards as short text: kind, what is said, what came back."""
    return [
        [
            card["kind"],
            *(f"{r['said']} {r['reply']} {r['result']}".strip() for r in card["rows"]),
        ]
        for card in scene["steps"]
    ]


async def test_both_lanes_are_there_before_anybody_says_anything(stage):
    _, _, now = stage
    assert now() == {"lanes": ["alice", "bob"], "steps": [], "flags": []}


async def test_a_buffer_fills_and_goes_out_as_one_packet_with_the_same_id(stage):
    alice, _, now = stage
    pipe = alice.pipeline()
    pipe.set("a", 1)
    pipe.get("a")
    (tray,) = now()["steps"]
    assert plain(now()) == [["tray", "SET a 1", "GET a"]]
    assert tray["title"] == "2 commands buffered in Python, not sent"
    await pipe.execute()
    (packet,) = now()["steps"]
    assert plain(now()) == [
        ["packet", "MULTI OK", "SET a 1 QUEUED OK", 'GET a QUEUED "1"', "EXEC 2 results"]
    ]
    assert packet["id"] == tray["id"]
    assert packet["bracket"] is True
    assert packet["ending"] == "committed"
    assert packet["note"] == "EXEC ran all of them"


async def test_a_pipeline_without_a_transaction_has_no_bracket(stage):
    alice, _, now = stage
    await alice.pipeline(transaction=False).set("a", 1).get("a").execute()
    (packet,) = now()["steps"]
    assert packet["bracket"] is False
    assert plain(now()) == [["packet", "SET a 1 OK", 'GET a "1"']]


async def test_a_buffer_that_is_thrown_away_says_so(stage):
    alice, _, now = stage
    pipe = alice.pipeline()
    pipe.set("a", 1)
    await pipe.reset()
    (tray,) = now()["steps"]
    assert tray["title"] == "1 command thrown away, never sent"


async def test_a_flag_is_green_and_turns_red_while_the_watcher_still_buffers(stage):
    alice, bob, now = stage
    await alice.set("counter", 5)
    pipe = alice.pipeline()
    await pipe.watch("counter")
    assert now()["flags"][0]["state"] == "green"
    assert now()["flags"][0]["text"] == "alice is watching counter"
    pipe.multi()
    pipe.set("counter", 6)
    await bob.incr("counter")
    (flag,) = now()["flags"]
    assert flag["state"] == "red"
    assert flag["text"] == (
        "counter was changed by bob (INCR counter): EXEC will run nothing"
    )
    culprit = next(card for card in now()["steps"] if card["spoils"])
    assert culprit["client"] == "bob"
    assert culprit["note"] == "changes counter, which alice watches"

    with pytest.raises(WatchError):
        await pipe.execute()
    (flag,) = now()["flags"]
    assert flag["state"] == "red"
    assert flag["text"].endswith("(INCR counter): EXEC ran nothing")
    assert now()["steps"][-1]["note"] == "EXEC ran none of them"
    assert now()["steps"][-1]["rows"][-1]["failed"] is True


async def test_a_flag_is_kept_when_exec_ran_and_lifted_when_the_watch_was_given_up(stage):
    alice, _, now = stage
    pipe = alice.pipeline()
    await pipe.watch("a")
    pipe.multi()
    pipe.set("a", 1)
    await pipe.execute()
    await pipe.watch("b")
    await pipe.reset()
    assert [flag["state"] for flag in now()["flags"]] == ["kept", "lifted"]


async def test_a_change_by_somebody_who_is_not_shown_is_not_blamed_on_anyone(stage, valkey):
    alice, _, now = stage
    pipe = alice.pipeline()
    await pipe.watch("a")
    pipe.multi()
    pipe.set("a", 1)
    async with Redis.from_url(valkey.url) as stranger:
        await stranger.set("a", 2)
    with pytest.raises(WatchError):
        await pipe.execute()
    (flag,) = now()["flags"]
    assert flag["state"] == "red"
    assert flag["text"] == ("a changed, by someone who is not shown here: EXEC ran nothing")


async def test_a_failed_command_is_marked_and_the_others_are_not(stage):
    alice, _, now = stage
    await alice.pipeline().set("a", 1).lpush("a", 2).execute(raise_on_error=False)
    failed = [row["said"] for row in now()["steps"][0]["rows"] if row["failed"]]
    assert failed == ["LPUSH a 2"]


async def test_a_long_pipeline_shows_its_beginning_its_end_and_how_many(stage):
    alice, _, now = stage
    pipe = alice.pipeline()
    for number in range(200):
        pipe.set(f"k{number}", number)
    (tray,) = now()["steps"]
    assert tray["title"] == "200 commands buffered in Python, not sent"
    assert len(tray["rows"]) + tray["more"] == 200
    await pipe.execute()
    (packet,) = now()["steps"]
    assert packet["title"].startswith("one packet: 202 commands, ")
    assert len(packet["rows"]) == ROWS < COMMANDS
    assert len(packet["rows"]) + packet["more"] == 202
    assert packet["rows"][-1]["said"] == "EXEC"
    assert packet["ending"] == "committed"


async def test_the_scene_is_bounded(stage):
    alice, _, now = stage
    for _ in range(FLAGS + 2):
        pipe = alice.pipeline()
        await pipe.watch("a")
        await pipe.reset()
    for number in range(STEPS + 5):
        await alice.set("a", number)
    assert len(now()["steps"]) == STEPS
    assert len(now()["flags"]) == FLAGS


async def test_long_and_hostile_text_is_shortened_and_stays_text(stage):
    alice, _, now = stage
    await alice.set("<script>\x1b[31m", "x" * 10_000)
    said = now()["steps"][0]["rows"][0]["said"]
    assert len(said) < 100
    assert said.isprintable()
    assert "<script>" in said  # whoever draws it must draw text


async def test_a_difference_has_the_changed_cards_and_the_order_of_all(stage):
    alice, _, now = stage
    await alice.set("a", 1)
    before = now()
    await alice.set("a", 2)
    after = now()
    change = difference(before, after)
    assert [card["rows"][0]["said"] for card in change["steps"]] == ["SET a 2"]
    assert change["order"] == [card["id"] for card in after["steps"]]
    assert difference(after, after)["steps"] == []
