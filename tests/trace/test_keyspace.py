"""Which keys exist, from what the server's events tell."""

import pytest

from redislab.trace import keyspace
from redislab.trace.keyspace import Keyspace


@pytest.mark.parametrize(
    ("event", "there"),
    [("set", True), ("del", False), ("expired", False), ("rename_to", True)],
)
def test_the_last_event_tells_whether_a_key_is_there(event, there):
    keys = Keyspace()
    keys.event(0, b"k", "lpush")
    keys.event(0, b"k", event)
    assert keys.exists(0, b"k") is there


def test_what_nobody_told_is_unknown():
    keys = Keyspace()
    keys.event(0, b"k", "set")
    assert keys.exists(1, b"k") is None
    assert keys.exists(0, b"other") is None


def test_after_a_flush_every_key_of_the_database_is_gone():
    keys = Keyspace()
    keys.event(0, b"k", "set")
    keys.event(1, b"k", "set")
    keys.flush(0)
    assert (keys.exists(0, b"k"), keys.exists(0, b"other")) == (False, False)
    assert keys.exists(1, b"k") is True
    keys.flush_all()
    assert keys.exists(1, b"k") is False


def test_swapped_databases_swap_what_is_known():
    keys = Keyspace()
    keys.event(0, b"k", "set")
    keys.flush(1)
    keys.swap(0, 1)
    assert (keys.exists(1, b"k"), keys.exists(0, b"k")) == (True, False)
    assert keys.exists(1, b"other") is None


def test_what_is_forgotten_is_unknown_again(monkeypatch):
    monkeypatch.setattr(keyspace, "LIMIT", 2)
    keys = Keyspace()
    keys.flush(0)
    for key in (b"a", b"b", b"c"):
        keys.event(0, key, "set")
    assert keys.exists(0, b"a") is None
    assert keys.exists(0, b"c") is True
