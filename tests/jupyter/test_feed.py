"""Events come as fast as they like; redraws come now and then, and at the end."""

import asyncio
import threading

import pytest

from redislab.events import (
    CommandBuffered,
    CommandIssued,
    Mark,
    PacketWritten,
    ReplyReceived,
)
from redislab.jupyter.feed import COMMANDS, EVENTS, INTERVAL_SECONDS, Feed


class Redraws:
    """Collects the redraws of a feed, and lets a test wait for the last one."""

    def __init__(self):
        self.seen = []
        self.times = []
        self.at_rest = asyncio.Event()

    def __call__(self, whole):
        self.seen.append(whole)
        self.times.append(asyncio.get_running_loop().time())
        if whole:
            self.at_rest.set()


@pytest.fixture
async def redraws():
    return Redraws()


@pytest.fixture
async def feed(redraws):
    return Feed(redraws, asyncio.get_running_loop())


async def test_many_events_are_one_redraw_and_then_the_whole(feed, redraws):
    for _ in range(10_000):
        feed(Mark(0, "x"))
    await redraws.at_rest.wait()
    assert redraws.seen == [False, True]


async def test_redraws_keep_their_distance(feed, redraws):
    """Events that never stop give a redraw an interval, not one each."""
    loop = asyncio.get_running_loop()
    until = loop.time() + 6 * INTERVAL_SECONDS
    while loop.time() < until:
        feed(Mark(0, "x"))
        await asyncio.sleep(0)
    await redraws.at_rest.wait()
    gaps = [b - a for a, b in zip(redraws.times, redraws.times[1:], strict=False)]
    assert min(gaps) > INTERVAL_SECONDS * 0.9
    assert redraws.seen[-1] is True
    assert not any(redraws.seen[:-1])


async def test_it_starts_anew_after_it_came_to_rest(feed, redraws):
    for _ in range(2):
        redraws.at_rest.clear()
        feed(Mark(0, "x"))
        await redraws.at_rest.wait()
    assert redraws.seen == [False, True, False, True]


async def test_events_of_another_thread_are_drawn_on_the_feeds_own_loop(feed, redraws):
    """The observer is called wherever the client's loop runs."""
    thread = threading.Thread(target=lambda: [feed(Mark(0, "x")) for _ in range(100)])
    thread.start()
    await redraws.at_rest.wait()
    thread.join()
    assert redraws.seen[-1] is True


def long_pipeline(first, size):
    """What an observed client says of one pipeline without a transaction."""
    numbers = range(first, first + size)
    for number in numbers:
        yield CommandBuffered(0, "alice", 1, number, ("SET", "k", number), 30)
    for number in numbers:
        yield CommandIssued(0, "alice", 2, number, ("SET", "k", number), 30, None, 1)
    yield PacketWritten(0, "alice", 2, tuple(numbers), b"*3", 30 * size)
    for number in numbers:
        yield ReplyReceived(0, "alice", 2, number, b"OK")


async def test_of_a_long_pipeline_the_beginning_and_the_count_stay(feed):
    for event in long_pipeline(100, 5_000):
        feed(event)
    found, totals = feed.look()
    (packet,) = found.packets
    assert [command.number for command in packet.commands] == list(
        range(100, 100 + COMMANDS)
    )
    assert all(command.reply == b"OK" for command in packet.commands)
    assert totals[100] == 5_000


async def test_what_is_kept_is_bounded_however_long_it_goes_on(feed):
    for round_ in range(200):
        for event in long_pipeline(1_000 * round_, 40):
            feed(event)
    found, totals = feed.look()
    assert len(found.packets) > 5
    assert all(len(packet.commands) <= COMMANDS for packet in found.packets)
    assert len(totals) <= EVENTS


async def test_commands_without_a_pipeline_are_thinned_for_each_packet(feed):
    for round_ in range(2):
        numbers = range(100 * round_, 100 * round_ + 60)
        for number in numbers:
            feed(CommandIssued(0, "alice", 2, number, ("GET", "k"), 20))
        feed(PacketWritten(0, "alice", 2, tuple(numbers), b"", 1_200))
    found, totals = feed.look()
    assert [len(packet.commands) for packet in found.packets] == [COMMANDS, COMMANDS]
    assert totals == {0: 60, 100: 60}
