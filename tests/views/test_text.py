"""The plain-text twins, word for word."""

from redislab.trace import timeline
from redislab.views import conflict as draw
from redislab.views.headline import headline, plain
from redislab.views.text import conflict_text
from tests.trace.stories import Story, conflict
from tests.views.scenes import huge_pipeline, refused, retried, unseen_writer

CONFLICT = """\
EXEC returned nil: bob changed counter while alice was watching it
 1 alice  WATCH counter -> OK
 2 alice  GET counter -> "5"
 3 alice  (buffered) SET counter 6
 4 bob    INCR counter -> 6   <- changed the watched key
 5 alice  MULTI -> OK
            SET counter 6 -> QUEUED
          EXEC -> nil
Why this is good news. alice worked out 6 from the old value 5.
Had EXEC run, bob's change would have been lost. Start again from WATCH.
(judged by the recorded clients' own commands; others are not seen)"""

UNSEEN = """\
EXEC returned nil: counter changed while alice was watching
 1 alice  WATCH counter -> OK
 2 alice  MULTI -> OK
          EXEC -> nil
Why this is good news. EXEC ran nothing, so nothing was overwritten.
Read the new value. Start again from WATCH.
(judged by the recorded clients' own commands; others are not seen)"""

REFUSED = """\
EXEC ran nothing: a command was wrong when it was queued
 1 alice  (buffered) SET a
 2 alice  MULTI -> OK
            SET a -> ERR x
          EXEC -> EXECABORT no"""


def text(story):
    return conflict_text(timeline(story.events))


def says(story):
    return plain(headline(timeline(story.events)))


def test_a_conflict():
    assert text(conflict()) == CONFLICT
    assert repr(draw(conflict().events)) == CONFLICT


def test_a_conflict_with_somebody_unseen():
    assert text(unseen_writer()) == UNSEEN


def test_a_transaction_refused_when_it_was_queued():
    assert text(refused()) == REFUSED


def test_results_stand_behind_queued():
    assert "SET counter 7 -> QUEUED -> OK\n          EXEC -> 1 result" in text(retried())


def test_a_long_pipeline_is_shortened_and_counted():
    lines = text(huge_pipeline()).splitlines()
    assert "          ... 288 more commands" in lines
    assert "            ... 291 more commands" in lines
    assert len(lines) < 32


def test_nothing_that_cannot_be_seen_reaches_a_terminal():
    story = Story()
    story.send("al\x1b[31mice", "SET", "k\x1b]0;x\x07", "v\u202e")
    assert all(line.isprintable() for line in text(story).splitlines())


def test_headlines_promise_no_more_than_is_known():
    story = Story()
    story.send("alice", "WATCH", "counter")
    (incr,) = story.begin("bob", ("INCR", "counter"))
    story.execute("alice")
    story.end("bob", incr, 6)
    assert says(story) == (
        "EXEC returned nil: probably bob changed counter while alice was watching it"
    )


def test_the_headline_of_ones_own_write():
    story = Story()
    story.send("alice", "WATCH", "counter")
    story.send("alice", "INCR", "counter", reply=6)
    story.execute("alice")
    assert says(story) == "EXEC returned nil: alice changed counter itself, after its WATCH"
    assert "a write of your own counts, too" in text(story)


def test_the_headline_of_a_standing_watch():
    story = Story()
    story.send("alice", "WATCH", "counter")
    story.send("bob", "INCR", "counter", reply=6)
    assert says(story) == "bob changed counter: alice's EXEC will return nil"


def test_the_headline_of_several_keys_and_nobody():
    story = Story()
    story.send("alice", "WATCH", "a", "b")
    story.execute("alice")
    assert (
        says(story) == "EXEC returned nil: one of 2 keys changed while alice was watching"
    )


def test_other_headlines():
    assert says(Story()) == "Nothing was recorded"
    assert says(retried()) == (
        "EXEC returned nil once, then ran: try again from WATCH and it works"
    )
    story = Story()
    story.buffer("alice", "SET", "a", 1)
    assert says(story) == "Nothing was sent yet: the commands wait in Python"
    story.execute("alice", reply=[b"OK"])
    assert says(story) == "EXEC ran 1 command, with nobody else's in between"
    story.send("alice", "WATCH", "a")
    story.buffer("alice", "SET", "a", 1)
    story.buffer("alice", "SET", "b", 1)
    story.execute("alice", reply=[b"OK", b"OK"])
    assert says(story) == "EXEC ran all 2 commands: no watched key had changed"


def test_an_error_inside_exec_is_in_the_headline():
    assert says(huge_pipeline()) == (
        "EXEC ran all 300 commands: 1 answered with an error, and nothing was rolled back"
    )
