"""Recording what observable objects do."""

import pytest

from redislab.events import Observers, PacketWritten, PushReceived, ReplyReceived, WatchSet
from redislab.trace import Recorder, Recording, record
from redislab.trace.recorder import PACKET
from redislab.trace.shorten import Cut
from tests.trace.stories import conflict


class Client:
    def __init__(self) -> None:
        self.observers = Observers()
        self.attach = self.observers.attach
        self.detach = self.observers.detach


def test_events_are_kept_while_the_block_runs_and_no_longer():
    first, second, *_ = events = conflict().events
    client = Client()
    with record(client) as recording:
        client.observers.emit(first)
        assert list(recording) == [first]
        client.observers.emit(second)
    assert not client.observers
    client.observers.emit(events[3])
    assert list(recording) == [first, second]


def test_several_clients_share_one_recording():
    a, b, *_ = conflict().events
    alice, bob = Client(), Client()
    with record(alice, bob) as recording:
        bob.observers.emit(b)
        alice.observers.emit(a)
    assert list(recording) == [b, a]


def test_the_clients_are_let_go_when_the_block_raises():
    client = Client()
    with pytest.raises(LookupError), record(client):
        raise LookupError
    assert not client.observers


def test_a_client_that_cannot_be_attached_leaves_the_others_free():
    class Broken(Client):
        def __init__(self) -> None:
            super().__init__()
            self.attach = self.refuse

        def refuse(self, observer):
            raise RuntimeError("closed")

    client = Client()
    with pytest.raises(RuntimeError, match="closed"), record(client, Broken()):
        pass
    assert not client.observers


def test_long_values_are_cut():
    recorder = Recorder(Recording())
    recorder(ReplyReceived(1, "alice", 1, 1, b"v" * 200))
    recorder(PacketWritten(2, "alice", 1, (1,), b"p" * 4096, 9000))
    recorder(PushReceived(3, "alice", 1, (b"message", b"m" * 300)))
    recorder(WatchSet(4, "alice", 1, 1, (b"k" * 200,)))
    reply, packet, push, watch = recorder.recording
    assert watch.keys[0].size == 200
    assert reply.value == Cut(b"v" * 128, 200)
    assert (len(packet.data), packet.size) == (PACKET, 9000)
    assert push.items[1].size == 300


def test_a_full_recording_drops_the_oldest_and_counts_them():
    events = conflict().events
    client = Client()
    with record(client, limit=3) as recording:
        for event in events:
            client.observers.emit(event)
    assert list(recording) == events[-3:]
    assert recording.dropped == len(events) - 3
