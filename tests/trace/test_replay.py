"""The server's rules for WATCH, one by one, on streams written by hand.

A stream is text: ``alice WATCH k`` is a line of MONITOR, ``* set k`` an event; a number
behind @ is the database.
"""

from __future__ import annotations

import pytest

from redislab.trace.monitor_line import Line
from redislab.trace.replay import Exec, Replay, Touch


def play(*stream, unsure=frozenset()):
    replay = Replay(unsure)
    found = []
    for time, text in enumerate(stream):
        words, _, database = text.partition(" @")
        who, *rest = words.split()
        number = int(database or 0)
        if who == "*":
            found += replay.event(number, rest[1].encode(), rest[0])
        else:
            quoted = " ".join(f'"{word}"' for word in rest).encode()
            found += replay.line(Line(time, number, who, rest[0].upper(), quoted))
    return found


def blamed(found):
    """Who touched what, in order."""
    return [
        (t.line.address if t.line else None, t.event, t.certain)
        for t in found
        if isinstance(t, Touch)
    ]


def doomed(found):
    return [e.doomed for e in found if isinstance(e, Exec)]


COMMIT = ("alice MULTI", "* set x", "alice SET x 1", "alice EXEC")
ABORT = ("alice MULTI", "alice EXEC")


def test_an_event_belongs_to_the_line_behind_it():
    found = play("alice WATCH k", "* set k", "bob SET k 1", *ABORT)
    assert blamed(found) == [("bob", "set", True)]
    assert doomed(found) == [True]
    touch, exec_ = found
    assert exec_.touches == (touch.order,)
    assert (touch.key, touch.database) == (b"k", 0)
    assert [watch.arguments for watch in touch.watches] == [(b"WATCH", b"k")]


def test_nothing_in_between_dooms_nobody():
    found = play("alice WATCH k", "bob GET k", "* set o", "bob SET o 1", *COMMIT)
    assert (blamed(found), doomed(found)) == ([], [False])
    assert found[-1].ran


@pytest.mark.parametrize("event", ["expired", "evicted"])
def test_what_the_server_does_itself_is_not_the_next_lines(event):
    found = play("alice WATCH k", f"* {event} k", "bob SET k 1", *ABORT)
    assert blamed(found) == [(None, event, True)]


def test_a_scripts_lines_belong_to_the_script():
    found = play("alice WATCH k", "bob EVAL s 0", "* set k", "lua SET k 1", *ABORT)
    assert blamed(found) == [("bob", "set", True)]
    assert found[0].line.name == "EVAL"


def test_a_script_inside_a_transaction_is_its_clients():
    stream = ("carol WATCH k", "alice MULTI", "alice FCALL f 0", "* set k", "lua SET k 1")
    assert blamed(play(*stream, "alice EXEC")) == [("alice", "set", True)]


def test_the_first_touch_is_the_only_one():
    found = play(
        "alice WATCH k o", "* set k", "bob SET k 1", "* set o", "eve SET o 1", *ABORT
    )
    assert blamed(found) == [("bob", "set", True)]


def test_everybody_who_watched_is_doomed_by_one_touch():
    found = play("alice WATCH k", "carol WATCH k", "* set k", "bob SET k 1", *ABORT)
    assert len(found[0].watches) == 2


def test_ones_own_write_before_multi_counts():
    found = play("alice WATCH k", "* set k", "alice SET k 1", *ABORT)
    assert blamed(found) == [("alice", "set", True)]


def test_a_queued_command_that_runs_means_that_exec_passed():
    found = play("alice WATCH k", "alice MULTI", "* set k", "alice SET k 1", "alice EXEC")
    assert (blamed(found), doomed(found), found[-1].ran) == ([], [False], True)


def test_another_clients_transaction_counts_when_it_runs():
    found = play("alice WATCH k", "bob MULTI", "* set k", "bob SET k 1", "bob EXEC", *ABORT)
    assert blamed(found)[0] == ("bob", "set", True)


@pytest.mark.parametrize(
    "end", [["UNWATCH"], ["MULTI", "DISCARD"], ["RESET"], ["MULTI", "EXEC"]]
)
def test_what_ends_the_watches_takes_the_doom_away(end):
    ended = [f"alice {word}" for word in end]
    found = play(
        "alice WATCH k", "* set k", "bob SET k 1", *ended, "alice WATCH o", *COMMIT
    )
    assert doomed(found)[-1] is False


def test_a_discard_outside_a_transaction_is_an_error_and_ends_nothing():
    found = play("alice WATCH k", "alice DISCARD", "* set k", "bob SET k 1", *ABORT)
    assert doomed(found) == [True]


