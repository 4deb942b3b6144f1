"""From events to steps, transactions and watches."""

from redislab.events import ConnectionClosed, WatchSet
from redislab.exceptions import ExecAbortError, server_error
from redislab.trace import NO_REPLY, Buffered, Packet, timeline
from tests.trace.stories import Story, conflict, retried


def told(step):
    """A step as (client, kind, commands)."""
    commands = [" ".join(map(str, command.arguments)) for command in step.commands]
    return step.client, type(step).__name__, commands


def test_the_steps_of_a_conflict_in_their_order():
    found = timeline(conflict().events)
    assert found.lanes == ("alice", "bob")
    assert [told(step) for step in found.steps] == [
        ("alice", "Packet", ["WATCH counter"]),
        ("alice", "Packet", ["GET counter"]),
        ("alice", "Buffered", ["SET counter 6"]),
        ("bob", "Packet", ["INCR counter"]),
        ("alice", "Packet", ["MULTI", "SET counter 6", "EXEC"]),
    ]
    assert [step.index for step in found.steps] == [0, 1, 2, 3, 4]


def test_any_beginning_of_a_recording_has_a_timeline():
    events = retried().events
    for end in range(len(events)):
        found = timeline(events[:end])
        assert len(found.steps) <= 10


def test_any_end_of_a_recording_has_a_timeline():
    """A full recorder has lost the beginning: replies without their commands are left."""
    events = retried().events
    for start in range(len(events)):
        found = timeline(events[start:])
        assert all(step.commands for step in found.steps)


def test_a_queued_command_has_its_reply_and_its_result():
    story = Story()
    story.buffer("alice", "SET", "a", 1)
    story.buffer("alice", "INCR", "a")
    story.execute("alice", reply=[b"OK", 2])
    _, set_, incr, exec_ = timeline(story.events).packets[0].commands
    assert (set_.reply, set_.result, set_.outcome) == (b"QUEUED", b"OK", b"OK")
    assert incr.result == 2
    assert exec_.result is NO_REPLY
    assert exec_.outcome == [b"OK", 2]


def test_a_tray_knows_the_packet_that_took_its_commands():
    tray, packet = timeline(conflict().events).steps[2], 4
    assert isinstance(tray, Buffered)
    assert tray.packet == packet


def test_a_tray_is_split_where_another_client_acted_in_between():
    story = Story()
    story.buffer("alice", "SET", "a", 1)
    story.send("bob", "PING", reply=b"PONG")
    story.buffer("alice", "SET", "b", 1)
    assert [step.client for step in timeline(story.events).steps] == [
        "alice",
        "bob",
        "alice",
    ]


def test_what_a_reset_threw_away_is_marked():
    story = Story()
    story.buffer("alice", "SET", "a", 1)
    assert not timeline(story.events).steps[0].dropped
    story.reset("alice")
    assert timeline(story.events).steps[0].dropped


def test_a_packet_is_answered_when_its_last_reply_came():
    story = Story()
    one, two = story.begin("alice", ("GET", "a"), ("GET", "b"))
    story.end("alice", one, None)
    (packet,) = timeline(story.events).steps
    assert packet.answered is None
    story.end("alice", two, None)
    (packet,) = timeline(story.events).steps
    assert isinstance(packet, Packet)
    assert packet.answered == story.events[-1].at


def test_transactions_and_how_they_ended():
    story = retried()
    story.buffer("alice", "SET", "a")
    story.execute("alice", reply=server_error("EXECABORT no"))
    found = timeline(story.events).transactions
    assert [transaction.ending for transaction in found] == [
        "aborted",
        "committed",
        "refused",
    ]
    assert [len(transaction.commands) for transaction in found] == [1, 1, 1]
    assert isinstance(timeline(story.events).packets[-1].commands[-1].reply, ExecAbortError)


def test_a_transaction_without_an_answer_has_no_ending():
    story = Story()
    story.buffer("alice", "SET", "a", 1)
    story.begin_exec("alice")
    assert timeline(story.events).transactions[0].ending is None


def test_a_watch_lasts_from_its_packet_to_the_exec():
    (watch,) = timeline(conflict().events).watches
    assert (watch.keys, watch.first, watch.last) == ((b"counter",), 0, 4)


def test_a_watch_stands_until_something_ends_it():
    story = Story()
    story.send("alice", "WATCH", "a", "b")
    assert timeline(story.events).watches[0].last is None
    story.unwatch("alice")
    assert timeline(story.events).watches[0].last == 1


def test_a_watch_that_belongs_to_another_command_is_left_out():
    story = Story()
    story.send("alice", "SET", "a", 1)
    story.events.append(WatchSet(10**9, "alice", 1, 1, (b"a",)))
    assert timeline(story.events).watches == ()


def test_the_end_of_the_connection_ends_its_watches():
    story = Story()
    story.send("alice", "WATCH", "a")
    story.events.append(ConnectionClosed(10**9, "alice", 1, "lost"))
    assert timeline(story.events).watches[0].last == 0


def test_a_command_name_is_read_in_any_form():
    story = Story()
    story.send("alice", b"get", "a", reply=None)
    story.send("alice", reply=None)
    names = [step.commands[0].name for step in timeline(story.events).steps]
    assert names == ["GET", ""]
