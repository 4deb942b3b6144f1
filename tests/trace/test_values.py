"""What a key held, spell by spell."""

import pytest

from redislab.trace import NO_REPLY, timeline
from redislab.trace.values import spells
from tests.trace.stories import Story, conflict, retried


def values(story, key=b"counter"):
    found = timeline(story.events)
    life = spells(key, found.packets, found.transactions)
    return [(spell.step, spell.client, spell.value) for spell in life]


def test_a_read_tells_the_value_from_the_beginning():
    assert values(conflict()) == [(None, None, b"5"), (3, "bob", b"6")]


def test_a_refused_transaction_changes_nothing_and_a_committed_one_does():
    assert values(retried())[-1] == (8, "alice", b"7")
    assert len(values(retried())) == 3


@pytest.mark.parametrize(
    ("command", "reply", "after"),
    [
        (("SET", "counter", 7), b"OK", b"7"),
        (("SETEX", "counter", 10, "v"), b"OK", b"v"),
        (("MSET", "a", 1, "counter", 2), b"OK", b"2"),
        (("DECRBY", "counter", 2), 3, b"3"),
        (("DEL", "counter"), 1, None),
        (("EXPIRE", "counter", 10), 1, b"5"),
        (("APPEND", "counter", "x"), 2, NO_REPLY),
    ],
)
def test_a_write_tells_the_value_after_it(command, reply, after):
    story = Story()
    story.send("alice", "GET", "counter", reply=b"5")
    story.send("bob", *command, reply=reply)
    assert values(story)[-1] == (1, "bob", after)


def test_an_unknown_value_is_learnt_by_reading():
    story = Story()
    story.send("bob", "APPEND", "counter", "x", reply=2)
    assert values(story)[-1][2] is NO_REPLY
    story.send("bob", "GET", "counter", reply=b"5x")
    assert values(story)[-1] == (0, "bob", b"5x")


def test_a_missing_key_is_none():
    story = Story()
    story.send("bob", "GET", "counter", reply=None)
    assert values(story) == [(None, None, None)]
