"""Client tracking: a watcher learns while it still buffers that a key has changed."""

from __future__ import annotations

import time

import pytest

import redislab
from redislab.events import CommandIssued, PacketWritten, PushReceived, WatchSet
from redislab.exceptions import WatchError
from redislab.trace import timeline
from redislab.trace.tracking import Tracked, without_hidden
from redislab.views import conflict


@pytest.fixture
async def alice(url):
    async with redislab.from_url(url, client_name="alice") as client:
        yield client


@pytest.fixture
async def bob(url):
    async with redislab.from_url(url, client_name="bob") as client:
        yield client


async def told(recording, alice):
    """Wait until the server's news has come; on the same connection it precedes a reply."""
    end = time.monotonic() + 5
    while not any(isinstance(event, PushReceived) for event in recording):
        assert time.monotonic() < end
        await alice.ping()


async def test_the_flag_is_red_while_the_program_still_buffers(alice, bob):
    with redislab.record(alice, tracking=True) as recording:
        async with alice.pipeline() as pipe:
            await pipe.watch("other", "k")
            pipe.multi()
            pipe.set("mine", 1)
            await bob.incr("k")
            await told(recording, alice)
            (verdict,) = timeline(recording).verdicts
            with pytest.raises(WatchError) as caught:
                await pipe.execute()
    assert (verdict.transaction, verdict.key, verdict.level) == (None, b"k", "key")
    assert (verdict.culprit, verdict.certain) == (None, False)
    after = caught.value.verdict
    assert (after.key, after.label) == (b"k", "key exact, writer unknown")
    assert str(caught.value) == (
        "k changed after WATCH, so EXEC ran nothing; who changed it is not known"
    )
    assert "bob" not in conflict(recording).text


async def test_with_the_clients_own_commands_the_writer_is_named_too(alice, bob):
    with redislab.record(alice, bob, tracking=True) as recording:
        async with alice.pipeline() as pipe:
            await pipe.watch("a", "b")
            await bob.set("b", 1)
            pipe.multi()
            pipe.set("mine", 1)
            with pytest.raises(WatchError) as caught:
                await pipe.execute()
    assert len(timeline(recording).verdicts) == 1
    assert (caught.value.verdict.culprit, caught.value.verdict.key) == ("bob", b"b")
    assert caught.value.verdict.level == "journal"


async def test_a_deadline_that_nobody_noticed_is_named_from_the_hidden_read(alice, bob):
    await bob.execute_command("DEBUG", "SET-ACTIVE-EXPIRE", 0)
    await bob.set("late", 1, px=20)
    try:
        with redislab.record(alice, bob, tracking=True):
            async with alice.pipeline() as pipe:
                await pipe.watch("k", "late")
                end = time.monotonic() + 0.04
                while time.monotonic() < end:
                    await bob.ping()
                pipe.multi()
                pipe.set("mine", 1)
                with pytest.raises(WatchError) as caught:
                    await pipe.execute()
    finally:
        await bob.execute_command("DEBUG", "SET-ACTIVE-EXPIRE", 1)
    verdict = caught.value.verdict
    assert (verdict.level, verdict.cause, verdict.key) == ("after", "expired", b"late")
    assert verdict.label == "after the fact"


async def test_a_change_before_watch_is_old_news(alice, bob):
    with redislab.record(alice, tracking=True) as recording:
        async with alice.pipeline() as pipe:
            await pipe.watch("k")
            await pipe.unwatch()
            await bob.incr("k")
            await pipe.watch("k")
            pipe.multi()
            await pipe.set("mine", 1).execute()
    assert timeline(recording).verdicts == ()


async def test_the_hidden_read_is_in_no_view(alice):
    with redislab.record(alice, tracking=True) as tracked:
        async with alice.pipeline() as pipe:
            await pipe.watch("k")
    with redislab.record(alice) as plain:
        async with alice.pipeline() as pipe:
            await pipe.watch("k")
    assert [e.hidden for e in tracked if isinstance(e, CommandIssued)][:2] == [False, True]
    assert conflict(tracked).text == conflict(plain).text
    sizes = [[p.size for p in timeline(one).packets] for one in (tracked, plain)]
    assert sizes[0] == sizes[1]


async def test_nobody_pays_for_tracking_that_nobody_asked_for(alice):
    with redislab.record(alice, tracking=True):
        async with alice.pipeline() as pipe:
            await pipe.watch("k")
    async with alice.pipeline() as pipe:
        await pipe.watch("k")
        answer = await pipe.execute_command("CLIENT", "TRACKINGINFO")
        assert answer[:2] == [b"flags", [b"off"]]
    with redislab.record(alice) as recording:
        async with alice.pipeline() as pipe:
            await pipe.watch("k")
    (first, *_) = (event for event in recording if isinstance(event, PacketWritten))
    assert len(first.commands) == 1


async def test_replies_have_the_same_form_while_tracked(alice):
    await alice.zadd("z", {"a": 1.5})
    await alice.hset("h", "f", "v")
    seen = []
    for tracking in (False, True):
        with redislab.record(alice, tracking=tracking):
            async with alice.pipeline() as pipe:
                await pipe.watch("k")
                reads = (pipe.zscore("z", "a"), pipe.hgetall("h"))
                seen.append([await read for read in reads])
    assert seen[0] == seen[1]


async def test_a_user_who_may_not_be_told_gets_the_level_below(alice, bob):
    await bob.execute_command(
        "ACL", "SETUSER", "student", "on", ">pw", "~*", "&*", "+@all", "-client"
    )
    address = alice.address
    student = redislab.Redis(address.host, address.port, username="student", password="pw")
    async with student:
        with redislab.record(student, tracking=True):
            async with student.pipeline() as pipe:
                await pipe.watch("k")
                await bob.incr("k")
                pipe.multi()
                pipe.set("mine", 1)
                with pytest.raises(WatchError) as caught:
                    await pipe.execute()
    assert (caught.value.verdict.level, caught.value.verdict.key) == ("journal", None)


# --- on events written by hand ------------------------------------------------------------


def watch(*keys, command=1):
    return WatchSet(10, "alice", 5, command, keys)


def push(*keys, connection=5):
    return PushReceived(20, "alice", connection, (b"invalidate", list(keys)))


@pytest.mark.parametrize(
    ("events", "changed"),
    [
        ([watch(b"a", b"b"), push(b"b")], b"b"),
        ([watch(b"a", b"b"), push(b"b"), push(b"a")], b"b"),
        ([push(b"a"), watch(b"a")], None),
        ([watch(b"a"), push(b"a", connection=6)], None),
        ([watch(b"a"), push(b"c")], None),
        ([watch(b"a"), PushReceived(20, "alice", 5, (b"message", b"a"))], None),
        ([watch(b"a"), PushReceived(20, "alice", 5, (b"invalidate",))], None),
    ],
)
def test_the_first_watched_key_that_the_server_names_counts(events, changed):
    assert Tracked(events).changed([1]) == changed


def test_a_packet_without_its_hidden_commands_is_smaller():
    events = (
        CommandIssued(1, "alice", 5, 1, ("WATCH", "k"), 20),
        CommandIssued(1, "alice", 5, 2, ("PTTL", "k"), 19, hidden=True),
        PacketWritten(2, "alice", 5, (1, 2), b"", 39),
    )
    (_, packet) = without_hidden(events)
    assert (packet.commands, packet.size) == ((1,), 20)
