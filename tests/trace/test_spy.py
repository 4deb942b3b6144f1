"""The spy on a real server: what it hears, what it leaves behind, and who may use it."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

import redislab
from redislab.connection.address import parse_url
from redislab.events import ExecSeen, KeyTouched, SpyEnded, SpyStarted
from redislab.exceptions import RedisError, WatchError
from redislab.trace import Recording, timeline
from redislab.trace.recorder import Recorder
from redislab.trace.spy import Spy, server_to_spy_on
from redislab.trace.stream import SETTING, Stream
from redislab.views import conflict

SECRET = "swordfish"


def kinds(recording, *wanted):
    return [event for event in recording if isinstance(event, wanted)]


def setting(url):
    stream = Stream(parse_url(url)[0])
    answer = stream.ask("CONFIG", "GET", SETTING)
    stream.close()
    return answer[SETTING.encode()]


async def lose(alice, *writes, keys=("k",)):
    """alice watches, the writes happen, EXEC answers nil; gives the error."""
    async with alice.pipeline() as pipe:
        await pipe.watch(*keys)
        for write in writes:
            await write()
        pipe.multi()
        pipe.set("mine", 1)
        with pytest.raises(WatchError) as caught:
            await pipe.execute()
    return caught.value


@pytest.fixture
async def alice(url):
    async with redislab.from_url(url, client_name="alice") as client:
        yield client


@pytest.fixture
async def bob(url):
    async with redislab.from_url(url, client_name="bob") as client:
        yield client


# --- what it knows ------------------------------------------------------------------------


async def test_it_names_a_recorded_client_and_its_step(alice, bob):
    with redislab.record(alice, bob, spy=True) as recording:
        error = await lose(alice, lambda: bob.incr("k"))
    verdict = error.verdict
    assert (verdict.level, verdict.culprit, verdict.key) == ("exact", "bob", b"k")
    assert verdict.certain
    found = timeline(recording)
    assert found.steps[verdict.step].client == "bob"
    assert found.verdicts == (verdict,)
    assert str(error) == "k was changed by bob (INCR k) after WATCH, so EXEC ran nothing"


async def test_it_names_a_stranger_and_draws_them(alice, bob):
    await bob.ping()
    with redislab.record(alice, spy=True) as recording:
        error = await lose(alice, lambda: bob.incr("k"))
    assert error.verdict.culprit == "bob"
    assert timeline(recording).lanes == ("alice", "bob")
    text = conflict(recording).text
    assert "bob    INCR k -> reply not seen   <- changed the watched key" in text
    assert "exact: from the server's own account" in text


async def test_a_nameless_stranger_is_called_by_the_address(alice, url):
    async with redislab.from_url(url) as nobody:
        with redislab.record(alice, spy=True):
            error = await lose(alice, lambda: nobody.incr("k"))
    assert error.verdict.culprit.startswith("127.0.0.1:")


async def test_a_stranger_who_gives_a_name_later_is_called_by_it(alice, url):
    with redislab.record(alice, spy=True):
        async with redislab.from_url(url, client_name="late") as late:
            error = await lose(alice, lambda: late.incr("k"))
    assert error.verdict.culprit == "late"


async def test_the_time_is_the_servers(alice, bob):
    with redislab.record(alice, spy=True):
        error = await lose(alice, lambda: bob.incr("k"))
    assert abs(error.verdict.server_us / 1e6 - time.time()) < 60


async def test_a_standing_watch_is_known_to_be_lost_before_exec(alice, bob):
    with redislab.record(alice, spy=True) as recording:
        async with alice.pipeline() as pipe:
            await pipe.watch("k")
            await bob.incr("k")
            await bob.ping()
            while not kinds(recording, KeyTouched):
                await bob.ping()
            (verdict,) = timeline(recording).verdicts
    assert (verdict.transaction, verdict.level, verdict.culprit) == (None, "exact", "bob")


async def test_a_key_that_expires_is_the_servers_doing(alice, bob):
    await bob.set("k", 1, px=20)

    async def wait_until_gone():
        while await bob.exists("k"):
            pass

    with redislab.record(alice, spy=True):
        error = await lose(alice, wait_until_gone)
    assert (error.verdict.level, error.verdict.cause) == ("exact", "expired")
    assert str(error) == "k expired after WATCH, so EXEC ran nothing"


async def test_a_deadline_that_nobody_noticed_is_found_by_elimination(alice, bob):
    await bob.execute_command("DEBUG", "SET-ACTIVE-EXPIRE", 0)
    await bob.set("k", 1, px=20)

    async def wait():
        end = time.monotonic() + 0.03
        while time.monotonic() < end:
            await bob.ping()

    try:
        with redislab.record(alice, spy=True):
            error = await lose(alice, wait)
    finally:
        await bob.execute_command("DEBUG", "SET-ACTIVE-EXPIRE", 1)
    verdict = error.verdict
    assert (verdict.level, verdict.cause, verdict.key) == ("after", "expired", b"k")
    assert str(error) == "k probably expired after WATCH, so EXEC ran nothing"


async def test_of_several_watched_keys_the_touched_one_is_named(alice, bob):
    with redislab.record(alice, spy=True):
        error = await lose(alice, lambda: bob.set("b", 1), keys=("a", "b"))
    assert (error.verdict.key, error.verdict.keys) == (b"b", (b"a", b"b"))


@pytest.mark.parametrize(
    ("waits", "watched", "culprit"),
    [("BLPOP src 0", "src", "bob"), ("BLMOVE src dst LEFT LEFT 0", "dst", "waiter")],
)
async def test_a_blocked_command_that_is_served_is_a_write(
    alice, bob, waits, watched, culprit
):
    waiter = Stream(alice.address)
    waiter.ask("CLIENT", "SETNAME", "waiter")
    with redislab.record(alice, spy=True):
        waiter.send(*waits.split())
        while b"blocked_clients:1" not in await bob.execute_command("INFO", "clients"):
            pass
        error = await lose(alice, lambda: bob.lpush("src", "x"), keys=(watched,))
    waiter.close()
    assert (error.verdict.level, error.verdict.culprit) == ("exact", culprit)


async def test_a_transaction_that_ran_is_seen_to_have_run(alice):
    with redislab.record(alice, spy=True) as recording:
        async with alice.pipeline() as pipe:
            await pipe.watch("k")
            pipe.multi()
            await pipe.set("k", 1).execute()
    assert [event.ran for event in kinds(recording, ExecSeen)] == [True]


async def test_binary_keys_and_values_come_through(alice, bob):
    key, value = bytes(range(256)), b"\x00\xff\r\n\"'\\"
    with redislab.record(alice, spy=True):
        error = await lose(alice, lambda: bob.set(key, value), keys=(key,))
    assert error.verdict.culprit == "bob"
    assert error.verdict.command.arguments[2] == value


async def test_no_password_is_recorded(alice, bob, server):
    """MIGRATE touches the key it moves, and carries the password of the other server."""
    await bob.set("k", 1)
    words = ["MIGRATE", "127.0.0.1", server.port, "k", 9, 10, "AUTH", SECRET]

    async def migrate():
        with pytest.raises(RedisError):
            await bob.execute_command(*words)
        await bob.incr("k")

    with redislab.record(alice, bob, spy=True) as recording:
        await lose(alice, migrate)
        await bob.execute_command("ACL", "SETUSER", "eve", f">{SECRET}")
        await bob.execute_command("ACL", "DELUSER", "eve")
    assert SECRET not in repr(list(recording))


# --- what it leaves behind ----------------------------------------------------------------


@pytest.mark.parametrize("before", ["", "KEx", "AKE"])
async def test_the_setting_is_what_it_was(alice, url, before):
    await alice.execute_command("CONFIG", "SET", SETTING, before)
    was = setting(url)
    with redislab.record(alice, spy=True):
        now = setting(url)
        assert b"K" in now
        assert b"A" in now
        assert set(was) <= set(now) | set(b"x")
    assert setting(url) == was
    await alice.execute_command("CONFIG", "SET", SETTING, "")


async def test_the_setting_stays_while_another_spy_listens(alice, bob, url):
    with redislab.record(alice, spy=True):
        with redislab.record(bob, spy=True):
            pass
        error = await lose(alice, lambda: bob.incr("k"))
    assert error.verdict.level == "exact"
    assert setting(url) == b""


async def test_its_thread_ends_with_the_block(alice):
    with redislab.record(alice, spy=True):
        assert "redislab-spy" in {thread.name for thread in threading.enumerate()}
    assert "redislab-spy" not in {thread.name for thread in threading.enumerate()}


async def test_nothing_is_left_when_the_block_raises(alice, url):
    with pytest.raises(LookupError), redislab.record(alice, spy=True):
        raise LookupError
    assert setting(url) == b""
    assert not alice._observers


# --- its bounds ---------------------------------------------------------------------------


async def test_it_ends_by_itself_after_so_many_lines(alice, url):
    recorder = Recorder(Recording())
    spy = Spy(alice.address, recorder, lines=10)
    spy.start()
    for _ in range(20):
        await alice.ping()
    assert not spy.wait_for(0, 5)  # it ends when the spy does
    assert [e.reason for e in kinds(recorder.recording, SpyEnded)] == [
        "it had heard 10 lines"
    ]
    assert setting(url) == b""
    spy.stop()


async def test_it_ends_by_itself_after_so_many_seconds(alice, url):
    recorder = Recorder(Recording())
    spy = Spy(alice.address, recorder, seconds=0.05)
    spy.start()
    assert not spy.wait_for(0, 5)  # it ends when the spy does
    assert [e.reason for e in kinds(recorder.recording, SpyEnded)] == ["its time was over"]
    assert setting(url) == b""
    spy.stop()


async def test_a_server_that_says_nothing_any_more_does_not_hold_it(monkeypatch):
    monkeypatch.setattr("redislab.trace.spy.STOP_SECONDS", 0.05)
    monkeypatch.setattr("redislab.trace.stream.CONNECT_SECONDS", 0.05)
    with redislab.Server() as frozen:
        async with redislab.from_url(frozen.url) as client:
            with redislab.record(client, spy=True) as recording:
                os.kill(frozen.pid, signal.SIGSTOP)
            os.kill(frozen.pid, signal.SIGCONT)
    assert len(kinds(recording, SpyEnded)) == 1


async def test_a_server_that_ends_ends_the_spy(monkeypatch):
    with redislab.Server() as mortal:
        async with redislab.from_url(mortal.url) as client:
            with redislab.record(client, spy=True) as recording:
                mortal.kill()
    (ended,) = kinds(recording, SpyEnded)
    assert ended.reason != "the recording ended"


# --- who may use it -----------------------------------------------------------------------


async def test_a_server_that_refuses_leaves_the_level_below(alice, bob, url):
    await bob.execute_command(
        "ACL", "SETUSER", "student", "on", ">pw", "~*", "&*", "+@all", "-monitor"
    )
    place = parse_url(url)[0]
    student = redislab.Redis(place.host, place.port, username="student", password="pw",
                             client_name="student")  # fmt: skip
    async with student:
        with redislab.record(student, bob, spy="anywhere") as recording:
            error = await lose(student, lambda: bob.incr("k"))
    assert not kinds(recording, SpyStarted)
    assert error.verdict.level == "journal"
    assert "NOPERM" in timeline(recording).refusal
    assert "The spy was not let in: NOPERM" in conflict(recording).text
    assert setting(url) == b""


async def test_it_asks_before_it_listens_to_a_server_that_is_not_ours(alice):
    place = alice.address
    client = redislab.Redis(place.host, place.port, username="x", password="not ours")
    with (
        pytest.raises(RedisError, match="not a private server") as caught,
        redislab.record(client, spy=True),
    ):
        pass
    assert 'spy="anywhere"' in caught.value.hint
    assert "not ours" not in str(caught.value)


async def test_it_needs_tcp_and_one_server(alice, server):
    unix = redislab.from_url(server.unix_url)
    with pytest.raises(RedisError, match="unix socket"):
        server_to_spy_on([unix.address], anywhere=True)
    other = redislab.Redis("127.0.0.1", 1)
    with pytest.raises(RedisError, match="one server"):
        server_to_spy_on([alice.address, other.address], anywhere=True)


async def test_nobody_to_talk_to_is_no_error(alice):
    with redislab.record(redislab.Redis("127.0.0.1", 1), spy="anywhere") as recording:
        pass
    (ended,) = recording
    assert "cannot connect" in ended.reason


# --- afterwards ---------------------------------------------------------------------------


async def test_a_saved_account_is_judged_and_drawn_as_it_was(alice, bob, tmp_path):
    with redislab.record(alice, spy=True, tracking=True) as recording:
        await lose(alice, lambda: bob.incr("k"))
    path = tmp_path / "recording.jsonl"
    recording.save(path)
    loaded = Recording.load(path)
    assert list(loaded) == list(recording)
    assert timeline(loaded) == timeline(recording)
    assert conflict(loaded).svg == conflict(recording).svg


async def test_every_beginning_of_an_account_can_be_drawn(alice, bob):
    with redislab.record(alice, bob, spy=True, tracking=True) as recording:
        await lose(alice, lambda: bob.incr("k"))
        await lose(alice, lambda: alice.incr("k"))
    for length in range(len(recording) + 1):
        conflict(recording[:length])


async def test_without_a_recording_the_error_says_what_was_watched(alice, bob):
    error = await lose(alice, lambda: bob.incr("k"))
    assert error.verdict is None
    assert str(error) == "k changed after WATCH, so EXEC ran nothing"


async def test_a_verdict_can_still_be_asked_for_after_the_recording(alice, bob):
    with redislab.record(alice, spy=True):
        error = await lose(alice, lambda: bob.incr("k"))
    assert (error.verdict.culprit, error.verdict) == ("bob", error.verdict)
