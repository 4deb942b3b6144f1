"""Who is blamed for a refused EXEC, and how surely."""

import pytest

from redislab.events import PacketWritten
from redislab.exceptions import server_error
from redislab.trace import timeline
from tests.trace.stories import Story, conflict, retried


def only(story):
    (verdict,) = timeline(story.events).verdicts
    return verdict


def between(*command, reply=b"OK", keys=("counter",), client="bob"):
    """A refused transaction of alice's, with one command of bob's in its middle."""
    story = Story()
    story.send("alice", "WATCH", *keys)
    story.send(client, *command, reply=reply)
    story.execute("alice")
    return story


def test_a_write_that_lies_between_is_certain():
    verdict = only(conflict())
    assert (verdict.watcher, verdict.culprit, verdict.key) == ("alice", "bob", b"counter")
    assert verdict.command.arguments == ("INCR", "counter")
    assert verdict.step == 3
    assert verdict.certain
    assert verdict.level == "journal"


def test_a_write_under_way_together_with_exec_is_probable_and_drawn_before_it():
    story = Story()
    story.send("alice", "WATCH", "counter")
    exec_ = story.begin_exec("alice")
    (incr,) = story.begin("bob", ("INCR", "counter"))
    story.end("bob", incr, 6)
    story.answer_exec("alice", exec_, None)
    verdict = only(story)
    assert verdict.culprit == "bob"
    assert not verdict.certain
    assert verdict.step < timeline(story.events).transactions[0].step


def test_a_write_under_way_together_with_watch_is_probable():
    story = Story()
    (incr,) = story.begin("bob", ("INCR", "counter"))
    story.send("alice", "WATCH", "counter")
    story.end("bob", incr, 6)
    story.execute("alice")
    assert only(story).culprit == "bob"
    assert not only(story).certain


def test_of_two_writes_the_first_is_blamed():
    story = Story()
    story.send("alice", "WATCH", "counter")
    story.send("carol", "SET", "counter", 1)
    story.send("bob", "INCR", "counter", reply=2)
    story.execute("alice")
    assert (only(story).culprit, only(story).certain) == ("carol", True)


def test_of_two_writes_at_once_the_first_is_only_probable():
    story = Story()
    story.send("alice", "WATCH", "counter")
    (one,) = story.begin("carol", ("SET", "counter", 1))
    (two,) = story.begin("bob", ("INCR", "counter"))
    story.end("bob", two, 2)
    story.end("carol", one, b"OK")
    story.execute("alice")
    assert (only(story).culprit, only(story).certain) == ("carol", False)


def test_a_write_before_watch_is_innocent():
    story = Story()
    story.send("bob", "INCR", "counter", reply=6)
    story.send("alice", "WATCH", "counter")
    story.execute("alice")
    assert only(story).culprit is None


def test_without_a_suspect_nobody_is_blamed():
    verdict = only(between("PING", reply=b"PONG"))
    assert (verdict.culprit, verdict.command, verdict.step) == (None, None, None)
    assert not verdict.certain


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        (("GET", "counter"), b"5"),
        (("INCR", "other"), 1),
        (("DEL", "counter"), 0),
        (("SET", "counter", "1", "NX"), None),
        (("SETNX", "counter", "1"), 0),
        (("LPUSH", "counter", "1"), server_error("WRONGTYPE no")),
        (("COPY", "counter", "other"), 1),
        (("ZUNIONSTORE", "other", 1, "counter"), 1),
    ],
)
def test_a_command_that_changed_nothing_here_is_innocent(command, reply):
    assert only(between(*command, reply=reply)).culprit is None


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        (("set", b"counter", b"5"), b"OK"),
        (("SET", "counter", "5", "GET"), None),
        (("EXPIRE", "counter", 10), 1),
        (("DEL", "a", "counter"), 2),
        (("COPY", "other", "counter"), 1),
        (("BLPOP", "other", "counter", 0), [b"counter", b"x"]),
        (("RENAME", "counter", "other"), b"OK"),
    ],
)
def test_a_command_that_changed_the_key_is_guilty_for_certain(command, reply):
    verdict = only(between(*command, reply=reply))
    assert (verdict.culprit, verdict.certain) == ("bob", True)


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        (("EVAL", "return 1", 1, "counter"), 1),
        (("FLUSHDB",), b"OK"),
        (("ZADD", "counter", 1, "a"), 0),
        (("LTRIM", "counter", 0, -1), b"OK"),
    ],
)
def test_a_command_that_may_have_changed_the_key_is_probable(command, reply):
    verdict = only(between(*command, reply=reply))
    assert (verdict.culprit, verdict.certain) == ("bob", False)


def test_a_command_without_reply_is_probable():
    story = Story()
    story.send("alice", "WATCH", "counter")
    story.begin("bob", ("INCR", "counter"))
    story.execute("alice")
    assert (only(story).culprit, only(story).certain) == ("bob", False)


def test_the_watchers_own_write_counts():
    verdict = only(between("INCR", "counter", reply=6, client="alice"))
    assert (verdict.culprit, verdict.certain) == ("alice", True)


def test_another_transaction_counts_when_it_committed():
    story = Story()
    story.send("alice", "WATCH", "counter")
    story.buffer("bob", "INCR", "counter")
    story.execute("bob", reply=[6])
    story.execute("alice")
    assert (only(story).culprit, only(story).certain) == ("bob", True)


def test_a_refused_transaction_is_innocent():
    story = Story()
    story.send("alice", "WATCH", "counter")
    story.send("carol", "WATCH", "other")
    story.send("bob", "INCR", "other", reply=6)
    story.buffer("carol", "SET", "counter", 0)
    story.execute("carol")
    story.execute("alice")
    culprits = {v.watcher: v.culprit for v in timeline(story.events).verdicts}
    assert culprits == {"alice": None, "carol": "bob"}


def test_of_several_watched_keys_the_changed_one_is_named():
    verdict = only(between("SET", "b", 1, keys=("a", "b", "c")))
    assert (verdict.key, verdict.keys) == (b"b", (b"a", b"b", b"c"))


def test_a_key_too_long_to_be_kept_whole_is_never_certain():
    story = between("SET", "k" * 500, 1, keys=("k" * 500,))
    assert only(story).certain
    verdict = timeline(_recorded(story.events)).verdicts[0]
    assert (verdict.culprit, verdict.certain) == ("bob", False)


def _recorded(events):
    from redislab.trace import Recorder, Recording

    recorder = Recorder(Recording())
    for event in events:
        recorder(event)
    return recorder.recording


def test_a_committed_exec_needs_no_verdict():
    verdicts = timeline(retried().events).verdicts
    assert [verdict.step for verdict in verdicts] == [3]


def test_an_unwatched_key_may_change():
    story = Story()
    story.send("alice", "WATCH", "counter")
    story.unwatch("alice")
    story.send("bob", "INCR", "counter", reply=6)
    assert timeline(story.events).verdicts == ()


def test_a_standing_watch_is_lost_as_soon_as_the_change_is_certain():
    """What a live view shows: the flag turns red before EXEC is sent."""
    events = conflict().events
    written = max(i for i, e in enumerate(events) if isinstance(e, PacketWritten))
    found = timeline(events[:written])
    assert [(v.transaction, v.culprit) for v in found.verdicts] == [(None, "bob")]
    assert timeline(events[:9]).verdicts == ()