def test_a_watch_inside_a_transaction_is_an_error_and_runs_nothing():
    found = play("alice WATCH k", "alice MULTI", "alice WATCH o", "* set k", "bob SET k 1",
                 "alice EXEC")  # fmt: skip
    assert doomed(found) == [True]


def test_watching_again_while_doomed_changes_nothing():
    found = play("alice WATCH k", "* set k", "bob SET k 1", "alice WATCH k", *ABORT)
    assert doomed(found) == [True]


def test_a_key_is_watched_in_one_database():
    found = play("alice WATCH k", "* set k @1", "bob SET k 1 @1", *COMMIT)
    assert blamed(found) == []


@pytest.mark.parametrize("flush", ["FLUSHDB", "FLUSHALL", "FLUSHDB ASYNC", "SWAPDB 0 1"])
@pytest.mark.parametrize(
    ("before", "certain"),
    [(["* set k", "bob SET k 1"], True), ([], False)],
    ids=["the key is there", "nobody knows"],
)
def test_a_flush_touches_without_an_event(flush, before, certain):
    found = play(*before, "alice WATCH k", f"bob {flush}", *ABORT)
    assert blamed(found) == [("bob", flush.split()[0].lower(), certain)]


@pytest.mark.parametrize("flush", ["FLUSHDB", "FLUSHALL", "SWAPDB 0 1"])
def test_a_flush_touches_no_key_that_is_not_there(flush):
    assert blamed(play("bob FLUSHALL", "alice WATCH k", f"bob {flush}", *COMMIT)) == []


@pytest.mark.parametrize("flush", ["FLUSHDB NOW", "SWAPDB 0 0", "SWAPDB 0", "SWAPDB 3 4"])
def test_a_flush_of_something_else_touches_nothing(flush):
    found = play("* set k", "bob SET k 1", "alice WATCH k", f"bob {flush}", *COMMIT)
    assert blamed(found) == []


def test_a_flush_of_another_database_touches_nothing():
    stream = ("* set k", "bob SET k 1", "alice WATCH k", "bob FLUSHDB @1", *COMMIT)
    assert blamed(play(*stream)) == []


def test_a_flush_inside_a_script_counts():
    stream = ("* set k", "bob SET k 1", "alice WATCH k", "bob EVAL s 0", "lua FLUSHDB")
    assert blamed(play(*stream)) == [("bob", "flushdb", True)]


def test_pfcount_may_touch():
    assert blamed(play("alice WATCH k", "bob PFCOUNT k")) == [("bob", "pfcount", False)]
    assert blamed(play("alice WATCH k", "bob PFCOUNT k o")) == []


def test_what_may_touch_does_not_end_the_watches():
    stream = ("alice WATCH k", "bob PFCOUNT k", "* set k", "eve SET k 1", *ABORT)
    found = play(*stream)
    assert blamed(found) == [("bob", "pfcount", False), ("eve", "set", True)]
    assert len(found[-1].touches) == 2


def test_an_event_that_means_little_on_this_server_is_not_certain():
    stream = ("alice WATCH k", "* ltrim k", "bob LTRIM k 0 -1", *COMMIT)
    assert blamed(play(*stream, unsure=frozenset({"ltrim"}))) == [("bob", "ltrim", False)]


def test_who_was_blocked_and_is_served_is_the_culprit_for_what_that_changes():
    """LPUSH fills src; the server then moves the item for bob, and tells that last."""
    stream = (
        "alice WATCH dst",
        "bob BLMOVE src dst LEFT LEFT 0",
        "* lpush src",
        "eve LPUSH src x",
        "* lpush dst",
        "* lpop src",
        "* del src",
        "eve PING",
        *ABORT,
    )
    assert blamed(play(*stream)) == [("bob", "lpush", True)]


def test_a_served_client_is_not_mixed_up_with_the_next_write():
    stream = (
        "alice WATCH dst other",
        "bob BLMOVE src dst LEFT LEFT 0",
        "* lpush src",
        "eve LPUSH src x",
        "* lpush dst",
        "* lpop src",
        "* set other",
        "carol SET other 1",
    )
    assert blamed(play(*stream)) == [("bob", "lpush", True)]


def test_a_client_that_goes_on_is_blocked_no_more():
    stream = (
        "alice WATCH dst",
        "bob BLMOVE src dst LEFT LEFT 0",
        "bob PING",
        "* lpush dst",
        "eve PING",
    )
    assert blamed(play(*stream)) == [(None, "lpush", True)]


def test_an_exec_nobody_began_is_nobodys():
    assert play("alice EXEC") == []
